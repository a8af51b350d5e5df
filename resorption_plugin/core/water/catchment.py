"""Which water points stand for which sites, whether they give water or not.

``service`` counts what the taps give on a day; here are all the existing points, those closed or out of order included:
what an officer has to visit, have tested or have repaired.
"""

from __future__ import annotations

from collections.abc import Collection

from ..records import Record
from .distances import is_open
from .measuring import with_position
from .nearest import SEARCH_MARGIN
from .reach import Measure, Taps, WaterMap, worst_served


class Catchment:
    """Open sites and the existing water points that name them, or are within a distance of one of their dwellings."""

    def __init__(self, water: WaterMap, limit_m: float) -> None:
        """Link each open site to its points; ``limit_m`` is as the crow flies."""
        self._water = water
        self._limit = limit_m
        existing = [point for point in water.data.layer("water_point") if point["lifecycle"] in (None, "existing")]
        self._placed = sorted(with_position(existing), key=lambda record: record.uid)
        self._taps: dict[int, Taps] = {}
        naming: dict[str, list[Record]] = {}
        for point in existing:
            if point["site_uid"]:
                naming.setdefault(point["site_uid"], []).append(point)
        self._points: dict[str, list[Record]] = {}
        self._sites: dict[str, list[Record]] = {}
        for site in sorted(water.data.layer("site"), key=lambda record: record.uid):
            if is_open(site):
                self._points[site.uid] = self._around(site, naming.get(site.uid, []))
                for point in self._points[site.uid]:
                    self._sites.setdefault(point.uid, []).append(site)

    def points(self, site_uid: str) -> list[Record]:
        """Return the existing points of an open site, by uid."""
        return self._points.get(site_uid, [])

    def sites(self, water_point_uid: str) -> list[Record]:
        """Return the open sites of an existing point, by uid."""
        return self._sites.get(water_point_uid, [])

    def measure(self, site: Record) -> Measure | None:
        """Return how far the site is from existing points, in service or not; ``None`` without one."""
        places = self._water.sites.of(site)
        return None if places is None else worst_served(places, self._all(places.epsg))

    def _around(self, site: Record, naming: Collection[Record]) -> list[Record]:
        found = {point.uid: point for point in naming}
        places = self._water.sites.of(site)
        if places is not None:
            taps = self._all(places.epsg)
            near = taps.index.within(places.centre, places.radius + self._limit + SEARCH_MARGIN)
            distances = places.nearest_to(taps.index.xy[near]).round(2)
            found |= {taps.records[tap].uid: taps.records[tap] for tap in near[distances <= self._limit]}
        return [found[uid] for uid in sorted(found)]

    def _all(self, epsg: int) -> Taps:
        if epsg not in self._taps:
            self._taps[epsg] = Taps(self._placed, epsg)
        return self._taps[epsg]
