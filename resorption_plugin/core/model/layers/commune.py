"""Communes of the workspace's territory (IGN, Licence Ouverte)."""

from __future__ import annotations

from ..common import GENERAL, UID
from ..fields import Field, Geometry, Label, Layer, Role

LAYER = Layer(
    key="commune",
    label=Label("Commune", "Commune"),
    plural=Label("Communes", "Communes"),
    geometry=Geometry.POLYGON,
    fields=(
        UID,
        Field("insee", Label("INSEE code", "Code INSEE"), required=True, unique=True, max_length=5),
        Field("name", Label("Name", "Nom"), required=True, max_length=100),
        Field("epci", Label("Intercommunality", "EPCI"), max_length=9),
        Field("epci_name", Label("Name of the intercommunality", "Nom de l'EPCI"), max_length=255),
        Field("department", Label("Department", "Département"), required=True, max_length=3),
    ),
    groups=(GENERAL,),
    display='"name"',
    role=Role.REFERENCE,
    order=90,
    tree_group=Label("Reference", "Référence"),
    help=Label("Simplified limits of the communes.", "Limites simplifiées des communes."),
)
