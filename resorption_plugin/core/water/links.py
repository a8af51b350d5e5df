"""Which water points stand for which open sites: those that name a site or are near it, looked for when asked."""

from __future__ import annotations

from collections.abc import Callable

from ..records import Record
from .distances import is_open
from .open_sites import open_sites
from .reach import WaterMap
from .taps import Taps


class Links:
    """Open sites, and the points that name them or are within a distance of one of their places.

    Each site is linked when it is first asked about, and all at once when more points than there are sites were.
    """

    def __init__(
        self, water: WaterMap, limit_m: float, taps: Callable[[int], Taps], counts: Callable[[Record], bool]
    ) -> None:
        """Link within ``limit_m`` as the crow flies.

        ``taps`` are the points that count, by projected system; ``counts`` says whether one that names a site does.
        """
        self._data = water.data
        self._geometry = water.sites
        self._limit = limit_m
        self._taps = taps
        self._counts = counts
        self._naming = water.data.children("water_point", "site_uid")
        self._where = open_sites(water)
        self._points: dict[str, list[Record]] = {}
        self._sites: dict[str, list[Record]] = {}
        self._all: dict[str, list[Record]] | None = None

    def points(self, site_uid: str) -> list[Record]:
        """Return the points of an open site, by uid."""
        if site_uid not in self._points:
            site = self._data.get("site", site_uid)
            self._points[site_uid] = self._around(site) if site is not None and is_open(site) else []
        return self._points[site_uid]

    def sites(self, point_uid: str) -> list[Record]:
        """Return the open sites of a point, by uid."""
        if self._all is None and len(self._sites) > len(self._data.rows("site").by_uid):
            self._all = self._linked()
        if self._all is not None:
            return self._all.get(point_uid, [])
        if point_uid not in self._sites:
            found = (self._data.get("site", uid) for uid in sorted(self._may_stand_for(point_uid)))
            self._sites[point_uid] = [site for site in found if site is not None and self._linked_to(site, point_uid)]
        return self._sites[point_uid]

    def _linked_to(self, site: Record, point_uid: str) -> bool:
        return any(point.uid == point_uid for point in self.points(site.uid))

    def _linked(self) -> dict[str, list[Record]]:
        linked: dict[str, list[Record]] = {}
        for site in sorted(self._data.layer("site"), key=lambda record: record.uid):
            for point in self.points(site.uid):
                linked.setdefault(point.uid, []).append(site)
        return linked

    def _may_stand_for(self, point_uid: str) -> set[str]:
        point = self._data.get("water_point", point_uid)
        found = {point["site_uid"]} if point is not None and point["site_uid"] else set()
        for epsg in self._where.systems:
            xy = self._taps(epsg).position(point_uid)
            if xy is not None:
                found.update(self._where.near(xy, epsg, self._limit))
        return found

    def _around(self, site: Record) -> list[Record]:
        found = {point.uid: point for point in self._naming.get(site.uid, ()) if self._counts(point)}
        places = self._geometry.of(site)
        if places is not None:
            found |= {point.uid: point for point in self._taps(places.epsg).around(places, self._limit)}
        return [found[uid] for uid in sorted(found)]
