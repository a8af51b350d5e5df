"""Which commune each incoming point lies in, and whether it concerns the workspace; for tens of thousands at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

_OUTLINE_TOLERANCE_METRES = 200.0


class Surroundings:
    """The territory of a workspace and what lies just beyond it."""

    def __init__(self, territory: Territory, departments: Sequence[str], metric_epsg: int) -> None:
        """Prepare the outlines of the departments; raises ``TerritoryError`` for an unknown one."""
        self._territory = territory
        self._departments = ", ".join(departments)
        self._epsg = metric_epsg
        self._outlines: dict[str, tuple[list[Commune], shapely.STRtree]] = {}
        self._codes = tuple(departments)
        outline = projector(metric_epsg)(territory.department_geometry(departments))
        self._outline = shapely.simplify(outline, _OUTLINE_TOLERANCE_METRES)

    def matches(self, points: Sequence[shapely.Point], feedback: Feedback) -> list[CommuneMatch | Reason]:
        """Return the commune of each point (EPSG:4326), or the reason why the point does not concern the workspace."""
        distances = self._metres_outside(points)
        found = self._communes(points, np.flatnonzero(distances <= NEIGHBOUR_METRES).tolist(), feedback)
        nowhere = Reason(mark("The position lies in no French commune (at sea or abroad)."))
        outside = np.flatnonzero(distances > NEIGHBOUR_METRES).tolist()
        reasons = self._reasons([points[number] for number in outside], distances[outside])
        results: dict[int, CommuneMatch | Reason] = {**found, **dict(zip(outside, reasons, strict=True))}
        return [results.get(number, nowhere) for number in range(len(points))]

    def _communes(
        self, points: Sequence[shapely.Point], numbers: list[int], feedback: Feedback
    ) -> dict[int, CommuneMatch]:
        """Return the communes of the points with these numbers.

        Looking up one point takes a millisecond, so a whole department is looked up at once: those of the workspace,
        then each neighbour that a point is found in. What is left are points in gaps between outlines.
        """
        found: dict[int, CommuneMatch] = {}
        for department in self._codes:
            found |= self._inside(department, points, numbers)
        known = set(self._codes)
        for done, number in enumerate(numbers):
            if done % 200 == 0:
                stop_if_cancelled(feedback)
                feedback.progress(done / len(numbers))
            if number in found:
                continue
            match = self._territory.commune_at(points[number].x, points[number].y)
            if match is None:
                continue
            found[number] = match
            department = match.commune.department.code
            if department not in known:
                known.add(department)
                rest = [later for later in numbers[done + 1 :] if later not in found]
                found |= self._inside(department, points, rest)
        return found

    def _inside(self, department: str, points: Sequence[shapely.Point], numbers: list[int]) -> dict[int, CommuneMatch]:
        """Return the communes of one department that points lie in; where outlines overlap, the first INSEE code."""
        communes, tree = self._outlines_of(department)
        hits = tree.query(np.array([points[number] for number in numbers], dtype=object), predicate="intersects")
        found: dict[int, CommuneMatch] = {}
        for position, outline in sorted(zip(*hits.tolist(), strict=True)):
            found.setdefault(numbers[position], CommuneMatch(communes[outline], 0.0))
        return found

    def _outlines_of(self, department: str) -> tuple[list[Commune], shapely.STRtree]:
        """Return the communes of a department and a tree of their outlines in the same order, made once."""
        if department not in self._outlines:
            communes = self._territory.communes([department])
            outlines = [self._territory.commune_geometry(commune.code) for commune in communes]
            self._outlines[department] = communes, shapely.STRtree(outlines)
        return self._outlines[department]

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

    def _reasons(self, points: list[shapely.Point], distances: npt.NDArray[np.float64]) -> Iterator[Reason]:
        """Yield why points outside do not concern the workspace."""
        swapped = self._metres_outside([shapely.Point(point.y, point.x) for point in points])
        values = {"departments": self._departments}
        for metres, exchanged in zip(distances.tolist(), swapped.tolist(), strict=True):
            if exchanged <= NEIGHBOUR_METRES:
                yield Reason(
                    mark("Latitude and longitude seem to be swapped: exchanged, the point would lie in the territory.")
                )
            elif np.isfinite(metres):
                yield Reason(
                    mark("The position lies {distance} km outside the workspace's territory ({departments})."),
                    {**values, "distance": f"{metres / 1000:.0f}"},
                )
            else:
                yield Reason(mark("The position lies far outside the workspace's territory ({departments})."), values)
