"""Merging against a file that others write meanwhile: nothing added or edited in between is lost."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import shapely
from qgis.core import QgsProject

from resorption_plugin.core.errors import ResorptionError, WorkspaceError
from resorption_plugin.core.fixes.proposal import Correction
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters import fixing
from resorption_plugin.qgis_adapters.layers import find_layer

pytestmark = pytest.mark.usefixtures("qgis_app")

ONE, OTHER, TAP = "site-one", "site-other", "tap"
PLACE = shapely.Point(1.44, 43.6)
FINDING = Record(
    "finding",
    "f",
    {"check_id": "DON-003", "target_layer": "site", "target_uid": ONE, "related_uids": json.dumps([OTHER])},
)


def site(uid: str, **values) -> Record:
    return Record("site", uid, {"status": "open", "living_conditions_version": 2, "name": uid, **values}, PLACE)


@pytest.fixture
def filled(workspace: Path) -> Path:
    point = {"type": "inconnu", "lifecycle": "existing", "working_state": "working"}
    write(
        workspace,
        site(ONE, updated_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC)),
        site(OTHER, updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), caravans=7),
        Record("water_point", TAP, point, PLACE),
    )
    return workspace


def write(path: Path, *records: Record, update: tuple[Record, ...] = ()) -> None:
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=list(records), update=list(update)))


def stored(path: Path, layer: str) -> dict[str, Record]:
    with GeoPackageStore.open(path, read_only=True) as store:
        return {record.uid: record for record in store.read([layer])}


def test_a_dwelling_added_while_the_choice_is_shown_is_given_too(filled: Path) -> None:
    pair = fixing.find_pair(filled, FINDING)
    write(filled, Record("dwelling", "d", {"site_uid": OTHER}, PLACE))
    done = fixing.write_merge(filled, pair, {})
    assert stored(filled, "dwelling")["d"]["site_uid"] == ONE
    assert set(stored(filled, "site")) == {ONE}
    assert done.touched()["site"] == {ONE, OTHER}
    assert done.touched()["dwelling"] == {"d"}


def test_an_answer_that_changes_while_the_choice_is_shown_stops_the_merge(filled: Path) -> None:
    pair = fixing.find_pair(filled, FINDING)
    write(filled, update=(Record("site", OTHER, {"caravans": 9}),))
    before = stored(filled, "site")
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        fixing.write_merge(filled, pair, {})
    assert stored(filled, "site") == before


def test_a_record_deleted_while_the_choice_is_shown_stops_the_merge(filled: Path) -> None:
    pair = fixing.find_pair(filled, FINDING)
    with GeoPackageStore.open(filled) as store:
        store.apply(ChangeSet(delete=[("site", OTHER)]))
    with pytest.raises(WorkspaceError, match="deleted since"):
        fixing.write_merge(filled, pair, {})


def test_a_merge_is_not_taken_back_over_a_later_edit(filled: Path) -> None:
    before = stored(filled, "site")
    done = fixing.write_merge(filled, fixing.find_pair(filled, FINDING), {})
    write(filled, update=(Record("site", ONE, {"caravans": 12}),))
    with pytest.raises(WorkspaceError, match="changed since"):
        fixing.take_apart(done)
    assert stored(filled, "site")[ONE]["caravans"] == 12
    write(filled, update=(Record("site", ONE, {"caravans": 7}),))
    fixing.take_apart(done)
    assert stored(filled, "site") == before


@pytest.fixture
def project(filled: Path, project_file: Path):
    opened = QgsProject.instance()
    assert opened.read(str(project_file))
    yield opened
    opened.clear()


def test_a_correction_of_several_layers_is_made_whole_or_not_at_all(project: QgsProject, filled: Path) -> None:
    corrections = [
        Correction(stored(filled, "site")[ONE], {"fk_city": "31555"}),
        Correction(Record("water_point", "gone", {}), {"fk_city": "31555"}),
    ]
    with pytest.raises(ResorptionError):
        fixing.correct(project, corrections, "Correct")
    site_layer = find_layer(project, "site")
    values = {feature["uid"]: feature["fk_city"] for feature in site_layer.getFeatures()}
    assert values[ONE] != "31555"
    site_layer.rollBack()


def test_the_fixes_that_are_possible_are_made_in_both_layers(project: QgsProject, filled: Path) -> None:
    corrections = [
        Correction(stored(filled, "site")[ONE], {"name": "L'Été"}),
        Correction(stored(filled, "water_point")[TAP], {"name": "Borne"}),
    ]
    fixing.correct(project, corrections, "Correct")
    for key, name in (("site", "L'Été"), ("water_point", "Borne")):
        layer = find_layer(project, key)
        assert name in [feature["name"] for feature in layer.getFeatures()]
        layer.undoStack().undo()
        assert name not in [feature["name"] for feature in layer.getFeatures()]
        layer.rollBack()
