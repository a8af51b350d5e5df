"""Whatever stops an upgrade, the workspace is as it was, opens in the old version, and no copy is left."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

import pytest
import shapely

from resorption_plugin.core.errors import Cancelled, OutdatedWorkspaceError, WorkspaceError
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage import safety, store, upgrading
from resorption_plugin.geopackage.moves import Step
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.upgrading import is_outdated, upgrade
from tests.next_step import NEXT, of_next_version, with_trees


def heavy(connection: sqlite3.Connection) -> None:
    """Write much, so that pages go to the file before the end."""
    with_trees(connection)
    connection.execute("CREATE TABLE passing (words TEXT)")
    connection.executemany("INSERT INTO passing VALUES (?)", (("x" * 900,) for _ in range(3_000)))


@pytest.fixture(params=["delete", "wal"])
def old(request: pytest.FixtureRequest, workspace: Path) -> Path:
    """Return a workspace of today's version with a record, in each of the two modes of SQLite's journal."""
    with GeoPackageStore.open(workspace) as opened:
        made = Record("site", str(uuid.uuid4()), {"name": "Avant"}, shapely.Point(1.4, 43.6))
        opened.apply(ChangeSet(insert=[made]))
    with closing(sqlite3.connect(workspace)) as plain:
        plain.execute(f"PRAGMA journal_mode = {request.param}")
    return workspace


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    of_next_version(monkeypatch, Step(NEXT, heavy))


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as plain:
        return list(plain.iterdump())


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}_version*"))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as plain:
        return safety.noted_version(plain, path)


def test_an_older_workspace_is_refused_with_what_to_do_and_left_as_it_is(old: Path, next_version: None) -> None:
    before = old.read_bytes()
    with pytest.raises(OutdatedWorkspaceError, match=r"data 1, this one needs 2.*resorption:upgradeworkspace"):
        GeoPackageStore.open(old)
    assert is_outdated(old)
    assert old.read_bytes() == before


def test_several_steps_are_done_in_their_order(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    steps = [Step(NEXT + number, lambda _connection, number=number: done.append(number)) for number in range(3)]
    of_next_version(monkeypatch, *steps)
    told: list[float] = []

    class Told:
        def progress(self, fraction: float) -> None:
            told.append(fraction)

        def is_cancelled(self) -> bool:
            return False

    upgraded = upgrade(old, Told())
    assert (done, upgraded.before, upgraded.now, version(old)) == ([0, 1, 2], 1, NEXT + 2, NEXT + 2)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert upgraded.copy is not None
    assert (version(upgraded.copy), upgraded.copy.parent) == (1, old.parent)


def test_without_a_step_for_each_version_it_says_that_it_is_too_old(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_next_version(monkeypatch, Step(NEXT + 1, with_trees))
    before = content(old)
    with pytest.raises(WorkspaceError, match="cannot read any more"):
        upgrade(old)
    assert not is_outdated(old)
    assert content(old) == before


@pytest.mark.parametrize("moment", ["upgrade:before_commit", "while it writes", "while it copies"])
def test_killed_on_the_way_it_leaves_the_old_workspace(
    old: Path, next_version: None, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = content(old)

    def die(*_what: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def doomed() -> None:
        if moment == "while it writes":
            of_next_version(monkeypatch, Step(NEXT, lambda connection: (heavy(connection), die())))
        if moment == "while it copies":
            monkeypatch.setattr(upgrading, "stop_if_cancelled", die)
        upgrade(old, probe=lambda name: die() if name == moment else None)

    child = os.fork()
    if not child:
        doomed()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert is_outdated(old)
    assert content(old) == before
    assert upgrade(old).now == NEXT  # and goes through the next time


def test_killed_after_the_last_word_it_is_upgraded(old: Path, next_version: None) -> None:
    child = os.fork()
    if not child:
        upgrade(old, probe=lambda name: os.kill(os.getpid(), signal.SIGKILL) if name.endswith("after_commit") else None)
        os._exit(1)
    os.waitpid(child, 0)
    with GeoPackageStore.open(old) as opened:
        assert opened.meta("schema_version") == str(NEXT)
    assert len(copies(old)) == 1


def test_on_a_full_disk_nothing_is_changed(old: Path, next_version: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(old)
    usual = store.connect

    def short_of_room(path: Path, **how: object) -> sqlite3.Connection:
        connection = usual(path, **how)  # type: ignore[arg-type]
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 100}")
        return connection

    monkeypatch.setattr(upgrading, "connect", short_of_room)
    with pytest.raises(WorkspaceError, match="disk is full"):
        upgrade(old)
    assert content(old) == before
    assert copies(old) == []


def test_where_the_copy_does_not_fit_nothing_is_begun(tmp_path: Path, old: Path, next_version: None) -> None:
    room = tmp_path / "small"
    room.mkdir()
    kilobytes = int(old.stat().st_size / 1024 * 1.5)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(room)], check=False)
    if mounted.returncode:
        pytest.skip("no disk of its own may be made here")
    try:
        inside = room / old.name
        shutil.copy(old, inside)
        before = inside.read_bytes()
        with pytest.raises(WorkspaceError, match=r"Free some|full"):
            upgrade(inside)
        assert inside.read_bytes() == before
        assert [path.name for path in room.iterdir() if path.suffix == ".gpkg"] == [inside.name]
    finally:
        subprocess.run(["umount", "--lazy", str(room)], check=True)


def test_a_step_that_fails_leaves_nothing_of_the_others(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM resorption_meta WHERE key = 'departments'")
        connection.execute("ALTER TABLE nowhere ADD COLUMN x")

    of_next_version(monkeypatch, Step(NEXT, heavy), Step(NEXT + 1, broken))
    before = content(old)
    with pytest.raises(WorkspaceError, match="no such table"):
        upgrade(old)
    assert content(old) == before
    assert copies(old) == []


def test_a_step_that_parts_records_from_their_own_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parting(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO dwelling (uid, site_uid, geom) SELECT 'd', 'gone', geom FROM site")

    of_next_version(monkeypatch, Step(NEXT, parting))
    before = content(old)
    with pytest.raises(WorkspaceError, match="would part records"):
        upgrade(old)
    assert content(old) == before


class Stopped:
    """Cancels once so much is done."""

    def __init__(self, fraction: float) -> None:
        self.fraction, self.seen = fraction, 0.0

    def progress(self, fraction: float) -> None:
        self.seen = fraction

    def is_cancelled(self) -> bool:
        return self.seen >= self.fraction


@pytest.mark.parametrize("fraction", [0.0, 0.2, 0.4])
def test_cancelled_at_any_moment_nothing_is_changed(old: Path, next_version: None, fraction: float) -> None:
    before = content(old)
    with pytest.raises(Cancelled):
        upgrade(old, Stopped(fraction))
    assert content(old) == before
    assert copies(old) == []


def test_a_program_that_is_writing_is_waited_for_and_then_told_of(old: Path, next_version: None) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = old.read_bytes()
        with pytest.raises(WorkspaceError, match="being written by another program"):
            upgrade(old, lock_timeout_s=0.1)
        assert old.read_bytes() == before
        other.execute("ROLLBACK")
    assert upgrade(old).copy is not None


def test_two_programs_at_once_upgrade_it_once(old: Path, next_version: None) -> None:
    found = []
    both = threading.Barrier(2)

    def work() -> None:
        both.wait()
        found.append(upgrade(old, lock_timeout_s=30))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done.copy is None for done in found) == [False, True]
    assert len(copies(old)) == 1
    assert version(old) == NEXT


def test_a_workspace_that_cannot_be_written_is_left_as_it_is(
    old: Path, next_version: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(os, "access", lambda _place, mode: mode != os.W_OK)
    with pytest.raises(WorkspaceError, match="is read-only"):
        upgrade(old)
    assert old.read_bytes() == before


def test_many_kills_leave_the_old_or_the_new_and_nothing_between(old: Path, next_version: None) -> None:
    ready = old.read_bytes()
    began = time.perf_counter()
    upgrade(old)
    pace = time.perf_counter() - began
    seen = set()
    for number in range(12):
        for path in (*copies(old), *old.parent.glob(f"{old.name}-*"), *old.parent.glob(".*part*")):
            path.unlink()
        old.write_bytes(ready)
        child = os.fork()
        if not child:
            upgrade(old)
            os._exit(0)
        time.sleep(pace * number / 9)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with closing(sqlite3.connect(old)) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            columns = {row[1] for row in plain.execute("PRAGMA table_info(site)")}
            tables = {name for (name,) in plain.execute("SELECT name FROM sqlite_master")}
        now = version(old)
        assert (now == NEXT) == ("trees" in columns) == ("passing" in tables)
        seen.add(now)
    assert 1 in seen
