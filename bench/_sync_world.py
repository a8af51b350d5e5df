"""A shared database of many sites, the edits of an officer and of the others, and what became of each, by SQL.

The rows are those of the demonstration, repeated under new identifiers: about half of the 115 columns of a site are
filled. Every edit writes a value of its own, so that it can be looked for wherever it went.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import Any

import shapely

from resorption_plugin import paths
from resorption_plugin.core.demonstration.generator import demonstration
from resorption_plugin.core.model.fields import Kind
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.travelling import GEOMETRY, Travel, travel
from resorption_plugin.core.territory import Territory

DEPARTMENT = "31"
LAYERS = ("site", "water_point")
PATTERNS = 135
SITES_A_WATER_POINT = 10

UPDATES, EMPTIED, MOVES, DELETES, INSERTS, CHILDREN, OTHER_TOOL = 600, 50, 50, 100, 100, 100, 50
SAME_FIELD, OTHER_FIELD, THEIR_DELETES, THEIR_EDITS_OF_DELETED, THEIR_INSERTS = 100, 50, 20, 10, 5
MINE = UPDATES + EMPTIED + MOVES + DELETES + INSERTS + CHILDREN + OTHER_TOOL
THEIRS = SAME_FIELD + OTHER_FIELD + THEIR_DELETES + THEIR_EDITS_OF_DELETED + THEIR_INSERTS

_TYPES = {
    Kind.INTEGER: "bigint",
    Kind.REAL: "double precision",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.DATETIME: "timestamptz(3)",
    Kind.UID: "uuid",
    Kind.CHOICES: "text[]",
}
_ALONE = {"site": {"rb_id": None, "comments": None}, "water_point": {"source_id": None, "site_uid": None}}
"""What two copies of a row may not share, or the edits use."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One edit: what someone wants a column, or a whole row, to be."""

    kind: str
    """The line of the account it belongs to."""
    table: str
    uid: str
    field: str = ""
    """Empty for a whole row."""
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """The edits of one exchange."""

    mine: tuple[Wish, ...]
    theirs: tuple[Wish, ...]

    def of(self, *kinds: str) -> list[Wish]:
        """Return the edits of some kinds."""
        return [wish for wish in (*self.mine, *self.theirs) if wish.kind in kinds]


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, list[dict[str, wire.Value]]]:
    """Return the rows that are repeated, in wire form."""
    made = demonstration(Territory.load(paths.territories()), [DEPARTMENT], PATTERNS, 1).dataset
    return {
        key: [{**wire.image(travel(key), record), **_ALONE[key]} for record in made.layer(key)][: PATTERNS * 4]
        for key in LAYERS
    }


def count(table: str, sites: int) -> int:
    """Return the number of rows of a table."""
    return sites if table == "site" else sites // SITES_A_WATER_POINT


@lru_cache(maxsize=4)
def uids(table: str, sites: int) -> tuple[str, ...]:
    """Return the identifiers, always the same."""
    chance = random.Random(f"{table} {sites}")
    return tuple(str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(count(table, sites)))


