"""What the people of a site have to cross to reach water, when each dwelling goes where it is easiest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..records import Record
from .barriers import Crossing, Crossings
from .measuring import accuracies
from .nearest import SEARCH_MARGIN, Floats
from .reach import Neighbour, WaterMap


@dataclass(frozen=True, slots=True)
class WayToWater:
    """What the worst placed dwelling with water in reach has to cross."""

    least: int
    """Barriers if every doubt falls well; 0 where the streets are not known."""
    most: int | None
    """Barriers if every doubt falls ill; ``None`` where the streets are not known."""
    crossing: Crossing | None
    """What is crossed to ``water_point``."""
    water_point: Record
    """The water point that is easiest to reach from there."""
    place: Floats
    """Where the dwelling is, (2,), in metres."""


def way_to_water(
    water: WaterMap, barriers: Crossings, site: Record, limit_m: float, *, sure: bool
) -> WayToWater | None:
    """Return the hardest of the easiest ways from the places of a site to usable water at most ``limit_m`` away.

    Places without water in reach are left aside: how far water is, is another question. ``None`` when that is all of
    them. ``barriers`` are in the projected system of the site; ``sure`` leaves out the points nobody can tell to be
    usable.
    """
    places = water.sites.of(site)
    if places is None:
        return None
    taps = water.taps(places.epsg, sure=sure)
    near = taps.index.within(places.centre, places.radius + limit_m + SEARCH_MARGIN)
    in_reach = places.to(taps.index.xy[near]).round(2) <= limit_m
    served = np.flatnonzero(in_reach.any(axis=1))
    if not len(served):
        return None
    found = barriers.between(places.xy[served], places.accuracy[served], taps.index.xy[near], taps.accuracy[near])
    ways = [
        _easiest(
            [(found[row][tap], taps.records[near[tap]]) for tap in np.flatnonzero(in_reach[place])], places.xy[place]
        )
        for row, place in enumerate(served)
    ]
    return max(ways, key=_hardship)


def _easiest(choices: list[tuple[Crossing | None, Record]], place: Floats) -> WayToWater:
    known = [(crossing, point) for crossing, point in choices if crossing is not None]
    if not known:
        return WayToWater(0, None, None, choices[0][1], place)
    crossing, point = min(known, key=lambda choice: (choice[0].least, choice[0].most, choice[1].uid))
    least = 0 if len(known) < len(choices) else crossing.least
    return WayToWater(least, min(choice.most for choice, _ in known), crossing, point, place)


def _hardship(way: WayToWater) -> tuple[int, bool, int]:
    """Order ways: what must be crossed, then what nobody knows, then what may have to be."""
    return way.least, way.most is None, way.most or 0


def crossings_to(water: WaterMap, barriers: Crossings, site: Record, seen: list[Neighbour]) -> list[Crossing | None]:
    """Return what is between the farthest place of a site and each of some water points seen from it."""
    places = water.sites.of(site)
    if places is None or not seen:
        return [None] * len(seen)
    points = [neighbour.water_point for neighbour in seen]
    xy = geo.project_points(shapely.get_coordinates([point.geometry for point in points]), places.epsg)
    far = places.to(xy).argmax(axis=0)
    from_there, place = np.unique(far, return_inverse=True)
    found = barriers.between(places.xy[from_there], places.accuracy[from_there], xy, accuracies(points))
    return [found[row][tap] for tap, row in enumerate(place.reshape(-1))]
