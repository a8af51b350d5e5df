"""The columns of the export on the site itself: place, features, inhabitants, social diagnostic, last update."""

from __future__ import annotations

from . import words
from .codecs import Codec, Day, Degrees, FreeText, InseeCode, OneOf, SomeOf, Whole, Year, YesNo
from .column import ALWAYS, Column, Coordinate, Listing, Option, PlaceName, Presence, Right, SiteValue, Target, name_of

_TEXT, _DAY, _YES_NO, _WHOLE = FreeText(), Day(), YesNo(), Whole()
_CLOSED = Presence(listing=Listing.CLOSED)


def _place(title: str, target: Target, presence: Presence = ALWAYS) -> Column:
    return Column(name_of(title), title, "Localisation", target, presence)


PLACE = (
    _place("Département", PlaceName("department")),
    _place("Commune", SiteValue("commune", _TEXT)),
    _place("Code INSEE", SiteValue("fk_city", InseeCode())),
    _place("EPCI", PlaceName("epci")),
    _place("Adresse", SiteValue("address", _TEXT)),
    _place("Appellation du site", SiteValue("name", _TEXT)),
    _place(
        "Informations d'accès",
        SiteValue("address_details", _TEXT),
        Presence(Option.ADDRESS_DETAILS, listing=Listing.OPEN),
    ),
    _place("Latitude", Coordinate("y", Degrees(90))),
    _place("Longitude", Coordinate("x", Degrees(180))),
)


def _feature(
    title: str,
    target: Target,
    presence: Presence = ALWAYS,
    *aliases: str,
    unknown: str = "",
) -> Column:
    return Column(name_of(title), title, "Site", target, presence, aliases, unknown)


FEATURES = (
    _feature("Type de site", SiteValue("fk_field_type", OneOf(words.FIELD_TYPES))),
    _feature("Date d'installation", SiteValue("built_at", _DAY)),
    _feature("Date de signalement", SiteValue("declared_at", _DAY)),
    _feature("S'agit-il d'une réinstallation ?", SiteValue("is_reinstallation", _YES_NO)),
    _feature("Précisions sur la réinstallation", SiteValue("reinstallation_comments", _TEXT)),
    _feature("Le site fait-il l’objet d’une action ?", SiteValue("declared_has_action", _YES_NO)),
    _feature(
        "Le site fait-il l’objet d’une action financée RB l’année d’extraction ?",
        SiteValue("declared_has_financed_action", _YES_NO),
        Presence(right=Right.ACTIONS),
    ),
    _feature(
        "Site avec objectif de résorption ?",
        SiteValue("resorption_target", Year()),
        ALWAYS,
        "Objectif de résorption",
        "Site avec objectif de résorption",
    ),
    _feature("Date de fermeture", SiteValue("closed_at", _DAY), _CLOSED),
    _feature("Résorbé", SiteValue("closed_with_solutions", OneOf(words.CLEARED)), _CLOSED, "Site résorbé"),
    _feature("Cause de la fermeture", SiteValue("status", OneOf(words.CLOSING_CAUSES), required=True), _CLOSED),
    _feature("Contexte de la fermeture", SiteValue("closing_context", _TEXT), _CLOSED),
)


def _people(title: str, target: Target, *aliases: str, name: str = "") -> Column:
    totalled = isinstance(target, SiteValue) and isinstance(target.codec, Whole)
    return Column(name or name_of(title), title, "Habitants", target, ALWAYS, aliases, totalled=totalled)


def _count(title: str, column: str, *aliases: str, name: str = "") -> Column:
    return _people(title, SiteValue(column, _WHOLE), *aliases, name=name)


PEOPLE = (
    _count("Nombre de personnes", "population_total", name="Habitants – Nombre de personnes"),
    _count("dont femmes et filles", "population_total_females"),
    _count("Nombre de ménages", "population_couples", name="Habitants – Nombre de ménages"),
    _count("Nombre de mineurs", "population_minors"),
    _count("dont filles", "population_minors_girls"),
    _count("0 à 3 ans", "population_minors_0_3", "0-3 ans"),
    _count("3 à 6 ans", "population_minors_3_6", "3-6 ans"),
    _count("6 à 12 ans", "population_minors_6_12", "6-12 ans"),
    _count("12 à 16 ans", "population_minors_12_16", "12-16 ans"),
    _count("16 à 18 ans", "population_minors_16_18", "16-18 ans"),
    _count("Enfants inscrits dans un établissement scolaire", "minors_in_school"),
    _count("Nombre de caravanes", "caravans"),
    _count("Nombre de cabanes", "huts"),
    _count("Nombre de tentes", "tents"),
    _count("Nombre de voitures dortoir", "cars", "Nombre de voitures"),
    _count("Nombre de matelas", "mattresses"),
    _people("Origines", SiteValue("social_origins", SomeOf(words.SOCIAL_ORIGINS, ";"))),
)


def _census(title: str, column: str, codec: Codec, listing: Listing | None = None, unknown: str = "") -> Column:
    presence = Presence(Option.DEMOGRAPHICS, listing=listing)
    return Column(name_of(title), title, "Diagnostic", SiteValue(column, codec), presence, unknown=unknown)


CENSUS = (
    _census("Statut du diagnostic social", "census_status", OneOf(words.CENSUS_STATUSES), Listing.OPEN, "Inconnu"),
    _census("Date du diagnostic", "census_conducted_at", _DAY),
    _census("Service en charge du diagnostic", "census_conducted_by", _TEXT),
)

UPDATE = (Column("Site mis à jour le", "Site mis à jour le", "Mise à jour", SiteValue("platform_updated_at", _DAY)),)
