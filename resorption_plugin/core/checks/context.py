"""What a run gives to the checks: the records, the day, the profile, and indexes built once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable
from functools import cached_property
from typing import Protocol, TypeVar

import shapely

from ..errors import TerritoryError
from ..records import Dataset, Record
from ..territory import CommuneMatch
from ..water.catchment import Catchment
from ..water.measuring import site_epsg
from ..water.reach import WaterMap, WaterMeasure
from ..water.service import TapService
from ..water.street_source import StreetSource
from .people import Population, population
from .spec import Profile

T = TypeVar("T")

# Paris, Lyon and Marseille are one commune each: their districts have codes of their own in many files.
_DISTRICTS = {"751": "75056", "132": "13055", "693": "69123"}


def position_of(geometry: shapely.Geometry) -> shapely.Point:
    """Return the point itself, or a point inside a polygon."""
    return geometry if isinstance(geometry, shapely.Point) else shapely.point_on_surface(geometry)


class CommuneLookup(Protocol):
    """The territory reference, as ``core.territory.Territory`` gives it."""

    def commune_at(self, lon: float, lat: float) -> CommuneMatch | None:
        """Return the commune of a position in EPSG:4326, ``None`` outside France."""

    def commune_geometry(self, code: str) -> shapely.MultiPolygon:
        """Return the outline of a commune in EPSG:4326; raises ``TerritoryError`` when there is none."""


class Context:
    """One run: what every check may read."""

    def __init__(
        self,
        data: Dataset,
        reference_date: dt.date,
        default_epsg: int,
        *,
        profile: Profile = Profile.STATE,
        communes: CommuneLookup | None = None,
        departments: Collection[str] = (),
        today: dt.date | None = None,
        streets: StreetSource | None = None,
    ) -> None:
        """Keep what the checks read.

        ``today`` is the day of the run, after which a date is in the future (the reference date when ``None``): a run
        may judge the water of next winter, or that of last winter. ``default_epsg`` is the projected system of sites
        without a department; ``departments`` are those of the workspace (none: the whole of France). Without
        ``communes``, the checks of the place have nothing to say.
        """
        self.data = data
        self._streets = streets
        self.reference_date = reference_date
        self.today = today or reference_date
        self.default_epsg = default_epsg
        self.profile = profile
        self.communes = communes
        self.departments = frozenset(departments)
        self._made: dict[Hashable, object] = {}

    @cached_property
    def water(self) -> WaterMap:
        """The water points on the reference date and what each site reaches."""
        return WaterMap(self.data, self.reference_date, self.default_epsg, self._streets)

    @property
    def distance_to_water(self) -> WaterMeasure:
        """How the distance to water is measured: as the crow flies."""
        return self.water

    def tap_service(self, limit_m: float) -> TapService:
        """Return who shares the taps within a distance."""
        return self.once(("tap service", limit_m), lambda: TapService(self.water, limit_m))

    def catchment(self, limit_m: float) -> Catchment:
        """Return which existing water points, in service or not, stand for which open sites within a distance."""
        return self.once(("catchment", limit_m), lambda: Catchment(self.water, limit_m))

    def children(self, layer: str, column: str, uid: str) -> list[Record]:
        """Return the records of a layer that refer to a record by a column."""
        return self.data.children(layer, column).get(uid, [])

    def population(self, site: Record) -> Population:
        """Return how many people a site has, and how well that is known."""
        return self.once(
            ("population", site.uid),
            lambda: population(site, self.children("population_count", "site_uid", site.uid)),
        )

    def is_estimated(self, points: Iterable[Record], limit_m: float) -> bool:
        """Say whether the people of one of the sites that some points serve are an operator's estimate."""
        service = self.tap_service(limit_m)
        sites = (self.data.get("site", uid) for point in points for uid in service.sites(point))
        return any(self.population(site).is_estimate for site in sites if site is not None)

    def epsg(self, record: Record) -> int:
        """Return the projected system in which a record is measured."""
        return site_epsg(record, self.default_epsg)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once per run."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]

    def outline(self, code: str) -> shapely.MultiPolygon | None:
        """Return the outline of the commune a record names (a district gives its city), ``None`` when unknown."""
        return self.once(("outline", code), lambda: self._outline(code))

    def _outline(self, code: str) -> shapely.MultiPolygon | None:
        if self.communes is None:
            return None
        try:
            outline = self.communes.commune_geometry(_DISTRICTS.get(code[:3], code) if code[3:] > "00" else code)
        except TerritoryError:
            return None
        shapely.prepare(outline)
        return outline

    def is_in_named_commune(self, record: Record, position: shapely.Point) -> bool:
        """Say whether a position is inside the outline of the commune that the record, or its site, names."""
        site = self.data.get("site", record["site_uid"])
        code = record["fk_city"] or (site["fk_city"] if site else None)
        outline = self.outline(code) if code else None
        return outline is not None and bool(shapely.intersects_xy(outline, position.x, position.y))

    def commune_at(self, position: shapely.Point) -> CommuneMatch | None:
        """Return the commune of a position in EPSG:4326, ``None`` outside France or without a reference."""
        if self.communes is None:
            return None
        place, lookup = (position.x, position.y), self.communes
        return self.once(("commune at", place), lambda: lookup.commune_at(*place))
