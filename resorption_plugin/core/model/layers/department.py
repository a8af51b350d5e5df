"""Departments of the workspace's territory (IGN, Licence Ouverte)."""

from __future__ import annotations

from ..common import GENERAL, UID
from ..fields import Field, Geometry, Label, Layer, Role

LAYER = Layer(
    key="department",
    label=Label("Department", "Département"),
    plural=Label("Departments", "Départements"),
    geometry=Geometry.POLYGON,
    fields=(
        UID,
        Field("code", Label("Code", "Code"), required=True, unique=True, max_length=3),
        Field("name", Label("Name", "Nom"), required=True, max_length=100),
        Field("region", Label("Region", "Région"), max_length=100),
    ),
    groups=(GENERAL,),
    display='"name"',
    role=Role.REFERENCE,
    order=100,
    tree_group=Label("Reference", "Référence"),
    help=Label("Simplified limits of the departments.", "Limites simplifiées des départements."),
)
