"""People who edit a workspace, by the SQL that QGIS and GDAL write, each value noted in the ledger."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from resorption_plugin.core.model import catalogue

from .followed import (
    FOLLOWED,
    NEVER_EMPTY,
    NUMBERS,
    PLACED,
    Marks,
    Place,
    any_of,
    blob,
    descendants,
    followed_of,
    new_uid,
    travelled,
    wire_of,
    writing,
)
from .ledger import Ledger

MEASURED_AT = "2026-05-04"


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
        site = any_of(connection, "site", chance) if layer == "water_point" else None
        self._add(connection, change, layer, uid, {"site_uid": site} if site else {})
        return f"insert {layer} {uid[:8]}"

    def _insert_child(self, connection: sqlite3.Connection, chance: random.Random, change: Change) -> str:
        site = any_of(connection, "site", chance)
        if site is None:
            return self._insert_site(connection, chance, change)
        layer = chance.choice(_CHILDREN)
        values: dict[str, object] = {"site_uid": site}
        if layer == "action_site":
            action = any_of(connection, "action", chance)
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
        uid = any_of(connection, layer, chance)
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
            uid = any_of(connection, layer, chance)
            if uid is not None:
                return layer, uid
        return "site", any_of(connection, "site", chance)

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
            told = (self.who, child, gone, followed_of(connection, child, gone))
            has_travelled = travelled(connection, child, gone)
            change.notes.append(lambda t=told, h=has_travelled: self.ledger.delete(*t, has_travelled=h))  # type: ignore[misc]
        connection.execute(f'DELETE FROM "{layer}" WHERE uid = ?', (uid,))


_CHILDREN = ("dwelling", "population_count", "closure", "journal_entry", "owner", "procedure", "action_site")
_REQUIRED: dict[str, dict[str, object]] = {
    "site": {"status": "open", "living_conditions_version": 2, "created_by": "test"},
    "water_point": {"type": "fontaine_publique", "lifecycle": "existing", "working_state": "unknown"},
    "population_count": {"counted_on": MEASURED_AT},
    "journal_entry": {"entered_at": "2026-05-04T10:00:00.000Z", "visibility": "all"},
    "owner": {"fk_owner_type": 1},
    "action": {},
}
