"""The nearest of many points: a k-d tree where scipy is present, numpy by slices elsewhere, with equal results."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

try:
    from scipy.spatial import cKDTree
except ImportError:  # QGIS does not bring scipy everywhere
    cKDTree = None  # noqa: N816 - the name of the class it stands for

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]

_PAIRS_AT_ONCE = 4_000_000
"""Distances held in memory at once by the plain search: 32 MB."""


def nearest(points_xy: Floats, taps_xy: Floats, k: int = 1) -> tuple[Floats, Indexes]:
    """Return the distances and the indexes of the ``k`` nearest taps of each point, both of shape (n, k).

    Both inputs are (n, 2) arrays in one metric CRS. Where there are fewer than ``k`` taps, the distance is infinite
    and the index is -1.
    """
    return PointIndex(taps_xy).nearest(points_xy, k)


class PointIndex:
    """Points in a metric CRS, (n, 2), ready to be searched."""

    def __init__(self, xy: Floats) -> None:
        self.xy = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        self._tree: Any = cKDTree(self.xy) if cKDTree is not None and len(self.xy) else None

    def __len__(self) -> int:
        return len(self.xy)

    def nearest(self, points_xy: Floats, k: int = 1) -> tuple[Floats, Indexes]:
        """Return the distances and indexes of the ``k`` nearest of the indexed points, both (n, k), nearest first."""
        points = np.asarray(points_xy, dtype=np.float64).reshape(-1, 2)
        if self._tree is not None:
            distances, indexes = self._tree.query(points, k=range(1, k + 1))
            return distances, np.where(np.isinf(distances), -1, indexes)
        distances = np.full((len(points), k), np.inf)
        indexes = np.full((len(points), k), -1, dtype=np.intp)
        found = min(k, len(self.xy))
        step = max(1, _PAIRS_AT_ONCE // max(1, len(self.xy)))
        for start in range(0, len(points) if found else 0, step):
            rows = slice(start, start + step)
            distances[rows, :found], indexes[rows, :found] = _smallest(metres(points[rows], self.xy), found)
        return distances, indexes

    def within(self, point_xy: Floats, radius: float) -> Indexes:
        """Return the indexes, ascending, of the points at most ``radius`` metres from one position."""
        if self._tree is not None:
            return np.array(self._tree.query_ball_point(point_xy, radius, return_sorted=True), dtype=np.intp)
        return np.flatnonzero(metres(np.reshape(point_xy, (1, 2)), self.xy)[0] <= radius)


def metres(first_xy: Floats, second_xy: Floats) -> Floats:
    """Return every distance from ``first_xy`` (n, 2) to ``second_xy`` (m, 2), as (n, m)."""
    difference = first_xy[:, None, :] - second_xy[None, :, :]
    return np.asarray(np.sqrt((difference**2).sum(axis=2)))


def _smallest(distances: Floats, k: int) -> tuple[Floats, Indexes]:
    chosen = np.argpartition(distances, k - 1, axis=1)[:, :k] if k < distances.shape[1] else None
    if chosen is None:
        order = np.argsort(distances, axis=1, kind="stable")
        return np.take_along_axis(distances, order, axis=1), order
    kept = np.take_along_axis(distances, chosen, axis=1)
    order = np.argsort(kept, axis=1, kind="stable")
    return np.take_along_axis(kept, order, axis=1), np.take_along_axis(chosen, order, axis=1)
