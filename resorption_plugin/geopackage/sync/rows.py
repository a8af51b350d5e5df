"""Rows of the layers and of what the server holds of them, in wire form."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...core.sync import wire
from ...core.sync.ancestry import Ancestor, LocalRow
from ...core.sync.travelling import GEOMETRY, Travel
from ...core.sync.wire import Image
from ..sql import fill, insert_text, update_text
from . import stored, tables

_AT_ONCE = 500
"""SQLite accepts at least 999 parameters in one statement."""

_HELD = fill("SELECT uid, field, value FROM {table} WHERE layer = ? AND uid IN ", table=tables.HELD)
_DROP_HELD = fill("DELETE FROM {table} WHERE layer = ? AND uid = ?", table=tables.HELD)
_HOLD = insert_text(tables.HELD, ("layer", "uid", "field", "value"))
_PUT_BASE = """INSERT INTO {base} ({columns}) VALUES (coalesce(
    (SELECT fid FROM {layer} WHERE uid = ?1 AND fid NOT IN (SELECT fid FROM {base})),
    min((SELECT fid FROM {base} ORDER BY fid LIMIT 1), 0) - 1, -1), {marks})"""
_RENEW_BASE = """UPDATE {base} SET ({columns}) = (SELECT {marks})
    WHERE uid = ? AND fid = (SELECT fid FROM {layer} WHERE uid = ?)"""
_TOUCH = fill("INSERT OR IGNORE INTO {table} (layer, bucket) VALUES (?, ?)", table=tables.TOUCHED)


@dataclass(frozen=True, slots=True)
class Raw:
    """A row of a layer and the server's of the same uid, as they are stored; ``None`` where there is none."""

    working: tuple[Any, ...] | None
    base: tuple[Any, ...] | None
    version: int | None
    is_double: bool = False
    """Whether several rows of the layer bear the uid: a program made its table anew, without its constraints."""


