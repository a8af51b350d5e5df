"""Writes in the workspace what others did, beside what was edited here and not sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...core.sync import merging
from ...core.sync.ancestry import LocalRow, is_written
from ...core.sync.merging import Merged
from ...core.sync.news import Page, PulledRow, Theirs
from ...core.sync.operations import Conflict
from ...core.sync.ports import Received
from ...core.sync.travelling import Travel, travel, travels
from ..sql import fill
from .conflicts import Conflicts, known
from .notes import Notes
from .quarantine import DELETED, Cause, Quarantine
from .rows import keys
from .tables import HELD
from .writing import Change, Key, Writer

_HELD_ROWS = fill("SELECT DISTINCT layer, uid FROM {table}", table=HELD)


@dataclass(slots=True)
class Receiver:
    """Writes inside the transaction of whoever asks."""

    connection: sqlite3.Connection
    workspace: Path
    writer: Writer = field(init=False)
    damaged: list[Key] = field(default_factory=list)
    missing: set[Key] = field(default_factory=set)
    """Rows asked for by name that the server does not give."""
    left: frozenset[Key] = field(init=False)
    """Rows set aside as they were edited here when they went where this login may not read."""

    def __post_init__(self) -> None:
        self.writer = Writer(self.connection, self.workspace)
        aside = Quarantine(self.connection).all()
        left = [one for one in aside if one.cause is Cause.LEFT_AREA and one.code != DELETED]
        self.left = frozenset((one.layer, one.uid) for one in left)

    def may_change(self, page: Page) -> bool:
        """Say whether there is something to write for a page: also for an empty one, where a row is held back."""
        state = Notes(self.connection).state()
        is_elsewhere = (page.upto, page.chain) != (state.cursor, state.chain)
        return bool(page.rows or page.conflicts or is_elsewhere or self.connection.execute(_HELD_ROWS).fetchone())

    def receive(self, page: Page) -> Received:
        """Write a page."""
        conflicts = list(map(known, page.conflicts))
        self.take(self._news(page.rows))  # also of an empty page: what hindered a row held back may be gone
        self.settle(conflicts)
        Notes(self.connection).move(page.upto, page.chain)
        return self.received()

    def _news(self, rows: Iterable[PulledRow]) -> Iterator[PulledRow]:
        """Leave out what is known already: most often the echo of what was sent from here."""
        told = [row for row in rows if row.kind in (Theirs.ROW, Theirs.PATCH)]
        known: dict[Key, tuple[int | None, int]] = {}
        for layer, uids in keys([(row.layer, row.uid) for row in told]).items():
            there = self.writer.rows(travel(layer))
            held = there.held(uids)
            known |= {(layer, uid): seal for uid, seal in there.seals(uids).items() if uid not in held}
        for row in rows:
            if known.get((row.layer, row.uid)) != (row.version, row.hash):
                yield row

    def repair(self, rows: Sequence[PulledRow], asked: Collection[Key]) -> Received:
        """Replace what is known of some rows."""
        told = {(row.layer, row.uid) for row in rows}
        self.missing = {(layer, uid) for layer, uid in asked} - told
        self.take([*rows, *(PulledRow(layer, uid, Theirs.DELETED) for layer, uid in sorted(self.missing))])
        return self.received()

    def received(self) -> Received:
        """Return what was written."""
        self.writer.adopt()
        return Received(frozenset(self.writer.layers), self.writer.written, tuple(self.damaged))

    def take(self, rows: Iterable[PulledRow]) -> None:
        """Write rows of the server: what is there parents first, then what is gone children first."""
        by_layer: dict[str, dict[str, PulledRow]] = {}
        for row in rows:
            by_layer.setdefault(row.layer, {})[row.uid] = row
        self._retry(by_layer)
        for there in travels():
            self._present(there, by_layer.get(there.key, {}))
        for there in reversed(travels()):
            self._absent(there, by_layer.get(there.key, {}))
        self.damaged += [(stuck.travel.key, stuck.uid) for stuck in self.writer.finish()]

    def _present(self, there: Travel, told: dict[str, PulledRow]) -> None:
        wanted = {uid: row for uid, row in told.items() if row.kind in (Theirs.ROW, Theirs.PATCH)}
        for uid, row in self.writer.rows(there).read(wanted).items():
            theirs = merging.patched(there, row, wanted[uid])
            if theirs is None:
                self.damaged.append((there.key, uid))
                continue
            merged = merging.received(there, row, theirs, wanted[uid].version)
            self.come_back(there, uid, row)
            self.writer.write(Change(there, uid, row, merged))

    def come_back(self, there: Travel, uid: str, row: LocalRow) -> None:
        """Take a row that may be read again from among those that left: its edits go again.

        What was deleted here meanwhile stays aside, whatever comes of it later.
        """
        if (there.key, uid) in self.left and row.base is None and row.working is not None:
            Quarantine(self.connection).end((there.key, uid), [Cause.LEFT_AREA])

    def _absent(self, there: Travel, told: dict[str, PulledRow]) -> None:
        for uid, pulled in told.items():
            if pulled.kind not in (Theirs.DELETED, Theirs.LEFT):
                continue
            row = self.writer.rows(there).read([uid])[uid]  # one by one: the last may have taken it along
            is_needed = row.working is not None and self.is_needed(there, uid)
            lose = merging.left if pulled.kind is Theirs.LEFT else merging.gone
            lose = merging.missing if (there.key, uid) in self.missing else lose
            self.lose(there, uid, row, lose(there, row, is_needed=is_needed))

    def lose(self, there: Travel, uid: str, row: LocalRow, merged: Merged) -> None:
        """Write a row that the server holds no more; what belongs to it goes with it, here and from what is known."""
        if merged.working is None and row.working is not None:
            for child, child_uid in self.writer.below(there, uid):
                self.writer.rows(child).write_base(child_uid, None, None)
                self.writer.rows(child).write_held(child_uid, {})
                self.writer.layers.add(child.key)
        self.writer.write(Change(there, uid, row, merged))

    def is_needed(self, there: Travel, uid: str) -> bool:
        """Say whether something that belongs to a row was edited here."""
        below: dict[str, list[str]] = keys([(child.key, found) for child, found in self.writer.below(there, uid)])
        return any(
            _is_edited(travel(layer), row)
            for layer, uids in below.items()
            for row in self.writer.rows(travel(layer)).read(uids).values()
        )

    def _retry(self, told: dict[str, dict[str, PulledRow]]) -> None:
        """Take once more what could not be taken of rows that are not told of now."""
        held = [(layer, uid) for layer, uid in self.connection.execute(_HELD_ROWS) if uid not in told.get(layer, {})]
        for layer, uids in keys(held).items():
            there = travel(layer)
            for uid, row in self.writer.rows(there).read(uids).items():
                merged = merging.retried(there, row)
                if merged.working is not None and not self.writer.has_parents(there, merged.working):
                    continue
                if (merged.working, merged.held) != (row.working, row.held):
                    self.writer.write(Change(there, uid, row, merged))

    def settle(self, conflicts: Sequence[Conflict]) -> None:
        """Write conflicts, and take what others decided on those raised from here."""
        kept = Conflicts(self.connection)
        void = kept.overtake(conflicts)
        for conflict in conflicts:
            before = kept.find(conflict.uid)
            if conflict.is_open or before is None or not before.conflict.is_open or not before.is_mine:
                continue
            if before.decision is None:
                there = travel(conflict.layer)
                row = self.writer.rows(there).read([conflict.row])[conflict.row]
                merged = merging.closed(there, row, before.conflict)
                if merged.working is None and row.working is not None and self.is_needed(there, conflict.row):
                    continue
                self.writer.write(Change(there, conflict.row, row, merged))
        self.damaged += [(stuck.travel.key, stuck.uid) for stuck in self.writer.finish()]
        kept.put(conflicts, Notes(self.connection).devices())
        for decision in void:
            self.writer.keep_decided(decision)


def _is_edited(there: Travel, row: LocalRow) -> bool:
    if row.working is None or (row.base is None and not is_written(there, row.working)):
        return False
    return row.base is None or bool(row.edited(there))
