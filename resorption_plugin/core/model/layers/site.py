"""A slum site: what the State's platform holds on it, under the platform's own names."""

from __future__ import annotations

from .. import domains, record_lists
from ..common import ACCURACY, AUDIT, COMMENTS, UID, audit, count, population, territory, yes_no
from ..expressions import equals
from ..fields import Default, Field, Geometry, Group, Kind, Label, Layer, Origin
from ..living_conditions import FIELDS as LIVING_CONDITIONS
from ..living_conditions import GROUPS as LIVING_CONDITION_GROUPS
from ..site_rules import CENSUS_EXPECTED, CLOSED, RULES
from ..text_rules import plain_texts

_GROUPS = (
    Group("place", Label("Location", "Localisation")),
    Group("features", Label("Characteristics", "Caractéristiques")),
    Group("people", Label("Inhabitants", "Habitants")),
    Group("population", Label("Population", "Population"), "people"),
    Group("housing", Label("Housing", "Habitat"), "people"),
    *LIVING_CONDITION_GROUPS,
    Group("distances", Label("Distances to water", "Distances à l'eau")),
    Group("census", Label("Diagnostic", "Diagnostic")),
    Group("procedures", Label("Procedures", "Procédures")),
    Group("actions", Label("Actions", "Actions")),
    Group("phases", Label("Phases of clearance", "Phases de résorption")),
    Group("closing", Label("Closure", "Fermeture"), visible_when=CLOSED),
    Group("journal", Label("Journal", "Journal")),
    Group("photos", Label("Photos", "Photos")),
    AUDIT,
    Group("platform", Label("Said by the platform", "Selon la plateforme"), "audit"),
)

_PLACE = (
    Field(
        "name",
        Label("Name of the site", "Appellation du site"),
        group="place",
        max_length=35,
        expected=True,
    ),
    Field("address", Label("Address", "Adresse"), group="place", max_length=500, expected=True),
    Field(
        "address_details", Label("How to get there", "Informations d'accès"), Kind.LONG_TEXT, "place", max_length=4000
    ),
    *territory(),
    ACCURACY,
    Field(
        "rb_id",
        Label("Number on the platform", "Numéro sur la plateforme"),
        Kind.INTEGER,
        "place",
        unique=True,
        minimum=1,
        help=Label(
            "Number of the site on Résorption-bidonvilles, read from the link of its address.",
            "Numéro du site sur Résorption-bidonvilles, lu dans le lien de son adresse.",
        ),
    ),
)

_FEATURES = (
    Field(
        "status",
        Label("Status", "Statut"),
        group="features",
        domain=domains.SITE_STATUS,
        required=True,
        default=Default("'open'"),
    ),
    Field(
        "fk_field_type",
        Label("Type of site", "Type de site"),
        Kind.INTEGER,
        "features",
        domains.FIELD_TYPE,
        expected=True,
    ),
    Field("built_at", Label("Date of settlement", "Date d'installation"), Kind.DATE, "features"),
    Field(
        "declared_at",
        Label("Date of report", "Date de signalement"),
        Kind.DATE,
        "features",
        expected=True,
        default=Default("to_date(now())"),
    ),
    yes_no("is_reinstallation", Label("Is it a resettlement?", "S'agit-il d'une réinstallation ?"), "features"),
    Field(
        "reinstallation_comments",
        Label("Details of the resettlement", "Précisions sur la réinstallation"),
        Kind.LONG_TEXT,
        "features",
        max_length=4000,
        visible_when=equals("is_reinstallation", True),
    ),
    Field(
        "resorption_target",
        Label("Target year of clearance", "Objectif résorption"),
        Kind.INTEGER,
        "features",
        minimum=2018,
        maximum=2100,
        help=Label("Year the site is to be cleared.", "Année visée pour la résorption du site."),
    ),
    yes_no("heatwave_status", Label("Heat alert", "Alerte canicule"), "features"),
    Field(
        "updated_without_any_change",
        Label("Confirmed without any change", "Mis à jour sans aucun changement"),
        Kind.BOOLEAN,
        "audit",
        origin=Origin.SYSTEM,
        default=Default("false", on_update=True),
    ),
)

_CLOSING = (
    Field("closed_at", Label("Date of closure", "Date de fermeture"), Kind.DATE, "closing"),
    Field(
        "closing_context",
        Label("Context of the closure", "Contexte de la fermeture"),
        Kind.LONG_TEXT,
        "closing",
        max_length=4000,
    ),
    Field(
        "closed_with_solutions",
        Label("Declared as cleared", "Site résorbé (déclaré)"),
        group="closing",
        domain=record_lists.CLOSED_WITH_SOLUTIONS,
        help=Label(
            "Cleared: a long-term solution for 66 % of the inhabitants. The share computed from the solutions stands "
            "beside this answer in the figures.",
            "Résorbé : une solution pérenne pour 66 % des habitants. La part calculée d'après les orientations "
            "figure à côté de cette réponse dans les indicateurs.",
        ),
    ),
)

