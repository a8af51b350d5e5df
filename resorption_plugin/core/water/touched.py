"""Which sites an edit may have given other distances."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from ..records import Dataset, Record
from .distances import Settings
from .nearest import SEARCH_MARGIN, Floats
from .open_sites import open_sites
from .reach import WaterMap
from .taps import Taps


def touched_sites(changed: Mapping[str, Collection[str]], water: WaterMap, settings: Settings) -> frozenset[str] | None:
    """Return the sites whose rows may differ after an edit; ``None`` when only all of them is a safe answer.

    ``changed`` gives by layer the uids added, modified or deleted; ``water.data`` is the state after the edit, with
    the rows stored before it. A dwelling or footprint given to another site must come with both sites' uids.
    """
    data = water.data
    if changed.get("street"):
        return None
    found = set(changed.get("site", ()))
    for layer in ("dwelling", "site_footprint"):
        for uid in changed.get(layer, ()):
            record = data.get(layer, uid)
            if record is None:
                return None
            found.add(record["site_uid"])
    moved = frozenset(changed.get("water_point", ()))
    if moved:
        served = _sites_of_points(moved, data)
        if served is None:
            return None
        found |= served | _sites_in_reach(data.some("water_point", sorted(moved)), water, settings)
    return frozenset(found)


def _sites_of_points(moved: Collection[str], data: Dataset) -> set[str] | None:
    """Return the sites that have a row to one of the points; ``None`` when a deleted point left no row behind."""
    rows = data.children("distance", "water_point_uid")
    if any(uid not in rows and data.get("water_point", uid) is None for uid in moved):
        return None
    return {row["site_uid"] for uid in moved for row in rows.get(uid, ())}


def _sites_in_reach(points: Sequence[Record], water: WaterMap, settings: Settings) -> set[str]:
    """Return the sites that the points name, or for which they are nearer than the farthest point that serves them.

    A site that no sure point serves is reached from anywhere.
    """
    found = {point["site_uid"] for point in points if point["site_uid"]}
    where = open_sites(water)
    for epsg in where.systems:
        taps, uids = Taps(points, epsg), where.uids(epsg)
        horizons = _horizons(uids, water, settings)
        for xy, accuracy in zip(taps.index.xy, taps.accuracy, strict=True):
            near = np.flatnonzero(where.away(xy, epsg) - accuracy <= horizons + SEARCH_MARGIN)
            for index in near.tolist():
                places = where.places(uids[index])
                if uids[index] not in found and places.nearest_to(xy[None, :])[0] - accuracy <= horizons[index]:
                    found.add(uids[index])
    return found


def _horizons(uids: Sequence[str], water: WaterMap, settings: Settings) -> Floats:
    """Return how far points matter to each site, in metres."""
    rows = water.data.children("distance", "site_uid")
    horizons = np.full(len(uids), np.inf)
    for index, uid in enumerate(uids):
        served = [row for row in rows.get(uid, ()) if row["rank"] is not None and water.usable(row["water_point_uid"])]
        if served:
            # A point farther away, but better known, may still be the one that bounds the distance.
            within = (row["farthest_dwelling_m"] + (row["accuracy_m"] or 0.0) for row in served)
            horizons[index] = max(settings.limit_m, *within)
    return horizons
