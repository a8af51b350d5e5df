"""The owners of the ground of a site: in a table of their own, which has rights of its own."""

from __future__ import annotations

from .. import record_lists
from ..common import AUDIT, GENERAL, UID, audit, site_reference, site_uid
from ..fields import Default, Field, Geometry, Kind, Label, Layer
from ..text_rules import plain_texts

_FIELDS = (
    UID,
    site_uid(),
    Field(
        "fk_owner_type",
        Label("Type of owner", "Type de propriétaire"),
        Kind.INTEGER,
        domain=record_lists.OWNER_TYPE,
        required=True,
    ),
    Field("owner_name", Label("Name of the owner", "Nom du propriétaire"), max_length=255),
    Field(
        "active",
        Label("Still the owner", "Propriétaire actuel"),
        Kind.BOOLEAN,
        required=True,
        default=Default("true"),
    ),
    *audit(),
)

LAYER = Layer(
    key="owner",
    label=Label("Owner", "Propriétaire"),
    plural=Label("Owners", "Propriétaires"),
    geometry=Geometry.NONE,
    fields=_FIELDS,
    groups=(GENERAL, AUDIT),
    display='coalesce("owner_name", represent_value("fk_owner_type"))',
    rules=plain_texts(_FIELDS),
    relations=(site_reference("features", Label("Owners", "Propriétaires")),),
    order=46,
    tree_group=Label("Record of the sites", "Fiche des sites"),
    help=Label(
        "An owner of the ground or building. Confidential: leaves in no export for the committee or the public.",
        "Un propriétaire du terrain ou de l'immeuble. Confidentiel : absent des exports pour le comité et le public.",
    ),
)
