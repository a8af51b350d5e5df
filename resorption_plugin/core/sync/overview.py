"""What is about to go and to come, in people's words: by layer and commune, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import shapely

from .foreseeing import Contradiction, stops
from .news import PulledRow, Theirs
from .operations import Kind, Operation

SHOWN = 300
"""More records of one line than anybody reads: the others are counted."""


class Way(Enum):
    """Which way a record travels."""

    GOES = "goes"
    COMES = "comes"


class Nature(Enum):
    """What becomes of a record where it arrives."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Move:
    """One record that travels."""

    way: Way
    layer: str
    uid: str
    nature: Nature


@dataclass(frozen=True, slots=True)
class PlacedMove:
    """A record that travels, with the commune (empty when unknown) and the place, in EPSG:4326, where it is."""

    move: Move
    commune: str
    place: shapely.Geometry | None = None
    columns: tuple[str, ...] = ()
    """Those that change; none is told of a record that is new or goes away."""
    by: str = ""
    """Who wrote it, and when: of what comes."""
    at: str = ""
    contradiction: Contradiction | None = None
    refusal: str = ""
    """The word of a refusal that is foreseen (``refusals``)."""
    conflict: str = ""
    """The uid of the conflict on which it carries a decision."""

    @property
    def is_troubled(self) -> bool:
        """Say whether something about it is to be read before it travels."""
        return self.contradiction is not None or bool(self.refusal)

    @property
    def is_stopped(self) -> bool:
        """Say whether nothing of it will be taken, as far as that is known before."""
        if self.refusal or self.contradiction is None:
            return bool(self.refusal)
        return stops(self.contradiction, self.move.layer, self.columns)


@dataclass(frozen=True, slots=True)
class Line:
    """How many records of a layer travel one way in a commune."""

    way: Way
    layer: str
    commune: str
    added: int
    changed: int
    removed: int
    uids: frozenset[str]
    places: tuple[shapely.Geometry, ...]
    shown: tuple[PlacedMove, ...] = ()
    """Some of the records, at most ``SHOWN``: first those that are contradicted or refused."""
    contradicted: int = 0
    refused: int = 0
    stopped: int = 0
    """Those of which nothing will be taken."""

    @property
    def count(self) -> int:
        """Return how many records travel."""
        return self.added + self.changed + self.removed


_KINDS = {Kind.INSERT: Nature.ADDED, Kind.DELETE: Nature.REMOVED}


def going(operations: Iterable[Operation]) -> list[Move]:
    """Return what some operations send; a decision on a conflict changes its record."""
    return [Move(Way.GOES, made.layer, made.uid, _KINDS.get(made.kind, Nature.CHANGED)) for made in operations]


def coming(rows: Iterable[PulledRow], known: Iterable[tuple[str, str]]) -> list[Move]:
    """Return what some pulled rows bring to a workspace that holds the ``known`` records, by layer and uid."""
    held = set(known)
    found: dict[tuple[str, str], Move] = {}
    for row in rows:
        key = (row.layer, row.uid)
        goes = row.kind in (Theirs.DELETED, Theirs.LEFT)
        nature = Nature.REMOVED if goes else Nature.CHANGED if key in held else Nature.ADDED
        found.pop(key, None)
        if not goes or key in held:
            found[key] = Move(Way.COMES, *key, nature)
    return list(found.values())


def lines(moves: Iterable[PlacedMove]) -> list[Line]:
    """Return how many records travel, by way, layer and commune: what goes first, then in the order of the names."""
    groups: dict[tuple[Way, str, str], list[PlacedMove]] = {}
    for placed in moves:
        groups.setdefault((placed.move.way, placed.move.layer, placed.commune), []).append(placed)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] is Way.COMES, item[0][2], item[0][1]))
    return [_line(*key, group) for key, group in ordered]


def _line(way: Way, layer: str, commune: str, group: list[PlacedMove]) -> Line:
    natures = Counter(placed.move.nature for placed in group)
    counts = (natures[Nature.ADDED], natures[Nature.CHANGED], natures[Nature.REMOVED])
    return Line(
        way,
        layer,
        commune,
        *counts,
        uids=frozenset(placed.move.uid for placed in group),
        places=tuple(placed.place for placed in group if placed.place is not None),
        shown=tuple(sorted(group, key=lambda placed: not placed.is_troubled)[:SHOWN]),
        contradicted=sum(placed.contradiction is not None for placed in group),
        refused=sum(bool(placed.refusal) for placed in group),
        stopped=sum(placed.is_stopped for placed in group),
    )
