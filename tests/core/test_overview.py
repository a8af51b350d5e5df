"""The figures of a territory: what is counted, what is unknown, on a day of today or past."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely

from resorption_plugin.core.history.changes import Change, Operation
from resorption_plugin.core.indicators.overview import LAYERS, curve, overview
from resorption_plugin.core.indicators.places import WHOLE, Level, Place, places
from resorption_plugin.core.indicators.registry import indicator, indicators
from resorption_plugin.core.indicators.spec import Amount
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Label
from resorption_plugin.core.records import Dataset, Record

ON = dt.date(2026, 1, 15)
EPSG = 2154
LON, LAT = 1.4442, 43.6045
METRE = 1 / 111_320


def site(uid: str, **values) -> Record:
    return Record("site", uid, {"status": "open", **values}, shapely.Point(LON, LAT))


def tap(uid: str, north_m: float, **values) -> Record:
    given = {"lifecycle": "existing", "working_state": "working", "is_potable": True, **values}
    return Record("water_point", uid, given, shapely.Point(LON, LAT + north_m * METRE))


def count_row(uid: str, site_uid: str, day: dt.date, **values) -> Record:
    return Record("population_count", uid, {"site_uid": site_uid, "counted_on": day, **values})


def at(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 9, tzinfo=dt.UTC)


def amounts(*records: Record, on: dt.date = ON, changes=(), place: Place = WHOLE) -> dict[str, Amount]:
    found = overview(Timeline(Dataset(records), changes), on, EPSG, place)
    return {declared.id: amount for declared, amount in found.amounts}


def values(found: dict[str, Amount], *keys: str) -> list[float | None]:
    return [found[key].value for key in keys]


def test_every_indicator_says_what_it_is_in_both_languages():
    for declared in indicators():
        texts = (declared.name, declared.definition, declared.unknown, declared.section.value)
        assert all(text.en and text.fr for text in texts), declared.id
        assert declared.formula, declared.id
        assert set(declared.reads) <= {layer.key for layer in catalogue.layers()}, declared.id
    assert set(LAYERS) <= {layer.key for layer in catalogue.layers()}


def test_every_indicator_has_an_amount_of_nothing():
    for key, amount in amounts().items():
        assert amount.value in (0, None), key
        assert amount.unknown_share == 0, key


def test_people_are_summed_on_open_sites_and_the_uncounted_stand_beside():
    found = amounts(site("a", population_total=40), site("b"), site("c", status="resorbed", population_total=99))
    assert (found["people"].value, found["people"].asked, found["people"].unknown) == (40, 2, 1)
    assert found["people"].unknown_share == 0.5
    assert values(found, "sites_open", "sites_closed") == [2, 1]


def test_a_number_that_nobody_knows_is_not_zero():
    found = amounts(site("a"), site("b"))
    assert values(found, "people", "minors", "schooled") == [None, None, None]


def test_an_unknown_answer_is_neither_yes_nor_no_and_no_part_of_the_percentage():
    found = amounts(site("a", heatwave_status=True), site("b", heatwave_status=False), site("c"))
    heat = found["sites_heat_alert"]
    assert (heat.value, heat.unknown, heat.share) == (1, 1, 0.5)


def test_the_platform_s_percentage_counts_the_unknown_as_without_and_says_so():
    tap_on_site = {
        "water_access_type": "robinet_connecte_au_reseau",
        "water_access_is_public": False,
        "water_access_is_local": True,
    }
    found = amounts(site("a", population_total=30, **tap_on_site), site("b", population_total=70))
    assert (found["water_platform_sites"].value, found["water_platform_people"].value) == (50, 30)
    assert found["water_good_sites"].share == 1
    assert (found["water_good_people"].share, found["water_good_people"].unknown_share) == (1, 0.7)
    assert "inconnu" in indicator("water_platform_sites").unknown.fr


def test_size_classes_and_origins_are_the_platform_s():
    people = (9, 10, 50, 51, 100, 101, 150, 151, 200, 201, 250, 251, None)
    found = amounts(*(site(f"s{number}", population_total=number) for number in people))
    keys = ("under_10", "10_50", "51_100", "101_150", "151_200", "201_250", "251", "unknown")
    assert [found[f"size_{key}_sites"].value for key in keys] == [1, 2, 2, 2, 2, 2, 1, 1]
    assert sum(found[f"size_{key}_people"].value for key in keys[:-1]) == found["people"].value
    assert found["sites_big"].value == 11
    origins = (("european",), ("french",), ("other",), ("european", "other"), None)
    found = amounts(*(site(str(n), population_total=20 + n, social_origins=chosen) for n, chosen in enumerate(origins)))
    keys = ("eu_only", "french_only", "extra_eu_only", "mixed", "unknown")
    assert [found[f"origin_{key}_sites"].value for key in keys] == [1] * 5
    assert [found[f"origin_{key}_people"].value for key in keys] == [20, 21, 22, 23, 24]
    assert values(found, "sites_eu", "people_eu_big") == [1, 20]


def test_the_share_of_minors_in_school_is_of_the_sites_that_know_both():
    found = amounts(
        site("a", population_minors=10, minors_in_school=4),
        site("b", population_minors=30),
        site("c", population_minors=0),
    )["schooled"]
    assert (found.value, found.share, found.asked, found.unknown) == (4, 0.4, 2, 1)


def test_sites_are_counted_by_their_measured_distance():
    near = amounts(site("a"), tap("t", 150))
    assert values(near, "within_limit", "beyond_limit") == [1, 0]
    far = amounts(site("a"), tap("t", 300))
    assert values(far, "within_limit", "beyond_limit", "measured_from_the_point") == [0, 1, 1]


def test_a_site_is_in_exactly_one_class_of_distance():
    lost = Record("site", "lost", {"status": "open"})
    found = amounts(site("a"), site("b", status=None), lost, tap("t", 300), tap("u", 100, working_state="unknown"))
    classes = ("within_limit", "limit_to_verify", "beyond_limit", "without_position")
    assert sum(found[key].value or 0 for key in classes) == found["sites_open"].value == 3


def test_taps_and_litres_are_shared_and_what_nobody_measured_is_unknown():
    measured = tap("t", 50, taps=2, flow_l_min=10, hours_per_day=2)
    found = amounts(site("a", population_total=120), measured)
    assert values(found, "people_per_tap", "crowded_taps", "litres", "litres_below") == [60, 1, 20, 1]
    found = amounts(site("a", population_total=120), tap("t", 50))
    assert found["people_per_tap"].value is None
    assert (found["litres"].asked, found["litres"].unknown) == (1, 1)
    assert amounts(site("a", population_total=120))["without_tap"].value == 1


def test_water_points_are_judged_on_the_day():
    winter = {"season_closed_from": "11-15", "season_closed_until": "03-31"}
    found = amounts(
        tap("a", 0), tap("b", 0, **winter), tap("c", 0, working_state="unknown"), tap("d", 0, lifecycle="planned")
    )
    assert [found[f"points_{state}"].value for state in ("available", "unavailable", "unknown")] == [1, 1, 1]


def test_the_last_computation_is_that_of_the_newest_distance():
    row = Record("distance", "x", {"site_uid": "a", "water_point_uid": "t", "rank": 1, "computed_at": at(2026, 1, 14)})
    assert overview(Timeline(Dataset([row])), ON, EPSG).computed_at == at(2026, 1, 14)
    assert overview(Timeline(Dataset()), ON, EPSG).computed_at is None


# On a past day


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


# Territories


def test_metropole_and_overseas_are_never_added_up():
    records = [site("a", department="31", fk_city="31555"), site("b", department="974", fk_city="97411")]
    assert [place.level for place in places(Dataset(records[:1]))][:2] == [Level.WORKSPACE, Level.PERIMETER]
    both = places(Dataset(records))
    assert Level.WORKSPACE not in {place.level for place in both}
    counted = {place.code: amounts(*records, place=place)["sites_open"].value for place in both}
    assert counted == {
        "metropole": 1,
        "overseas": 1,
        "76": 1,
        "04": 1,
        "31": 1,
        "974": 1,
        "31555": 1,
        "97411": 1,
    }


def test_a_site_without_a_department_has_that_of_its_commune():
    place = Place(Level.DEPARTMENT, "2A", Label("2A", "2A"))
    assert amounts(site("a", fk_city="2A004"), place=place)["sites_open"].value == 1


# Actions, closures, results


def closure(site_uid: str, solution: str, people: int | None) -> Record:
    values = {"site_uid": site_uid, "closing_solution": solution, "number_of_people_affected": people}
    return Record("closure", f"{site_uid}-{solution}", values)


@pytest.mark.parametrize(
    ("people", "solutions", "expected"),
    [
        (100, {"housing": 40, "long_term": 26}, 1),
        (100, {"housing": 40, "long_term": 25}, 0),
        (100, {"shelter": 100}, 0),
        (100, {"housing": None}, None),
        (100, {"housing": 66, "long_term": None}, 1),
        (None, {"housing": 20, "none": 10}, 1),
        (None, {"housing": 20, "none": None}, None),
        (100, {}, None),
    ],
)
def test_a_site_is_cleared_when_66_percent_have_a_lasting_solution(people, solutions, expected):
    gone = site("a", status="resorbed", closed_at=dt.date(2026, 1, 10), population_total=people)
    found = amounts(gone, *(closure("a", key, number) for key, number in solutions.items()))
    assert found["resorbed_computed"].value == expected
    assert found["resorbed_computed"].unknown == (expected is None)


def test_declared_and_computed_stand_beside_each_other():
    gone = {"status": "resorbed", "closed_at": dt.date(2026, 1, 10), "closed_with_solutions": "yes"}
    found = amounts(
        site("a", population_total=30, **gone),
        site("b", population_total=30, **gone),
        site("c", population_total=5, **gone),
        site("d", population_total=30, **{**gone, "closed_at": dt.date(2025, 12, 31)}),
        closure("a", "housing", 30),
        closure("b", "none", 30),
    )
    keys = ("resorbed_declared", "resorbed_computed", "resorbed_declared_year", "resorbed_computed_year")
    assert values(found, *keys) == [4, 1, 2, 1]
    assert values(found, "resorbed_differ", "closed_year", "rehoused_at_closure") == [1, 3, 30]


def test_a_result_is_the_profile_s_or_the_actions_never_both():
    def metric(action: str, people: int | None) -> Record:
        return Record(
            "action_metric", action, {"action_uid": action, "year": 2026, "logement_nombre_personnes": people}
        )

    rows = [
        Record("action", "x", {"department": "31"}),
        Record("action", "y", {}),
        Record("action_site", "l", {"action_uid": "y", "site_uid": "a"}),
        site("a", department="31"),
        metric("x", 12),
        metric("y", 5),
        site("b", department="69"),
    ]
    found = amounts(*rows)["people_housed"]
    assert (found.value, found.asked, found.unknown) == (17, 2, 1)
    profile = Record("territory_profile", "p", {"department": "31", "year": 2026, "people_housed": 40})
    assert amounts(*rows, profile)["people_housed"].value == 40
    assert amounts(*rows, profile, on=dt.date(2025, 12, 31))["people_housed"].value is None


def test_a_site_without_action_is_one_that_neither_the_workspace_nor_the_platform_names():
    running = Record("action", "x", {"started_at": dt.date(2025, 1, 1)})
    ended = Record("action", "y", {"started_at": dt.date(2025, 1, 1), "ended_at": dt.date(2025, 6, 1)})
    links = [
        Record("action_site", f"{action}{uid}", {"action_uid": action, "site_uid": uid}) for action, uid in ("xa", "yb")
    ]
    found = amounts(site("a"), site("b"), site("c", declared_has_action=True), running, ended, *links)
    assert found["sites_without_action"].value == 1
    alone = amounts(site("a"), site("b", declared_has_action=False))["sites_without_action"]
    assert (alone.value, alone.unknown) == (1, 1)


def test_delays_are_medians_with_the_number_of_sites_they_are_computed_on():
    rows = [
        site("a", built_at=dt.date(2025, 1, 1), declared_at=dt.date(2025, 1, 11)),
        site("b", built_at=dt.date(2025, 1, 1), declared_at=dt.date(2025, 1, 31)),
        site("c", declared_at=dt.date(2025, 1, 31), census_status="done", census_conducted_at=dt.date(2025, 3, 2)),
        site("d", status="other", declared_at=dt.date(2025, 1, 1), closed_at=dt.date(2025, 1, 3)),
        Record("action", "x", {"started_at": dt.date(2025, 1, 21)}),
        Record("action_site", "l", {"action_uid": "x", "site_uid": "a"}),
    ]
    found = amounts(*rows)
    told = {key: (found[f"delay_{key}"].value, found[f"delay_{key}"].base) for key in ("declared", "action", "closed")}
    assert told == {"declared": (20, 2), "action": (10, 1), "closed": (2, 1)}
    assert found["delay_declared_diagnostic"].value == 30


def test_six_months_make_a_record_out_of_date_and_an_import_does_not_refresh_it():
    imported = at(2026, 1, 2)
    rows = [
        site("a", updated_at=at(2025, 7, 15)),
        site("b", updated_at=at(2025, 7, 14)),
        site("c", updated_at=imported, platform_updated_at=dt.date(2024, 5, 1)),
        site("d", updated_at=at(2026, 1, 5), platform_updated_at=dt.date(2024, 5, 1)),
        *(Record("platform_record", uid, {"site_uid": uid, "imported_at": imported}) for uid in "cd"),
    ]
    assert amounts(*rows)["sites_out_of_date"].value == 2


def test_completeness_divides_by_the_criteria_it_asks():
    whole = {
        "address": "12 rue des Arts 31000 Toulouse",
        "fk_field_type": 3,
        "census_status": "done",
        "population_total": 40,
        "population_couples": 9,
        "population_minors": 12,
        "social_origins": ("european",),
    }
    owner = Record("owner", "o", {"site_uid": "a", "fk_owner_type": 2, "active": True})
    assert amounts(site("a", **whole), owner)["completeness"].value == 100
    assert amounts(site("a", **whole))["completeness"].value == 88
    assert amounts(site("a", **{**whole, "address": "31000 Toulouse"}), owner)["completeness"].value == 88
    small = {**whole, "population_total": 8, "social_origins": None}
    assert amounts(site("a", **small), owner)["completeness"].value == 100
    assert amounts(site("a"))["completeness"].value == 0
