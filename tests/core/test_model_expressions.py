"""One statement, three forms: here Python against SQLite; QGIS is compared in tests/qgis."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resorption_plugin.core.model.expressions import (
    Condition,
    Matches,
    all_of,
    any_of,
    at_most,
    compare,
    equals,
    known,
    not_in_future,
    one_of,
    unknown,
)
from resorption_plugin.core.model.terms import Column, Dialect, Sum

COLUMNS = {"text": str, "small": int, "large": int, "flag": bool, "day": dt.date}

LEAVES = st.sampled_from(
    [
        equals("text", "l'été"),
        compare("text", "<>", "b"),
        one_of("text", "a", "b"),
        equals("flag", True),
        equals("flag", False),
        unknown("small"),
        known("day"),
        at_most("small", "large"),
        compare("small", ">", 3),
        compare(Sum(("small", "large")), "<=", Column("large")),
        compare("day", "<", dt.date(2025, 10, 31)),
    ]
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=6,
)
RECORDS = st.fixed_dictionaries(
    {
        "text": st.none() | st.sampled_from(["a", "b", "l'été", ""]),
        "small": st.none() | st.integers(0, 6),
        "large": st.none() | st.integers(0, 6),
        "flag": st.none() | st.booleans(),
        "day": st.none() | st.dates(dt.date(2025, 10, 29), dt.date(2025, 11, 2)),
    }
)


def in_sqlite(condition: Condition, values: dict[str, object]) -> bool | None:
    connection = sqlite3.connect(":memory:")
    names = ", ".join(f'"{name}"' for name in values)
    connection.execute(f"CREATE TABLE record ({names})")
    stored = [value.isoformat() if isinstance(value, dt.date) else value for value in values.values()]
    connection.execute(f"INSERT INTO record VALUES ({', '.join('?' * len(stored))})", stored)
    result = connection.execute(f"SELECT {condition.sql(Dialect.SQLITE)} FROM record").fetchone()[0]
    connection.close()
    return None if result is None else bool(result)


@given(CONDITIONS, RECORDS)
def test_python_and_sqlite_agree_on_every_condition(condition: Condition, values: dict[str, object]) -> None:
    assert condition.evaluate(values) == in_sqlite(condition, values)


def test_a_rule_over_unknown_values_is_unknown_not_broken() -> None:
    assert at_most("small", "large").evaluate({"small": 3, "large": None}) is None
    assert any_of(equals("flag", True), equals("small", 3)).evaluate({"small": 3}) is True
    assert all_of(equals("flag", True), equals("small", 3)).evaluate({"small": 4}) is False


def test_tomorrow_is_in_the_future_and_today_is_not() -> None:
    today = dt.date.today()  # noqa: DTZ011 - the calendar day is what is meant
    assert not_in_future("day").evaluate({"day": today}) is True
    assert not_in_future("day").evaluate({"day": today + dt.timedelta(days=1)}) is False


@pytest.mark.parametrize(("value", "fits"), [("11-15", True), ("13-01", False), ("11-15x", False), (None, None)])
def test_a_pattern_is_anchored_at_both_ends(value: str | None, fits: bool | None) -> None:
    assert Matches("day", r"(0[1-9]|1[0-2])-\d\d").evaluate({"day": value}) is fits


@pytest.mark.parametrize("condition", [not_in_future("day"), all_of(unknown("day"), not_in_future("day"))])
def test_a_rule_that_reads_today_cannot_be_a_table_constraint(condition: Condition) -> None:
    assert not condition.deterministic


def test_a_condition_knows_its_columns() -> None:
    condition = all_of(at_most("small", "large"), any_of(unknown("day"), one_of("text", "a")))
    assert condition.columns() == {"small", "large", "day", "text"}
