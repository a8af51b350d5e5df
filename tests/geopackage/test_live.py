"""What is kept of a workspace in memory is what its file holds, whoever wrote it."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import Cancelled, WorkspaceError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.refresh import Conditions, compute_distances, refresh, run_checks
from resorption_plugin.core.water.distances import Settings
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.live import LiveWorkspace
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.scenes.build import SUMMER, SquareCommunes
from tests.scenes.worlds import random_edit, random_world

NOW = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
CONDITIONS = Conditions(SUMMER, NOW, distances=Settings(2, 800), communes=SquareCommunes())
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'sync_history_%'"


@pytest.fixture
def path(workspace: Path) -> Path:
    with GeoPackageStore.open(workspace) as store:
        careless(store).apply(ChangeSet(insert=list(random_world(random.Random(1)))))
        compute_distances(store, CONDITIONS)
        run_checks(store, CONDITIONS)
    return workspace


def careless(store: GeoPackageStore) -> GeoPackageStore:
    """Let a store write what the rules of the tables refuse, as other programs may."""
    store._connection.execute("PRAGMA ignore_check_constraints = ON")
    return store


def by_another_program(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        geometry.add_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            connection.execute(statement)


def written(path: Path, changes: ChangeSet) -> None:
    with GeoPackageStore.open(path) as store:
        store.apply(changes)


def content(data: Dataset) -> dict:
    return {
        (record.layer, record.uid): (record.values, record.geometry and shapely.to_wkb(record.geometry))
        for record in data
    }


def in_file(path: Path) -> dict:
    with GeoPackageStore.open(path, read_only=True) as store:
        return content(store.read())


def read(live: LiveWorkspace, path: Path, layers=None) -> Dataset:
    with live.open(path) as store:
        return store.read(layers)


def changes_between(before: Dataset, after: Dataset) -> ChangeSet:
    old = {(record.layer, record.uid): record for record in before}
    new = {(record.layer, record.uid): record for record in after}
    return ChangeSet(
        insert=[record for key, record in new.items() if key not in old],
        update=[record for key, record in new.items() if key in old and old[key] is not record],
        delete=[key for key in old if key not in new and key[0] not in ("finding", "distance")],
    )


def test_only_what_was_written_is_read_again(path):
    live = LiveWorkspace()
    before = read(live, path)
    written(path, ChangeSet(update=[Record("site", "s1", {"name": "Autre"})]))
    after = read(live, path)
    assert content(after) == in_file(path)
    assert after.get("site", "s1")["name"] == "Autre"
    assert all(record is before.get(record.layer, record.uid) for record in after if record.uid != "s1")


def test_an_earlier_reading_is_not_altered_by_a_later_one(path):
    live = LiveWorkspace()
    before = read(live, path)
    held = content(before)
    groups = {uid: list(rows) for uid, rows in before.children("dwelling", "site_uid").items()}
    by_another_program(path, "DELETE FROM dwelling", "UPDATE site SET name = 'X'")
    assert content(read(live, path)) == in_file(path)
    assert content(before) == held
    assert before.children("dwelling", "site_uid") == groups


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE water_point SET taps = 7 WHERE uid = 'w1'",
        "DELETE FROM site WHERE uid = 's0'",
        "DELETE FROM dwelling",
        "INSERT OR REPLACE INTO action (uid, name) VALUES ('a0', 'Autre'), ('a9', 'Neuve')",
        "UPDATE finding SET accepted_reason = 'Citerne', accepted_by = 'A. B.', state = 'accepted'",
        "UPDATE distance SET measured_m = 12.5, measured_by = 'A. B.'",
        "VACUUM",
    ],
)
def test_another_program_is_read(path, statement):
    live = LiveWorkspace()
    read(live, path)
    dated = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = 'finding'"
    by_another_program(path, statement, *([dated] if " finding " in statement else []))
    assert content(read(live, path)) == in_file(path)


def test_what_is_decided_of_a_finding_meanwhile_is_read(path):
    live = LiveWorkspace()
    findings = read(live, path).layer("finding")
    accepted = Record("finding", findings[0].uid, {"state": "accepted", "accepted_reason": "Citerne"})
    written(path, ChangeSet(update=[accepted]))
    with live.open(path) as store:
        store.apply(ChangeSet(delete=[("finding", findings[1].uid)]))
    found = read(live, path)
    assert content(found) == in_file(path)
    assert found.get("finding", findings[0].uid)["state"] == "accepted"


def test_what_it_wrote_itself_is_known_without_reading_the_layer_again(path):
    live = LiveWorkspace()
    before = read(live, path)
    first, second, *_ = before.layer("finding")
    with live.open(path) as store:
        store.apply(ChangeSet(update=[Record("finding", first.uid, {"state": "resolved"})]))
    after = read(live, path)
    assert content(after) == in_file(path)
    assert after.get("finding", first.uid)["state"] == "resolved"
    assert after.get("finding", second.uid) is second


def test_after_a_gap_in_the_history_everything_is_read_again(path):
    live = LiveWorkspace()
    read(live, path)
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute(_TRIGGERS)]
    by_another_program(path, *(f"DROP TRIGGER {name}" for name in names), "UPDATE site SET name = 'En cachette'")
    found = read(live, path)
    assert content(found) == in_file(path)
    assert {record["name"] for record in found.layer("site")} == {"En cachette"}


def test_a_history_that_was_thrown_away_is_noticed(path):
    live = LiveWorkspace()
    read(live, path)
    by_another_program(path, "DROP TABLE gpkg_sync_change")
    by_another_program(path, *(f"DROP TRIGGER IF EXISTS {name}" for name in _names(path)))
    by_another_program(path, "UPDATE site SET name = 'En cachette'")
    assert content(read(live, path)) == in_file(path)


def _names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(_TRIGGERS)]


@pytest.mark.parametrize("how", ["another file takes the name", "the same file is written over"])
def test_an_older_copy_that_was_edited_elsewhere_is_read(path, tmp_path, how):
    copy = tmp_path / "copy.gpkg"
    shutil.copyfile(path, copy)
    live = LiveWorkspace()
    written(path, ChangeSet(update=[Record("site", "s1", {"name": "Ici"})]))
    read(live, path)
    for name in ("Là", "Là-bas", "Ailleurs"):  # more entries than were read of the other
        written(copy, ChangeSet(update=[Record("site", "s2", {"name": name})]))
    if how == "another file takes the name":
        copy.replace(path)
    else:
        shutil.copyfile(copy, path)
    found = read(live, path)
    assert content(found) == in_file(path)
    assert found.get("site", "s1")["name"] != "Ici"


def test_another_workspace_is_read_from_its_own_file(path, empty_workspace):
    live = LiveWorkspace()
    read(live, path)
    assert content(read(live, empty_workspace)) == in_file(empty_workspace)
    assert content(read(live, path)) == in_file(path)


class StopsAfter:
    def __init__(self, looks: int) -> None:
        self.looks = looks

    def progress(self, fraction: float) -> None:
        pass

    def is_cancelled(self) -> bool:
        self.looks -= 1
        return self.looks < 0


@pytest.mark.parametrize("looks", range(0, 8, 2))
def test_a_reading_stopped_half_way_leaves_what_was_known(path, looks):
    live = LiveWorkspace()
    read(live, path, ["site"])
    written(path, ChangeSet(update=[Record("site", "s1", {"name": "Autre"})]))
    with pytest.raises(Cancelled), live.open(path) as store:
        store.read(feedback=StopsAfter(looks))
    assert content(read(live, path)) == in_file(path)


def test_a_refresh_stopped_half_way_leaves_what_was_known(path):
    live = LiveWorkspace()
    read(live, path)
    written(path, ChangeSet(update=[Record("site", "s1", {"population_total": 55})]))
    before = in_file(path)
    with pytest.raises(Cancelled), live.open(path) as store:
        refresh(store, {"site": {"s1"}}, CONDITIONS, StopsAfter(0))
    assert in_file(path) == before
    assert content(read(live, path)) == before


def test_a_writing_that_fails_leaves_what_was_known(path):
    live = LiveWorkspace()
    first = read(live, path).layer("finding")[0]
    changes = ChangeSet(
        update=[Record("finding", first.uid, {"state": "resolved"}), Record("finding", "gone", {"state": "open"})]
    )
    with pytest.raises(WorkspaceError), live.open(path) as store:
        store.apply(changes)
    assert content(read(live, path)) == in_file(path)


def test_what_nobody_told_is_read_once_the_file_refuses_a_change(path):
    """A program that writes computed rows and no date, and no change of their number, is not noticed at once."""
    live = LiveWorkspace()
    first = read(live, path).layer("finding")[0]
    by_another_program(
        path,
        f"CREATE TEMP TABLE taken AS SELECT * FROM finding WHERE uid = '{first.uid}'",
        f"DELETE FROM finding WHERE uid = '{first.uid}'",
        "UPDATE taken SET uid = 'other'",
        "INSERT INTO finding SELECT * FROM taken",
    )
    with pytest.raises(WorkspaceError), live.open(path) as store:
        store.apply(ChangeSet(update=[Record("finding", first.uid, {"state": "resolved"})]))
    assert content(read(live, path)) == in_file(path)


def test_what_is_forgotten_is_read_again(path):
    live = LiveWorkspace()
    before = read(live, path)
    live.forget()
    after = read(live, path)
    assert content(after) == content(before)
    assert after.get("site", "s1") is not before.get("site", "s1")


@pytest.mark.parametrize("seed", range(6))
def test_refreshing_from_memory_writes_what_a_whole_run_would(path, tmp_path, seed):
    """Edits of several writers, some of them undone, and a decision in between."""
    choose, live = random.Random(seed), LiveWorkspace()
    read(live, path)
    for turn in range(6):
        with GeoPackageStore.open(path) as store:
            before = store.read()
            records = Dataset(record for record in before if record.layer not in ("finding", "distance"))
            after, touched = random_edit(choose, records)
            try:
                careless(store).apply(changes_between(records, after))
            except WorkspaceError:
                continue  # a record that belongs to one that is gone
        if turn % 3 == 1:
            finding = choose.choice(before.layer("finding"))
            written(path, ChangeSet(update=[Record("finding", finding.uid, {"accepted_until": SUMMER})]))
        whole = tmp_path / "whole.gpkg"
        shutil.copyfile(path, whole)
        with GeoPackageStore.open(whole) as store:
            compute_distances(store, CONDITIONS)
            run_checks(store, CONDITIONS)
        with live.open(path) as store:
            refresh(store, touched, CONDITIONS)
        assert results(path) == results(whole)
        assert content(read(live, path)) == in_file(path)


def results(path: Path) -> dict:
    volatile = {"computed_at", "first_seen_at", "last_seen_at", "created_at", "updated_at"}
    return {
        key: ({name: value for name, value in values.items() if name not in volatile}, shape)
        for key, (values, shape) in in_file(path).items()
        if key[0] in ("distance", "finding") and values.get("state") != "resolved"
    }


def test_the_places_that_records_left_are_known(path):
    with GeoPackageStore.open(path) as store:
        tap = store.read(["water_point"]).layer("water_point")[0]
        moved = Record("water_point", tap.uid, {"position_accuracy_m": 80.0}, shapely.Point(1.5, 43.5))
        store.apply(ChangeSet(update=[moved]))
        store.apply(ChangeSet(update=[Record("water_point", tap.uid, {"position_accuracy_m": 2.0})]))
        store.apply(ChangeSet(delete=[("water_point", tap.uid)]))
        left = store.former({"water_point": {tap.uid}, "site": {"s1"}})
    assert left is not None
    assert [place.geometry for place in left["water_point"]] == [tap.geometry, moved.geometry]
    assert {place["position_accuracy_m"] for place in left["water_point"]} == {80.0}
    assert left["site"] == []


def test_after_a_gap_nobody_knows_where_records_were(path):
    by_another_program(path, "DROP TRIGGER sync_history_water_point_update")
    with GeoPackageStore.open(path) as store:
        assert store.former({"water_point": {"w1"}}) is None
        assert store.former({"site": {"s1"}}) == {"site": []}
