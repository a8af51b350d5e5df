"""Which column is meant: recognised by what people call it, or said as ``field=column``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..errors import ParameterError
from ..i18n import mark
from ..model.fields import Field
from .column_names import SYNONYMS
from .converters import fold


def words(field: Field) -> tuple[str, ...]:
    """Return what a column of a field may be called, the most trusted first."""
    return fold(field.name), fold(field.label.fr), fold(field.label.en), *SYNONYMS.get(field.name, ())


def named(columns: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the column that has the most trusted of the names, whatever the order of the columns."""
    by_word = {fold(column): column for column in sorted(columns, reverse=True)}
    return next((by_word[name] for name in names if name in by_word), None)


def said(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ``field=column;field=column``."""
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        field, _, column = (piece.strip() for piece in part.partition("="))
        yield field, column


def check(field: str, column: str, offered: Iterable[str], columns: Collection[str]) -> None:
    """Raise ``ParameterError`` unless the field is offered and the column, if one is said, exists."""
    fields = list(offered)
    if field not in fields:
        raise ParameterError(
            mark("There is no field “{name}” to fill. There are: {offered}."), name=field, offered=", ".join(fields)
        )
    if column and column not in columns:
        raise ParameterError(
            mark("There is no column “{name}”. There are: {columns}."), name=column, columns=", ".join(columns)
        )
