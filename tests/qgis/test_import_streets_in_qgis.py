"""Streets imported by Processing, in a real QGIS."""

from __future__ import annotations

from typing import Any

import pytest

from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.import_streets import ImportStreets
from tests.qgis.importing import fingerprint, make_layer, run


def streets(**parameters: Any) -> tuple[int, int]:
    outputs = run(ImportStreets, **parameters)
    return outputs["EDGES"], outputs["ISLANDS"]


def test_the_streets_of_the_paris_extract_are_imported_once_and_then_unchanged(paris, shared_data):
    file = shared_data / "paris" / "paris_bss.osm.pbf"
    assert streets(INPUT=file, WORKSPACE=paris) == (1139, 64)
    before = fingerprint(paris)
    assert streets(INPUT=file, WORKSPACE=paris) == (1139, 64)
    assert fingerprint(paris) == before
    with GeoPackageStore.open(paris, read_only=True) as store:
        classes = [street["road_class"] for street in store.read({"street"}).layer("street")]
    assert (classes.count("steps"), classes.count("primary")) == (122, 46)


def test_a_layer_of_lines_is_imported_as_streets(workspace, tmp_path):
    file = tmp_path / "roads.gpkg"
    make_layer(file, "GPKG", 2154, ["LINESTRING (574000 6279000, 574100 6279000)"] * 2)
    assert streets(INPUT=file, WORKSPACE=workspace) == (2, 1)


def test_streets_elsewhere_or_of_another_shape_are_refused(workspace, tmp_path):
    before = fingerprint(workspace)
    make_layer(tmp_path / "far.gpkg", "GPKG", 4326, ["LINESTRING (2.35 48.85, 2.36 48.85)"])
    with pytest.raises(AssertionError, match=r"No line of .* lies in the workspace's territory"):
        streets(INPUT=tmp_path / "far.gpkg", WORKSPACE=workspace)
    make_layer(tmp_path / "points.gpkg", "GPKG", 4326, ["POINT (1.44 43.6)"])
    with pytest.raises(AssertionError, match="no line that can be used"):
        streets(INPUT=tmp_path / "points.gpkg", WORKSPACE=workspace)
    assert fingerprint(workspace) == before
