"""Records of one layer that lie close to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .. import geo
from ..records import Record
from ..water.measuring import have_positions, with_position
from .context import Context


@dataclass(frozen=True, slots=True)
class _Placed:
    records: Sequence[Record]
    shapes: Sequence[shapely.Geometry]
    tree: shapely.STRtree


class Neighbourhood:
    """Records of one layer indexed by place, each in its projected system, as long as they are the same."""

    def __init__(self, context: Context, records: Sequence[Record]) -> None:
        key = ("neighbourhood", records[0].layer if records else "", context.default_epsg)
        self._placed = context.data.memory.of(key, tuple(records), lambda: _by_system(context, records))
        self._position = context.data.memory.of(("position", *key), (self._placed,), lambda: _positions(self._placed))

    def closer_than(self, record: Record, metres: float) -> Iterator[tuple[Record, float]]:
        """Yield the other records strictly closer than ``metres``, with their distance to the centimetre."""
        where = self._position.get(record.uid)
        if where is None:
            return
        placed, own = self._placed[where[0]], where[1]
        near = placed.tree.query(placed.shapes[own], predicate="dwithin", distance=metres)
        for other in np.sort(near):
            distance = round(float(shapely.distance(placed.shapes[own], placed.shapes[other])), 2)
            if other != own and distance < metres:
                yield placed.records[other], distance

    def overlapping(self, record: Record, least_area_m2: float) -> Iterator[tuple[Record, float]]:
        """Yield the other records whose ground is shared with the record's, with the area in m²."""
        where = self._position.get(record.uid)
        if where is None:
            return
        placed, own = self._placed[where[0]], where[1]
        for other in np.sort(placed.tree.query(placed.shapes[own], predicate="intersects")):
            if other != own:
                shared = shapely.intersection(*shapely.make_valid([placed.shapes[own], placed.shapes[other]])).area
                if shared > least_area_m2:
                    yield placed.records[other], round(float(shared), 1)


def _by_system(context: Context, records: Sequence[Record]) -> dict[int, _Placed]:
    by_epsg: dict[int, list[Record]] = {}
    for record in with_position(records):
        by_epsg.setdefault(context.epsg(record), []).append(record)
    return {epsg: _placed(found, epsg) for epsg, found in by_epsg.items()}


def _positions(by_system: dict[int, _Placed]) -> dict[str, tuple[int, int]]:
    return {
        record.uid: (epsg, index) for epsg, placed in by_system.items() for index, record in enumerate(placed.records)
    }


def _placed(records: Sequence[Record], epsg: int) -> _Placed:
    # All at once: one by one, projecting is most of the work.
    shapes = geo.projector(epsg)(np.array([record.geometry for record in records], dtype=object))
    valid = have_positions(shapes)
    kept = shapes[valid]
    return _Placed([record for record, keep in zip(records, valid, strict=True) if keep], kept, shapely.STRtree(kept))


def doubt(*records: Record) -> float:
    """Return the sum of the position accuracies of some records, in metres, 0 where unknown."""
    return float(sum(record["position_accuracy_m"] or 0.0 for record in records))
