"""A slum site: what the State's platform holds on it, under the platform's own names."""

from __future__ import annotations

from .. import domains
from ..common import ACCURACY, AUDIT, COMMENTS, UID, audit, count, population, territory, yes_no
from ..expressions import all_of, any_of, at_most, compare, equals, known, not_in_future, one_of, unknown
from ..fields import Default, Field, Geometry, Group, Kind, Label, Layer, Origin, Rule
from ..living_conditions import FIELDS as LIVING_CONDITIONS
from ..living_conditions import GROUPS as LIVING_CONDITION_GROUPS
from ..population_rules import RULES as POPULATION_RULES
from ..terms import Column

_CLOSED = compare("status", "<>", "open")
_CENSUS_EXPECTED = one_of("census_status", "scheduled", "done")

_GROUPS = (
    Group("place", Label("Location", "Localisation")),
    Group("features", Label("Characteristics", "Caractéristiques")),
    Group("people", Label("Inhabitants", "Habitants")),
    Group("population", Label("Population", "Population"), "people"),
    Group("housing", Label("Housing", "Habitat"), "people"),
    *LIVING_CONDITION_GROUPS,
    Group("census", Label("Diagnostic", "Diagnostic")),
    Group("distances", Label("Distances to water", "Distances à l'eau")),
    AUDIT,
)

_PLACE = (
    Field(
        "name",
        Label("Name of the site", "Appellation du site"),
        group="place",
        max_length=35,
        expected=True,
    ),
    Field("address", Label("Address", "Adresse"), group="place", max_length=500),
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
        "closed_at",
        Label("Date of closure", "Date de fermeture"),
        Kind.DATE,
        "features",
        visible_when=_CLOSED,
    ),
    Field(
        "closing_context",
        Label("Context of the closure", "Contexte de la fermeture"),
        Kind.LONG_TEXT,
        "features",
        max_length=4000,
        visible_when=_CLOSED,
    ),
    Field(
        "updated_without_any_change",
        Label("Confirmed without any change", "Mis à jour sans aucun changement"),
        Kind.BOOLEAN,
        "audit",
        origin=Origin.SYSTEM,
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
    ),
    Field(
        "census_conducted_at",
        Label("Date of the diagnostic", "Date du diagnostic"),
        Kind.DATE,
        "census",
        visible_when=_CENSUS_EXPECTED,
    ),
    Field(
        "census_conducted_by",
        Label("Service in charge", "Service en charge du diagnostic"),
        group="census",
        max_length=255,
        visible_when=_CENSUS_EXPECTED,
    ),
    Field("comments", COMMENTS.label, Kind.LONG_TEXT, "census", max_length=4000),
)

_RULES = (
    *POPULATION_RULES,
    Rule(
        "open_without_closing_date",
        any_of(
            all_of(equals("status", "open"), unknown("closed_at")),
            all_of(_CLOSED, known("closed_at")),
        ),
        Label(
            "An open site has no date of closure, and a closed one needs it.",
            "Un site existant n'a pas de date de fermeture, un site fermé en a une.",
        ),
        "closed_at",
    ),
    Rule(
        "closed_after_built",
        compare("closed_at", ">", Column("built_at")),
        Label(
            "The site cannot be closed before its settlement.",
            "Le site ne peut pas être fermé avant son installation.",
        ),
        "closed_at",
    ),
    Rule(
        "built_before_declared",
        at_most("built_at", "declared_at"),
        Label(
            "The settlement cannot come after the report.",
            "L'installation ne peut pas être postérieure au signalement.",
        ),
        "built_at",
    ),
    Rule(
        "built_not_in_future",
        not_in_future("built_at"),
        Label("This date is in the future.", "Cette date est dans le futur."),
        "built_at",
    ),
    Rule(
        "declared_not_in_future",
        not_in_future("declared_at"),
        Label("This date is in the future.", "Cette date est dans le futur."),
        "declared_at",
    ),
    Rule(
        "closing_context_when_other",
        any_of(compare("status", "<>", "other"), known("closing_context")),
        Label(
            "Say in which context the site was closed.",
            "Précisez le contexte de la fermeture.",
        ),
        "closing_context",
        hard=False,
    ),
    Rule(
        "census_after_built",
        at_most("built_at", "census_conducted_at"),
        Label(
            "The diagnostic cannot come before the settlement.",
            "Le diagnostic ne peut pas précéder l'installation.",
        ),
        "census_conducted_at",
    ),
)

LAYER = Layer(
    key="site",
    label=Label("Slum site", "Bidonville"),
    plural=Label("Slum sites", "Bidonvilles"),
    geometry=Geometry.POINT,
    fields=(UID, *_PLACE, *_FEATURES, *_PEOPLE, *LIVING_CONDITIONS, *_CENSUS, *audit()),
    groups=_GROUPS,
    display='coalesce("name", "address", "commune", \'?\')',
    rules=_RULES,
    order=10,
    tree_group=Label("Sites", "Sites"),
    help=Label(
        "An informal settlement followed by the prefecture. Counts only, never names of people.",
        "Un campement ou bidonville suivi par la préfecture. Des effectifs uniquement, jamais de noms de personnes.",
    ),
)
