"""The tables and triggers that keep every change of a workspace, whichever program writes.

``gpkg_sync_change`` holds the entries of ``core.history``: one for each field that took another value, one for a record
that appeared, and for a record that went one and one more for each of its values, so that any past state can be found
by going back from the present one. Values are kept as they are stored. ``gpkg_sync_meta`` holds what the triggers read:
``user``, who had the workspace open last, and ``applying``, 1 while a synchronisation writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from ..core.history.recorded import decided_columns, recorded_columns, recorded_layers
from ..core.model.fields import Kind, Layer, Role
from ..core.model.terms import quote_name, quote_text
from . import standard
from .sql import Statement, fill

# GDAL lists no table whose name begins with gpkg_, its own gpkg_ogr_contents for one; QGIS offers any other as a layer
CHANGE_TABLE = "gpkg_sync_change"
SWITCH_TABLE = "gpkg_sync_meta"
GAP = "G"
"""Operation of the entry that says that a layer was found without its triggers: it belongs to no record."""

_TRIGGER_PREFIX = "sync_history_"
_TABLES = {
    CHANGE_TABLE: """CREATE TABLE {table} (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, author TEXT, presumed INTEGER NOT NULL,
        received INTEGER NOT NULL, layer TEXT NOT NULL, uid TEXT NOT NULL, operation TEXT NOT NULL,
        field TEXT, before, after)""",
    SWITCH_TABLE: "CREATE TABLE {table} (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
}
REFERENCE_ENTRY = "field GLOB '*_uid' AND before IS NOT NULL"
"""The entries by which a record left, or was deleted from, the one it referred to."""
_INDEXES = (
    Statement(fill("CREATE INDEX {index} ON {table} (uid)", index="gpkg_sync_change_uid", table=CHANGE_TABLE)),
    Statement(
        fill("CREATE INDEX {index} ON {table} (before) WHERE ", index="gpkg_sync_change_reference", table=CHANGE_TABLE)
        + REFERENCE_ENTRY
    ),
)

_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_SWITCH = fill("(SELECT value FROM {table} WHERE key = {{key}})", table=SWITCH_TABLE)
_USER = _SWITCH.format(key="'user'")
_NOTE = fill(
    "INSERT INTO {table} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    table=SWITCH_TABLE,
)
_RECEIVED = f"coalesce({_SWITCH.format(key=quote_text('applying'))}, 0)"
_COLUMNS = ("at", "author", "presumed", "received", "layer", "uid", "operation", "field", "before", "after")
_ENTRY = fill("INSERT INTO {table} ({columns}) SELECT ", table=CHANGE_TABLE, columns=_COLUMNS)
GAP_TEXT = f"{_ENTRY}{_NOW}, {_USER}, 1, 0, ?, '', ?, NULL, NULL, NULL"
_LAST = fill("(SELECT operation FROM {table} WHERE uid = NEW.uid ORDER BY id DESC LIMIT 1)", table=CHANGE_TABLE)
# REPLACE deletes the old row without a word to the triggers, unless the program asks for recursive ones
_APPEARED = f"CASE WHEN {_LAST} IN ('I', 'U', 'R') THEN 'R' ELSE 'I' END"

_SIGNED_NOW = """CASE WHEN NEW.updated_by IS NOT OLD.updated_by OR NEW.updated_at IS NOT OLD.updated_at
    THEN nullif(NEW.updated_by, '') END"""

_CHOSEN = """CASE WHEN json_valid({0})
    THEN (SELECT group_concat(value) FROM (SELECT value FROM json_each({0}) ORDER BY value)) ELSE {0} END"""

_IMAGES = {
    "insert": ("NEW", "NULL", "NEW.{0}", "'U'"),
    "update": ("NEW", "OLD.{0}", "NEW.{0}", "'U'"),
    "delete": ("OLD", "OLD.{0}", "NULL", "'D'"),
}
"""By event: the row that tells which record it is, what a column held before and after, the operation."""


def statements(layers: Iterable[Layer]) -> Iterator[Statement]:
    """Yield what gives an empty workspace its history."""
    yield from tables(_TABLES)
    for layer in recorded_layers(layers):
        for text in triggers(layer).values():
            yield Statement(text)


def missing_tables(present: Iterable[str]) -> list[str]:
    """Return the tables of the history that are not among ``present``."""
    return sorted(set(_TABLES) - set(present))


def tables(names: Iterable[str]) -> Iterator[Statement]:
    """Yield what makes these tables of the history; programs that list layers do not show them."""
    for name in names:
        yield Statement(fill(_TABLES[name], table=name))
        yield standard.hidden(name)
        if name == CHANGE_TABLE:
            yield from _INDEXES


def gap(layer: Layer) -> Statement:
    """Return the entry that says that changes of a layer may not have been recorded until now."""
    return Statement(GAP_TEXT, (layer.key, GAP))


def note(key: str, value: object) -> Statement:
    """Return what writes one thing that the triggers read."""
    return Statement(_NOTE, (key, value))


@lru_cache(maxsize=64)
def triggers(layer: Layer) -> dict[str, str]:
    """Return the statement of each trigger of a layer, by the trigger's name."""
    whole = layer.role is Role.RECORD
    bodies = {
        "insert": _appeared(layer) if whole else _written_at_once(layer),
        "update": _updated(layer),
        "delete": _deleted(layer) if whole else _dropped(layer),
    }
    text = "CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN {body}; END"
    made = {}
    for event, body in bodies.items():
        name = f"{_TRIGGER_PREFIX}{layer.key}_{event}"
        made[name] = text.format(trigger=quote_name(name), event=event.upper(), table=quote_name(layer.key), body=body)
    return made


