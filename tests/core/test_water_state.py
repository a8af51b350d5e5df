"""Whether a water point gives water on a day."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from resorption_plugin.core.records import Record
from resorption_plugin.core.water.state import Availability, availability, usable
from tests.scenes.build import tap

YES, NO, UNKNOWN = Availability.AVAILABLE, Availability.UNAVAILABLE, Availability.UNKNOWN


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def dated(**values):
    return tap(
        **{name: day(value) if name.endswith(("_from", "_until", "_on")) else value for name, value in values.items()}
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, YES),
        ({"lifecycle": "planned"}, NO),
        ({"lifecycle": "removed"}, NO),
        ({"working_state": "unknown"}, UNKNOWN),
        ({"working_state": None}, UNKNOWN),
        ({"working_state": "closed"}, NO),
        ({"working_state": "out_of_order"}, NO),
    ],
)
def test_the_state_alone(values, expected):
    assert availability(tap(**values), day("2025-10-31")) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-10-14", YES), ("2025-10-15", NO), ("2025-10-31", NO), ("2025-11-01", YES)],
)
def test_a_working_point_is_closed_from_the_first_to_the_last_day_announced(on, expected):
    point = dated(closed_from="2025-10-15", closed_until="2025-10-31")
    assert availability(point, day(on)) == expected


def test_an_announced_closure_may_be_open_at_either_end():
    assert availability(dated(closed_from="2025-10-15"), day("2030-01-01")) == NO
    assert availability(dated(closed_from="2025-10-15"), day("2025-10-14")) == YES
    assert availability(dated(closed_until="2025-10-15"), day("2025-10-15")) == NO
    assert availability(dated(closed_until="2025-10-15"), day("2025-10-16")) == YES


@pytest.mark.parametrize(
    ("values", "on", "expected"),
    [
        # closed from a day on: before it, the point worked
        ({"closed_from": "2025-10-15"}, "2025-10-14", YES),
        ({"closed_from": "2025-10-15"}, "2025-10-15", NO),
        # the end announced is believed when it had not passed on the day the point was seen closed
        ({"closed_until": "2025-10-31", "state_on": "2025-10-20"}, "2025-10-31", NO),
        ({"closed_until": "2025-10-31", "state_on": "2025-10-20"}, "2025-11-01", YES),
        ({"closed_until": "2025-10-31", "state_on": "2025-10-31"}, "2025-11-01", YES),
        ({"closed_until": "2025-10-30", "state_on": "2025-10-31"}, "2025-10-31", NO),
        # nobody knows when the point was seen closed
        ({"closed_until": "2025-10-30"}, "2025-10-31", UNKNOWN),
    ],
)
def test_a_point_seen_closed(values, on, expected):
    assert availability(dated(working_state="closed", **values), day(on)) == expected


@pytest.mark.parametrize(
    ("season", "on", "expected"),
    [
        (("11-15", "03-31"), "2025-11-14", YES),
        (("11-15", "03-31"), "2025-11-15", NO),
        (("11-15", "03-31"), "2025-12-31", NO),
        (("11-15", "03-31"), "2026-01-01", NO),
        (("11-15", "03-31"), "2026-03-31", NO),
        (("11-15", "03-31"), "2026-04-01", YES),
        (("06-01", "08-31"), "2026-07-14", NO),
        (("06-01", "08-31"), "2026-09-01", YES),
        (("12-01", "02-29"), "2024-02-29", NO),
        (("12-01", "02-29"), "2025-02-28", NO),
        (("12-01", "02-29"), "2025-03-01", YES),
        (("02-29", "03-31"), "2025-02-28", YES),
        (("02-29", "03-31"), "2025-03-01", NO),
        (("11-15", None), "2026-07-14", UNKNOWN),
        (("15 novembre", "31 mars"), "2026-07-14", UNKNOWN),
    ],
)
def test_the_yearly_closure_wraps_over_the_new_year(season, on, expected):
    point = tap(season_closed_from=season[0], season_closed_until=season[1])
    assert availability(point, day(on)) == expected


def test_a_known_closure_closes_a_point_of_unknown_state():
    frost = tap(working_state="unknown", season_closed_from="11-15", season_closed_until="03-31")
    assert availability(frost, day("2026-01-15")) == NO
    assert availability(frost, day("2026-07-15")) == UNKNOWN
    assert availability(dated(working_state="unknown", closed_from="2025-10-15"), day("2025-10-31")) == NO


def test_a_date_that_cannot_be_read_is_unknown():
    assert availability(tap(working_state="closed", closed_until="31/10/2025"), day("2025-10-31")) == NO


@pytest.mark.parametrize(
    ("state", "potable", "expected"),
    [
        ("working", True, True),
        ("working", None, None),
        ("working", False, False),
        ("unknown", True, None),
        ("unknown", False, False),
        ("closed", True, False),
        ("closed", None, False),
    ],
)
def test_usable_water_both_flows_and_is_drinkable_and_unknown_is_neither(state, potable, expected):
    assert usable(tap(working_state=state, is_potable=potable), day("2025-10-31")) is expected


def test_the_fountains_of_paris_are_in_the_state_of_the_day_they_were_published(shared_data):
    seen_on = day("2025-10-31")
    with (shared_data / "paris" / "fontaines_a_boire_2025.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    points = [
        Record(
            "water_point",
            str(index),
            {
                "lifecycle": "existing",
                "working_state": "working" if row["dispo"] == "OUI" else "closed",
                "closed_from": day(row["debut_ind"][:10]) if row["debut_ind"] else None,
                "closed_until": day(row["fin_ind"][:10]) if row["fin_ind"] else None,
                "state_on": seen_on,
            },
        )
        for index, row in enumerate(rows)
    ]
    states = [availability(point, seen_on) for point in points]
    assert (len(states), states.count(NO), states.count(UNKNOWN)) == (1312, 59, 0)
