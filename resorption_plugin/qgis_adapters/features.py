"""Features of QGIS as records of the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import shapely
from qgis.core import QgsFeature, QgsFeatureRequest, QgsRectangle, QgsVariantUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime

from ..core.model import catalogue
from ..core.model.fields import Field
from ..core.records import Record
from ..geopackage import codec


def record_of(key: str, feature: QgsFeature, columns: Sequence[str]) -> Record:
    """Return the record of a feature of the layer ``key``, with the columns named.

    The geometry is taken as it is stored (EPSG:4326). An unsaved feature may lack a uid: it is then empty.
    """
    declared = catalogue.layer(key)
    values = {name: _value(declared.field(name), feature[name]) for name in columns}
    geometry = feature.geometry()
    shape = None if geometry.isEmpty() else shapely.from_wkb(bytes(geometry.asWkb()))
    uid = feature["uid"]
    return Record(key, "" if QgsVariantUtils.isNull(uid) else str(uid), values, shape)


def records_in(
    layer: QgsVectorLayer, key: str, box: tuple[float, float, float, float], columns: Sequence[str]
) -> Iterator[Record]:
    """Yield the records of a layer in a box (EPSG:4326), unsaved edits included.

    QGIS finds them with the spatial index of the workspace: what it costs depends on what lies in the box only.
    """
    request = QgsFeatureRequest(QgsRectangle(*box))
    request.setSubsetOfAttributes(["uid", *columns], layer.fields())
    for feature in layer.getFeatures(request):
        yield record_of(key, feature, columns)


def _value(field: Field, value: Any) -> Any:
    if QgsVariantUtils.isNull(value):
        return None
    plain = next((make(value) for kind, make in _PLAIN.items() if isinstance(value, kind)), value)
    read = codec.reader(field)
    return read(plain) if read else plain


def _day(value: Any) -> str:
    return str(value.toString("yyyy-MM-dd"))


def instant(value: QDateTime) -> dt.datetime:
    """Return an instant in UTC, to the millisecond."""
    return dt.datetime.fromtimestamp(value.toMSecsSinceEpoch() / 1000, dt.UTC)


_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    QDate: _day,
    QDateTime: lambda value: instant(value).isoformat(),
}
