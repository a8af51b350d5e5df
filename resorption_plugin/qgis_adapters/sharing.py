"""What the interface of sharing shows: how a workspace stands, what would travel, what waits for a person.

Everything here reads files or asks the server: it runs in a task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.ports import Feedback, stop_if_cancelled
from ..core.records import Record
from ..core.sync import overview
from ..core.sync.attachments import TO_SEND
from ..core.sync.news import Action, PulledRow, Welcome
from ..core.sync.overview import Line, Way
from ..core.sync.ports import Emptied, Waiting
from ..core.sync.travelling import travels
from ..core.sync.welcoming import refuse_unless_welcome
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.conflicts import Dispute
from ..geopackage.sync.workspace import SyncedWorkspace, is_attached
from ..geopackage.workspace_photos import WorkspacePhotos
from .aside import Aside, set_aside
from .attachment import connection_of, remembered_connection
from .subjects import Subject, Subjects

_ROWS_SHOWN = 20_000
"""More records that come than anybody reads before agreeing: the account then stops, and says so."""


@dataclass(frozen=True, slots=True)
class Case:
    """A contradiction to settle."""

    dispute: Dispute
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
    photos_to_send: int = 0
    """Photos of which the server does not hold the whole file."""

    @property
    def count(self) -> int:
        """Return how much waits here: to be sent, decided or mended."""
        return self.waiting.to_send + self.waiting.conflicts + len(self.aside)


@dataclass(frozen=True, slots=True)
class Account:
    """What a synchronisation would do."""

    welcome: Welcome
    lines: tuple[Line, ...]
    is_cut: bool
    """Whether more would come than was counted."""
    emptied: tuple[Emptied, ...] = ()
    """The layers of which most records would be deleted without anybody having been seen deleting them."""

    @property
    def is_new_beginning(self) -> bool:
        """Say whether everything would be read anew, so that what comes cannot be told before."""
        return self.welcome.action is Action.REBASE


def read_sharing(path: Path, language: str) -> Sharing:
    """Return how a workspace stands; asks no server. Raises ``WorkspaceError``."""
    if not is_attached(path):
        return Sharing(is_attached=False)
    connection = remembered_connection(path)
    photos = sum(state in TO_SEND for state in WorkspacePhotos(path).seen().values())
    with SyncedWorkspace.attach(path) as local:
        subjects = Subjects(local, language)
        cases = tuple(Case(dispute, subjects.of_conflict(dispute)) for dispute in local.conflicts())
        aside = tuple(set_aside(local, subjects))
        return Sharing(True, connection, local.welcome(), local.waiting(), cases, aside, photos)


def preview(path: Path, reference: str, language: str, feedback: Feedback) -> Account:
    """Return what a synchronisation would send and bring; changes no record on either side.

    Raises ``NotAttachedError``, ``ParameterError``, ``SyncError``, ``WorkspaceError`` and ``Cancelled``.
    """
    chosen = connection_of(path, reference)
    from ..postgis.remote import PostgresRemote  # what only reads the file does without the driver
    from .server_connection import target_of

    with PostgresRemote(target_of(chosen), feedback) as remote, SyncedWorkspace.attach(path) as local:
        state = local.state()
        welcome = remote.hello(state)
        refuse_unless_welcome(welcome)
        local.greet(welcome)  # the server has counted this greeting too
        operations = local.to_send()
        rows: list[PulledRow] = []
        cursor, has_more = state.cursor, welcome.action is Action.OK
        while has_more and len(rows) < _ROWS_SHOWN:
            stop_if_cancelled(feedback)
            page = remote.pull(cursor)
            rows += page.rows
            cursor, has_more = page.upto, page.more
        subjects = Subjects(local, language)
        known = {(there.key, record.uid) for there in travels() for record in _known(local, there.key, rows)}
        pulled = {(row.layer, row.uid): row.values for row in rows}
        sent = {(made.layer, made.uid): {name: edit.after for name, edit in made.edits.items()} for made in operations}
        moves = [*overview.going(operations), *overview.coming(rows, known)]
        placed = list(subjects.placed(moves, {Way.GOES: sent, Way.COMES: pulled}))
        return Account(welcome, tuple(overview.lines(placed)), has_more, tuple(local.emptied()))


def _known(local: GeoPackageStore, layer: str, rows: Iterable[PulledRow]) -> list[Record]:
    return local.read_uids(layer, [row.uid for row in rows if row.layer == layer])
