"""What has to be checked again after an edit: the records edited, and the sites that their change reaches.

A site is reached when it may share a tap with an edited site, or be served by an edited water point, before the edit or
after it. What was before is read from the ``distance`` rows, which are still those of the last computation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..records import Dataset, Record
from ..water.distances import is_open
from ..water.measuring import has_position
from ..water.nearest import Floats
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
    changed: Mapping[str, Collection[str]], touched: Collection[str] | None, water: WaterMap, metres: float
) -> frozenset[str]:
    """Return the uids to judge again after an edit.

    ``changed`` gives by layer the uids added, modified or deleted, ``touched`` the sites whose distances may have
    changed (``None``: all), ``water`` the state after the edit with the rows stored before it, and ``metres`` the
    largest distance that a check looks at.
    """
    uids = {uid for layer in changed.values() for uid in layer}
    sites = [site for site in water.data.layer("site") if is_open(site)]
    discs = _discs(changed, water, metres)
    if touched is None or discs is None:
        return frozenset(uids | {site.uid for site in sites})
    return frozenset({*uids, *touched, *_sites_within(discs, sites, water)})


def _discs(changed: Mapping[str, Collection[str]], water: WaterMap, metres: float) -> list[_Disc] | None:
    """Return the ground reached; ``None`` when a record left no trace of where it was."""
    data = water.data
    rows_of_site = data.children("distance", "site_uid")
    edited_sites = _edited_sites(changed, data)
    if edited_sites is None:
        return None
    discs: list[_Disc] = []
    for uid in edited_sites:
        site = data.get("site", uid)
        if site is None:
            return None
        discs += _discs_of_site(site, rows_of_site.get(uid, []), water, metres)
    rows_of_point = data.children("distance", "water_point_uid") if changed.get("water_point") else {}
    for uid in changed.get("water_point", ()):
        if uid not in rows_of_point:
            return None
        point = data.get("water_point", uid)
        places = [(_end(row), metres) for row in rows_of_point[uid] if has_position(row.geometry)]
        if point is not None and has_position(point.geometry):
            places.append((_end(point), metres))
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


def _discs_of_site(site: Record, rows: Sequence[Record], water: WaterMap, metres: float) -> Iterator[_Disc]:
    """Yield where sites may lie that share a tap with this one: at most twice ``metres`` from it."""
    places = water.sites.of(site)
    if places is not None:
        lon, lat = geo.transformer(places.epsg, geo.STORED_EPSG).transform(*places.centre)
        yield _Disc((lon, lat), places.radius + 2 * metres)
    for row in rows:
        # Before the edit, the whole site was within this distance of the end of the line.
        if has_position(row.geometry) and row["farthest_dwelling_m"] is not None:
            yield _Disc(_end(row), row["farthest_dwelling_m"] + 2 * metres)


def _end(record: Record) -> tuple[float, float]:
    """Return the position of a point, or of the water point at the end of a line."""
    x, y = shapely.get_coordinates(record.geometry)[-1]
    return float(x), float(y)


def _sites_within(discs: Sequence[_Disc], sites: Iterable[Record], water: WaterMap) -> set[str]:
    centres = np.array([disc.lonlat for disc in discs]).reshape(-1, 2)
    radii = np.array([disc.metres for disc in discs])
    projected: dict[int, Floats] = {}
    found = set()
    for site in sites if discs else ():
        places = water.sites.of(site)
        if places is None:
            continue
        if places.epsg not in projected:
            projected[places.epsg] = geo.project_points(centres, places.epsg)
        # Two systems never differ by a metre at these ranges: a little more is searched.
        if (places.nearest_to(projected[places.epsg]) <= radii * 1.01 + 1.0).any():
            found.add(site.uid)
    return found
