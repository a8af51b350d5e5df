"""Streets, railways and watercourses given by the officer (OSM, BD TOPO): background, routes and barriers."""

from __future__ import annotations

from .. import domains
from ..common import GENERAL, UID, yes_no
from ..fields import Field, Geometry, Kind, Label, Layer, Role

LAYER = Layer(
    key="street",
    label=Label("Street", "Voie"),
    plural=Label("Streets", "Voies"),
    geometry=Geometry.LINE,
    fields=(
        UID,
        Field("source", Label("Source", "Source"), max_length=255),
        Field("source_id", Label("Number in the source", "Identifiant dans la source"), max_length=64),
        Field("name", Label("Name", "Nom"), max_length=255),
        Field("road_class", Label("Class", "Classe"), domain=domains.ROAD_CLASS, required=True),
        yes_no("foot_access", Label("Open to walkers", "Ouverte aux piétons"), "general"),
        yes_no("is_bridge", Label("Bridge", "Pont"), "general"),
        yes_no("is_tunnel", Label("Tunnel", "Tunnel"), "general"),
        Field("level", Label("Level", "Niveau"), Kind.INTEGER, minimum=-10, maximum=10),
    ),
    groups=(GENERAL,),
    display="coalesce(\"name\", '?')",
    role=Role.REFERENCE,
    order=80,
    tree_group=Label("Reference", "Référence"),
    help=Label("Streets imported from OSM or BD TOPO.", "Voies importées d'OSM ou de la BD TOPO."),
)
