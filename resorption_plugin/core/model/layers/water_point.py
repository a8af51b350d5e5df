"""A water point: what the platform lacks, with the columns of the national schemas fontaine-eau and PEI."""

from __future__ import annotations

from .. import domains
from ..common import (
    ACCURACY,
    AUDIT,
    COMMENTS,
    UID,
    audit,
    count,
    not_future,
    optional_site_uid,
    site_reference,
    territory,
    yes_no,
)
from ..expressions import Matches, at_most, compare, one_of
from ..fields import Default, Field, Geometry, Group, Kind, Label, Layer, Rule, Strength, Topic

_GROUPS = (
    Group("general", Label("Water point", "Point d'eau")),
    Group("state", Label("State", "État")),
    Group("service", Label("Service", "Service rendu")),
    Group("place", Label("Location", "Localisation")),
    Group("source", Label("Source", "Provenance")),
    Group("photos", Label("Photos", "Photos")),
    AUDIT,
)

_IS_HYDRANT = one_of("type", "borne_incendie")


def _hydrant(name: str, en: str, fr: str, kind: Kind = Kind.TEXT, **more: object) -> Field:
    """Return a field that only hydrants have: a column of the national schema PEI 1.0.0."""
    return Field(name, Label(en, fr), kind, "service", visible_when=_IS_HYDRANT, **more)  # type: ignore[arg-type]


_GENERAL = (
    Field("name", Label("Name", "Nom"), max_length=255),
    Field(
        "type",
        Label("Type", "Type"),
        domain=domains.WATER_ACCESS_TYPE,
        required=True,
        default=Default("'inconnu'"),
    ),
    Field("type_details", Label("Details of the type", "Précisions sur le type"), max_length=255),
    Field(
        "fountain_type",
        Label("Type of fountain", "Type de fontaine"),
        domain=domains.FOUNTAIN_TYPE,
        visible_when=one_of("type", "fontaine_publique"),
        help=Label("National schema fontaine-eau 0.1.0.", "Schéma national fontaine-eau 0.1.0."),
    ),
    Field(
        "hydrant_type",
        Label("Type of hydrant", "Type de PEI"),
        domain=domains.HYDRANT_TYPE,
        visible_when=_IS_HYDRANT,
        help=Label("National schema PEI 1.0.0.", "Schéma national PEI 1.0.0."),
    ),
    Field(
        "lifecycle",
        Label("Situation", "Situation"),
        domain=domains.LIFECYCLE,
        required=True,
        default=Default("'existing'"),
    ),
    optional_site_uid(),
    Field("model", Label("Model", "Modèle"), max_length=255),
    Field("operator", Label("Operator", "Gestionnaire"), max_length=255),
    Field("operator_siren", Label("SIREN of the operator", "SIREN du gestionnaire"), max_length=9),
    Field("installed_on", Label("Installed on", "Date d'installation"), Kind.DATE),
    COMMENTS,
)

_STATE = (
    Field(
        "working_state",
        Label("Working state", "État de fonctionnement"),
        group="state",
        domain=domains.WORKING_STATE,
        required=True,
        default=Default("'unknown'"),
    ),
    Field(
        "state_on",
        Label("State seen on", "État constaté le"),
        Kind.DATE,
        "state",
        help=Label(
            "Date at which the working state was true.",
            "Date à laquelle l'état de fonctionnement a été constaté.",
        ),
    ),
    Field("closed_from", Label("Closed from", "Fermé à partir du"), Kind.DATE, "state"),
    Field(
        "closed_until",
        Label("Closed until", "Fermé jusqu'au"),
        Kind.DATE,
        "state",
        help=Label("Last day of the closure announced.", "Dernier jour de la fermeture annoncée."),
    ),
    Field("closure_reason", Label("Reason of the closure", "Motif de la fermeture"), group="state", max_length=255),
    Field(
        "season_closed_from",
        Label("Closed each year from", "Fermé chaque année du"),
        group="state",
        max_length=5,
        help=Label(
            "Month and day, as 11-15 for 15 November. Frost closures: a summer map overstates winter access.",
            "Mois et jour, par exemple 11-15 pour le 15 novembre (mise hors gel).",
        ),
    ),
    Field(
        "season_closed_until",
        Label("Closed each year until", "Fermé chaque année au"),
        group="state",
        max_length=5,
        help=Label("Month and day, as 03-31 for 31 March.", "Mois et jour, par exemple 03-31 pour le 31 mars."),
    ),
    Field("visited_on", Label("Last visit", "Dernière visite"), Kind.DATE, "state"),
)

