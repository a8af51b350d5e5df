"""Invented streets: a river and a railway across each department, streets around each site, roads between sites."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ..geo import metric_epsg, projector
from ..records import Record
from ..territory import Territory
from .authorship import AUTHOR
from .chance import Chance
from .names import street_name
from .plots import Plot

_Position = tuple[float, float]
_GRID_M = (-340.0, -145.0, 145.0, 340.0)
"""Offsets of the streets around a site: its ground lies in the block in the middle."""

_STREAM_M = 240.0
_STREAM_SHARE = 0.35
_CLEAR_M = 130.0
"""Roads between sites pass at least this far from any site's centre, where a bend can."""


def long_lines(
    territory: Territory, departments: Sequence[str], chance: Chance
) -> dict[str, dict[str, shapely.Geometry]]:
    """Return, by department, an invented river and railway in metres (keys ``water`` and ``railway``)."""
    return {department: _long_lines(territory, department, chance) for department in departments}


def build(plots: Sequence[Plot], lines: dict[str, dict[str, shapely.Geometry]], chance: Chance) -> list[Record]:
    """Return the streets of the whole demonstration."""
    records = []
    for department, crossing in lines.items():
        for road_class, name in (("water", "La Claire"), ("railway", "Ligne de la Claire")):
            to_stored = projector(4326, metric_epsg(department))
            records += [
                _street(chance, road_class, name, to_stored(part)) for part in shapely.get_parts(crossing[road_class])
            ]
    for plot in plots:
        if plot.scenario.neighbour_at_m is None:
            records += _around(plot, chance)
    return [*records, *_between(plots, chance)]


def _long_lines(territory: Territory, department: str, chance: Chance) -> dict[str, shapely.Geometry]:
    outline = projector(metric_epsg(department))(territory.department_geometry([department]))
    west, south, east, north = outline.bounds
    river = _meander(((west + east) / 2, south), ((west + east) / 2, north), 0.16, chance)
    railway = _meander((west, (south + north) / 2), (east, (south + north) / 2), 0.07, chance)
    return {"water": shapely.intersection(river, outline), "railway": shapely.intersection(railway, outline)}


def _meander(start: _Position, end: _Position, swing: float, chance: Chance) -> shapely.LineString:
    """Return a line from one point to another that swings by up to a share of its length."""
    along = np.linspace(0, 1, 400)
    aside = sum(
        chance.real(0.5, 1) * swing / turns * np.sin(2 * math.pi * (turns * along + chance.real(0, 1)))
        for turns in (1, 2, 5, 11, 23)
    )
    step = np.array(end) - np.array(start)
    normal = np.array([-step[1], step[0]])
    return shapely.LineString(np.array(start) + np.outer(along, step) + np.outer(aside, normal))


def _around(plot: Plot, chance: Chance) -> list[Record]:
    turn = chance.real(0, math.pi / 2)
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    size = len(_GRID_M)
    nodes = np.array([[[x, y] for y in _GRID_M] for x in _GRID_M]) + chance.reals(-22, 22, size * size * 2).reshape(
        size, size, 2
    )
    nodes = nodes @ turned + [plot.centre.x, plot.centre.y]
    stream = chance.yes(_STREAM_SHARE)
    records = []
    if plot.scenario.ring_road_m is not None:
        ring = shapely.LineString(plot.centre.buffer(plot.scenario.ring_road_m, quad_segs=4).exterior.coords)
        records.append(_street(chance, "tertiary", "Boulevard circulaire", plot.to_stored(ring)))
    for row in range(size):
        across, along = street_name(chance), street_name(chance)
        road_class = "tertiary" if row == size - 1 else "residential"
        for column in range(size - 1):
            ends = nodes[column, row], nodes[column + 1, row]
            records.append(_street(chance, road_class, across, plot.to_stored(shapely.LineString(ends))))
            ends = nodes[row, column], nodes[row, column + 1]
            bridge = stream and column == size - 2
            records.append(
                _street(chance, "residential", along, plot.to_stored(shapely.LineString(ends)), bridge=bridge)
            )
    if stream:
        line = np.array([[x, _STREAM_M + 12 * math.sin(x / 60)] for x in range(-430, 431, 20)])
        line = line @ turned + [plot.centre.x, plot.centre.y]
        records.append(_street(chance, "water", "Ruisseau", plot.to_stored(shapely.LineString(line))))
    return records


def _between(plots: Sequence[Plot], chance: Chance) -> list[Record]:
    """Return the roads of the shortest network that joins the sites of each department."""
    records = []
    for epsg in sorted({plot.epsg for plot in plots}):
        here = [plot for plot in plots if plot.epsg == epsg and plot.scenario.neighbour_at_m is None]
        centres = np.array([[plot.centre.x, plot.centre.y] for plot in here])
        tree = shapely.STRtree([plot.centre for plot in here])
        for start, end in _shortest_network(centres):
            road = _bend(centres[start], centres[end], tree, chance)
            name = f"D {chance.integer(900, 999)}"
            records.append(_street(chance, "secondary", name, here[start].to_stored(road)))
    return records


def _shortest_network(centres: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the edges of the minimum spanning tree of (n, 2) points (Prim)."""
    if len(centres) < 2:
        return []
    nearest = np.hypot(*(centres - centres[0]).T)
    parent = np.zeros(len(centres), dtype=int)
    waiting = np.ones(len(centres), dtype=bool)
    waiting[0] = False
    edges = []
    while waiting.any():
        joined = int(np.argmin(np.where(waiting, nearest, np.inf)))
        waiting[joined] = False
        edges.append((int(parent[joined]), joined))
        lengths = np.hypot(*(centres - centres[joined]).T)
        closer = waiting & (lengths < nearest)
        nearest[closer], parent[closer] = lengths[closer], joined
    return edges


def _bend(
    start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], tree: shapely.STRtree, chance: Chance
) -> shapely.LineString:
    """Return a curved road from the streets of one site to those of another, away from the sites between them."""
    step = end - start
    length = float(np.hypot(*step))
    margin = min(0.45, _GRID_M[-1] / length)
    along = np.linspace(margin, 1 - margin, 40)
    normal = np.array([-step[1], step[0]])
    for _ in range(6):
        aside = chance.real(-0.12, 0.12) * np.sin(math.pi * along) + chance.real(-0.03, 0.03) * np.sin(
            3 * math.pi * along
        )
        road = shapely.LineString(start + np.outer(along, step) + np.outer(aside, normal))
        if len(tree.query(road, predicate="dwithin", distance=_CLEAR_M)) == 0:
            break
    return road


def _street(chance: Chance, road_class: str, name: str, line: shapely.Geometry, *, bridge: bool = False) -> Record:
    crossable = road_class not in ("water", "railway")
    values: dict[str, Any] = {
        "source": AUTHOR,
        "name": name,
        "road_class": road_class,
        "foot_access": crossable,
        "is_bridge": bridge,
        "is_tunnel": False,
        "level": 1 if bridge else 0,
    }
    return Record("street", chance.uid(), values, line)
