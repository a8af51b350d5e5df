"""The figures of a territory on a past day: what was known then, and the curve of it."""

from __future__ import annotations

import datetime as dt

from resorption_plugin.core.history.changes import Change, Operation
from resorption_plugin.core.indicators.overview import curve
from resorption_plugin.core.indicators.registry import indicator
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.records import Dataset
from tests.core.territory_records import EPSG, ON, amounts, at, count_row, site, tap, values


def test_a_site_is_there_from_the_first_date_it_names_until_it_closes():
    closed = site(
        "a",
        status="resorbed",
        built_at=dt.date(2023, 5, 1),
        declared_at=dt.date(2023, 6, 1),
        closed_at=dt.date(2024, 3, 1),
        created_at=at(2025, 1, 1),
    )
    assert amounts(closed, on=dt.date(2023, 4, 30))["sites_open"].value == 0
    for day in (dt.date(2023, 5, 1), dt.date(2024, 2, 29)):
        assert values(amounts(closed, on=day), "sites_open", "sites_closed") == [1, 0]
    assert values(amounts(closed, on=dt.date(2024, 3, 1)), "sites_open", "sites_closed") == [0, 1]


def test_people_on_a_past_day_are_those_of_the_latest_count_by_then():
    records = (
        site("a", built_at=dt.date(2023, 1, 1), population_total=90, population_updated_at=at(2025, 6, 1)),
        count_row("x", "a", dt.date(2023, 2, 1), population_total=30, population_minors=10),
        count_row("y", "a", dt.date(2024, 2, 1), population_total=60),
    )
    days = (dt.date(2023, 1, 15), dt.date(2023, 2, 1), dt.date(2024, 2, 1), dt.date(2025, 6, 1))
    found = [amounts(*records, on=day) for day in days]
    assert [each["people"].value for each in found] == [None, 30, 60, 90]
    assert [each["minors"].value for each in found] == [None, 10, 10, 10]


def test_what_a_site_said_on_a_past_day_comes_from_the_history():
    known = {"built_at": dt.date(2023, 1, 1), "created_at": at(2023, 1, 1)}
    present = site("a", electricity_access=True, updated_at=at(2025, 6, 1), **known)
    changes = [
        Change(1, at(2025, 6, 1), "x", False, "site", "a", Operation.UPDATE, "electricity_access", False, True),
        Change(2, at(2025, 6, 1), "x", False, "site", "a", Operation.UPDATE, "updated_at", at(2023, 1, 1), None),
    ]
    before = amounts(present, changes=changes, on=dt.date(2025, 5, 31))
    assert values(before, "electricity_bad_sites", "electricity_unknown_sites") == [1, 0]
    assert amounts(present, changes=changes, on=dt.date(2025, 6, 1))["electricity_good_sites"].value == 1


def test_without_a_history_what_was_changed_since_is_unknown_and_what_was_not_is_known():
    known = {"built_at": dt.date(2023, 1, 1), "electricity_access": True}
    found = amounts(
        site("a", updated_at=at(2025, 6, 1), **known),
        site("b", updated_at=at(2024, 6, 1), **known),
        on=dt.date(2025, 1, 1),
    )
    assert values(found, "electricity_good_sites", "electricity_unknown_sites") == [1, 1]
    assert (found["sites_out_of_date"].value, found["sites_out_of_date"].unknown) == (1, 1)


def test_a_water_point_is_there_from_its_installation_and_its_state_once_it_was_seen():
    point = tap("t", 50, installed_on=dt.date(2024, 1, 1), state_on=dt.date(2025, 1, 1), updated_at=at(2025, 1, 1))
    here = site("a", built_at=dt.date(2020, 1, 1))
    assert amounts(here, point, on=dt.date(2023, 12, 31))["points_unknown"].asked == 0
    assert amounts(here, point, on=dt.date(2024, 6, 1))["points_unknown"].value == 1
    assert amounts(here, point, on=dt.date(2025, 6, 1))["points_available"].value == 1


def test_a_curve_goes_back_month_by_month_and_undoes_each_change_once():
    present = site("a", built_at=dt.date(2025, 1, 1), heatwave_status=True, updated_at=at(2025, 12, 1))
    changes = [
        Change(n, at(2025, n, 20), "x", False, "site", "a", Operation.UPDATE, column, before, after)
        for n in range(1, 12)
        for column, before, after in (
            ("heatwave_status", n % 2 == 0, n % 2 == 1),
            ("updated_at", at(2025, n, 1), at(2025, n, 20)),
        )
    ]
    found = curve(Timeline(Dataset([present]), changes), indicator("sites_heat_alert"), ON, EPSG)
    assert [day for day, _ in found.points] == [dt.date(2025, month, 15) for month in range(1, 13)] + [ON]
    # until the twentieth a month still has what the month before left
    assert [amount.value for _, amount in found.points] == [
        amounts(present, changes=changes, on=day)["sites_heat_alert"].value for day, _ in found.points
    ]
    assert {amount.value for _, amount in found.points[1:]} == {0, 1}
