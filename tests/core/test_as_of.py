"""Past states rebuilt from the present one and its history."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.history.as_of import as_of
from resorption_plugin.core.history.changes import GEOMETRY, Change, Operation
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.records import Dataset, Record

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
COLUMNS = [name for name in catalogue.layer("site").names() if name != "uid"]
UIDS = ("a", "b", "c")
PLACES = (shapely.Point(1, 43), shapely.Point(1.5, 43.5), shapely.Point(2, 44))


class Recorder:
    """Sites that are written, and what the triggers of a workspace would say of it; the clock ticks at each write."""

    def __init__(self) -> None:
        self.rows: dict[str, Record] = {}
        self.changes: list[Change] = []
        self.now = START
        self._numbers = itertools.count(1)

    def insert(self, uid: str, where: shapely.Point, **values: Any) -> None:
        self.rows[uid] = Record("site", uid, {**dict.fromkeys(COLUMNS), **values}, where)
        self._note(uid, Operation.INSERT)

    def update(self, uid: str, where: shapely.Point, **values: Any) -> None:
        old = self.rows[uid]
        self.rows[uid] = Record("site", uid, {**old.values, **values}, where)
        pairs = {name: (old[name], value) for name, value in values.items()} | {GEOMETRY: (old.geometry, where)}
        for field, (before, after) in pairs.items():
            if before != after:
                self._note(uid, Operation.UPDATE, field, before, after)

    def delete(self, uid: str) -> None:
        old = self.rows.pop(uid)
        self._note(uid, Operation.DELETE)
        for field, before in {**old.values, GEOMETRY: old.geometry}.items():
            if before is not None:
                self._note(uid, Operation.DELETE, field, before)

    def tick(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=1)
        return self.now

    def data(self) -> Dataset:
        return Dataset(self.rows.values())

    def _note(self, uid: str, operation: Operation, *entry: Any) -> None:
        self.changes.append(Change(next(self._numbers), self.now, "Marie", False, "site", uid, operation, *entry))


def contents(data: Dataset) -> dict[tuple[str, str], tuple[dict[str, Any], shapely.Geometry | None]]:
    return {(record.layer, record.uid): (dict(record.values), record.geometry) for record in data}


writes = st.tuples(
    st.sampled_from(UIDS),
    st.sampled_from(("update", "update", "delete")),
    st.sampled_from(PLACES),
    st.fixed_dictionaries(
        {}, optional={"name": st.sampled_from(("A", "B", None)), "population_total": st.sampled_from((1, 2, None))}
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(writes, max_size=4), max_size=8), st.randoms(use_true_random=False))
def test_any_past_moment_is_rebuilt_as_it_was(moments: list[list[Any]], chance: Any) -> None:
    site = Recorder()
    snapshots = [(site.now, contents(site.data()))]
    for moment in moments:
        site.tick()
        for uid, verb, where, values in moment:
            if uid not in site.rows:
                site.insert(uid, where, **values)
            elif verb == "delete":
                site.delete(uid)
            else:
                site.update(uid, where, **values)
        snapshots.append((site.now, contents(site.data())))
    shuffled = list(site.changes)
    chance.shuffle(shuffled)

    for instant, expected in snapshots:
        assert contents(as_of(site.data(), shuffled, instant)) == expected


def test_neither_the_data_nor_the_changes_are_altered() -> None:
    site = Recorder()
    site.insert("a", PLACES[0], name="Avant")
    before = site.tick()
    site.tick()
    site.update("a", PLACES[1], name="Après")
    data, changes = site.data(), list(site.changes)
    kept = contents(data)

    past = as_of(data, changes, before)

    assert (past.layer("site")[0]["name"], past.layer("site")[0].geometry) == ("Avant", PLACES[0])
    assert contents(data) == kept
    assert changes == site.changes


def test_a_moment_holds_what_was_written_at_it() -> None:
    site = Recorder()
    site.insert("a", PLACES[0])
    assert len(as_of(site.data(), site.changes, START)) == 1
    assert len(as_of(site.data(), site.changes, START - dt.timedelta(milliseconds=1))) == 0


def test_a_replaced_record_keeps_what_it_was_replaced_by() -> None:
    replaced = Change(1, START, None, True, "site", "a", Operation.REPLACE)
    data = Dataset([Record("site", "a", {"name": "Nouveau"}, PLACES[0])])
    past = as_of(data, [replaced], START - dt.timedelta(days=1))
    assert past.layer("site")[0]["name"] == "Nouveau"


def test_decisions_go_back_and_what_is_computed_stays() -> None:
    finding = Record("finding", "f", {"state": "accepted", "accepted_reason": "Vu", "message": "…"})
    entries = [
        Change(1, START, "Marie", False, "finding", "f", Operation.UPDATE, "state", "open", "accepted"),
        Change(2, START, "Marie", False, "finding", "f", Operation.UPDATE, "accepted_reason", None, "Vu"),
        Change(3, START, "Marie", False, "finding", "gone", Operation.DELETE, "accepted_reason", "Vu", None),
    ]
    past = as_of(Dataset([finding]), entries, START - dt.timedelta(days=1))
    (found,) = past.layer("finding")
    assert dict(found.values) == {"state": "open", "accepted_reason": None, "message": "…"}


def test_a_distance_goes_with_the_site_that_was_not_there_yet() -> None:
    site = Recorder()
    site.insert("a", PLACES[0])
    rows = [
        Record("distance", "kept", {"site_uid": "b", "water_point_uid": "w"}),
        Record("distance", "gone", {"site_uid": "a", "water_point_uid": "w"}),
        Record("water_point", "w"),
        Record("site", "b"),
    ]
    past = as_of(Dataset([*site.data(), *rows]), site.changes, START - dt.timedelta(days=1))
    assert [row.uid for row in past.layer("distance")] == ["kept"]
