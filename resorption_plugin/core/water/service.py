"""How many people share a tap.

Each tap is shared by all the people within its reach, and a site adds up the shares it gets. With P the people of the
open sites that a point serves and n its taps, a site has 1 / Σ (n / P) people per tap. For a site alone with its taps
this is people / taps; for two sites around one tap, the people of both. One more tap can only lower the figure of
every site.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..records import Record
from .distances import is_open
from .links import Links
from .reach import WaterMap


@dataclass(frozen=True, slots=True)
class Service:
    """What the taps within reach of one site give."""

    people: int | None
    taps: int
    """Taps of the points counted; a working point whose taps nobody counted has at least one."""
    people_per_tap: float | None
    """``None`` without any tap or without a count of people."""
    guaranteed: float | None
    """The same figure from the points all of whose users are counted: the true one is not higher."""
    taps_unknown: bool
    """Nobody counted the taps of at least one point: the true figure can only be lower."""


def people(site: Record, counts: Collection[Record]) -> int | None:
    """Return the people of a site: the site's own figure, else that of its latest count that has one."""
    if site["population_total"] is not None:
        return int(site["population_total"])
    dated = [count for count in counts if count["population_total"] is not None and count["counted_on"]]
    latest = max(dated, key=lambda count: (count["counted_on"], count.uid), default=None)
    return None if latest is None else int(latest["population_total"])


class TapService:
    """Which points serve which open sites within a distance, and how many people share them."""

    def __init__(self, water: WaterMap, limit_m: float) -> None:
        """Link each open site to the points that name it and to those at most ``limit_m`` from one of its dwellings."""
        self._water = water
        self._counts = water.data.children("population_count", "site_uid")
        self._people: dict[str, int | None] = {}
        self._users: dict[str, list[int | None]] = {}
        self._links = Links(
            water,
            limit_m,
            lambda epsg: water.taps(epsg, sure=False),
            lambda point: water.usable(point.uid) is not False,
        )

    def points(self, site_uid: str) -> list[Record]:
        """Return the points that serve an open site, those nobody can tell to be usable included, by uid."""
        return self._links.points(site_uid)

    def of(self, site_uid: str, *, sure: bool) -> Service:
        """Return the service of an open site, with only the points surely usable or with all that may be."""
        points = [point for point in self.points(site_uid) if not sure or self._water.usable(point.uid)]
        counted = [point for point in points if None not in self.users(point)]
        site = self._water.data.get("site", site_uid)
        inhabitants = None if site is None or not is_open(site) else self._people_of(site)
        return Service(
            inhabitants,
            sum(taps(point) for point in points),
            self._ratio(points) if inhabitants else None,
            self._ratio(counted) if inhabitants else None,
            taps_unknown=any(point["taps"] is None for point in points),
        )

    def users(self, point: Record) -> list[int | None]:
        """Return the people of each open site that a point serves, ``None`` for a site nobody counted."""
        if point.uid not in self._users:
            self._users[point.uid] = [self._people_of(site) for site in self._links.sites(point.uid)]
        return self._users[point.uid]

    def sites(self, point: Record) -> list[str]:
        """Return the open sites that a point serves, by uid."""
        return [site.uid for site in self._links.sites(point.uid)]

    def _people_of(self, site: Record) -> int | None:
        if site.uid not in self._people:
            self._people[site.uid] = people(site, self._counts.get(site.uid, []))
        return self._people[site.uid]

    def _ratio(self, points: Collection[Record]) -> float | None:
        shares = sum(taps(point) / sum(filter(None, self.users(point))) for point in points)
        return round(1 / shares, 2) if shares else None


def taps(point: Record) -> int:
    """Return the taps of a point; a working one whose taps nobody counted has at least one."""
    return 1 if point["taps"] is None else int(point["taps"])
