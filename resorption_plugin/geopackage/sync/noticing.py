"""Writes in the history what no trigger saw: another program had taken the triggers away, or went round them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ...core.history.recorded import recorded_columns
from ...core.sync.operations import Kind, Operation
from ...core.sync.travelling import travel
from ..history_tables import CHANGE_TABLE, SWITCH_TABLE
from ..sql import fill
from .rows import Raw, Rows, keys

_ENTRIES = fill(
    "SELECT operation, field, after FROM {table} WHERE uid = ? AND layer = ? ORDER BY id", table=CHANGE_TABLE
)
_NOTE = fill(
    """INSERT INTO {table} ({columns}) SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
    (SELECT value FROM {switches} WHERE key = 'user'), 1, 0, {marks}""",
    table=CHANGE_TABLE,
    switches=SWITCH_TABLE,
    columns=("at", "author", "presumed", "received", "layer", "uid", "operation", "field", "before", "after"),
    marks=6,
)
_SEEN_DELETED = fill("SELECT uid FROM {table} WHERE layer = ? AND operation = ? AND field IS NULL", table=CHANGE_TABLE)
_APPEARED, _REPLACED, _CHANGED, _DELETED = "I", "R", "U", "D"

Entry = tuple[str, str | None, Any, Any]
"""Operation, column, value before and after."""


def notice(connection: sqlite3.Connection, workspace: Path, sent: Iterable[Operation]) -> None:
    """Record the edits that are sent and not in the history."""
    wanted = {(made.layer, made.uid): made for made in sent if made.kind is not Kind.RESOLVE}
    for layer, uids in keys(list(wanted)).items():
        rows = Rows(connection, workspace, travel(layer))
        followed = [name for name in recorded_columns(rows.travel.layer) if name in rows.columns]
        for uid, raw in rows.raw(uids):
            entries = [(layer, uid, *entry) for entry in _unseen(connection, rows, followed, uid, raw)]
            connection.executemany(_NOTE, entries)


def deleted(connection: sqlite3.Connection, layer: str) -> set[str]:
    """Return the uids of the records of a layer that somebody was seen deleting."""
    return {uid for (uid,) in connection.execute(_SEEN_DELETED, (layer, _DELETED))}


def _unseen(connection: sqlite3.Connection, rows: Rows, followed: Sequence[str], uid: str, raw: Raw) -> Iterator[Entry]:
    there = rows.travel
    known = connection.execute(_ENTRIES, (uid, there.key)).fetchall()
    before = dict(zip(rows.columns, raw.base or (), strict=False))
    if raw.working is None:
        if there.is_whole and (not known or known[-1][0] != _DELETED):
            yield _DELETED, None, None, None
            yield from ((_DELETED, name, before[name], None) for name in followed if before.get(name))
        return
    if raw.base is None:
        if there.is_whole and not any(operation in (_APPEARED, _REPLACED) for operation, _, _ in known):
            yield _APPEARED, None, None, None
        return
    last: dict[str, Any] = {}
    for operation, name, value in known:
        if operation == _REPLACED:
            return  # the row was written anew as a whole
        if name is not None:
            last[name] = value
    now = dict(zip(rows.columns, raw.working, strict=True))
    for name in followed:
        if now[name] != before[name] and (name not in last or last[name] != now[name]):
            yield _CHANGED, name, before[name], now[name]
