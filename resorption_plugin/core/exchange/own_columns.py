"""Which column of an officer's own layer stands for which field, and its rows as records, without any import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..model.fields import Default, Field, Layer, Origin
from . import column_matching
from .converters import convert
from .rows import RowError

_CONSTANT = re.compile(r"'([^']*)'|(-?\d+)")


def fillable(layer: Layer) -> dict[str, Field]:
    """Return the fields a column may stand for: what people write, and the place they may correct."""
    return {field.name: field for field in layer.fields if field.origin in (Origin.OFFICER, Origin.POSITION)}


def match_columns(layer: Layer, columns: Iterable[str], text: str = "") -> dict[str, str]:
    """Return the column of each field that has one: by the field's name or labels, then as ``text`` says.

    ``text`` is ``field=column;field=column``; ``field=`` leaves the field without a column. Raises
    ``ParameterError`` on a field or column that does not exist.
    """
    known, offered = list(columns), fillable(layer)
    free, found = set(known), dict[str, str]()
    for name, field in offered.items():
        column = column_matching.named(free, column_matching.words(field))
        if column is not None:
            found[name] = column
            free.discard(column)
    for name, column in column_matching.said(text):
        column_matching.check(name, column, offered, known)
        found.pop(name, None)
        if column:
            found[name] = column
    return found


class OwnRows:
    """Turns rows of an officer's own layer into the values of records; counts the cells it cannot read."""

    def __init__(self, layer: Layer, columns: Mapping[str, str]) -> None:
        """Read the fields of ``layer`` from ``columns`` (column by field)."""
        self._fields = [(layer.field(name), column) for name, column in columns.items()]
        self._constants = {
            field.name: value
            for field in layer.fields
            if field.name not in columns and (value := _constant(field.default)) is not None
        }
        self.unreadable: dict[str, int] = {}

    def values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of one row; a cell that is no value of its field is unknown, and counted."""
        values: dict[str, Any] = dict(self._constants)
        for field, column in self._fields:
            try:
                cell = row[column]
                values[field.name] = None if cell is None else convert(field, str(cell).strip())
            except RowError:
                values[field.name] = None
                self.unreadable[column] = self.unreadable.get(column, 0) + 1
        return values


def _constant(default: Default | None) -> str | int | None:
    """Return what a new record of the model would have: the state of a water point is then unknown, not absent."""
    found = _CONSTANT.fullmatch(default.expression) if default else None
    if found is None:
        return None
    word, number = found.groups()
    return int(number) if number is not None else str(word)
