"""Fields that several layers share, each declared once."""

from __future__ import annotations

import dataclasses

from .expressions import compare, not_in_future
from .fields import Default, Field, Group, Kind, Label, Origin, Relation, Rule, Strength, Topic
from .terms import ParentColumn

GENERAL = Group("general", Label("General", "Général"))
PLACE = Group("place", Label("Location", "Localisation"))
AUDIT = Group("audit", Label("Record", "Fiche"))

UID = Field(
    "uid",
    Label("Identifier", "Identifiant"),
    Kind.UID,
    required=True,
    unique=True,
    origin=Origin.SYSTEM,
    hidden=True,
    default=Default("uuid('WithoutBraces')"),
)

ACCURACY = Field(
    "position_accuracy_m",
    Label("Position accuracy", "Précision de la position"),
    Kind.REAL,
    group="place",
    minimum=0,
    maximum=10_000,
    unit="m",
    help=Label(
        "Radius within which the true position lies. A distance this close to a limit is marked to verify.",
        "Rayon dans lequel se trouve la position réelle. Une distance aussi proche d'un seuil est marquée à vérifier.",
    ),
)

COMMENTS = Field("comments", Label("Comments", "Commentaires"), Kind.LONG_TEXT, max_length=4000)


def yes_no(name: str, label: Label, group: str, **more: object) -> Field:
    """Return a three-valued field: yes, no, or empty for unknown."""
    return Field(name, label, Kind.BOOLEAN, group=group, **more)  # type: ignore[arg-type]


def count(name: str, label: Label, group: str, minimum: int = 0, **more: object) -> Field:
    """Return a count of people or things."""
    return Field(name, label, Kind.INTEGER, group=group, minimum=minimum, maximum=100_000, **more)  # type: ignore[arg-type]


def from_position(part: str, column: str) -> Default:
    """Return the default that fills a column with a part of the commune of the position.

    Where the plugin is not there to compute it, the value already written stays.
    """
    call = f"resorption_commune(@geometry, ''{part}'', \"fk_city\")"
    return Default(f"coalesce(try(eval('{call}')), \"{column}\")", on_update=True)


def long_answer(name: str, en: str, fr: str, group: str, **more: object) -> Field:
    """Return a free text of several lines."""
    return Field(name, Label(en, fr), Kind.LONG_TEXT, group, max_length=4000, **more)  # type: ignore[arg-type]


def territory(group: str = "place") -> tuple[Field, ...]:
    """Return the commune and department columns, filled from the position."""
    return (
        Field(
            "fk_city",
            Label("INSEE code", "Code INSEE"),
            group=group,
            max_length=5,
            origin=Origin.POSITION,
            default=from_position("code", "fk_city"),
            expected=True,
            help=Label(
                "Code of the commune, filled from the position.",
                "Code de la commune, rempli d'après la position.",
            ),
        ),
        Field(
            "commune",
            Label("Commune", "Commune"),
            group=group,
            max_length=100,
            origin=Origin.POSITION,
            default=from_position("name", "commune"),
        ),
        Field(
            "epci",
            Label("Intercommunality", "EPCI"),
            group=group,
            max_length=9,
            origin=Origin.POSITION,
            default=from_position("epci", "epci"),
        ),
        Field(
            "department",
            Label("Department", "Département"),
            group=group,
            max_length=3,
            origin=Origin.POSITION,
            default=from_position("department", "department"),
        ),
        Field(
            "commune_distance_m",
            Label("Distance to the commune", "Écart à la commune"),
            Kind.REAL,
            group=group,
            unit="m",
            origin=Origin.COMPUTED,
            default=from_position("distance", "commune_distance_m"),
            help=Label(
                "0 inside the commune; above 0 the position lies in a gap of the simplified limits "
                "and the nearest commune was taken.",
                "0 à l'intérieur de la commune ; au-delà, la position tombe dans un interstice des limites "
                "simplifiées et la commune la plus proche a été retenue.",
            ),
        ),
    )


