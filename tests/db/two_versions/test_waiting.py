"""A workspace and a shared database of two versions: each waits for the other, and what was on its way is done once."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resorption_plugin.core.sync.news import Action
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.conftest import run
from tests.db.shared_base import ANNE, SharedBase
from tests.db.two_versions.officer import INSTALL, WRITE, Officer
from tests.next_version import COLUMN, NEXT, NextPlugin


def held(base: SharedBase, uid: str, columns: str = "name, census_status, social_origins") -> tuple[Any, ...]:
    (row,) = base.rows(f"SELECT {columns} FROM resorption.site WHERE uid = %s", [uid])
    return tuple(row)


def test_an_older_plugin_waits_until_it_is_updated(base: SharedBase, plugin: NextPlugin, anne: Officer) -> None:
    uid = anne.write(name="Avant", department="31", census_status="scheduled")
    anne.sync()
    anne.write(uid, name="Après")
    assert plugin.run(INSTALL, base.place()) == [f"{NEXT}/010_next.sql"]
    before, devices = anne.path.read_bytes(), base.rows("SELECT device, counter, last_seen FROM sync.device")
    with pytest.raises(RefusedError, match=r"needs a newer version of the plugin \(1 < 2\)") as refusal:
        anne.sync()
    assert refusal.value.action is Action.UPGRADE_PLUGIN
    # nothing was written on either side
    assert anne.path.read_bytes() == before
    assert base.rows("SELECT device, counter, last_seen FROM sync.device") == devices
    assert held(base, uid) == ("Avant", "planned", None)
    assert anne.waiting() == 1
    # updated, the workspace is upgraded and goes on
    anne.plugin.upgrade(anne.path)
    told = anne.sync_by_next()
    assert (told["sent"], told["refused"], told["unrepaired"], told["waiting"]) == (1, 0, [], 0)
    assert told["anew"]
    assert held(base, uid) == ("Après", "planned", None)


def test_a_newer_plugin_waits_until_the_server_is_upgraded(base: SharedBase, plugin: NextPlugin, anne: Officer) -> None:
    uid = anne.write(name="Avant", department="31", census_status="scheduled", social_origins=("european",))
    anne.sync()
    anne.plugin.upgrade(anne.path)
    plugin.run(WRITE, anne.path, uid, f'{{"{COLUMN}": 4, "census_status": "planned", "name": "Après"}}')
    before = anne.path.read_bytes()
    told = anne.sync_by_next()
    assert (told["action"], told["waiting"]) == ("upgrade_server", 1)
    assert "older than this plugin (2 > 1)" in told["sentence"]
    assert anne.path.read_bytes() == before
    assert held(base, uid) == ("Avant", "scheduled", ["european"])
    plugin.run(INSTALL, base.place())
    told = anne.sync_by_next()
    assert (told["sent"], told["refused"], told["conflicts"], told["unrepaired"]) == (1, 0, 0, [])
    assert held(base, uid, f"name, census_status, social_origins, {COLUMN}") == ("Après", "planned", ["eu"], 4)


@pytest.mark.parametrize("fate", ["applied", "lost"])
def test_a_batch_whose_fate_is_unknown_is_done_once(
    base: SharedBase, plugin: NextPlugin, anne: Officer, officer: Callable[[str], Officer], fate: str
) -> None:
    uid = anne.write(name="Avant", department="31")
    anne.sync()
    anne.write(uid, census_status="scheduled", social_origins=("european",))
    new = anne.write(name="Nouveau", department="31", census_status="scheduled")
    with PostgresRemote(base.target(ANNE)) as remote, SyncedWorkspace.attach(anne.path) as local:
        state = local.state()
        local.greet(remote.hello(state))
        batch = local.freeze()
        assert batch is not None
        if fate == "applied":
            remote.push(batch, state)  # the answer is lost
    anne.write(uid, name="Depuis")
    plugin.run(INSTALL, base.place())
    anne.plugin.upgrade(anne.path)
    frozen = sent_batches(anne.path)[-1]
    assert frozen[:3] == (batch.uid, batch.payload, NEXT - 1)
    told = anne.sync_by_next()
    assert (told["refused"], told["conflicts"], told["unrepaired"], told["waiting"]) == (0, 0, [], 0)
    assert held(base, uid) == ("Depuis", "planned", ["eu"])
    assert held(base, new) == ("Nouveau", "planned", None)
    uids = {one[0] for one in sent_batches(anne.path)}
    # applied, it had its answer under its name; never arrived, the server takes it under another one only
    assert (batch.uid in uids) == (fate == "applied")
    assert base.value("SELECT count(*) FROM sync.batch WHERE batch = %s", [batch.uid]) == (fate == "applied")
    inserts = "SELECT count(*) FROM sync.log WHERE uid = %s AND op = 'I'"
    assert base.value(inserts, [new]) == 1
    told = anne.sync_by_next()
    assert (told["sent"], told["anew"], told["waiting"]) == (0, False, 0)
    other = officer("other")
    other.plugin.upgrade(other.path)
    assert other.sync_by_next()["unrepaired"] == []


def sent_batches(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute("SELECT batch, payload, schema_version FROM gpkg_sync_outbox ORDER BY id").fetchall()


def test_an_upgraded_server_holds_rows_sealed_as_the_new_plugin_seals_them(
    base: SharedBase, plugin: NextPlugin, anne: Officer, officer: Callable[[str], Officer]
) -> None:
    for number in range(20):
        anne.write(name=f"S{number}", department="31", census_status="scheduled")
    anne.sync()
    log = base.value("SELECT count(*) FROM sync.log")
    plugin.run(INSTALL, base.place())
    assert base.rows("SELECT schema_version, min_client FROM sync.head") == [(NEXT, NEXT)]
    # sealing is no edit: of the upgrade the log holds the renamed answers and nothing else
    assert base.value("SELECT count(*) FROM sync.log") == log + 20
    newcomer = officer("newcomer")
    newcomer.plugin.upgrade(newcomer.path)
    told = newcomer.sync_by_next()
    assert (told["unrepaired"], told["refused"]) == ([], 0)
    plugin.run(WRITE, newcomer.path, base.rows("SELECT uid FROM resorption.site")[0][0], f'{{"{COLUMN}": 7}}')
    assert newcomer.sync_by_next()["sent"] == 1
    anne.plugin.upgrade(anne.path)
    assert anne.sync_by_next()["unrepaired"] == []


def test_what_a_restored_server_has_lost_comes_back_after_an_upgrade(
    base: SharedBase, plugin: NextPlugin, anne: Officer
) -> None:
    """Batches that had an answer are sent again under their names, and where those are too old under others."""
    uid = anne.write(name="Avant", department="31")
    anne.sync()
    restored = SharedBase(base.cluster, f"restored_{uuid.uuid4().hex[:12]}")
    base.close()
    run(base.cluster, f"CREATE DATABASE {restored.database} TEMPLATE {base.database} STRATEGY file_copy")
    try:
        anne.write(uid, census_status="scheduled", social_origins=("european",))
        new = anne.write(name="Nouveau", department="31", census_status="scheduled")
        assert anne.sync().sent == 2
        restored.rows("SELECT app.new_epoch()")
        plugin.run(INSTALL, restored.place())
        anne.plugin.upgrade(anne.path)
        anne.base = restored
        told = anne.sync_by_next()
        assert (told["refused"], told["conflicts"], told["unrepaired"], told["waiting"]) == (0, 0, [], 0)
        assert held(restored, uid) == ("Avant", "planned", ["eu"])
        assert held(restored, new) == ("Nouveau", "planned", None)
        with closing(sqlite3.connect(anne.path)) as plain:
            text = "SELECT name, census_status, social_origins FROM site WHERE uid = ?"
            assert plain.execute(text, (uid,)).fetchone() == ("Avant", "planned", '["eu"]')
    finally:
        restored.close()
        run(base.cluster, f"DROP DATABASE {restored.database} WITH (FORCE)")
