"""The nearest tap of every point: our search beside scipy, shapely and QGIS, which must find the same."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

import numpy as np
import psycopg2
import shapely
from scipy.spatial import cKDTree

from resorption_plugin.core.water import nearest as ours_module
from resorption_plugin.core.water.nearest import Floats, Indexes, nearest
from tools.throw_away_cluster import throw_away_cluster

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


class Measured(NamedTuple):
    """What a peer found, and the seconds of its search alone: what it needs before is not held against it."""

    seconds: float
    found: Indexes


def with_join_by_nearest(points: Floats, taps: Floats) -> Measured:
    """Search with QGIS's own algorithm, on layers in memory; filling them is not counted."""
    from qgis.analysis import QgsNativeAlgorithms  # noqa: PLC0415 - only here
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback  # noqa: PLC0415 - only here

    if QgsApplication.instance() is None:
        _KEPT.append(QgsApplication([], False))
        QgsApplication.initQgis()
    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))
    joined = registry.createAlgorithmById("native:joinbynearest")
    given = {"INPUT": _layer(points), "INPUT_2": _layer(taps), "NEIGHBORS": 1, "OUTPUT": "memory:", "PREFIX": "tap_"}
    context = QgsProcessingContext()
    begin = time.perf_counter()
    outputs, ok = joined.run(given, context, QgsProcessingFeedback())
    seconds = time.perf_counter() - begin
    if not ok:
        raise RuntimeError("native:joinbynearest failed")
    found = np.empty(len(points), dtype=np.intp)
    for feature in context.temporaryLayerStore().mapLayer(outputs["OUTPUT"]).getFeatures():
        found[feature["number"]] = feature["tap_number"]
    return Measured(seconds, found)


def _layer(places: Floats) -> Any:
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer  # noqa: PLC0415 - only here

    layer = QgsVectorLayer("Point?crs=EPSG:2154&field=number:integer", "places", "memory")
    features = []
    for number, (x, y) in enumerate(places):
        feature = QgsFeature(layer.fields())
        feature.setAttribute("number", number)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


_KEPT: list[Any] = []
"""QGIS lives as long as the process."""


def with_postgis(points: Floats, taps: Floats) -> Measured:
    """Search with PostGIS and its index (``<->``); indexing is counted, loading the rows is not."""
    with throw_away_cluster() as place, closing(psycopg2.connect(place)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION postgis")
        for table, places in (("point", points), ("tap", taps)):
            cursor.execute(f"CREATE TABLE {table} (number int PRIMARY KEY, place geometry(Point, 2154))")
            rows = "".join(f"{number}\tSRID=2154;POINT({x!r} {y!r})\n" for number, (x, y) in enumerate(places.tolist()))
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(rows))
        begin = time.perf_counter()
        cursor.execute("CREATE INDEX ON tap USING gist (place)")
        cursor.execute("ANALYZE tap")
        cursor.execute(
            "SELECT p.number, t.number FROM point p CROSS JOIN LATERAL "
            "(SELECT number FROM tap ORDER BY tap.place <-> p.place LIMIT 1) t"
        )
        found = np.empty(len(points), dtype=np.intp)
        for number, tap in cursor:
            found[number] = tap
        seconds = time.perf_counter() - begin
    return Measured(seconds, found)


Search = Callable[[Floats, Floats], "Indexes | Measured"]


def timed(search: Search, points: Floats, taps: Floats, rounds: int) -> tuple[float, Indexes]:
    """Return the best of some rounds, in seconds, and what was found."""
    best, found = float("inf"), np.empty(0, dtype=np.intp)
    for _ in range(rounds):
        begin = time.perf_counter()
        result = search(points, taps)
        seconds, found = result if isinstance(result, Measured) else (time.perf_counter() - begin, result)
        best = min(best, seconds)
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
        *compared(
            "nearest tap, one round",
            MANY,
            with_our_search,
            {"native:joinbynearest": with_join_by_nearest, "PostGIS <->": with_postgis},
            rounds=1,
        ),
        *compared("nearest tap, without scipy", MANY, without_scipy, {"QgsSpatialIndex": with_qgis}, rounds=1),
    ]
