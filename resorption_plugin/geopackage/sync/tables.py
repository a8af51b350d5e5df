"""The tables in which a workspace keeps what it knows of the shared database.

They lie in the workspace itself, so that data, cursor and outbox change in one transaction. Their names begin as those
of the history do: no program lists them as layers.

``gpkg_sync_base_<layer>`` holds the rows of the server as of the cursor, in stored form. Its ``fid`` is the one of the
row in the layer, a negative number where there is none: comparing the two tables then reads both from end to end,
which takes half the time of a search by ``uid``. Nothing but speed rests on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ...core.model.fields import Geometry
from ...core.model.terms import quote_name
from ...core.sync.travelling import GEOMETRY, Travel, travels
from ..moves import base_table
from ..schema import column_type
from ..sql import Statement, fill, insert

HELD = "gpkg_sync_held"
OUTBOX = "gpkg_sync_outbox"
CONFLICT = "gpkg_sync_conflict"
QUARANTINE = "gpkg_sync_quarantine"
TOUCHED = "gpkg_sync_touched"

_EXTENSION = "resorption_sync"
_TABLES = {
    HELD: """CREATE TABLE {table} (
        layer TEXT NOT NULL, uid TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        PRIMARY KEY (layer, uid, field)) WITHOUT ROWID""",
    OUTBOX: """CREATE TABLE {table} (
        id INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, sha256 TEXT NOT NULL,
        schema_version INTEGER NOT NULL, state TEXT NOT NULL, revision INTEGER, results TEXT, at TEXT NOT NULL)""",
    CONFLICT: """CREATE TABLE {table} (
        uid TEXT PRIMARY KEY, layer TEXT NOT NULL, row TEXT NOT NULL, part TEXT NOT NULL, told TEXT NOT NULL,
        is_open INTEGER NOT NULL, is_mine INTEGER NOT NULL, refusal TEXT,
        choice TEXT, chosen TEXT, comment TEXT, former TEXT)
        WITHOUT ROWID""",
    QUARANTINE: """CREATE TABLE {table} (
        layer TEXT NOT NULL, uid TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
        operation TEXT, image TEXT, fingerprint TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (layer, uid, kind)) WITHOUT ROWID""",
    TOUCHED: """CREATE TABLE {table} (
        layer TEXT NOT NULL, bucket INTEGER NOT NULL, PRIMARY KEY (layer, bucket)) WITHOUT ROWID""",
}
_BASE = """CREATE TABLE {{table}} (
    fid INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, ver INTEGER, hash INTEGER NOT NULL, {columns})"""
_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'gpkg_sync_*'"
_KEYED = """SELECT count(*) FROM pragma_index_list(?) AS list WHERE list."unique"
    AND (SELECT group_concat(name) FROM pragma_index_info(list.name)) = 'uid'"""
_DOUBLE = "SELECT 1 FROM {table} GROUP BY uid HAVING count(*) > 1 LIMIT 1"
_FORGET = "DELETE FROM gpkg_extensions WHERE table_name = ?"


def base(travel: Travel) -> str:
    """Return the name of the table of what the server holds of a layer."""
    return base_table(travel.key)


def columns(travel: Travel) -> tuple[str, ...]:
    """Return the columns of a row that are kept, in the order of the layer's table, the geometry's first."""
    return _columns()[travel.key]


@lru_cache(maxsize=1)
def _columns() -> dict[str, tuple[str, ...]]:
    return {travel.key: tuple(_kept(travel)) for travel in travels()}


def _kept(travel: Travel) -> Iterator[str]:
    kept = {*travel.columns, *travel.carried}
    if GEOMETRY in kept:
        yield GEOMETRY
    yield from (name for name in travel.layer.names() if name in kept)


def missing(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables that are not in the workspace, because it is new or a program dropped them."""
    present = {name for (name,) in connection.execute(_NAMES)}
    return [name for name in (*_TABLES, *map(base, travels())) if name not in present]


def unkeyed(connection: sqlite3.Connection) -> Iterator[Statement]:
    """Yield what makes ``uid`` a key again where a program has made a layer's table anew: children refer to it."""
    for travel in travels():
        is_keyed = connection.execute(_KEYED, (travel.key,)).fetchone() != (0,)
        if not is_keyed and connection.execute(fill(_DOUBLE, table=travel.key)).fetchone() is None:
            name = f"{travel.key}_uid_is_a_key"
            yield Statement(fill("CREATE UNIQUE INDEX {index} ON {table} (uid)", index=name, table=travel.key))


def make(names: Iterable[str]) -> Iterator[Statement]:
    """Yield what makes some of the tables."""
    bases = {base(travel): travel for travel in travels()}
    for name in names:
        text = _base_text(bases[name]) if name in bases else _TABLES[name]
        yield Statement(_FORGET, (name,))
        yield Statement(fill(text, table=name))
        yield insert(
            "gpkg_extensions",
            table_name=name,
            extension_name=_EXTENSION,
            definition="What is known of a shared database; written by the QGIS plugin Résorption",
            scope="read-write",
        )


def drop() -> Iterator[Statement]:
    """Yield what takes all the tables away."""
    for name in (*_TABLES, *map(base, travels())):
        yield Statement(fill("DROP TABLE IF EXISTS {table}", table=name))
        yield Statement(_FORGET, (name,))


def _base_text(travel: Travel) -> str:
    spatial = travel.layer.geometry is not Geometry.NONE
    kinds = {field.name: column_type(field) for field in travel.layer.fields}
    kinds |= {GEOMETRY: travel.layer.geometry.value} if spatial else {}
    return _BASE.format(columns=", ".join(f"{quote_name(name)} {kinds[name]}" for name in columns(travel)))
