"""QGIS and the store on the same workspace at the same time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from qgis.core import QgsGeometry, QgsProject, QgsVectorLayer, QgsVectorLayerUtils

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import layers
from resorption_plugin.qgis_adapters.project import build_project


@pytest.fixture
def project(workspace: Path) -> Iterator[QgsProject]:
    built = build_project(workspace, "fr")
    assert {len(list(layer.getFeatures())) for layer in built.mapLayers().values() if vector(layer)} >= {0, 586}
    yield built
    built.clear()


def vector(layer: object) -> bool:
    return isinstance(layer, QgsVectorLayer)


def find(project: QgsProject, key: str) -> QgsVectorLayer:
    layer = layers.find_layer(project, key)
    assert layer is not None
    return layer


def tap() -> Record:
    return Record("water_point", str(uuid.uuid4()), {"name": "Robinet"}, shapely.Point(1.44, 43.6))


def draw(project: QgsProject) -> None:
    site = find(project, "site")
    assert site.startEditing()
    assert site.addFeature(QgsVectorLayerUtils.createFeature(site, QgsGeometry.fromWkt("Point (1.44 43.6)")))


def counts(project: QgsProject, workspace: Path) -> dict[str, int]:
    layers.reload_workspace_layers(project, workspace)
    return {
        declared.key: len(list(find(project, declared.key).getFeatures()))
        for declared in catalogue.layers()
        if declared.key in ("site", "water_point", "department")
    }


def test_what_a_job_writes_is_seen_by_every_open_layer(project: QgsProject, workspace: Path) -> None:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[tap()]))
    assert counts(project, workspace) == {"site": 0, "water_point": 1, "department": 1}


def test_a_job_and_an_officer_may_take_turns(project: QgsProject, workspace: Path) -> None:
    for turn in (1, 2):
        draw(project)
        site = find(project, "site")
        assert site.commitChanges(), site.commitErrors()
        with GeoPackageStore.open(workspace) as store:
            store.apply(ChangeSet(insert=[tap()]))
            assert len(store.read(["site"]).layer("site")) == turn
        assert counts(project, workspace) == {"site": turn, "water_point": turn, "department": 1}


def test_a_job_may_write_while_edits_are_not_saved_yet(project: QgsProject, workspace: Path) -> None:
    draw(project)
    with GeoPackageStore.open(workspace, lock_timeout_s=0.5) as store:
        store.apply(ChangeSet(insert=[tap()]))
    layers.reload_workspace_layers(project, workspace)
    site = find(project, "site")
    assert site.isModified()
    assert site.commitChanges(), site.commitErrors()
    assert counts(project, workspace) == {"site": 1, "water_point": 1, "department": 1}
