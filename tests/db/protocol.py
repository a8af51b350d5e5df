"""Workspaces that speak to the shared database by its functions alone, in plain dictionaries, right or wrong."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extensions import make_dsn

from resorption_plugin.core.sync.travelling import travel

HERE = "0101000000" + "0ad7a3703d0af73f" + "cdcccccccccc4540"
"""A point, in the form in which it travels."""
ELSEWHERE = "0101000000" + "0ad7a3703d0af83f" + "cdcccccccccc4540"

NEEDED: dict[str, dict[str, Any]] = {
    "site": {"status": "open", "living_conditions_version": 2, "department": "31", "geom": HERE},
    "dwelling": {"geom": HERE},
    "water_point": {
        "type": "fontaine_publique",
        "lifecycle": "existing",
        "working_state": "working",
        "department": "31",
        "geom": HERE,
    },
    "journal_entry": {"entered_at": "2024-05-01T10:00:00.000Z", "description": "Visite", "visibility": "all"},
}

Op = dict[str, Any]


@dataclass
class Workspace:
    """One login and its device."""

    place: str
    login: str
    device: str = field(default_factory=lambda: str(uuid.uuid4()))
    counter: int = 0
    epoch: str = ""
    cursor: int = 0
    chain: str = ""
    scope: str = ""

    @cached_property
    def connection(self) -> Connection:
        """Return a connection that commits each statement."""
        made = psycopg2.connect(make_dsn(self.place, user=self.login))
        made.autocommit = True
        return made

    def ask(self, query: str, *values: Any) -> Any:
        """Return the one value that a statement gives."""
        with self.connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchone()[0] if cursor.description else None

    def hello(self, **other: Any) -> dict[str, Any]:
        """Say hello, and remember what a workspace does of the answer."""
        told = {
            "plugin_version": "1.0",
            "schema_version": 1,
            "device": self.device,
            "counter": self.counter,
            "epoch": self.epoch or None,
            "cursor": self.cursor,
            "chain": self.chain,
            "scope": self.scope,
        }
        answer: dict[str, Any] = self.ask("SELECT app.hello(%s)", json.dumps(told | other))
        is_other = self.device != answer["device"]
        self.device, self.counter = answer["device"], 1 if is_other else self.counter + 1
        self.epoch, self.scope = answer["epoch"], answer["scope"]
        return answer

    def send(self, payload: str, batch: str | None = None, **other: Any) -> dict[str, Any]:
        """Send a payload as it is; return the answer."""
        sha256 = hashlib.sha256(payload.encode()).hexdigest()
        told = {"device": self.device, "schema_version": 1, "epoch": self.epoch, "sha256": sha256} | other
        query = "SELECT app.push(%s::uuid, %s::uuid, %s::int, %s::uuid, %s, %s)"
        return self.ask(query, batch or str(uuid.uuid4()), *told.values(), payload)

    def push(self, *operations: Op, batch: str | None = None) -> list[dict[str, Any]]:
        """Send operations; return their results in the order of the operations."""
        numbered = [{"no": number, **made} for number, made in enumerate(operations, start=1)]
        answer = self.send(json.dumps(numbered), batch)
        by_number = {result["no"]: result for result in answer["results"]}
        assert len(by_number) == len(answer["results"]) == len(operations)
        return [by_number[made["no"]] for made in numbered]

    def outcomes(self, *operations: Op) -> list[str]:
        """Send operations; return what became of each."""
        return [result["outcome"] for result in self.push(*operations)]

    def pull(self, limit: int = 5_000) -> dict[str, Any]:
        """Return a page, and remember where it ended."""
        page: dict[str, Any] = self.ask("SELECT app.pull(%s, %s)", self.cursor, limit)
        self.cursor, self.chain = page["upto"], page["chain"]
        return page

    def catch_up(self) -> None:
        """Take all that was done for known, without receiving it."""
        page = self.ask("SELECT app.pull(app.revision(), 1)")
        self.cursor, self.chain = page["upto"], page["chain"]

    def row(self, layer: str, uid: str) -> dict[str, Any] | None:
        """Return a row whole, as it is told to this login."""
        found = self.ask("SELECT app.rows(%s)", json.dumps([[layer, uid]]))
        return found[0] if found else None

    def value(self, layer: str, uid: str, column: str) -> Any:
        """Return a value of a row that this login reads."""
        row = self.row(layer, uid)
        assert row is not None
        return row["set"][column]


def insert(layer: str, uid: str | None = None, **values: Any) -> Op:
    """Return the operation that makes a row, what it needs filled but for its parents."""
    known = travel(layer)
    told = dict.fromkeys((*known.columns, *known.carried)) | NEEDED.get(layer, {})
    edits = {name: [value] for name, value in (told | values).items()}
    return {"layer": layer, "uid": uid or str(uuid.uuid4()), "kind": "I", "set": edits}


def update(layer: str, uid: str, ver: int | None = None, **edits: list[Any]) -> Op:
    """Return the operation that edits a row: of each column, the value before and after."""
    return {"layer": layer, "uid": uid, "kind": "U", "set": edits, **({} if ver is None else {"ver": ver})}


def delete(layer: str, uid: str, ver: int | None = 1) -> Op:
    return {"layer": layer, "uid": uid, "kind": "D", "ver": ver}


def resolve(conflict: dict[str, Any], choice: str, **edits: list[Any]) -> Op:
    """Return the operation that decides on a conflict as it was told."""
    return {
        "layer": conflict["layer"],
        "uid": conflict["row"],
        "kind": "R",
        "conflict": conflict["uid"],
        "choice": choice,
        "ver": conflict["version"],
        "set": edits,
    }


@dataclass
class People:
    """A shared database of two departments, and who works in it, each having said hello once."""

    place: str
    anne: Workspace
    """Officer of the department 31, as Chloé."""
    chloe: Workspace
    bruno: Workspace
    """Officer of the department 32."""
    ada: Workspace
    """Administrates."""
    alix: Workspace
    """Reads all, writes nothing."""

    def each(self) -> tuple[Workspace, ...]:
        return self.anne, self.chloe, self.bruno, self.ada, self.alix


_PEOPLE = {
    "anne": ("officer", ["31"]),
    "chloe": ("officer", ["31"]),
    "bruno": ("officer", ["32"]),
    "ada": ("admin", []),
    "alix": ("auditor", []),
}


def people(place: str) -> Iterator[People]:
    """Give access to a shared database to some logins of the cluster, and close their connections afterwards."""
    administrator = Workspace(place, "postgres")
    for name, (role, areas) in _PEOPLE.items():
        login = f"protocol_{name}"
        administrator.ask(f"DO $$ BEGIN CREATE ROLE {login} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
        administrator.ask("SELECT app.grant_access(%s, %s, %s)", login, role, areas)
    known = People(place, *(Workspace(place, f"protocol_{name}") for name in _PEOPLE))
    for workspace in known.each():
        workspace.hello()
    yield known
    for workspace in (administrator, *known.each()):
        workspace.connection.close()


def new(owner: Workspace, layer: str = "site", **values: Any) -> str:
    """Make a row on the server; return its uid."""
    made = insert(layer, **values)
    (result,) = owner.push(made)
    assert result == {"no": 1, "outcome": "applied", "ver": 1}, result
    return str(made["uid"])