def _appeared(layer: Layer) -> str:
    return _ENTRY + ", ".join((_signature(_signed(layer)), _row(layer, "NEW", _APPEARED), "NULL, NULL, NULL"))


def appeared_together(layer: Layer, rows: str) -> str:
    """Return the statement that records rows of a record layer as its trigger does, for when that was away.

    ``rows`` is the SQL that selects them from a table with the layer's columns (``FROM … WHERE …``), called ``came``.
    """
    return f"{_appeared(layer).replace('NEW.', 'came.')} {rows}"


def insert_trigger(layer: Layer) -> str:
    """Return the name of the trigger that records the rows that appear."""
    return f"{_TRIGGER_PREFIX}{layer.key}_insert"


def _signed(layer: Layer) -> list[str]:
    return [f"nullif(NEW.{quote_name(name)}, '')" for name in ("updated_by", "created_by") if name in layer.names()]


def _written_at_once(layer: Layer) -> str:
    """Record what a person wrote in a computed row that appears."""
    return _entries(layer, "insert", decided_columns(layer), _signature(_signed(layer)))


def _updated(layer: Layer) -> str:
    return _entries(layer, "update", recorded_columns(layer), _author_of_update(layer))


def _deleted(layer: Layer) -> str:
    marker = _ENTRY + ", ".join((_signature([]), _row(layer, "OLD", "'D'"), "NULL, NULL, NULL"))
    return f"{marker}; {_entries(layer, 'delete', recorded_columns(layer), _signature([]))}"


def _dropped(layer: Layer) -> str:
    return _entries(layer, "delete", decided_columns(layer), _signature([]))


def _author_of_update(layer: Layer) -> str:
    """Return the signature of an update: the row's own, where the same write signed it or dated it."""
    if "updated_by" not in layer.names():
        return _signature([])
    return _signature([_SIGNED_NOW])


def _signature(signed: Sequence[str]) -> str:
    """Return the SQL of when, who, whether the name is presumed, and whether the change was received."""
    own = f"coalesce({', '.join((*signed, 'NULL', 'NULL'))})"
    return f"{_NOW}, coalesce({own}, {_USER}), {own} IS NULL, {_RECEIVED}"


def _row(layer: Layer, image: str, operation: str) -> str:
    return f"{quote_text(layer.key)}, {image}.uid, {operation}"


def _entry(name: str, before: str, after: str, is_list: bool) -> str:  # noqa: FBT001 - what the column holds
    """Return the row of one column. A form of QGIS writes an empty list for none, and lists in an order of its own."""
    row = f"SELECT {quote_text(name)}, {before}, {after}"
    if not is_list:
        return row
    return f"{row} WHERE {before} IS NOT {after} AND {_chosen(before)} IS NOT {_chosen(after)}"


def _chosen(value: str) -> str:
    """Return the SQL of the codes of a list in one order, NULL for none."""
    return _CHOSEN.format(value)


def _entries(layer: Layer, event: str, columns: Sequence[str], signature: str) -> str:
    """Return the statement that records each column whose value differs.

    SQLite compiles the columns of one compound query much faster than as many statements (0.4 ms against 7 ms for
    170 columns), which counts because GDAL prepares a statement for each record; the LIMIT keeps SQLite from
    taking the compound query apart again.
    """
    image, before, after, operation = _IMAGES[event]
    choices = {field.name for field in layer.fields if field.kind is Kind.CHOICES}
    rows = " UNION ALL ".join(
        chain(
            ["SELECT NULL AS field, NULL AS before, NULL AS after"],
            (
                _entry(name, before.format(quote_name(name)), after.format(quote_name(name)), name in choices)
                for name in columns
            ),
        )
    )
    head = f"{_ENTRY}{signature}, {_row(layer, image, operation)}, field, before, after"
    return f"{head} FROM ({rows} LIMIT -1) WHERE before IS NOT after"
