"""What became of every edit of an exchange, counted by SQL on the server: the same account for each program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench._sync_world import LAYERS, Wish, Wishes

_IMAGE = """to_jsonb({0}) - array['id', 'geom']
    || jsonb_build_object('geom', encode(ST_AsBinary({0}.geom, 'NDR'), 'hex'))"""
_REMEMBER = "CREATE TABLE {before} AS TABLE {schema}.{table}"
_CHANGED = f"""SELECT now.uid, c.key, now.before -> c.key, c.value
    FROM (SELECT n.uid::text, {_IMAGE.format("b")} AS before, {_IMAGE.format("n")} AS image
        FROM {{before}} b JOIN {{schema}}.{{table}} n USING (uid) WHERE ROW(b.*) IS DISTINCT FROM ROW(n.*)) now
    CROSS JOIN LATERAL jsonb_each(now.image) c WHERE c.value IS DISTINCT FROM now.before -> c.key
        AND left(c.key, 1) <> '_'"""  # noqa: S608 - names of the model
_NOW = f"SELECT t.uid::text, {_IMAGE.format('t')} FROM {{schema}}.{{table}} t WHERE t.uid = ANY(%s::uuid[])"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Account:
    """How many edits ended how."""

    mine_applied: dict[str, int]
    """By kind, as are the others."""
    mine_asked: dict[str, int]
    """Not applied: a person is asked."""
    mine_lost: dict[str, int]
    """Neither on the server nor shown to anyone."""
    theirs_kept: dict[str, int]
    theirs_asked: dict[str, int]
    """Replaced by mine, and shown to a person."""
    theirs_overwritten: dict[str, int]
    """Replaced without a word."""
    nulls_changed: int
    """Unknown values that became something nobody wrote, the emptied ones that became a text included."""
    cells_invented: int
    """Other values that changed and that nobody changed."""

    def sentence(self) -> str:
        """Return the account in one line."""
        parts = {
            "lost": sum(self.mine_lost.values()),
            "overwritten silently": sum(self.theirs_overwritten.values()),
            "waiting for a person": sum(self.mine_asked.values()),
            "NULLs changed": self.nulls_changed,
            "values invented": self.cells_invented,
            "other tool's edits": self.mine_applied.get("other tool", 0),
        }
        return ", ".join(f"{name} {number}" for name, number in parts.items())


Asked = set[tuple[str, str]]
"""(uid, value) of what a person is asked about; the value is empty for a whole row."""


def remember(cursor: Any, schema: str) -> None:
    """Keep what the tables hold before the exchange, to compare with afterwards."""
    for table in LAYERS:
        cursor.execute(_REMEMBER.format(before=f"before_{table}", schema=schema, table=table))


def account(cursor: Any, schema: str, plan: Wishes, asked: Asked) -> Account:
    """Look for every edit on the server."""
    now = _images(cursor, schema, (*plan.mine, *plan.theirs))
    fate_of_mine = {wish: _fate(wish, now, asked) for wish in plan.mine}
    fate_of_theirs = {wish: _fate(wish, now, asked) for wish in plan.theirs}
    emptied = {(wish.uid, wish.field) for wish in plan.of("emptied")}
    wished = {(wish.uid, wish.field) for wish in (*plan.mine, *plan.theirs)}
    nulls = invented = 0
    for table in LAYERS:
        for uid, name, before, after in _changed(cursor, schema, table):
            if (uid, name) in emptied:
                nulls += after is not None
            elif (uid, name) not in wished:
                nulls += before is None
                invented += before is not None
    return Account(
        _counted(fate_of_mine, "applied"),
        _counted(fate_of_mine, "asked"),
        _counted(fate_of_mine, "gone"),
        _counted(fate_of_theirs, "applied"),
        _counted(fate_of_theirs, "asked"),
        _counted(fate_of_theirs, "gone"),
        nulls,
        invented,
    )


def _images(cursor: Any, schema: str, some: Sequence[Wish]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for table in LAYERS:
        sought = [wish.uid for wish in some if wish.table == table]
        cursor.execute(_NOW.format(schema=schema, table=table), (sought,))
        found |= dict(cursor.fetchall())
    return found


def _changed(cursor: Any, schema: str, table: str) -> list[tuple[str, str, Any, Any]]:
    cursor.execute(_CHANGED.format(before=f"before_{table}", schema=schema, table=table))
    return [tuple(row) for row in cursor.fetchall()]


def _fate(wish: Wish, now: dict[str, dict[str, Any]], asked: Asked) -> str:
    image = now.get(wish.uid)
    is_deletion = not wish.field
    if (image is None) if is_deletion else (image is not None and image[wish.field] == wish.value):
        return "applied"
    return "asked" if (wish.uid, wish.value or "") in asked else "gone"


def _counted(fates: dict[Wish, str], sought: str) -> dict[str, int]:
    return dict(Counter(wish.kind for wish, fate in fates.items() if fate == sought))
