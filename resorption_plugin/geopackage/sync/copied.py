"""Reads the lines of PostgreSQL's COPY as rows in stored form."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ...core.model.fields import Kind
from ...core.sync.ports import Table
from ...core.sync.travelling import GEOMETRY, Travel
from . import stored

_NOTHING = r"\N"
UNKNOWN = math.nan
"""Stands for NULL: SQLite stores it so; for a ``None`` Python asks its adapters first, half of the time of a row."""
_ESCAPED = re.compile(r"\\(.)")
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
"""What the text format writes with a backslash; every other letter stands for itself."""

_FIRST = ("uid", "ver", "hash")


def rows(there: Travel, table: Table, workspace: Path) -> Iterator[list[Any]]:
    """Yield the rows of a table: uid, version, hash, then ``table.columns``.

    SQLite turns the text of a number into a number itself, as the columns ask for it; but not every decimal into the
    very number it stands for: these are read here.
    """
    readers = list(_readers(there, table, workspace))
    nothing, unknown = _NOTHING, UNKNOWN
    for line in table.lines:
        text = line.decode().rstrip("\n")
        cells: list[Any] = [unknown if cell == nothing else cell for cell in text.split("\t")]
        if text.count("\\") != text.count(_NOTHING):
            cells = [cell if cell is unknown else _ESCAPED.sub(_letter, cell) for cell in cells]
        for at, read in readers:
            if cells[at] is not unknown:
                cells[at] = read(cells[at])
        yield cells


def _letter(found: re.Match[str]) -> str:
    return _LETTERS.get(found[1], found[1])


def _readers(there: Travel, table: Table, workspace: Path) -> Iterator[tuple[int, Callable[[str], Any]]]:
    for at, name in enumerate(table.columns, start=len(_FIRST)):
        field = there.field(name)
        if name == GEOMETRY:
            yield at, lambda told: bytearray(stored.shape_to_stored(told))
        elif field is not None and field.kind is Kind.REAL:
            yield at, float
        elif field is not None and field.kind is Kind.FILE:
            yield at, lambda path: stored.local_path(path, workspace)
