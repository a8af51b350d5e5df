"""Layers of points in memory, shown on top of a project and forgotten with it."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsFeature, QgsFeatureSink, QgsFields, QgsProject, QgsVectorLayer

from ..core.errors import ResorptionError
from ..core.geo import STORED_EPSG
from ..core.i18n import mark

_REFUSED = mark("QGIS cannot show the layer “{name}” ({reason}).")


def passing_layer(name: str, fields: QgsFields, features: Sequence[QgsFeature]) -> QgsVectorLayer:
    """Return a layer of these features, in EPSG:4326. Raises ``ResorptionError`` when QGIS refuses them."""
    layer = QgsVectorLayer(f"Point?crs=EPSG:{STORED_EPSG}", name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(fields.toList())
    layer.updateFields()
    added, _features = provider.addFeatures(list(features), QgsFeatureSink.Flag.FastInsert)
    if not added:
        raise ResorptionError(_REFUSED, name=name, reason=provider.lastError())
    layer.updateExtents()
    return layer


def show_on_top(project: QgsProject, layer: QgsVectorLayer) -> None:
    """Show a passing layer above all others, read-only (main thread only).

    Raises ``ResorptionError`` when QGIS refuses it.
    """
    layer.setReadOnly(True)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # nothing is lost with it
    if project.addMapLayer(layer, False) is None:
        raise ResorptionError(_REFUSED, name=layer.name(), reason=project.error())
    root = project.layerTreeRoot()
    root.insertLayer(0, layer)
    if root.hasCustomLayerOrder():
        root.setCustomLayerOrder([layer, *(other for other in root.customLayerOrder() if other is not layer)])