_PEOPLE = (
    *population("population"),
    Field(
        "social_origins",
        Label("Origins", "Origines"),
        Kind.CHOICES,
        "population",
        domains.SOCIAL_ORIGIN,
    ),
    Field(
        "population_updated_at",
        Label("Population updated on", "Population mise à jour le"),
        Kind.DATETIME,
        "population",
        origin=Origin.SYSTEM,
    ),
    count("caravans", Label("Caravans", "Nombre de caravanes"), "housing"),
    count("huts", Label("Self-built huts", "Nombre de cabanes (habitats autoconstruits)"), "housing"),
    count("tents", Label("Tents", "Nombre de tentes"), "housing"),
    count("cars", Label("Cars used as bedrooms", "Nombre de voitures dortoir"), "housing"),
    count("mattresses", Label("Mattresses", "Nombre de matelas"), "housing"),
)

_CENSUS = (
    Field(
        "census_status",
        Label("Social diagnostic", "Statut du diagnostic social"),
        group="census",
        domain=domains.CENSUS_STATUS,
        expected=True,
    ),
    Field(
        "census_conducted_at",
        Label("Date of the diagnostic", "Date du diagnostic"),
        Kind.DATE,
        "census",
        visible_when=CENSUS_EXPECTED,
    ),
    Field(
        "census_conducted_by",
        Label("Service in charge", "Service en charge du diagnostic"),
        group="census",
        max_length=255,
        visible_when=CENSUS_EXPECTED,
    ),
    Field("comments", COMMENTS.label, Kind.LONG_TEXT, "census", max_length=4000),
)


def _said(name: str, en: str, fr: str) -> Field:
    """Return an answer of the platform's export: read from it, never typed."""
    return Field(name, Label(en, fr), group="platform", domain=domains.WATER_STATUS, origin=Origin.SYSTEM)


_PLATFORM = (
    _said("declared_water_status", "Access to water", "Statut de l'accès à l'eau"),
    _said("declared_electricity_status", "Access to electricity", "Statut de l'accès à l'électricité"),
    _said("declared_sanitary_status", "Access to toilets", "Statut de l'accès aux sanitaires"),
    _said("declared_trash_status", "Evacuation of waste", "Statut de l'évacuation des déchets"),
    _said("declared_pest_status", "No pests", "Statut de la présence de nuisibles"),
    _said("declared_fire_status", "Fire diagnostic", "Statut du diagnostic prévention incendie"),
    Field(
        "declared_has_action",
        Label("The site is part of an action", "Le site fait-il l'objet d'une action ?"),
        Kind.BOOLEAN,
        "platform",
        origin=Origin.SYSTEM,
    ),
    Field(
        "declared_has_financed_action",
        Label("The action is funded for clearance", "Action financée RB l'année d'extraction ?"),
        Kind.BOOLEAN,
        "platform",
        origin=Origin.SYSTEM,
    ),
    Field(
        "platform_updated_at",
        Label("Site updated on the platform on", "Site mis à jour sur la plateforme le"),
        Kind.DATE,
        "platform",
        origin=Origin.SYSTEM,
    ),
)

_FIELDS = (
    UID,
    *_PLACE,
    *_FEATURES,
    *_PEOPLE,
    *LIVING_CONDITIONS,
    *_CENSUS,
    *_CLOSING,
    *_PLATFORM,
    *audit(),
)

LAYER = Layer(
    key="site",
    label=Label("Slum site", "Bidonville"),
    plural=Label("Slum sites", "Bidonvilles"),
    geometry=Geometry.POINT,
    fields=_FIELDS,
    groups=_GROUPS,
    display='coalesce("name", "address", "commune", \'?\')',
    rules=(*RULES, *plain_texts(_FIELDS)),
    together=(
        tuple(field.name for field in _FIELDS if field.name.startswith(("population_", "minors_"))),
        ("status", "closed_at", "closing_context", "closed_with_solutions"),
        ("census_status", "census_conducted_at", "census_conducted_by"),
    ),
    order=10,
    tree_group=Label("Sites", "Sites"),
    help=Label(
        "An informal settlement followed by the prefecture. Counts only, never names of people.",
        "Un campement ou bidonville suivi par la préfecture. Des effectifs uniquement, jamais de noms de personnes.",
    ),
)
