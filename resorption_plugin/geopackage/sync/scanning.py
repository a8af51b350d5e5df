"""Finds what differs between the layers and what the server holds: by SQLite alone, every row of every layer.

Whichever program wrote, and whether or not a trigger saw it, a row that differs is found. What is found may still mean
the same (another way of writing an instant): the values are compared in wire form afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ...core.model.terms import quote_name, quote_text
from ...core.sync.travelling import Travel, travel, travels
from ..sql import fill
from . import tables

# The values stand in the order of the table: SQLite then unpacks each row once, from left to right.
_WORKING = """SELECT w.uid, b.uid IS NOT w.uid FROM {layer} w LEFT JOIN {base} b ON b.fid = w.fid
    WHERE w.uid IS NOT NULL AND (b.uid IS NOT w.uid OR {{differ}})"""
_MISSING = "SELECT b.uid FROM {base} b LEFT JOIN {layer} w ON w.fid = b.fid WHERE w.uid IS NOT b.uid"
_COUNTS = "SELECT (SELECT count(*) FROM {base}) - (SELECT count(*) FROM {layer})"
_COMPUTED = """SELECT w.uid, b.uid IS NULL FROM {layer} w LEFT JOIN {base} b ON b.uid = w.uid
    WHERE CASE WHEN b.uid IS NULL THEN """


_AGAIN = """SELECT l.uid, w.uid IS NOT NULL, b.uid IS NOT NULL FROM temp.sync_look l
    LEFT JOIN {layer} w ON w.uid = l.uid LEFT JOIN {base} b ON b.uid = l.uid
    WHERE CASE WHEN w.uid IS NULL THEN b.uid IS NOT NULL WHEN b.uid IS NULL THEN {{written}} ELSE {{differ}} END"""
_MANY = 20_000
"""From so many rows on, reading the whole layer is faster."""
_WRITTEN = """CREATE TEMP TABLE IF NOT EXISTS sync_written (
    layer TEXT NOT NULL, uid TEXT NOT NULL, PRIMARY KEY (layer, uid)) WITHOUT ROWID"""
# Not by INSERT OR IGNORE: where a foreign key empties a reference, SQLite stops at what it should ignore. Nor by NOT
# IN, for which SQLite reads all that was noted, each time.
_NOTE = """CREATE TEMP TRIGGER IF NOT EXISTS {{trigger}} AFTER {event} ON main.{{table}}
    WHEN {row}.uid IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM sync_written AS w WHERE w.layer = {layer} AND w.uid = {row}.uid)
    BEGIN INSERT INTO sync_written VALUES ({layer}, {row}.uid); END"""


@dataclass(frozen=True, slots=True)
class Found:
    """The uids of the rows of a layer that differ, each list sorted."""

    added: Sequence[str]
    """In the layer only."""
    changed: Sequence[str]
    removed: Sequence[str]
    """On the server only; rows of a computed layer, which are merely not computed here, are left out."""

    def __iter__(self) -> Iterator[str]:
        return chain(self.added, self.changed, self.removed)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


@dataclass(slots=True)
class Scanner:
    """What was found last, kept true: a session looks several times, and reads every row once.

    SQLite says when another connection has written: everything is then read again. What the own connection writes,
    cascades included, its passing triggers note: these rows alone are looked at again. Nothing is kept of what is found
    after a write in a transaction that is not ended; ask at its beginning.
    """

    others: int = -1
    """SQLite's number for what other connections had written."""
    found: dict[str, Found] = field(default_factory=dict)

    def scan(self, connection: sqlite3.Connection) -> Mapping[str, Found]:
        """Return what differs, by layer; always ask the same connection."""
        others = written_by_others(connection)
        if others != self.others:
            _watch(connection)
            self.found = {there.key: scan(connection, there) for there in travels()}
            self.others = others
        else:
            for key, uids in _written(connection).items():
                self.found[key] = scan_again(connection, travel(key), {*self.found[key], *uids})
        connection.execute("DELETE FROM temp.sync_written")
        return self.found

    def forget(self, connection: sqlite3.Connection) -> None:
        """Note no more what is written: so much is about to be that all is read again."""
        self.others = -1
        for trigger, *_ in _triggers():
            connection.execute(fill("DROP TRIGGER IF EXISTS temp.{trigger}", trigger=trigger))

    def agree(self, connection: sqlite3.Connection, others: int) -> None:
        """Take it that nothing differs: all was written from what the server holds, and nothing since.

        ``others`` is SQLite's number for what other connections had written then (``written_by_others``).
        """
        _watch(connection)
        self.found = {there.key: Found([], [], []) for there in travels()}
        self.others = others


