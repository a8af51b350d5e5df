"""What has to be checked again after an edit: the records edited, their family, and the sites that the edit reaches.

The family of a record are the records that refer to it or to which it refers, and those to which these refer in turn:
the sites of an action, the procedure of a site. A site is reached when it may share a tap with an edited site, or be
served by an edited water point, before the edit or after it: because it is near, or because a water point that is near
names it. What was before is read from the ``distance`` rows, which are still those of the last computation. With a
site, the water points around it are judged again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..model import catalogue
from ..model.fields import Role
from ..records import Dataset, Record
from ..water.catchment import Catchment
from ..water.measuring import MeasuringPoints, has_position, site_epsg
from ..water.nearest import Floats
from ..water.open_sites import open_sites
from ..water.reach import WaterMap
from ..water.taps import taps_of
from ..water.touched import Former
from .finding import INTERNAL_ERROR_LAYER
from .spec import CheckSpec, Profile, Quantity

_PLACES = ("site", "dwelling", "site_footprint")
"""The layers that say where a site is."""


@dataclass(frozen=True, slots=True)
class _Disc:
    """Ground within which a site may be reached."""

    lonlat: tuple[float, float]
    metres: float


def longest_metres(specs: Iterable[CheckSpec], profile: Profile) -> float:
    """Return the largest parameter in metres of some checks."""
    lengths = (
        parameter.threshold(profile).value
        for spec in specs
        for parameter in spec.parameters
        if parameter.quantity is Quantity.METRES
    )
    return max(lengths, default=0.0)


def to_check_again(
    changed: Mapping[str, Collection[str]],
    touched: Collection[str] | None,
    water: WaterMap,
    reach: float,
    left: Former | None = None,
) -> frozenset[str]:
    """Return the uids to judge again after an edit.

    ``changed`` gives by layer the uids added, modified or deleted, ``touched`` the sites whose distances may have
    changed (``None``: all), ``water`` the state after the edit with the rows stored before it, ``reach`` the
    largest distance that a check looks at, and ``left`` the places that the records changed have left, if known.
    """
    data = water.data
    uids = {uid for layer in changed.values() for uid in layer} | family(changed, data)
    discs = _discs(changed, water, reach, left)
    if touched is None or discs is None or _left_no_trace(changed, data):
        return frozenset(uids | {record.uid for layer in ("site", "water_point") for record in data.layer(layer)})
    reached = {*touched, *_sites_within(discs, water)}
    points, named = _points_within(discs, water)
    reached |= named
    around = Catchment(water, reach)
    served = {point.uid for uid in reached for point in around.points(uid)}
    return frozenset(uids | reached | points | served)


def without_record(data: Dataset) -> frozenset[str]:
    """Return the uids that findings are about and that are no more: they went with the record they belonged to."""
    return frozenset(
        uid
        for layer, uid in data.grouped("finding", _target)
        if layer != INTERNAL_ERROR_LAYER and data.get(layer, uid) is None
    )


def _target(row: Record) -> Collection[tuple[str, str]]:
    return ((row["target_layer"], row["target_uid"]),)


def family(changed: Mapping[str, Collection[str]], data: Dataset) -> set[str]:
    """Return the uids that refer to the changed records, and those to which these and the changed ones refer."""
    found: set[str] = set()
    for layer in catalogue.layers():
        if layer.role is not Role.RECORD or not layer.relations:
            continue
        kin = {record.uid: record for record in data.some(layer.key, changed.get(layer.key, ()))}
        for relation in layer.relations:
            children = data.children(layer.key, relation.column) if changed.get(relation.parent) else {}
            for uid in changed.get(relation.parent, ()):
                kin |= {record.uid: record for record in children.get(uid, ())}
        found.update(kin)
        found.update(
            record[relation.column]
            for record in kin.values()
            for relation in layer.relations
            if record[relation.column]
        )
    return found


def _left_no_trace(changed: Mapping[str, Collection[str]], data: Dataset) -> bool:
    """Say whether a record is gone to which others referred: its own went with it, and nobody can tell whose."""
    children = (layer for layer in catalogue.layers() if layer.role is Role.RECORD)
    parents = {relation.parent for layer in children for relation in layer.relations}
    return any(data.get(key, uid) is None for key in parents for uid in changed.get(key, ()))


def _discs(
    changed: Mapping[str, Collection[str]], water: WaterMap, reach: float, left: Former | None
) -> list[_Disc] | None:
    """Return the ground reached; ``None`` when a record left no trace of where it was."""
    data = water.data
    edited_sites = _edited_sites(changed, data, left)
    sites = data.some("site", edited_sites or ())
    points = sorted(changed.get("water_point", ()))
    rows = data.children("distance", "water_point_uid")
    if (
        edited_sites is None
        or len(sites) < len(edited_sites)
        or (left is None and any(uid not in rows for uid in points))
    ):
        return None
    discs: list[_Disc] = []
    for site in sites:
        naming = data.children("water_point", "site_uid").get(site.uid, ())
        discs += _discs_of_site(site, data.children("distance", "site_uid").get(site.uid, ()), water, reach)
        discs += [_Disc(_end(point), reach) for point in naming if has_position(point.geometry)]
    ends = [*data.some("water_point", points), *(row for uid in points for row in rows.get(uid, ()))]
    places = left or {}
    discs += [_Disc(_end(end), reach) for end in (*ends, *places.get("water_point", ())) if has_position(end.geometry)]
    discs += [_disc_around(place, 2 * reach) for layer in _PLACES for place in places.get(layer, ())]
    return discs


def _edited_sites(changed: Mapping[str, Collection[str]], data: Dataset, left: Former | None) -> set[str] | None:
    found = set(changed.get("site", ()))
    for layer in (*_PLACES, "population_count"):
        for uid in changed.get(layer, ()) if layer != "site" else ():
            record = data.get(layer, uid)
            if record is not None:
                found.add(record["site_uid"])
            elif left is None:
                return None
    return found


def _disc_around(place: Record, metres: float) -> _Disc:
    west, south, east, north = shapely.bounds(place.geometry)
    lon, lat = (west + east) / 2, (south + north) / 2
    return _Disc((lon, lat), metres + geo.geodesic_metres(west, south, east, north))


def _discs_of_site(site: Record, rows: Sequence[Record], water: WaterMap, reach: float) -> Iterator[_Disc]:
    """Yield where sites may lie that share a tap with this one: at most twice ``reach`` from it."""
    places = water.sites.of(site)
    if places is not None:
        lon, lat = geo.transformer(places.epsg, geo.STORED_EPSG).transform(*places.centre)
        yield _Disc((lon, lat), places.radius + 2 * reach)
    for row in rows:
        # Before the edit, the whole site was within this distance of the end of the line.
        if has_position(row.geometry) and row["farthest_dwelling_m"] is not None:
            yield _Disc(_end(row), row["farthest_dwelling_m"] + 2 * reach)


def _end(record: Record) -> tuple[float, float]:
    """Return the position of a point, or of the water point at the end of a line."""
    x, y = shapely.get_coordinates(record.geometry)[-1]
    return float(x), float(y)


class _Ground:
    """Discs in each projected system where they are asked for."""

    def __init__(self, discs: Sequence[_Disc]) -> None:
        self._centres = np.array([disc.lonlat for disc in discs]).reshape(-1, 2)
        # Two systems differ by far less at these ranges: a little more is searched.
        self._radii = np.array([disc.metres for disc in discs]) * 1.01 + 1.0
        self._projected: dict[int, Floats] = {}

    def __bool__(self) -> bool:
        return len(self._radii) > 0

    def discs(self, epsg: int) -> Iterator[tuple[Floats, float]]:
        """Yield the centre (2,) and the radius of each disc, in metres."""
        return zip(self._centres_in(epsg), self._radii.tolist(), strict=True)

    def reaches(self, places: MeasuringPoints) -> bool:
        """Say whether some part of a site is on one of the discs."""
        return bool((places.nearest_to(self._centres_in(places.epsg)) <= self._radii).any())

    def _centres_in(self, epsg: int) -> Floats:
        if epsg not in self._projected:
            self._projected[epsg] = geo.project_points(self._centres, epsg)
        return self._projected[epsg]


def _sites_within(discs: Sequence[_Disc], water: WaterMap) -> set[str]:
    ground, where = _Ground(discs), open_sites(water)
    maybe = {
        uid
        for epsg in where.systems
        for centre, radius in ground.discs(epsg)
        for uid in where.near(centre, epsg, radius)
    }
    return {uid for uid in maybe if ground.reaches(where.places(uid))}


def _points_within(discs: Sequence[_Disc], water: WaterMap) -> tuple[set[str], set[str]]:
    """Return the water points that lie on the ground, and the sites that they name."""
    ground, found = _Ground(discs), dict[str, Record]()
    for epsg in water.data.grouped("water_point", _own_system) if ground else ():
        taps = taps_of(water.data, _own_system, epsg, epsg)
        for centre, radius in ground.discs(epsg):
            found |= {taps.records[index].uid: taps.records[index] for index in taps.index.within(centre, radius)}
    return set(found), {point["site_uid"] for point in found.values() if point["site_uid"]}


def _own_system(point: Record) -> Collection[int]:
    return (site_epsg(point, geo.METROPOLE_EPSG),)
