"""Small worlds in metres: what the scenes of the checks are made of."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import shapely

from resorption_plugin.core import geo
from resorption_plugin.core.checks.context import Context
from resorption_plugin.core.checks.registry import chosen
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.checks.spec import Profile, Verdict
from resorption_plugin.core.errors import TerritoryError
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.territory import Commune, CommuneMatch, Department

EPSG = 2154
ORIGIN = (574_000.0, 6_279_000.0)
"""The centre of the small worlds, in Lambert-93: Toulouse."""

SUMMER = dt.date(2026, 7, 1)

_to_degrees = geo.projector(geo.STORED_EPSG, EPSG)


def metric(x: float, y: float = 0.0) -> shapely.Point:
    """Return a place by its metres east and north of the origin, in Lambert-93."""
    return shapely.Point(ORIGIN[0] + x, ORIGIN[1] + y)


def at(x: float, y: float = 0.0) -> shapely.Point:
    """Return a place by its metres east and north of the origin, in EPSG:4326."""
    return _to_degrees(metric(x, y))


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Return a rectangle by its metres from the origin, in EPSG:4326."""
    return _to_degrees(shapely.box(ORIGIN[0] + west, ORIGIN[1] + south, ORIGIN[0] + east, ORIGIN[1] + north))


def site(uid: str = "site", where: shapely.Geometry | None = None, **values: Any) -> Record:
    """Return an open site, at the origin unless told."""
    given = {"status": "open", "department": "31", "living_conditions_version": 2, "name": uid, **values}
    return Record("site", uid, given, at(0) if where is None else where)


def tap(uid: str = "tap", where: shapely.Geometry | None = None, **values: Any) -> Record:
    """Return a working private tap of drinking water."""
    given = {
        "name": uid,
        "type": "robinet_connecte_au_reseau",
        "lifecycle": "existing",
        "working_state": "working",
        "is_potable": True,
        "is_on_public_road": False,
        "taps": 1,
        "department": "31",
        **values,
    }
    return Record("water_point", uid, given, at(0) if where is None else where)


def dwelling(uid: str, where: shapely.Geometry, site_uid: str = "site", **values: Any) -> Record:
    """Return a dwelling of a site."""
    return Record("dwelling", uid, {"site_uid": site_uid, **values}, where)


def footprint(uid: str, where: shapely.Geometry | None, site_uid: str = "site", **values: Any) -> Record:
    """Return the footprint of a site."""
    return Record("site_footprint", uid, {"site_uid": site_uid, **values}, where)


def count(uid: str, people: int, on: dt.date, site_uid: str = "site") -> Record:
    """Return a dated count of people."""
    return Record("population_count", uid, {"site_uid": site_uid, "population_total": people, "counted_on": on})


class SquareCommunes:
    """Communes drawn as squares of 10 km, so that a border lies exactly where a scene says."""

    def __init__(self) -> None:
        """Draw Toulouse around the origin, a neighbour beyond a gap of 10 m, Paris and a commune of the Tarn."""
        here, tarn, paris = (
            Department("31", "Haute-Garonne", "Occitanie"),
            Department("81", "Tarn", "Occitanie"),
            Department("75", "Paris", "Île-de-France"),
        )
        self._communes = [
            (Commune("31555", "Toulouse", here, "", ""), box(-5_000, -5_000, 5_000, 5_000)),
            (Commune("31069", "Blagnac", here, "", ""), box(-15_000, -5_000, -5_010, 5_000)),
            (Commune("81004", "Albi", tarn, "", ""), box(5_000, -5_000, 15_000, 5_000)),
            (Commune("75056", "Paris", paris, "", ""), shapely.box(2.2, 48.8, 2.5, 48.95)),
        ]

    def commune_at(self, lon: float, lat: float) -> CommuneMatch | None:
        """Return the nearest commune within 20 m or so."""
        position = shapely.Point(lon, lat)
        commune, outline = min(self._communes, key=lambda pair: pair[1].distance(position))
        metres = outline.distance(position) * 100_000
        return CommuneMatch(commune, metres) if metres < 20 else None

    def commune_geometry(self, code: str) -> shapely.MultiPolygon:
        """Return the square of a commune."""
        for commune, outline in self._communes:
            if commune.code == code:
                return shapely.MultiPolygon([outline])
        raise TerritoryError("There is no commune {code}.", code=code)


@dataclass(frozen=True, slots=True)
class Scene:
    """Records, a day, and the verdicts that one check must give (none: it passes)."""

    records: tuple[Record, ...]
    verdicts: tuple[Verdict, ...] = ()
    on: dt.date = SUMMER
    profile: Profile = Profile.STATE
    departments: tuple[str, ...] = field(default=("31",))

    def context(self, records: Iterable[Record] | None = None) -> Context:
        """Return what a run on the scene is given (on other records when told)."""
        data = Dataset(self.records if records is None else records)
        return Context(
            data, self.on, EPSG, profile=self.profile, communes=SquareCommunes(), departments=self.departments
        )

    def findings(self, check_id: str, records: Iterable[Record] | None = None) -> list[Any]:
        """Return the findings of one check on the scene."""
        result = run(self.context(records), chosen([check_id]))
        assert not result.stopped
        return list(result.findings)


def passes(*records: Record, **more: Any) -> Scene:
    """Return a scene in which the check finds nothing."""
    return Scene(records, **more)


def fails(*records: Record, times: int = 1, **more: Any) -> Scene:
    """Return a scene in which the check fails."""
    return Scene(records, tuple(itertools.repeat(Verdict.FAILS, times)), **more)


def to_verify(*records: Record, times: int = 1, **more: Any) -> Scene:
    """Return a scene that the check leaves to verify."""
    return Scene(records, tuple(itertools.repeat(Verdict.TO_VERIFY, times)), **more)
