"""Which streets stop a walker, which pass over or under them, where the data end, and where a line has a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from .. import geo
from ..records import Record
from .cutting import GRID_METRES
from .measuring import have_positions

ROADS = ("motorway", "trunk", "primary", "secondary", "tertiary", "residential", "service")
"""The classes of road a walker may have to cross, the largest first: codes of ``domains.ROAD_CLASS``."""

LEAST_ROAD = "tertiary"
"""A choice of this plugin: OpenStreetMap's smallest class of through road (its BD TOPO equal is importance 4)."""

ALWAYS = ("railway", "water")
"""Barriers whatever the least class of road."""

GAP_METRES = 5.0
"""A barrier that ends this close to another one has a gap there: about the width of a lane, between centre lines."""

_NOT_WALKED = (*ALWAYS, "motorway")
_FRAME_STEP_DEGREES = 0.005
"""Chords of a parallel this long stay within a centimetre of it at the latitudes of France."""

Shapes = npt.NDArray[np.object_]
Box = tuple[float, float, float, float]


class Road(NamedTuple):
    """What is crossed: the carriageways of one road are one."""

    name: str
    road_class: str


class Kind(IntEnum):
    """What a line does; the first of those that run along an edge decides."""

    BARRIER = 0
    FRAME = 1
    """The edge of the ground that the streets cover, and what joins to it the barriers that leave that ground."""
    GAP = 2
    """What would close a gap between a barrier and another one."""
    WAY = 3
    """A street that leads walkers over or under a barrier."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines that matter, in one projected system; all of the same length."""

    shapes: Shapes
    kinds: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]
    """How high each lies, 0 on the ground."""
    roads: tuple[Road | None, ...]
    """What is crossed with a barrier, ``None`` with any other line."""

    def of(self, kind: Kind) -> Shapes:
        """Return the shapes of one kind."""
        return np.asarray(self.shapes[self.kinds == kind])


def barrier_classes(least_road: str) -> frozenset[str]:
    """Return the classes that stop a walker when roads count from ``least_road`` on."""
    return frozenset({*ROADS[: ROADS.index(least_road) + 1], *ALWAYS})


def rank(road_class: str) -> int:
    """Return the place of a class among the barriers, the largest road first."""
    order = (*ROADS, *ALWAYS)
    return order.index(road_class) if road_class in order else len(order)


def covered_boxes(streets: Sequence[Record]) -> list[Box]:
    """Return the ground of each source of streets (west, south, east, north in degrees); boxes that meet are one."""
    by_source: dict[str | None, list[Record]] = {}
    for street in streets:
        by_source.setdefault(street["source"], []).append(street)
    boxes: list[Box] = []
    for records in by_source.values():
        west, south, east, north = shapely.total_bounds([record.geometry for record in records]).tolist()
        box = shapely.box(west, south, east, north)
        while touching := [other for other in boxes if box.intersects(shapely.box(*other))]:
            boxes = [other for other in boxes if other not in touching]
            box = shapely.box(*shapely.union_all([box, *(shapely.box(*other) for other in touching)]).bounds)
        boxes.append(box.bounds)
    return boxes


def within_system(streets: Iterable[Record], epsg: int) -> list[Record]:
    """Return the streets that have a geometry in degrees where the projected system is in use."""
    records = list(streets)
    shapes = np.array([record.geometry for record in records], dtype=object)
    valid = have_positions([record.geometry for record in records])
    area = pyproj.CRS(epsg).area_of_use
    if area is not None:
        west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
        with np.errstate(invalid="ignore"):
            valid &= (west <= area.east) & (east >= area.west) & (south <= area.north) & (north >= area.south)
    return [record for record, keep in zip(records, valid, strict=True) if keep]


def lines_of(streets: Sequence[Record], boxes: Sequence[Box], least_road: str, epsg: int) -> Lines:
    """Return the barriers among the streets, what passes over or under them, the gaps and the frame, in metres.

    A barrier in a tunnel stops nobody. ``streets`` are those of ``within_system``; what lies outside the boxes
    (degrees) is left aside.
    """
    classes, to_metres = barrier_classes(least_road), geo.projector(epsg)
    blocking = [street for street in streets if street["road_class"] in classes and not street["is_tunnel"]]
    barriers, levels, owners = _projected(blocking, boxes, epsg)
    ways, way_levels, _ = _projected(_near_another_level(filter(_is_walked, streets), blocking), boxes, epsg)
    way, barrier = shapely.STRtree(barriers).query(ways, predicate="intersects")
    used = np.unique(way[way_levels[way] != levels[barrier]])
    frame = np.array([to_metres(_frame(box)) for box in boxes], dtype=object)
    gaps, at_frame = _gaps(barriers, frame)
    closed = np.concatenate([frame, gaps[at_frame]])
    shapes = {Kind.BARRIER: barriers, Kind.FRAME: closed, Kind.GAP: gaps[~at_frame], Kind.WAY: ways[used]}
    rest = np.zeros(len(frame) + len(gaps), dtype=np.int64)
    roads = [Road(blocking[owner]["name"] or "", blocking[owner]["road_class"]) for owner in owners]
    return Lines(
        np.concatenate(list(shapes.values())),
        np.repeat([int(kind) for kind in shapes], [len(found) for found in shapes.values()]),
        np.concatenate([levels, rest, way_levels[used]]),
        (*roads, *[None] * (len(rest) + len(used))),
    )


