"""Writes planned changes into the edit buffer of a layer, where they can be undone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.ports import ChangeSet
from ..core.records import Record
from .layers import feature_of


def write_into(layer: QgsVectorLayer, changes: ChangeSet, title: str) -> None:
    """Make the changes part of the open edit of ``layer``, as one step of its undo called ``title``.

    Only inserts and updates of this layer are expected. Raises ``ResorptionError`` when the layer refuses; nothing
    is then changed. In the main thread only.
    """
    layer.beginEditCommand(title)
    done = all(_update(layer, record) for record in changes.update)
    done = done and all(_insert(layer, record) for record in changes.insert)
    if not done:
        layer.destroyEditCommand()
        raise ResorptionError(
            mark("The layer {layer} refuses the change: nothing was changed. Save its edits and try again."),
            layer=layer.name(),
        )
    layer.endEditCommand()
    layer.triggerRepaint()


def attribute(value: Any) -> Any:
    """Return a value of a record as QGIS holds it."""
    if isinstance(value, dt.datetime):
        return QDateTime.fromMSecsSinceEpoch(round(value.timestamp() * 1000), Qt.TimeSpec.UTC)
    if isinstance(value, dt.date):
        return QDate(value.year, value.month, value.day)
    return list(value) if isinstance(value, tuple) else value


def geometry(shape: shapely.Geometry | None) -> QgsGeometry:
    """Return a geometry of a record as QGIS holds it, in the same system."""
    made = QgsGeometry()
    if shape is not None:
        made.fromWkb(shapely.to_wkb(shape))
    return made


def _update(layer: QgsVectorLayer, record: Record) -> bool:
    feature = feature_of(layer, record.uid)
    if feature is None:
        return False
    fields = layer.fields()
    # the geometry first: what is filled from the position follows it, and is then put back as it was
    moved = record.geometry is None or layer.changeGeometry(feature.id(), geometry(record.geometry))
    return moved and all(
        layer.changeAttributeValue(feature.id(), fields.indexOf(name), attribute(value))
        for name, value in record.values.items()
    )


def _insert(layer: QgsVectorLayer, record: Record) -> bool:
    fields = layer.fields()
    values = {fields.indexOf(name): attribute(value) for name, value in record.values.items()}
    values[fields.indexOf("uid")] = record.uid
    feature: QgsFeature = QgsVectorLayerUtils.createFeature(layer, geometry(record.geometry), values)
    return bool(layer.addFeature(feature))
