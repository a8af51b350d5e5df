from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.checks.decisions import accept, reopen
from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.records import Record

NOW = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)


def finding(state: str = "open", **values) -> Record:
    return Record("finding", "f", {"state": state, "value": 243.0, **values})


def test_an_exception_keeps_its_reason_author_day_end_and_the_value_it_was_accepted_at():
    written = accept(finding(), " Citerne ", " C. Martin ", NOW, dt.date(2026, 6, 30))
    assert written.uid == "f"
    assert written.geometry is None
    assert {name: written[name] for name in written.values} == {
        "state": "accepted",
        "accepted_reason": "Citerne",
        "accepted_by": "C. Martin",
        "accepted_on": NOW.date(),
        "accepted_until": dt.date(2026, 6, 30),
        "accepted_value": 243.0,
        "updated_at": NOW,
        "updated_by": "C. Martin",
    }


@pytest.mark.parametrize(("reason", "by"), [("", "C. Martin"), ("  ", "C. Martin"), ("Citerne", ""), ("Citerne", " ")])
def test_an_exception_without_reason_or_author_is_refused(reason, by):
    with pytest.raises(ParameterError):
        accept(finding(), reason, by, NOW)


def test_an_exception_that_has_already_ended_is_refused_and_one_that_ends_today_is_not():
    with pytest.raises(ParameterError, match="2026-01-14"):
        accept(finding(), "Citerne", "C. Martin", NOW, dt.date(2026, 1, 14))
    assert accept(finding(), "Citerne", "C. Martin", NOW, NOW.date())["accepted_until"] == NOW.date()


def test_a_resolved_finding_cannot_be_accepted():
    with pytest.raises(ParameterError):
        accept(finding("resolved"), "Citerne", "C. Martin", NOW)


@pytest.mark.parametrize(("before", "after"), [("accepted", "open"), ("stale", "open"), ("resolved", "resolved")])
def test_reopening_forgets_the_exception(before, after):
    written = reopen(finding(before, accepted_reason="Citerne"), "C. Martin", NOW)
    assert written["state"] == after
    assert written["accepted_reason"] is None
    assert written["accepted_until"] is None
