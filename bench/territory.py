"""The commune of a position: the packed reference against one STRtree over every outline of France."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import shapely

from resorption_plugin import paths
from resorption_plugin.core.territory import Territory

POINTS = 1_000
ROUNDS = 3


def positions() -> np.ndarray:
    """Return random positions of Haute-Garonne's bounds, always the same."""
    random = np.random.default_rng(31)
    return np.column_stack([random.uniform(0.45, 2.05, POINTS), random.uniform(42.70, 43.92, POINTS)])


def ours(points: np.ndarray) -> float:
    """Return the seconds to load the reference and to name the commune of each position."""
    begin = time.perf_counter()
    france = Territory.load(paths.territories())
    for lon, lat in points:
        france.commune_at(float(lon), float(lat))
    return time.perf_counter() - begin


def peer(points: np.ndarray) -> float:
    """Return the seconds to decode every outline, to index them, and to query all the positions at once."""
    begin = time.perf_counter()
    france = Territory.load(paths.territories())
    codes = [commune.code for department in france.departments() for commune in france.communes([department.code])]
    tree = shapely.STRtree([france.commune_geometry(code) for code in codes])
    tree.query_nearest(shapely.points(points))
    return time.perf_counter() - begin


def run() -> list[dict[str, Any]]:
    """Return the best of some rounds each."""
    points = positions()
    ours_s = min(ours(points) for _ in range(ROUNDS))
    peer_s = min(peer(points) for _ in range(ROUNDS))
    return [
        {
            "name": "commune of a position",
            "size": f"{POINTS} positions",
            "ours_s": ours_s,
            "peer": "STRtree over 34,871 communes",
            "peer_s": peer_s,
            "ratio": peer_s / ours_s,
            "note": "load included",
        }
    ]
