"""The water points of a workspace, found again from what a file says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely

from ..geo import geodesic_metres
from ..records import Record
from .readers import Incoming

IDENTITY_DECIMALS = 5
"""A water point without a number is known by its name and its position rounded to about a metre."""

SAME_NUMBER_METRES = 1.0
"""Two sources that give the same number to places this close mean the same water point."""


class KnownPoints:
    """Finds the water point a row is about.

    It is the same one when source and number are the same, when the number is the identifier of the workspace, or when
    another source gave that number to the same place (a file of the plugin's own cannot say where its rows came from);
    a row without number, when name and position are.
    """

    def __init__(self, existing: Iterable[Record]) -> None:
        """Index the water points there are."""
        self._by_uid: dict[str, Record] = {}
        self._by_source: dict[tuple[str, str], Record] = {}
        self._by_number: dict[str, list[Record]] = {}
        self._by_place: dict[tuple[Any, ...], Record] = {}
        self._sources: dict[str, int] = {}
        for record in existing:
            self._by_uid[record.uid] = record
            source, number = record["source"] or "", record["source_id"]
            if number:
                self._by_number.setdefault(number, []).append(record)
            if number and source:
                self._by_source[source, number] = record
            if (point := position(record)) is not None:
                self._by_place.setdefault(_place(record["name"], point), record)
            self._sources[source] = self._sources.get(source, 0) + 1

    def match(self, row: Incoming) -> Record | None:
        """Return the water point of a row, ``None`` when there is none yet."""
        number = row.values.get("source_id")
        if not number:
            return self._by_place.get(_place(row.values.get("name"), row.point))
        known = self._by_source.get((row.values["source"], number)) or self._by_uid.get(number)
        return known or next((other for other in self._by_number.get(number, ()) if _is_at(other, row.point)), None)

    def count_of(self, sources: Iterable[str]) -> int:
        """Return how many water points come from these sources."""
        return sum(self._sources.get(source, 0) for source in sources)


def identity(row: Incoming) -> tuple[Any, ...]:
    """Return what makes a row unique in its file."""
    number = row.values.get("source_id")
    return (row.values["source"], number) if number else _place(row.values.get("name"), row.point)


def position(record: Record) -> shapely.Point | None:
    """Return where a water point lies, ``None`` when that is unknown."""
    known = record.geometry
    return known if isinstance(known, shapely.Point) and not known.is_empty else None


def _place(name: str | None, point: shapely.Point) -> tuple[Any, ...]:
    return (name or "").casefold(), round(point.x, IDENTITY_DECIMALS), round(point.y, IDENTITY_DECIMALS)


def _is_at(record: Record, point: shapely.Point) -> bool:
    known = position(record)
    return known is not None and geodesic_metres(known.x, known.y, point.x, point.y) <= SAME_NUMBER_METRES
