"""The log of the shared database told in words: what people wrote, who read it, in which commune and department."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import shapely

from resorption_plugin.core.history.changes import GEOMETRY, Operation
from resorption_plugin.core.history.restoring import Signature, plan_restore
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import audit, audit_subjects, audit_table, wire
from resorption_plugin.core.sync.audit import Entry, Event, Told
from resorption_plugin.core.sync.audit_table import Facet, SharedHistory

AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HERE, THERE = (str(wire.write_geometry(shapely.Point(1.44, north))) for north in (43.6, 43.601))


def entry(operation: str, old: dict[str, Any] | None, new: dict[str, Any] | None, **more: Any) -> Entry:
    given = {"revision": 1, "who": "karim", "layer": "site", "uid": "s", "before": ["31"], "after": ["31"], **more}
    return Entry.of(
        given["revision"],
        AT,
        given["who"],
        given["layer"],
        given["uid"],
        operation,
        given["before"],
        given["after"],
        old,
        new,
    )


def history(*entries: Entry, **known: Any) -> SharedHistory:
    values = audit_subjects.values_told(entries)
    for key, held in known.items():
        values[key, key[0]] = held
    subjects, names = audit_subjects.subjects(values, "en")
    return SharedHistory(tuple(audit.tell(entries)), subjects, names)


def counts(told: SharedHistory, facet: Facet) -> list[tuple[str, int]]:
    return [(value, len(lines)) for value, lines in told.groups[facet].items()]


def test_an_entry_is_told_by_the_fields_that_people_wrote() -> None:
    new = {"updated_by": "K", GEOMETRY: THERE, "name": "b", "commune_distance_m": 3.0, "of_a_newer_server": 1}
    told = list(audit.tell([entry("U", {"name": "a", GEOMETRY: HERE, "updated_by": "M"}, new)]))
    assert [line.field for line in told] == ["name", GEOMETRY]
    name, place = (line.line().change for line in told)
    assert (name.before, name.after, name.author, name.operation) == ("a", "b", "karim", Operation.UPDATE)
    assert place.before == shapely.Point(1.44, 43.6)
    assert {change.field for change in told[0].changes()} == {"name", "updated_by", GEOMETRY, "commune_distance_m"}


@pytest.mark.parametrize(
    ("operation", "before", "after", "event"),
    [
        ("I", None, ["31"], Event.CREATED),
        ("D", ["31"], None, Event.DELETED),
        ("U", ["31"], ["31"], Event.CHANGED),
        ("U", ["31"], None, Event.LEFT),
        ("U", None, ["32"], Event.CAME),
    ],
)
def test_what_the_reader_may_not_read_makes_a_coming_or_a_going(operation, before, after, event) -> None:
    made = entry(operation, {"name": "a"}, {"name": "b"}, before=before, after=after)
    assert (made.event, made.departments) == (event, tuple(after or before))


def test_what_this_version_does_not_know_is_left_out() -> None:
    assert list(audit.tell([entry("I", None, {"x": 1}, layer="of_a_newer_server")])) == []
    assert audit_subjects.values_told([entry("I", None, {"x": 1}, layer="of_a_newer_server")]) == {
        ("of_a_newer_server", "s"): {}
    }


def test_lines_say_who_when_where_and_what() -> None:
    site = entry("U", {"name": "a"}, {"name": "Les Berges"})
    made = entry("I", None, {"name": "a", "commune": "Toulouse", "department": "31"})
    count = entry("D", {"site_uid": "s", "counted_on": "2026-02-01"}, None, layer="population_count", uid="c")
    told = history(site, count, made)
    assert [audit_table.cells(told, line, "en")[1:] for line in told.told] == [
        ("karim", "31", "Toulouse", "Slum site – Les Berges", "Name of the site", "a", "Les Berges"),
        ("karim", "31", "Toulouse", "Population count – 2026-02-01", "Deleted", "", ""),
        ("karim", "31", "Toulouse", "Slum site – Les Berges", "Created", "", ""),
    ]
    assert audit_table.cells(told, told.told[1], "fr")[5] == "Suppression"
    moved = history(entry("U", {GEOMETRY: HERE}, {GEOMETRY: THERE}))
    assert "moved 111" in audit_table.cells(moved, moved.told[0], "en")[-1]


def test_lines_are_counted_and_chosen() -> None:
    told = history(
        entry("U", {"name": "a"}, {"name": "b", "commune": "Toulouse"}),
        entry("I", None, {"commune": "Blagnac"}, uid="t", who="marie"),
        entry("D", {"site_uid": "t"}, None, layer="dwelling", uid="d"),
    )
    assert counts(told, Facet.COMMUNE) == [("Blagnac", 2), ("Toulouse", 2)]
    assert counts(told, Facet.PERSON) == [("karim", 3), ("marie", 1)]
    assert counts(told, Facet.LAYER) == [("site", 3), ("dwelling", 1)]
    both = audit_table.chosen(told, {Facet.COMMUNE: "Blagnac", Facet.PERSON: "karim"})
    assert [line.entry.layer for line in both] == ["dwelling"]
    assert audit_table.chosen(told, {}) == told.told


def test_records_are_found_through_their_values() -> None:
    made = entry("U", {"site_uid": "s1"}, {"site_uid": "s2"}, layer="dwelling", uid="d")
    assert audit_subjects.mentioned([made]) == {("dwelling", "d"), ("site", "s1"), ("site", "s2")}
    assert audit_subjects.parents({("dwelling", "d"): {"site_uid": "s2"}}) == {("site", "s2")}


def test_a_line_of_the_log_gives_back_what_it_took() -> None:
    signed = Signature("Marie", AT)
    changed = Told(entry("U", {"name": "a"}, {"name": "b"}), "name").line()
    plan = plan_restore(changed, Record("site", "s", {"name": "b"}), lambda *_key: True, signed)
    assert plan.update[0]["name"] == "a"
    gone = Told(entry("D", {"name": "a", "surveyed_on": None, GEOMETRY: HERE}, None)).line()
    plan = plan_restore(gone, None, lambda *_key: True, signed)
    assert plan.insert[0]["name"] == "a"
    assert plan.insert[0].geometry == shapely.Point(1.44, 43.6)
