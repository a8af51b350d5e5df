"""Any layer of the officer read as records of the model, where it is: nothing is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsVariantUtils,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..core.exchange.own_columns import OwnRows, match_columns
from ..core.model import catalogue
from ..core.ports import Feedback, stop_if_cancelled
from ..core.records import Record
from ..geopackage.geometry import fitted

_ASK_EVERY = 500
_STORED = "EPSG:4326"
_FOOTPRINT = catalogue.layer("site_footprint")


@dataclass(frozen=True, slots=True)
class OwnLayer:
    """A layer of the officer that stands for a layer of the model."""

    source: QgsFeatureSource
    key: str
    """Key of the layer of the model."""
    unique_id: str = ""
    """Column that identifies a row; the feature's number where there is none."""
    columns: str = ""
    """``field=column;…`` where the names do not tell."""


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """The records of a layer, which feature each comes from, and the cells that could not be read by column."""

    records: tuple[Record, ...]
    features: Mapping[str, int]
    unreadable: Mapping[str, int]


def read_own_layer(layer: OwnLayer, transforms: QgsCoordinateTransformContext, feedback: Feedback) -> OwnRecords:
    """Return the rows of a layer as records in EPSG:4326.

    Sites drawn as polygons give their footprint too. Raises ``ParameterError`` for a column that is not there,
    ``Cancelled`` when the user stops.
    """
    declared = catalogue.layer(layer.key)
    names = layer.source.fields().names()
    rows = OwnRows(declared, match_columns(declared, names, layer.columns))
    records: list[Record] = []
    features: dict[str, int] = {}
    total = max(layer.source.featureCount(), 1)
    request = QgsFeatureRequest().setDestinationCrs(QgsCoordinateReferenceSystem(_STORED), transforms)
    for number, feature in enumerate(layer.source.getFeatures(request)):
        if number % _ASK_EVERY == 0:
            stop_if_cancelled(feedback)
            feedback.progress(min(number / total, 1.0))
        uid = _identity(feature, layer.unique_id)
        if uid in features:
            uid = f"{uid}#{feature.id()}"
        features[uid] = feature.id()
        records += _records(layer.key, uid, rows.values(_cells(feature, names)), feature)
    return OwnRecords(tuple(records), features, rows.unreadable)


def _identity(feature: QgsFeature, column: str) -> str:
    value = feature[column] if column else None
    return str(feature.id()) if QgsVariantUtils.isNull(value) else str(value)


def _records(key: str, uid: str, values: dict[str, Any], feature: QgsFeature) -> Iterator[Record]:
    shape = _shape(feature)
    if key == "site" and isinstance(shape, shapely.Polygon | shapely.MultiPolygon) and not shape.is_empty:
        yield Record("site_footprint", f"{uid}#footprint", {"site_uid": uid}, fitted(_FOOTPRINT, shape))
        shape = shapely.point_on_surface(shape)
    yield Record(key, uid, values, shape)


def _shape(feature: QgsFeature) -> shapely.Geometry | None:
    if not feature.hasGeometry():
        return None
    shape = shapely.force_2d(shapely.from_wkb(bytes(feature.geometry().asWkb()), on_invalid="ignore"))
    parts = shapely.get_parts(shape)
    return parts[0] if isinstance(shape, shapely.MultiPoint) and len(parts) == 1 else shape


def _cells(feature: QgsFeature, names: list[str]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in zip(names, feature.attributes(), strict=True)}


def _plain(value: Any) -> Any:
    """Return a value of Qt as one of Python; days and instants as they are written in the layer."""
    if QgsVariantUtils.isNull(value):
        return None
    return value.toString(Qt.DateFormat.ISODate) if isinstance(value, QDate | QDateTime) else value
