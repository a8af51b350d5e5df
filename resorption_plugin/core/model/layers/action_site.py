"""Which sites an action concerns."""

from __future__ import annotations

from ..common import AUDIT, GENERAL, UID, action_reference, action_uid, audit, site_reference, site_uid
from ..fields import Geometry, Label, Layer

LAYER = Layer(
    key="action_site",
    label=Label("Site of an action", "Site d'une action"),
    plural=Label("Sites of the actions", "Sites des actions"),
    geometry=Geometry.NONE,
    fields=(UID, action_uid(), site_uid(), *audit()),
    groups=(GENERAL, AUDIT),
    display='represent_value("action_uid") || \' – \' || represent_value("site_uid")',
    relations=(
        action_reference("sites", Label("Sites concerned", "Sites concernés")),
        site_reference("actions", Label("Actions", "Actions")),
    ),
    unique_together=(("action_uid", "site_uid"),),
    order=53,
    tree_group=Label("Actions", "Actions"),
    help=Label("A site that an action concerns.", "Un site concerné par une action."),
)
