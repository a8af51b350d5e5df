"""Imports of water points and streets by Processing, in a real QGIS."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import shapely
from osgeo import ogr, osr
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory
from resorption_plugin.core.water.state import Availability, availability
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.processing.import_streets import ImportStreets
from resorption_plugin.processing.import_water_points import ImportWaterPoints

COUNTS = ("ADDED", "UPDATED", "UNCHANGED", "REJECTED")
TABLE = "nom;lat;lon;potable\nStade;43.6;1.44;oui\nMairie;43.601;1.441;non\n"


class Log(QgsProcessingFeedback):
    """Keeps what the algorithm says."""

    def __init__(self) -> None:
        super().__init__(logFeedback=False)
        self.lines: list[str] = []

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(warning)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - QGIS API
        self.lines.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - QGIS API
        self.lines.append(error)


def run(algorithm: type, log: QgsProcessingFeedback | None = None, **parameters: Any) -> dict[str, Any]:
    """Run as Processing does; a failure is an ``AssertionError`` with its sentence."""
    feedback = log or Log()
    made = algorithm().create()
    outputs, succeeded = made.run(
        {name: _plain(value) for name, value in parameters.items()}, QgsProcessingContext(), feedback
    )
    assert succeeded, "\n".join(feedback.lines)
    return outputs


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def counts(**parameters: Any) -> tuple[int, ...]:
    outputs = run(ImportWaterPoints, **parameters)
    return tuple(outputs[name] for name in COUNTS)


def fingerprint(*folders_or_files: Path) -> dict[str, str]:
    files = [f for path in folders_or_files for f in ([path] if path.is_file() else sorted(path.iterdir()))]
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def water_points(workspace: Path) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read({"water_point"}).layer("water_point")


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def empty_paris(territories_file, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("paris") / "75.gpkg"
    create_workspace(path, ["75"], Territory.load(territories_file))
    return path


@pytest.fixture
def paris(empty_paris, tmp_path) -> Path:
    return Path(shutil.copy(empty_paris, tmp_path / "75.gpkg"))


def test_the_fountains_of_paris_are_imported_once_and_then_unchanged(paris, shared_data):
    file = shared_data / "paris" / "fontaines_a_boire_2025.csv"
    assert counts(INPUT=file, WORKSPACE=paris, DRY_RUN=True) == (1312, 0, 0, 0)
    assert counts(INPUT=file, WORKSPACE=paris) == (1312, 0, 0, 0)
    before = fingerprint(paris)
    assert counts(INPUT=file, WORKSPACE=paris) == (0, 0, 1312, 0)
    assert fingerprint(paris) == before


def test_the_states_stored_are_right_on_31_october_2025(paris, shared_data):
    counts(INPUT=shared_data / "paris" / "fontaines_a_boire_2025.csv", WORKSPACE=paris)
    states = [availability(point, dt.date(2025, 10, 31)) for point in water_points(paris)]
    assert (states.count(Availability.AVAILABLE), states.count(Availability.UNAVAILABLE)) == (1253, 59)


def test_a_preview_leaves_every_file_as_it_was(workspace, table):
    before = fingerprint(workspace.parent)
    assert counts(INPUT=table, WORKSPACE=workspace, DRY_RUN=True) == (2, 0, 0, 0)
    assert fingerprint(workspace.parent) == before


def test_an_edit_of_the_officer_in_a_column_of_the_file_is_shown_as_a_change(workspace, table, tmp_path):
    counts(INPUT=table, WORKSPACE=workspace)
    table.write_text(TABLE.replace("43.601;1.441;non", "43.601;1.441;oui"), encoding="utf-8")
    report = tmp_path / "report.json"
    assert counts(INPUT=table, WORKSPACE=workspace, DRY_RUN=True, REPORT=report) == (0, 1, 1, 0)
    (change,) = json.loads(report.read_text("utf-8"))["changes"]
    assert change["fields"] == {"is_potable": [False, True]}


def test_rejected_rows_are_written_to_a_file_that_can_be_mended_and_imported(workspace, tmp_path):
    file, rejects = tmp_path / "in.csv", tmp_path / "rejects.csv"
    file.write_text(TABLE + "Perdue;0;0;oui\n", encoding="utf-8")
    assert counts(INPUT=file, WORKSPACE=workspace, REPORT=rejects) == (2, 0, 0, 1)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream, delimiter=";")
    assert (row["nom"], row["line"]) == ("Perdue", "4")
    assert row["reason"] == "The position is 0, 0: it was not filled in."
    rejects.write_text(
        rejects.read_text("utf-8-sig").replace("Perdue;0;0", "Perdue;43.602;1.442"), encoding="utf-8-sig"
    )
    assert counts(INPUT=rejects, WORKSPACE=workspace) == (1, 0, 0, 0)


def test_a_mapping_in_words_serves_where_nothing_can_be_guessed(workspace, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("a;b;c\nStade;574008.4;6279127.4\n", encoding="utf-8")
    mapping = "name=a;x=b;y=c;epsg=2154"
    assert counts(INPUT=file, WORKSPACE=workspace, MAPPING=mapping, SOURCE="mairie") == (1, 0, 0, 0)
    (point,) = water_points(workspace)
    assert (point["name"], point["source"], point["commune"]) == ("Stade", "mairie", "Toulouse")
    assert point.geometry.distance(shapely.Point(1.44, 43.6)) < 1e-6


def make_layer(
    path: Path, driver: str, epsg: int | None, shapes: list[str], *, name: str = "taps", append: bool = False
):
    """Write a layer of WKT shapes with a column ``nom``."""
    source = ogr.GetDriverByName(driver)
    dataset = source.Open(str(path), 1) if append else source.CreateDataSource(str(path))
    system = None
    if epsg:
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    kind = ogr.CreateGeometryFromWkt(shapes[0]).GetGeometryType()
    layer = dataset.CreateLayer(name, system, kind)
    layer.CreateField(ogr.FieldDefn("nom", ogr.OFTString))
    for number, wkt in enumerate(shapes):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["nom"] = f"n{number}"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    dataset = layer = None  # closes the file


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


def test_a_file_of_other_places_rejects_every_row_and_writes_nothing(workspace, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("nom;lat;lon\nParis;48.85;2.35\nInversée;1.44;43.6\n", encoding="utf-8")
    before = fingerprint(workspace)
    log = Log()
    outputs = run(ImportWaterPoints, log, INPUT=file, WORKSPACE=workspace)
    assert (outputs["ADDED"], outputs["REJECTED"]) == (0, 2)
    assert "km outside the workspace's territory (31)" in log.lines[0]
    assert "seem to be swapped" in log.lines[1]
    assert fingerprint(workspace) == before


def test_a_cancelled_import_writes_nothing(workspace, table):
    log = Log()
    log.cancel()
    before = fingerprint(workspace.parent)
    outputs = run(ImportWaterPoints, log, INPUT=table, WORKSPACE=workspace)
    assert "ADDED" not in outputs
    assert log.lines[-1] == "Cancelled: nothing was changed."
    assert fingerprint(workspace.parent) == before


def test_something_that_is_no_workspace_is_refused(tmp_path, table):
    file = tmp_path / "other.gpkg"
    make_layer(file, "GPKG", 4326, ["POINT (1 2)"])
    before = fingerprint(file)
    with pytest.raises(AssertionError, match="not a workspace"):
        counts(INPUT=table, WORKSPACE=file)
    assert fingerprint(file) == before


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
