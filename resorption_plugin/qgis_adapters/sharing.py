"""What the interface of sharing shows: how a workspace stands, what would travel, what waits for a person.

Everything here reads files or asks the server: it runs in a task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.ports import Feedback, stop_if_cancelled
from ..core.records import Record
from ..core.sync import overview
from ..core.sync.operations import Action, PulledRow, Welcome
from ..core.sync.overview import Line, Move, PlacedMove, Way
from ..core.sync.ports import Waiting
from ..core.sync.travelling import travel, travels
from ..core.sync.wire import Image, read_geometry
from ..core.sync.wire import record as wire_record
from ..core.wording import record_name
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.conflicts import Dispute
from ..geopackage.sync.quarantine import Quarantined
from ..geopackage.sync.workspace import SyncedWorkspace, is_attached
from .attachment import NotAttachedError, remembered_connection

_PARENTS = ("site_uid", "action_uid", "water_point_uid")
_ROWS_SHOWN = 20_000
"""More records that come than anybody reads before agreeing: the account then stops, and says so."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The record that something is about, as people call it."""

    name: str
    commune: str
    site: str
    """The name of the site it belongs to, or is; empty for others."""


@dataclass(frozen=True, slots=True)
class Case:
    """A contradiction to settle."""

    dispute: Dispute
    subject: Subject


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that cannot be sent as it is."""

    row: Quarantined
    subject: Subject


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a workspace stands."""

    is_attached: bool
    connection: str = ""
    """How the connection is called; empty when the workspace remembers none."""
    who: Mapping[str, Any] | None = None
    """Who this workspace is for the server, as it said last: login, role, departments, areas, rights."""
    waiting: Waiting = field(default_factory=lambda: Waiting(0, 0, 0))
    cases: tuple[Case, ...] = ()
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What a synchronisation would do."""

    welcome: Welcome
    lines: tuple[Line, ...]
    is_cut: bool
    """Whether more would come than was counted."""

    @property
    def is_new_beginning(self) -> bool:
        """Say whether everything would be read anew, so that what comes cannot be told before."""
        return self.welcome.action is Action.REBASE


def read_sharing(path: Path, language: str) -> Sharing:
    """Return how a workspace stands; asks no server. Raises ``WorkspaceError``."""
    if not is_attached(path):
        return Sharing(is_attached=False)
    connection = remembered_connection(path)
    with SyncedWorkspace.attach(path) as local:
        subjects = _Subjects(local, language)
        cases = tuple(Case(dispute, subjects.of_conflict(dispute)) for dispute in local.conflicts())
        aside = tuple(Aside(row, subjects.of(row.layer, row.uid, row.image)) for row in local.quarantined())
        return Sharing(True, connection, local.welcome(), local.waiting(), cases, aside)


def preview(path: Path, reference: str, language: str, feedback: Feedback) -> Account:
    """Return what a synchronisation would send and bring; changes no record on either side.

    Raises ``NotAttachedError``, ``ParameterError``, ``SyncError``, ``WorkspaceError`` and ``Cancelled``.
    """
    if not is_attached(path):
        raise NotAttachedError(path)
    chosen = reference.strip() or remembered_connection(path)
    if not chosen:
        raise ResorptionError(mark("This workspace remembers no connection: choose one first."))
    from ..postgis.remote import PostgresRemote  # what only reads the file does without the driver
    from .server_connection import target_of

    with PostgresRemote(target_of(chosen), feedback) as remote, SyncedWorkspace.attach(path) as local:
        state = local.state()
        welcome = remote.hello(state)
        local.greet(welcome)  # the server has counted this greeting too
        operations = local.to_send()
        rows: list[PulledRow] = []
        cursor, has_more = state.cursor, welcome.action is Action.OK
        while has_more and len(rows) < _ROWS_SHOWN:
            stop_if_cancelled(feedback)
            page = remote.pull(cursor)
            rows += page.rows
            cursor, has_more = page.upto, page.more
        subjects = _Subjects(local, language)
        known = {(there.key, record.uid) for there in travels() for record in _known(local, there.key, rows)}
        pulled = {(row.layer, row.uid): row.values for row in rows}
        sent = {(made.layer, made.uid): {name: edit.after for name, edit in made.edits.items()} for made in operations}
        moves = [*overview.going(operations), *overview.coming(rows, known)]
        placed = list(subjects.placed(moves, {Way.GOES: sent, Way.COMES: pulled}))
        return Account(welcome, tuple(overview.lines(placed)), has_more)


def _known(local: GeoPackageStore, layer: str, rows: Iterable[PulledRow]) -> list[Record]:
    return local.read_uids(layer, [row.uid for row in rows if row.layer == layer])


class _Subjects:
    """Names records, by what the workspace holds of them and of their parents."""

    def __init__(self, store: GeoPackageStore, language: str) -> None:
        self._store = store
        self._language = language
        self._read: dict[tuple[str, str], Record | None] = {}

    def of(self, layer: str, uid: str, values: Mapping[str, Any]) -> Subject:
        """Return the subject of a row; ``values`` are what is known of it where the workspace lacks it."""
        record = self._record(layer, uid)
        held = {**values, **(record.values if record else {})}
        parent = self._parent(layer, held)
        site = parent if parent and parent.layer == "site" else record if layer == "site" else None
        placed = held if held.get("commune") else parent.values if parent else {}
        name = record_name(layer, held, self._language) or catalogue.layer(layer).label.text(self._language)
        called = record_name("site", site.values, self._language) if site else name if layer == "site" else ""
        return Subject(name, str(placed.get("commune") or ""), called)

    def of_conflict(self, dispute: Dispute) -> Subject:
        """Return the subject of a conflict."""
        conflict = dispute.conflict
        told: Image = {**conflict.base, **conflict.theirs, **conflict.mine}
        values = wire_record(travel(conflict.layer), conflict.row, told).values
        return self.of(conflict.layer, conflict.row, values)

    def placed(
        self, moves: Sequence[Move], told: Mapping[Way, Mapping[tuple[str, str], Mapping[str, Any]]]
    ) -> Iterator[PlacedMove]:
        """Yield moves with their commune and place; ``told`` is what travels, by way, layer and uid."""
        self._read_ahead(moves)
        for move in moves:
            values = told[move.way].get((move.layer, move.uid), {})
            record = self._record(move.layer, move.uid)
            shape = read_geometry(values.get("geom")) or (record.geometry if record else None)
            if shape is None:
                parent = self._parent(move.layer, {**values, **(record.values if record else {})})
                shape = parent.geometry if parent else None
            yield PlacedMove(move, self._commune(move, values), shape)

    def _commune(self, move: Move, values: Mapping[str, Any]) -> str:
        if values.get("commune"):
            return str(values["commune"])
        return self.of(move.layer, move.uid, {key: value for key, value in values.items() if key != "geom"}).commune

    def _parent(self, layer: str, values: Mapping[str, Any]) -> Record | None:
        parents = {relation.column: relation.parent for relation in catalogue.layer(layer).relations}
        for column in _PARENTS:
            if column in parents and values.get(column):
                return self._record(parents[column], str(values[column]))
        return None

    def _read_ahead(self, moves: Sequence[Move]) -> None:
        by_layer: dict[str, list[str]] = {}
        for move in moves:
            by_layer.setdefault(move.layer, []).append(move.uid)
        for layer, uids in by_layer.items():
            found = {record.uid: record for record in self._store.read_uids(layer, uids)}
            self._read |= {(layer, uid): found.get(uid) for uid in uids}

    def _record(self, layer: str, uid: str) -> Record | None:
        if (layer, uid) not in self._read:
            found = self._store.read_uids(layer, [uid])
            self._read[layer, uid] = found[0] if found else None
        return self._read[layer, uid]
