"""Tables of water points imported by Processing, in a real QGIS."""

from __future__ import annotations

import csv
import datetime as dt
import json

import pytest
import shapely

from resorption_plugin.core.water.state import Availability, availability
from resorption_plugin.processing.import_water_points import ImportWaterPoints
from tests.qgis.importing import TABLE, Log, counts, fingerprint, make_layer, run, water_points


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