def rows(table: str, sites: int) -> Iterator[str]:
    """Yield the rows as lines of PostgreSQL's COPY: the uid, then the columns that travel.

    Each water point belongs to a site of the first half: the other half can be deleted without a thought for it.
    """
    shapes = travel(table)
    parents = uids("site", sites)[: sites // 2]
    known = [_cells(shapes, pattern) for pattern in patterns()[table]]
    owner = shapes.columns.index("site_uid") if "site_uid" in shapes.columns else None
    for number, uid in enumerate(uids(table, sites)):
        cells, place = known[number % len(known)]
        row = [uid, *cells, _near(place, number)]
        if owner is not None:
            row[owner + 1] = parents[number % len(parents)]
        yield "\t".join(row) + "\n"


def _cells(shapes: Travel, pattern: Mapping[str, wire.Value]) -> tuple[list[str], shapely.Point]:
    cells = [_cell(pattern[name]) for name in shapes.columns if name != GEOMETRY]
    return cells, shapely.from_wkb(str(pattern[GEOMETRY]))


def _cell(value: wire.Value) -> str:
    match value:
        case None:
            return r"\N"
        case bool():
            return "t" if value else "f"
        case list():
            return "{" + ",".join(value) + "}"
        case _:
            return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n").replace("\r", "")


def _near(place: shapely.Point, number: int) -> str:
    moved = shapely.Point(place.x + number % 97 * 1e-6, place.y + number % 89 * 1e-6)
    return str(shapely.to_wkb(shapely.set_srid(moved, 4326), hex=True, include_srid=True))


def create_table(table: str, key: str) -> str:
    """Return an ordinary table of the peer with a key: ``serial``, ``bigserial`` (another column) or ``uuid``."""
    lines = ["uid uuid PRIMARY KEY"] if key == "uuid" else [f"id {key} PRIMARY KEY", "uid uuid UNIQUE NOT NULL"]
    shapes = travel(table)
    for name in shapes.columns:
        field = shapes.field(name)
        if field is None:
            lines.append(f"geom geometry({shapes.layer.geometry.value}, 4326)")
        else:
            lines.append(f'"{name}" {_TYPES.get(field.kind, "text")}')
    return f"CREATE TABLE {table} ({', '.join(lines)}); CREATE INDEX ON {table} USING gist (geom)"


def fill(cursor: Any, schema: str, sites: int) -> None:
    """Put the rows in the tables of a schema."""
    for table in LAYERS:
        columns = ", ".join(f'"{name}"' for name in ("uid", *travel(table).columns))
        lines = StringIO("".join(rows(table, sites)))
        cursor.copy_expert(f"COPY {schema}.{table} ({columns}) FROM STDIN", lines)


def wishes(sites: int) -> Wishes:
    """Return the edits of both sides, always the same for a size."""
    chance = random.Random(sites)
    half = sites // 2
    named = [n for n in range(half) if patterns()["site"][n % PATTERNS]["address"] is not None]
    emptied = set(chance.sample(named, EMPTIED))
    left = [number for number in range(half) if number not in emptied]
    updated, moved, scripted = _shares(chance.sample(left, UPDATES + MOVES + OTHER_TOOL), UPDATES, MOVES)
    deleted = chance.sample(range(half, sites), DELETES)
    children = chance.sample(range(count("water_point", sites)), CHILDREN)
    at = uids("site", sites)
    point_at = uids("water_point", sites)
    new = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(INSERTS + THEIR_INSERTS)]
    mine = [
        *_wishes("update", "site", [at[n] for n in updated], "comments"),
        *(Wish("emptied", "site", at[n], "address") for n in sorted(emptied)),
        *(Wish("move", "site", at[n], "geom", _place(n)) for n in moved),
        *(Wish("delete", "site", at[n]) for n in deleted),
        *_wishes("insert", "site", new[:INSERTS], "comments"),
        *_wishes("child", "water_point", [point_at[n] for n in children], "comments"),
        *_wishes("other tool", "site", [at[n] for n in scripted], "comments"),
    ]
    same, other, rest = _shares(updated, SAME_FIELD, OTHER_FIELD)
    gone = [number for number in rest if number >= count("water_point", sites)]  # nothing belongs to these
    theirs = [
        *_wishes("their same field", "site", [at[n] for n in same], "comments"),
        *_wishes("their other field", "site", [at[n] for n in other], "name"),
        *(Wish("their delete", "site", at[n]) for n in gone[:THEIR_DELETES]),
        *_wishes("their edit of my delete", "site", [at[n] for n in deleted[:THEIR_EDITS_OF_DELETED]], "comments"),
        *_wishes("their insert", "site", new[INSERTS:], "comments"),
    ]
    return Wishes(tuple(mine), tuple(theirs))


def _shares(some: list[int], first: int, second: int) -> tuple[list[int], list[int], list[int]]:
    return some[:first], some[first : first + second], some[first + second :]


def _wishes(kind: str, table: str, some: Iterable[str], field: str) -> Iterator[Wish]:
    for number, uid in enumerate(some):
        yield Wish(kind, table, uid, field, f"{kind} {number:06}")


def _place(number: int) -> str:
    place = shapely.Point(1.4 + number % 1000 * 1e-5, 43.6)
    return str(shapely.to_wkb(place, hex=True)).lower()


def interfere(cursor: Any, schema: str, plan: Wishes) -> None:
    """Do what the others do on the server, by ordinary SQL."""
    for wish in plan.theirs:
        if wish.kind == "their delete":
            cursor.execute(f"DELETE FROM {schema}.{wish.table} WHERE uid = %s", (wish.uid,))  # noqa: S608
        elif wish.kind == "their insert":
            columns = ", ".join(f'"{name}"' for name in travel(wish.table).columns if name != "comments")
            cursor.execute(
                f"INSERT INTO {schema}.{wish.table} (uid, comments, {columns}) "  # noqa: S608 - names of the model
                f"SELECT %s, %s, {columns} FROM {schema}.{wish.table} LIMIT 1",
                (wish.uid, wish.value),
            )
        else:
            text = f'UPDATE {schema}.{wish.table} SET "{wish.field}" = %s WHERE uid = %s'  # noqa: S608
            cursor.execute(text, (wish.value, wish.uid))
