"""The sites as they were, in memory layers that the temporal controller can play; the workspace is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsExpression,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDateTime, QMetaType

from ..core.history.as_of import as_of
from ..core.history.versions import Version, versions
from ..core.model import catalogue
from ..core.model.fields import Field, Kind, Label
from ..core.ports import Feedback
from ..core.wording import day_text
from ..geopackage.store import GeoPackageStore
from .layer_edits import attribute, geometry
from .layers import find_layer
from .passing_layers import passing_layer, show_on_top
from .styling import apply_style, site_class

LAYER = "site"
_START, _END = Label("valid_from", "valable_du"), Label("valid_to", "valable_au")
_AUTHOR = Label("author", "auteur")
_ALL = Label("Sites as they were", "Bidonvilles : états successifs")
_ON = Label("Sites as of {day}", "Bidonvilles au {day}")
_SHOWN = ("uid", "name", "address", "commune", "department", "status", "closed_at", "population_total")
_TYPES = {
    Kind.INTEGER: QMetaType.Type.Int,
    Kind.REAL: QMetaType.Type.Double,
    Kind.BOOLEAN: QMetaType.Type.Bool,
    Kind.DATE: QMetaType.Type.QDate,
    Kind.DATETIME: QMetaType.Type.QDateTime,
    Kind.CHOICES: QMetaType.Type.QStringList,
}


@dataclass(frozen=True, slots=True)
class PastSites:
    """The features of a layer of past sites, ready to be shown."""

    name: str
    language: str
    fields: QgsFields
    features: list[QgsFeature]
    plays: bool
    """Whether the features hold at different times."""
    since: dt.datetime | None = None
    """The first change known."""


def read_versions(path: Path, language: str, feedback: Feedback) -> PastSites:
    """Return every state of every site with the time it held; raises ``WorkspaceError`` and ``Cancelled``."""
    with GeoPackageStore.open(path, read_only=True) as store:
        data, changes = store.read([LAYER], feedback), store.history.changes([LAYER])
    columns = _columns()
    fields = _fields(columns, language)
    states = versions(data, LAYER, changes, feedback)
    features = list(_features(states, columns, fields))
    since = min((change.at for change in changes), default=None)
    return PastSites(_ALL.text(language), language, fields, features, plays=True, since=since)


def read_day(path: Path, day: dt.date, language: str, feedback: Feedback) -> PastSites:
    """Return the sites as the workspace held them at the end of a day; raises ``WorkspaceError`` and ``Cancelled``."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).astimezone()
    evening = midnight - dt.timedelta(milliseconds=1)
    with GeoPackageStore.open(path, read_only=True) as store:
        data, changes = store.read([LAYER], feedback), store.history.changes([LAYER], evening)
    columns = _columns()
    fields = _fields(columns, language)
    states = (Version(record, None, None, None) for record in as_of(data, changes, evening).layer(LAYER))
    name = _ON.text(language).format(day=day_text(day, language))
    return PastSites(name, language, fields, list(_features(states, columns, fields)), plays=False)


def show(project: QgsProject, sites: PastSites) -> QgsVectorLayer:
    """Add a layer of past sites on top of the project, read-only and forgotten with it (main thread only).

    Raises ``ResorptionError`` when QGIS refuses it.
    """
    layer = passing_layer(sites.name, sites.fields, sites.features)
    for field in _columns():
        layer.setFieldAlias(layer.fields().indexOf(field.name), field.label.text(sites.language))
    layer.setDisplayExpression(catalogue.layer(LAYER).display)
    apply_style(layer, LAYER, sites.language)
    if sites.plays:
        _play(project, layer, sites)
    show_on_top(project, layer)
    _hide_today(project)
    return layer


def _hide_today(project: QgsProject) -> None:
    """Hide the sites of today, which would be taken for those of then."""
    today = find_layer(project, LAYER)
    node = project.layerTreeRoot().findLayer(today.id()) if today is not None else None
    if node is not None:
        node.setItemVisibilityChecked(False)


def _columns() -> tuple[Field, ...]:
    """Return the columns that the style reads and those that tell a site."""
    wanted = {*_SHOWN, *QgsExpression(site_class()).referencedColumns()}
    return tuple(field for field in catalogue.layer(LAYER).fields if field.name in wanted)


def _fields(columns: Iterable[Field], language: str) -> QgsFields:
    fields = QgsFields()
    for field in columns:
        fields.append(QgsField(field.name, _TYPES.get(field.kind, QMetaType.Type.QString)))
    for label in (_START, _END):
        fields.append(QgsField(label.text(language), QMetaType.Type.QDateTime))
    fields.append(QgsField(_AUTHOR.text(language), QMetaType.Type.QString))
    return fields


def _features(states: Iterable[Version], columns: Sequence[Field], fields: QgsFields) -> Iterator[QgsFeature]:
    for state in states:
        feature = QgsFeature(fields)
        record = state.record
        values: list[Any] = [record.uid if field.name == "uid" else record[field.name] for field in columns]
        feature.setAttributes([attribute(value) for value in (*values, state.start, state.end, state.author)])
        feature.setGeometry(geometry(record.geometry))
        yield feature


def _play(project: QgsProject, layer: QgsVectorLayer, sites: PastSites) -> None:
    """Let the temporal controller show what held at each time, and tell it the time that the history spans."""
    start, end = _START.text(sites.language), _END.text(sites.language)
    times = cast(QgsVectorLayerTemporalProperties, layer.temporalProperties())
    times.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    times.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)
    times.setStartField(start)
    times.setEndField(end)
    times.setIsActive(True)
    if sites.since is not None:
        span = QgsDateTimeRange(attribute(sites.since), QDateTime.currentDateTimeUtc())
        project.timeSettings().setTemporalRange(span)
