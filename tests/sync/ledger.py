"""What everybody wrote, kept by the test itself: the oracle that asks of the product nothing but where a value is.

Each value is written once in a whole history, so that it can be looked for in every place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from resorption_plugin.core.sync.wire import Value

Cell = tuple[str, str]
"""The uid of a row and the name of a column."""

DELETED = "(deleted)"
"""Stands for a column where the whole row is deleted."""


class BrokenError(AssertionError):
    """An invariant does not hold; the message begins with its number."""


@dataclass
class Entry:
    """A value that someone wrote in a cell."""

    number: int
    who: str
    layer: str
    cell: Cell
    value: Value
    before: Value
    """What the cell held, as its author saw it."""
    is_superseded: bool = False
    """Its author wrote over it, or deleted the row, before it was found on the server."""
    is_kept: bool = False
    """It was found on the server."""

    def __str__(self) -> str:
        return f"{self.who} {self.layer}.{self.cell[1]} of {self.cell[0][:8]} := {self.value!r} (was {self.before!r})"


@dataclass(frozen=True)
class Deletion:
    """What somebody saw of a row when they deleted it."""

    who: str
    seen: Mapping[str, Value]


@dataclass
class Ledger:
    """Every entry, in the order of writing."""

    entries: list[Entry] = field(default_factory=list)
    by_cell: dict[Cell, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    decided: dict[Cell, list[tuple[Value, Value]]] = field(default_factory=lambda: defaultdict(list))
    """By cell: (what the other side held, what a person decided)."""
    decided_rows: Counter[str] = field(default_factory=Counter)
    """How often a person decided about a row as a whole."""
    deletions: dict[str, list[Deletion]] = field(default_factory=lambda: defaultdict(list))
    """By row."""
    inserted_by: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    """By workspace, the one it is a copy of."""
    writes: int = 0

    def write(self, who: str, layer: str, cell: Cell, value: Value, before: Value) -> None:
        """Note that someone wrote a value; their own earlier one in this cell need not arrive any more."""
        self.writes += 1
        for entry in self.by_cell[cell]:
            entry.is_superseded |= entry.who == who
        entry = Entry(len(self.entries), who, layer, cell, value, before)
        self.entries.append(entry)
        self.by_cell[cell].append(entry)

    def delete(self, who: str, layer: str, uid: str, seen: Mapping[str, Value], *, has_travelled: bool = True) -> None:
        """Note that someone deleted a row in which they saw some values."""
        self.take_along(who, uid, seen)
        self.write(who, layer, (uid, DELETED), DELETED, None)
        # that a row is deleted which this file never exchanged nobody hears of: a copy of the file may still send it
        self.by_cell[uid, DELETED][-1].is_superseded = who in self.copied and not has_travelled

    def take_along(self, who: str, uid: str, seen: Mapping[str, Value]) -> None:
        """Note that a row went with one that a person agreed to delete; the other may still be kept by its author."""
        for name in (*seen, "geom"):
            for entry in self.by_cell.get((uid, name), ()):
                entry.is_superseded |= entry.who == who
        self.deletions[uid].append(Deletion(who, dict(seen)))

    @property
    def copied(self) -> set[str]:
        """Return the workspaces that have copies, and the copies."""
        return {*self.copies, *self.copies.values()}

    def insert(self, who: str, uid: str) -> None:
        """Note that someone made a row; what it holds is written by ``write``."""
        self.inserted_by[uid] = who

    def decide(self, cell: Cell, theirs: Value, value: Value) -> None:
        """Note that a person decided that this value shall stand where the other side held ``theirs``."""
        self.decided[cell].append((theirs, value))

    def give_up(self, who: str, uid: str, names: Iterable[str]) -> None:
        """Note that a person gave up what they had written in some columns of a row."""
        for name in names:
            for entry in self.by_cell.get((uid, name), ()):
                entry.is_superseded |= entry.who == who

    def pass_over(self, who: str, cell: Cell, value: Value) -> None:
        """Note that a person was offered a value again that they had decided, and decided otherwise."""
        for entry in self.by_cell.get(cell, ()):
            entry.is_superseded |= (entry.who, entry.value) == (who, value)

    def decide_row(self, uid: str) -> None:
        """Note that a person decided about a whole row."""
        self.decided_rows[uid] += 1

    def pending(self, who: str) -> Iterator[Entry]:
        """Yield the values of someone that have not been found on the server, and must still be somewhere."""
        for entry in self.entries:
            if entry.who == who and not entry.is_superseded and not entry.is_kept:
                yield entry

    def inherit(self, who: str, copy: str) -> None:
        """Note that a workspace was copied: what waited in it waits in the copy too, and both may send it."""
        self.copies[copy] = who

    def line_of(self, who: str) -> set[str]:
        """Return a workspace and those it is a copy of."""
        found = {who}
        while who in self.copies:
            who = self.copies[who]
            found.add(who)
        return found

    def doubt(self, kept: set[tuple[Cell, Value]]) -> None:
        """Note that the server lost a part: what it still holds is ``kept``, the rest has to come again."""
        for entry in self.entries:
            if entry.is_kept and (entry.cell, entry.value) not in kept:
                # what an administrator wrote there is nowhere else; what its author wrote over is not asked for
                entry.is_kept = False
                entry.is_superseded |= entry.who == "sql"

    def ancestors(self, cell: Cell, value: Value) -> set[Value]:
        """Return what the server may have held in a cell before this value came: all that its author had seen.

        Their own earlier values are passed through, those from before their workspace was copied too: several edits may
        arrive as one.
        """
        found: set[Value] = {theirs for theirs, decided in self.decided[cell] if decided == value}
        entries = self.by_cell.get(cell, [])
        waiting = [entry for entry in entries if entry.value == value]
        while waiting:
            entry = waiting.pop()
            if entry.before in found:
                continue
            found.add(entry.before)
            waiting += [
                other
                for other in entries
                if other.who in self.line_of(entry.who) and other.value == entry.before and other.number < entry.number
            ]
            found |= {theirs for theirs, decided in self.decided[cell] if decided == entry.before}
        return found

    def had_seen(self, uid: str, before: Mapping[str, Value]) -> bool:
        """Say whether one of those who deleted a row had seen all that it held."""
        return any(
            all(
                before.get(name) == value or before.get(name) in self.ancestors((uid, name), value)
                for name, value in deletion.seen.items()
            )
            for deletion in self.deletions[uid]
        )

    def knows(self, cell: Cell, value: Value) -> bool:
        """Say whether someone wrote this value in this cell."""
        return any(entry.value == value for entry in self.by_cell.get(cell, ()))


def hashable(value: Value) -> Value:
    """Return a value that can be a member of a set: no column whose values are followed holds a list."""
    return ",".join(value) if isinstance(value, list) else value
