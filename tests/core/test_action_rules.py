"""When an action runs: from its first day to its last, both included."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.model.action_rules import RUNNING, running_on

DAY = dt.date(2026, 1, 15)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "ends", "runs"),
    [
        (DAY, DAY, True),
        (BEFORE, AFTER, True),
        (BEFORE, None, True),
        (None, AFTER, True),
        (None, None, True),
        (AFTER, None, False),
        (None, BEFORE, False),
        (BEFORE, BEFORE, False),
    ],
)
def test_an_action_runs_from_its_first_day_to_its_last(
    begins: dt.date | None, ends: dt.date | None, runs: bool
) -> None:
    assert running_on(DAY).evaluate({"started_at": begins, "ended_at": ends}) is runs


def test_today_is_one_of_the_days() -> None:
    today = dt.date.today()  # noqa: DTZ011 - the calendar day is what is meant
    for values in ({"ended_at": today}, {"ended_at": today - dt.timedelta(days=1)}, {"started_at": today}):
        assert RUNNING.evaluate(values) == running_on(today).evaluate(values)
