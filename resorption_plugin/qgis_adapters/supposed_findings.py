"""The findings of a supposition as features, and on the map beside the real ones."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsFeatureSink, QgsField, QgsFields, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ..core.geo import STORED_EPSG
from ..core.what_if import Outlook, Supposed
from .finding_features import finding_feature, finding_fields
from .styling import apply_style

STYLE = "what_if"
_CHANGE = "change"


def supposed_fields() -> QgsFields:
    """Return the columns: those of a finding, and how it differs from today."""
    fields = finding_fields()
    fields.append(QgsField(_CHANGE, QMetaType.Type.QString))
    return fields


def supposed_feature(supposed: Supposed) -> QgsFeature:
    """Return a supposed finding as a feature in EPSG:4326."""
    found = finding_feature(supposed.finding)
    feature = QgsFeature(supposed_fields())
    feature.setAttributes([*found.attributes(), supposed.change.value])
    feature.setGeometry(found.geometry())
    return feature


def show_outlook(project: QgsProject, outlook: Outlook, name: str, language: str) -> QgsVectorLayer:
    """Add a temporary layer of the supposed findings on top of the project (main thread only)."""
    layer = QgsVectorLayer(f"Point?crs=EPSG:{STORED_EPSG}", name, "memory")
    provider = layer.dataProvider()
    provider.addAttributes(supposed_fields().toList())
    layer.updateFields()
    features = [supposed_feature(supposed) for supposed in outlook.findings]
    provider.addFeatures(features, QgsFeatureSink.Flag.FastInsert)
    layer.updateExtents()
    layer.setDisplayExpression('"sentence"')
    layer.setMapTipTemplate('<b>[% "check_id" %]</b> [% "sentence" %]')
    apply_style(layer, STYLE, language)
    layer.setReadOnly(True)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # nothing is lost with it
    project.addMapLayer(layer, False)
    root = project.layerTreeRoot()
    root.insertLayer(0, layer)
    if root.hasCustomLayerOrder():
        root.setCustomLayerOrder([layer, *(other for other in root.customLayerOrder() if other is not layer)])
    return layer
