"""Reads the history of an open workspace, and mends its triggers where a program has dropped them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from ..core.history.changes import GEOMETRY, Change, Operation
from ..core.history.recorded import recorded_layers
from ..core.model import catalogue
from ..core.model.fields import Geometry, Layer
from ..core.records import Record
from . import codec, geometry, history_tables
from .faults import sentences
from .history_tables import CHANGE_TABLE, GAP, REFERENCE_ENTRY, SWITCH_TABLE
from .sql import Statement, fill

_COLUMNS = ("id", "at", "author", "presumed", "received", "layer", "uid", "operation", "field", "before", "after")
_SELECT = fill("SELECT {columns} FROM {table} WHERE operation <> ?", columns=_COLUMNS, table=CHANGE_TABLE)
_LAST_DELETED = fill(
    "SELECT uid FROM {table} WHERE operation = ? AND field IS NULL ORDER BY id DESC LIMIT ?", table=CHANGE_TABLE
)
_GAPS = fill("SELECT layer, at FROM {table} WHERE operation = ? ORDER BY id", table=CHANGE_TABLE)
_UNTOLD = fill(
    """SELECT layer, at, id FROM {table} WHERE operation = ?
    AND id > coalesce((SELECT value FROM {switches} WHERE key = ?), 0) ORDER BY id""",
    table=CHANGE_TABLE,
    switches=SWITCH_TABLE,
)
_LAST_NUMBER = fill("SELECT coalesce(max(id), 0) FROM {table}", table=CHANGE_TABLE)
_TOUCHED = fill(
    "SELECT layer, uid, field, before, after FROM {table} WHERE id > ? AND operation <> ?", table=CHANGE_TABLE
)
_ENTRY = fill("SELECT id, at, layer, uid, operation, field FROM {table} WHERE id = ?", table=CHANGE_TABLE)
_ROWS_AFTER = fill("SELECT DISTINCT layer, uid, operation FROM {table} WHERE id > ?", table=CHANGE_TABLE)
_LEFT = fill(
    "SELECT uid, field, before FROM {table} WHERE layer = ? AND field IN (?, ?) AND before IS NOT NULL AND uid IN ",
    table=CHANGE_TABLE,
)
_USER = fill("SELECT value FROM {table} WHERE key = 'user'", table=SWITCH_TABLE)
_FORMER = fill(
    "SELECT DISTINCT layer, uid FROM {table} WHERE before = ? AND field = ? AND layer = ? AND ", table=CHANGE_TABLE
)
_MASTER = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')"
_UIDS_AT_ONCE = 500

_ACCURACY = "position_accuracy_m"

TOLD = "gaps_told"
"""Key under which the number of the last interruption told is kept."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """A layer found without its triggers: what was changed before ``until`` may be missing from the history."""

    layer: str
    until: dt.datetime


class History:
    """The history of an open workspace; every method raises ``WorkspaceError``."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Read by ``connection`` the workspace at ``path``."""
        self._connection = connection
        self._path = path

    def changes(self, layers: Collection[str] | None = None, after: dt.datetime | None = None) -> list[Change]:
        """Return the changes of the layers named (all when ``None``) later than ``after``, oldest first."""
        text, values = _SELECT, [GAP]
        if layers is not None:
            text += fill(" AND layer IN ({marks})", marks=len(layers))
            values += layers
        if after is not None:
            text += " AND at >= ?"
            values.append(codec.iso(after))
        with sentences(self._path):
            found = list(_decoded(self._connection.execute(f"{text} ORDER BY id", values)))
        return found if after is None else [change for change in found if change.at > after]

    def of_record(self, layer: str, uid: str) -> list[Change]:
        """Return the changes of a record and of those that belong or once belonged to it, oldest first.

        A record reached through a link (the actions of a site) is among them.
        """
        with sentences(self._path):
            uids = sorted({key[1] for key in self._family(layer, uid)})
            return self._of_uids(uids)

    def last_number(self) -> int:
        """Return the number of the newest entry, 0 when there is none."""
        with sentences(self._path):
            return int(self._connection.execute(_LAST_NUMBER).fetchone()[0])

    def entry(self, number: int) -> tuple[object, ...] | None:
        """Return what tells an entry from the one that bears its number in another file, ``None`` without it."""
        with sentences(self._path):
            row = self._connection.execute(_ENTRY, (number,)).fetchone()
        return None if row is None else tuple(row)

    def rows_after(self, number: int) -> dict[str, set[str]] | None:
        """Return the uids of the rows written after an entry, by layer; ``None`` when some may not be told."""
        with sentences(self._path):
            rows = self._connection.execute(_ROWS_AFTER, (number,)).fetchall()
        if any(operation == GAP for _, _, operation in rows):
            return None
        found: dict[str, set[str]] = {}
        for layer, uid, _ in rows:
            found.setdefault(layer, set()).add(uid)
        return found

    def left(self, layer: str, uids: Collection[str]) -> list[Record]:
        """Return a record for each place that some records of a layer have left (``FeatureStore.former``)."""
        wanted, places, worst = sorted(uids), list[tuple[str, bytes]](), dict[str, float]()
        with sentences(self._path):
            for start in range(0, len(wanted), _UIDS_AT_ONCE):
                part = wanted[start : start + _UIDS_AT_ONCE]
                text = _LEFT + fill("({marks})", marks=len(part))
                for uid, field, before in self._connection.execute(text, [layer, GEOMETRY, _ACCURACY, *part]):
                    if field == GEOMETRY:
                        places.append((uid, before))
                    elif isinstance(before, int | float):
                        worst[uid] = max(before, worst.get(uid, 0.0))
        shapes = geometry.decode_all([blob for _, blob in places])
        return [
            Record(layer, uid, {_ACCURACY: worst.get(uid)}, shape)
            for (uid, _), shape in zip(places, shapes, strict=True)
        ]

    def touched_after(self, number: int) -> dict[str, frozenset[str]]:
        """Return the uids of the records changed after an entry, by layer, and those they referred to or refer to."""
        touched: dict[str, set[str]] = {}
        parents = {
            (layer.key, relation.column): relation.parent for layer in recorded_layers() for relation in layer.relations
        }
        with sentences(self._path):
            for layer, uid, field, before, after in self._connection.execute(_TOUCHED, (number, GAP)):
                touched.setdefault(layer, set()).add(uid)
                if parent := parents.get((layer, field)):
                    touched.setdefault(parent, set()).update(value for value in (before, after) if value)
        return {layer: frozenset(uids) for layer, uids in touched.items()}

    def deletions(self, limit: int) -> list[Change]:
        """Return the deletions of the last records that went, at most ``limit``, with what each held, oldest first."""
        with sentences(self._path):
            uids = [row[0] for row in self._connection.execute(_LAST_DELETED, (Operation.DELETE.value, limit))]
            return [change for change in self._of_uids(uids) if change.operation is Operation.DELETE]

    def gaps(self) -> list[Gap]:
        """Return the interruptions of the recording, oldest first."""
        with sentences(self._path):
            rows = self._connection.execute(_GAPS, (GAP,)).fetchall()
        return [Gap(layer, codec.read_instant(at)) for layer, at in rows]

    def untold_gaps(self) -> list[Gap]:
        """Return the interruptions that this method has not returned yet."""
        with sentences(self._path):
            rows = self._connection.execute(_UNTOLD, (GAP, TOLD)).fetchall()
            if rows:
                statement = history_tables.note(TOLD, rows[-1][2])
                self._connection.execute(statement.sql, statement.values)
        return [Gap(layer, codec.read_instant(at)) for layer, at, _number in rows]

    def note_user(self, name: str) -> None:
        """Remember who has the workspace open: whoever changes a row without signing it is presumed to be them."""
        with sentences(self._path):
            row = self._connection.execute(_USER).fetchone()
            if row is None or row[0] != name:
                statement = history_tables.note("user", name)
                self._connection.execute(statement.sql, statement.values)

    def mend(self) -> None:
        """Make the missing and altered triggers of the history anew, and note the gap; all or nothing."""
        with sentences(self._path):
            statements = list(_repairs(self._connection))
            if not statements:
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement in statements:
                    self._connection.execute(statement.sql, statement.values)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _of_uids(self, uids: Sequence[str]) -> list[Change]:
        found: list[Change] = []
        for start in range(0, len(uids), _UIDS_AT_ONCE):
            part = uids[start : start + _UIDS_AT_ONCE]
            text = _SELECT + fill(" AND uid IN ({marks})", marks=len(part))
            found += _decoded(self._connection.execute(text, [GAP, *part]))
        return sorted(found, key=lambda change: change.number)

    def _family(self, layer: str, uid: str) -> set[Key]:
        """Return the record, its children and former children, and what pure links lead to."""
        family = {(layer, uid)}
        for child in recorded_layers():
            for relation in child.relations:
                if relation.parent != layer:
                    continue
                links = self._children(child, relation.column, uid)
                family |= {(child.key, found) for found in links}
                family |= {key for link in links for key in self._linked(child, relation.column, link)}
        return family

    def _children(self, child: Layer, column: str, uid: str) -> set[str]:
        text = fill("SELECT uid FROM {table} WHERE {column} = ?", table=child.key, column=column)
        found = {row[0] for row in self._connection.execute(text, (uid,))}
        return found | {row[1] for row in self._connection.execute(_FORMER + REFERENCE_ENTRY, (uid, column, child.key))}

    def _linked(self, link: Layer, column: str, uid: str) -> Iterator[Key]:
        """Yield what a record of a link layer leads to: one whose every own column is a reference."""
        references = {relation.column: relation.parent for relation in link.relations}
        own = {field.name for field in link.fields if not field.read_only and not field.hidden}
        if len(references) < 2 or own - set(references):
            return
        for other, parent in references.items():
            text = fill("SELECT {column} FROM {table} WHERE uid = ?", column=other, table=link.key)
            row = self._connection.execute(text, (uid,)).fetchone()
            if other != column and row and row[0]:
                yield parent, row[0]


