"""What lies around a site that is being created, and the visit that confirms one."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core import geo
from resorption_plugin.core.checks import registry
from resorption_plugin.core.checks.spec import Profile
from resorption_plugin.core.confirmation import DATED, POPULATION, confirmation
from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.nearby import apart_metres, box_around, nearest, surroundings
from resorption_plugin.core.records import Record

HERE = shapely.Point(1.4442, 43.6045)
TODAY = dt.date(2026, 3, 2)


def north(metres: float) -> shapely.Point:
    """A place some metres north, measured in Lambert-93 as the checks measure."""
    x, y = geo.transformer(4326, 2154).transform(HERE.x, HERE.y)
    return shapely.Point(geo.transformer(2154, 4326).transform(x, y + metres))


def site(uid: str, metres: float, status: str = "open") -> Record:
    return Record("site", uid, {"name": uid, "status": status}, north(metres))


def tap(uid: str, metres: float, **values: object) -> Record:
    working = {"working_state": "working", "is_potable": True, "lifecycle": "existing", **values}
    return Record("water_point", uid, working, north(metres))


def look(sites, water=()):
    return surroundings(HERE, sites, water, epsg=2154, on=TODAY, profile=Profile.STATE)


def names(neighbours) -> list[str]:
    return [neighbour.record.uid for neighbour in neighbours]


def test_the_limit_is_that_of_the_check():
    (check,) = registry.chosen(["DON-003"])
    assert apart_metres(Profile.STATE) == check.spec.thresholds(Profile.STATE)["apart"].value == 50


def test_sites_are_sorted_by_distance_and_by_the_limit_of_the_check():
    found = look([site("far", 501), site("b", 49.9), site("a", 10), site("c", 50.1), site("d", 499)])
    assert names(found.too_close) == ["a", "b"]
    assert names(found.nearby) == ["c", "d"]
    assert found.too_close[0].metres == pytest.approx(10, abs=0.05)


def test_closed_sites_and_sites_without_a_place_are_left_out():
    found = look([site("closed", 5, "resorbed"), Record("site", "nowhere", {"status": "open"})])
    assert (found.too_close, found.nearby) == ((), ())


def test_only_water_that_can_be_drunk_within_the_limit_counts():
    assert (
        look([], [tap("broken", 10, working_state="out_of_order"), tap("unknown", 20, is_potable=None)]).water is None
    )
    assert look([], [tap("far", 201)]).water is None
    found = look([], [tap("second", 180), tap("first", 150)]).water
    assert found is not None
    assert found.record.uid == "first"


def test_the_nearest_of_two_as_near_is_the_first_uid():
    found = nearest(HERE, [site("b", 10), site("a", 10)], 100, 2154)
    assert found is not None
    assert found.record.uid == "a"
    assert nearest(HERE, [], 100, 2154) is None


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        [(1.44, 43.6, 2154), (-61.0, 14.6, 5490), (-52.3, 4.9, 2972), (55.5, -21.1, 2975), (2.4, 51.0, 2154)]
    ),
    st.floats(0, 6.28),
)
def test_the_box_holds_every_place_within_the_distance(where, angle):
    lon, lat, epsg = where
    west, south, east, high = box_around(lon, lat, 500)
    point = geo.WGS84.fwd(lon, lat, angle * 57.29578, 500)[:2]
    assert west <= point[0] <= east
    assert south <= point[1] <= high
    assert geo.projector(epsg)(shapely.Point(point)).is_valid


def test_a_confirmation_dates_the_population_where_there_is_one():
    now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    counted = Record("site", "s", {"status": "open", "minors_in_school": 0})
    assert confirmation(counted, now, "M. Martin") == {
        "updated_without_any_change": True,
        "updated_at": now,
        "updated_by": "M. Martin",
        "population_updated_at": now,
    }
    assert "population_updated_at" not in confirmation(Record("site", "s", {"status": "open"}), now, "M. Martin")


def test_a_closed_site_cannot_be_confirmed():
    with pytest.raises(ParameterError, match="closed"):
        confirmation(Record("site", "s", {"status": "resorbed"}), None, None)


def test_the_columns_of_a_confirmation_are_those_of_the_model():
    declared = catalogue.layer("site")
    assert set(DATED) <= set(declared.names())
    assert len(POPULATION) == 11
    assert all(declared.field(name).read_only for name in DATED)
