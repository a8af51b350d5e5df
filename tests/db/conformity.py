"""Compares the tables of a shared database with those of the model, and says what would make them the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from resorption_plugin.core.model.terms import quote_name
from resorption_plugin.core.sync.travelling import Travel, travels
from resorption_plugin.postgis import from_model, requirements
from resorption_plugin.postgis.installing import transaction

_TEMPORARY = "pg_temp"
_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute AS a
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'f', 'p') ORDER BY oid"""
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
ORDER BY c.oid"""
_SCHEMAS = re.compile(rf"\b({from_model.DATA}|{_TEMPORARY}(_\d+)?)\.")


@dataclass(frozen=True, slots=True)
class _Table:
    """What PostgreSQL holds of a table; what names a schema of ours does without it."""

    columns: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """Type, and whether it must be filled, by name."""
    constraints: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, str] = field(default_factory=dict)


def conformity(connection: Connection) -> list[str]:
    """Return the statements that would make the tables of the data as the model wants them: none when they are.

    Nothing is changed. Columns and constraints that the model does not know are told too, as statements that remove
    them. Raises ``UnfitError`` where PostGIS is missing.
    """
    with transaction(connection) as cursor:
        postgis = requirements.postgis(cursor)
        cursor.execute(f"SET LOCAL search_path = pg_catalog, {quote_name(postgis)}")
        found = [statement for travel in travels() for statement in _differences(cursor, travel)]
        cursor.connection.rollback()
    return found


def _differences(cursor: Cursor, travel: Travel) -> Iterator[str]:
    """Yield what changes the table of a layer; PostgreSQL itself says, of a temporary one, what the model means."""
    cursor.execute(from_model.create_table(travel, _TEMPORARY))
    for _, statement in from_model.indexes(travel, _TEMPORARY):
        cursor.execute(statement)
    wanted = _held(cursor, from_model.table(travel.key, _TEMPORARY))
    name = from_model.table(travel.key)
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
    if cursor.fetchone() == (False,):
        yield from_model.create_table(travel)
        yield from (statement for _, statement in from_model.indexes(travel))
        return
    found = _held(cursor, name)
    yield from (f"ALTER TABLE {name} {change}" for change in _changed_columns(wanted, found))
    yield from (f"ALTER TABLE {name} {change}" for change in _changed_constraints(travel, wanted, found))
    yield from _changed_indexes(travel, wanted, found)


def _held(cursor: Cursor, name: str) -> _Table:
    def rows(query: str) -> list[tuple[str, ...]]:
        cursor.execute(query, [name])
        return list(cursor.fetchall())

    return _Table(
        {column: (kind, bool(required)) for column, kind, required in rows(_COLUMNS)},
        {key: _SCHEMAS.sub("", text) for key, text in rows(_CONSTRAINTS)},
        {key: _SCHEMAS.sub("", text) for key, text in rows(_INDEXES)},
    )


def _changed_columns(wanted: _Table, found: _Table) -> Iterator[str]:
    for name, (kind, required) in wanted.columns.items():
        quoted = quote_name(name)
        if name not in found.columns:
            yield f"ADD COLUMN {quoted} {kind}" + (" NOT NULL" if required else "")
            continue
        former_kind, was_required = found.columns[name]
        if kind != former_kind:
            yield f"ALTER COLUMN {quoted} TYPE {kind}"
        if required != was_required:
            yield f"ALTER COLUMN {quoted} {'SET' if required else 'DROP'} NOT NULL"
    yield from (f"DROP COLUMN {quote_name(name)}" for name in found.columns if name not in wanted.columns)


def _changed_constraints(travel: Travel, wanted: _Table, found: _Table) -> Iterator[str]:
    texts = dict(from_model.constraints(travel))
    for name, text in found.constraints.items():
        if wanted.constraints.get(name) != text:
            yield f"DROP CONSTRAINT {quote_name(name)}"
    for name, text in wanted.constraints.items():
        if found.constraints.get(name) != text:
            yield f"ADD {from_model.constraint(name, texts.get(name, text))}"


def _changed_indexes(travel: Travel, wanted: _Table, found: _Table) -> Iterator[str]:
    texts = dict(from_model.indexes(travel))
    for name, text in found.indexes.items():
        if wanted.indexes.get(name) != text:
            yield f"DROP INDEX {from_model.table(name)}"
    yield from (texts[name] for name, text in wanted.indexes.items() if found.indexes.get(name) != text)