class Rows:
    """Reads and writes the rows of one layer, inside the transaction of whoever asks."""

    def __init__(self, connection: sqlite3.Connection, workspace: Path, travel: Travel) -> None:
        """Use the layer of ``travel`` in the workspace at ``workspace``."""
        self._connection = connection
        self._workspace = workspace
        self.travel = travel
        self.columns = tables.columns(travel)
        self._base = tables.base(travel)

    def raw(self, uids: Iterable[str]) -> Iterator[tuple[str, Raw]]:
        """Yield some rows as they are stored, in the order asked; those that exist nowhere too."""
        for part in parts(uids):
            working: dict[str, tuple[Any, ...]] = {}
            doubles = set()
            for uid, *values in self._select(self.travel.key, ("uid", *self.columns), part):
                if uid in working:
                    doubles.add(uid)
                working[uid] = tuple(values)
            base = {row[0]: row for row in self._select(self._base, ("uid", "ver", *self.columns), part)}
            for uid in part:
                known = base.get(uid)
                version, values = (known[1], tuple(known[2:])) if known else (None, None)
                yield uid, Raw(working.get(uid), values, version, uid in doubles)

    def read(self, uids: Iterable[str]) -> dict[str, LocalRow]:
        """Return some rows; what has no wire form is told apart (``stored.Unsendable``)."""
        wanted = list(uids)
        held = self.held(wanted)
        return {uid: self.local(raw, held.get(uid, {})) for uid, raw in self.raw(wanted)}

    def local(self, raw: Raw, held: Mapping[str, Ancestor]) -> LocalRow:
        """Return a stored row in wire form."""
        base = raw.base and stored.readable_image(self.travel, self.columns, raw.base)
        working = None
        if raw.working and raw.base and base:
            working = stored.readable_image_beside(self.travel, self.columns, raw.working, raw.base, base)
        elif raw.working:
            working = stored.readable_image(self.travel, self.columns, raw.working)
        return LocalRow(working or None, base or None, raw.version, held)

    def held(self, uids: Iterable[str]) -> dict[str, dict[str, Ancestor]]:
        """Return what is held of some rows, by uid; those of which nothing is held are left out."""
        found: dict[str, dict[str, Ancestor]] = {}
        for part in parts(uids):
            text = _HELD + fill("({marks})", marks=len(part))
            for uid, name, value in self._connection.execute(text, (self.travel.key, *part)):
                found.setdefault(uid, {})[name] = stored.held_from_json(value)
        return found

    def seals(self, uids: Iterable[str]) -> dict[str, tuple[int | None, int]]:
        """Return the version and the hash of what the server is known to hold of some rows."""
        return {
            uid: (version, seal)
            for part in parts(uids)
            for uid, version, seal in self._select(self._base, ("uid", "ver", "hash"), part)
        }

    def _select(self, table: str, columns: Sequence[str], uids: Sequence[str]) -> sqlite3.Cursor:
        text = fill(
            "SELECT {columns} FROM {table} WHERE uid IN ({marks})", columns=columns, table=table, marks=len(uids)
        )
        return self._connection.execute(text, uids)

    def write_working(self, uid: str, before: Image | None, after: Image | None) -> None:
        """Make a row of the layer what it shall be; raises ``sqlite3.IntegrityError`` where a rule refuses it."""
        if after is None:
            if before is not None:
                self._connection.execute(fill("DELETE FROM {table} WHERE uid = ?", table=self.travel.key), (uid,))
            return
        names = [name for name in self.columns if before is None or after.get(name) != before.get(name)]
        values = [self._stored(name, after) for name in names]
        if before is None:
            text = insert_text(self.travel.key, ("uid", *names))
            self._connection.execute(text, (uid, *values))
        elif names:
            self._connection.execute(update_text(self.travel.key, names), (*values, uid))

    def write_base(self, uid: str, base: Image | None, version: int | None) -> None:
        """Note what the server holds of a row; its layer's row is written before."""
        self._connection.execute(fill("DELETE FROM {table} WHERE uid = ?", table=self._base), (uid,))
        self.touch(uid)
        if base is None:
            return
        values = self.stored(base)
        columns = ("fid", "uid", "ver", "hash", *self.columns)
        text = fill(_PUT_BASE, base=self._base, columns=columns, layer=self.travel.key, marks=len(columns) - 1)
        self._connection.execute(text, (uid, uid, version, wire.row_hash(self.travel, base), *values))

    def renew_base(self, uid: str, before: Image | None, base: Image | None, version: int | None) -> None:
        """Note what the server holds of a row of which ``before`` was noted: what differs alone is written."""
        if before is None or base is None or not self._renewed(uid, before, base, version):
            self.write_base(uid, base, version)

    def _renewed(self, uid: str, before: Image, base: Image, version: int | None) -> bool:
        """Write the columns that differ; not in a row that does not stand beside the layer's."""
        pairs = [(name, before.get(name), base.get(name)) for name in self.columns]
        names = [name for name, was, now in pairs if was != now or type(was) is not type(now)]
        columns = ("ver", "hash", *names)
        text = fill(_RENEW_BASE, base=self._base, columns=columns, layer=self.travel.key, marks=len(columns))
        values = [self._stored(name, base) for name in names]
        seal = wire.row_hash(self.travel, base)
        if self._connection.execute(text, (version, seal, *values, uid, uid)).rowcount != 1:
            return False
        self.touch(uid)
        return True

    def touch(self, uid: str) -> None:
        """Note that the bucket of a row has to be compared with the server's."""
        self._connection.execute(_TOUCH, (self.travel.key, bucket(uid)))

    def write_held(self, uid: str, held: Mapping[str, Ancestor]) -> None:
        """Note what is held of a row, in place of what was."""
        self._connection.execute(_DROP_HELD, (self.travel.key, uid))
        rows = [(self.travel.key, uid, name, stored.held_to_json(value)) for name, value in held.items()]
        self._connection.executemany(_HOLD, rows)

    def stored(self, values: Image) -> list[Any]:
        """Return the stored form of a row, column by column."""
        return [self._stored(name, values) for name in self.columns]

    def _stored(self, name: str, values: Image) -> Any:
        field = None if name == GEOMETRY else self.travel.field(name)
        return stored.to_stored(field, values.get(name), self._workspace)


def parts(uids: Iterable[str]) -> Iterator[list[str]]:
    """Yield uids in lists that one statement takes, each once."""
    wanted = list(dict.fromkeys(uids))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def bucket(uid: str) -> int:
    """Return the bucket of a row among the 256 of its layer."""
    return int(uid[:2], 16)


def keys(rows: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the uids of some (layer, uid), by layer."""
    found: dict[str, list[str]] = {}
    for layer, uid in rows:
        found.setdefault(layer, []).append(uid)
    return found
