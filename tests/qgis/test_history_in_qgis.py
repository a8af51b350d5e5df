"""What QGIS and GDAL write is in the history; what they only write again is not."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from osgeo import gdal, ogr
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsProviderRegistry, QgsVectorLayer

from resorption_plugin.core.history.changes import GEOMETRY, Change, Operation
from resorption_plugin.core.history.recorded import recorded_layers
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.project import build_project

SITE, TAP, PRINT, NOTE = (str(uuid.uuid4()) for _ in range(4))
NOON = dt.datetime(2025, 7, 1, 12, 0, 0, 250000, tzinfo=dt.UTC)
ROWS = [
    Record(
        "site",
        SITE,
        {
            "name": "L'îlot « n° 3 »",
            "status": "open",
            "fk_field_type": 3,
            "is_reinstallation": False,
            "built_at": dt.date(2020, 2, 29),
            "population_total": 12,
            "position_accuracy_m": 7.123456789,
            "social_origins": ("french", "other"),
            "comments": "Deux lignes\nd'accents : é, œ",
            "updated_at": NOON,
            "updated_by": "Marie",
        },
        shapely.Point(1.4423456789, 43.6012345678),
    ),
    Record("water_point", TAP, {"type": "reservoir", "flow_l_min": 1 / 3, "site_uid": SITE}, shapely.Point(1.45, 43.6)),
    Record("site_footprint", PRINT, {"site_uid": SITE}, shapely.box(1.44, 43.6, 1.4500000001, 43.61)),
    Record(
        "journal_entry", NOTE, {"site_uid": SITE, "entered_at": NOON, "description": "Vu", "tags": ("fire", "heatwave")}
    ),
]


@pytest.fixture
def filled(workspace: Path) -> Path:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=ROWS))
        store.history.note_user("Paul")
    return workspace


@pytest.fixture
def project(filled: Path) -> Iterator[QgsProject]:
    built = build_project(filled, "fr")
    yield built
    built.clear()


def find(project: QgsProject, key: str) -> QgsVectorLayer:
    layer = find_layer(project, key)
    assert layer is not None
    return layer


def the_row(layer: QgsVectorLayer) -> QgsFeature:
    (feature,) = layer.getFeatures()
    return feature


def told(workspace: Path) -> list[Change]:
    """Return what was said since the rows were written."""
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return [change for change in store.history.changes() if change.operation is not Operation.INSERT]


def stored(workspace: Path) -> list[str]:
    """Return the fields of the entries as they are stored: those that the reader leaves out too."""
    with closing(sqlite3.connect(workspace)) as plain:
        rows = plain.execute("SELECT layer, field FROM gpkg_sync_change WHERE operation <> 'I' ORDER BY id")
        return [f"{layer}.{field}" for layer, field in rows]


@pytest.mark.parametrize("record", ROWS, ids=lambda record: record.layer)
def test_a_row_that_qgis_saves_untouched_has_no_history(project: QgsProject, filled: Path, record: Record) -> None:
    layer = find(project, record.layer)
    feature = the_row(layer)
    assert layer.startEditing()
    for index in range(1, layer.fields().count()):
        assert layer.changeAttributeValue(feature.id(), index, feature[index], feature[index], True)
    if layer.isSpatial():
        assert layer.changeGeometry(feature.id(), feature.geometry(), True)
    assert layer.commitChanges(), layer.commitErrors()
    assert stored(filled) == []


def test_an_edit_in_qgis_is_told_field_by_field(project: QgsProject, filled: Path) -> None:
    layer = find(project, "site")
    feature = the_row(layer)
    assert layer.startEditing()
    for name, value in {"name": "Ailleurs", "built_at": None, "social_origins": ["european"]}.items():
        assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf(name), value)
    assert layer.changeGeometry(feature.id(), QgsGeometry.fromPointXY(QgsPointXY(1.5, 43.7)))
    assert layer.commitChanges(), layer.commitErrors()

    said = {change.field: (change.before, change.after) for change in told(filled)}

    written = {name: said[name] for name in ("name", "built_at", "social_origins", GEOMETRY)}
    assert written == {
        "name": ("L'îlot « n° 3 »", "Ailleurs"),
        "built_at": (dt.date(2020, 2, 29), None),
        "social_origins": (("french", "other"), ("european",)),
        GEOMETRY: (ROWS[0].geometry, shapely.Point(1.5, 43.7)),
    }
    fills_itself = {field.name for field in catalogue.layer("site").fields if field.default and field.default.on_update}
    assert set(said) - set(written) <= fills_itself


def test_a_row_drawn_and_deleted_in_qgis_is_told(project: QgsProject, filled: Path) -> None:
    layer = find(project, "population_count")
    feature = QgsFeature(layer.fields())
    uid = str(uuid.uuid4())
    feature["uid"], feature["site_uid"], feature["counted_on"] = uid, SITE, "2025-05-01"
    assert layer.startEditing()
    assert layer.addFeature(feature)
    assert layer.commitChanges(), layer.commitErrors()
    assert layer.startEditing()
    assert layer.deleteFeature(the_row(layer).id())
    assert layer.commitChanges(), layer.commitErrors()
    (gone,) = [change for change in told(filled) if change.field == "counted_on"]
    assert (gone.uid, gone.operation, gone.before) == (uid, Operation.DELETE, dt.date(2025, 5, 1))


def test_an_edit_given_up_in_qgis_leaves_no_trace(project: QgsProject, filled: Path) -> None:
    layer = find(project, "site")
    assert layer.startEditing()
    assert layer.changeAttributeValue(the_row(layer).id(), layer.fields().indexOf("name"), "Jamais")
    assert layer.rollBack()
    assert stored(filled) == []


def test_gdal_is_told_by_feature_and_by_sql(filled: Path) -> None:
    gdal.UseExceptions()
    try:
        dataset = gdal.OpenEx(str(filled), gdal.OF_VECTOR | gdal.OF_UPDATE)
        for record in ROWS:
            layer = dataset.GetLayerByName(record.layer)
            layer.SetFeature(layer.GetNextFeature())
        assert stored(filled) == []
        layer = dataset.GetLayerByName("site")
        layer.ResetReading()
        feature = layer.GetNextFeature()
        feature["name"] = "Par GDAL"
        layer.SetFeature(feature)
        dataset.ExecuteSQL("UPDATE water_point SET operator = 'Par OGR SQL'")
        del feature, layer, dataset
    finally:
        gdal.DontUseExceptions()
    said = [(change.field, change.after, change.author, change.presumed) for change in told(filled)]
    assert said == [("name", "Par GDAL", "Paul", True), ("operator", "Par OGR SQL", "Paul", True)]


def test_a_layer_written_over_by_gdal_is_mended(filled: Path) -> None:
    copy = filled.with_name("copy.gpkg")
    for command in (
        ["ogr2ogr", copy, filled, "site_footprint"],
        ["ogr2ogr", "-overwrite", "-update", filled, copy, "site_footprint"],
    ):
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
    with GeoPackageStore.open(filled) as store:
        assert [gap.layer for gap in store.history.gaps()] == ["site_footprint"]
        store.apply(ChangeSet(delete=[("site_footprint", PRINT)]))
    assert "site_uid" in [change.field for change in told(filled)]


def test_the_tables_of_the_history_are_listed_nowhere(filled: Path) -> None:
    hidden = {"gpkg_sync_change", "gpkg_sync_meta"}
    dataset = ogr.Open(str(filled), 1)
    assert not hidden & {dataset.GetLayer(index).GetName() for index in range(dataset.GetLayerCount())}
    found = QgsProviderRegistry.instance().querySublayers(str(filled))
    assert len(found) > len(recorded_layers())
    assert not hidden & {details.name() for details in found}
