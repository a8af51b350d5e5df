"""Fifty officers who synchronise at once: how many edits a second the shared database takes, and how long each waits.

50 logins with passwords by TCP, one server on the same machine, which also runs the 50 clients. Each changes rows
of their own, and a row that all of them change. There is no peer: the offline editing of QGIS writes tables directly.
"""

from __future__ import annotations

import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from resorption_plugin.core.model import catalogue  # noqa: E402
from resorption_plugin.core.sync.operations import UNKNOWN, Batch, Edit, Kind, Operation, Outcome  # noqa: E402
from resorption_plugin.core.sync.patience import Patience  # noqa: E402
from resorption_plugin.core.sync.ports import LocalState, SyncError  # noqa: E402
from resorption_plugin.core.sync.travelling import travel  # noqa: E402
from resorption_plugin.postgis.remote import PostgresRemote  # noqa: E402
from tests.sync.ground import Ground, ground, quick_folder  # noqa: E402
from tests.sync.people import new_uid  # noqa: E402

CLIENTS = 50
PUSHES = 6
ROWS = 20
"""Rows changed by each push: a morning's work."""


def run() -> list[dict[str, Any]]:
    """Return the row of the benchmark."""
    with quick_folder() as folder, ground(folder) as made:
        logins = [made.cluster.login(f"load{number}", "resorption_officer") for number in range(CLIENTS)]
        for login in logins:
            made.grant(login, ["31"])
        officers = [Officer(made, login) for login in logins]
        shared = officers[0].begin()
        for officer in officers[1:]:
            officer.begin()
        return [measured(made, officers, shared)]


def measured(made: Ground, officers: list[Officer], shared: str) -> dict[str, Any]:
    """Return what it took when everybody pushed at once."""
    barrier = Barrier(CLIENTS + 1)
    with ThreadPoolExecutor(CLIENTS) as pool:
        working = [pool.submit(officer.work, barrier, shared) for officer in officers]
        barrier.wait()
        began = time.perf_counter()
        waits = sorted(wait for future in working for wait in future.result())
        seconds = time.perf_counter() - began
    errors = sum(officer.errors for officer in officers)
    ((logged,),) = made.owner.ask("SELECT count(*) FROM sync.log WHERE op = 'U'")
    contested = sum(officer.contested for officer in officers)
    expected = CLIENTS * PUSHES * (ROWS + 1) - contested
    assert logged == expected, f"{logged} changes are in the log, {expected} were accepted"
    ((broken,),) = made.owner.ask("SELECT app.verify_chain()")
    assert broken is None, f"the chain is broken at {broken}"
    changes = CLIENTS * PUSHES * (ROWS + 1)
    p95 = waits[int(len(waits) * 0.95)]
    note = (
        f"{changes / seconds:.0f} changes/s, {CLIENTS * PUSHES / seconds:.0f} pushes/s; push: median "
        f"{waits[len(waits) // 2]:.2f} s, p95 {p95:.2f} s, longest {waits[-1]:.2f} s; {errors} errors, {contested} "
        f"contradictions kept, 0 lost"
    )
    size = f"{CLIENTS} at once, {changes} changes"
    return {
        "name": "sync: everybody pushes at once",
        "size": size,
        "ours_s": seconds,
        "peer": "",
        "peer_s": None,
        "ratio": None,
        "note": note,
    }


class Officer:
    """One login, its connection and its rows."""

    def __init__(self, made: Ground, login: str) -> None:
        self.remote = PostgresRemote(made.target(login, by_proxy=False))
        self.login = login
        self.state = LocalState(str(uuid.uuid4()), 0, "", 0, "", "", catalogue.SCHEMA_VERSION)
        self.rows: list[str] = []
        self.errors = self.contested = 0

    def begin(self) -> str:
        """Greet, and make the rows; return one of them."""
        welcome = self.remote.hello(self.state)
        self.state = replace(self.state, epoch=welcome.epoch, device=welcome.device, counter=1)
        chance = random.Random(self.login)
        self.rows = [new_uid(chance) for _ in range(ROWS)]
        self._push([Operation("site", uid, Kind.INSERT, _whole(self.login)) for uid in self.rows])
        return self.rows[0]

    def work(self, barrier: Barrier, shared: str) -> list[float]:
        """Push some times; return how long each took."""
        barrier.wait()
        waits = []
        for number in range(PUSHES):
            before = None if number == 0 else f"{self.login} {number - 1}"
            edits = {"comments": Edit(before, f"{self.login} {number}")}
            made = [Operation("site", uid, Kind.UPDATE, edits, number + 1) for uid in self.rows]
            everybodys = {"address": Edit(None, f"{self.login} {number}")}
            made.append(Operation("site", shared, Kind.UPDATE, everybodys, 1))
            began = time.perf_counter()
            try:
                self._push(made)
            except SyncError as error:
                self.errors += 1
                print(error)
            waits.append(time.perf_counter() - began)
        self.remote.server.close()
        return waits

    def _push(self, made: list[Operation]) -> None:
        batch = Batch.of(str(uuid.uuid4()), made)
        _, results = Patience().with_losses(lambda: self.remote.push(batch, self.state))
        self.contested += sum(result.outcome is Outcome.CONFLICT for result in results)


def _whole(login: str) -> dict[str, Edit]:
    there = travel("site")
    values: dict[str, Any] = dict.fromkeys(there.columns)
    place = "0101000000" + "00" * 16
    values |= {"status": "open", "living_conditions_version": 2, "name": login, "department": "31", "geom": place}
    return {name: Edit(UNKNOWN, value) for name, value in values.items()}
