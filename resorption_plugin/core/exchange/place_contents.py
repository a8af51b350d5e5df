"""Recognises positions by what columns hold: a latitude and a longitude of France cannot be taken for each other."""

from __future__ import annotations

from collections.abc import Callable

from .converters import number
from .positions import Place, PositionColumns, from_wkt, single_position
from .rows import RowError, SourceRow

# South, north, west, east of the metropole and the five overseas departments, rounded outwards to the degree.
FRANCE = (
    (41.0, 52.0, -6.0, 10.0),
    (14.0, 19.0, -64.0, -60.0),
    (2.0, 6.0, -55.0, -51.0),
    (-22.0, -20.0, 55.0, 56.0),
    (-14.0, -12.0, 44.0, 46.0),
)

_SHARE = 0.9
_NAMED_SHARE = 0.5
"""A column that is called latitude is one, though some rows are mistyped: those are rejected one by one."""


def in_france(longitude: float, latitude: float) -> bool:
    """Say whether a position lies in the surroundings of a French department."""
    return any(s <= latitude <= n and w <= longitude <= e for s, n, w, e in FRANCE)


def place_fits(place: Place, texts: list[str]) -> bool:
    """Say whether most texts can be that part of a position."""
    return _most(texts, lambda text: _reads_as(place, text))


def named_place_fits(place: Place, texts: list[str]) -> bool:
    """Say whether half of the texts at least, in a column with the name of a place, can be that part of a position."""
    return _most(texts, lambda text: _reads_as(place, text), _NAMED_SHARE)


def is_degrees(texts: list[str], place: Place) -> bool:
    """Say whether most texts are decimal latitudes (or longitudes) of the metropole, to three decimals or more."""
    south, north, west, east = FRANCE[0]
    low, high = (south, north) if place is Place.LATITUDE else (west, east)

    def fits(text: str) -> bool:
        whole, _, decimals = text.replace(",", ".").partition(".")
        return len(decimals) >= 3 and bool(whole) and low <= number(text) <= high

    return bool(texts) and _most(texts, fits)


def pair_order(texts: list[str]) -> Place | None:
    """Return whether pairs of coordinates put the latitude or the longitude first; ``None`` when they are no pairs."""
    if not texts:
        return None
    if _most(texts, lambda text: _pair_in_france(Place.LAT_LON, text)):
        return Place.LAT_LON
    if _most(texts, lambda text: _pair_in_france(Place.LON_LAT, text)):
        return Place.LON_LAT
    return None


def middles_of_wkt(texts: list[str]) -> list[tuple[float, float]]:
    """Return a position of each text that is a geometry in WKT, in its own system."""
    found = []
    for text in texts:
        try:
            found.append(single_position(from_wkt(text)))
        except RowError:
            continue
    return found


def _pair_in_france(place: Place, text: str) -> bool:
    point = PositionColumns(((place, 0),)).point(SourceRow(0, (text,)))
    return in_france(point.x, point.y)


def _reads_as(place: Place, text: str) -> bool:
    if place in (Place.LATITUDE, Place.LONGITUDE, Place.EASTING, Place.NORTHING):
        limit = {Place.LATITUDE: 90.0, Place.LONGITUDE: 180.0}.get(place, 1e8)
        return abs(number(text)) <= limit
    # the system does not matter here: metres are refused as degrees, so a WKT is only asked to be one
    PositionColumns(((place, 0),), 2154 if place is Place.WKT else 4326).point(SourceRow(0, (text,)))
    return True


def _most(texts: list[str], fits: Callable[[str], bool], share: float = _SHARE) -> bool:
    good = 0
    for text in texts:
        try:
            good += fits(text)
        except (ValueError, RowError):
            continue
    return good >= share * len(texts)
