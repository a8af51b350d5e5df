"""Water points taken out of the files of other programs, good and bad, by Processing."""

from __future__ import annotations

import json
import os

import pytest

from resorption_plugin.processing.import_water_points import ImportWaterPoints
from tests.qgis.importing import Log, counts, fingerprint, make_layer, run, water_points


@pytest.mark.parametrize(
    "kind", [("GPKG", "gpkg"), ("GeoJSON", "geojson"), ("ESRI Shapefile", "shp"), ("FlatGeobuf", "fgb")]
)
@pytest.mark.parametrize(
    ("epsg", "wkt"),
    [(4326, "POINT (1.44 43.6)"), (2154, "POINT (574008.4 6279127.4)"), (3857, "POINT (160300.07 5403748.49)")],
)
def test_gis_files_are_read_in_any_reference_system_and_left_as_they_are(workspace, tmp_path, kind, epsg, wkt):
    folder = tmp_path / "in"
    folder.mkdir()
    driver, suffix = kind
    file = folder / f"taps.{suffix}"
    make_layer(file, driver, epsg, [wkt])
    before = fingerprint(folder)
    assert counts(INPUT=file, WORKSPACE=workspace) == (1, 0, 0, 0)
    assert fingerprint(folder) == before
    (point,) = water_points(workspace)
    assert point["name"] == "n0"
    assert (round(point.geometry.x, 5), round(point.geometry.y, 5)) == (1.44, 43.6)


def test_a_layer_without_reference_system_is_refused(workspace, tmp_path):
    make_layer(tmp_path / "taps.shp", "ESRI Shapefile", None, ["POINT (1 2)"])
    with pytest.raises(AssertionError, match="does not say its reference system"):
        counts(INPUT=tmp_path / "taps.shp", WORKSPACE=workspace)


def test_one_of_several_layers_is_named_as_qgis_does(workspace, tmp_path):
    file = tmp_path / "two.gpkg"
    make_layer(file, "GPKG", 4326, ["POINT (1.44 43.6)"])
    make_layer(file, "GPKG", 4326, ["POINT (1.45 43.6)", "POINT (1.46 43.6)"], name="wells", append=True)
    with pytest.raises(AssertionError, match="It has: taps, wells"):
        counts(INPUT=file, WORKSPACE=workspace)
    assert counts(INPUT=f"{file}|layername=wells", WORKSPACE=workspace) == (2, 0, 0, 0)


def test_a_multipoint_of_one_point_is_a_point(workspace, tmp_path):
    file = tmp_path / "taps.geojson"
    make_layer(file, "GeoJSON", 4326, ["MULTIPOINT (1.44 43.6)", "MULTIPOINT (1.44 43.6, 1.45 43.6)"])
    log = Log()
    outputs = run(ImportWaterPoints, log, INPUT=file, WORKSPACE=workspace)
    assert (outputs["ADDED"], outputs["REJECTED"]) == (1, 1)
    assert log.lines[0] == "Line 2: 2 positions for one water point: keep one."


OSM = """<osm version="0.6">
 <node id="7" lat="43.6" lon="1.44"><tag k="amenity" v="drinking_water"/><tag k="name" v="Place"/></node>
 <node id="8" lat="43.61" lon="1.44"><tag k="man_made" v="water_tap"/><tag k="access" v="private"/></node>
 <node id="9" lat="43.62" lon="1.44"><tag k="shop" v="bakery"/></node>
</osm>"""


def test_fountains_are_taken_out_of_an_openstreetmap_file(workspace, tmp_path):
    file = tmp_path / "toulouse.osm"
    file.write_text(OSM, encoding="utf-8")
    assert counts(INPUT=file, FORMAT="osm", WORKSPACE=workspace) == (1, 0, 0, 1)
    (point,) = water_points(workspace)
    assert (point["name"], point["source_id"], point["type"]) == ("Place", "n7", "fontaine_publique")
    assert (point["is_potable"], point["working_state"]) == (True, "unknown")


def test_an_extract_without_fountains_says_so(workspace, shared_data):
    with pytest.raises(AssertionError, match="holds no drinking fountain nor tap"):
        counts(INPUT=shared_data / "paris" / "paris_bss.osm.pbf", WORKSPACE=workspace)


def test_a_feature_without_geometry_is_rejected(workspace, tmp_path):
    file = tmp_path / "taps.geojson"
    features = [
        {"type": "Feature", "properties": {"nom": "A"}, "geometry": None},
        {"type": "Feature", "properties": {"nom": "B"}, "geometry": {"type": "Point", "coordinates": [1.44, 43.6]}},
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    log = Log()
    outputs = run(ImportWaterPoints, log, INPUT=file, WORKSPACE=workspace)
    assert (outputs["ADDED"], outputs["REJECTED"]) == (1, 1)
    assert log.lines[0] == "Line 1: There is no position."


def _bad_files() -> dict[str, tuple[str, bytes, str]]:
    return {
        "empty": ("x.csv", b"", "is empty"),
        "workbook": ("x.csv", b"PK\x03\x04\x14\x00", "spreadsheet"),
        "binary": ("x.csv", bytes(range(256)) * 1000, "not a table"),
        "broken json": ("x.geojson", b'{"type": "FeatureCollection", "features": [{', "cannot be read as a GIS file"),
        "no GeoPackage": ("x.gpkg", b"SQLite format 3\0" + b"\0" * 100, "cannot be read as a GIS file"),
        "no shapefile": ("x.shp", b"\0\0\x27\x0a", "cannot be read as a GIS file"),
        "no extract": ("x.osm.pbf", b"x" * 100, "not an OpenStreetMap extract"),
        "no position": ("x.csv", b"nom;rue\nA;B\n", "Its columns are: nom, rue"),
    }


@pytest.mark.parametrize("kind", sorted(_bad_files()))
def test_a_bad_file_gets_one_sentence_and_changes_nothing(workspace, tmp_path, kind):
    name, content, complaint = _bad_files()[kind]
    file = tmp_path / name
    file.write_bytes(content)
    before = fingerprint(tmp_path)
    with pytest.raises(AssertionError, match=complaint):
        counts(INPUT=file, WORKSPACE=workspace)
    assert fingerprint(tmp_path) == before


def test_missing_files_and_folders_get_one_sentence(workspace, tmp_path):
    with pytest.raises(AssertionError, match="There is no file"):
        counts(INPUT=tmp_path / "none.gpkg", WORKSPACE=workspace)
    with pytest.raises(AssertionError, match="is a folder"):
        counts(INPUT=tmp_path, WORKSPACE=workspace)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_file_one_may_not_read_gets_one_sentence(workspace, table):
    table.chmod(0)
    with pytest.raises(AssertionError, match="cannot be opened"):
        counts(INPUT=table, WORKSPACE=workspace)


def test_a_cut_geopackage_gets_one_sentence(workspace, tmp_path):
    file = tmp_path / "taps.gpkg"
    make_layer(file, "GPKG", 4326, [f"POINT ({1.4 + number / 10_000} 43.6)" for number in range(3000)])
    file.write_bytes(file.read_bytes()[:120_000])
    before = fingerprint(workspace)
    with pytest.raises(AssertionError, match="cannot be read as a GIS file"):
        counts(INPUT=file, WORKSPACE=workspace)
    assert fingerprint(workspace) == before
