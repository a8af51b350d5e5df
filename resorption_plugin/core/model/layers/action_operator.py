"""Who runs and who steers an action."""

from __future__ import annotations

from .. import action_lists
from ..common import AUDIT, GENERAL, UID, action_reference, action_uid, audit
from ..fields import Default, Field, Geometry, Label, Layer
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    action_uid(),
    Field(
        "organisation",
        Label("Organisation", "Structure"),
        required=True,
        max_length=255,
        help=Label("The organisation, never a person.", "La structure, jamais une personne."),
    ),
    Field(
        "role",
        Label("Role", "Rôle"),
        domain=action_lists.ACTION_ROLE,
        required=True,
        default=Default("'operator'"),
    ),
    *audit(),
)

LAYER = Layer(
    key="action_operator",
    label=Label("Operator", "Opérateur"),
    plural=Label("Operators and steering services", "Opérateurs et services pilotes"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display='"organisation"',
    rules=plain_texts(_FIELDS),
    relations=(action_reference("sites", Label("Operators and steering services", "Opérateurs et services pilotes")),),
    unique_together=(("action_uid", "organisation", "role"),),
    order=54,
    tree_group=Label("Actions", "Actions"),
    help=Label("An organisation that runs or steers an action.", "Une structure qui mène ou pilote une action."),
)
