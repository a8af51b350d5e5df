"""Fifty officers who synchronise at once: how many edits a second the shared database takes, and how long each waits.

50 logins with passwords by TCP, one server on the same machine, which also runs the 50 clients. Each changes rows
of their own, and a row that all of them change. There is no peer: the offline editing of QGIS writes tables directly.
Then the same while others read a view again and again: on that server, then on a standby whose word it waits for.

``BENCH_SECONDS=300`` asks for another time than half a minute for the first.
"""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._sync_shared import SCHEMA  # noqa: E402
from bench._sync_world import fill  # noqa: E402
from resorption_plugin.core.model import catalogue  # noqa: E402
from resorption_plugin.core.sync.operations import UNKNOWN, Batch, Edit, Kind, Operation, Outcome  # noqa: E402
from resorption_plugin.core.sync.patience import Patience  # noqa: E402
from resorption_plugin.core.sync.ports import LocalState, SyncError  # noqa: E402
from resorption_plugin.core.sync.travelling import travel  # noqa: E402
from resorption_plugin.postgis.remote import PostgresRemote  # noqa: E402
from tests.sync.ground import Ground, ground, quick_folder  # noqa: E402
from tests.sync.people import new_uid  # noqa: E402
from tools.standby import standby_of  # noqa: E402
from tools.throw_away_cluster import Cluster  # noqa: E402

Row = dict[str, Any]
_LOGGED = "SELECT count(*) FROM sync.log WHERE op = 'U'"

CLIENTS = 50
ROWS = 20
"""Rows changed by each push: a morning's work."""
READERS = 2
READ_ROWS = 10_000
USUAL_S = 30.0
READ = "SELECT count(*), count(name), max(updated_at), sum(ST_X(geom)) FROM app.v_site"


def run() -> list[dict[str, Any]]:
    """Return the rows of the benchmark."""
    with quick_folder() as folder, ground(folder) as made, ExitStack() as stack:
        logins = [made.cluster.login(f"load{number}", "resorption_officer") for number in range(CLIENTS)]
        for login in logins:
            made.grant(login, ["31"])
        with closing(psycopg2.connect(made.cluster.place(made.database))) as connection, connection:
            fill(connection.cursor(), SCHEMA, READ_ROWS)
        officers = [Officer(made, login) for login in logins]
        shared, *_ = [officer.begin() for officer in officers]
        for officer in officers:
            stack.enter_context(officer.remote)
        row = partial(measured, made, officers, shared)
        rows = [row("nobody reads", seconds=float(os.environ.get("BENCH_SECONDS", USUAL_S)))]
        rows += [row(f"{READERS} read there", made.cluster)]
        with standby_of(made.cluster) as standby:
            rows += [row("a standby confirms"), row(f"a standby confirms, {READERS} read on it", standby)]
        return rows


def measured(  # noqa: PLR0917 - the first three are always the same
    made: Ground, officers: list[Officer], shared: str, how: str, read: Cluster | None = None, seconds: float = USUAL_S
) -> Row:
    """Return what it took when everybody pushed at once, while some read on a server."""
    contested = sum(one.contested for one in officers)
    ((logged,),) = made.owner.ask(_LOGGED)
    barrier, ended = Barrier(CLIENTS + 1), Event()
    with ThreadPoolExecutor(CLIENTS + READERS) as pool:
        reading = [pool.submit(reads, read, made.database, ended) for _ in range(READERS if read else 0)]
        working = [pool.submit(officer.work, barrier, shared, seconds) for officer in officers]
        barrier.wait()
        began = time.perf_counter()
        try:
            waits = sorted(wait for future in working for wait in future.result())
        finally:
            ended.set()
        took = time.perf_counter() - began
        looks = sorted(wait for future in reading for wait in future.result())
    contested = sum(one.contested for one in officers) - contested
    changes = len(waits) * (ROWS + 1)
    ((now,),) = made.owner.ask(_LOGGED)
    assert now - logged == changes - contested, f"{now - logged} changes are in the log, {changes - contested} accepted"
    ((broken,),) = made.owner.ask("SELECT app.verify_chain()")
    assert broken is None, f"the chain is broken at {broken}"
    note = (
        f"{changes / took:.0f} changes/s, {len(waits) / took:.1f} pushes/s; push: {_told(waits)}; "
        f"{sum(one.errors for one in officers)} errors, {contested} contradictions kept, 0 lost"
    )
    note += f"; {len(looks) / took:.1f} readings/s: {_told(looks)}" if looks else ""
    size = f"{CLIENTS} at once, {changes} changes"
    named = {"name": f"everybody pushes at once, {how}", "size": size, "ours_s": took}
    return {**named, "peer": "", "peer_s": None, "ratio": None, "note": note}


def reads(server: Cluster, database: str, ended: Event) -> list[float]:
    """Read a view of the sites until the others have ended; return how long each reading took."""
    waits = []
    with closing(psycopg2.connect(**server.address(database, "load0"))) as connection:
        connection.autocommit = True
        while not ended.is_set():
            began = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(READ)
                assert cursor.fetchone()[0] >= READ_ROWS
            waits.append(time.perf_counter() - began)
    return waits


def _told(waits: Sequence[float]) -> str:
    return (
        f"median {waits[len(waits) // 2]:.2f} s, p95 {waits[int(len(waits) * 0.95)]:.2f} s, longest {waits[-1]:.2f} s"
    )


class Officer:
    """One login, its connection and its rows."""

    def __init__(self, made: Ground, login: str) -> None:
        self.remote = PostgresRemote(made.target(login, by_proxy=False))
        self.login = login
        self.state = LocalState(str(uuid.uuid4()), 0, "", 0, "", "", catalogue.SCHEMA_VERSION)
        self.rows: list[str] = []
        self.errors = self.contested = self.pushes = 0

    def begin(self) -> str:
        """Greet, and make the rows; return one of them."""
        welcome = self.remote.hello(self.state)
        self.state = replace(self.state, epoch=welcome.epoch, device=welcome.device, counter=1)
        chance = random.Random(self.login)
        self.rows = [new_uid(chance) for _ in range(ROWS)]
        self._push([Operation("site", uid, Kind.INSERT, _whole(self.login)) for uid in self.rows])
        return self.rows[0]

    def work(self, barrier: Barrier, shared: str, seconds: float) -> list[float]:
        """Push for some seconds; return how long each push took."""
        barrier.wait()
        waits, until = [], time.perf_counter() + seconds
        while time.perf_counter() < until:
            before = f"{self.login} {self.pushes - 1}" if self.pushes else None
            edits = {"comments": Edit(before, f"{self.login} {self.pushes}")}
            made = [Operation("site", uid, Kind.UPDATE, edits, self.pushes + 1) for uid in self.rows]
            everybodys = {"address": Edit(None, f"{self.login} {self.pushes}")}
            made.append(Operation("site", shared, Kind.UPDATE, everybodys, 1))
            began = time.perf_counter()
            try:
                self._push(made)
                self.pushes += 1
            except SyncError as error:
                self.errors += 1
                print(error)
            waits.append(time.perf_counter() - began)
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
