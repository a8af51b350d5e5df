"""Records of one layer that lie close to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from .. import geo
from ..records import Record, alike
from ..water.measuring import have_positions
from ..water.nearest import ready
from .context import Context

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Records, and their shapes in metres of their own projected system; none where that cannot be."""

    records: Sequence[Record]
    systems: npt.NDArray[np.intp]
    shapes: Shapes

    def now(self, context: Context, records: Sequence[Record]) -> _Placed:
        """Place other records; what is known of those that are the same is kept."""
        begin, end = alike(self.records, records)
        new, last = _place(context, records[begin : len(records) - end]), len(self.records) - end
        return _Placed(
            records,
            np.concatenate([self.systems[:begin], new.systems, self.systems[last:]]),
            np.concatenate([self.shapes[:begin], new.shapes, self.shapes[last:]]),
        )


class _Index:
    """Placed records, ready to be searched."""

    def __init__(self, placed: _Placed) -> None:
        self.placed = placed
        self.at = {record.uid: index for index, record in enumerate(placed.records)}
        self._known = ~shapely.is_missing(placed.shapes)
        self._systems: dict[int, tuple[npt.NDArray[np.intp], shapely.STRtree]] = {}
        for epsg in np.unique(placed.systems[self._known]).tolist():
            members = np.flatnonzero(self._known & (placed.systems == epsg))
            self._systems[epsg] = (members, ready(placed.shapes[members]))

    def near(self, record: Record, predicate: str, metres: float | None = None) -> Iterator[tuple[Record, Shapes]]:
        """Yield the other records of the same system that meet the predicate, with the two shapes."""
        own = self.at.get(record.uid)
        if own is None or not self._known[own]:
            return
        members, tree = self._systems[int(self.placed.systems[own])]
        found = tree.query(self.placed.shapes[own], predicate=predicate, distance=metres)
        for other in members[np.sort(found)].tolist():
            if other != own:
                yield self.placed.records[other], self.placed.shapes[[own, other]]


class Neighbourhood:
    """Records of one layer indexed by place, each in its projected system."""

    def __init__(self, context: Context, records: Sequence[Record]) -> None:
        key = ("neighbourhood", records[0].layer if records else "", context.default_epsg)
        self._index = context.data.memory.revised(
            key,
            tuple(records),
            lambda before: _Index(before.placed.now(context, records) if before else _place(context, records)),
        )

    def closer_than(self, record: Record, metres: float) -> Iterator[tuple[Record, float]]:
        """Yield the other records strictly closer than ``metres``, with their distance to the centimetre."""
        for other, shapes in self._index.near(record, "dwithin", metres):
            distance = round(float(shapely.distance(*shapes)), 2)
            if distance < metres:
                yield other, distance

    def overlapping(self, record: Record, least_area_m2: float) -> Iterator[tuple[Record, float]]:
        """Yield the other records whose ground is shared with the record's, with the area in m²."""
        for other, shapes in self._index.near(record, "intersects"):
            shared = shapely.intersection(*shapely.make_valid(shapes)).area
            if shared > least_area_m2:
                yield other, round(float(shared), 1)


def _place(context: Context, records: Sequence[Record]) -> _Placed:
    systems = np.array([context.epsg(record) for record in records], dtype=np.intp)
    stored = np.array([record.geometry for record in records], dtype=object)
    shapes = np.full(len(records), None, dtype=object)
    known = have_positions([record.geometry for record in records]) if records else np.empty(0, dtype=bool)
    # All at once: one by one, projecting is most of the work.
    for epsg in np.unique(systems[known]).tolist():
        members = np.flatnonzero(known & (systems == epsg))
        projected = geo.projector(epsg)(stored[members])
        valid = have_positions(projected)
        shapes[members[valid]] = projected[valid]
    return _Placed(records, systems, shapes)


def doubt(*records: Record) -> float:
    """Return the sum of the position accuracies of some records, in metres, 0 where unknown."""
    return float(sum(record["position_accuracy_m"] or 0.0 for record in records))
