"""A workspace and a shared database of two versions: each waits for the other, and what was on its way is done once."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import shapely

from resorption_plugin import paths
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.news import Action
from resorption_plugin.core.sync.operations import UNKNOWN, Batch, Edit, Kind, Operation, Outcome
from resorption_plugin.core.sync.ports import BusyError, LocalState, RefusedError
from resorption_plugin.core.sync.session import Report, synchronise
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.conftest import run
from tests.db.shared_base import ANNE, SharedBase, shared_base
from tests.next_version import COLUMN, NEXT, NextPlugin, next_plugin
from tests.stories.world import AT_ONCE

HERE = shapely.Point(1.44, 43.6)
ENOUGH = 10
"""How many pushes make a test of pushing."""
PATIENCE_S = 60.0
SYNCHRONISE = """
from psycopg2.extensions import parse_dsn
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.core.sync.session import synchronise
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.postgis.remote import PostgresRemote
from resorption_plugin.postgis.target import Target
with PostgresRemote(Target(parse_dsn(given[1]))) as remote, SyncedWorkspace.attach(Path(given[0])) as local:
    try:
        report = synchronise(local, remote)
        told = {"sent": report.sent, "refused": report.refused, "conflicts": report.conflicts,
            "unrepaired": report.unrepaired, "anew": report.is_new_beginning, "waiting": report.waiting.to_send}
    except RefusedError as error:
        told = {"action": error.action.value, "sentence": str(error), "waiting": local.waiting().to_send}
"""
INSTALL = """
import psycopg2
from resorption_plugin.postgis.installing import install
told = install(psycopg2.connect(given[0])).changelogs
"""
WRITE = """
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
with GeoPackageStore.open(Path(given[0])) as store:
    store.apply(ChangeSet(update=[Record("site", given[1], json.loads(given[2]))]))
"""


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> NextPlugin:
    """Return the plugin of the next version."""
    return next_plugin(tmp_path_factory.mktemp("next") / "plugin")


@pytest.fixture
def base(cluster: str, server_template: str) -> Iterator[SharedBase]:
    with shared_base(cluster, server_template) as made:
        yield made


@dataclass
class Officer:
    """Somebody with a workspace, and the plugin of today or of the next version."""

    path: Path
    base: SharedBase
    plugin: NextPlugin

    def sync(self) -> Report:
        with PostgresRemote(self.base.target(ANNE)) as remote, SyncedWorkspace.attach(self.path) as local:
            return synchronise(local, remote, patience=AT_ONCE)

    def sync_by_next(self) -> dict[str, Any]:
        told: dict[str, Any] = self.plugin.run(SYNCHRONISE, self.path, self.base.place(ANNE))
        return told

    def write(self, uid: str = "", **values: Any) -> str:
        made = uid or str(uuid.uuid4())
        with GeoPackageStore.open(self.path) as store:
            record = Record("site", made, values, None if uid else HERE)
            store.apply(ChangeSet(update=[record]) if uid else ChangeSet(insert=[record]))
        return made

    def waiting(self) -> int:
        with SyncedWorkspace.attach(self.path) as local:
            return local.waiting().to_send


@pytest.fixture
def officer(base: SharedBase, plugin: NextPlugin, empty_workspace: Path, tmp_path: Path) -> Callable[[str], Officer]:
    def make(name: str) -> Officer:
        path = tmp_path / f"{name}.gpkg"
        shutil.copy(empty_workspace, path)
        return Officer(path, base, plugin)

    return make


@pytest.fixture
def anne(officer: Callable[[str], Officer]) -> Officer:
    return officer("anne")


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


@dataclass
class Pusher:
    """Pushes new sites, one a batch, until told to stop; what the server says that it is busy is asked again."""

    base: SharedBase
    stop: threading.Event
    sent: list[str] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def run(self) -> None:
        try:
            with PostgresRemote(self.base.target(ANNE)) as remote:
                self._push(remote)
        except BaseException as error:  # noqa: BLE001 - of a thread: told by the test
            self.failed.append(error)

    def _push(self, remote: PostgresRemote) -> None:
        state = LocalState(str(uuid.uuid4()), 0, "", 0, "", "", NEXT - 1)
        welcome = persevering(lambda: remote.hello(state))
        state = replace(state, epoch=welcome.epoch, scope=welcome.scope, counter=1)
        while not self.stop.is_set():
            made = new_site()
            batch = Batch.of(str(uuid.uuid4()), [made])
            _, results = persevering(lambda batch=batch: remote.push(batch, state))  # type: ignore[misc]
            assert [result.outcome for result in results] == [Outcome.APPLIED]
            self.sent.append(made.uid)


def persevering(ask: Callable[[], Any]) -> Any:
    """Ask again while the server is busy; every other failure is raised."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return ask()
        except BusyError:
            if time.monotonic() > deadline:
                raise


def test_workspaces_push_while_the_server_is_upgraded(base: SharedBase, tmp_path: Path) -> None:
    """Every batch is applied once or not at all, and who pushes is told to try again at the worst."""
    folder = Path(shutil.copytree(paths.sql(), tmp_path / "sql"))
    stop = threading.Event()
    pushers = [Pusher(base, stop) for _ in range(3)]
    threads = [threading.Thread(target=pusher.run) for pusher in pushers]
    for thread in threads:
        thread.start()
    try:
        with closing(psycopg2.connect(base.place())) as connection:
            for number in range(3):
                (folder / "app" / "170_more.sql").write_text(f"CREATE VIEW app.more AS SELECT {number} AS n;")
                assert install(connection, folder=folder).is_changed
        deadline = time.monotonic() + PATIENCE_S
        while sum(len(one.sent) for one in pushers) <= ENOUGH and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [error for one in pushers for error in one.failed] == []
    sent = sorted(uid for one in pushers for uid in one.sent)
    assert sent == sorted(uid for (uid,) in base.rows("SELECT uid::text FROM resorption.site"))
    assert base.value("SELECT count(*) FROM sync.log WHERE op = 'I'") == len(sent) > ENOUGH


def new_site() -> Operation:
    told = dict.fromkeys(travel("site").columns) | {"status": "open", "living_conditions_version": 2}
    told |= {"department": "31", "geom": "01010000000ad7a3703d0af73fcdcccccccccc4540"}
    edits = {name: Edit(UNKNOWN, value) for name, value in told.items()}
    return Operation("site", str(uuid.uuid4()), Kind.INSERT, edits)


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
