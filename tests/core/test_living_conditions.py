"""The platform's statuses of the living conditions: the same tables in Python and in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest

from resorption_plugin.core.living_conditions.blocks import BLOCKS, Block
from resorption_plugin.core.living_conditions.decision_table import Status
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.model.terms import quote_name
from tests.living_condition_answers import answers

BY_KEY = {block.key: block for block in BLOCKS}

# block, answers of the form of 2022, status
VECTORS = (
    ("electricity", {}, "unknown"),
    ("electricity", {"electricity_access": False}, "bad"),
    ("electricity", {"electricity_access": True}, "good"),
    ("electricity", {"electricity_access": True, "electricity_access_is_unequal": True}, "to_improve"),
    ("sanitary", {"sanitary_access_working_toilets": False}, "bad"),
    ("sanitary", {"sanitary_access_working_toilets": True}, "unknown"),
    ("sanitary", {"sanitary_access_working_toilets": True, "sanitary_access_toilet_types": ("latrines",)}, "bad"),
    ("trash", {"trash_evacuation_is_close": False, "trash_is_piling": True}, "bad"),
    ("trash", {"trash_is_piling": True}, "unknown"),
    ("trash", {"trash_evacuation_is_close": True, "trash_bulky_is_piling": True}, "to_improve"),
    ("trash", {"trash_evacuation_is_close": True}, "good"),
    ("pests", {"pest_animals": True}, "bad"),
    ("pests", {"pest_animals": False}, "good"),
    ("pests", {}, "unknown"),
    ("fire", {"fire_prevention": False}, "bad"),
    ("fire", {"fire_prevention": True}, "good"),
    ("fire", {}, "unknown"),
)
INSIDE = {"sanitary_access_working_toilets": True, "sanitary_access_toilets_are_inside": True}


@pytest.mark.parametrize(("key", "told", "expected"), VECTORS)
def test_the_form_of_2022(key: str, told: dict[str, Any], expected: str) -> None:
    assert BY_KEY[key].table.status({"living_conditions_version": 2, **told}) == expected


@pytest.mark.parametrize(
    ("types", "more", "expected"),
    [
        (("toilettes_seches",), {}, "good"),
        (("latrines",), {}, "bad"),
        (("latrines", "toilettes_seches"), {}, "to_improve"),
        (("toilettes_seches",), {"sanitary_access_toilets_are_lighted": False}, "to_improve"),
        (("toilettes_seches",), {"sanitary_access_hand_washing": False}, "to_improve"),
        (("toilettes_seches",), {"sanitary_access_open_air_defecation": True}, "to_improve"),
        (None, {"sanitary_access_open_air_defecation": True}, "unknown"),
        (None, {"sanitary_access_toilets_are_inside": False}, "bad"),
    ],
)
def test_toilets_that_work(types: tuple[str, ...] | None, more: dict[str, bool], expected: str) -> None:
    site = {"living_conditions_version": 2, **INSIDE, "sanitary_access_toilet_types": types, **more}
    assert BY_KEY["sanitary"].table.status(site) == expected


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.key)
@pytest.mark.parametrize("status", list(Status))
def test_an_old_record_without_answers_has_the_verdict_of_the_platform(block: Block, status: Status) -> None:
    (declared,) = (column for column in block.table.columns() if column.startswith("declared_"))
    assert block.table.status({"living_conditions_version": 1, declared: status.value}) == status
    assert block.table.status({"living_conditions_version": 1}) == Status.UNKNOWN
    assert block.table.status({"living_conditions_version": 2, declared: status.value}) == Status.UNKNOWN


@pytest.mark.parametrize(
    ("key", "told", "expected"),
    [
        ("sanitary", {"access_to_sanitary": True, "sanitary_on_site": False}, "to_improve"),
        ("sanitary", {"access_to_sanitary": False, "declared_sanitary_status": "good"}, "bad"),
        ("trash", {"trash_evacuation": True}, "good"),
        ("trash", {"trash_evacuation": True, "trash_accumulation": True}, "to_improve"),
        ("pests", {"vermin": True, "declared_pest_status": "good"}, "bad"),
        ("pests", {"vermin": False}, "good"),
        ("fire", {"fire_prevention_measures": True, "fire_prevention_devices": False}, "to_improve"),
    ],
)
def test_an_old_record_is_judged_by_what_it_answers(key: str, told: dict[str, Any], expected: str) -> None:
    assert BY_KEY[key].table.status({"living_conditions_version": 1, **told}) == expected


def in_sqlite(block: Block, rows: Sequence[dict[str, Any]]) -> list[str]:
    columns = sorted(block.table.columns())
    listed, marks = ", ".join(map(quote_name, columns)), ", ".join("?" * len(columns))
    stored = [
        [json.dumps(row[name]) if isinstance(row[name], tuple) else row[name] for name in columns] for row in rows
    ]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE site (id INTEGER PRIMARY KEY, {listed})")
        database.executemany(f"INSERT INTO site ({listed}) VALUES ({marks})", stored)
        return [row[0] for row in database.execute(f"SELECT {block.table.sql()} FROM site ORDER BY id")]


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.key != "water"], ids=lambda block: block.key)
def test_python_and_sql_agree(block: Block) -> None:
    rows = list(answers(block))
    found = [block.table.status(row).value for row in rows]
    assert in_sqlite(block, rows) == found
    assert len(set(found)) >= 3


def test_the_tables_read_columns_that_the_site_has() -> None:
    names = set(catalogue.layer("site").names())
    for block in BLOCKS:
        assert block.table.columns() <= names, block.key