def _is_walked(street: Record) -> bool:
    """Say whether people can walk along a street; where nobody knows, they cannot count on it."""
    return bool(street["foot_access"]) and street["road_class"] not in _NOT_WALKED


def _near_another_level(walked: Iterable[Record], blocking: Sequence[Record]) -> list[Record]:
    """Return the streets that may pass over or under a barrier: those off the ground, those near a barrier off it."""
    on_ground: list[Record] = []
    found: list[Record] = []
    for street in walked:
        (found if level_of(street) else on_ground).append(street)
    tree = shapely.STRtree([street.geometry for street in blocking if level_of(street)])
    near = np.unique(tree.query(np.array([street.geometry for street in on_ground], dtype=object))[0])
    return [*found, *(on_ground[index] for index in near)]


def level_of(street: Record) -> int:
    """Return how high a street lies: its level, else 1 for a bridge and -1 for a tunnel."""
    if street["is_bridge"] or street["is_tunnel"]:
        return int(street["level"] or 0) or (1 if street["is_bridge"] else -1)
    return int(street["level"] or 0)


def _projected(
    streets: Sequence[Record], boxes: Sequence[Box], epsg: int
) -> tuple[Shapes, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the parts of streets inside the boxes, in metres, their levels, and the number of the street of each."""
    shapes, owners = [np.empty(0, dtype=object)], [np.empty(0, dtype=np.int64)]
    given = np.array([street.geometry for street in streets], dtype=object)
    for box in boxes:
        parts, owner = shapely.get_parts(shapely.clip_by_rect(given, *box), return_index=True)
        kept = (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & (shapely.length(parts) > 0)
        shapes.append(parts[kept])
        owners.append(owner[kept])
    owner = np.concatenate(owners)
    levels = np.array([level_of(street) for street in streets], dtype=np.int64)[owner]
    return np.asarray(geo.projector(epsg)(np.concatenate(shapes)), dtype=object), levels, owner


def _frame(box: Box) -> shapely.LineString:
    west, south, east, north = box
    # A street that runs straight east would leave no ground to speak of.
    ring = shapely.box(west, south, max(east, west + 1e-6), max(north, south + 1e-6))
    return shapely.LineString(shapely.segmentize(ring, _FRAME_STEP_DEGREES).exterior.coords)


def _gaps(barriers: Shapes, frame: Shapes) -> tuple[Shapes, npt.NDArray[np.bool_]]:
    """Return the shortest lines from the loose ends of barriers to what they nearly meet, ``GAP_METRES`` away at most.

    With each, whether it leads to the frame. An end that touches another line is not loose.
    """
    others = np.concatenate([barriers, frame])
    owner = np.tile(np.arange(len(barriers)), 2)
    ends = np.concatenate([shapely.get_point(barriers, 0), shapely.get_point(barriers, -1)])
    alone = _alone(barriers)
    ends, owner = ends[alone], owner[alone]
    end, line = shapely.STRtree(others).query(ends, predicate="dwithin", distance=GAP_METRES)
    foreign = owner[end] != line
    end, line = end[foreign], line[foreign]
    away = shapely.distance(ends[end], others[line])
    joined = np.zeros(len(ends), dtype=bool)
    joined[end[away <= GRID_METRES]] = True
    loose = ~joined[end]
    order = np.lexsort((away[loose], end[loose]))
    end, line = end[loose][order], line[loose][order]
    nearest = np.unique(end, return_index=True)[1]
    shapes = shapely.shortest_line(ends[end[nearest]], others[line[nearest]])
    return np.asarray(shapes, dtype=object), np.asarray(line[nearest] >= len(barriers))


def _alone(barriers: Shapes) -> npt.NDArray[np.bool_]:
    """Say of the starts, then of the ends of lines whether they are at no vertex of another line."""
    xy, owner = shapely.get_coordinates(barriers, return_index=True)
    if not len(xy):
        return np.empty(0, dtype=bool)
    cells = np.round((xy - xy.min(axis=0)) / GRID_METRES).astype(np.int64)
    place = np.unique(cells[:, 0] * (int(cells[:, 1].max()) + 1) + cells[:, 1], return_inverse=True)[1].reshape(-1)
    lines = np.bincount(np.unique(np.stack([place, owner]), axis=1)[0])
    first = np.searchsorted(owner, np.arange(len(barriers)))
    last = np.searchsorted(owner, np.arange(len(barriers)), side="right") - 1
    return np.asarray(lines[place[np.concatenate([first, last])]] == 1)
