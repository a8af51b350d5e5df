"""Map themes: which layers are shown together for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qgis.core import QgsMapLayer, QgsMapThemeCollection, QgsProject

from ..core.model.fields import Label
from .basemaps import ORTHOPHOTOS, PLAN


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the keys of what it shows: layers of the model and base maps."""

    label: Label
    shown: tuple[str, ...]


WATER = Theme(
    Label("Access to water", "Accès à l'eau"),
    ("site", "site_footprint", "water_point", "distance", "department", PLAN.key),
)
QUALITY = Theme(
    Label("Data quality", "Qualité des données"),
    ("finding", "site", "site_footprint", "dwelling", "water_point", "commune", "department", PLAN.key),
)
DRAWING = Theme(
    Label("Drawing on orthophotos", "Saisie sur orthophotographies"),
    ("site", "site_footprint", "dwelling", "water_point", "street", ORTHOPHOTOS.key),
)
THEMES = (WATER, QUALITY, DRAWING)


def add_themes(project: QgsProject, layers: Mapping[str, QgsMapLayer], language: str) -> None:
    """Record the themes in a project whose layers are given by their keys, and show the first one."""
    for theme in THEMES:
        record = QgsMapThemeCollection.MapThemeRecord()
        for key in theme.shown:
            record.addLayerRecord(_shown(layers[key]))
        project.mapThemeCollection().insert(theme.label.text(language), record)
    for key, layer in layers.items():
        node = project.layerTreeRoot().findLayer(layer)
        if node is not None:
            node.setItemVisibilityChecked(key in WATER.shown)


def _shown(layer: QgsMapLayer) -> QgsMapThemeCollection.MapThemeLayerRecord:
    record = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    record.isVisible = True
    record.usingCurrentStyle = True
    record.currentStyle = layer.styleManager().currentStyle()
    return record
