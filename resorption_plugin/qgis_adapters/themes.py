"""Map themes: which layers are shown together for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qgis.core import QgsMapLayer, QgsMapThemeCollection, QgsProject, QgsVectorLayer

from ..core.model.fields import Label
from .basemaps import ORTHOPHOTOS, PLAN
from .styling import SITE_ACTION, SITE_HEAT, apply_style


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the keys of what it shows: layers of the model and base maps."""

    label: Label
    shown: tuple[str, ...]
    styles: Mapping[str, str] = field(default_factory=dict)
    """The style of the layers that are not shown with their own: key of the layer → name of its file."""


WATER = Theme(
    Label("Access to water", "Accès à l'eau"),
    ("site", "site_footprint", "water_point", "distance", "department", PLAN.key),
)
HEAT = Theme(
    Label("Heat × water", "Chaleur × eau"),
    ("site", "site_footprint", "water_point", "department", PLAN.key),
    {"site": SITE_HEAT},
)
ACTIONS = Theme(
    Label("Actions", "Actions"),
    ("action", "site", "site_footprint", "department", PLAN.key),
    {"site": SITE_ACTION},
)
QUALITY = Theme(
    Label("Data quality", "Qualité des données"),
    ("finding", "site", "site_footprint", "dwelling", "water_point", "commune", "department", PLAN.key),
)
DRAWING = Theme(
    Label("Drawing on orthophotos", "Saisie sur orthophotographies"),
    ("site", "site_footprint", "dwelling", "water_point", "street", ORTHOPHOTOS.key),
)
THEMES = (WATER, HEAT, ACTIONS, QUALITY, DRAWING)


def add_themes(project: QgsProject, layers: Mapping[str, QgsMapLayer], language: str) -> None:
    """Record the themes in a project whose layers are given by their keys, and show the first one.

    A theme without the layer it is about is left out, any other layer that is not there is not shown.
    """
    ids = {key: layer.id() for key, layer in layers.items()}
    for theme in THEMES:
        if theme.shown[0] not in layers:
            continue
        title = theme.label.text(language)
        record = QgsMapThemeCollection.MapThemeRecord()
        for key in filter(layers.__contains__, theme.shown):
            record.addLayerRecord(_shown(layers[key], theme.styles.get(key), title, language, ids))
        project.mapThemeCollection().insert(title, record)
    for key, layer in layers.items():
        node = project.layerTreeRoot().findLayer(layer)
        if node is not None:
            node.setItemVisibilityChecked(key in WATER.shown)


def _shown(
    layer: QgsMapLayer, style: str | None, title: str, language: str, ids: Mapping[str, str]
) -> QgsMapThemeCollection.MapThemeLayerRecord:
    """Return how a theme shows a layer; a style of its own is kept in the layer under the theme's title."""
    manager = layer.styleManager()
    own = manager.currentStyle()
    if style is not None and isinstance(layer, QgsVectorLayer) and manager.addStyleFromLayer(title):
        manager.setCurrentStyle(title)
        apply_style(layer, style, language, ids)
    record = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    record.isVisible = True
    record.usingCurrentStyle = True
    record.currentStyle = manager.currentStyle()
    manager.setCurrentStyle(own)
    return record
