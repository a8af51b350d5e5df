"""What the interface of sharing shows: how a workspace stands, what would travel, what waits for a person.

Everything here reads files or asks the server: it runs in a task.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..core.errors import TerritoryError
from ..core.ports import Feedback, stop_if_cancelled
from ..core.sync import foreseeing, overview
from ..core.sync.attachments import TO_SEND
from ..core.sync.news import Action, PulledRow, Welcome
from ..core.sync.operations import Choice, Key, Kind, Operation, Unknown
from ..core.sync.overview import Line, Nature, PlacedMove, Way
from ..core.sync.ports import Emptied, Waiting
from ..core.sync.welcoming import refuse_unless_welcome
from ..core.sync.wire import Image
from ..geopackage.store import GeoPackageStore
from ..geopackage.sync.conflicts import Dispute
from ..geopackage.sync.workspace import SyncedWorkspace, is_attached
from ..geopackage.workspace_photos import WorkspacePhotos
from .aside import Aside, set_aside
from .attachment import connection_of, remembered_connection
from .places import place_names
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
    places: Mapping[str, str] = field(default_factory=dict)
    """What the areas of ``who`` are called, by code; without those of which the name is not known here."""
    is_copied: bool = True
    """Whether the first exchange went so far that the records of the others are here."""

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
    names: Mapping[Key, str] = field(default_factory=dict)
    """What people call the records shown, by layer and uid."""
    emptied: tuple[Emptied, ...] = ()
    """The layers of which most records would be deleted without anybody having been seen deleting them."""
    disputes: Mapping[str, Dispute] = field(default_factory=dict)
    """The contradictions on which a decision may go, by uid."""

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
        who = local.welcome()
        places = _places(who.get("areas", ()))
        is_copied = bool(local.state().epoch)
        return Sharing(True, connection, who, local.waiting(), cases, aside, photos, places, is_copied)


def _places(areas: Collection[str]) -> Mapping[str, str]:
    try:
        return {code: name for code, name in place_names(areas).items() if name}
    except TerritoryError:  # the codes say enough
        return {}


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
        coming = foreseeing.last_words(rows)
        disputes = {dispute.conflict.uid: dispute for dispute in local.conflicts()}
        travelling = _Travelling(welcome, operations, coming, _known(local, coming), disputes)
        lines, names = _told(Subjects(local, language), travelling)
        return Account(welcome, lines, has_more, names, tuple(local.emptied()), disputes)


@dataclass(frozen=True, slots=True)
class _Travelling:
    """What travels, either way."""

    welcome: Welcome
    operations: Sequence[Operation]
    coming: Mapping[Key, PulledRow]
    known: Collection[Key]
    """The records that come and are here already."""
    disputes: Mapping[str, Dispute]
    """The contradictions on which a decision may go, by uid."""


def _told(subjects: Subjects, travelling: _Travelling) -> tuple[tuple[Line, ...], dict[Key, str]]:
    """Return the lines of an account, and the names of the records that they show."""
    coming, operations = travelling.coming, travelling.operations
    told: dict[Way, Mapping[Key, Image]] = {
        Way.GOES: _written(operations),
        Way.COMES: {key: row.values for key, row in coming.items()},
    }
    going, comes = overview.going(operations), overview.coming(coming.values(), travelling.known)
    # of one record, decisions and an edit may go: each is told by itself, and what comes meets the edit first
    here = {made.key: made for made in sorted(operations, key=lambda made: made.kind is not Kind.RESOLVE)}
    met = [*operations, *(here.get((move.layer, move.uid)) for move in comes)]
    all_placed = subjects.placed([*going, *comes], told)
    placed = [_foreseen(one, made, travelling, subjects) for one, made in zip(all_placed, met, strict=True)]
    lines = tuple(overview.lines(placed))
    shown = [parcel.first.move for line in lines for parcel in line.shown]
    names = {
        (move.layer, move.uid): subjects.named(move, told[move.way].get((move.layer, move.uid), {})) for move in shown
    }
    return lines, names


def _written(operations: Iterable[Operation]) -> dict[Key, Image]:
    """Return what some operations write in each record."""
    found: dict[Key, Image] = {}
    for made in operations:
        found.setdefault(made.key, {}).update({name: edit.after for name, edit in made.edits.items()})
    return found


def _foreseen(placed: PlacedMove, made: Operation | None, travelling: _Travelling, subjects: Subjects) -> PlacedMove:
    """Return a record that travels with what changes in it, who wrote it, and what will not simply be done."""
    move = placed.move
    theirs = travelling.coming.get((move.layer, move.uid))
    contradiction = foreseeing.contradiction(made, theirs) if made and theirs else None
    if move.way is Way.COMES and theirs is not None:
        columns = foreseeing.brought(theirs) if move.nature is Nature.CHANGED else ()
        return replace(placed, columns=columns, by=theirs.by, at=theirs.at, contradiction=contradiction)
    if made is None:
        return placed
    refusal = foreseeing.refusal(made.layer, travelling.welcome, _writing_places(made, travelling, subjects))
    columns = foreseeing.changed(made) if move.nature is Nature.CHANGED else ()
    decided = made.conflict or ""
    return replace(placed, columns=columns, contradiction=contradiction, refusal=refusal, conflict=decided)


def _writing_places(made: Operation, travelling: _Travelling, subjects: Subjects) -> list[Mapping[str, Any]]:
    """Return what tells where one has to be allowed to write: nowhere, to give way in one's own contradiction."""
    dispute = travelling.disputes.get(made.conflict or "")
    if made.choice is Choice.THEIRS and dispute and dispute.conflict.raised_by == travelling.welcome.login:
        return []
    now = subjects.lying(made.layer, made.uid)
    before = {name: edit.before for name, edit in made.edits.items() if not isinstance(edit.before, Unknown)}
    return [now, {**now, **before}]


def _known(local: GeoPackageStore, keys: Iterable[Key]) -> set[Key]:
    by_layer: dict[str, list[str]] = {}
    for layer, uid in keys:
        by_layer.setdefault(layer, []).append(uid)
    return {(layer, record.uid) for layer, uids in by_layer.items() for record in local.read_uids(layer, uids)}
