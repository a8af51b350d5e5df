"""The whole record of the invented department: every layer has rows that agree with each other and with the model."""

from __future__ import annotations

import pytest

from resorption_plugin.core.demonstration.actions import COHORT
from resorption_plugin.core.demonstration.closing import DECLARED_TOO_SOON
from resorption_plugin.core.demonstration.generator import DAY, Demonstration, demonstration
from resorption_plugin.core.demonstration.profiles import YEARS
from resorption_plugin.core.demonstration.support import NO_ACTION, OVERDUE, PHASES
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.fields import Role
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory

FILLED_BY_USE = {"photo", "platform_record", "export_log"}
"""Pictures, what an import of the platform leaves, and what exports leave: none is invented."""


@pytest.fixture(scope="module")
def demo(territory: Territory) -> Demonstration:
    return demonstration(territory, ["31"], 39, 1)


MEANT = {"census_scheduled_not_in_past", "water_access_type_answered"}
"""Diagnostics planned on the day of the demonstration, whose date has passed since, and sites nobody asked about."""


def broken_rules(demo: Demonstration) -> list[tuple[str, str]]:
    return [
        (record.layer, rule.name)
        for record in demo.dataset
        for rule in catalogue.layer(record.layer).rules
        if rule.name not in MEANT and rule.condition.evaluate(_with_site(demo, record)) is False
    ]


def _with_site(demo: Demonstration, record: Record) -> dict[str, object]:
    site = demo.dataset.get("site", record["site_uid"])
    parent = {f"site_uid.{name}": value for name, value in site.values.items()} if site else {}
    return {**record.values, **parent}


def running(action: Record) -> bool:
    return action["started_at"] <= DAY and (action["ended_at"] is None or action["ended_at"] >= DAY)


def test_every_layer_of_the_record_has_rows(demo: Demonstration) -> None:
    expected = {layer.key for layer in catalogue.layers() if layer.role is Role.RECORD} - FILLED_BY_USE
    assert {record.layer for record in demo.dataset} - {"street"} == expected


def test_no_rule_is_broken_even_a_soft_one_or_one_about_the_site(demo: Demonstration) -> None:
    assert broken_rules(demo) == []


@pytest.mark.parametrize(("departments", "count", "seed"), [(["31"], 3, 4), (["33"], 60, 2), (["31", "974"], 24, 3)])
def test_other_departments_obey_too(territory: Territory, departments: list[str], count: int, seed: int) -> None:
    other = demonstration(territory, departments, count, seed)
    assert broken_rules(other) == []
    assert {profile["department"] for profile in other.dataset.layer("territory_profile")} == set(departments)
    for layer in catalogue.layers():
        for columns in (*layer.unique_together, *((field.name,) for field in layer.fields if field.unique)):
            rows = [tuple(record[column] for column in columns) for record in other.dataset.layer(layer.key)]
            known = [row for row in rows if None not in row and columns != ("uid",)]
            assert len(set(known)) == len(known), (layer.key, columns)


def test_every_reference_leads_to_a_record(demo: Demonstration) -> None:
    for layer in catalogue.layers():
        for relation in layer.relations:
            for record in demo.dataset.layer(layer.key):
                target = record[relation.column]
                assert target is None or demo.dataset.get(relation.parent, target), (layer.key, relation.column)


def test_actions_run_on_all_open_sites_but_those_left_alone(demo: Demonstration) -> None:
    reached = {
        link["site_uid"]
        for link in demo.dataset.layer("action_site")
        if running(demo.dataset.get("action", link["action_uid"]))
    }
    for site in demo.dataset.layer("site"):
        if site["status"] == "open":
            assert (site.uid in reached) == (demo.scenarios[site.uid].key not in NO_ACTION)


