"""What lies around the place of a site that is being created: other sites, water that can be drunk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from . import geo
from .checks import registry
from .checks.spec import Profile
from .records import Record
from .water.distances import is_open
from .water.measuring import with_position
from .water.state import usable

NEARBY_METRES = 500.0
"""Radius of the platform's *sites à proximité* (``GET /towns/nearby``)."""

_METRES_PER_DEGREE = 110_500.0
"""A little less than the shortest degree of latitude (110,574 m at the equator, WGS 84)."""

_MARGIN = 1.02
"""Room for what a projected system lengthens: two hundredths are more than any legal one of France does."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record near a place, and how far it is, in metres rounded to the centimetre."""

    record: Record
    metres: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an officer is told before a new site is saved."""

    too_close: tuple[Neighbour, ...]
    """Open sites closer than check DON-003 lets two sites be, nearest first."""
    nearby: tuple[Neighbour, ...]
    """The other open sites within ``NEARBY_METRES``, nearest first."""
    water: Neighbour | None
    """The nearest water that can be drunk today within the limit of check EAU-001."""


def apart_metres(profile: Profile) -> float:
    """Return the least distance between two sites (check DON-003), in metres."""
    return _threshold("DON-003", "apart", profile)


def water_metres(profile: Profile) -> float:
    """Return the greatest distance to water (check EAU-001), in metres."""
    return _threshold("EAU-001", "limit", profile)


def box_around(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """Return a box in EPSG:4326 that holds every place within ``metres``: west, south, east, north."""
    high = metres / _METRES_PER_DEGREE * _MARGIN
    wide = high / max(np.cos(np.radians(lat)), 0.01)
    return lon - wide, lat - high, lon + wide, lat + high


def surroundings(
    place: shapely.Point,
    sites: Iterable[Record],
    water_points: Iterable[Record],
    *,
    epsg: int,
    on: dt.date,
    profile: Profile,
) -> Surroundings:
    """Sort what lies around ``place`` (EPSG:4326), measured in the projected system ``epsg``.

    The records may be any that lie in ``box_around``: farther ones are left out.
    """
    apart = apart_metres(profile)
    near = _within(place, [site for site in sites if is_open(site)], NEARBY_METRES, epsg)
    drunk = _within(place, [point for point in water_points if usable(point, on)], water_metres(profile), epsg)
    return Surroundings(
        tuple(found for found in near if found.metres < apart),
        tuple(found for found in near if found.metres >= apart),
        drunk[0] if drunk else None,
    )


def nearest(place: shapely.Point, records: Iterable[Record], within: float, epsg: int) -> Neighbour | None:
    """Return the record nearest to ``place`` (EPSG:4326) within some metres; of two as near, the first uid."""
    found = _within(place, list(records), within, epsg)
    return found[0] if found else None


def _within(place: shapely.Point, records: list[Record], limit: float, epsg: int) -> list[Neighbour]:
    placed = with_position(records)
    if not placed:
        return []
    project = geo.projector(epsg)
    shapes = project(np.array([record.geometry for record in placed], dtype=object))
    metres = np.round(shapely.distance(shapes, project(place)), 2)
    found = [Neighbour(record, float(far)) for record, far in zip(placed, metres, strict=True) if far <= limit]
    return sorted(found, key=lambda neighbour: (neighbour.metres, neighbour.record.uid))


def _threshold(code: str, parameter: str, profile: Profile) -> float:
    (check,) = registry.chosen([code])
    return check.spec.thresholds(profile)[parameter].value
