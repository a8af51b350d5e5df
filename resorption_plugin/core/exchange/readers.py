"""What turns the rows of a file into water points, and the formats that need no mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import shapely

from ..ports import Feedback, stop_if_cancelled
from .rows import Rejected, RowError, SourceRow, SourceTable

LAYER = "water_point"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row understood: values by column of the model, and its point in EPSG:4326.

    A column that is absent is one the file says nothing about; a column present with ``None`` is one that the file
    says is empty (a fountain that works again has no closure).
    """

    row: SourceRow
    values: Mapping[str, Any]
    point: shapely.Point


class RowReader(Protocol):
    """Understands the rows of one kind of file."""

    def links(self) -> Mapping[str, str]:
        """Return which model field (or place) each source column fills, for people to see."""

    def read(self, row: SourceRow) -> Incoming:
        """Return what a row says; ``RowError`` when it cannot be taken."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Every row of a file: understood, or rejected with its reason."""

    incoming: tuple[Incoming, ...]
    rejected: tuple[Rejected, ...]


def read_rows(table: SourceTable, reader: RowReader, feedback: Feedback) -> Reading:
    """Read every row; a row that cannot be taken is rejected and the others go on."""
    incoming: list[Incoming] = []
    rejected = list(table.rejected)
    for number, row in enumerate(table.rows):
        if number % 500 == 0:
            stop_if_cancelled(feedback)
            feedback.progress(number / len(table.rows))
        try:
            incoming.append(reader.read(row))
        except RowError as error:
            rejected.append(Rejected(row.line, row.cells, error.reason))
    return Reading(tuple(incoming), tuple(rejected))


class Cells:
    """The texts of a row by column name."""

    def __init__(self, table: SourceTable) -> None:
        self._index = {name: position for position, name in enumerate(table.columns)}

    def text(self, row: SourceRow, column: str) -> str:
        """Return a text, empty when the file has no such column."""
        position = self._index.get(column)
        return "" if position is None else row.cells[position]
