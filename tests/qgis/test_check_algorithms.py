"""``resorption:computedistances`` and ``resorption:runchecks`` on a workspace file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from qgis.core import NULL, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from resorption_plugin.core.checks import decisions
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.compute_distances import ComputeDistances
from resorption_plugin.processing.run_checks import RunChecks
from tests.scenes.build import at, box, count, dwelling, footprint, site, tap

pytestmark = pytest.mark.usefixtures("qgis_app")

WINTER, SUMMER = "2026-01-15", "2026-07-01"


def uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


S1, S2, D1, F2, W1, W2, C1 = map(uid, range(1, 8))
FROST = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
SCENE = [
    site(S1, at(0), fk_city="31555", name="Ramier", commune="Toulouse", population_total=40),
    site(S2, at(3_000), fk_city="31555", name="Ginestous", commune="Toulouse"),
    dwelling(D1, at(-20), S1),
    footprint(F2, box(2_950, -40, 3_050, 40), S2),
    tap(W1, at(100), fk_city="31555", name="Borne", **FROST),
    tap(W2, at(3_500), fk_city="31555", name="Rampe"),
    count(C1, 80, dt.date(2026, 1, 1), S2),
]


@pytest.fixture
def filled(workspace: Path) -> Path:
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=SCENE))
    return workspace


def done(algorithm, workspace, **parameters):
    """Run as Processing does; a failure is a ``QgsProcessingException``."""
    instance = algorithm()
    instance.initAlgorithm()
    given = {"WORKSPACE": str(workspace), **parameters}
    results, ok = instance.run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    assert ok
    return results


def layer(workspace, key):
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read([key]).layer(key)


def test_the_distances_of_a_workspace_are_computed_and_written(filled):
    assert done(ComputeDistances, filled, REFERENCE_DATE=SUMMER) == {"PAIRS": 2, "UNROUTABLE": 0}
    rows = {(row["site_uid"], row["water_point_uid"]): row for row in layer(filled, "distance")}
    assert rows[S1, W1]["farthest_dwelling_m"] == 120.0
    assert rows[S2, W2]["basis"] == "footprint"
    assert rows[S2, W2]["reference_date"] == dt.date(2026, 7, 1)
    in_winter = done(ComputeDistances, filled, REFERENCE_DATE=WINTER)
    assert in_winter == {"PAIRS": 2, "UNROUTABLE": 0}
    assert {(row["site_uid"], row["water_point_uid"]) for row in layer(filled, "distance")} == {(S1, W2), (S2, W2)}


def test_computing_twice_leaves_the_file_as_it_is(filled):
    done(ComputeDistances, filled, REFERENCE_DATE=SUMMER)
    done(RunChecks, filled, REFERENCE_DATE=SUMMER)
    before = (layer(filled, "distance"), layer(filled, "finding"))
    done(ComputeDistances, filled, REFERENCE_DATE=SUMMER)
    done(RunChecks, filled, REFERENCE_DATE=SUMMER)
    assert (layer(filled, "distance"), layer(filled, "finding")) == before


def test_the_findings_are_counted_written_and_reported(filled, tmp_path):
    report = tmp_path / "findings.json"
    results = done(RunChecks, filled, CHECKS="EAU-001,EAU-002", REFERENCE_DATE=SUMMER, REPORT=str(report))
    document = json.loads(report.read_text("utf-8"))
    found = {(entry["id"], entry["target_uid"]): entry for entry in document["findings"]}
    assert set(found) == {("EAU-001", S2), ("EAU-002", S2)}
    assert (results["ERRORS"], results["WARNINGS"], results["TO_VERIFY"]) == (2, 0, 0)
    far = found["EAU-001", S2]
    assert (far["verdict"], far["threshold"], far["unit"], far["commune"]) == ("fails", 200, "m", "Toulouse")
    assert far["value"] == pytest.approx(551.45, abs=0.01)
    assert "DIHAL" in far["source"]
    assert document["reference_date"] == SUMMER
    [leaving] = layer(filled, "export_log")
    assert (leaving["output"], leaving["file_name"], leaving["audience"]) == (
        "Report of the checks – rows: 2",
        "findings.json",
        "services",
    )


def test_a_summer_map_overstates_winter_access(filled):
    done(RunChecks, filled, CHECKS="EAU-001", REFERENCE_DATE=SUMMER)
    results = done(RunChecks, filled, CHECKS="eau-001", REFERENCE_DATE=WINTER)
    assert results["ERRORS"] == 2


def test_an_accepted_exception_is_kept_and_no_longer_counted(filled):
    done(RunChecks, filled, CHECKS="EAU-001", REFERENCE_DATE=SUMMER)
    (row,) = layer(filled, "finding")
    with GeoPackageStore.open(filled) as store:
        now = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
        store.apply(ChangeSet(update=[decisions.accept(row, "tanker", "M. Martin", now)]))
    assert done(RunChecks, filled, CHECKS="EAU-001", REFERENCE_DATE=SUMMER)["ERRORS"] == 0
    (row,) = layer(filled, "finding")
    assert (row["state"], row["accepted_reason"]) == ("accepted", "tanker")


def test_each_profile_counts_differently(filled):
    state = done(RunChecks, filled, CHECKS="EAU-002", REFERENCE_DATE=SUMMER)
    with GeoPackageStore.open(filled) as store:
        store.apply(ChangeSet(update=[Record("water_point", W2, {}, at(3_200))]))
    nearer = done(RunChecks, filled, CHECKS="EAU-002", REFERENCE_DATE=SUMMER)
    unhcr = done(RunChecks, filled, CHECKS="EAU-002", REFERENCE_DATE=SUMMER, PROFILE="unhcr")
    assert (state["ERRORS"], nearer["ERRORS"], unhcr["ERRORS"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"CHECKS": "EAU-001,EAU-999"}, "There is no check EAU-999"),
        ({"REFERENCE_DATE": "15/01/2026"}, "is not a date"),
        ({"REPORT": "findings.txt"}, "must end in .html"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence_and_nothing_is_written(filled, parameters, sentence):
    before = filled.read_bytes()
    with pytest.raises(QgsProcessingException, match=sentence):
        done(RunChecks, filled, **parameters)
    assert filled.read_bytes() == before


def test_a_file_that_is_no_workspace_is_refused(tmp_path):
    path = tmp_path / "other.gpkg"
    path.write_text("no database")
    with pytest.raises(QgsProcessingException, match="GeoPackage"):
        done(ComputeDistances, path)


@pytest.mark.parametrize("algorithm", [ComputeDistances, RunChecks])
def test_a_date_that_is_none_is_refused_with_its_text(filled: Path, algorithm: type) -> None:
    with pytest.raises(QgsProcessingException, match="31/01/2026"):
        done(algorithm, filled, REFERENCE_DATE="31/01/2026")


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_checked(filled: Path) -> None:
    before = filled.read_bytes()
    with pytest.raises(QgsProcessingException, match="no folder"):
        done(RunChecks, filled, REPORT=str(filled.parent / "nowhere" / "report.json"))
    assert filled.read_bytes() == before


def test_a_report_that_fails_leaves_no_half_of_it(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(QgsProcessingException, match="disk is full"):
        done(RunChecks, filled, REPORT=str(filled.parent / "report.json"))
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


@pytest.mark.parametrize(
    ("algorithm", "values", "expected"),
    [
        (ComputeDistances, {"NEIGHBOURS": 0}, ["NEIGHBOURS", "“0”", "1 to 50"]),
        (ComputeDistances, {"LIMIT": -5}, ["LIMIT", "“-5”", "0 or more"]),
        (ComputeDistances, {"MODE": "flying"}, ["MODE", "“flying”", "crowfly"]),
        (ComputeDistances, {"WORKSPACE": "/somewhere/table.csv"}, ["WORKSPACE", ".gpkg", "/somewhere/table.csv"]),
        (ComputeDistances, {"WORKSPACE": ""}, ["Give a value", "WORKSPACE"]),
        (ComputeDistances, {"WORKSPACE": NULL}, ["Give a value", "WORKSPACE"]),
        (RunChecks, {"PROFILE": "mine"}, ["PROFILE", "“mine”", "sphere"]),
    ],
)
def test_a_value_that_is_refused_is_named_with_what_is_expected(
    algorithm: type, values: dict[str, object], expected: list[str]
) -> None:
    instance = algorithm()
    instance.initAlgorithm()
    given = {"WORKSPACE": "/somewhere/31.gpkg", **values}
    is_accepted, message = instance.checkParameterValues(given, QgsProcessingContext())
    assert not is_accepted
    for part in expected:
        assert part in message
