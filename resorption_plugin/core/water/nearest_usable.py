"""The nearest water that can be drunk on a day, from any place: what a map asks site by site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import shapely

from .. import geo
from ..records import Record
from .measuring import has_position, with_position
from .state import usable
from .taps import Taps

_DAYS_KEPT = 32
"""A map asks about one day, a table with a date of its own about some."""


@dataclass(frozen=True, slots=True)
class NearestWater:
    """A water point and how far it is, as the crow flies, in metres rounded to the centimetre."""

    water_point: Record
    distance_m: float


class UsableWater:
    """Water points ready to be asked for the nearest that is usable; any thread may ask."""

    def __init__(self, water_points: Iterable[Record], epsg: int) -> None:
        """Take the points, in EPSG:4326; distances are measured in the projected system ``epsg``."""
        self._points = sorted(with_position(list(water_points)), key=lambda record: record.uid)
        self._project = geo.projector(epsg)
        self._epsg = epsg
        self._on = lru_cache(maxsize=_DAYS_KEPT)(self._usable_on)

    def nearest(self, place: shapely.Geometry, on: dt.date) -> NearestWater | None:
        """Return the usable point nearest to a geometry in EPSG:4326, ``None`` when there is none.

        A line or polygon is measured from its nearest part. Of points equally near the first uid is taken.
        """
        projected = self._project(place)
        if not has_position(projected):
            return None
        taps, tree = self._on(on)
        indexes, distances = tree.query_nearest(projected, return_distance=True)
        if len(indexes) == 0:
            return None
        return NearestWater(taps.records[int(indexes.min())], round(float(distances[0]), 2))

    def _usable_on(self, day: dt.date) -> tuple[Taps, shapely.STRtree]:
        taps = Taps([point for point in self._points if usable(point, day)], self._epsg)
        tree = shapely.STRtree(shapely.points(taps.index.xy))
        tree.query(shapely.Point(0, 0))  # GEOS builds the tree at the first question, which must not be two at once
        return taps, tree
