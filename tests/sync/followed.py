"""What the tests of this tier follow: columns, values that occur once, and rows as a workspace stores them."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.sync.wire import Value
from resorption_plugin.geopackage import geometry

FOLLOWED = {
    "site": ("name", "address", "comments", "census_conducted_by", "reinstallation_comments", "population_total"),
    "water_point": ("name", "operator", "comments", "closure_reason", "taps"),
    "action": ("name", "goals", "comments"),
    "dwelling": ("comments", "people"),
    "population_count": ("counted_by", "comments", "population_total"),
    "closure": ("message",),
    "journal_entry": ("description", "entered_by"),
    "owner": ("owner_name",),
    "procedure": ("justice_rendered_by", "bailiff"),
    "action_site": (),
}
"""By layer, the columns in which the tests write values that occur once."""

NUMBERS = frozenset({"population_total", "taps", "people"})
_NUMBERS_OF_ONE = 6_000
NEVER_EMPTY = frozenset({("action", "name"), ("journal_entry", "description")})
PLACED = ("site", "water_point", "action")
RIGHT_FOR = {"procedure": "justice", "owner": "owners"}
"""The right without which nobody reads a layer."""


@dataclass(frozen=True)
class Place:
    """What a position gives a record."""

    department: str

    @property
    def values(self) -> dict[str, str]:
        """Return the columns that follow from the position."""
        city = (self.department + "001")[:5] if len(self.department) == 2 else self.department + "01"
        return {"fk_city": city, "commune": f"Ville {city}", "epci": f"2{city:0>8}", "department": self.department}


@dataclass
class Marks:
    """Gives values that occur once."""

    prefix: str
    number: int = 0

    @classmethod
    def of(cls, prefix: str, nth: int) -> Marks:
        """Return those of one of several people: the numbers and positions of one are nobody else's."""
        return cls(prefix, nth * _NUMBERS_OF_ONE)

    def text(self, department: str) -> str:
        """Return a text that says where it was written."""
        self.number += 1
        return f"{self.prefix}-{department}-{self.number:06}"

    def count(self) -> int:
        """Return a number."""
        self.number += 1
        return self.number

    def point(self) -> tuple[float, float]:
        """Return a position."""
        self.number += 1
        return 1.25 + self.number * 2**-20, 43.5


@contextmanager
def writing(path: Path, timeout_s: float = 20.0) -> Iterator[sqlite3.Connection]:
    """Open a workspace as another program does, in one transaction."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=timeout_s)
    try:
        geometry.add_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def blob(point: tuple[float, float]) -> bytes:
    """Return the geometry of a point as the workspace stores it."""
    import shapely  # noqa: PLC0415 - only here

    return geometry.encode(shapely.Point(point))


def wire_of(stored: bytes | None) -> str | None:
    """Return the wire form of a stored point."""
    return None if stored is None else stored[8:].hex()


def followed_of(connection: sqlite3.Connection, layer: str, uid: str) -> dict[str, Value]:
    """Return the values of a row that the tests follow."""
    names = FOLLOWED.get(layer, ())
    if not names:
        return {}
    columns = ", ".join(f'"{name}"' for name in names)
    row = connection.execute(f'SELECT {columns} FROM "{layer}" WHERE uid = ?', (uid,)).fetchone()
    return dict(zip(names, row, strict=True))


def travelled(connection: sqlite3.Connection, layer: str, uid: str) -> bool:
    """Say whether a workspace ever exchanged a row: it knows what the server holds, or has sent it."""
    try:
        known = connection.execute(f'SELECT 1 FROM "gpkg_sync_base_{layer}" WHERE uid = ?', (uid,)).fetchone()
        sent = connection.execute("SELECT 1 FROM gpkg_sync_outbox WHERE instr(payload, ?)", (uid,)).fetchone()
    except sqlite3.OperationalError:
        return False  # not attached yet
    return bool(known or sent)


def descendants(connection: sqlite3.Connection, layer: str, uid: str) -> list[tuple[str, str]]:
    """Return the rows that go with a row, the nearest last."""
    found: list[tuple[str, str]] = []
    for child in catalogue.layers():
        for relation in child.relations:
            if relation.parent != layer or relation.strength is not Strength.COMPOSITION:
                continue
            query = f'SELECT uid FROM "{child.key}" WHERE "{relation.column}" = ?'
            for (below,) in connection.execute(query, (uid,)).fetchall():
                found = [*descendants(connection, child.key, below), (child.key, below), *found]
    return list(dict.fromkeys(found))


def new_uid(chance: random.Random) -> str:
    """Return an identifier that follows from the seed."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def any_of(connection: sqlite3.Connection, layer: str, chance: random.Random) -> str | None:
    """Return one of the rows of a layer, if there is any."""
    uids = [row[0] for row in connection.execute(f'SELECT uid FROM "{layer}" ORDER BY uid')]
    return chance.choice(uids) if uids else None
