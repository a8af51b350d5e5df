"""The nearest water that can be drunk on a day."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from resorption_plugin.core.water.nearest_usable import UsableWater
from tests.scenes.build import EPSG, SUMMER, at, box, tap

places = st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000))


def asked(water: UsableWater, place: shapely.Geometry, on: dt.date = SUMMER) -> tuple[str, float] | None:
    found = water.nearest(place, on)
    return None if found is None else (found.water_point.uid, found.distance_m)


@given(st.lists(places, max_size=20), places)
def test_it_is_the_one_that_a_look_at_all_finds(taps, place):
    water = UsableWater([tap(f"{n:02}", at(*xy)) for n, xy in enumerate(taps)], EPSG)
    every = [((place[0] - x) ** 2 + (place[1] - y) ** 2, f"{n:02}") for n, (x, y) in enumerate(taps)]
    found = water.nearest(at(*place), SUMMER)
    if not every:
        assert found is None
        return
    assert found is not None
    assert found.distance_m == pytest.approx(min(every)[0] ** 0.5, abs=0.011)


@pytest.mark.parametrize(
    "values",
    [
        {"lifecycle": "planned"},
        {"working_state": "out_of_order"},
        {"working_state": "unknown"},
        {"is_potable": False},
        {"is_potable": None},
    ],
)
def test_a_point_not_known_to_give_drinking_water_is_passed_over(values):
    water = UsableWater([tap("near", at(10), **values), tap("far", at(300))], EPSG)
    assert asked(water, at(0)) == ("far", 300.0)


def test_the_day_decides():
    shut = tap("near", at(10), season_closed_from="11-15", season_closed_until="03-31")
    water = UsableWater([shut, tap("far", at(300))], EPSG)
    assert asked(water, at(0), dt.date(2026, 7, 1)) == ("near", 10.0)
    assert asked(water, at(0), dt.date(2026, 1, 1)) == ("far", 300.0)


def test_a_polygon_is_measured_from_its_nearest_part():
    water = UsableWater([tap("a", at(250))], EPSG)
    assert asked(water, box(-100, -100, 100, 100)) == ("a", 150.0)
    assert asked(water, box(-100, -100, 300, 100)) == ("a", 0.0)


def test_of_points_equally_near_the_first_uid_is_taken():
    water = UsableWater([tap("b", at(0)), tap("a", at(0))], EPSG)
    assert asked(water, at(100)) == ("a", 100.0)


def test_nothing_is_near_to_nowhere():
    water = UsableWater([tap("a", at(0)), tap("lost", shapely.Point())], EPSG)
    assert asked(water, shapely.Point()) is None
    assert asked(water, shapely.Point(400, 100)) is None
    assert asked(UsableWater([], EPSG), at(0)) is None
