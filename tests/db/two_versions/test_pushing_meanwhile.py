"""People go on sending while the shared database is upgraded."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg2

from resorption_plugin import paths
from resorption_plugin.core.sync.operations import UNKNOWN, Batch, Edit, Kind, Operation, Outcome
from resorption_plugin.core.sync.ports import BusyError, LocalState
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.postgis.installing import install
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ANNE, SharedBase
from tests.next_version import NEXT

ENOUGH = 10
"""How many pushes make a test of pushing."""
PATIENCE_S = 60.0


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
