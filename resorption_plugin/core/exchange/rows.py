"""What every reader of files hands on: a table of texts with line numbers, and rejected rows with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from ..errors import ResorptionError

SAMPLED_ROWS = 5_000
"""How far a column is searched for examples: one that is empty that long is as good as empty."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was not taken: a marked English template and what fills it (texts, numbers, model labels)."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


class RowError(ResorptionError):
    """One row cannot be taken; the others can."""

    @property
    def reason(self) -> Reason:
        """Return what to tell about the row."""
        return Reason(self.template, self.values)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file: its line (or feature) number, its texts in column order, its EPSG:4326 geometry if any."""

    line: int
    cells: tuple[str, ...]
    geometry: shapely.Geometry | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, as it was, and why."""

    line: int
    cells: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A file read: ``rows`` have as many cells as ``columns``; ``rejected`` could not be read as rows."""

    name: str
    """What the file is called, without folder and suffix."""
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    rejected: tuple[Rejected, ...] = ()
    has_geometry: bool = False
    """Whether the file itself holds positions, so that no column has to."""
    encoding: str = ""
    """How the text was decoded, empty for formats that say it themselves."""

    def column(self, name: str) -> int:
        """Return the position of a column; ``ValueError`` when there is none."""
        return self.columns.index(name)

    def samples(self, column: int, count: int = 200) -> list[str]:
        """Return the first filled values of a column, among the first rows."""
        found: list[str] = []
        for row in self.rows[:SAMPLED_ROWS]:
            if row.cells[column]:
                found.append(row.cells[column])
            if len(found) == count:
                break
        return found
