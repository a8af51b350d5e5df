"""What has to be checked again after an edit: the records edited, and the sites that their change reaches.

A site is reached when it may share a tap with an edited site, or be served by an edited water point, before the edit or
after it: because it is near, or because a water point that is near names it. What was before is read from the
``distance`` rows, which are still those of the last computation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..records import Dataset, Record
from ..water.distances import is_open
from ..water.measuring import has_position, site_epsg
from ..water.nearest import Floats, metres
from ..water.reach import WaterMap
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
    uids = {uid for layer in changed.values() for uid in layer}
    sites = [site for site in water.data.layer("site") if is_open(site)]
    discs = _discs(changed, water, reach)
    if touched is None or discs is None:
        return frozenset(uids | {site.uid for site in sites})
    return frozenset({*uids, *touched, *_sites_within(discs, sites, water), *_named_within(discs, water)})


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


def _named_within(discs: Sequence[_Disc], water: WaterMap) -> set[str]:
    """Return the sites named by the water points that lie on the ground."""
    ground, found = _Ground(discs), set()
    for point in water.data.layer("water_point") if discs else ():
        if point["site_uid"] and has_position(point.geometry):
            epsg = site_epsg(point, geo.METROPOLE_EPSG)
            where = geo.project_points(shapely.get_coordinates(point.geometry), epsg)
            if ground.reaches(metres(where, ground.centres(epsg))[0]):
                found.add(point["site_uid"])
    return found
