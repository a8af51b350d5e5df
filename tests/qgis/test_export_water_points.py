"""Water points exported by Processing, in a real QGIS: what leaves, what stays, and what comes back."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsVectorLayer

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.exchange.preview import DEFAULTS
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.export_water_points import ExportWaterPoints
from resorption_plugin.processing.import_water_points import ImportWaterPoints
from resorption_plugin.qgis_adapters import exports
from resorption_plugin.qgis_adapters.water_point_export import FORMATS
from tests.qgis.processing_log import Log

DAY = "2026-01-15"
SITE = "00000000-0000-4000-8000-000000000001"
ON_A_SITE = "It is on a site: its position would tell where people live (audience: services only)."
COMMUNE = {
    "fk_city": "31555", "commune": "Toulouse", "epci": "243100518", "department": "31", "commune_distance_m": 0.0,
}  # fmt: skip
FOUNTAIN = {
    "type": "fontaine_publique", "fountain_type": "robinet", "is_potable": True, "working_state": "working",
    "access_conditions": "aucune", "wheelchair_accessible": True, "container_filling": True, **COMMUNE,
}  # fmt: skip
HYDRANT = {"type": "borne_incendie", "hydrant_type": "PI", "static_pressure_bar": 4.5, "flow_l_min": 1000.0, **COMMUNE}


def run(algorithm: type, log: Log | None = None, **parameters: Any) -> dict[str, Any] | None:
    """Run as Processing does; ``None`` when it fails."""
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
    outputs, succeeded = algorithm().create().run(plain, QgsProcessingContext(), log or Log())
    return outputs if succeeded else None


def export(workspace: Path, output: Path, form: str, log: Log | None = None, **more: Any) -> tuple[int, int] | None:
    outputs = run(ExportWaterPoints, log, WORKSPACE=workspace, OUTPUT=output, FORMAT=form, REFERENCE_DATE=DAY, **more)
    return (outputs["WRITTEN"], outputs["LEFT_OUT"]) if outputs else None


def read(workspace: Path, layer: str) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read({layer}).layer(layer)


def water(number: int, lon: float, **values: Any) -> Record:
    uid = f"00000000-0000-4000-8000-{number:012d}"
    now = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    made = {"created_at": now, "created_by": "Agent", "updated_at": now, "updated_by": "Agent"}
    return Record("water_point", uid, {**DEFAULTS, **made, **values}, shapely.Point(lon, 43.6))


@pytest.fixture
def filled(workspace: Path) -> Path:
    """Return a workspace with two fountains, two hydrants, and three points of a site, one on the public road."""
    points = [
        water(11, 1.44, **FOUNTAIN, source="Ville", source_id="F1", name="Place du Capitole"),
        water(12, 1.441, **FOUNTAIN, comments="près du local de M. X"),
        water(13, 1.442, **HYDRANT, source="SDIS", source_id="31555.1", operator_reference="42"),
        water(14, 1.443, **HYDRANT, state_on=dt.date(2026, 1, 2), name="Borne du stade"),
        water(15, 1.444, **FOUNTAIN, site_uid=SITE, name="Rampe du site"),
        water(16, 1.445, **FOUNTAIN, site_uid=SITE, is_on_public_road=True, source="Ville", source_id="F6"),
        water(17, 1.446, **HYDRANT, site_uid=SITE, is_on_public_road=False),
    ]
    site = Record("site", SITE, {"name": "Site", "status": "open", "fk_city": "31555"}, shapely.Point(1.444, 43.6))
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=[site, *points]))
    return workspace


@pytest.mark.parametrize(
    ("form", "audience", "counts"),
    [
        ("fontaine-eau", "committee", (3, 4)),
        ("fontaine-eau", "services", (4, 3)),
        ("pei", "public", (2, 5)),
        ("pei", "services", (3, 4)),
        ("geojson", "committee", (5, 2)),
        ("geojson", "services", (7, 0)),
        ("gpkg", "public", (5, 2)),
        ("gpkg", "services", (7, 0)),
    ],
)
def test_what_leaves_and_what_stays_add_up(filled, tmp_path, form, audience, counts):
    output = tmp_path / f"out{FORMATS[form].suffixes[0]}"
    assert export(filled, output, form, AUDIENCE=audience) == counts


@pytest.mark.parametrize("form", FORMATS)
def test_the_committee_gets_no_word_of_a_site(filled, tmp_path, form):
    output = tmp_path / f"out{FORMATS[form].suffixes[0]}"
    export(filled, output, form)
    content = output.read_bytes()
    for secret in (SITE, "Rampe du site", "1.444", "M. X", "Agent"):
        assert secret.encode() not in content


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_imported_again_changes_nothing(filled, tmp_path, form):
    output = tmp_path / f"out{FORMATS[form].suffixes[0]}"
    written, _ = export(filled, output, form, AUDIENCE="services")
    outputs = run(ImportWaterPoints, INPUT=output, WORKSPACE=filled)
    assert {name: outputs[name] for name in ("ADDED", "UPDATED", "UNCHANGED", "REJECTED")} == {
        "ADDED": 0, "UPDATED": 0, "UNCHANGED": written, "REJECTED": 0,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_every_value_reaches_another_workspace(filled, empty_workspace, tmp_path, form):
    output, other = tmp_path / f"out.{form}", tmp_path / "other.gpkg"
    other.write_bytes(empty_workspace.read_bytes())
    export(filled, output, form)
    run(ImportWaterPoints, INPUT=output, WORKSPACE=other)
    theirs = {point.geometry.x: point for point in read(other, "water_point")}
    own = {"source", "site_uid", "comments", "created_at", "created_by", "updated_at", "updated_by"}
    for mine in read(filled, "water_point"):
        if mine.geometry.x in theirs:
            values = {name: value for name, value in mine.values.items() if name not in own and value is not None}
            copy = theirs[mine.geometry.x]
            assert {name: copy[name] for name in values} == values


def test_what_is_left_out_is_counted_with_its_reason(filled, tmp_path):
    log = Log()
    export(filled, tmp_path / "f.csv", "fontaine-eau", log)
    assert sorted(line for line in log.lines if "left out" in line) == [
        "2 left out: It is not a public fountain. (Borne du stade · 31555.1)",
        f"2 left out: {ON_A_SITE} (Rampe du site · 00000000-0000-4000-8000-000000000017)",
    ]


def test_each_export_is_logged_with_its_rows(filled, tmp_path):
    assert export(filled, tmp_path / "a.csv", "pei")[0] == 2
    assert export(filled, tmp_path / "b.gpkg", "gpkg", AUDIENCE="services")[0] == 7
    log = read(filled, "export_log")
    assert sorted((line["file_name"], line["audience"], line["output"]) for line in log) == [
        ("a.csv", "committee", "Fire hydrants (PEI) – rows: 2"),
        ("b.gpkg", "services", "Water points (GeoPackage) – rows: 7"),
    ]
    assert all(line["exported_by"] and line["exported_at"] for line in log)


@pytest.mark.parametrize(
    ("name", "form", "complaint"),
    [
        ("out.txt", "geojson", "The file out.txt must end in .geojson, .json for the format geojson."),
        ("out.gpkg", "pei", "The file out.gpkg must end in .csv for the format pei."),
        ("nowhere/out.csv", "pei", "There is no folder"),
        ("31.gpkg", "gpkg", "is a workspace: it was left as it is."),
    ],
)
def test_a_place_that_cannot_be_written_gets_a_sentence_and_no_line_in_the_log(filled, tmp_path, name, form, complaint):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    log = Log()
    assert export(filled, tmp_path / name, form, log) is None
    assert complaint in log.lines[-1]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    yield folder
    folder.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_may_not_be_written_is_said(filled, closed_folder, form):
    log = Log()
    assert export(filled, closed_folder / f"out{FORMATS[form].suffixes[0]}", form, log) is None
    assert "cannot be written" in log.lines[-1]


def test_a_workspace_whose_log_cannot_be_written_lets_nothing_leave(filled, tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise WorkspaceError("The workspace is read-only.")

    monkeypatch.setattr(exports, "log_export", refuse)
    output = tmp_path / "out.geojson"
    assert export(filled, output, "geojson") is None
    assert not output.exists()
    output.write_text("the export of last month")
    assert export(filled, output, "geojson") is None
    assert output.read_text() == "the export of last month"


@pytest.mark.parametrize("name", ["out.geojson", "out.gpkg"])
def test_other_programs_open_it(filled, tmp_path, name):
    output = tmp_path / name
    export(filled, output, name.partition(".")[2])
    layer = QgsVectorLayer(str(output), "x", "ogr")
    assert layer.isValid()
    assert (layer.featureCount(), layer.crs().authid()) == (5, "EPSG:4326")
    source = gdal.OpenEx(str(output), gdal.OF_VECTOR)
    assert source.GetLayerCount() == 1
    if name.endswith("json"):
        assert "crs" not in json.loads(output.read_text("utf-8"))


def test_the_audience_is_the_committee_unless_said_otherwise():
    assert ExportWaterPoints().create().parameterDefinition("AUDIENCE").defaultValue() == "committee"
