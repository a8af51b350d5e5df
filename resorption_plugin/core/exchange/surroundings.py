"""Which commune each incoming point lies in, and whether it concerns the workspace; for tens of thousands at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from ..geo import project_points, projector
from ..i18n import mark
from ..ports import Feedback, stop_if_cancelled
from ..territory import Commune, CommuneMatch, Territory
from .rows import Reason

NEIGHBOUR_METRES = 10_000.0
"""How far beyond its departments a workspace takes water points: the nearest tap of a site may lie across the border.
Far above any distance to water that is checked; the City of Paris's own fountains lie up to 6.8 km outside Paris."""

_OUTLINE_TOLERANCE_METRES = 50.0


class Surroundings:
    """The territory of a workspace and what lies just beyond it."""

    def __init__(self, territory: Territory, departments: Sequence[str], metric_epsg: int) -> None:
        """Prepare the outlines of the departments; raises ``TerritoryError`` for an unknown one."""
        self._territory = territory
        self._departments = ", ".join(departments)
        self._epsg = metric_epsg
        self._communes: list[Commune] = territory.communes(departments)
        self._tree = shapely.STRtree([territory.commune_geometry(commune.code) for commune in self._communes])
        outline = projector(metric_epsg)(territory.department_geometry(departments))
        self._outline = shapely.simplify(outline, _OUTLINE_TOLERANCE_METRES)

    def matches(self, points: Sequence[shapely.Point], feedback: Feedback) -> list[CommuneMatch | Reason]:
        """Return the commune of each point (EPSG:4326), or the reason why the point does not concern the workspace."""
        found = self._inside(points)
        results: list[CommuneMatch | Reason] = []
        distances = self._metres_outside(points)
        for number, point in enumerate(points):
            if number % 500 == 0:
                stop_if_cancelled(feedback)
                feedback.progress(number / len(points))
            commune = found.get(number)
            if commune is not None:
                results.append(CommuneMatch(commune, 0.0))
            elif distances[number] > NEIGHBOUR_METRES:
                results.append(self._outside(point, float(distances[number])))
            else:
                near = self._territory.commune_at(point.x, point.y)
                results.append(near or Reason(mark("The position lies in no French commune (at sea or abroad).")))
        return results

    def _inside(self, points: Sequence[shapely.Point]) -> dict[int, Commune]:
        """Return the commune of the points inside an outline; where outlines overlap, the first INSEE code."""
        numbers, outlines = self._tree.query(np.asarray(points, dtype=object), predicate="intersects")
        found: dict[int, Commune] = {}
        for number, outline in sorted(zip(numbers.tolist(), outlines.tolist(), strict=True)):
            found.setdefault(number, self._communes[outline])
        return found

    def _metres_outside(self, points: Sequence[shapely.Point]) -> npt.NDArray[np.float64]:
        """Return the metres from the departments, ``inf`` where the metric system does not reach."""
        if not points:
            return np.empty(0)
        metric = project_points(shapely.get_coordinates(np.asarray(points, dtype=object)), self._epsg)
        usable = np.isfinite(metric).all(axis=1)
        distances = np.full(len(points), np.inf)
        with np.errstate(invalid="ignore"):  # GEOS raises the flag on its way to a good answer
            distances[usable] = shapely.distance(self._outline, shapely.points(metric[usable]))
        return distances

    def _outside(self, point: shapely.Point, metres: float) -> Reason:
        swapped = shapely.Point(point.y, point.x)
        if abs(point.x) <= 90 and float(self._metres_outside([swapped])[0]) <= NEIGHBOUR_METRES:
            return Reason(
                mark("Latitude and longitude seem to be swapped: exchanged, the point would lie in the territory.")
            )
        values = {"departments": self._departments}
        if not np.isfinite(metres):
            return Reason(mark("The position lies far outside the workspace's territory ({departments})."), values)
        return Reason(
            mark("The position lies {distance} km outside the workspace's territory ({departments})."),
            {**values, "distance": f"{metres / 1000:.0f}"},
        )
