"""What is done on the sites: an action, its programme, its dates and its place."""

from __future__ import annotations

from .. import action_lists
from ..common import AUDIT, COMMENTS, PLACE, UID, audit, count, day, long_answer, territory
from ..expressions import any_of, at_most, equals, one_of
from ..fields import Field, Geometry, Group, Kind, Label, Layer, Rule, Topic
from ..site_rules import answered
from ..text_rules import plain_texts

SIBEL = equals("programme", "sibel")
_HOUSES = any_of(one_of("programme", "interim_site", "housing_first"), one_of("location_type", "eti", "logement"))
_ELSEWHERE = equals("location_type", "autre")

_FIELDS = (
    UID,
    Field("name", Label("Name of the action", "Nom de l'action"), required=True, max_length=255),
    Field(
        "programme",
        Label("Programme", "Programme"),
        domain=action_lists.PROGRAMME,
        expected=True,
    ),
    Field("topics", Label("Topics", "Champs d'intervention"), Kind.CHOICES, domain=action_lists.ACTION_TOPIC),
    long_answer("goals", "Goals", "Objectifs", "general"),
    day("started_at", Label("Start", "Date de lancement"), expected=True),
    day("ended_at", Label("End", "Date de fin")),
    count("target_people", Label("People to be reached", "Nombre de personnes visées"), "means"),
    Field(
        "staff_fte",
        Label("Workers", "Intervenants"),
        Kind.REAL,
        "means",
        minimum=0,
        maximum=1000,
        unit="ETP",
        help=Label(
            "Full-time equivalents, school-liaison officers included.",
            "Équivalents temps plein, médiateurs scolaires compris.",
        ),
    ),
    count("places", Label("Places", "Nombre de places"), "means", visible_when=_HOUSES),
    Field(
        "project_owner",
        Label("Contracting authority", "Maître d'ouvrage"),
        group="means",
        max_length=255,
        visible_when=equals("programme", "mous"),
    ),
    day(
        "convention_signed_on",
        Label("Agreement signed on", "Convention signée le"),
        "means",
        visible_when=one_of("programme", "mous", "interim_site"),
    ),
    count(
        "water_points_installed",
        Label("Water points installed", "Points d'eau installés"),
        "means",
        visible_when=equals("programme", "water_hygiene"),
    ),
    COMMENTS,
    Field(
        "location_type",
        Label("Where the action takes place", "Lieu de l'action"),
        group="place",
        domain=action_lists.ACTION_LOCATION,
    ),
    Field(
        "location_other",
        Label("Which place", "Précisez le lieu"),
        group="place",
        max_length=255,
        visible_when=_ELSEWHERE,
    ),
    Field("address", Label("Address", "Adresse"), group="place", max_length=500),
    *territory(),
    *audit(),
)

LAYER = Layer(
    key="action",
    label=Label("Action", "Action"),
    plural=Label("Actions", "Actions"),
    geometry=Geometry.POINT,
    geometry_required=False,
    fields=_FIELDS,
    groups=(
        Group("general", Label("Action", "Action")),
        Group("means", Label("Means", "Moyens"), "general"),
        PLACE,
        Group("sites", Label("Sites and operators", "Sites et opérateurs")),
        Group("cohorts", Label("Cohorts", "Cohortes"), visible_when=SIBEL),
        Group("metrics", Label("Results", "Indicateurs annuels")),
        Group("finances", Label("Funding", "Financements")),
        AUDIT,
    ),
    display='"name"',
    rules=(
        Rule(
            "started_before_ended",
            at_most("started_at", "ended_at"),
            Label("The end cannot come before the beginning.", "La fin ne peut pas précéder le début."),
            "ended_at",
            topic=Topic.DATES,
        ),
        answered("location_other", _ELSEWHERE),
        *plain_texts(_FIELDS),
    ),
    order=52,
    tree_group=Label("Actions", "Actions"),
    help=Label(
        "What operators do on one or several sites, under a programme. Its place is drawn where it has one.",
        "Ce que des opérateurs font sur un ou plusieurs sites, dans un programme. Son lieu est dessiné s'il en a un.",
    ),
)
