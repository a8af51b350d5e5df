"""A workspace is attached to a shared database, kept whole by its tables, and detached again."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync.travelling import travels
from resorption_plugin.geopackage import safety
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync import backup, tables
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace, is_attached
from tests.geopackage.sync.shared import Person, assert_sound, dumped, images, ogr, other_program
from tests.stories.server import MemoryServer


def tables_of(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as plain:
        return {name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_workspace_that_was_never_attached_has_no_tables_for_it(path: Path) -> None:
    before = path.read_bytes()
    assert not is_attached(path)
    assert path.read_bytes() == before
    with SyncedWorkspace.attach(path):
        pass
    assert is_attached(path)
    added = {*map(tables.base, travels())}
    assert added <= tables_of(path)
    assert_sound(path)


def test_attaching_again_writes_nothing(path: Path) -> None:
    with SyncedWorkspace.attach(path) as local:
        device = local.state().device
    before = path.read_bytes()
    with SyncedWorkspace.attach(path) as local:
        assert local.state().device == device
    assert path.read_bytes() == before


def test_other_programs_see_no_other_layers(anna: Person) -> None:
    anna.insert(name="Vu")
    anna.sync()
    osgeo = pytest.importorskip("osgeo.ogr")
    with GeoPackageStore.open(anna.path) as store:
        assert len(store.read(["site"]).layer("site")) == 1
    source = osgeo.Open(str(anna.path))
    names = {source.GetLayer(number).GetName() for number in range(source.GetLayerCount())}
    assert not [name for name in names if "sync" in name]
    assert "site" in names


def test_all_tables_a_program_dropped_are_made_again(anna: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.local.close()
    with other_program(anna.path) as plain:
        for name in tables_of(anna.path):
            if name.startswith("gpkg_sync_"):
                plain.execute(f'DROP TABLE "{name}"')
    with Person.at(anna.path, server, "anna") as again:
        again.sync()
        assert again.row(uid).base["name"] == "Avant"
        assert again.local.freeze() is None
        assert_sound(anna.path)


def test_a_detached_workspace_works_and_its_copy_keeps_what_was_not_sent(anna: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Envoyé")
    anna.sync()
    anna.update(uid, name="Pas envoyé")
    anna.insert(name="Neuf")
    assert anna.local.waiting().to_send == 2
    anna.local.detach()
    anna.local.close()
    assert not is_attached(anna.path)
    assert not [name for name in tables_of(anna.path) if name.startswith(("gpkg_sync_base", "gpkg_sync_outbox"))]
    anna.update(uid, name="Toujours là")
    assert anna.value(uid, "name") == "Toujours là"
    (copy,) = backup.backups(anna.path)
    assert is_attached(copy)
    with closing(sqlite3.connect(anna.path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        left = plain.execute("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'resorption_sync'").fetchone()
        assert left == (0,)
    ogr("ogrinfo", "-so", anna.path, "site")

    with Person.at(anna.path, server, "anna") as again:
        again.sync()
        assert {image["name"] for image in images(server).values()} == {"Envoyé", "Neuf"}
        (dispute,) = again.local.conflicts()
        assert dispute.conflict.mine["name"] == "Toujours là"


def test_a_copy_is_whole_and_only_the_newest_are_kept(anna: Person) -> None:
    uid = anna.insert(name="Avant")
    for _ in range(backup.KEPT + 2):
        anna.local.back_up()
    copies = backup.backups(anna.path)
    assert len(copies) == backup.KEPT
    safety.check_file(copies[-1])
    with GeoPackageStore.open(copies[-1], read_only=True) as store:
        assert [record["name"] for record in store.read_uids("site", [uid])] == ["Avant"]


def test_copies_that_somebody_made_or_works_in_are_left_alone(anna: Person) -> None:
    name = f"{anna.path.stem}_backup_"
    anna.local.back_up()
    (worked_in,) = backup.backups(anna.path)
    later = time.time() + 86_400
    os.utime(worked_in, (later, later))
    own = [f"{name}2025.gpkg", f"{name}avant la visite.gpkg", f"{worked_in.stem}_backup_20260101T000000000000.gpkg"]
    for each in own:
        anna.path.with_name(each).write_bytes(b"mine")
    for _ in range(backup.KEPT + 2):
        anna.local.back_up()
    assert all(anna.path.with_name(each).read_bytes() == b"mine" for each in own)
    assert worked_in.exists()
    assert len(backup.backups(anna.path)) == backup.KEPT


def test_a_copy_that_another_program_holds_stops_nothing(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(backup.KEPT):
        anna.local.back_up()
    oldest, *_ = backup.backups(anna.path)
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path == oldest:
            raise PermissionError(13, "used by another process")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    anna.local.back_up()
    assert len(backup.backups(anna.path)) == backup.KEPT + 1
    monkeypatch.undo()
    anna.local.back_up()
    assert len(backup.backups(anna.path)) == backup.KEPT
    assert not oldest.exists()


def test_a_copy_that_fails_leaves_nothing_behind(anna: Person) -> None:
    before = sorted(path.name for path in anna.path.parent.iterdir())
    with other_program(anna.path) as plain:
        plain.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceError):
            anna.local.back_up()
        plain.execute("ROLLBACK")
    left = sorted(path.name for path in anna.path.parent.iterdir() if "journal" not in path.name)
    assert left == before


@pytest.fixture
def away(anna: Person, bob: Person) -> Iterator[Person]:
    """Anna, with something to send and something to receive."""
    uid = anna.insert(name="Avant")
    anna.sync()
    bob.sync()
    bob.update(uid, name="De Bob", comments="x" * 3_000)
    bob.sync()
    anna.update(uid, population_total=3)
    yield anna
    assert_sound(anna.path)


Step = Callable[[Person], object]
STEPS: dict[str, Step] = {
    "freeze": lambda person: person.local.freeze(),
    "receive": lambda person: person.pull(),
    "requeue": lambda person: person.local.requeue(),
    "digests agreed": lambda person: person.local.digests_agreed(),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_workspace_that_another_program_writes_is_left_as_it_is(away: Person, step: Step) -> None:
    before = dumped(away.path)
    with other_program(away.path) as plain:
        plain.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="being written by another program"):
            step(away)
        plain.execute("ROLLBACK")
    assert dumped(away.path) == before
    step(away)


@pytest.mark.parametrize("step", [STEPS["freeze"], STEPS["receive"]], ids=["freeze", "receive"])
def test_a_full_disk_leaves_the_workspace_as_it_is(away: Person, bob: Person, step: Step) -> None:
    for number in range(60):
        away.insert(name=f"S{number}", comments="x" * 3_000)
        bob.insert(name=f"B{number}", comments="y" * 3_000)
    bob.sync()
    away.local._connection.execute("VACUUM")
    before = dumped(away.path)
    (pages,) = away.local._connection.execute("PRAGMA page_count").fetchone()
    away.local._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceError, match="disk is full"):
        step(away)
    assert dumped(away.path) == before
    assert not away.local._connection.in_transaction
    away.local._connection.execute("PRAGMA max_page_count = 1073741823")
    step(away)
    assert dumped(away.path) != before


def test_a_file_that_may_not_be_written_is_refused_untouched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _place, _mode: False)
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="read-only"):
        SyncedWorkspace.attach(path)
    assert path.read_bytes() == before
