"""Begins anew from everything the server holds: in bulk, but row by row where something was edited here."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from ...core.ports import Feedback, stop_if_cancelled
from ...core.sync import merging
from ...core.sync.ancestry import LocalRow
from ...core.sync.ports import Probe, Received, Snapshot, Table, unwatched
from ...core.sync.travelling import Travel, travel, travels
from .. import geometry, history_tables, standard
from ..sql import fill, insert_text
from . import copied, scanning, tables
from .conflicts import Conflicts, known
from .notes import Notes
from .receiving import Receiver
from .rows import Rows
from .tables import HELD, TOUCHED
from .writing import Change

_CACHE = "PRAGMA cache_size = -65536"  # the rows come in no order of their indexes
_ROWS_AT_ONCE = 5_000
_MANY = 1_000
_CHOSEN_UIDS = "SELECT uid FROM sync_chosen"
_EDITED = "CREATE TEMP TABLE sync_edited (uid TEXT PRIMARY KEY) WITHOUT ROWID"
_CHOSEN = "CREATE TEMP TABLE sync_chosen (uid TEXT PRIMARY KEY) WITHOUT ROWID"
_LAST = """SELECT max(coalesce((SELECT max(fid) FROM {layer}), 0),
    coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))"""
_NEW = "FROM {base} WHERE uid NOT IN (SELECT uid FROM {layer}) AND uid NOT IN (SELECT uid FROM sync_edited)"
_OTHER = """INSERT INTO sync_chosen SELECT w.uid FROM {layer} w JOIN {base} b ON b.fid = w.fid AND b.uid = w.uid
    WHERE w.uid NOT IN (SELECT uid FROM sync_edited) AND """
_UPDATE = """UPDATE {layer} SET ({columns}) = (SELECT {columns} FROM {base} WHERE {base}.uid = {layer}.uid)
    WHERE uid IN (SELECT uid FROM sync_chosen)"""
_GONE = """INSERT INTO sync_chosen SELECT uid FROM {layer}
    WHERE uid NOT IN (SELECT uid FROM {base}) AND uid NOT IN (SELECT uid FROM sync_edited)"""
_GONE_COMPUTED = "INSERT INTO sync_chosen SELECT uid FROM sync_former WHERE uid NOT IN (SELECT uid FROM {base})"
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ? AND tbl_name = ?"
_PLACES = "SELECT fid, geom FROM {layer} WHERE geom IS NOT NULL AND uid IN (SELECT uid FROM sync_chosen)"
_TOUCH_ALL = """INSERT OR IGNORE INTO {touched} (layer, bucket)
    WITH RECURSIVE bucket(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM bucket WHERE n < 255) SELECT ?, n FROM bucket"""


@dataclass(slots=True)
class Rebase:
    """Writes inside the transaction of whoever asks."""

    connection: sqlite3.Connection
    workspace: Path
    probe: Probe = unwatched
    receiver: Receiver = field(init=False)
    edited: dict[str, list[str]] = field(default_factory=dict)
    """By layer, the rows that differ from what the server was known to hold."""
    former: dict[str, dict[str, LocalRow]] = field(default_factory=dict)
    """By layer and uid, those of them of which something was known."""
    known: dict[str, list[str]] = field(default_factory=dict)
    """By computed layer, the rows that were known and not edited."""
    is_copy: bool = True
    """Whether nothing was here, and every row was written as the server holds it."""

    def __post_init__(self) -> None:
        self.receiver = Receiver(self.connection, self.workspace)

    def run(self, snapshot: Snapshot, feedback: Feedback) -> Received:
        """Replace what is known of the server; raises ``Cancelled``."""
        self._remember()
        self.connection.execute(_CACHE)
        for there in travels():
            self.connection.execute(fill("DELETE FROM {base}", base=tables.base(there)))
            self.connection.execute(fill(_TOUCH_ALL, touched=TOUCHED), (there.key,))
        for table in snapshot.tables:
            self._load(table, feedback)
            self.probe("rebase:loaded")
        with self._lists():
            for there in travels():
                stop_if_cancelled(feedback)
                self._list(there)
                added = self._add(there)
                if self._count(there) > added:
                    self._change(there)
            for there in reversed(travels()):
                self._list(there)
                self._remove(there)
            self.probe("rebase:written")
        for there in travels():
            self._merge(there, feedback)
        conflicts = map(known, snapshot.conflicts)
        void = Conflicts(self.connection).replace(conflicts, Notes(self.connection).devices())
        received = self._finish()
        for decision in void:
            self.receiver.writer.keep_decided(decision)
        return received

    def _remember(self) -> None:
        for there in travels():
            found = scanning.scan(self.connection, there)
            self.is_copy &= not (found or self._count(there))
            self.edited[there.key] = list(found)
            self.former[there.key] = self._rows(there).read([*found.changed, *found.removed])
            if not there.is_whole:
                text = fill("SELECT uid FROM {base}", base=tables.base(there))
                edited = set(found)
                self.known[there.key] = [uid for (uid,) in self.connection.execute(text) if uid not in edited]
        self.connection.execute(fill("DELETE FROM {table}", table=HELD))

    def _rows(self, there: Travel) -> Rows:
        return self.receiver.writer.rows(there)

    def _load(self, table: Table, feedback: Feedback) -> None:
        """Write what the server holds of a layer; each row under the number it has, or will have, in the layer."""
        there = travel(table.layer)
        numbers: dict[str, int] = dict(self.connection.execute(fill("SELECT uid, fid FROM {layer}", layer=there.key)))
        (last,) = self.connection.execute(fill(_LAST, layer=there.key), (there.key,)).fetchone()
        new = count(last + 1)
        text = insert_text(tables.base(there), ("fid", "uid", "ver", "hash", *table.columns))
        rows = copied.rows(there, table, self.workspace)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            stop_if_cancelled(feedback)
            for row in some:
                row.insert(0, numbers.get(row[0]) or next(new))
            self.connection.executemany(text, some)

    @contextmanager
    def _lists(self) -> Iterator[None]:
        """Give the lists of rows that SQLite reads; checks of what the server holds are the server's."""
        for text in (_EDITED, _CHOSEN, _EDITED.replace("sync_edited", "sync_former")):
            self.connection.execute(text)
        self.connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA ignore_check_constraints = OFF")
            for name in ("sync_edited", "sync_chosen", "sync_former"):
                self.connection.execute(fill("DROP TABLE IF EXISTS temp.{table}", table=name))

    def _list(self, there: Travel) -> None:
        lists = {"sync_edited": self.edited[there.key], "sync_former": self.known.get(there.key, []), "sync_chosen": []}
        for name, uids in lists.items():
            self.connection.execute(fill("DELETE FROM temp.{table}", table=name))
            self.connection.executemany(insert_text(name, ("uid",)), [(uid,) for uid in uids])

    def _count(self, there: Travel) -> int:
        return int(self.connection.execute(fill("SELECT count(*) FROM {layer}", layer=there.key)).fetchone()[0])

    def _add(self, there: Travel) -> int:
        """Write the rows that are new here; return how many were written at once."""
        names = {"layer": there.key, "base": tables.base(there)}
        columns = ("fid", "uid", *tables.columns(there))
        chosen = fill(_NEW, **names)
        text = fill("INSERT INTO {layer} ({columns}) SELECT {columns} ", columns=columns, layer=there.key) + chosen
        self.connection.execute(f"INSERT INTO sync_chosen SELECT uid {chosen}")
        with self._recorded_together(there), self._placed_together(there):
            added = self._at_once_or_each(there, text, lambda: self._uids(_CHOSEN_UIDS))
        self.connection.execute("DELETE FROM sync_chosen")
        return added

    @contextmanager
    def _recorded_together(self, there: Travel) -> Iterator[None]:
        """Record the chosen rows in the history by one statement: for many rows the trigger takes half of the time."""
        if not self._are_many() or not there.is_whole:
            yield
            return
        trigger = history_tables.insert_trigger(there.layer)
        rows = fill("FROM {layer} AS came WHERE uid IN (SELECT uid FROM sync_chosen)", layer=there.key)
        self.connection.execute(fill("DROP TRIGGER {trigger}", trigger=trigger))
        yield
        self.connection.execute(history_tables.appeared_together(there.layer, rows))
        self.connection.execute(history_tables.triggers(there.layer)[trigger])

    @contextmanager
    def _placed_together(self, there: Travel) -> Iterator[None]:
        """Put the chosen rows in the spatial index by one statement: its trigger asks five times for each row."""
        tree = standard.spatial_tree(there.key)
        trigger = self.connection.execute(_TRIGGER, (f"{tree}_insert", there.key)).fetchone()
        if trigger is None or not self._are_many():
            yield
            return
        self.connection.execute(fill("DROP TRIGGER {trigger}", trigger=f"{tree}_insert"))
        yield
        places = self.connection.execute(fill(_PLACES, layer=there.key))
        self.connection.executemany(
            fill("INSERT OR REPLACE INTO {tree} VALUES ({marks})", tree=tree, marks=5),
            ((fid, *found) for fid, blob in places if (found := geometry.envelope(blob))),
        )
        self.connection.execute(trigger[0])

    def _are_many(self) -> bool:
        return int(self.connection.execute("SELECT count(*) FROM sync_chosen").fetchone()[0]) >= _MANY

    def _change(self, there: Travel) -> None:
        names = {"layer": there.key, "base": tables.base(there)}
        self.connection.execute(f"{fill(_OTHER, **names)}({scanning.differ(there)})")
        text = fill(_UPDATE, **names, columns=tables.columns(there))
        self._at_once_or_each(there, text, lambda: self._uids(_CHOSEN_UIDS))

    def _at_once_or_each(self, there: Travel, text: str, chosen: Callable[[], list[str]]) -> int:
        """Write rows by one statement; row by row where one of them holds the number or name of another.

        Return how many were written by the one statement.
        """
        writer = self.receiver.writer
        try:
            written = self.connection.execute(text).rowcount
        except sqlite3.IntegrityError:
            self.is_copy = False
            for uid, row in self._rows(there).read(chosen()).items():
                if row.base is not None:
                    before = LocalRow(row.working, row.working, row.version)
                    merged = merging.received(there, before, row.base, row.version)
                    writer.write(Change(there, uid, before, merged))
            return 0
        if written:
            writer.written += written
            writer.layers.add(there.key)
        return written

    def _uids(self, text: str) -> list[str]:
        return [uid for (uid,) in self.connection.execute(text).fetchall()]

    def _remove(self, there: Travel) -> None:
        text = _GONE if there.is_whole else _GONE_COMPUTED
        self.connection.execute(fill(text, layer=there.key, base=tables.base(there)))
        needed = self._needed(there)
        self.connection.executemany("DELETE FROM sync_chosen WHERE uid = ?", [(uid,) for uid in needed])
        text = fill("DELETE FROM {layer} WHERE uid IN (SELECT uid FROM sync_chosen)", layer=there.key)
        deleted = self.connection.execute(text).rowcount
        if deleted:
            self.receiver.writer.written += deleted
            self.receiver.writer.layers.add(there.key)

    def _needed(self, there: Travel) -> set[str]:
        """Return the rows to which something that stays, as it was edited here, refers."""
        needed: set[str] = set()
        for child in travels():
            for relation in child.layer.relations:
                if relation.parent == there.key and self.edited[child.key]:
                    needed.update(self._parents(child, relation.column))
        return needed

    def _parents(self, child: Travel, column: str) -> Iterable[str]:
        text = fill("SELECT uid, {column} FROM {layer} WHERE {column} IS NOT NULL", column=column, layer=child.key)
        edited = set(self.edited[child.key])
        return {parent for uid, parent in self.connection.execute(text) if uid in edited}

    def _merge(self, there: Travel, feedback: Feedback) -> None:
        """Put together the rows edited here with what the server holds now."""
        former = self.former[there.key]
        for part in _parts(self.edited[there.key]):
            stop_if_cancelled(feedback)
            for uid, row in self._rows(there).read(part).items():
                before = former.get(uid) or LocalRow(row.working)
                if row.base is not None:
                    merged = merging.received(there, before, row.base, row.version)
                    self.receiver.come_back(there, uid, before)
                    self.receiver.writer.write(Change(there, uid, before, merged))
                elif before.base is not None:
                    is_needed = row.working is not None and self.receiver.is_needed(there, uid)
                    self.receiver.lose(there, uid, before, merging.missing(there, before, is_needed=is_needed))

    def _finish(self) -> Received:
        self.receiver.damaged += [(stuck.travel.key, stuck.uid) for stuck in self.receiver.writer.finish()]
        return self.receiver.received()


def _parts(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uids), _ROWS_AT_ONCE):
        yield uids[start : start + _ROWS_AT_ONCE]
