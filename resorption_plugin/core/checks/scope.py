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
from ..water.distances import is_open
from ..water.measuring import has_position, site_epsg
from ..water.nearest import Floats, metres
from ..water.reach import WaterMap
from .finding import INTERNAL_ERROR_LAYER
from .spec import CheckSpec, Profile, Quantity


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
    changed: Mapping[str, Collection[str]], touched: Collection[str] | None, water: WaterMap, reach: float
) -> frozenset[str]:
    """Return the uids to judge again after an edit.

    ``changed`` gives by layer the uids added, modified or deleted, ``touched`` the sites whose distances may have
    changed (``None``: all), ``water`` the state after the edit with the rows stored before it, and ``reach`` the
    largest distance that a check looks at.
    """
    data = water.data
    uids = {uid for layer in changed.values() for uid in layer} | family(changed, data)
    sites = [site for site in data.layer("site") if is_open(site)]
    discs = _discs(changed, water, reach)
    if touched is None or discs is None or _left_no_trace(changed, data):
        return frozenset(uids | {record.uid for layer in ("site", "water_point") for record in data.layer(layer)})
    reached = {*touched, *_sites_within(discs, sites, water)}
    points, named = _points_within(discs, water)
    reached |= named
    around = Catchment(water, reach) if reached or points else None
    served = {point.uid for uid in reached for point in around.points(uid)} if around else set()
    return frozenset(uids | reached | points | served)


def without_record(findings: Iterable[Record], data: Dataset) -> frozenset[str]:
    """Return the uids that findings are about and that are no more: they went with the record they belonged to."""
    return frozenset(
        row["target_uid"]
        for row in findings
        if row["target_layer"] != INTERNAL_ERROR_LAYER and data.get(row["target_layer"], row["target_uid"]) is None
    )


def family(changed: Mapping[str, Collection[str]], data: Dataset) -> set[str]:
    """Return the uids that refer to the changed records, and those to which these and the changed ones refer."""
    found: set[str] = set()
    for layer in catalogue.layers():
        if layer.role is not Role.RECORD or not layer.relations:
            continue
        parents = [(relation.column, changed.get(relation.parent, ())) for relation in layer.relations]
        own = changed.get(layer.key, ())
        for record in data.layer(layer.key) if own or any(uids for _, uids in parents) else ():
            if record.uid in own or any(record[column] in uids for column, uids in parents):
                found.add(record.uid)
                found.update(record[column] for column, _ in parents if record[column])
    return found


def _left_no_trace(changed: Mapping[str, Collection[str]], data: Dataset) -> bool:
    """Say whether a record is gone to which others referred: its own went with it, and nobody can tell whose."""
    parents = {relation.parent for layer in catalogue.layers() for relation in layer.relations}
    return any(data.get(key, uid) is None for key in parents for uid in changed.get(key, ()))


def _discs(changed: Mapping[str, Collection[str]], water: WaterMap, reach: float) -> list[_Disc] | None:
    """Return the ground reached; ``None`` when a record left no trace of where it was."""
    data = water.data
    rows_of_site = data.children("distance", "site_uid")
    naming = data.children("water_point", "site_uid")
    edited_sites = _edited_sites(changed, data)
    if edited_sites is None:
        return None
    discs: list[_Disc] = []
    for uid in edited_sites:
        site = data.get("site", uid)
        if site is None:
            return None
        discs += _discs_of_site(site, rows_of_site.get(uid, []), water, reach)
        discs += [_Disc(_end(point), reach) for point in naming.get(uid, []) if has_position(point.geometry)]
    rows_of_point = data.children("distance", "water_point_uid") if changed.get("water_point") else {}
    for uid in changed.get("water_point", ()):
        if uid not in rows_of_point:
            return None
        point = data.get("water_point", uid)
        places = [(_end(row), reach) for row in rows_of_point[uid] if has_position(row.geometry)]
        if point is not None and has_position(point.geometry):
            places.append((_end(point), reach))
        discs += [_Disc(place, radius) for place, radius in places]
    return discs


def _edited_sites(changed: Mapping[str, Collection[str]], data: Dataset) -> set[str] | None:
    found = set(changed.get("site", ()))
    for layer in ("dwelling", "site_footprint", "population_count"):
        for uid in changed.get(layer, ()):
            record = data.get(layer, uid)
            if record is None:
                return None
            found.add(record["site_uid"])
    return found


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

    def centres(self, epsg: int) -> Floats:
        if epsg not in self._projected:
            self._projected[epsg] = geo.project_points(self._centres, epsg)
        return self._projected[epsg]

    def within(self, xy: Floats, epsg: int) -> list[int]:
        """Return the indexes of the places, in metres, that lie on one of the discs."""
        found = np.zeros(len(xy), dtype=bool)
        for centre, radius in zip(self.centres(epsg), self._radii, strict=True):
            found |= metres(xy, centre[None, :])[:, 0] <= radius
        return [int(index) for index in np.flatnonzero(found)]

    def reaches(self, metres: Floats) -> bool:
        """Say whether one of the distances to the centres is within its radius."""
        return bool((metres <= self._radii).any())


def _sites_within(discs: Sequence[_Disc], sites: Iterable[Record], water: WaterMap) -> set[str]:
    ground, found = _Ground(discs), set()
    for site in sites if discs else ():
        places = water.sites.of(site)
        if places is not None and ground.reaches(places.nearest_to(ground.centres(places.epsg))):
            found.add(site.uid)
    return found


def _points_within(discs: Sequence[_Disc], water: WaterMap) -> tuple[set[str], set[str]]:
    """Return the water points that lie on the ground, and the sites that they name."""
    points = [point for point in water.data.layer("water_point") if has_position(point.geometry)] if discs else []
    ground, found, named = _Ground(discs), set(), set()
    by_epsg: dict[int, list[Record]] = {}
    for point in points:
        by_epsg.setdefault(site_epsg(point, geo.METROPOLE_EPSG), []).append(point)
    for epsg, placed in by_epsg.items():
        xy = geo.project_points(shapely.get_coordinates([point.geometry for point in placed]), epsg)
        for index in ground.within(xy, epsg):
            found.add(placed[index].uid)
            if placed[index]["site_uid"]:
                named.add(placed[index]["site_uid"])
    return found, named
