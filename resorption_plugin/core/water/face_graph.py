"""Faces of the ground between barriers, and what it takes to step from one to another."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from .barrier_lines import Kind, Lines, Road, rank
from .cutting import Integers
from .face_openings import openings
from .planar import Planar, merged, numbered

MEDIAN_METRES = 20.0
"""Widest ground between two carriageways: default of CartAGen's detection of dual carriageways (after Touya 2010)."""

MEDIAN_SHARE = 0.75
"""Part of the outline of that ground that belongs to its road; the rest is where other roads cut through. A choice of
this plugin: with it the ground is at least three times as long as wide."""

STEP = 2
"""What crossing a barrier costs; half of it leads onto the ground between two carriageways, or off it."""

_NONE = -1


@dataclass(frozen=True, slots=True)
class Steps:
    """The cheapest ways from some faces to others."""

    cost: Mapping[int, int]
    before: Mapping[int, int]

    def way_to(self, face: int) -> list[int]:
        """Return the faces from the start to one that was reached."""
        way = [face]
        while way[-1] in self.before:
            way.append(self.before[way[-1]])
        return way[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """What stepping from each face to its neighbours costs."""

    begin: Integers
    """(faces + 1,): where the neighbours of each face begin."""
    neighbours: Integers
    costs: Integers

    def search(self, starts: Collection[int], wanted: Collection[int]) -> Steps:
        """Return the cheapest steps from ``starts`` (Dijkstra) until every face ``wanted`` is reached."""
        cost = dict.fromkeys(starts, 0)
        before: dict[int, int] = {}
        queue = [(0, start) for start in sorted(starts)]
        settled: dict[int, int] = {}
        left = set(wanted)
        while queue and left:
            spent, face = heapq.heappop(queue)
            if face in settled:
                continue
            settled[face] = spent
            left.discard(face)
            near = slice(self.begin[face], self.begin[face + 1])
            for other, more in zip(self.neighbours[near].tolist(), self.costs[near].tolist(), strict=True):
                if spent + more < cost.get(other, spent + more + 1):
                    cost[other], before[other] = spent + more, face
                    heapq.heappush(queue, (spent + more, other))
        return Steps(settled, before)


class FaceGraph:
    """The faces that some lines make; what a way joins under or over a barrier is one face."""

    def __init__(self, lines: Lines) -> None:
        self.planar = planar = Planar(lines.shapes)
        edge, line = planar.edge, planar.line
        kind = np.full(len(planar), int(Kind.WAY))
        np.minimum.at(kind, edge, lines.kinds[line])
        self._roads = sorted({road for road in lines.roads if road}, key=lambda road: (rank(road.road_class), road))
        self._road = self._largest_road(edge, line, lines)
        free = kind == Kind.WAY
        joined = np.concatenate([np.stack([planar.left[free], planar.right[free]], axis=1), openings(planar, lines)])
        self._group = numbered(merged(planar.faces, joined[:, 0], joined[:, 1]))
        self.outside = int(self._group[planar.outside])
        self._left, self._right = self._group[planar.left], self._group[planar.right]
        parting = (self._left != self._right) & (kind != Kind.FRAME)
        costs = self._costs()
        self._pairs, self._pair_edges = _sorted_pairs(self._left, self._right, np.flatnonzero(parting), len(self))
        self._cost = np.where(kind == Kind.GAP, 0, costs)
        self.open = self._adjacency(self._cost)
        """Gaps of the data are real."""
        self.closed = self._adjacency(costs)
        """Gaps of the data are mistakes."""

    def face_of(self, planar_face: Integers) -> Integers:
        """Return the faces, joined by ways, of faces of ``planar``."""
        return self._group[planar_face]

    def sides(self, edge: int) -> frozenset[int]:
        """Return the faces on both sides of an edge."""
        return frozenset((int(self._left[edge]), int(self._right[edge])))

    def roads_along(self, way: list[int], line: shapely.LineString) -> tuple[Road, ...]:
        """Return the roads crossed on a way from face to face; where several part two faces, the nearest to ``line``.

        The two carriageways of a road are crossed once.
        """
        crossed: list[Road] = []
        half: Road | None = None
        for start, end in itertools.pairwise(way):
            edges = self._between(start, end)
            cheapest = edges[self._cost[edges] == self._cost[edges].min()]
            edge = cheapest[shapely.distance(self.planar.shapes[cheapest], line).argmin()]
            if self._road[edge] == _NONE or self._cost[edge] == 0:
                continue
            road = self._roads[self._road[edge]]
            if half != road:
                crossed.append(road)
            half = road if self._cost[edge] < STEP and half != road else None
        return tuple(crossed)

    def _largest_road(self, edge: Integers, line: Integers, lines: Lines) -> Integers:
        number = {road: index for index, road in enumerate(self._roads)}
        of_line = np.array([number[road] if road else len(number) for road in lines.roads], dtype=np.int64)
        found = np.full(len(self.planar), len(number))
        np.minimum.at(found, edge, of_line[line])
        return np.asarray(np.where(found == len(number), _NONE, found))

    def _costs(self) -> Integers:
        """Return what crossing each edge costs: less where one side is ground between its own carriageways."""
        median = self._medians()
        own = self._road != _NONE
        onto_left, onto_right = (own & (median[side] == self._road) for side in (self._left, self._right))
        return np.asarray(STEP - onto_left.astype(np.int64) - onto_right.astype(np.int64))

    def _medians(self) -> Integers:
        """Return for each face the road between whose carriageways it lies, ``_NONE`` for the others."""
        xy = self.planar.xy - self.planar.xy[:1, :1]
        twice_area = xy[:, 0, 0] * xy[:, 1, 1] - xy[:, 1, 0] * xy[:, 0, 1]
        length = np.hypot(*(xy[:, 1] - xy[:, 0]).T) * (self._left != self._right)
        owned = np.flatnonzero((length > 0) & (self._road != _NONE))
        faces, roads = int(self._group.max()) + 1, len(self._roads)
        twice, outline = np.zeros(faces), np.zeros(faces)
        keys, border = [], []
        for side, sign in ((self._left, 1), (self._right, -1)):
            np.add.at(twice, side, sign * twice_area)
            np.add.at(outline, side, length)
            keys.append(side[owned] * roads + self._road[owned])
            border.append(length[owned])
        key, number = np.unique(np.concatenate(keys), return_inverse=True)
        by_road = np.bincount(number.reshape(-1), weights=np.concatenate(border), minlength=len(key))
        face, road = key // max(roads, 1), key % max(roads, 1)
        # A long thin face is as wide, on average, as its area divided by half its outline.
        narrow = (twice[face] > 0) & (twice[face] <= MEDIAN_METRES * outline[face])
        chosen = narrow & (by_road >= MEDIAN_SHARE * outline[face])
        median = np.full(faces, _NONE)
        median[face[chosen]] = road[chosen]
        median[self.outside] = _NONE
        return median

    def _between(self, start: int, end: int) -> Integers:
        """Return the edges that part two faces."""
        first, last = np.searchsorted(self._pairs, [start * len(self) + end, start * len(self) + end + 1])
        return self._pair_edges[first:last]

    def __len__(self) -> int:
        return int(self._group.max()) + 1

    def _adjacency(self, costs: Integers) -> Adjacency:
        order = np.lexsort((costs[self._pair_edges], self._pairs))
        pairs, first = np.unique(self._pairs[order], return_index=True)
        begin = np.searchsorted(pairs, np.arange(len(self) + 1) * len(self))
        return Adjacency(begin, pairs % len(self), costs[self._pair_edges[order[first]]])


def _sorted_pairs(left: Integers, right: Integers, edges: Integers, faces: int) -> tuple[Integers, Integers]:
    """Return, sorted, a number for each ordered pair of faces that an edge parts, and the edge."""
    pairs = np.concatenate([left[edges] * faces + right[edges], right[edges] * faces + left[edges]])
    order = np.argsort(pairs, kind="stable")
    return pairs[order], np.tile(edges, 2)[order]
