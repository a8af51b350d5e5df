"""The organisations that work on a site."""

from __future__ import annotations

from .. import action_lists
from ..common import AUDIT, GENERAL, UID, audit, day, site_reference, site_uid, yes_no
from ..expressions import at_most
from ..fields import Field, Geometry, Kind, Label, Layer, Rule, Topic
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    site_uid(),
    Field(
        "organisation",
        Label("Organisation", "Structure"),
        required=True,
        max_length=255,
        help=Label("The organisation, never a person.", "La structure, jamais une personne."),
    ),
    Field("themes", Label("Fields of action", "Champs d'intervention"), Kind.CHOICES, domain=action_lists.ACTOR_THEME),
    yes_no("is_lead", Label("Coordinates the others", "Coordonne les intervenants"), "general"),
    day("since", Label("Since", "Depuis le")),
    day("until", Label("Until", "Jusqu'au")),
    *audit(),
)

LAYER = Layer(
    key="site_actor",
    label=Label("Actor", "Intervenant"),
    plural=Label("Actors on the sites", "Intervenants sur les sites"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display='"organisation"',
    rules=(
        Rule(
            "since_before_until",
            at_most("since", "until"),
            Label("The end cannot come before the beginning.", "La fin ne peut pas précéder le début."),
            "until",
            topic=Topic.DATES,
        ),
        *plain_texts(_FIELDS),
    ),
    relations=(site_reference("actions", Label("Actors", "Intervenants")),),
    order=48,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "An organisation that works on a site; several may, one of them coordinates.",
        "Une structure qui intervient sur un site ; il peut y en avoir plusieurs, dont une qui coordonne.",
    ),
)
