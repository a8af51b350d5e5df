"""Lines read from a file as the streets of a workspace, what to change there, and how the network hangs together."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ..geo import projector
from ..ports import ChangeSet, Feedback, stop_if_cancelled
from ..records import Record
from .rows import SourceRow, SourceTable
from .streets import street_values

LAYER = "street"

SAME_VERTEX_DEGREES = 1e-7
"""OpenStreetMap stores positions to 1e-7 degree; lines that meet share a vertex to that precision."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "resorption:street")
_NOT_WALKED = frozenset({"railway", "water"})


@dataclass(frozen=True, slots=True)
class Streets:
    """The lines of a file as records, and how many of its lines could not be used."""

    records: tuple[Record, ...]
    unusable: int


def read_streets(table: SourceTable, source: str, feedback: Feedback) -> Streets:
    """Return the streets of a table of lines (EPSG:4326). Raises ``Cancelled``.

    The same line of the same source has the same uid at each import, so that importing again changes nothing.
    """
    records: list[Record] = []
    unusable = 0
    for number, row in enumerate(table.rows):
        if number % 1000 == 0:
            stop_if_cancelled(feedback)
            feedback.progress(number / len(table.rows))
        values = street_values(dict(zip(table.columns, row.cells, strict=True)))
        parts = list(_lines(row))
        if values is None or not parts:
            unusable += 1
            continue
        identity = values.get("source_id", f"#{row.line}")
        for part, line in enumerate(parts):
            uid = str(uuid.uuid5(_NAMESPACE, f"{source}|{identity}|{part}"))
            records.append(Record(LAYER, uid, _complete({**values, "source": source}), line))
    return Streets(tuple({record.uid: record for record in records}.values()), unusable)


_COLUMNS = ("source", "source_id", "name", "road_class", "foot_access", "is_bridge", "is_tunnel", "level")


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in _COLUMNS}


def _lines(row: SourceRow) -> Iterator[shapely.LineString]:
    """Yield the lines of a row that have a length and finite coordinates."""
    if row.geometry is None:
        return
    for part in shapely.get_parts(row.geometry):
        usable = part.geom_type == "LineString" and not part.is_empty and part.length > 0
        if usable and np.isfinite(shapely.get_coordinates(part)).all():
            yield part


def replacement(existing: Iterable[Record], streets: Streets, source: str) -> ChangeSet:
    """Return what makes the streets of ``source`` those given; the streets of other sources stay."""
    before = {record.uid: record for record in existing if record["source"] == source}
    after = {record.uid: record for record in streets.records}
    return ChangeSet(
        insert=[record for uid, record in after.items() if uid not in before],
        update=[record for uid, record in after.items() if uid in before and not _same(before[uid], record)],
        delete=[(LAYER, uid) for uid in before if uid not in after],
    )


def _same(before: Record, after: Record) -> bool:
    return all(before[name] == after[name] for name in _COLUMNS) and bool(before.geometry == after.geometry)


def touching(streets: Streets, area: shapely.Geometry, metric_epsg: int, margin_m: float) -> bool:
    """Say whether any line comes within ``margin_m`` of an area, both in EPSG:4326."""
    to_metres = projector(metric_epsg)
    surroundings = shapely.box(*shapely.buffer(shapely.envelope(to_metres(area)), margin_m).bounds)
    lines = shapely.MultiLineString([record.geometry for record in streets.records])
    return bool(to_metres(lines).intersects(surroundings))


def islands(records: Iterable[Record]) -> int:
    """Return into how many separate networks the streets fall: lines are connected where they share a vertex.

    Railways and watercourses are no part of it. A bridge is not connected with what passes below.
    """
    lines = [record.geometry for record in records if record["road_class"] not in _NOT_WALKED]
    if not lines:
        return 0
    coordinates, line_of = shapely.get_coordinates(np.array(lines, dtype=object), return_index=True)
    cells = np.round(coordinates / SAME_VERTEX_DEGREES).astype(np.int64)
    vertex_of = np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)
    return _components(line_of, vertex_of, len(lines))


def _components(line_of: npt.NDArray[np.int64], vertex_of: npt.NDArray[np.int64], lines: int) -> int:
    """Count the sets of lines joined by common vertices (union-find with path halving)."""
    parent = list(range(lines))

    def root(line: int) -> int:
        while parent[line] != line:
            parent[line] = parent[parent[line]]
            line = parent[line]
        return line

    first_line: dict[int, int] = {}
    for line, vertex in zip(line_of.tolist(), vertex_of.tolist(), strict=True):
        one, other = root(first_line.setdefault(vertex, line)), root(line)
        parent[other] = one
    return sum(parent[line] == line for line in range(lines))
