"""Faces between barriers, and what is crossed: our faces beside GEOS's and QGIS's polygons, an edit beside a build."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from resorption_plugin.core import geo
from resorption_plugin.core.records import Record
from resorption_plugin.core.water.barriers import Barriers
from resorption_plugin.core.water.planar import Floats, Planar
from resorption_plugin.core.water.street_source import BarrierCache

SIDE = 225
BLOCK_METRES = 100.0
ORIGIN = (574_000.0, 6_279_000.0)
"""Toulouse, in Lambert-93."""

ASKED = 500
ROUNDS = 2


def town(seed: int = 225) -> Floats:
    """Return the streets of crooked blocks as (about 100,000, 2, 2), in metres, always the same."""
    rng = np.random.default_rng(seed)
    along = np.arange(SIDE) * BLOCK_METRES
    nodes = np.stack(np.meshgrid(along, along, indexing="ij"), axis=-1) + rng.uniform(-30, 30, (SIDE, SIDE, 2)) + ORIGIN
    ends = [np.stack([nodes[:-1], nodes[1:]], -2), np.stack([nodes[:, :-1], nodes[:, 1:]], -2)]
    return np.concatenate([pairs.reshape(-1, 2, 2) for pairs in ends])


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """Return the best of some rounds, in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(rounds):
        begin = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begin)
    return best, result


def located(planar: Planar, points: Floats) -> int:
    """Return in how many faces the places are."""
    return len(np.unique(planar.locate(points)[0]))


def with_geos(lines: Any, points: Floats) -> int:
    """Cut, polygonize and search the polygon of each place with shapely alone."""
    polygons = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    return len(np.unique(shapely.STRtree(polygons).query(shapely.points(points), predicate="within")[1]))


def with_qgis(lines: Any, points: Floats) -> int:
    """Cut and polygonize as QGIS's algorithm *native:polygonize* does, and search with QGIS's index, from Python."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsSpatialIndex  # noqa: PLC0415 - only here

    shapes = [
        QgsGeometry.fromPolylineXY([QgsPointXY(*a), QgsPointXY(*b)])
        for a, b in shapely.get_coordinates(lines).reshape(-1, 2, 2)
    ]
    polygons = QgsGeometry.polygonize([QgsGeometry.unaryUnion(shapes)]).asGeometryCollection()
    index = QgsSpatialIndex()
    for number, polygon in enumerate(polygons):
        feature = QgsFeature(number)
        feature.setGeometry(polygon)
        index.addFeature(feature)
    places = [QgsGeometry.fromPointXY(QgsPointXY(x, y)) for x, y in points]
    found = {
        number
        for place in places
        for number in index.intersects(place.boundingBox())
        if polygons[number].contains(place)
    }
    return len(found)


def crossings(barriers: Barriers, points: Floats, taps: Floats) -> list[int]:
    """Return the fewest barriers from each place to its tap."""
    zero = np.zeros(1)
    pairs = (barriers.between(a[None], zero, b[None], zero)[0][0] for a, b in zip(points, taps, strict=True))
    return [-1 if found is None else found.least for found in pairs]


def walked(lines: Any, points: Floats, taps: Floats) -> list[int]:
    """Return the same by a walk from polygon to touching polygon, as one would write it with shapely alone."""
    polygons = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    tree = shapely.STRtree(polygons)
    start, goal = (np.full(len(points), -1), np.full(len(points), -1))
    for asked, place in ((start, points), (goal, taps)):
        which, found = tree.query(shapely.points(place), predicate="within")
        asked[which] = found
    return [_hops(polygons, tree, int(a), int(b)) for a, b in zip(start, goal, strict=True)]


def _hops(polygons: Any, tree: shapely.STRtree, start: int, goal: int) -> int:
    seen, edge, hops = {start}, [start], 0
    while goal not in seen:
        near = {int(other) for one in edge for other in tree.query(polygons[one], predicate="touches")} - seen
        edge = [
            other
            for other in near
            if any(shapely.intersection(polygons[one], polygons[other]).length > 0 for one in edge)
        ]
        seen |= set(edge)
        hops += 1
    return hops


class _Source:
    def __init__(self, records: list[Record]) -> None:
        self._records = records

    def version(self) -> str:
        return "the same"

    def streets(self) -> list[Record]:
        return self._records


def row(name: str, size: str, ours_s: float, peer: tuple[str, float], note: str) -> dict[str, Any]:
    """Return one line of the results."""
    name_of_peer, peer_s = peer
    found = {"name": name, "size": size, "ours_s": ours_s, "peer": name_of_peer, "peer_s": peer_s}
    return {**found, "ratio": peer_s / ours_s, "note": note}


def run() -> list[dict[str, Any]]:
    """Compare; every side cuts the lines itself."""
    ends = town()
    lines = shapely.linestrings(ends)
    rng = np.random.default_rng(3)
    points = ends.mean(axis=1)[rng.integers(0, len(ends), 10_000)] + rng.uniform(20, 40, (10_000, 2))
    size, rows = f"{len(lines):,} edges, {len(points):,} places", []
    ours_s, ours = timed(lambda: located(Planar(lines), points))
    for peer, work in {"shapely polygonize": with_geos, "QgsGeometry.polygonize": with_qgis}.items():
        peer_s, theirs = timed(lambda work=work: work(lines, points), 1)
        rows.append(row("faces of places", size, ours_s, (peer, peer_s), f"{ours:,} faces, peer {theirs:,}"))
    shapes = geo.projector(geo.STORED_EPSG, geo.METROPOLE_EPSG)(np.asarray(lines, dtype=object))
    values = {"source": "bench", "road_class": "primary", "foot_access": True}
    streets = [
        Record("street", str(number), {**values, "name": f"r{number}"}, shape) for number, shape in enumerate(shapes)
    ]
    cache, source = BarrierCache(), _Source(streets)
    build_s, barriers = timed(lambda: cache.barriers(source, "tertiary", geo.METROPOLE_EPSG), 1)
    again_s, _ = timed(lambda: cache.barriers(source, "tertiary", geo.METROPOLE_EPSG))
    rows.append(
        row(
            "barriers after an edit elsewhere",
            f"{len(lines):,} edges",
            again_s,
            ("build again", build_s),
            "kept by version",
        )
    )
    starts = points[:ASKED]
    taps = starts + rng.uniform(-200, 200, starts.shape)
    inside = ((taps > np.array(ORIGIN) + 40) & (taps < np.array(ORIGIN) + SIDE * BLOCK_METRES - 150)).all(axis=1)
    starts, taps = starts[inside], taps[inside]
    asked_s, least = timed(lambda: crossings(barriers, starts, taps))
    walked_s, theirs = timed(lambda: walked(lines, starts, taps), 1)
    same = sum(a == b for a, b in zip(least, theirs, strict=True))
    note = f"{same} of {len(least)} the same; building included on both sides"
    asked = f"{len(starts)} pairs, {len(lines):,} edges"
    rows.append(row("fewest crossings", asked, build_s + asked_s, ("touching polygons", walked_s), note))
    return rows