def test_there_are_about_ten_actions_some_over_and_one_to_come(demo: Demonstration) -> None:
    actions = demo.dataset.layer("action")
    assert len(actions) == 10
    assert {action["started_at"] > DAY for action in actions} == {True, False}
    assert {action["ended_at"] is not None and action["ended_at"] < DAY for action in actions} == {True, False}
    assert {action.geometry is None for action in actions} == {
        action["location_type"] == "sur_site" for action in actions
    }
    operators = demo.dataset.children("action_operator", "action_uid")
    assert max(len([one for one in group if one["role"] == "operator"]) for group in operators.values()) == 3


def test_cohorts_are_of_15_people_and_one_stayed_too_long_in_orientation(demo: Demonstration) -> None:
    cohorts = sorted(demo.dataset.layer("cohort"), key=lambda cohort: cohort["name"])
    assert [cohort["people"] for cohort in cohorts] == [COHORT] * 3
    months = [(one["training_started_at"] - one["orientation_started_at"]).days / 30.44 for one in cohorts]
    assert [2 <= month <= 4 for month in months] == [True, False, True]


def test_what_an_action_cost_this_year_is_unknown(demo: Demonstration) -> None:
    for row in demo.dataset.layer("action_finance"):
        assert (row["real_amount"] is None) == (row["year"] >= DAY.year)
    spent = sum(row["amount"] for row in demo.dataset.layer("action_finance") if row["year"] == DAY.year - 1)
    assert 200_000 < spent < 1_000_000


def test_cleared_sites_reach_the_share_but_for_one_declared_too_soon(demo: Demonstration) -> None:
    solutions = demo.dataset.children("closure", "site_uid")
    for site in demo.dataset.layer("site"):
        if site["status"] == "open":
            assert site["closed_with_solutions"] is None
            assert site.uid not in solutions
            continue
        numbers = {row["closing_solution"]: row["number_of_people_affected"] for row in solutions[site.uid]}
        assert sum(numbers.values()) == site["population_total"]
        lasting = (numbers.get("long_term", 0) + numbers.get("housing", 0)) / site["population_total"]
        too_soon = demo.scenarios[site.uid].key == DECLARED_TOO_SOON
        assert (site["closed_with_solutions"] == "yes") == (lasting >= 0.66 or too_soon)
        assert not (too_soon and lasting >= 0.66)


def test_phases_follow_each_other_and_one_is_overdue(demo: Demonstration) -> None:
    overdue = []
    for uid, phases in demo.dataset.children("resorption_phase", "site_uid").items():
        in_order = sorted(phases, key=lambda phase: PHASES.index(phase["preparatory_phase"]))
        days = [phase["completed_at"] for phase in in_order if phase["completed_at"]]
        assert days == sorted(days)
        waiting = [phase for phase in phases if phase["completed_at"] is None]
        assert all(phase["expected_on"] for phase in waiting)
        overdue += [demo.scenarios[uid].key for phase in waiting if phase["expected_on"] < DAY]
    assert overdue == [OVERDUE]


def test_the_journal_tells_of_the_crisis_of_2020_and_of_the_heat(demo: Demonstration) -> None:
    entries = demo.dataset.layer("journal_entry")
    tags = {tag for entry in entries for tag in entry["tags"] or ()}
    assert tags == set(catalogue.layer("journal_entry").field("tags").domain.codes())
    crisis = [entry for entry in entries if entry["infection_cases"] is not None]
    assert {(entry["entered_at"].year, entry["tags"]) for entry in crisis} == {(2020, ("covid19",))}
    assert all(entry["entered_at"].date() <= DAY for entry in entries)


def test_a_department_has_a_profile_for_each_year_since_2018(demo: Demonstration) -> None:
    assert sorted(profile["year"] for profile in demo.dataset.layer("territory_profile")) == list(YEARS)


def test_every_part_of_a_site_is_known_to_be_of_it(demo: Demonstration) -> None:
    for record in demo.dataset:
        if record["site_uid"] and record.layer != "action_site":
            assert demo.site_of[record.uid] == record["site_uid"]
    assert {action.uid for action in demo.dataset.layer("action")} <= set(demo.site_of)
