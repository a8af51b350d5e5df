"""Water points in one projected system, ready to be searched, and kept as long as they stay the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..records import Dataset, Grouping, K, Record, alike
from .measuring import MeasuringPoints, accuracies, have_positions
from .nearest import SEARCH_MARGIN, Floats, Indexes, PointIndex


@dataclass(frozen=True, slots=True)
class _Placed:
    """Records, their positions (n, 2) in metres, not finite where there is none, and to how many metres they are."""

    records: Sequence[Record]
    xy: Floats
    accuracy: Floats

    def now(self, records: Sequence[Record], epsg: int) -> _Placed:
        """Place other records; what is known of those that are the same is kept."""
        begin, end = alike(self.records, records)
        new, last = _place(records[begin : len(records) - end], epsg), len(self.records) - end
        return _Placed(
            records,
            np.concatenate([self.xy[:begin], new.xy, self.xy[last:]]),
            np.concatenate([self.accuracy[:begin], new.accuracy, self.accuracy[last:]]),
        )


class Taps:
    """Water points in one projected system; those that have no position there are left out."""

    def __init__(self, records: Sequence[Record], epsg: int, before: Taps | None = None) -> None:
        """Place the records, which come by uid; ``before`` are nearly the same ones, in the same system."""
        self.all: _Placed = before.all.now(records, epsg) if before else _place(records, epsg)
        valid = np.isfinite(self.all.xy).all(axis=1)
        self.records = records
        if not valid.all():
            self.records = [record for record, keep in zip(records, valid, strict=True) if keep]
        xy = self.all.xy[valid]
        # A point that only gives its state, not its place, leaves the index as it is.
        self.index: PointIndex = before.index if before and np.array_equal(before.index.xy, xy) else PointIndex(xy)
        self.accuracy = self.all.accuracy[valid]
        self.worst_accuracy = float(self.accuracy.max(initial=0.0))

    def __len__(self) -> int:
        return len(self.records)

    def near(self, places: MeasuringPoints, count: int, limit: float) -> Indexes:
        """Return every point that may be among the ``count`` nearest within ``limit``, or the nearest of a place.

        With *c* the centre of the places, *r* their radius and *D1*, *Dk* the distances of *c* to its nearest and
        k-th nearest points: the nearest point of a place is within D1 + 2r of *c*; a point is never nearer to its
        farthest place than to *c*, so the ``count`` best by that measure are within Dk + r.
        """
        if not len(self):
            return np.empty(0, dtype=np.intp)
        distances = self.index.nearest(places.centre[None, :], max(count, 1))[0][0]
        serving = distances[0] + 2 * places.radius + self.worst_accuracy
        ranked = min(distances[-1] + places.radius, limit) if count else 0.0
        return self.index.within(places.centre, max(serving, ranked) + SEARCH_MARGIN)

    def around(self, places: MeasuringPoints, metres: float) -> list[Record]:
        """Return the points at most ``metres`` from some part of a site, counted to the centimetre."""
        near = self.index.within(places.centre, places.radius + metres + SEARCH_MARGIN)
        distances = places.nearest_to(self.index.xy[near]).round(2)
        return [self.records[tap] for tap in near[distances <= metres]]

    def position(self, uid: str) -> Floats | None:
        """Return where a point is, (2,), ``None`` when it is not among these."""
        found = bisect_left(self.records, uid, key=_uid)
        if found == len(self.records) or self.records[found].uid != uid:
            return None
        return np.asarray(self.index.xy[found])


def taps_of(data: Dataset, by: Grouping[K], group: K, epsg: int) -> Taps:
    """Return a group of the water points; of those that did not change, nothing is computed again."""
    records = data.grouped("water_point", by).get(group, [])
    return data.memory.revised(("taps", by, group, epsg), (records,), lambda before: Taps(records, epsg, before))


def _place(records: Sequence[Record], epsg: int) -> _Placed:
    xy = np.full((len(records), 2), np.nan)
    if len(records):
        shapes = np.array([record.geometry for record in records], dtype=object)
        placed = have_positions([record.geometry for record in records])
        xy[placed] = geo.project_points(shapely.get_coordinates(shapes[placed]), epsg)
    return _Placed(records, xy, accuracies(records))


def _uid(record: Record) -> str:
    return record.uid
