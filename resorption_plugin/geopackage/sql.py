"""Statements: values travel as parameters, identifiers come from the model and are quoted here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..core.model.terms import quote_name


class Statement(NamedTuple):
    """SQL text and the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


def fill(template: str, **parts: str | Sequence[str] | int) -> str:
    """Return ``template`` with its ``{placeholders}`` filled.

    A text becomes a quoted name, several texts become names joined by commas, a number that many question marks.
    """
    return template.format(**{key: _part(part) for key, part in parts.items()})


def _part(part: str | Sequence[str] | int) -> str:
    if isinstance(part, int):
        return ", ".join("?" * part)
    return quote_name(part) if isinstance(part, str) else ", ".join(map(quote_name, part))


def insert(table: str, **values: Any) -> Statement:
    """Return the statement that inserts one row."""
    return Statement(insert_text(table, tuple(values)), tuple(values.values()))


def insert_text(table: str, columns: Sequence[str]) -> str:
    """Return the text that inserts a row of these columns, one question mark each."""
    text = "INSERT INTO {table} ({columns}) VALUES ({marks})"
    return fill(text, table=table, columns=columns, marks=len(columns))


def update_text(table: str, columns: Sequence[str]) -> str:
    """Return the text that changes columns of the row of a uid: their question marks, then the uid's."""
    return fill(
        "UPDATE {table} SET ({columns}) = (SELECT {marks}) WHERE uid = ?",
        table=table,
        columns=columns,
        marks=len(columns),
    )
