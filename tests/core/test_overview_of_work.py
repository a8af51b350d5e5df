"""The figures of what is done on a territory: closures, results, actions, delays, records kept up to date."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.records import Record
from tests.core.territory_records import amounts, at, site, values


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
