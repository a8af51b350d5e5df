"""What the steps of an upgrade are made of. What one of these does never changes: released steps rest on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.model.terms import quote_name
from . import codec
from .sql import fill, insert

Codes = Mapping[tuple[str, str], Mapping[str, str]]
"""By layer and column, what a code of its value list is called from now on."""

_MASTER = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
_ATTACHED = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql NOT NULL"
_LAST_NUMBER = "SELECT seq FROM sqlite_sequence WHERE name = ?"
_KEEP_NUMBER = "UPDATE sqlite_sequence SET seq = ? WHERE name = ?"


@dataclass(frozen=True, slots=True)
class Step:
    """One version to the next."""

    to: int
    """The version of the data that it leads to."""
    upgrade: Callable[[sqlite3.Connection], None]
    """Changes the tables of the layers and their value lists, within a transaction; foreign keys are not watched."""
    recoded: Codes = field(default_factory=dict)
    """What is also changed in all that is kept beside the layers: by whoever runs the step."""


def base_table(layer: str) -> str:
    """Return the name of the table of what the shared database holds of a layer."""
    return f"gpkg_sync_base_{layer}"


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Say whether a table is there."""
    return connection.execute(_MASTER, (name,)).fetchone() is not None


@dataclass(frozen=True, slots=True)
class Column:
    """An optional column."""

    name: str
    kind: str
    """Its type in GeoPackage."""
    test: str
    """What the table tests on it, with ``{0}`` for its name."""
    title: str
    help: str | None = None
    mime_type: str | None = None
    """``application/json`` of a list of codes."""


def add_column(connection: sqlite3.Connection, layer: str, column: Column) -> None:
    """Add a column to a layer, and to what is known of the shared database; it is empty in every row."""
    name, kind = quote_name(column.name), column.kind
    check = f"CONSTRAINT {quote_name(f'{column.name}_kind')} CHECK ({column.test.format(name)})"
    connection.execute(fill("ALTER TABLE {table} ADD COLUMN ", table=layer) + f"{name} {kind} {check}")
    if has_table(connection, base_table(layer)):
        connection.execute(fill("ALTER TABLE {table} ADD COLUMN ", table=base_table(layer)) + f"{name} {kind}")
    described = insert(
        "gpkg_data_columns",
        table_name=layer,
        column_name=column.name,
        title=column.title,
        description=column.help,
        mime_type=column.mime_type,
    )
    connection.execute(described.sql, described.values)


def make_anew(connection: sqlite3.Connection, layer: str, replaced: Mapping[str, str], codes: Codes) -> None:
    """Make the table of a layer with other rules: SQLite changes none in place. Its rows keep their numbers.

    ``replaced`` are parts of the statement that made it and what stands in their place; a part that another program has
    taken away stays away. ``codes`` are renamed on the way, as the old rules refuse the new ones.
    """
    (text,) = connection.execute(_MASTER, (layer,)).fetchone()
    for old, new in replaced.items():
        text = text.replace(old, new)
    attached = [sql for (sql,) in connection.execute(_ATTACHED, (layer,))]
    last = connection.execute(_LAST_NUMBER, (layer,)).fetchone()
    names = [row[1] for row in connection.execute(fill("PRAGMA table_info({table})", table=layer))]
    values = ", ".join(_renamed(connection, codes.get((layer, name)), name) for name in names)
    new_table = f"{layer}_anew"
    connection.execute(text.replace(quote_name(layer), quote_name(new_table), 1))
    copy = fill("INSERT INTO {table} ({columns}) SELECT ", table=new_table, columns=names)
    connection.execute(copy + values + fill(" FROM {old}", old=layer))
    connection.execute(fill("DROP TABLE {old}", old=layer))
    connection.execute(fill("ALTER TABLE {new} RENAME TO {table}", new=new_table, table=layer))
    for sql in attached:
        connection.execute(sql)
    if last is not None:
        connection.execute(_KEEP_NUMBER, (last[0], layer))


def _renamed(connection: sqlite3.Connection, codes: Mapping[str, str] | None, name: str) -> str:
    if codes is None:
        return quote_name(name)
    return f"{renaming(connection, name, codes)}({quote_name(name)})"


def renaming(connection: sqlite3.Connection, name: str, codes: Mapping[str, str]) -> str:
    """Give SQLite a function that renames the codes of a column; return what it is called."""
    called = f"renamed_{name}"
    connection.create_function(called, 1, lambda value: renamed(value, codes), deterministic=True)
    return called


def renamed(value: Any, codes: Mapping[str, str]) -> Any:
    """Return a value with the codes of today: of one answer, of a list of them, or of the text that stores a list."""
    if isinstance(value, list):
        return [codes.get(code, code) for code in value]
    if not isinstance(value, str) or value in codes:
        return codes.get(value, value) if isinstance(value, str) else value
    listed = codec.read_choices(value) if value[:1] in ("[", "{") else None
    if not isinstance(listed, tuple) or codes.keys().isdisjoint(listed):
        return value
    return json.dumps(renamed(list(listed), codes), ensure_ascii=False, separators=(",", ":"))


def columns_of(codes: Codes, layer: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the columns of a layer whose codes are renamed."""
    yield from ((column, names) for (key, column), names in codes.items() if key == layer)
