"""The funding of an action, year by year."""

from __future__ import annotations

from .. import action_lists
from ..common import AUDIT, COMMENTS, GENERAL, UID, action_reference, action_uid, audit
from ..common import year as year_field
from ..fields import Field, Geometry, Kind, Label, Layer
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    action_uid(),
    year_field(),
    Field(
        "finance_type",
        Label("Kind of funding", "Type de financement"),
        domain=action_lists.FINANCE_TYPE,
        required=True,
    ),
    Field("amount", Label("Amount planned", "Montant prévu"), Kind.REAL, minimum=0, unit="€"),
    Field("real_amount", Label("Amount spent", "Montant réel"), Kind.REAL, minimum=0, unit="€"),
    COMMENTS,
    *audit(),
)

LAYER = Layer(
    key="action_finance",
    label=Label("Funding of an action", "Financement d'une action"),
    plural=Label("Funding of the actions", "Financements des actions"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display="\"year\" || ' : ' || coalesce(\"amount\", '?') || ' €'",
    rules=plain_texts(_FIELDS),
    relations=(action_reference("finances", Label("Funding by year", "Financements par année")),),
    order=57,
    tree_group=Label("Actions", "Actions"),
    help=Label("A sum that funds an action in a year.", "Une somme qui finance une action pour une année."),
)
