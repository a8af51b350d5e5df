"""The triggers that keep the history are made again where they were lost, and the gap is told."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.geopackage.recorded_rows import site


@pytest.mark.parametrize(
    "harm", ["DROP TRIGGER sync_history_site_update", "DROP TABLE site", "DROP TABLE gpkg_sync_change"]
)
def test_a_lost_trigger_is_made_again_and_the_gap_is_told(path: Path, harm: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        geometry.add_functions(plain)
        (table,) = plain.execute("SELECT sql FROM sqlite_master WHERE name = 'site'").fetchone()
        plain.execute(harm)
        if harm == "DROP TABLE site":
            plain.execute(table)  # as a program that writes a layer over does
    with GeoPackageStore.open(path) as store:
        (gap,) = [gap for gap in store.history.gaps() if gap.layer == "site"]
        row = site(name="Avant")
        store.apply(ChangeSet(insert=[row]))
        store.apply(ChangeSet(update=[Record("site", row.uid, {"name": "Après"})]))
        told = [change.field for change in store.history.changes()]
        known = len(store.history.gaps())
    assert abs((gap.until - dt.datetime.now(dt.UTC)).total_seconds()) < 60
    assert told[:2] == [None, "name"]
    with GeoPackageStore.open(path) as again:
        assert len(again.history.gaps()) == known


def test_an_altered_trigger_is_made_again(path: Path) -> None:
    name = "sync_history_site_delete"
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute(f"DROP TRIGGER {name}")
        plain.execute(f"CREATE TRIGGER {name} AFTER DELETE ON site BEGIN SELECT 1; END")
    with GeoPackageStore.open(path) as store:
        assert [gap.layer for gap in store.history.gaps()] == ["site"]
        row = site(name="Parti")
        store.apply(ChangeSet(insert=[row]))
        store.apply(ChangeSet(delete=[("site", row.uid)]))
        assert ("name", "Parti") in [(change.field, change.before) for change in store.history.deletions(1)]


def test_a_workspace_that_is_whole_is_left_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    with GeoPackageStore.open(path) as store:
        assert store.history.gaps() == []
    assert path.read_bytes() == before
