"""The nearest of many points: a k-d tree where scipy is present, GEOS's tree elsewhere, with equal results."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import shapely

try:
    from scipy.spatial import cKDTree
except ImportError:  # QGIS does not bring scipy everywhere
    cKDTree = None  # noqa: N816 - the name of the class it stands for

SEARCH_MARGIN = 0.01
"""Metres added to a search: distances count to the centimetre, and equal ones are all to be found."""

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]


def nearest(points_xy: Floats, taps_xy: Floats, k: int = 1) -> tuple[Floats, Indexes]:
    """Return the distances and the indexes of the ``k`` nearest taps of each point, both of shape (n, k).

    Both inputs are (n, 2) arrays in one metric CRS. Where there are fewer than ``k`` taps, the distance is infinite
    and the index is -1.
    """
    return PointIndex(taps_xy).nearest(points_xy, k)


def metres(first_xy: Floats, second_xy: Floats) -> Floats:
    """Return every distance from ``first_xy`` (n, 2) to ``second_xy`` (m, 2), as (n, m)."""
    difference = first_xy[:, None, :] - second_xy[None, :, :]
    return np.asarray(np.sqrt((difference**2).sum(axis=2)))


class PointIndex:
    """Points in a metric CRS, (n, 2), ready to be searched."""

    def __init__(self, xy: Floats) -> None:
        self.xy = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        self._tree: _Tree = _KdTree(self.xy) if cKDTree is not None else _GeosTree(self.xy)

    def __len__(self) -> int:
        return len(self.xy)

    def nearest(self, points_xy: Floats, k: int = 1) -> tuple[Floats, Indexes]:
        """Return the distances and indexes of the ``k`` nearest of the indexed points, both (n, k), nearest first."""
        points = np.asarray(points_xy, dtype=np.float64).reshape(-1, 2)
        if len(points) and len(self.xy):
            return self._tree.nearest(points, k)
        return np.full((len(points), k), np.inf), np.full((len(points), k), -1, dtype=np.intp)

    def within(self, point_xy: Floats, radius: float) -> Indexes:
        """Return the indexes, ascending, of the points at most ``radius`` metres from one position."""
        return self._tree.within(point_xy, radius)


def ready(shapes: npt.NDArray[np.object_]) -> shapely.STRtree:
    """Return an index that any thread may ask: GEOS builds it at the first question, which must not be two at once."""
    tree = shapely.STRtree(shapes)
    tree.query(shapely.Point(0, 0))
    return tree


class _Tree(Protocol):
    def nearest(self, points: Floats, k: int) -> tuple[Floats, Indexes]: ...

    def within(self, point_xy: Floats, radius: float) -> Indexes: ...


class _KdTree:
    def __init__(self, xy: Floats) -> None:
        self._tree: Any = cKDTree(xy)

    def nearest(self, points: Floats, k: int) -> tuple[Floats, Indexes]:
        distances, indexes = self._tree.query(points, k=range(1, k + 1))
        return distances, np.where(np.isinf(distances), -1, indexes)

    def within(self, point_xy: Floats, radius: float) -> Indexes:
        return np.array(self._tree.query_ball_point(point_xy, radius, return_sorted=True), dtype=np.intp)


class _GeosTree:
    def __init__(self, xy: Floats) -> None:
        self._xy = xy
        self._tree = ready(shapely.points(xy))

    def nearest(self, points: Floats, k: int) -> tuple[Floats, Indexes]:
        first = self._tree.query_nearest(shapely.points(points), all_matches=False)[1][:, None]
        distances = np.sqrt(((points - self._xy[first[:, 0]]) ** 2).sum(axis=1))[:, None]
        if k == 1:
            return distances, first
        found = [self._few(point, k, radius) for point, radius in zip(points, distances[:, 0], strict=True)]
        return np.array([one[0] for one in found]), np.array([one[1] for one in found])

    def within(self, point_xy: Floats, radius: float) -> Indexes:
        return np.sort(self._tree.query(shapely.Point(point_xy), predicate="dwithin", distance=radius))

    def _few(self, point: Floats, k: int, nearest_m: float) -> tuple[Floats, Indexes]:
        """Widen a circle until it holds ``k`` points, then sort them."""
        wanted, radius = min(k, len(self._xy)), 2 * nearest_m + 1.0
        while len(inside := self.within(point, radius)) < wanted:
            radius *= 2
        away = metres(point[None, :], self._xy[inside])[0]
        order = np.argsort(away, kind="stable")[:wanted]
        distances, indexes = np.full(k, np.inf), np.full(k, -1, dtype=np.intp)
        distances[:wanted], indexes[:wanted] = away[order], inside[order]
        return distances, indexes
