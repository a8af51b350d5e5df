"""Which water a site reaches on a day, and how far: what distances and checks are both made from.

Lengths are as the crow flies, in the projected system of the site's department, rounded to the centimetre.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely

from .. import geo
from ..records import Dataset, Record
from .barriers import Barriers
from .measuring import Basis, MeasuringPoints, SiteGeometry, has_position
from .nearest import Floats, Indexes
from .state import ByUse, Use, usable
from .street_source import KEPT, ReadStreets, StreetSource
from .taps import Taps, taps_of

_CENTIMETRES = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """How far a site is from water when each place is served by its own nearest point: the worst served place."""

    metres: float
    lower: float
    """The distance if every position were as favourable as its accuracy allows."""
    upper: float
    """The distance if every position were as unfavourable as its accuracy allows."""
    water_point: Record
    """The point nearest to the worst served place."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One water point seen from one site."""

    water_point: Record
    farthest_m: float
    """To the place of the site that is farthest from it: what the platform's form asks."""
    nearest_m: float
    accuracy_m: float | None
    far_place: tuple[float, float]
    """Longitude and latitude of the farthest place."""
    basis: Basis


class WaterMeasure(Protocol):
    """A way to measure how far sites are from water: as the crow flies (``WaterMap``), or along streets."""

    def measure(self, site: Record, *, sure: bool) -> Measure | None:
        """Return how far a site is from usable water; ``None`` where that cannot be measured.

        ``sure`` leaves out the points nobody can tell to be usable.
        """


class WaterMap:
    """The water points of a dataset on a day, and what each site reaches of them."""

    def __init__(self, data: Dataset, on: dt.date, default_epsg: int, streets: StreetSource | None = None) -> None:
        """Take the records; the streets are those among them unless they come from elsewhere."""
        self.data = data
        self._streets = streets or ReadStreets(data.layer("street"))
        self._barriers: dict[tuple[str, int], Barriers] = {}
        self.on = on
        self.sites = SiteGeometry(data, default_epsg)
        self._states: dict[str, bool | None] = {}
        self._taps: dict[tuple[int, bool], Taps] = {}

    def usable(self, water_point_uid: str) -> bool | None:
        """Return whether the point gives drinking water on the day; ``None`` when that cannot be told.

        A point that is gone gives none.
        """
        if water_point_uid not in self._states:
            record = self.data.get("water_point", water_point_uid)
            self._states[water_point_uid] = False if record is None else usable(record, self.on)
        return self._states[water_point_uid]

    def taps(self, epsg: int, *, sure: bool) -> Taps:
        """Return the usable points in a projected system: only the sure ones, or also those nobody can tell."""
        key = (epsg, sure)
        if key not in self._taps:
            self._taps[key] = taps_of(self.data, ByUse(self.on), Use.SURE if sure else Use.POSSIBLE, epsg)
        return self._taps[key]

    def barriers(self, least_road: str, epsg: int) -> Barriers:
        """Return what people have to cross in a projected system, roads from a class on."""
        key = (least_road, epsg)
        if key not in self._barriers:
            self._barriers[key] = KEPT.barriers(self._streets, least_road, epsg)
        return self._barriers[key]

    def measure(self, site: Record, *, sure: bool) -> Measure | None:
        """Return how far the site is from usable water; ``None`` without a position or without any usable point."""
        places = self.sites.of(site)
        if places is None:
            return None
        return worst_served(places, self.taps(places.epsg, sure=sure))

    def serving(self, site: Record, neighbours: int, limit: float) -> list[Neighbour]:
        """Return the points that serve the site, the nearest to its farthest dwelling first.

        They are: for each place the nearest sure point and the nearest of all usable ones (with their accuracy and
        without), however far; and the ``neighbours`` sure points nearest to the farthest dwelling within ``limit``.
        """
        places = self.sites.of(site)
        if places is None:
            return []
        found: dict[str, Neighbour] = {}
        for sure, count in ((True, neighbours), (False, 0)):
            taps = self.taps(places.epsg, sure=sure)
            near = taps.near(places, count, limit)
            for chosen in _chosen(places, taps, near, count, limit):
                record = taps.records[near[chosen]]
                found[record.uid] = see(places, record, taps.index.xy[near[chosen]])
        return sorted(found.values(), key=lambda seen: (seen.farthest_m, seen.nearest_m, seen.water_point.uid))

    def seen_from(self, site: Record, water_point: Record) -> Neighbour | None:
        """Return one water point, usable or not, seen from a site; ``None`` when either has no position."""
        places = self.sites.of(site)
        if places is None or not has_position(water_point.geometry):
            return None
        xy = geo.project_points(shapely.get_coordinates(water_point.geometry), places.epsg)
        return see(places, water_point, xy[0]) if np.isfinite(xy).all() else None


def worst_served(places: MeasuringPoints, taps: Taps) -> Measure | None:
    """Measure each place to its nearest point and return the worst served one; ``None`` without any point."""
    near = taps.near(places, 0, 0.0)
    if not len(near):
        return None
    distances, accuracy = places.to(taps.index.xy[near]), taps.accuracy[near]
    nominal = distances.min(axis=1)
    place = int(nominal.argmax())
    return Measure(
        metres=_rounded(nominal[place]),
        lower=_rounded(((distances - accuracy).min(axis=1) - places.accuracy).max()),
        upper=_rounded(((distances + accuracy).min(axis=1) + places.accuracy).max()),
        water_point=taps.records[near[distances[place].argmin()]],
    )


def see(places: MeasuringPoints, water_point: Record, xy: Floats) -> Neighbour:
    """Measure one water point, at ``xy`` in the projected system of the places."""
    distances = places.to(xy[None, :])[:, 0]
    far = int(distances.argmax())
    known = [places.accuracy[far] or None, water_point["position_accuracy_m"]]
    stated = [float(accuracy) for accuracy in known if accuracy is not None]
    return Neighbour(
        water_point,
        farthest_m=_rounded(distances[far]),
        nearest_m=_rounded(places.nearest_to(xy[None, :])[0]),
        accuracy_m=_rounded(sum(stated)) if stated else None,
        far_place=(float(places.lonlat[far, 0]), float(places.lonlat[far, 1])),
        basis=places.basis,
    )


def _chosen(places: MeasuringPoints, taps: Taps, near: Indexes, count: int, limit: float) -> list[int]:
    """Return the positions in ``near`` of the points that serve."""
    if not len(near):
        return []
    distances, accuracy = places.to(taps.index.xy[near]), taps.accuracy[near]
    nearest = [(distances + shift).argmin(axis=1) for shift in (0, accuracy, -accuracy)]
    farthest = distances.max(axis=0).round(_CENTIMETRES)
    # Candidates are in the order of their uid, and the sort is stable: equal distances are decided by the uid.
    best = np.argsort(farthest, kind="stable")[:count]
    return sorted({*np.concatenate(nearest).tolist(), *best[farthest[best] <= limit].tolist()})


def _rounded(value: float) -> float:
    return round(float(value), _CENTIMETRES)
