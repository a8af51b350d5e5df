"""The nearest tap of every point: our search beside scipy, shapely and QGIS, which must find the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from scipy.spatial import cKDTree

from resorption_plugin.core.water import nearest as ours_module
from resorption_plugin.core.water.nearest import Floats, Indexes, nearest

SIDE_METRES = 1_000_000.0
ROUNDS = 3
MANY = 100_000


def uniform(count: int, seed: int) -> Floats:
    """Return random places of a square the size of France, in metres."""
    return np.random.default_rng(seed).uniform(0, SIDE_METRES, (count, 2))


def with_our_search(points: Floats, taps: Floats) -> Indexes:
    """Search as the plugin does."""
    return nearest(points, taps)[1][:, 0]


def without_scipy(points: Floats, taps: Floats) -> Indexes:
    """Search as the plugin does where there is no scipy."""
    tree = ours_module.cKDTree
    ours_module.cKDTree = None
    try:
        return with_our_search(points, taps)
    finally:
        ours_module.cKDTree = tree


def with_scipy(points: Floats, taps: Floats) -> Indexes:
    """Search with scipy alone."""
    return np.asarray(cKDTree(taps).query(points)[1])


def with_shapely(points: Floats, taps: Floats) -> Indexes:
    """Search with GEOS's tree."""
    tree = shapely.STRtree(shapely.points(taps))
    return np.asarray(tree.query_nearest(shapely.points(points), all_matches=False)[1])


def with_qgis(points: Floats, taps: Floats) -> Indexes:
    """Search with QGIS's spatial index, from Python."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsSpatialIndex  # noqa: PLC0415 - only here

    index = QgsSpatialIndex()
    for number, (x, y) in enumerate(taps):
        feature = QgsFeature(number)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        if not index.addFeature(feature):
            raise RuntimeError(f"QGIS did not index the point {number}")
    return np.array([index.nearestNeighbor(QgsPointXY(x, y), 1)[0] for x, y in points])


Search = Callable[[Floats, Floats], Indexes]


def timed(search: Search, points: Floats, taps: Floats, rounds: int) -> tuple[float, Indexes]:
    """Return the best of some rounds, in seconds, and what was found."""
    best, found = float("inf"), np.empty(0, dtype=np.intp)
    for _ in range(rounds):
        begin = time.perf_counter()
        found = search(points, taps)
        best = min(best, time.perf_counter() - begin)
    return best, found


def compared(
    name: str, count: int, ours: Search, peers: dict[str, Search], rounds: int = ROUNDS
) -> list[dict[str, Any]]:
    """Measure our search and its peers on ``count`` points and as many taps."""
    points, taps = uniform(count, 1), uniform(count, 2)
    ours_s, found = timed(ours, points, taps, rounds)
    rows = []
    for peer, search in peers.items():
        peer_s, theirs = timed(search, points, taps, rounds)
        same = int((found == theirs).sum())
        rows.append(
            {
                "name": name,
                "size": f"{count:,} × {count:,}",
                "ours_s": ours_s,
                "peer": peer,
                "peer_s": peer_s,
                "ratio": peer_s / ours_s,
                "note": "same result" if same == count else f"{count - same} differ",
            }
        )
    return rows


def run() -> list[dict[str, Any]]:
    """Compare; building the index is included."""
    return [
        *compared(
            "nearest tap",
            MANY,
            with_our_search,
            {"scipy cKDTree": with_scipy, "shapely STRtree": with_shapely, "QgsSpatialIndex": with_qgis},
        ),
        *compared("nearest tap, without scipy", MANY, without_scipy, {"QgsSpatialIndex": with_qgis}, rounds=1),
    ]
