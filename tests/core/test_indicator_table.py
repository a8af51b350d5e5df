"""The exported table: what each audience may read."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.indicators.audience import Audience
from resorption_plugin.core.indicators.places import Level
from resorption_plugin.core.indicators.table import lines
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.records import Dataset, Record

ON = dt.date(2026, 1, 15)


def told(level: Level, audience: Audience, *sites: Record) -> dict[tuple[str, str], float | None]:
    found = lines(Timeline(Dataset(sites)), ON, 2154, level, audience)
    return {(line.place.code, line.indicator.id): line.amount.value if line.amount else None for line in found}


def site(uid: str, department: str, people: int | None, **values) -> Record:
    given = {"status": "open", "department": department, "fk_city": f"{department}001", "population_total": people}
    return Record("site", uid, {**given, **values})


def test_services_and_committee_read_every_commune():
    for audience in (Audience.SERVICES, Audience.COMMITTEE):
        found = told(Level.COMMUNE, audience, site("a", "31", 4), site("b", "69", 40))
        assert (found["31001", "people"], found["69001", "people"]) == (4, 40)


def test_the_public_reads_no_commune():
    with pytest.raises(ParameterError, match="totals of departments only"):
        told(Level.COMMUNE, Audience.PUBLIC, site("a", "31", 40))


def test_a_level_that_would_add_metropole_and_overseas_up_is_refused():
    with pytest.raises(ParameterError, match="add metropole and overseas up"):
        told(Level.WORKSPACE, Audience.SERVICES, site("a", "31", 40), site("b", "974", 40))


def test_a_department_of_few_people_says_to_the_public_how_many_sites_it_has_and_no_more():
    sites = (site("a", "31", 8), site("b", "69", 40), site("c", "33", 70))
    found = told(Level.DEPARTMENT, Audience.PUBLIC, *sites)
    assert (found["31", "sites_open"], found["31", "people"], found["31", "minors"]) == (1, None, None)
    assert found["31", "water_platform_people"] is None
    # alone hidden, it would be the total less the others
    assert (found["69", "people"], found["33", "people"]) == (None, 70)


def test_the_public_deduces_no_small_group_from_the_parts_of_a_total():
    sites = (
        site("a", "31", 8),
        site("b", "31", 40, social_origins=("french",)),
        site("c", "31", 120, social_origins=("european",)),
        site("d", "31", 300, social_origins=("european",)),
    )
    found = told(Level.DEPARTMENT, Audience.PUBLIC, *sites)
    assert found["31", "people"] == 468
    assert (found["31", "size_under_10_people"], found["31", "people_big"]) == (None, None)
    assert found["31", "size_10_50_people"] is None, "the next smallest: else the total tells the smallest"
    assert found["31", "size_251_people"] == 300
    assert found["31", "origin_unknown_people"] is None


def test_the_public_may_know_what_has_no_small_group():
    found = told(Level.DEPARTMENT, Audience.PUBLIC, site("a", "31", 40, population_minors=12, population_couples=10))
    assert (found["31", "people"], found["31", "minors"], found["31", "households"]) == (40, 12, 10)
