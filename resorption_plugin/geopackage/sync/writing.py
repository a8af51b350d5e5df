"""Writes what was put together of a row, whatever the rules of the workspace say to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ...core.i18n import mark
from ...core.model.fields import Label, Strength
from ...core.sync import merging
from ...core.sync.ancestry import LocalRow
from ...core.sync.freezing import Decision
from ...core.sync.merging import Merged
from ...core.sync.travelling import Travel, travel, travels
from ...core.sync.wire import Image, UnsendableError
from ..sql import fill
from . import stored
from .quarantine import DELETED, Cause, Quarantine
from .rows import Rows

Key = tuple[str, str]

_LEFT_AREA = mark(
    "This record went to an area that you may not read, while it was edited here. "
    "It stays in this workspace only: export it for whoever follows it now, then discard it."
)
_CLASH = mark(
    "A record that came from the shared database holds the same {fields}: this one was taken out of its layer. "
    "Export it, or enter it again with other values."
)
_DECIDED = mark(
    "What was decided here on a contradiction was not taken: somebody else settled it, the record was deleted or went "
    "elsewhere, or the shared database was set back to a backup. The values decided are kept here: write them in the "
    "record if they are still wanted, then discard this."
)
_CHILDREN = "SELECT uid FROM {layer} WHERE {column} = ?"
_HAS = "SELECT 1 FROM {layer} WHERE uid = ?"
_ORPHANS = "SELECT uid FROM {layer} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT uid FROM {parent})"


@dataclass(frozen=True, slots=True)
class Change:
    """A row to write."""

    travel: Travel
    uid: str
    row: LocalRow
    """As it is."""
    merged: Merged
    """As it shall be."""


@dataclass(slots=True)
class Writer:
    """Writes rows inside the transaction of whoever asks."""

    connection: sqlite3.Connection
    workspace: Path
    layers: set[str] = field(default_factory=set)
    """The layers in which something was written."""
    written: int = 0
    waiting: list[Change] = field(default_factory=list)
    """Rows whose number or name another row holds for the time being."""

    def rows(self, there: Travel) -> Rows:
        """Return the rows of a layer."""
        return Rows(self.connection, self.workspace, there)

    def write(self, change: Change) -> None:
        """Write a row; where another holds its number or name, later."""
        try:
            self._working(change)
        except sqlite3.IntegrityError as error:
            if _is_unique(error):
                self.waiting.append(change)
                return
            change = self._against_a_rule(change)
        self._known(change)

    def finish(self) -> list[Change]:
        """Write the rows that had to wait; return those that cannot be written for a row that came from the server."""
        self._again()
        for change in list(self.waiting):
            self._make_room(change)
        self._again()
        stuck, self.waiting = self.waiting, []
        return stuck

    def _again(self) -> None:
        before = len(self.waiting) + 1
        while 0 < len(self.waiting) < before:
            before, changes, self.waiting = len(self.waiting), self.waiting, []
            for change in changes:
                self.write(change)

    def _working(self, change: Change) -> None:
        before, after = change.row.working, change.merged.working
        if before == after:
            return
        self.rows(change.travel).write_working(change.uid, before, after)
        self.layers.add(change.travel.key)
        self.written += 1

    def _known(self, change: Change) -> None:
        rows, after = self.rows(change.travel), change.merged
        if after.is_set_aside:
            error = UnsendableError(_LEFT_AREA)
            self.set_aside(change.travel, change.uid, Cause.LEFT_AREA, error, change.row.base)
        rows.write_base(change.uid, after.base, after.version)
        if after.held or change.row.held:
            rows.write_held(change.uid, after.held)

    def _against_a_rule(self, change: Change) -> Change:
        """Return what becomes of a row that the rules of the tables refuse.

        What the server holds is taken as it is; together with edits made here it waits for them.
        """
        after = change.merged
        if after.base is not None and after.is_edited:
            later = merging.postponed(change.travel, change.row, after.base, after.version)
            return Change(change.travel, change.uid, change.row, later)
        with self._unchecked():
            self._working(change)
        return change

    @contextmanager
    def _unchecked(self) -> Iterator[None]:
        self.connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA ignore_check_constraints = OFF")

    def _make_room(self, change: Change) -> None:
        """Take the number or name that a row needs from the row that holds it, where that one may not keep it."""
        waiting = {(one.travel.key, one.uid) for one in self.waiting}
        for columns, uid in list(self._holders(change)):
            there = change.travel
            row = self.rows(there).read([uid])[uid]
            if (there.key, uid) in waiting:
                self._park(there, uid, columns)
            elif row.base is None:
                self._take_out(there, uid, columns)
            elif any(name in row.edited(there) for name in columns):
                self.set_aside(there, uid, Cause.CLASH, _clash(there, columns))
                back = {name: row.base.get(name) for name in columns if name in row.base}
                merged = merging.retried(
                    there, LocalRow({**(row.working or {}), **back}, row.base, row.version, row.held)
                )
                self.write(Change(there, uid, row, merged))

    def _holders(self, change: Change) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the rows that hold what a row needs alone, and the columns."""
        values = change.merged.working or {}
        layer = change.travel.layer
        alone = [(declared.name,) for declared in layer.fields if declared.unique and declared.name != "uid"]
        for columns in (*alone, *layer.unique_together):
            if any(values.get(name) is None for name in columns):
                continue
            tests = [fill("{column} = ?", column=name) for name in columns]
            text = " AND ".join([fill("SELECT uid FROM {layer} WHERE uid <> ?", layer=layer.key), *tests])
            wanted = [stored.to_stored(change.travel.field(name), values[name], self.workspace) for name in columns]
            yield from ((columns, uid) for (uid,) in self.connection.execute(text, (change.uid, *wanted)).fetchall())

    def _park(self, there: Travel, uid: str, columns: tuple[str, ...]) -> None:
        """Free what two rows of the server exchange: one of them goes without it for a moment."""
        free = next((name for name in columns if not there.layer.field(name).required), None)
        at = next(place for place, one in enumerate(self.waiting) if (one.travel.key, one.uid) == (there.key, uid))
        change = self.waiting[at]
        working = None if free is None else {**(change.row.working or {}), free: None}
        with self._unchecked():
            self.rows(there).write_working(uid, change.row.working, working)
        row = LocalRow(working, change.row.base, change.row.version, change.row.held)
        self.waiting[at] = Change(there, uid, row, change.merged)

    def _take_out(self, there: Travel, uid: str, columns: tuple[str, ...]) -> None:
        """Take a row that was never sent out of its layer, with what belongs to it; nothing of it is lost."""
        for child, child_uid in self.below(there, uid):
            self.set_aside(child, child_uid, Cause.CLASH, _clash(there, columns))
            self.rows(child).write_base(child_uid, None, None)
        self.set_aside(there, uid, Cause.CLASH, _clash(there, columns))
        self.connection.execute(fill("DELETE FROM {table} WHERE uid = ?", table=there.key), (uid,))
        self.layers.add(there.key)

    def set_aside(
        self, there: Travel, uid: str, cause: Cause, error: UnsendableError, deleted: Image | None = None
    ) -> None:
        """Keep a row as it is here in the quarantine; ``deleted`` is what it was where it was deleted here."""
        rows = self.rows(there)
        found = dict(rows.raw([uid]))[uid].working
        held = found if found or deleted is None else rows.stored(deleted)
        Quarantine(self.connection).put(
            there.key,
            uid,
            cause,
            stored.sentence_to_json(error),
            code="" if found else DELETED,
            image=stored.raw_json(rows.columns, held) if held else None,
        )

    def set_beside(self, there: Travel, uid: str, cause: Cause, error: UnsendableError, values: Image) -> None:
        """Keep some values of a row, which it does not hold, in the quarantine, with those kept there before."""
        rows, quarantine = self.rows(there), Quarantine(self.connection)
        place = (there.key, uid, cause)
        kept = dict(next((one.image for one in quarantine.all() if (one.layer, one.uid, one.cause) == place), {}))
        kept |= {name: value for name, value in zip(rows.columns, rows.stored(values), strict=True) if name in values}
        image = stored.raw_json(list(kept), list(kept.values()))
        quarantine.put(*place, stored.sentence_to_json(error), image=image)

    def keep_decided(self, decision: Decision) -> None:
        """Set aside what a person wrote in a decision that cannot be sent any more, unless the record shows it."""
        conflict, there = decision.conflict, travel(decision.conflict.layer)
        row = self.rows(there).read([conflict.row])[conflict.row]
        values = merging.unwritten(there, row, decision)
        if values:
            self.set_beside(there, conflict.row, Cause.DECISION, UnsendableError(_DECIDED), values)

    def has_parents(self, there: Travel, values: Image) -> bool:
        """Say whether all that a row refers to is here."""
        return all(
            values.get(relation.column) is None
            or self.connection.execute(fill(_HAS, layer=relation.parent), (values[relation.column],)).fetchone()
            for relation in there.layer.relations
        )

    def below(self, there: Travel, uid: str) -> Iterator[tuple[Travel, str]]:
        """Yield the rows of the layers that go when a row goes, and what goes with them."""
        for child in travels():
            for relation in child.layer.relations:
                if relation.parent != there.key or relation.strength is not Strength.COMPOSITION:
                    continue
                text = fill(_CHILDREN, layer=child.key, column=relation.column)
                for (found,) in self.connection.execute(text, (uid,)).fetchall():
                    yield child, found
                    yield from self.below(child, found)

    def adopt(self) -> None:
        """Let no row refer to one that is not here: deleted here and not sent yet, or not to be read by this login.

        A row that belongs to one that is missing waits for it outside of its layer; another waits without the
        reference. Neither is an edit made here.
        """
        for there in travels():
            for relation in there.layer.relations:
                if self.layers.isdisjoint((there.key, relation.parent)):
                    continue
                text = fill(_ORPHANS, layer=there.key, column=relation.column, parent=relation.parent)
                uids = [uid for (uid,) in self.connection.execute(text).fetchall()]
                for uid, row in self.rows(there).read(uids).items():
                    self._without_parent(there, uid, row, relation.column, relation.strength)

    def _without_parent(self, there: Travel, uid: str, row: LocalRow, column: str, strength: Strength) -> None:
        rows = self.rows(there)
        if strength is Strength.COMPOSITION:
            rows.write_working(uid, row.working, None)
            if row.base is not None and there.is_whole:
                rows.write_held(uid, merging.withheld(row.base, row.version).held)
        else:
            rows.write_working(uid, row.working, {**(row.working or {}), column: None})
            rows.write_held(uid, {**row.held, column: None})
        self.layers.add(there.key)


def _is_unique(error: sqlite3.IntegrityError) -> bool:
    return error.sqlite_errorname in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


def _clash(there: Travel, columns: tuple[str, ...]) -> UnsendableError:
    labels = [there.layer.field(name).label for name in columns]
    fields = Label(", ".join(label.en for label in labels), ", ".join(label.fr for label in labels))
    return UnsendableError(_CLASH, fields=fields)
