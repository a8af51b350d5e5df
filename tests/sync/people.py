"""People who edit a workspace, by the SQL that QGIS and GDAL write, each value noted in the ledger."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Strength
from resorption_plugin.core.sync.wire import Value
from resorption_plugin.geopackage import geometry

from .ledger import Ledger

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
NEVER_EMPTY = frozenset({("action", "name"), ("journal_entry", "description")})
PLACED = ("site", "water_point", "action")
RIGHT_FOR = {"procedure": "justice", "owner": "owners"}
"""The right without which nobody reads a layer."""
SOLUTIONS = ("shelter", "long_term", "other", "return_to_country")
MEASURED_AT = "2026-05-04"


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


@dataclass
class Change:
    """What one transaction is about to note in the ledger, once it is committed."""

    notes: list[Callable[[], None]] = field(default_factory=list)

    def commit(self) -> None:
        """Write it all down."""
        for note in self.notes:
            note()


@dataclass
class Hands:
    """Edits one workspace."""

    who: str
    path: Path
    department: str
    ledger: Ledger
    marks: Marks

    def act(self, chance: random.Random) -> str:
        """Do one to three things in one transaction; return what, or why not."""
        change = Change()
        told: list[str] = []
        try:
            with writing(self.path) as connection:
                told += [self._one(connection, chance, change) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        except sqlite3.IntegrityError as error:
            return f"refused by the workspace ({error})"
        change.commit()
        return "; ".join(told)

    def set(self, layer: str, uid: str, **values: object) -> None:
        """Write some columns of a row."""
        change = Change()
        with writing(self.path) as connection:
            for name, value in values.items():
                self._write(connection, change, (layer, uid), name, value)
        change.commit()

    def add_site(self, uid: str, **values: object) -> str:
        """Make a site; return its uid."""
        change = Change()
        with writing(self.path) as connection:
            self._add(connection, change, "site", uid, dict(values))
        change.commit()
        return uid

    def add_child(self, layer: str, parent: str, uid: str, **values: object) -> str:
        """Make a row that belongs to a site; return its uid."""
        change = Change()
        with writing(self.path) as connection:
            self._add(connection, change, layer, uid, {"site_uid": parent, **values})
        change.commit()
        return uid

    def delete(self, layer: str, uid: str) -> None:
        """Delete a row and what belongs to it."""
        change = Change()
        with writing(self.path) as connection:
            self._delete(connection, change, layer, uid)
        change.commit()

    def value(self, layer: str, uid: str, name: str) -> object:
        """Return what the workspace holds."""
        connection = sqlite3.connect(self.path)
        try:
            row = connection.execute(f'SELECT "{name}" FROM "{layer}" WHERE uid = ?', (uid,)).fetchone()
            return None if row is None else row[0]
        finally:
            connection.close()

    def _one(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        acts = (self._insert_site, self._insert_child, self._insert_point, self._update, self._empty, self._move)
        act = chance.choices((*acts, self._remove), weights=(8, 12, 4, 40, 5, 8, 6))[0]
        return act(connection, chance, change)

    def _insert_site(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        uid = new_uid(chance)
        self._add(connection, change, "site", uid, {})
        return f"insert site {uid[:8]}"

    def _insert_point(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        uid, layer = new_uid(chance), chance.choice(("water_point", "action"))
        site = _any(connection, "site", chance) if layer == "water_point" else None
        self._add(connection, change, layer, uid, {"site_uid": site} if site else {})
        return f"insert {layer} {uid[:8]}"

    def _insert_child(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        site = _any(connection, "site", chance)
        if site is None:
            return self._insert_site(connection, chance, change)
        layer = chance.choice(_CHILDREN)
        values: dict[str, object] = {"site_uid": site}
        if layer == "action_site":
            action = _any(connection, "action", chance)
            if action is None:
                return self._insert_point(connection, chance, change)
            values["action_uid"] = action
        if layer == "closure":
            values["closing_solution"] = chance.choice(
                catalogue.layer("closure").field("closing_solution").domain.codes()  # type: ignore[union-attr]
            )
        uid = new_uid(chance)
        self._add(connection, change, layer, uid, values)
        return f"insert {layer} {uid[:8]} of {site[:8]}"

    def _update(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        layer, uid = self._some_row(connection, chance)
        if uid is None:
            return self._insert_site(connection, chance, change)
        names = chance.sample(FOLLOWED[layer], min(len(FOLLOWED[layer]), chance.choice((1, 1, 2, 3))))
        for name in names:
            self._write(connection, change, (layer, uid), name, self._new_value(name))
        return f"update {layer} {uid[:8]} {', '.join(names)}"

    def _empty(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        layer, uid = self._some_row(connection, chance)
        names = [name for name in FOLLOWED[layer] if (layer, name) not in NEVER_EMPTY]
        if uid is None or not names:
            return "nothing to empty"
        name = chance.choice(names)
        self._write(connection, change, (layer, uid), name, None)
        return f"empty {layer} {uid[:8]} {name}"

    def _move(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        layer = chance.choice(PLACED)
        uid = _any(connection, layer, chance)
        if uid is None:
            return "nothing to move"
        self._write(connection, change, (layer, uid), "geom", blob(self.marks.point()))
        return f"move {layer} {uid[:8]}"

    def _remove(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        layer, uid = self._some_row(connection, chance, with_links=True)
        if uid is None:
            return "nothing to delete"
        self._delete(connection, change, layer, uid)
        return f"delete {layer} {uid[:8]}"

    def _some_row(
        self, connection: sqlite3.Connection, chance: random.Random, *, with_links: bool = False
    ) -> tuple[str, str | None]:
        layers = [layer for layer in FOLLOWED if FOLLOWED[layer] or with_links]
        weights = [6 if layer == "site" else 2 for layer in layers]
        for _ in range(4):
            layer = chance.choices(layers, weights)[0]
            uid = _any(connection, layer, chance)
            if uid is not None:
                return layer, uid
        return "site", _any(connection, "site", chance)

    def _new_value(self, name: str) -> object:
        return self.marks.count() if name in NUMBERS else self.marks.text(self.department)

    def _add(
        self, connection: sqlite3.Connection, change: Change, layer: str, uid: str, values: dict[str, object]
    ) -> None:
        written = {name: self._new_value(name) for name in FOLLOWED[layer][:2]} | values
        written |= {"uid": uid, **_REQUIRED.get(layer, {})}
        if layer in PLACED:
            written |= {**Place(self.department).values, "geom": blob(self.marks.point())} | values
        elif layer == "dwelling":
            written["geom"] = blob(self.marks.point())
        names = ", ".join(f'"{name}"' for name in written)
        marks = ", ".join("?" * len(written))
        connection.execute(f'INSERT INTO "{layer}" ({names}) VALUES ({marks})', tuple(written.values()))
        change.notes.append(lambda: self.ledger.insert(self.who, uid))
        followed = {name: value for name, value in written.items() if name in (*FOLLOWED[layer], "geom")}
        for name, value in followed.items():
            self._note(change, (layer, uid), name, value, None)

    def _write(
        self, connection: sqlite3.Connection, change: Change, key: tuple[str, str], name: str, value: object
    ) -> None:
        layer, uid = key
        (before,) = connection.execute(f'SELECT "{name}" FROM "{layer}" WHERE uid = ?', (uid,)).fetchone()
        connection.execute(f'UPDATE "{layer}" SET "{name}" = ? WHERE uid = ?', (value, uid))
        if name in (*FOLLOWED[layer], "geom"):
            self._note(change, (layer, uid), name, value, before)

    def _note(self, change: Change, key: tuple[str, str], name: str, value: object, before: object) -> None:
        layer, uid = key
        if name == "geom":
            value, before = wire_of(value), wire_of(before)  # type: ignore[arg-type]
        change.notes.append(lambda: self.ledger.write(self.who, layer, (uid, name), value, before))  # type: ignore[arg-type]

    def _delete(self, connection: sqlite3.Connection, change: Change, layer: str, uid: str) -> None:
        for child, gone in [*descendants(connection, layer, uid), (layer, uid)]:
            seen = followed_of(connection, child, gone)
            change.notes.append(lambda c=child, g=gone, s=seen: self.ledger.delete(self.who, c, g, s))  # type: ignore[misc]
        connection.execute(f'DELETE FROM "{layer}" WHERE uid = ?', (uid,))


_CHILDREN = ("dwelling", "population_count", "closure", "journal_entry", "owner", "procedure", "action_site")
_REQUIRED: dict[str, dict[str, object]] = {
    "site": {"status": "open", "living_conditions_version": 2, "created_by": "test"},
    "water_point": {"type": "fontaine_publique", "lifecycle": "existing", "working_state": "unknown"},
    "population_count": {"counted_on": MEASURED_AT},
    "journal_entry": {"entered_at": "2026-05-04T10:00:00.000Z", "visibility": "all"},
    "action": {},
}


def followed_of(connection: sqlite3.Connection, layer: str, uid: str) -> dict[str, Value]:
    """Return the values of a row that the tests follow."""
    names = FOLLOWED.get(layer, ())
    if not names:
        return {}
    columns = ", ".join(f'"{name}"' for name in names)
    row = connection.execute(f'SELECT {columns} FROM "{layer}" WHERE uid = ?', (uid,)).fetchone()
    return dict(zip(names, row, strict=True))


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


def _any(connection: sqlite3.Connection, layer: str, chance: random.Random) -> str | None:
    uids = [row[0] for row in connection.execute(f'SELECT uid FROM "{layer}" ORDER BY uid')]
    return chance.choice(uids) if uids else None
