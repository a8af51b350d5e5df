"""Access to water counted: how many sites and people, declared and measured, by commune or department."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ..records import Dataset, Record
from ..water.access_rule import WaterStatus, status
from ..water.distances import is_open
from ..water.reach import WaterMap

LIMIT_M = 200.0
"""DIHAL report of 2021 and the State's platform: less than 200 m from the farthest dwelling."""

LAYERS = ("site", "site_footprint", "dwelling", "water_point")
"""What the figures are made from."""


class Reach(StrEnum):
    """Whether the farthest dwelling of a site is within ``LIMIT_M`` of a working point of drinking water."""

    WITHIN = "within"
    TO_VERIFY = "to_verify"
    """Within the accuracy of the positions, or only by a point whose state or potability is unknown."""
    BEYOND = "beyond"
    UNMEASURED = "unmeasured"
    """The site has no position."""


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """What the figures need to know of an open site; no position."""

    uid: str
    insee: str | None
    department: str | None
    people: int | None
    """``None``: never counted."""
    declared: WaterStatus
    reach: Reach


@dataclass(frozen=True, slots=True)
class Tally:
    """Sites, the people counted on them, and the sites where nobody was counted."""

    sites: int = 0
    people: int = 0
    uncounted: int = 0

    def plus(self, people: int | None) -> Tally:
        """Return the tally with one more site."""
        return Tally(self.sites + 1, self.people + (people or 0), self.uncounted + (people is None))


@dataclass(frozen=True, slots=True)
class Summary:
    """A tally as a whole, by declared status, and by measured reach."""

    total: Tally = field(default_factory=Tally)
    declared: dict[WaterStatus, Tally] = field(default_factory=dict)
    reach: dict[Reach, Tally] = field(default_factory=dict)

    def of_status(self, wanted: WaterStatus) -> Tally:
        """Return the tally of a declared status."""
        return self.declared.get(wanted, Tally())

    def of_reach(self, wanted: Reach) -> Tally:
        """Return the tally of a measured reach."""
        return self.reach.get(wanted, Tally())

    def share(self, tally: Tally) -> float | None:
        """Return the share of the people counted, from 0 to 1; ``None`` when nobody was counted."""
        return tally.people / self.total.people if self.total.people else None


def site_accesses(data: Dataset, on: dt.date, default_epsg: int) -> list[SiteAccess]:
    """Return the open sites with their access to water on a day; ``data`` holds ``LAYERS``."""
    water = WaterMap(data, on, default_epsg)
    return [
        SiteAccess(
            site.uid,
            site["fk_city"],
            site["department"],
            site["population_total"],
            status(site.values),
            reach(water, site),
        )
        for site in data.layer("site")
        if is_open(site)
    ]


def reach(water: WaterMap, site: Record) -> Reach:
    """Return whether the site is within ``LIMIT_M`` of water that surely, or perhaps, serves it."""
    if water.sites.of(site) is None:
        return Reach.UNMEASURED
    sure = water.measure(site, sure=True)
    if sure is not None and sure.upper <= LIMIT_M:
        return Reach.WITHIN
    perhaps = water.measure(site, sure=False)
    if perhaps is not None and perhaps.lower <= LIMIT_M:
        return Reach.TO_VERIFY
    return Reach.BEYOND


def summarise(accesses: Iterable[SiteAccess]) -> Summary:
    """Count sites and people."""
    total = Tally()
    declared: dict[WaterStatus, Tally] = {}
    reaches: dict[Reach, Tally] = {}
    for access in accesses:
        total = total.plus(access.people)
        declared[access.declared] = declared.get(access.declared, Tally()).plus(access.people)
        reaches[access.reach] = reaches.get(access.reach, Tally()).plus(access.people)
    return Summary(total, declared, reaches)


def summarise_by(accesses: Iterable[SiteAccess], key: Callable[[SiteAccess], str | None]) -> dict[str, Summary]:
    """Count sites and people by a code, ordered by it; sites without a code are under ``""``."""
    grouped: dict[str, list[SiteAccess]] = {}
    for access in accesses:
        grouped.setdefault(key(access) or "", []).append(access)
    return {code: summarise(grouped[code]) for code in sorted(grouped)}
