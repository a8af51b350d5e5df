"""The rows from each site to the water that serves it, and keeping them up to date."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.water import nearest as nearest_module
from resorption_plugin.core.water.distances import Settings, plan_update
from resorption_plugin.core.water.nearest import PointIndex, nearest
from resorption_plugin.core.water.reach import WaterMap
from resorption_plugin.core.water.touched import touched_sites
from tests.scenes.build import EPSG, SUMMER, at, box, dwelling, footprint, metric, site, tap
from tests.scenes.worlds import applied, random_edit, random_world

NOW = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


def updated(data, *, options=None, now=NOW, on=SUMMER, sites=None):
    return applied(data, plan_update(WaterMap(data, on, EPSG), options or Settings(), now, sites))


def rows(data):
    return {(row["site_uid"], row["water_point_uid"]): row for row in data.layer("distance")}


def test_the_row_tells_the_farthest_and_the_nearest_dwelling_and_draws_the_line_to_the_farthest():
    data = updated(Dataset([site(), dwelling("near", at(10)), dwelling("far", at(-110.5)), tap(where=at(60))]))
    row = rows(data)["site", "tap"]
    assert (row["rank"], row["farthest_dwelling_m"], row["crowfly_m"]) == (1, 170.5, 50.0)
    assert (row["basis"], row["reference_date"], row["computed_at"]) == ("dwellings", SUMMER, NOW)
    assert row.geometry.coords[0] == pytest.approx(at(-110.5).coords[0], abs=1e-9)
    assert row.geometry.coords[-1] == at(60).coords[0]


def test_a_footprint_is_measured_from_its_farthest_corner_and_its_nearest_edge():
    data = updated(Dataset([site(), footprint("ground", box(0, -30, 40, 30)), tap(where=at(100))]))
    row = rows(data)["site", "tap"]
    assert (row["farthest_dwelling_m"], row["crowfly_m"]) == (round(math.hypot(100, 30), 2), 60.0)
    assert row["basis"] == "footprint"
    inside = rows(updated(Dataset([site(), footprint("ground", box(0, -30, 40, 30)), tap(where=at(20))])))
    assert inside["site", "tap"]["crowfly_m"] == 0.0


def test_accuracies_add_up_and_stay_unknown_where_nobody_gave_one():
    known = Dataset([site(position_accuracy_m=4), tap(where=at(60), position_accuracy_m=2.5)])
    assert rows(updated(known))["site", "tap"]["accuracy_m"] == 6.5
    assert rows(updated(Dataset([site(), tap(where=at(60))])))["site", "tap"]["accuracy_m"] is None


def test_the_nearest_few_within_the_limit_are_kept_and_the_nearest_always():
    taps = [tap(f"tap {number}", at(100 * number)) for number in range(1, 6)]
    near = rows(updated(Dataset([site(), *taps]), options=Settings(3, 250)))
    assert {key[1]: row["rank"] for key, row in near.items()} == {"tap 1": 1, "tap 2": 2}
    alone = rows(updated(Dataset([site(), tap(where=at(9_000))]), options=Settings(3, 250)))
    assert alone["site", "tap"]["rank"] == 1


def test_each_dwelling_has_a_row_to_its_own_nearest_tap():
    huts = [dwelling("west", at(0)), dwelling("east", at(3_000))]
    taps = [tap("centre", at(1_500)), tap("west tap", at(-50)), tap("east tap", at(3_050))]
    assert set(rows(updated(Dataset([site(), *huts, *taps]), options=Settings(1, 2_000)))) == {
        ("site", "centre"),
        ("site", "west tap"),
        ("site", "east tap"),
    }


def test_a_point_of_unknown_state_is_linked_only_where_it_is_nearer_than_the_sure_ones():
    sure = tap("sure", at(100))
    nearer, farther = tap("nearer", at(50), working_state="unknown"), tap("farther", at(150), working_state="unknown")
    assert set(rows(updated(Dataset([site(), sure, nearer, farther])))) == {("site", "sure"), ("site", "nearer")}


def test_a_point_that_names_the_site_is_linked_even_out_of_order_but_has_no_rank():
    broken = tap("broken", at(30), working_state="out_of_order", site_uid="site")
    found = rows(updated(Dataset([site(), broken, tap("works", at(400))])))
    assert {key[1]: row["rank"] for key, row in found.items()} == {"broken": None, "works": 1}


def test_closed_sites_and_sites_without_a_position_have_no_rows():
    closed, lost = site("closed", status="resorbed"), replace(site("lost"), geometry=None)
    assert rows(updated(Dataset([closed, lost, tap()]))) == {}


def test_a_tap_closed_on_the_day_is_not_a_neighbour():
    frost = tap("frost", at(50), season_closed_from="11-15", season_closed_until="03-31")
    data = Dataset([site(), frost, tap("other", at(300))])
    assert rows(updated(data))["site", "frost"]["rank"] == 1
    assert set(rows(updated(data, on=dt.date(2026, 1, 15)))) == {("site", "other")}


def test_computing_twice_writes_nothing():
    data = updated(Dataset([site(), footprint("ground", box(0, 0, 40, 30)), tap(where=at(60)), tap("two", at(0, 90))]))
    assert not plan_update(WaterMap(data, SUMMER, EPSG), Settings(), LATER)


def test_only_what_changes_is_written():
    data = updated(Dataset([site(), tap(where=at(60)), tap("two", at(0, 90))]))
    moved = applied(data, ChangeSet(update=[Record("water_point", "two", {}, at(0, 80))]))
    changes = plan_update(WaterMap(moved, SUMMER, EPSG), Settings(), LATER)
    (update,) = changes.update
    assert (changes.insert, changes.delete) == ([], [])
    assert update.values == {"farthest_dwelling_m": 80.0, "crowfly_m": 80.0, "computed_at": LATER}


def test_a_field_measurement_is_never_deleted_nor_overwritten():
    data = updated(Dataset([site(), tap(where=at(60))]), options=Settings(1, 2_000))
    (row,) = data.layer("distance")
    measured = {"measured_m": 75.0, "measured_by": "patrol", "measured_on": SUMMER}
    data = applied(data, ChangeSet(update=[Record("distance", row.uid, measured)]))
    data = applied(data, ChangeSet(insert=[tap("nearer", at(10))]))
    data = updated(data, options=Settings(1, 2_000), now=LATER)
    kept = rows(data)["site", "tap"]
    assert {name: kept[name] for name in measured} == measured
    assert (kept["rank"], kept["farthest_dwelling_m"]) == (None, 60.0)
    closed = applied(data, ChangeSet(update=[Record("site", "site", {"status": "resorbed"})]))
    assert set(rows(updated(closed))) == {("site", "tap")}
    gone = Dataset(record for record in data if record.uid != "tap")
    assert rows(updated(gone))["site", "tap"]["measured_m"] == 75.0


def test_a_dwelling_whose_coordinates_are_no_degrees_does_not_hide_the_others():
    data = updated(Dataset([site(), dwelling("good", at(-10)), dwelling("wrong", metric(0)), tap(where=at(60))]))
    assert rows(data)["site", "tap"]["farthest_dwelling_m"] == 70.0
    only_wrong = updated(Dataset([site(), dwelling("wrong", metric(0)), tap(where=at(60))]))
    assert rows(only_wrong)["site", "tap"]["basis"] == "point"


def test_a_site_of_reunion_is_measured_in_its_own_system():
    there = site("there", Point(55.45, -20.88), department="974")
    water = tap("water", Point(55.45, -20.881), department="974")
    data = updated(Dataset([there, water, site(), tap(where=at(60))]))
    assert set(rows(data)) == {("there", "water"), ("site", "tap")}
    assert rows(data)["there", "water"]["farthest_dwelling_m"] == pytest.approx(110.7, abs=0.2)


def brute_force(points, taps, k):
    distances = np.hypot(*(points[:, None, :] - taps[None, :, :]).transpose(2, 0, 1))
    order = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(distances, order, axis=1), order


@pytest.mark.parametrize("with_scipy", [True, False])
@pytest.mark.parametrize(("points", "taps", "k"), [(200, 300, 1), (200, 300, 5), (50, 3, 3)])
def test_the_nearest_are_those_of_a_search_by_brute_force(monkeypatch, with_scipy, points, taps, k):
    if not with_scipy:
        monkeypatch.setattr(nearest_module, "cKDTree", None)
    rng = np.random.default_rng(7)
    some, others = rng.uniform(0, 1_000, (points, 2)), rng.uniform(0, 1_000, (taps, 2))
    distances, indexes = nearest(some, others, k)
    expected = brute_force(some, others, k)
    assert np.allclose(distances, expected[0])
    assert (indexes == expected[1]).all()
    inside = PointIndex(others).within(some[0], 250.0)
    assert inside.tolist() == np.flatnonzero(np.hypot(*(others - some[0]).T) <= 250.0).tolist()


@pytest.mark.parametrize("with_scipy", [True, False])
def test_where_there_are_too_few_taps_the_distance_is_infinite(monkeypatch, with_scipy):
    if not with_scipy:
        monkeypatch.setattr(nearest_module, "cKDTree", None)
    distances, indexes = nearest(np.zeros((2, 2)), np.array([[3.0, 4.0]]), 3)
    assert distances.tolist() == [[5.0, math.inf, math.inf]] * 2
    assert indexes.tolist() == [[0, -1, -1]] * 2
    distances, indexes = nearest(np.zeros((1, 2)), np.empty((0, 2)), 1)
    assert (distances.tolist(), indexes.tolist()) == ([[math.inf]], [[-1]])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_updating_what_an_edit_touches_gives_the_rows_of_a_whole_computation(seed):
    choose = random.Random(seed)
    options = Settings(2, 800)
    data = updated(random_world(choose), options=options)
    for _ in range(3):
        data, touched = random_edit(choose, data)
        sites = touched_sites(touched, WaterMap(data, SUMMER, EPSG), options)
        incremental = updated(data, options=options, sites=sites)
        whole = updated(data, options=options)
        assert rows(incremental) == rows(whole)
        data = incremental


def test_an_edit_far_away_touches_nothing():
    sites = [site("here"), site("there", at(20_000))]
    taps = [tap(f"tap {x}", at(x)) for x in (100, 20_100, 60_000)]
    data = updated(Dataset([*sites, *taps]))
    water = WaterMap(data, SUMMER, EPSG)
    assert touched_sites({"water_point": {"tap 60000"}}, water, Settings()) == frozenset()
    assert touched_sites({"water_point": {"tap 100"}}, water, Settings()) == {"here"}
    assert touched_sites({"site": {"there"}}, water, Settings()) == {"there"}