def renew(connection: sqlite3.Connection) -> None:
    """Make the triggers those of the model of today; no gap is noted where they recorded until now."""
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    whole = {layer.key for layer in recorded_layers() if present.issuperset(history_tables.triggers(layer))}
    for statement in _repairs(connection):
        if not (statement.sql == history_tables.GAP_TEXT and statement.values[0] in whole):
            connection.execute(statement.sql, statement.values)


def _repairs(connection: sqlite3.Connection) -> Iterator[Statement]:
    """Yield what the history lacks; nothing when all is in place."""
    present: dict[str, dict[str, tuple[str, str]]] = {"table": {}, "trigger": {}}
    for kind, name, table, sql in connection.execute(_MASTER):
        present[kind][name] = (table, sql)
    lost = history_tables.missing_tables(present["table"])
    for name in lost:
        yield Statement("DELETE FROM gpkg_extensions WHERE table_name = ?", (name,))
    yield from history_tables.tables(lost)
    drop = "DROP TRIGGER IF EXISTS {trigger}"
    for layer in recorded_layers():
        wanted = history_tables.triggers(layer)
        found = present["trigger"]
        broken = {name: text for name, text in wanted.items() if found.get(name) != (layer.key, text)}
        for name, text in broken.items():
            yield Statement(fill(drop, trigger=name))
            yield Statement(text)
        if broken or CHANGE_TABLE in lost:
            yield history_tables.gap(layer)


def _decoded(rows: Iterator[Sequence[Any]]) -> Iterator[Change]:
    """Yield the entries that say something: a value written in another form is the same value."""
    readers = {layer.key: _readers(layer) for layer in catalogue.layers()}
    for number, at, author, presumed, received, layer, uid, operation, field, before, after in rows:
        read = readers.get(layer, {}).get(field)
        if field is not None and read is None:
            continue  # a column of another version of the model
        old, new = (read(before), read(after)) if read else (None, None)
        if field is not None and old == new:
            continue
        moment = codec.read_instant(at)
        yield Change(
            number, moment, author, bool(presumed), layer, uid, Operation(operation), field, old, new, bool(received)
        )


def _readers(layer: Layer) -> dict[str, Any]:
    readers: dict[str, Any] = {field.name: codec.reader(field) or _as_it_is for field in layer.fields}
    if layer.geometry is not Geometry.NONE:
        readers[GEOMETRY] = _shape
    return readers


def _as_it_is(value: Any) -> Any:
    return value


def _shape(blob: Any) -> shapely.Geometry | None:
    return geometry.decode_all([blob])[0]
