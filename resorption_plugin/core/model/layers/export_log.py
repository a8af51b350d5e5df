"""Who exported what, at which level of detail, and when: positions of slums are sensitive."""

from __future__ import annotations

from .. import domains
from ..common import GENERAL, UID
from ..fields import Field, Geometry, Kind, Label, Layer, Origin

LAYER = Layer(
    key="export_log",
    label=Label("Export", "Export"),
    plural=Label("Log of exports", "Journal des exports"),
    geometry=Geometry.NONE,
    fields=(
        UID,
        Field("exported_at", Label("Exported on", "Exporté le"), Kind.DATETIME, required=True, origin=Origin.SYSTEM),
        Field("exported_by", Label("Exported by", "Exporté par"), required=True, origin=Origin.SYSTEM),
        Field("output", Label("Output", "Document"), required=True, origin=Origin.SYSTEM),
        Field("file_name", Label("File", "Fichier"), required=True, origin=Origin.SYSTEM),
        Field(
            "audience",
            Label("Audience", "Destinataires"),
            domain=domains.AUDIENCE,
            required=True,
            origin=Origin.SYSTEM,
        ),
    ),
    groups=(GENERAL,),
    display="\"file_name\" || ' (' || \"audience\" || ')'",
    order=75,
    tree_group=Label("Exports", "Exports"),
    help=Label(
        "Every map and file that left the workspace, and the level of detail it shows.",
        "Chaque carte ou fichier sorti de l'espace de travail, et le niveau de détail qu'il montre.",
    ),
)
