"""Which sites an edit may have given other distances."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import compress

import numpy as np

from ..records import Record
from .distances import Settings
from .nearest import SEARCH_MARGIN, Floats
from .open_sites import open_sites
from .reach import WaterMap
from .taps import Taps

Former = Mapping[str, Sequence[Record]]
"""By layer, the places that the records changed have left (``FeatureStore.former``)."""


def touched_sites(
    changed: Mapping[str, Collection[str]], water: WaterMap, settings: Settings, left: Former | None = None
) -> frozenset[str] | None:
    """Return the sites whose rows may differ after an edit; ``None`` when only all of them is a safe answer.

    ``changed`` gives by layer the uids added, modified or deleted; ``water.data`` is the state after the edit, with
    the rows stored before it. A dwelling or footprint deleted or given to another site must come with the uids of the
    sites. Without ``left``, a record that is gone may have been anywhere.
    """
    data = water.data
    if changed.get("street"):
        return None
    found = set(changed.get("site", ()))
    for layer in ("dwelling", "site_footprint"):
        for uid in changed.get(layer, ()):
            record = data.get(layer, uid)
            if record is not None:
                found.add(record["site_uid"])
            elif left is None:
                return None
    moved = sorted(changed.get("water_point", ()))
    if moved:
        rows = data.children("distance", "water_point_uid")
        if left is None and any(uid not in rows and data.get("water_point", uid) is None for uid in moved):
            return None
        found |= {row["site_uid"] for uid in moved for row in rows.get(uid, ())}
        points = [*data.some("water_point", moved), *(left or {}).get("water_point", ())]
        found |= _sites_in_reach(points, water, settings)
    return frozenset(found)


def _sites_in_reach(points: Sequence[Record], water: WaterMap, settings: Settings) -> set[str]:
    """Return the sites that the points name, or for which they are nearer than the farthest point that serves them.

    A site that no sure point serves is reached from anywhere.
    """
    found = {point["site_uid"] for point in points if point["site_uid"]}
    where = open_sites(water)
    for epsg in where.systems:
        taps, uids = Taps(points, epsg), where.uids(epsg)
        horizons = _horizons(uids, water, settings)
        reached = np.isinf(horizons) & (len(taps) > 0)
        for xy, accuracy in zip(taps.index.xy, taps.accuracy, strict=True):
            near = where.away(xy, epsg) - accuracy <= horizons + SEARCH_MARGIN
            for index in np.flatnonzero(near & ~reached).tolist():
                nearest = where.places(uids[index]).nearest_to(xy[None, :])[0]
                reached[index] = nearest - accuracy <= horizons[index]
        found.update(compress(uids, reached.tolist()))
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
