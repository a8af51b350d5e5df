"""Which water points stand for which sites, whether they give water or not.

``service`` counts what the taps give on a day; here are all the existing points, those closed or out of order included:
what an officer has to visit, have tested or have repaired.
"""

from __future__ import annotations

from collections.abc import Collection

from ..records import Record
from .links import Links
from .reach import Measure, WaterMap, worst_served
from .taps import Taps, taps_of


def existing(point: Record) -> Collection[str]:
    """Group the points that are there, whether they give water or not."""
    return ("existing",) if point["lifecycle"] in (None, "existing") else ()


class Catchment:
    """Open sites and the existing water points that name them, or are within a distance of one of their dwellings."""

    def __init__(self, water: WaterMap, limit_m: float) -> None:
        """Link each open site to its points; ``limit_m`` is as the crow flies."""
        self._water = water
        self._links = Links(water, limit_m, self._all, lambda point: bool(existing(point)))

    def points(self, site_uid: str) -> list[Record]:
        """Return the existing points of an open site, by uid."""
        return self._links.points(site_uid)

    def sites(self, water_point_uid: str) -> list[Record]:
        """Return the open sites of an existing point, by uid."""
        return self._links.sites(water_point_uid)

    def measure(self, site: Record) -> Measure | None:
        """Return how far the site is from existing points, in service or not; ``None`` without one."""
        places = self._water.sites.of(site)
        return None if places is None else worst_served(places, self._all(places.epsg))

    def _all(self, epsg: int) -> Taps:
        return taps_of(self._water.data, existing, "existing", epsg)
