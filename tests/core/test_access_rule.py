"""The platform's water status: the same table in Python and in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest

from resorption_plugin.core.model import catalogue, domains
from resorption_plugin.core.model.terms import quote_name
from resorption_plugin.core.water import access_rule
from resorption_plugin.core.water.access_rule import WaterStatus, status
from tests.access_rule_vectors import VECTORS, first_form, second_form


def in_sqlite(sites: Sequence[dict[str, Any]]) -> list[str]:
    columns = sorted(access_rule.columns())
    listed = ", ".join(quote_name(column) for column in columns)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE site (id INTEGER PRIMARY KEY, {listed})")
        marks = ", ".join("?" for _ in columns)
        rows = [[site.get(column) for column in columns] for site in sites]
        database.executemany(f"INSERT INTO site ({listed}) VALUES ({marks})", rows)
        return [row[0] for row in database.execute(f"SELECT {access_rule.sql()} FROM site ORDER BY id")]


@pytest.mark.parametrize(("site", "expected"), VECTORS)
def test_each_example_of_the_platform_gets_its_status(site, expected):
    assert status(site) == expected
    assert in_sqlite([site]) == [expected]


def test_python_and_sql_agree_on_every_combination_of_the_answers():
    sites = list(second_form())
    assert len(sites) == 8 * 3**6
    assert in_sqlite(sites) == [status(site) for site in sites]


def test_python_and_sql_agree_on_the_old_form():
    sites = list(first_form())
    found = [status(site) for site in sites]
    assert in_sqlite(sites) == found
    assert set(found) == set(WaterStatus)


def impacts(site: dict[str, Any]) -> set[str]:
    """What each question says, walked as the platform's form asks them: a second statement of the rule."""
    kind = site["water_access_type"]
    if kind in (None, "inconnu"):
        return {"unknown"}
    if kind in ("fontaine_publique", "borne_incendie", "achat_bouteille", "reservoir"):
        return {"bad"}
    if site["water_access_is_public"] is not False:
        return {"bad" if site["water_access_is_public"] else "unknown"}
    found = {"to_improve"} if site["water_access_is_continuous"] is False else set()
    if site["water_access_is_local"] is not True:
        return found | {"unknown" if site["water_access_is_local"] is None else "bad"}
    faults = (
        site["water_access_is_close"] is False,
        site["water_access_is_unequal"],
        site["water_access_has_stagnant_water"],
    )
    return found | ({"to_improve"} if any(faults) else set())


def test_the_worst_answer_wins_bad_then_unknown_then_to_improve():
    for site in second_form():
        found = impacts(site)
        expected = next((rank for rank in ("bad", "unknown", "to_improve") if rank in found), "good")
        assert status(site) == expected, site


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ({"access_to_water": None, "water_potable": False}, "unknown"),
        ({"access_to_water": False, "water_potable": True}, "bad"),
        ({"access_to_water": True}, "good"),
        ({"access_to_water": True, "water_distance": "0-20", "water_potable": True}, "good"),
        ({"access_to_water": True, "water_distance": "20-50"}, "to_improve"),
        ({"access_to_water": True, "water_roads_to_cross": True}, "to_improve"),
        ({"access_to_water": True, "water_access_type": "fontaine_publique"}, "good"),
    ],
)
def test_an_old_record_is_judged_by_the_form_it_was_filled_with(old, expected):
    assert status({"living_conditions_version": 1, **old}) == expected


def test_the_statuses_have_the_platform_s_words():
    assert [WaterStatus(code).label("fr") for code in domains.WATER_STATUS.codes()] == [
        "Oui",
        "À améliorer",
        "Non",
        "Inconnu",
    ]
    assert WaterStatus.TO_IMPROVE.label("en") == "To improve"


def test_the_rule_reads_columns_that_the_site_has():
    assert access_rule.columns() <= set(catalogue.layer("site").names())
