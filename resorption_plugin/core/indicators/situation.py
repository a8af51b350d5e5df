"""The records of a territory on a day; what several figures need is computed once, when it is first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from ..living_conditions.blocks import Block
from ..living_conditions.decision_table import Status
from ..records import Dataset, Record
from ..water.distances import is_open
from ..water.reach import WaterMap
from ..water.service import TapService
from .places import WHOLE, Place, lies_in
from .water_access import LIMIT_M, Reach, reach


class Water:
    """The water of a whole workspace on a day: taps may serve people across the border of a territory."""

    def __init__(self, data: Dataset, on: dt.date, default_epsg: int) -> None:
        self.map = WaterMap(data, on, default_epsg)
        self._reaches: dict[str, Reach] = {}

    @cached_property
    def taps(self) -> TapService:
        """Who shares the taps within ``LIMIT_M``."""
        return TapService(self.map, LIMIT_M)

    def reach(self, site: Record) -> Reach:
        """Return how a site stands to the limit of distance."""
        if site.uid not in self._reaches:
            self._reaches[site.uid] = reach(self.map, site)
        return self._reaches[site.uid]


class Situation:
    """What the figures of one territory read.

    ``data`` are the records to be counted on the day (``on_day``), of the whole workspace; ``default_epsg`` is the
    projected system of sites without a department.
    """

    def __init__(
        self, data: Dataset, on: dt.date, default_epsg: int, place: Place = WHOLE, water: Water | None = None
    ) -> None:
        self.data = data
        self.on = on
        self.place = place
        self.water = water or Water(data, on, default_epsg)
        self._statuses: dict[str, list[Status]] = {}

    def rows(self, layer: str) -> list[Record]:
        """Return the records of a layer that lie in the territory."""
        return [row for row in self.data.layer(layer) if lies_in(self.place, row)]

    @cached_property
    def sites(self) -> list[Record]:
        """Every site there is or was on the day."""
        return self.rows("site")

    @cached_property
    def open_sites(self) -> list[Record]:
        """The sites where people still live."""
        return [site for site in self.sites if is_open(site)]

    @cached_property
    def closed_sites(self) -> list[Record]:
        """The other sites."""
        return [site for site in self.sites if not is_open(site)]

    def statuses(self, block: Block) -> list[Status]:
        """Return the status of a living condition on each open site."""
        if block.key not in self._statuses:
            self._statuses[block.key] = [block.table.status(site.values) for site in self.open_sites]
        return self._statuses[block.key]

    @cached_property
    def reaches(self) -> list[Reach]:
        """How each open site stands to the limit of distance."""
        return [self.water.reach(site) for site in self.open_sites]

    @cached_property
    def existing_points(self) -> list[Record]:
        """The water points that are neither planned nor removed."""
        return [point for point in self.rows("water_point") if point["lifecycle"] not in ("planned", "removed")]

    @cached_property
    def owners(self) -> dict[str, list[Record]]:
        """The owners of each site."""
        return self.data.children("owner", "site_uid")

    @cached_property
    def closures(self) -> dict[str, list[Record]]:
        """Where the people of each closed site went."""
        return self.data.children("closure", "site_uid")

    @cached_property
    def actions(self) -> dict[str, list[Record]]:
        """The actions that concern each site."""
        found: dict[str, list[Record]] = {}
        for link in self.data.layer("action_site"):
            action = self.data.get("action", link["action_uid"])
            if action is not None and link["site_uid"]:
                found.setdefault(link["site_uid"], []).append(action)
        return found

    @cached_property
    def imports(self) -> dict[str, Record]:
        """The last row imported from the platform for each site."""
        return {row["site_uid"]: row for row in self.data.layer("platform_record") if row["site_uid"]}


def situations(data: Dataset, on: dt.date, default_epsg: int, places: Iterable[Place]) -> list[Situation]:
    """Return the situation of each territory on a day; their water is looked at once."""
    water = Water(data, on, default_epsg)
    return [Situation(data, on, default_epsg, place, water) for place in places]