def audit() -> tuple[Field, ...]:
    """Return who created and last changed a row, and when (UTC)."""
    now, who = "now()", "@user_full_name"
    return (
        Field(
            "created_at",
            Label("Created on", "Créé le"),
            Kind.DATETIME,
            "audit",
            origin=Origin.SYSTEM,
            default=Default(now),
        ),
        Field("created_by", Label("Created by", "Créé par"), group="audit", origin=Origin.SYSTEM, default=Default(who)),
        Field(
            "updated_at",
            Label("Updated on", "Mis à jour le"),
            Kind.DATETIME,
            "audit",
            origin=Origin.SYSTEM,
            default=Default(now, on_update=True),
        ),
        Field(
            "updated_by",
            Label("Updated by", "Mis à jour par"),
            group="audit",
            origin=Origin.SYSTEM,
            default=Default(who, on_update=True),
        ),
    )


def site_reference(listed_in: str | None, title: Label, strength: Strength = Strength.COMPOSITION) -> Relation:
    """Return the reference of a child layer to its site."""
    return Relation("site_uid", "site", title, strength, listed_in)


def site_uid(group: str = "general") -> Field:
    """Return the column that holds the uid of the site the row belongs to."""
    return Field("site_uid", Label("Site", "Site"), Kind.UID, group=group, required=True)


def optional_site_uid(group: str = "general") -> Field:
    """Return the column that may hold the uid of a site."""
    return dataclasses.replace(site_uid(group), required=False)


def day(name: str, label: Label, group: str = "general", **more: object) -> Field:
    """Return a date."""
    return Field(name, label, Kind.DATE, group, **more)  # type: ignore[arg-type]


def not_future(name: str, *, hard: bool = True) -> Rule:
    """Return the rule that a date is not in the future."""
    message = Label("This date is in the future.", "Cette date est dans le futur.")
    return Rule(f"{name}_not_in_future", not_in_future(name), message, name, hard, Topic.DATES)


def after_settlement(name: str) -> Rule:
    """Return the rule that a date of a record of a site is not before the site was there (platform's validator)."""
    message = Label(
        "This date is before the settlement of the site.", "Cette date est antérieure à l'installation du site."
    )
    built = ParentColumn("site_uid", "site", "built_at")
    return Rule(f"{name}_after_settlement", compare(name, ">=", built), message, name, topic=Topic.DATES)


def year(group: str = "general") -> Field:
    """Return the year a row is about."""
    return Field("year", Label("Year", "Année"), Kind.INTEGER, group, required=True, minimum=2012, maximum=2100)


def action_uid() -> Field:
    """Return the column that holds the uid of the action the row belongs to."""
    return Field("action_uid", Label("Action", "Action"), Kind.UID, required=True)


def action_reference(listed_in: str | None, title: Label) -> Relation:
    """Return the reference of a child layer to its action."""
    return Relation("action_uid", "action", title, Strength.COMPOSITION, listed_in)


def population(group: str) -> tuple[Field, ...]:
    """Return the population columns of the platform, in its order."""
    ages = (("0_3", 0, 3), ("3_6", 3, 6), ("6_12", 6, 12), ("12_16", 12, 16), ("16_18", 16, 18))
    return (
        count("population_total", Label("Number of people", "Nombre de personnes"), group, minimum=1),
        count("population_total_females", Label("of whom women and girls", "dont femmes et filles"), group),
        count("population_couples", Label("Number of households", "Nombre de ménages"), group),
        count("population_minors", Label("Number of minors", "Nombre de mineurs"), group),
        count("population_minors_girls", Label("of whom girls", "dont filles"), group),
        *(
            count(f"population_minors_{suffix}", Label(f"{low} to {high} years", f"{low} à {high} ans"), group)
            for suffix, low, high in ages
        ),
        count(
            "minors_in_school",
            Label("Children enrolled in school", "Enfants inscrits dans un établissement scolaire"),
            group,
        ),
    )
