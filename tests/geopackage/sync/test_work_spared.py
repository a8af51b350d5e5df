"""What is not done twice, or done together for many rows, leaves the workspace as if each row had been done alone."""

from __future__ import annotations

import math
import sqlite3
from itertools import product
from typing import Any

import pytest

from resorption_plugin.core.sync.travelling import travel, travels
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.sync import digests, rebasing, stored, tables
from resorption_plugin.geopackage.sync.rows import Rows
from tests.geopackage.sync.shared import HERE, THERE, Person

_VALUES: tuple[Any, ...] = (
    *(None, 0, 1, 1.0, 0.0, -0.0, math.nan, 2**70, b"GP", geometry.encode(HERE)),
    *("", "1", "e\u0301", "\ud800", '["well", "network"]', "2026-01-02", "2026-01-02T03:04:05Z", "../out"),
)


def connection(person: Person) -> sqlite3.Connection:
    return person.local._connection


def rows(person: Person) -> Rows:
    return Rows(connection(person), person.path, travel("site"))


def base_of(person: Person, uid: str) -> tuple[Any, ...]:
    text = f"SELECT * FROM {tables.base(travel('site'))} WHERE uid = ?"
    return connection(person).execute(text, (uid,)).fetchone()


@pytest.mark.parametrize("key", [there.key for there in travels()])
def test_a_value_taken_from_another_row_is_the_value_read(key: str) -> None:
    there = travel(key)
    names = tables.columns(there)
    for value, was in product(_VALUES, repeat=2):
        row, other = [value] * len(names), [was] * len(names)
        told = stored.readable_image(there, names, other)
        found = stored.readable_image_beside(there, names, row, other, told)
        alone = stored.readable_image(there, names, row)
        assert {name: (type(one), repr(one)) for name, one in found.items()} == {
            name: (type(one), repr(one)) for name, one in alone.items()
        }


def test_a_row_renewed_is_a_row_written(anna: Person) -> None:
    uid = anna.insert(name="before", comments="kept")
    anna.sync()
    anna.update(uid, geom=THERE, name="after", comments=None)
    anna.sync()
    told = base_of(anna, uid)
    row = rows(anna).read([uid])[uid]
    assert row.base == row.working
    rows(anna).write_base(uid, row.base, row.version)
    assert base_of(anna, uid) == told


def test_a_row_that_stood_elsewhere_stands_beside_the_layers_once_written(anna: Person) -> None:
    uid = anna.insert(name="before")
    anna.sync()
    table = tables.base(travel("site"))
    connection(anna).execute(f"UPDATE {table} SET fid = -7 WHERE uid = ?", (uid,))
    anna.update(uid, name="after")
    anna.sync()
    (number,) = connection(anna).execute("SELECT fid FROM site WHERE uid = ?", (uid,)).fetchone()
    assert base_of(anna, uid)[0] == number
    assert not anna.local.waiting().to_send


def test_rows_placed_together_are_where_their_triggers_put_them(
    anna: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = [anna.insert(geom=place, name=str(number)) for number, place in enumerate((HERE, THERE, HERE))]
    anna.sync()
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = connection(bob).execute(triggers).fetchall()
    monkeypatch.setattr(rebasing, "_MANY", 1)
    bob.sync()
    assert connection(bob).execute(triggers).fetchall() == before
    tree = "SELECT id, minx, maxx, miny, maxy FROM rtree_site_geom ORDER BY id"
    placed = connection(bob).execute(tree).fetchall()
    assert len(placed) == len(uids)
    connection(bob).execute("UPDATE site SET geom = geom, fid = fid + 100")
    connection(bob).execute("UPDATE site SET geom = geom, fid = fid - 100")
    assert connection(bob).execute(tree).fetchall() == placed
    assert connection(bob).execute("SELECT rtreecheck('rtree_site_geom')").fetchone() == ("ok",)


def test_where_there_is_nothing_to_take_nothing_is_written(anna: Person, bob: Person) -> None:
    uid = anna.insert(name="before")
    anna.sync()
    bob.sync()
    before = bob.path.read_bytes()
    bob.pull()
    assert bob.path.read_bytes() == before
    anna.update(uid, name="after")
    anna.sync()
    bob.pull()
    assert bob.value(uid, "name") == "after"


def test_the_digests_of_some_buckets_are_those_among_all(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        anna.insert(uid=f"{number:02x}000000-0000-4000-8000-000000000001")
    anna.insert(uid="00000000-0000-4000-8000-000000000002")
    anna.sync()
    everything = digests.digest(connection(anna), None)
    assert everything["site", 0][0] == 2
    wanted = [("site", 0), ("site", 3), ("site", 9)]
    some = {bucket: everything[bucket] for bucket in wanted if bucket in everything}
    assert digests.digest(connection(anna), wanted) == some
    monkeypatch.setattr(digests, "_MANY", 1)
    assert digests.digest(connection(anna), wanted) == some
