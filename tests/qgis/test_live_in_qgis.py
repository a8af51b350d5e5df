"""What is kept in memory is what the file holds while QGIS, GDAL and the plugin write in turn."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.refresh import Conditions, refresh
from resorption_plugin.geopackage.live import LiveWorkspace
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.project import build_project

NOW = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
CONDITIONS = Conditions(NOW.date(), NOW)
SITES = [f"site-{number}" for number in range(4)]
_GDAL = """
import sys
from osgeo import ogr
ogr.UseExceptions()
path, layer, uid, column, value = sys.argv[1:]
dataset = ogr.Open(path, 1)
rows = dataset.GetLayerByName(layer)
rows.SetAttributeFilter(f"uid = '{uid}'")
row = rows.GetNextFeature()
row.SetField(column, value)
rows.SetFeature(row)
"""


@pytest.fixture
def filled(workspace: Path) -> Path:
    rows = [
        Record("site", uid, {"name": uid, "status": "open", "population_total": 40}, shapely.Point(1.44 + east, 43.6))
        for east, uid in enumerate(SITES)
    ]
    taps = [
        Record(
            "water_point", f"tap-{uid}", {"type": "reservoir", "name": "Citerne"}, shapely.Point(1.4401 + east, 43.6)
        )
        for east, uid in enumerate(SITES)
    ]
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[*rows, *taps]))
        refresh(store, {"site": set(SITES)}, CONDITIONS)
    return workspace


@pytest.fixture
def project(filled: Path, qgis_app: object) -> Iterator[QgsProject]:
    made = build_project(filled, "fr")
    yield made
    made.clear()


def content(path: Path) -> dict:
    with GeoPackageStore.open(path, read_only=True) as store:
        return by_key(store.read())


def by_key(records) -> dict:
    return {(row.layer, row.uid): (row.values, row.geometry and shapely.to_wkb(row.geometry)) for row in records}


def kept(live: LiveWorkspace, path: Path) -> dict:
    with live.open(path) as store:
        return by_key(store.read())


def edited(project: QgsProject, key: str, uid: str, column: str, value: object) -> None:
    layer = find_layer(project, key)
    assert layer.startEditing()
    row = next(row for row in layer.getFeatures() if row["uid"] == uid)
    assert layer.changeAttributeValue(row.id(), layer.fields().indexOf(column), value)
    saved(layer)


def saved(layer: QgsVectorLayer) -> None:
    assert layer.commitChanges(), layer.commitErrors()


def added(project: QgsProject, uid: str) -> None:
    layer = find_layer(project, "water_point")
    assert layer.startEditing()
    feature = QgsFeature(layer.fields())
    values = {"uid": uid, "type": "reservoir", "lifecycle": "existing", "working_state": "working"}
    for column, value in values.items():
        feature[column] = value
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1.4402, 43.6)))
    assert layer.addFeature(feature)
    saved(layer)


def deleted(project: QgsProject, key: str, uid: str) -> None:
    layer = find_layer(project, key)
    assert layer.startEditing()
    row = next(row for row in layer.getFeatures() if row["uid"] == uid)
    assert layer.deleteFeature(row.id())
    saved(layer)


def by_gdal(path: Path, layer: str, uid: str, column: str, value: str) -> None:
    subprocess.run([sys.executable, "-c", _GDAL, str(path), layer, uid, column, value], check=True, timeout=60)


def finding_of(path: Path) -> str:
    with GeoPackageStore.open(path, read_only=True) as store:
        return min(row.uid for row in store.read(["finding"]).layer("finding"))


def test_a_computed_column_edited_by_hand_is_read_again(filled, project):
    live, uid = LiveWorkspace(), finding_of(filled)
    kept(live, filled)
    edited(project, "finding", uid, "sentence", "Écrit à la main")
    assert kept(live, filled)["finding", uid][0]["sentence"] == "Écrit à la main"
    by_gdal(filled, "finding", uid, "sentence", "Écrit par GDAL")
    assert kept(live, filled)["finding", uid][0]["sentence"] == "Écrit par GDAL"
    assert kept(live, filled) == content(filled)


def someone_writes(choose: random.Random, project: QgsProject, path: Path, site: str, text: str) -> None:
    match choose.randrange(5):
        case 0:
            edited(project, "site", site, "name", text)
        case 1:
            by_gdal(path, "site", site, "name", text)
        case 2:
            edited(project, "finding", finding_of(path), "accepted_reason", text)
        case 3:
            added(project, f"tap-{text}")
        case _:
            deleted(project, "site", site)


@pytest.mark.parametrize("seed", range(3))
def test_several_programs_write_in_turn(filled, project, seed):
    choose, live = random.Random(seed), LiveWorkspace()
    kept(live, filled)
    for turn in range(6):
        site = choose.choice(SITES)
        with GeoPackageStore.open(filled, read_only=True) as store:
            if store.read(["site"]).get("site", site) is None:
                continue
        someone_writes(choose, project, filled, site, f"turn {turn}")
        assert kept(live, filled) == content(filled)
        with live.open(filled) as store:
            refresh(store, {"site": {site}}, CONDITIONS)
        assert kept(live, filled) == content(filled)
