"""The shared database as plain Python: what it must answer, without a line of SQL and without the code of the plugin's
own merging. It is what the real one and the workspaces are compared with.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.sync.operations import (
    Action,
    Batch,
    Choice,
    Conflict,
    ConflictKind,
    Edit,
    Kind,
    Operation,
    Outcome,
    Page,
    PulledRow,
    Result,
    Theirs,
    Unknown,
    Welcome,
)
from resorption_plugin.core.sync.ports import Bucket, Digest, LocalState, RefusedError, Snapshot
from resorption_plugin.core.sync.travelling import AUDIT, travel, travels
from resorption_plugin.core.sync.wire import Image, Value, row_hash

Key = tuple[str, str]
ADMIN = "admin"
EVERYWHERE = frozenset({"*"})


@dataclass(frozen=True)
class Held:
    """A row on the server."""

    image: Image
    version: int
    departments: frozenset[str]


@dataclass(frozen=True)
class Line:
    """A line of the log: what one transaction did to one row. ``S`` only moves it to other departments."""

    revision: int
    key: Key
    deed: str
    version: int
    old: Image
    new: Image
    was: frozenset[str]
    now: frozenset[str]
    author: str
    device: str
    conflict: str = ""


@dataclass
class State:
    """Everything that a backup holds."""

    epoch: str = ""
    revision: int = 0
    first_version: int = 1
    """Of what is written from now on: a server that was restored never gives a number it gave before."""
    chain: tuple[str, ...] = ("",)
    rows: dict[Key, Held] = field(default_factory=dict)
    tombs: dict[Key, Held] = field(default_factory=dict)
    log: tuple[Line, ...] = ()
    conflicts: dict[str, tuple[int, frozenset[str], Conflict]] = field(default_factory=dict)
    batches: dict[str, tuple[str, int, list[Result]]] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    areas: dict[str, frozenset[str]] = field(default_factory=lambda: {ADMIN: EVERYWHERE})

    def copied(self) -> State:
        """Return a backup."""
        other = copy(self)
        for name in ("rows", "tombs", "conflicts", "batches", "devices", "areas", "scopes"):
            setattr(other, name, dict(getattr(self, name)))
        return other


class _Not(Exception):  # noqa: N818
    """An operation of which nothing is applied."""

    def __init__(self, outcome: Outcome, code: str = "", reason: str = "", *conflicts: Conflict) -> None:
        self.result = Result(0, outcome, conflicts, reason, code)


class MemoryServer:
    """The state, and what changes it: one transaction after the other."""

    page_revisions = 1_000

    def __init__(self) -> None:
        self._names = 0
        self.grants = 0
        self.state = State(epoch=self.name())

    def name(self) -> str:
        """Return a name that nothing has; the same ones in the same order each time."""
        self._names += 1
        return str(uuid.uuid5(uuid.NAMESPACE_OID, str(self._names)))

    def backup(self) -> State:
        return self.state.copied()

    def restore(self, backup: State) -> None:
        areas, scopes = self.state.areas, self.state.scopes
        self.state = replace(backup.copied(), epoch=self.name(), areas=areas, scopes=scopes)
        self.state.first_version = self._names * 1_000

    def grant(self, login: str, departments: Collection[str]) -> None:
        self.grants += 1
        self.state.areas[login] = frozenset(departments)
        # what was given back is not what was never taken: between the two, rows may have been passed over
        self.state.scopes[login] = f"{sorted(departments)} {self.grants}"

    def may(self, login: str, departments: frozenset[str]) -> bool:
        areas = self.state.areas.get(login, frozenset())
        return areas == EVERYWHERE or (bool(departments) and departments <= areas)

    def visible(self, login: str) -> dict[Key, Held]:
        return {key: held for key, held in self.state.rows.items() if self.may(login, held.departments)}

    def apply(self, login: str, device: str, batch: Batch) -> tuple[int, list[Result]]:
        """Do what the server does with a batch it does not know."""
        state = self.state.copied()
        try:
            turn = _Turn(self, login, device, batch.uid)
            results = [turn.result(number, made) for number, made in enumerate(batch.operations(), start=1)]
            turn.finish()
        except BaseException:
            self.state = state
            raise
        self.state.batches[batch.uid] = (batch.sha256, self.state.revision, results)
        return self.state.revision, results


def departments_of(rows: dict[Key, Held], key: Key, image: Image) -> frozenset[str]:
    """Return the departments that a row lies in: its own, else those of all its parents."""
    layer = travel(key[0]).layer
    if image.get("department"):
        return frozenset({str(image["department"])})
    parents = [(relation.parent, str(image.get(relation.column))) for relation in layer.relations]
    return frozenset().union(*(rows[parent].departments for parent in parents if parent in rows))


def children_of(rows: dict[Key, Held], key: Key, *, all_relations: bool = False) -> list[Key]:
    """Return the rows that go with a row, or all that refer to it."""
    return [
        (other.key, uid)
        for other in travels()
        for relation in other.layer.relations
        if relation.parent == key[0] and (all_relations or relation.strength is Strength.COMPOSITION)
        for (layer, uid), held in rows.items()
        if layer == other.key and held.image.get(relation.column) == key[1]
    ]


class _Turn:
    """One transaction."""

    def __init__(self, server: MemoryServer, login: str, device: str, batch: str) -> None:
        self.server, self.login, self.device, self.batch = server, login, device, batch
        self.state = server.state
        self.revision = self.state.revision + 1
        self.lines: list[Line] = []
        self.has_conflicts = False
        self.conflict = ""
        self.number = 0

    def finish(self) -> None:
        if self.lines or self.has_conflicts:
            self.state.revision = self.revision
            self.state.log += tuple(self.lines)
            told = self.state.chain[-1] + repr(self.lines)
            self.state.chain += (hashlib.sha256(told.encode()).hexdigest(),)

    def result(self, number: int, made: Operation) -> Result:
        self.number = number
        self.conflict = made.conflict or ""
        rows, tombs, lines = dict(self.state.rows), dict(self.state.tombs), list(self.lines)
        conflicts = dict(self.state.conflicts)
        try:
            found = self._do(made)
        except _Not as no:
            self.state.rows, self.state.tombs, self.lines = rows, tombs, lines
            found = no.result
            if found.outcome.is_refusal:
                self.state.conflicts = conflicts
        held = self.state.rows.get((made.layer, made.uid))
        exact = held is not None and made.kind in (Kind.INSERT, Kind.UPDATE) and found.outcome is not Outcome.CONFLICT
        before = rows.get((made.layer, made.uid))
        exact = exact and ((before.version == made.version) if before else made.kind is Kind.INSERT)
        return replace(found, number=number, version=held.version if exact and held else None)

    def _do(self, made: Operation) -> Result:
        try:
            travel(made.layer)
        except KeyError:
            raise _Not(Outcome.SCHEMA, "unknown_layer", made.layer) from None
        known = {*travel(made.layer).columns, *travel(made.layer).carried}
        if unknown := made.edits.keys() - known:
            raise _Not(Outcome.SCHEMA, "unknown_column", min(unknown))
        held = self.state.rows.get((made.layer, made.uid))
        if held is not None and not self.server.may(self.login, held.departments):
            raise _Not(Outcome.FORBIDDEN, "outside_area")
        return getattr(self, f"_{made.kind.name.lower()}")(made, (made.layer, made.uid), held)

    # --- operations

    def _insert(self, made: Operation, key: Key, held: Held | None) -> Result:
        image = {name: edit.after for name, edit in made.edits.items()}
        if held is not None:
            differing = _groups(key, [name for name in image if held.image.get(name) != image[name]])
            found = [self._raise(ConflictKind.INSERT_CLASH, key, group, {}, image, held) for group in differing]
            return Result(0, Outcome.CONFLICT if found else Outcome.NOOP, tuple(found))
        tomb = self.state.tombs.get(key)
        parents = [(r.parent, str(image[r.column])) for r in travel(key[0]).layer.relations if image.get(r.column)]
        dead = next((self.state.tombs[parent] for parent in parents if parent in self.state.tombs), None)
        if tomb is not None or dead is not None:
            scope = (tomb or dead or held).departments
            if not self.server.may(self.login, scope):
                raise _Not(Outcome.FORBIDDEN, "outside_area")
            raise _Not(
                Outcome.CONFLICT,
                "",
                "",
                self._raise(ConflictKind.EDIT_VS_DELETE, key, "", tomb.image if tomb else {}, image, None, scope),
            )
        self._write(key, image)
        return Result(0, Outcome.APPLIED)

    def _update(self, made: Operation, key: Key, held: Held | None) -> Result:
        if held is None:
            tomb = self.state.tombs.get(key)
            if tomb is not None and not self.server.may(self.login, tomb.departments):
                raise _Not(Outcome.FORBIDDEN, "outside_area")
            mine = {name: edit.after for name, edit in made.edits.items()}
            base = tomb.image if tomb else {}
            scope = tomb.departments if tomb else self.state.areas[self.login]
            found = self._raise(ConflictKind.EDIT_VS_DELETE, key, "", base, {**base, **mine}, None, scope)
            return Result(0, Outcome.CONFLICT, (found,))
        wrong = [name for name, edit in made.edits.items() if name not in AUDIT and not _passes(edit, held.image[name])]
        groups = _groups(key, wrong)
        taken = {
            name: edit.after
            for name, edit in made.edits.items()
            if name not in AUDIT and travel(key[0]).groups[name] not in groups and edit.after != held.image[name]
        }
        base = {name: edit.before for name, edit in made.edits.items() if not isinstance(edit.before, Unknown)}
        mine = {name: edit.after for name, edit in made.edits.items()}
        found = [self._raise(ConflictKind.SAME_FIELD, key, group, base, mine, held) for group in groups]
        if taken:
            signed = {name: made.edits[name].after for name in AUDIT if name in made.edits}
            self._write(key, {**held.image, **taken, **signed})
        done = Outcome.APPLIED if held.version == made.version else Outcome.MERGED
        return Result(0, Outcome.CONFLICT if found else done if taken else Outcome.NOOP, tuple(found))

    def _delete(self, made: Operation, key: Key, held: Held | None) -> Result:
        if held is None:
            return Result(0, Outcome.NOOP)
        if made.version != held.version or children_of(self.state.rows, key):
            found = self._raise(ConflictKind.DELETE_VS_EDIT, key, "", {}, {}, held)
            return Result(0, Outcome.CONFLICT, (found,))
        self._erase(key)
        return Result(0, Outcome.APPLIED)

    def _resolve(self, made: Operation, key: Key, held: Held | None) -> Result:
        _revision, scope, conflict = self.state.conflicts.get(str(made.conflict), (0, frozenset(), None))
        if conflict is None or not self.server.may(self.login, scope) or (conflict.layer, conflict.row) != key:
            raise _Not(Outcome.FORBIDDEN, "unknown_conflict")
        wanted = {name: edit.after for name, edit in made.edits.items()}
        if made.choice is Choice.THEIRS:
            if conflict.is_open:
                self._close(conflict, scope, made)
            return Result(0, Outcome.APPLIED if conflict.is_open else Outcome.NOOP)
        if conflict.kind is ConflictKind.DELETE_VS_EDIT:
            return self._resolve_deletion(made, key, held, conflict, scope)
        if held is None:
            if conflict.kind is not ConflictKind.EDIT_VS_DELETE or not conflict.is_open:
                raise _Not(Outcome.CONFLICT, "", "", self._reopen(conflict, scope, None))
            self._write(key, wanted)
            self._close(conflict, scope, made)
            return Result(0, Outcome.APPLIED)
        if all(held.image[name] == value for name, value in wanted.items() if name not in AUDIT):
            self._close(conflict, scope, made)
            return Result(0, Outcome.NOOP)
        if conflict.kind is ConflictKind.EDIT_VS_DELETE:  # it is there again
            groups = _groups(key, [name for name, value in wanted.items() if held.image[name] != value])
            found = [self._raise(ConflictKind.INSERT_CLASH, key, group, {}, wanted, held) for group in groups]
            return Result(0, Outcome.CONFLICT, (self._close(conflict, scope, made), *found))
        if not conflict.is_open or any(edit.before != held.image[name] for name, edit in made.edits.items()):
            raise _Not(Outcome.CONFLICT, "", "", self._reopen(conflict, scope, held))
        self._write(key, {**held.image, **wanted})
        self._close(conflict, scope, made)
        return Result(0, Outcome.APPLIED)

    def _resolve_deletion(
        self, made: Operation, key: Key, held: Held | None, conflict: Conflict, scope: frozenset[str]
    ) -> Result:
        if held is None:
            self._close(conflict, scope, made)
            return Result(0, Outcome.NOOP)
        if not conflict.is_open or made.version != held.version or children_of(self.state.rows, key):
            raise _Not(Outcome.CONFLICT, "", "", self._reopen(conflict, scope, held))
        self._erase(key)
        self._close(conflict, scope, made)
        return Result(0, Outcome.APPLIED)

    # --- conflicts

    def _keep(self, conflict: Conflict, scope: frozenset[str]) -> Conflict:
        self.has_conflicts = True
        self.state.conflicts[conflict.uid] = (self.revision, scope, conflict)
        return conflict

    def _raise(  # noqa: PLR0917
        self,
        kind: ConflictKind,
        key: Key,
        group: str,
        base: Any,
        mine: Image,
        held: Held | None,
        scope: frozenset[str] | None = None,
    ) -> Conflict:
        def part(image: Any) -> Image:
            return {n: v for n, v in image.items() if not group or travel(key[0]).groups.get(n) == group}

        name = f"{self.batch} {self.number} {group}"
        found = Conflict(
            str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
            *key,
            kind,
            group,
            part(base),
            part(mine),
            part(held.image) if held else {},
            held.version if held else None,
            raised_by=self.login,
            device=self.device,
        )
        return self._keep(found, scope if scope is not None else held.departments if held else frozenset())

    def _reopen(self, conflict: Conflict, scope: frozenset[str], held: Held | None) -> Conflict:
        if held is None:
            gone = replace(conflict, kind=ConflictKind.EDIT_VS_DELETE, group="", theirs={}, version=None, is_open=True)
            return self._keep(gone, scope)
        names = conflict.theirs or held.image
        theirs = {name: held.image[name] for name in names}
        return self._keep(replace(conflict, theirs=theirs, version=held.version, is_open=True), scope)

    def _close(self, conflict: Conflict, scope: frozenset[str], made: Operation) -> Conflict:
        choice = made.choice.value if made.choice else ""
        return self._keep(replace(conflict, is_open=False, resolved_by=self.login, choice=choice), scope)

    # --- rows

    def _write(self, key: Key, image: Image) -> None:
        rows = self.state.rows
        held, tomb = rows.get(key), self.state.tombs.get(key)
        for relation in travel(key[0]).layer.relations:
            if image.get(relation.column) and (relation.parent, str(image[relation.column])) not in rows:
                raise _Not(Outcome.INVALID, "23503", f"{key[0]}_{relation.column}_fkey")
        scope = departments_of(rows, key, image)
        if not self.server.may(self.login, scope):
            raise _Not(Outcome.FORBIDDEN, "outside_area")
        version = max(self.state.first_version, (held or tomb).version + 1 if held or tomb else 1)
        old = held.image if held else {}
        changed = [name for name in image if not held or old[name] != image[name]]
        rows[key] = Held(image, version, scope)
        self.state.tombs.pop(key, None)
        was = held.departments if held else frozenset()
        self._log(key, "U" if held else "I", version, old, {n: image[n] for n in changed}, was, scope)
        if held and was != scope:
            self._rescope(key)

    def _rescope(self, parent: Key) -> None:
        for key in children_of(self.state.rows, parent, all_relations=True):
            held = self.state.rows[key]
            scope = departments_of(self.state.rows, key, held.image)
            if scope != held.departments:
                self.state.rows[key] = replace(held, departments=scope)
                self._log(key, "S", held.version, {}, {}, held.departments, scope)
                self._rescope(key)

    def _erase(self, key: Key) -> None:
        held = self.state.rows.pop(key)
        self.state.tombs[key] = held
        self._log(key, "D", held.version, held.image, {}, held.departments, held.departments)

    def _log(  # noqa: PLR0917
        self, key: Key, deed: str, version: int, old: Image, new: Image, was: frozenset[str], now: frozenset[str]
    ) -> None:
        old = {name: old[name] for name in new} if deed == "U" else old
        by = (self.login, self.device, self.conflict)
        self.lines.append(Line(self.revision, key, deed, version, old, new, was, now, *by))


def _passes(edit: Edit, current: Value) -> bool:
    return current == edit.after or (not isinstance(edit.before, Unknown) and edit.before == current)


def _groups(key: Key, names: Collection[str]) -> list[str]:
    groups = travel(key[0]).groups
    return list(dict.fromkeys(groups[name] for name in names if name in groups and name not in AUDIT))


@dataclass(frozen=True, slots=True)
class MemorySnapshot(Snapshot):
    """A snapshot that holds its rows, as there is no file to copy them into."""

    rows: dict[Key, Held] = field(default_factory=dict)


class MemoryRemote:
    """The server, reached as one login."""

    def __init__(self, server: MemoryServer, login: str) -> None:
        self.server, self.login = server, login

    def hello(self, state: LocalState) -> Welcome:
        held = self.server.state
        device = state.device
        if held.devices.get(device, 0) != state.counter:
            device = self.server.name()  # a copy, or a greeting that was lost: another device in both cases
        held.devices[device] = (state.counter if device == state.device else 0) + 1
        areas = sorted(held.areas[self.login])
        scope = held.scopes.get(self.login, "")
        cause = ""
        if not state.epoch:
            cause = "first"
        elif state.epoch != held.epoch:
            cause = "epoch"
        elif state.cursor > held.revision:
            cause = "ahead"
        elif state.chain != held.chain[state.cursor]:
            cause = "chain"
        elif state.scope != scope:
            cause = "scope"
        return Welcome(
            Action.REBASE if cause else Action.OK,
            cause,
            held.epoch,
            held.revision,
            0,
            1,
            self.login,
            "officer",
            tuple(areas),
            tuple(areas),
            (),
            scope,
            device,
            not held.rows,
        )

    def push(self, batch: Batch, state: LocalState) -> tuple[int, list[Result]]:
        if known := self.server.state.batches.get(batch.uid):
            sha256, revision, results = known
            if sha256 != batch.sha256:
                raise RefusedError("The batch is known with another content.")
            return revision, results
        if state.epoch != self.server.state.epoch:
            raise RefusedError("The epoch is another.", action=Action.REBASE)
        return self.server.apply(self.login, state.device, batch)

    def pull(self, cursor: int) -> Page:
        state = self.server.state
        upto = min(state.revision, cursor + self.server.page_revisions)
        lines: dict[Key, list[Line]] = {}
        for line in state.log:
            if cursor < line.revision <= upto:
                lines.setdefault(line.key, []).append(line)
        rows = tuple(found for key, own in lines.items() if (found := self._told(key, own)))
        conflicts = tuple(
            conflict
            for revision, scope, conflict in state.conflicts.values()
            if cursor < revision <= upto and self.server.may(self.login, scope)
        )
        return Page(upto, state.chain[upto], upto < state.revision, rows, conflicts)

    def _told(self, key: Key, lines: list[Line]) -> PulledRow | None:
        may = self.server.may
        was_seen = lines[0].deed != "I" and may(self.login, lines[0].was)
        seen_meanwhile = was_seen or any(may(self.login, line.now) for line in lines)
        held = self.server.state.rows.get(key)
        if held is None:
            return PulledRow(*key, Theirs.DELETED) if seen_meanwhile else None
        if not may(self.login, held.departments):
            return PulledRow(*key, Theirs.LEFT) if seen_meanwhile else None
        told = row_hash(travel(key[0]), held.image)
        stays = was_seen and all(line.deed in "US" and may(self.login, line.now) for line in lines)
        if not stays:
            return PulledRow(*key, Theirs.ROW, held.version, told, dict(held.image))
        changed = {name: held.image[name] for line in lines for name in line.new}
        return PulledRow(*key, Theirs.PATCH, held.version, told, changed)

    @contextmanager
    def snapshot(self) -> Iterator[MemorySnapshot]:
        state = self.server.state
        seen = [conflict for _, scope, conflict in state.conflicts.values() if self.server.may(self.login, scope)]
        conflicts = tuple(conflict for conflict in seen if conflict.is_open)
        yield MemorySnapshot(state.revision, state.chain[-1], iter(()), conflicts, self.server.visible(self.login))

    def digest(self) -> tuple[int, Digest]:
        hashes = {key: row_hash(travel(key[0]), held.image) for key, held in self.server.visible(self.login).items()}
        return self.server.state.revision, digest(hashes)

    def rows(self, asked: Collection[Key]) -> list[PulledRow]:
        seen = self.server.visible(self.login)
        return [
            PulledRow(*key, Theirs.ROW, held.version, row_hash(travel(key[0]), held.image), dict(held.image))
            for key in asked
            if (held := seen.get(key))
        ]

    def uids(self, bucket: Bucket) -> dict[str, int]:
        return {
            uid: row_hash(travel(layer), held.image)
            for (layer, uid), held in self.server.visible(self.login).items()
            if bucket_of((layer, uid)) == bucket
        }


def bucket_of(key: Key) -> Bucket:
    """Return the bucket of a row."""
    return key[0], int(key[1][:2], 16)


def digest(hashes: dict[Key, int]) -> dict[Bucket, tuple[int, int]]:
    """Return the digests of some rows."""
    found: dict[Bucket, tuple[int, int]] = {}
    for key, value in hashes.items():
        count, joined = found.get(bucket_of(key), (0, 0))
        found[bucket_of(key)] = (count + 1, joined ^ value)
    return found
