"""Which open sites may lie near a place: the circle around the places of each, by projected system."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .distances import is_open
from .measuring import MeasuringPoints
from .nearest import SEARCH_MARGIN, Floats, Indexes, metres
from .reach import WaterMap


class _Circles:
    """Sites of one projected system."""

    def __init__(self, sites: dict[str, MeasuringPoints]) -> None:
        self.uids = list(sites)
        self._centres = np.array([places.centre for places in sites.values()])
        self._radii = np.array([places.radius for places in sites.values()])

    def away(self, xy: Floats) -> Floats:
        """Return the metres from a place (2,) to each circle at least: below zero inside it."""
        return np.asarray(metres(self._centres, xy[None, :])[:, 0] - self._radii)


class OpenSites:
    """The open sites of a map that have a position."""

    def __init__(self, water: WaterMap) -> None:
        self._places: dict[str, MeasuringPoints] = {}
        by_epsg: dict[int, dict[str, MeasuringPoints]] = {}
        for site in filter(is_open, water.data.layer("site")):
            places = water.sites.of(site)
            if places is not None:
                self._places[site.uid] = by_epsg.setdefault(places.epsg, {})[site.uid] = places
        self._circles = {epsg: _Circles(sites) for epsg, sites in by_epsg.items()}

    def places(self, uid: str) -> MeasuringPoints:
        """Return the places of one of the sites."""
        return self._places[uid]

    @property
    def systems(self) -> list[int]:
        """The projected systems of the sites."""
        return list(self._circles)

    def uids(self, epsg: int) -> list[str]:
        """Return the sites of a projected system."""
        return self._circles[epsg].uids

    def away(self, xy: Floats, epsg: int) -> Floats:
        """Return how many metres a place (2,) is at least from each of ``uids(epsg)``."""
        return self._circles[epsg].away(xy)

    def near(self, xy: Floats, epsg: int, metres: float) -> Iterator[str]:
        """Yield every site of a projected system that may be within ``metres`` of a place (2,)."""
        near: Indexes = np.flatnonzero(self.away(xy, epsg) <= metres + SEARCH_MARGIN)
        uids = self.uids(epsg)
        return (uids[index] for index in near.tolist())


def open_sites(water: WaterMap) -> OpenSites:
    """Return where the open sites of a map are, as long as none has changed."""
    made_of = tuple(water.data.rows(layer) for layer in ("site", "dwelling", "site_footprint"))
    return water.data.memory.of(("open sites", water.sites.default_epsg), made_of, lambda: OpenSites(water))
