"""What is about to go and to come, in people's words: by layer and commune, before anything is written.

A record counts once each way, however often it is edited and decided on: as in ``operations.records``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import shapely

from .foreseeing import Contradiction, raised, stops
from .news import PulledRow, Theirs
from .operations import Kind, Operation

SHOWN = 300
"""More records of one line than anybody reads: the others are counted."""


class Way(Enum):
    """Which way a record travels."""

    GOES = "goes"
    COMES = "comes"


class Nature(Enum):
    """What becomes of a record where it arrives; of several that travel of one record, the last of these counts."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Move:
    """A record of which an edit, or a decision, travels."""

    way: Way
    layer: str
    uid: str
    nature: Nature


@dataclass(frozen=True, slots=True)
class PlacedMove:
    """A move with the commune (empty when unknown) and the place, in EPSG:4326, where its record is."""

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

    @property
    def raised(self) -> int:
        """Return how many contradictions it will leave to decide."""
        return 0 if self.contradiction is None else raised(self.contradiction, self.move.layer)


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that travels one way of one record: what is edited, then what is decided."""

    moves: tuple[PlacedMove, ...]

    @property
    def first(self) -> PlacedMove:
        """Return the move that tells where the record is; of what comes there is no other."""
        return self.moves[0]

    @property
    def nature(self) -> Nature:
        """Return what becomes of the record."""
        return max((one.move.nature for one in self.moves), key=list(Nature).index)

    @property
    def is_troubled(self) -> bool:
        """Say whether something about it is to be read before it travels."""
        return any(one.is_troubled for one in self.moves)

    @property
    def is_refused(self) -> bool:
        """Say whether something of it will be refused."""
        return any(one.refusal for one in self.moves)

    @property
    def is_stopped(self) -> bool:
        """Say whether nothing of it will be taken, as far as that is known before."""
        return all(one.is_stopped for one in self.moves)


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
    shown: tuple[Parcel, ...] = ()
    """Some of the records, at most ``SHOWN``: first those that are contradicted or refused."""
    contradicted: int = 0
    """How many contradictions will be left to decide; a record may have several."""
    refused: int = 0
    """The records of which something will be refused."""
    stopped: int = 0
    """The records of which nothing will be taken."""
    waiting: int = 0
    """Those of them that only wait for a person's decision."""

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
    parcels = _parcels(group)
    natures = Counter(parcel.nature for parcel in parcels)
    stopped = [parcel for parcel in parcels if parcel.is_stopped]
    counts = (natures[Nature.ADDED], natures[Nature.CHANGED], natures[Nature.REMOVED])
    return Line(
        way,
        layer,
        commune,
        *counts,
        uids=frozenset(placed.move.uid for placed in group),
        places=tuple(parcel.first.place for parcel in parcels if parcel.first.place is not None),
        shown=tuple(sorted(parcels, key=lambda parcel: not parcel.is_troubled)[:SHOWN]),
        contradicted=sum(placed.raised for placed in group),
        refused=sum(parcel.is_refused for parcel in parcels),
        stopped=len(stopped),
        waiting=sum(not parcel.is_refused for parcel in stopped),
    )


def _parcels(group: Iterable[PlacedMove]) -> list[Parcel]:
    """Return what travels of some records, each once."""
    found: dict[str, list[PlacedMove]] = {}
    for placed in group:
        found.setdefault(placed.move.uid, []).append(placed)
    return [Parcel(tuple(sorted(moves, key=lambda one: bool(one.conflict)))) for moves in found.values()]
