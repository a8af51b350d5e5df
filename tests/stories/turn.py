"""One transaction of the server in memory: what becomes of each operation of a batch."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from resorption_plugin.core.sync.operations import (
    Choice,
    Conflict,
    ConflictKind,
    Edit,
    Kind,
    Operation,
    Outcome,
    Result,
    Unknown,
)
from resorption_plugin.core.sync.travelling import AUDIT, travel
from resorption_plugin.core.sync.wire import Image, Value
from tests.stories.held import Held, Key, Line, State, children_of, departments_of


class _Not(Exception):  # noqa: N818
    """An operation of which nothing is applied."""

    def __init__(self, outcome: Outcome, code: str = "", reason: str = "", *conflicts: Conflict) -> None:
        self.result = Result(0, outcome, conflicts, reason, code)


class Turn:
    """One transaction."""

    def __init__(self, state: State, login: str, device: str, batch: str) -> None:
        self.state, self.login, self.device, self.batch = state, login, device, batch
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
        if held is not None and not self.state.may(self.login, held.departments) and not self._lets_go(made):
            raise _Not(Outcome.FORBIDDEN, "outside_area")
        return getattr(self, f"_{made.kind.name.lower()}")(made, (made.layer, made.uid), held)

    def _lets_go(self, made: Operation) -> bool:
        """Say whether who raised a contradiction gives in, wherever the row went."""
        _revision, _scope, conflict = self.state.conflicts.get(str(made.conflict), (0, frozenset(), None))
        return made.choice is Choice.THEIRS and conflict is not None and conflict.raised_by == self.login

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
            if not self.state.may(self.login, scope):
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
            if tomb is not None and not self.state.may(self.login, tomb.departments):
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
        if conflict is None or not self.state.may(self.login, scope) or (conflict.layer, conflict.row) != key:
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
        if not self.state.may(self.login, scope):
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