def written_by_others(connection: sqlite3.Connection) -> int:
    """Return SQLite's number for what other connections have written: another one once they write again."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _watch(connection: sqlite3.Connection) -> None:
    connection.execute(_WRITTEN)
    for trigger, table, layer, event in _triggers():
        text = _NOTE.format(event=event, layer=quote_text(layer), row="OLD" if event == "DELETE" else "NEW")
        connection.execute(fill(text, trigger=trigger, table=table))


def _triggers() -> Iterator[tuple[str, str, str, str]]:
    """Yield the name, table, layer and event of each trigger."""
    for there in travels():
        for table in (there.key, tables.base(there)):
            for event in ("INSERT", "UPDATE", "DELETE"):
                yield f"sync_written_{table}_{event}", table, there.key, event


def _written(connection: sqlite3.Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for layer, uid in connection.execute("SELECT layer, uid FROM temp.sync_written"):
        found.setdefault(layer, []).append(uid)
    return found


def scan_again(connection: sqlite3.Connection, there: Travel, uids: Collection[str]) -> Found:
    """Return which of some rows differ: those of the others are known not to."""
    if len(uids) > _MANY:
        return scan(connection, there)
    connection.execute("CREATE TEMP TABLE sync_look (uid TEXT PRIMARY KEY) WITHOUT ROWID")
    try:
        connection.executemany("INSERT INTO temp.sync_look VALUES (?)", [(uid,) for uid in uids])
        names = {"layer": there.key, "base": tables.base(there)}
        tests = {"differ": differ(there), "written": _is_written(there)}
        rows = connection.execute(fill(_AGAIN, **names).format(**tests)).fetchall()
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.sync_look")  # a full disk has undone it already
    added = {uid for uid, is_here, is_there in rows if is_here and not is_there}
    changed = {uid for uid, is_here, is_there in rows if is_here and is_there}
    removed = {uid for uid, is_here, is_there in rows if is_there and not is_here and there.is_whole}
    return Found(sorted(added), sorted(changed), sorted(removed))


def scan(connection: sqlite3.Connection, there: Travel) -> Found:
    """Return what differs in a layer: 100,000 rows of 115 columns take about half a second."""
    return _scan_whole(connection, there) if there.is_whole else _scan_computed(connection, there)


def _scan_whole(connection: sqlite3.Connection, there: Travel) -> Found:
    names = {"layer": there.key, "base": tables.base(there)}
    rows = connection.execute(fill(_WORKING, **names).format(differ=differ(there))).fetchall()
    aside = {uid for uid, is_aside in rows if is_aside}
    changed = {uid for uid, is_aside in rows if not is_aside}
    missing: set[str] = set()
    if aside or connection.execute(fill(_COUNTS, **names)).fetchone() != (0,):
        missing = {uid for (uid,) in connection.execute(fill(_MISSING, **names))}
    # a program that made the table anew has given its rows other numbers: they differ in that, too
    changed |= aside & missing
    return Found(sorted(aside - missing), sorted(changed), sorted(missing - aside))


def _scan_computed(connection: sqlite3.Connection, there: Travel) -> Found:
    text = fill(_COMPUTED, layer=there.key, base=tables.base(there))
    rows = connection.execute(f"{text} {_is_written(there)} ELSE {differ(there)} END").fetchall()
    added = sorted(uid for uid, is_new in rows if is_new)
    return Found(added, sorted(uid for uid, is_new in rows if not is_new), [])


def _is_written(there: Travel) -> str:
    """Return the SQL that says whether a row travels."""
    return " OR ".join(f"w.{quote_name(name)} IS NOT NULL" for name in there.deciding) or "TRUE"


def differ(there: Travel) -> str:
    """Return the SQL that says whether a column differs; signatures too, as they follow what they sign."""
    names = [name for name in tables.columns(there) if name in there.columns]
    return " OR ".join(f"w.{quote_name(name)} IS NOT b.{quote_name(name)}" for name in names)
