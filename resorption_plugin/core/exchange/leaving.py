"""Which water points may leave the workspace, for whom, with which columns and under which number."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from ..i18n import mark
from ..indicators.audience import Audience
from ..model.catalogue import layer
from ..model.fields import Field, Layer, Origin
from ..records import Record
from .known_points import position
from .readers import LAYER
from .rows import Reason, RowError

PERSONAL = frozenset({"site_uid", "comments", "created_by", "updated_by"})
"""What may tell of a site or name someone: for the services alone."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A water point that is not exported, and why."""

    record: Record
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chosen:
    """The water points that leave, and those that stay."""

    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]


def choose(points: Iterable[Record], footprints: Iterable[Record], audience: Audience) -> Chosen:
    """Return the water points an audience may have.

    A point on a site tells where people live: unless it is on the public road it is for the services alone. It is on a
    site when it names one, or lies inside the footprint of one.
    """
    ground = [record.geometry for record in footprints if record.geometry is not None]
    tree = shapely.STRtree(ground)

    def refuse(record: Record) -> Reason | None:
        point = position(record)
        if point is None:
            return Reason(mark("There is no position."))
        if audience is Audience.SERVICES or record["is_on_public_road"]:
            return None
        is_inside = len(tree.query(point, predicate="intersects")) > 0
        if record["site_uid"] or is_inside:
            return Reason(mark("It is on a site: its position would tell where people live (audience: services only)."))
        return None

    return part(points, refuse)


def part(records: Iterable[Record], refuse: Callable[[Record], Reason | None]) -> Chosen:
    """Return the records without a reason to stay, and the others with theirs."""
    kept: list[Record] = []
    left_out: list[LeftOut] = []
    for record in records:
        reason = refuse(record)
        if reason is None:
            kept.append(record)
        else:
            left_out.append(LeftOut(record, reason))
    return Chosen(tuple(kept), tuple(left_out))


def shared_layer(audience: Audience) -> Layer:
    """Return the layer of water points with the columns an audience may have.

    What each workspace computes for itself stays; so do references to other layers, which do not leave.
    """
    whole = layer(LAYER)
    kept = tuple(field for field in whole.fields if _leaves(field, audience))
    return dataclasses.replace(whole, fields=kept, rules=(), relations=(), unique_together=())


def _leaves(field: Field, audience: Audience) -> bool:
    if field.origin is Origin.COMPUTED:
        return False
    return audience is Audience.SERVICES or field.name not in PERSONAL


def numbers(records: Sequence[Record]) -> dict[str, str]:
    """Return the number of each record by uid: its source's, or the uid where it has none or shares it."""
    count = Counter(record["source_id"] for record in records)
    return {
        record.uid: record["source_id"] if record["source_id"] and count[record["source_id"]] == 1 else record.uid
        for record in records
    }


def table(
    chosen: Chosen, columns: Sequence[str], cells: Callable[[Record, str], Mapping[str, str]]
) -> tuple[list[tuple[str, ...]], tuple[LeftOut, ...]]:
    """Return the rows of a schema by number, and what is left out: what was, and what the schema cannot hold.

    ``cells`` gives the texts of a record and its number by column, or raises ``RowError``.
    """
    by_uid = numbers(chosen.records)
    rows: list[tuple[str, ...]] = []
    left_out = list(chosen.left_out)
    for record in sorted(chosen.records, key=lambda each: by_uid[each.uid]):
        try:
            texts = cells(record, by_uid[record.uid])
        except RowError as error:
            left_out.append(LeftOut(record, error.reason))
        else:
            rows.append(tuple(texts.get(column, "") for column in columns))
    return rows, tuple(left_out)


def required(record: Record, name: str) -> Any:
    """Return a value that a schema asks for; ``RowError`` where it is unknown."""
    value = record[name]
    if value is None or value == "":
        raise RowError(
            mark("“{field}” is not filled in, and the schema asks for it."), field=layer(LAYER).field(name).label
        )
    return value
