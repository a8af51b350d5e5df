"""What the tests of the server's answers ask of it: greetings, new sites, batches, snapshots."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from resorption_plugin.core.sync.operations import UNKNOWN, Batch, Edit, Kind, Operation, Outcome
from resorption_plugin.core.sync.ports import LocalState
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.postgis.remote import PostgresRemote

AWKWARD = "tab\there, back\\slash \\N, line\nbreak, é — “quotes” '"


def new_state() -> LocalState:
    return LocalState(str(uuid.uuid4()), 0, "", 0, "", "", 1)


def greeted(remote: PostgresRemote) -> LocalState:
    """Say hello, and return what a workspace would remember of it."""
    state = new_state()
    welcome = remote.hello(state)
    return replace(state, epoch=welcome.epoch, scope=welcome.scope, counter=1)


def new_site(department: str = "31", **values: Any) -> Operation:
    told = dict.fromkeys(travel("site").columns)
    told |= {"status": "open", "living_conditions_version": 2, "department": department, **values}
    told["geom"] = "01010000000ad7a3703d0af73fcdcccccccccc4540"
    return Operation(
        "site", str(uuid.uuid4()), Kind.INSERT, {name: Edit(UNKNOWN, value) for name, value in told.items()}
    )


def batch(*operations: Operation) -> Batch:
    return Batch.of(str(uuid.uuid4()), operations)


def sent(remote: PostgresRemote, *operations: Operation) -> int:
    revision, results = remote.push(batch(*operations), greeted(remote))
    assert [result.outcome for result in results] == [Outcome.APPLIED] * len(operations)
    return revision


def lines_of(remote: PostgresRemote) -> tuple[int, str, dict[str, list[list[str]]]]:
    """Read a whole snapshot: its revision, its chain, the cells of each row by layer."""
    with remote.snapshot() as snapshot:
        read = {table.layer: [line.decode().split("\t") for line in table.lines] for table in snapshot.tables}
    return snapshot.revision, snapshot.chain, read