_SERVICE = (
    yes_no("is_potable", Label("Drinking water", "Eau potable"), "service"),
    Field("tested_on", Label("Last test of the water", "Dernière analyse de l'eau"), Kind.DATE, "service"),
    count("taps", Label("Number of taps", "Nombre de robinets"), "service"),
    Field(
        "flow_l_min",
        Label("Flow of one tap", "Débit d'un robinet"),
        Kind.REAL,
        "service",
        minimum=0,
        maximum=10_000,
        unit="L/min",
    ),
    Field("opening_hours", Label("Opening hours", "Horaires d'ouverture"), group="service", max_length=255),
    Field(
        "hours_per_day",
        Label("Hours open a day", "Heures d'ouverture par jour"),
        Kind.REAL,
        "service",
        minimum=0,
        maximum=24,
        unit="h",
    ),
    Field("tank_volume_l", Label("Volume of the tank", "Volume de la cuve"), Kind.REAL, "service", minimum=0, unit="L"),
    Field(
        "refill_interval_days",
        Label("Days between refills", "Jours entre deux remplissages"),
        Kind.REAL,
        "service",
        minimum=0,
        unit="d",
    ),
    yes_no("is_on_public_road", Label("On the public road", "Sur la voie publique"), "service"),
    Field(
        "access_conditions",
        Label("Conditions of access", "Conditions d'accès"),
        group="service",
        domain=domains.ACCESS_CONDITIONS,
    ),
    yes_no("wheelchair_accessible", Label("Accessible by wheelchair", "Accessible aux PMR"), "service"),
    yes_no("container_filling", Label("A container can be filled", "Remplissage d'un contenant possible"), "service"),
)

_HYDRANT = (
    _hydrant("hydrant_number", "Number on the hydrant", "Numéro sur le terrain", max_length=255),
    _hydrant("operator_reference", "The operator's number", "Numéro du gestionnaire", max_length=255),
    _hydrant("hydrant_source", "Where the water comes from", "Source de l'eau", domain=domains.HYDRANT_SOURCE),
    _hydrant("hydrant_status", "Public or private", "Statut du PEI", domain=domains.HYDRANT_STATUS),
    _hydrant("hydrant_owner", "Establishment that owns it", "Établissement propriétaire", max_length=255),
    _hydrant("hydrant_diameter_mm", "Inner diameter", "Diamètre intérieur", Kind.REAL, minimum=0, unit="mm"),
    _hydrant("pipe_diameter_mm", "Pipe diameter", "Diamètre de la canalisation", Kind.REAL, minimum=0, unit="mm"),
    _hydrant("static_pressure_bar", "Static pressure", "Pression statique", Kind.REAL, minimum=0, unit="bar"),
    _hydrant("dynamic_pressure_bar", "Dynamic pressure", "Pression dynamique", Kind.REAL, minimum=0, unit="bar"),
    _hydrant("inspected_on", "Last technical inspection", "Dernier contrôle technique", Kind.DATE),
    _hydrant("surveyed_on", "Last operational survey", "Dernière reconnaissance opérationnelle", Kind.DATE),
)

_PLACE = (
    Field("address", Label("Address", "Adresse"), group="place", max_length=500),
    Field("location_details", Label("Where exactly", "Précision de localisation"), group="place", max_length=500),
    *territory(),
    ACCURACY,
)

_SOURCE = (
    Field("source", Label("Source", "Source"), group="source", max_length=255),
    Field("source_id", Label("Number in the source", "Identifiant dans la source"), group="source", max_length=255),
)

_MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_MONTH_DAY_MESSAGE = Label(
    "Write the month and the day, as 11-15 for 15 November.",
    "Écrivez le mois et le jour, par exemple 11-15 pour le 15 novembre.",
)

LAYER = Layer(
    key="water_point",
    label=Label("Water point", "Point d'eau"),
    plural=Label("Water points", "Points d'eau"),
    geometry=Geometry.POINT,
    fields=(UID, *_GENERAL, *_STATE, *_SERVICE, *_HYDRANT, *_PLACE, *_SOURCE, *audit()),
    groups=_GROUPS,
    display='coalesce("name", "address", "source_id", \'?\')',
    rules=(
        Rule(
            "closed_from_before_until",
            at_most("closed_from", "closed_until"),
            Label(
                "The closure cannot end before it begins.",
                "La fermeture ne peut pas finir avant d'avoir commencé.",
            ),
            "closed_until",
            topic=Topic.DATES,
        ),
        Rule(
            "season_from_is_a_day",
            Matches("season_closed_from", _MONTH_DAY),
            _MONTH_DAY_MESSAGE,
            "season_closed_from",
            topic=Topic.DATES,
        ),
        Rule(
            "season_until_is_a_day",
            Matches("season_closed_until", _MONTH_DAY),
            _MONTH_DAY_MESSAGE,
            "season_closed_until",
            topic=Topic.DATES,
        ),
        Rule(
            "bottles_are_no_place",
            compare("type", "<>", "achat_bouteille"),
            Label(
                "Bought bottles are not a water point: choose another type.",
                "L'achat de bouteilles n'est pas un point d'eau : choisissez un autre type.",
            ),
            "type",
        ),
        *(not_future(name, hard=False) for name in ("state_on", "visited_on", "tested_on")),
    ),
    relations=(site_reference(None, Label("Water points of the site", "Points d'eau du site"), Strength.ASSOCIATION),),
    unique_together=(("source", "source_id"),),
    together=(
        ("working_state", "state_on", "closed_from", "closed_until", "closure_reason"),
        ("is_potable", "tested_on"),
    ),
    order=50,
    tree_group=Label("Water", "Eau"),
    help=Label(
        "A tap, fountain, hydrant or tank, existing or planned.",
        "Un robinet, une fontaine, une borne ou une cuve, existant ou projeté.",
    ),
)
