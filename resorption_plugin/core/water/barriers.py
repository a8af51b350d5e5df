"""Whether people have to cross a road, a railway or a watercourse on their way to water.

The barriers cut the ground into faces, and the fewest barriers to cross are the fewest steps from face to face: a road
that ends, or that the way goes around, is not to be crossed. Half a step leads onto the ground between the two
carriageways of a road and half a step leads off it, so that both are one road.

What the data leave open stays open: ``Crossing.least`` is what must be crossed even if every doubt falls well,
``Crossing.most`` if every doubt falls ill.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely

from .. import geo
from ..records import Record
from .barrier_lines import Box, Kind, Road, covered_boxes, lines_of, rank, within_system
from .cutting import Floats
from .face_graph import STEP, FaceGraph
from .nearest import ready

COVERED_METRES = 500.0
"""Farther than this from any street, of any class, nobody can say that the streets were loaded there."""

ON_BARRIER_METRES = 0.05
"""A place this close to the line of a barrier may be on either side of it: some times the grid of the lines."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is between a place and a water point."""

    least: int
    """Barriers to cross if the doubtful places lie well and the gaps of the data are real."""
    most: int
    """Barriers to cross if the doubtful places lie ill and the gaps of the data are mistakes."""
    roads: tuple[Road, ...]
    """What is crossed on a way with ``least`` crossings, in its order."""

    @property
    def largest(self) -> Road | None:
        """The largest of the roads crossed."""
        return min(self.roads, key=_by_size, default=None)


class Crossings(Protocol):
    """A way to say what is crossed between places and taps, all in metres of one system."""

    def between(self, places: Floats, doubts: Floats, taps: Floats, tap_doubts: Floats) -> list[list[Crossing | None]]:
        """Return what is between each of some places (p, 2) and each of some taps (t, 2), as p lists of t.

        ``doubts`` (p,) and ``tap_doubts`` (t,) are the metres to which they are known. ``None`` where the streets are
        not known.
        """


class Barriers:
    """The barriers of some streets in one projected system, ready to be asked; any thread may ask."""

    def __init__(
        self, streets: Iterable[Record], least_road: str, epsg: int, boxes: Sequence[Box] | None = None
    ) -> None:
        """Build the faces.

        ``streets`` are records of the layer (EPSG:4326), roads count from the class ``least_road`` on, ``epsg`` is a
        metric system. ``boxes`` (west, south, east, north in degrees) are the ground that the streets cover, by default
        the bounds of each source.
        """
        known = within_system(streets, epsg)
        lines = lines_of(known, covered_boxes(known) if boxes is None else boxes, least_road, epsg)
        self.gaps = lines.of(Kind.GAP)
        """Where the end of a barrier nearly meets another one: lines in metres."""
        self._graph = FaceGraph(lines)
        self._frames = np.array(
            [shapely.Polygon(ring.coords) for ring in lines.of(Kind.FRAME) if ring.is_ring], dtype=object
        )
        shapes = np.array([street.geometry for street in known], dtype=object)
        self._streets = ready(geo.projector(epsg)(shapes))
        self._roads = [road for road in lines.roads if road]
        self._barriers = ready(lines.of(Kind.BARRIER))

    def between(self, places: Floats, doubts: Floats, taps: Floats, tap_doubts: Floats) -> list[list[Crossing | None]]:
        """Return the fewest barriers to cross (``Crossings``)."""
        points = np.vstack([places, taps])
        known = self.covers(points)
        if not known.any():
            return [[None] * len(taps) for _ in places]
        faces = self._possible_faces(points, np.concatenate([doubts, tap_doubts]))
        there = [(tap, faces[tap]) for tap in range(len(places), len(points)) if known[tap]]
        wanted = frozenset().union(*(ends for _, ends in there))
        searches: dict[frozenset[int], _Ways] = {}
        found: list[list[Crossing | None]] = [[None] * len(taps) for _ in places]
        for place in np.flatnonzero(known[: len(places)]).tolist():
            here = faces[place]
            if here not in searches:
                searches[here] = _Ways(self._graph, here, wanted)
            for tap, ends in there:
                line = shapely.LineString(points[[place, tap]])
                found[place][tap - len(places)] = searches[here].to(ends, line)
        return found

    def crossed_by_line(self, place: Floats, tap: Floats) -> tuple[Road, ...]:
        """Return the roads that the straight line to a tap crosses, the largest first, gone around or not."""
        line = shapely.LineString([place, tap])
        found = {self._roads[index] for index in self._barriers.query(line, predicate="intersects")}
        return tuple(sorted(found, key=_by_size))

    def covers(self, points: Floats) -> npt.NDArray[np.bool_]:
        """Say of each place (n, 2) whether the streets are known there."""
        shapes = shapely.points(np.reshape(points, (-1, 2)))
        known = np.zeros(len(shapes), dtype=bool)
        known[self._streets.query(shapes, predicate="dwithin", distance=COVERED_METRES)[0]] = True
        inside = shapely.dwithin(shapes[:, None], self._frames[None, :], ON_BARRIER_METRES).any(axis=1)
        return np.asarray(known & inside)

    def _possible_faces(self, points: Floats, radii: Floats) -> list[frozenset[int]]:
        """Return the faces in which each place may lie, given how well it is known."""
        planar = self._graph.planar
        face, away = planar.locate(points)
        reach = np.maximum(radii, ON_BARRIER_METRES)
        found = [{int(one)} for one in self._graph.face_of(face)]
        doubtful = np.flatnonzero(away <= reach)
        point, edge = planar.tree.query(shapely.points(points[doubtful]), predicate="dwithin", distance=reach[doubtful])
        for position, one in zip(doubtful[point].tolist(), edge.tolist(), strict=True):
            found[position] |= self._graph.sides(one)
        return [frozenset(faces - {self._graph.outside}) for faces in found]


class _Ways:
    """The ways from the faces in which a place may lie."""

    def __init__(self, graph: FaceGraph, here: frozenset[int], wanted: frozenset[int]) -> None:
        self._graph = graph
        self._best = graph.open.search(here, wanted)
        self._worst = [graph.closed.search([start], wanted) for start in here]

    def to(self, ends: frozenset[int], line: shapely.LineString) -> Crossing | None:
        """Return what is crossed to one of the faces ``ends``, near ``line``; ``None`` where no streets join them."""
        reached = [end for end in ends if end in self._best.cost]
        costs = [steps.cost[end] for steps in self._worst for end in ends if end in steps.cost]
        if not reached or len(costs) < len(self._worst) * len(ends):
            return None
        end = min(reached, key=lambda face: (self._best.cost[face], face))
        roads = self._graph.roads_along(self._best.way_to(end), line)
        return Crossing(len(roads), max(len(roads), *(-(-cost // STEP) for cost in costs)), roads)


def _by_size(road: Road) -> tuple[int, Road]:
    return rank(road.road_class), road
