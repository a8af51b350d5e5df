"""What is read from a workspace is read again once the file was written, and only then."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.snapshot import Snapshot
from resorption_plugin.geopackage.store import GeoPackageStore


class Reader:
    """Reads the number of water points, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, store: GeoPackageStore) -> int:
        self.times += 1
        return len(store.read_columns("water_point", ["name"]))


def add_tap(path: Path) -> None:
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(insert=[Record("water_point", str(uuid.uuid4()), {}, shapely.Point(1.4, 43.6))]))


def test_it_is_read_once_until_the_file_is_written(path):
    reader = Reader()
    snapshot = Snapshot(reader)
    assert [snapshot.of(path) for _ in range(3)] == [0, 0, 0]
    assert reader.times == 1
    add_tap(path)
    assert [snapshot.of(path) for _ in range(3)] == [1, 1, 1]
    assert reader.times == 2


def test_what_lies_in_the_write_ahead_log_is_noticed(path):
    snapshot = Snapshot(Reader())
    writer = sqlite3.connect(path)  # QGIS while it edits
    writer.execute("PRAGMA journal_mode = WAL").fetchone()
    writer.execute("SELECT count(*) FROM site").fetchone()  # from now on the last to close is not the store
    assert snapshot.of(path) == 0
    before = path.read_bytes()
    add_tap(path)
    assert path.read_bytes() == before, "the tap is in the log alone"
    assert snapshot.of(path) == 1
    writer.close()


def test_many_threads_read_it_once(path):
    reader = Reader()
    snapshot = Snapshot(reader)
    start, seen = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        seen.append(snapshot.of(path))

    in_threads(ask, 8)
    assert seen == [0] * 8
    assert reader.times == 1


def in_threads(ask: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=ask) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_workspace_that_is_gone_is_told_each_time(path):
    snapshot = Snapshot(Reader())
    snapshot.of(path)
    path.rename(path.with_name("elsewhere.gpkg"))
    for _ in range(2):
        with pytest.raises(WorkspaceError):
            snapshot.of(path)
    path.with_name("elsewhere.gpkg").rename(path)
    assert snapshot.of(path) == 0
