"""The findings of a supposition as features, and on the map beside the real ones."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsField, QgsFields, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ..core.what_if import Outlook, Supposed
from .finding_features import finding_feature, finding_fields
from .passing_layers import passing_layer, show_on_top
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
    """Add a temporary layer of the supposed findings on top of the project (main thread only).

    Raises ``ResorptionError`` when QGIS refuses it.
    """
    features = [supposed_feature(supposed) for supposed in outlook.findings]
    layer = passing_layer(name, supposed_fields(), features)
    layer.setDisplayExpression('"sentence"')
    layer.setMapTipTemplate('<b>[% "check_id" %]</b> [% "sentence" %]')
    apply_style(layer, STYLE, language)
    show_on_top(project, layer)
    return layer
