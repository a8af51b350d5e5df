"""A cohort of the SIBEL programme and the beginning of its phases."""

from __future__ import annotations

from ..common import AUDIT, COMMENTS, GENERAL, UID, action_reference, action_uid, audit, count, day
from ..expressions import at_most
from ..fields import Field, Geometry, Label, Layer, Rule, Topic
from ..text_rules import plain_texts

_STEPS = ("orientation_started_at", "training_started_at", "integration_started_at", "ended_at")
_ORDER = Label("The phases follow each other in time.", "Les phases se suivent dans le temps.")

_FIELDS = (
    UID,
    action_uid(),
    Field("name", Label("Name of the cohort", "Nom de la cohorte"), required=True, max_length=100),
    count(
        "people",
        Label("People", "Personnes"),
        "general",
        help=Label("A cohort is of 15 people.", "Une cohorte est de 15 personnes."),
    ),
    day(
        "orientation_started_at",
        Label("Orientation begun on", "Orientation commencée le"),
        help=Label("2 to 4 months.", "2 à 4 mois."),
    ),
    day(
        "training_started_at",
        Label("Training begun on", "Formation commencée le"),
        help=Label("4 to 6 months.", "4 à 6 mois."),
    ),
    day(
        "integration_started_at",
        Label("Integration begun on", "Intégration commencée le"),
        help=Label("6 months.", "6 mois."),
    ),
    day("ended_at", Label("Ended on", "Terminée le")),
    COMMENTS,
    *audit(),
)

LAYER = Layer(
    key="cohort",
    label=Label("SIBEL cohort", "Cohorte SIBEL"),
    plural=Label("SIBEL cohorts", "Cohortes SIBEL"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display='"name"',
    rules=(
        *(
            Rule(f"{later}_after_{earlier}", at_most(earlier, later), _ORDER, later, topic=Topic.DATES)
            for index, later in enumerate(_STEPS)
            for earlier in _STEPS[:index]
        ),
        *plain_texts(_FIELDS),
    ),
    relations=(action_reference("cohorts", Label("Cohorts", "Cohortes")),),
    unique_together=(("action_uid", "name"),),
    order=55,
    tree_group=Label("Actions", "Actions"),
    help=Label(
        "A group that goes through orientation, training and integration together.",
        "Un groupe qui suit ensemble l'orientation, la formation et l'intégration.",
    ),
)
