"""What is kept beside the layers, in the codes of today: the history, what waits, and batches of before an upgrade.

A batch keeps its name and its very bytes until it is certain that the server never took it: only then may it be said in
other words.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...core.sync.freezing import fingerprint
from ...core.sync.operations import Batch, Operation, Result
from .. import upgrades
from ..history_tables import CHANGE_TABLE
from ..moves import Codes, base_table, columns_of, has_table, renamed, renaming
from ..sql import fill
from .tables import CONFLICT, HELD, QUARANTINE

_IMAGES = ("base", "mine", "theirs")


def recode(connection: sqlite3.Connection, codes: Codes) -> None:
    """Rename codes in all that a workspace keeps beside its layers, inside the transaction of whoever asks."""
    for (layer, column), names in codes.items():
        called = renaming(connection, column, names)
        if has_table(connection, base_table(layer)):
            _rename(connection, base_table(layer), column, called, "1", ())
        for side in ("before", "after"):
            _rename(connection, CHANGE_TABLE, side, called, "layer = ? AND field = ?", (layer, column))
    for layer in sorted({layer for layer, _ in codes}):
        if has_table(connection, HELD):
            _recode_held(connection, layer, codes)
            _recode_conflicts(connection, layer, codes)
            _recode_quarantine(connection, layer, codes)


def _rename(  # noqa: PLR0917 - one statement
    connection: sqlite3.Connection, table: str, column: str, called: str, which: str, values: Sequence[str]
) -> None:
    text = fill("UPDATE {table} SET {column} = ", table=table, column=column)
    changed = fill("({column}) IS NOT {column}", column=column)
    told = fill("({column})", column=column)
    connection.execute(f"{text}{called}{told} WHERE {which} AND {called}{changed}", tuple(values))


def _recode_held(connection: sqlite3.Connection, layer: str, codes: Codes) -> None:
    for column, names in columns_of(codes, layer):
        text = fill("SELECT uid, value FROM {table} WHERE layer = ? AND field = ? AND value NOT NULL", table=HELD)
        rows = connection.execute(text, (layer, column)).fetchall()
        write = fill("UPDATE {table} SET value = ? WHERE layer = ? AND field = ? AND uid = ?", table=HELD)
        told = [(_json(renamed(json.loads(value), names)), layer, column, uid) for uid, value in rows]
        connection.executemany(write, told)


def _recode_conflicts(connection: sqlite3.Connection, layer: str, codes: Codes) -> None:
    rows = connection.execute(
        fill("SELECT uid, told, chosen, former FROM {table} WHERE layer = ?", table=CONFLICT), (layer,)
    ).fetchall()
    write = fill("UPDATE {table} SET told = ?, chosen = ?, former = ? WHERE uid = ?", table=CONFLICT)
    for uid, told, chosen, former in rows:
        conflict = json.loads(told)
        conflict |= {name: image(layer, conflict[name], codes) for name in _IMAGES}
        both = [one and image(layer, one, codes) for one in json.loads(former)] if former else None
        decided = _json(image(layer, json.loads(chosen), codes)) if chosen else None
        connection.execute(write, (_json(conflict), decided, both and _json(both), uid))


def _recode_quarantine(connection: sqlite3.Connection, layer: str, codes: Codes) -> None:
    columns = ("uid", "kind", "operation", "image", "fingerprint")
    rows = connection.execute(
        fill("SELECT {columns} FROM {table} WHERE layer = ?", columns=columns, table=QUARANTINE), (layer,)
    ).fetchall()
    write = fill(
        "UPDATE {table} SET operation = ?, image = ?, fingerprint = ? WHERE layer = ? AND uid = ? AND kind = ?",
        table=QUARANTINE,
    )
    for uid, kind, told, shown, seal in rows:
        made = _operation(json.loads(told), codes) if told else None
        held = json.dumps(image(layer, json.loads(shown), codes)) if shown else None
        now = fingerprint(Operation.from_json(made)) if made and seal else seal
        connection.execute(write, (made and _json(made), held, now, layer, uid, kind))


def image(layer: str, values: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    """Return the values of a row in the codes of today."""
    found = dict(values)
    for column, names in columns_of(codes, layer):
        if column in found:
            found[column] = renamed(found[column], names)
    return found


def _operation(told: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    edits = dict(told.get("set", {}))
    for column, names in columns_of(codes, told["layer"]):
        if column in edits:
            edits[column] = [renamed(value, names) for value in edits[column]]
    return {**told, "set": edits} if edits else dict(told)


def in_todays_words(batch: Batch, results: Sequence[Result]) -> tuple[Batch, list[Result]]:
    """Return a batch of before an upgrade, and what the server answered to it, in the codes of today."""
    found = list(results)
    told = json.loads(batch.payload)
    for codes in upgrades.recoded_since(batch.schema_version):
        told = [_operation(made, codes) for made in told]
        found = [
            replace(result, conflicts=tuple(_conflict(one, codes) for one in result.conflicts)) for result in found
        ]
    made_of = Batch.of(batch.uid, map(Operation.from_json, told))
    return made_of, found


def under_another_name(batch: Batch) -> Batch:
    """Return a batch of before an upgrade as one of today, which has nothing to do with the one of before any more."""
    return replace(in_todays_words(batch, ())[0], uid=str(uuid.uuid4()))


def _conflict(conflict: Any, codes: Codes) -> Any:
    return replace(conflict, **{name: image(conflict.layer, getattr(conflict, name), codes) for name in _IMAGES})


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)
