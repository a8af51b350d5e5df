"""The communes of the demonstration: a random place in one of them, and the commune of any position."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from ..geo import metric_epsg, projector
from ..territory import Commune, Territory
from .chance import Chance

EDGE_M = 60.0
"""How far inside the simplified limits a site is put, so that its ground lies in one commune."""

_TRIES = 64
_DENSE = ("métropole", "communauté urbaine", "communauté d'agglomération")
_DENSE_SHARE = 0.7


class Ground:
    """The communes of some departments, in longitude and latitude and in metres."""

    def __init__(self, territory: Territory, departments: Sequence[str]) -> None:
        self.communes = territory.communes(departments)
        self._outlines = np.array([territory.commune_geometry(commune.code) for commune in self.communes], dtype=object)
        self._tree = shapely.STRtree(self._outlines)
        dense = self._densest()
        self._towns = [(index, float(self._outlines[index].area)) for index in dense]
        self._inside_m = lru_cache(maxsize=None)(self._compute_inside_m)

    def draw(self, chance: Chance) -> tuple[Commune, shapely.Point] | None:
        """Return a random commune (towns more often) and a point of it in metres; ``None`` when it has no room."""
        towns = chance.yes(_DENSE_SHARE)
        index = chance.weighted(self._towns) if towns else chance.integer(0, len(self.communes) - 1)
        inside = self._inside_m(index)
        if inside.is_empty:
            return None
        west, south, east, north = inside.bounds
        xs, ys = chance.reals(west, east, _TRIES), chance.reals(south, north, _TRIES)
        hits = np.flatnonzero(shapely.contains_xy(inside, xs, ys))
        if len(hits) == 0:
            return None
        return self.communes[index], shapely.Point(xs[hits[0]], ys[hits[0]])

    def place_columns(self, points: Sequence[shapely.Point]) -> list[dict[str, Any]]:
        """Return the commune columns of each position (EPSG:4326); a gap between limits takes the nearest commune."""
        positions = np.array(points, dtype=object)
        nearest = self._tree.nearest(positions)
        inputs, covering = self._tree.query(positions, predicate="within")
        order = np.argsort(-covering)  # where limits overlap, the first INSEE code is written last and stays
        nearest[inputs[order]] = covering[order]
        return [commune_columns(self.communes[int(index)]) for index in nearest]

    def _densest(self) -> list[int]:
        """Return the communes of the kind of intercommunality that is the most urban here."""
        for word in _DENSE:
            found = [index for index, commune in enumerate(self.communes) if word in commune.epci_name.lower()]
            if found:
                return found
        return list(range(len(self.communes)))

    def covers(self, point: shapely.Point) -> bool:
        """Say whether a position (EPSG:4326) lies in one of the communes."""
        return len(self._tree.query(point, predicate="within")) > 0

    def _compute_inside_m(self, index: int) -> shapely.Geometry:
        to_metres = projector(metric_epsg(self.communes[index].department.code))
        return to_metres(shapely.make_valid(self._outlines[index])).buffer(-EDGE_M)


def commune_columns(commune: Commune) -> dict[str, Any]:
    """Return the columns that a form fills from the position."""
    return {
        "fk_city": commune.code,
        "commune": commune.name,
        "epci": commune.epci_code or None,
        "department": commune.department.code,
        "commune_distance_m": 0.0,
    }
