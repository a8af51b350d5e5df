"""Figures of access to water: what is counted, what is unknown, what the public may read."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from resorption_plugin.core.indicators.audience import suppress_small_groups
from resorption_plugin.core.indicators.water_access import (
    Reach,
    SiteAccess,
    Tally,
    site_accesses,
    summarise,
    summarise_by,
)
from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.water.access_rule import WaterStatus

DAY = dt.date(2026, 1, 15)
HERE = shapely.Point(1.44, 43.6)
METRES_NORTH = 1 / 111_114
"""Degrees of latitude of a metre at 43.6° N."""


def access(people: int | None, declared: WaterStatus = WaterStatus.GOOD, reach: Reach = Reach.WITHIN) -> SiteAccess:
    return SiteAccess("a", "31555", "31", people, declared, reach)


def site(**values: object) -> Record:
    return Record("site", "s", {"status": "open", "department": "31", "population_total": 20, **values}, HERE)


def tap(north_m: float, **values: object) -> Record:
    position = shapely.Point(HERE.x, HERE.y + north_m * METRES_NORTH)
    state = {
        "type": "robinet_connecte_au_reseau",
        "lifecycle": "existing",
        "working_state": "working",
        "is_potable": True,
    }
    return Record("water_point", "w", {**state, **values}, position)


def reach_of(*records: Record) -> Reach:
    (only,) = site_accesses(Dataset(records), DAY, 2154)
    return only.reach


@pytest.mark.parametrize(
    ("north_m", "values", "expected"),
    [
        (150, {}, Reach.WITHIN),
        (250, {}, Reach.BEYOND),
        (195, {"position_accuracy_m": 10}, Reach.TO_VERIFY),
        (205, {"position_accuracy_m": 10}, Reach.TO_VERIFY),
        (150, {"is_potable": None}, Reach.TO_VERIFY),
        (150, {"working_state": "unknown"}, Reach.TO_VERIFY),
        (150, {"is_potable": False}, Reach.BEYOND),
        (150, {"working_state": "out_of_order"}, Reach.BEYOND),
        (150, {"season_closed_from": "11-15", "season_closed_until": "03-31"}, Reach.BEYOND),
    ],
)
def test_a_site_is_within_reach_of_water_that_surely_serves_it(
    north_m: float, values: dict[str, object], expected: Reach
) -> None:
    assert reach_of(site(), tap(north_m, **values)) is expected


def test_a_site_without_position_is_not_measured() -> None:
    assert reach_of(Record("site", "s", {"status": "open"}), tap(10)) is Reach.UNMEASURED


def test_closed_sites_are_not_counted() -> None:
    assert site_accesses(Dataset([site(status="resorbed"), tap(10)]), DAY, 2154) == []


def test_a_site_never_counted_is_counted_as_a_site_and_in_no_number_of_people() -> None:
    summary = summarise([access(30), access(None, WaterStatus.UNKNOWN)])
    assert summary.total == Tally(sites=2, people=30, uncounted=1)
    assert summary.of_status(WaterStatus.UNKNOWN) == Tally(sites=1, people=0, uncounted=1)
    assert summary.of_status(WaterStatus.BAD) == Tally()
    assert summary.share(summary.of_status(WaterStatus.GOOD)) == 1


def test_without_any_count_there_is_no_share() -> None:
    summary = summarise([access(None)])
    assert summary.share(summary.total) is None


def test_summaries_by_commune_add_up_to_the_whole() -> None:
    accesses = [access(30), access(12), SiteAccess("b", "31069", "31", 5, WaterStatus.BAD, Reach.BEYOND)]
    by_commune = summarise_by(accesses, lambda each: each.insee)
    assert list(by_commune) == ["31069", "31555"]
    assert sum(each.total.people for each in by_commune.values()) == summarise(accesses).total.people


def test_small_groups_are_suppressed_and_cannot_be_deduced_from_the_total() -> None:
    assert suppress_small_groups({"a": 120, "b": 9, "c": 40}) == {"a": 120, "b": None, "c": None}
    assert suppress_small_groups({"a": 120, "b": 9, "c": 3}) == {"a": 120, "b": None, "c": None}
    assert suppress_small_groups({"a": 120, "b": 10, "c": 0}) == {"a": 120, "b": 10, "c": 0}
    assert suppress_small_groups({"a": 9}) == {"a": None}
