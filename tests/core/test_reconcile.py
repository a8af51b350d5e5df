"""Findings against those stored: same, updated, gone, accepted, stale."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from resorption_plugin.core.checks import decisions, registry, report
from resorption_plugin.core.checks.reconcile import finding_uid, reconcile, stored_identity
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.checks.spec import Profile
from resorption_plugin.core.model import catalogue
from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Dataset, Record
from tests.scenes.build import SUMMER, Scene, at, site, tap
from tests.scenes.worlds import applied

NOW = dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=2)


class BrokenRuleError(Exception):
    """What a rule that is wrong raises."""


class Workspace:
    """A world whose checks are run again and again."""

    def __init__(self, *records):
        self.data = Dataset(records)
        self.run()

    def run(self, now=NOW, on=SUMMER, only=None, codes=("EAU-001",), checks=None):
        context = Scene(()).context(self.data)
        context.reference_date = on
        result = run(context, checks or registry.chosen(codes), only)
        changes = reconcile(self.data.layer("finding"), result, on, now)
        self.data = applied(self.data, changes)
        return changes

    def put(self, *records):
        self.data = Dataset([*self.data, *records])

    def decide(self, record):
        self.data = applied(self.data, ChangeSet(update=[record]))

    def accept(self, until=None, now=NOW):
        self.decide(decisions.accept(self.finding(), "tanker on demand", "M. Martin", now, until))

    def finding(self):
        (row,) = self.data.layer("finding")
        return row

    @property
    def state(self):
        return self.finding()["state"]


def test_a_new_finding_is_open_with_every_column_the_layer_requires():
    row = Workspace(site(commune="Toulouse"), tap(where=at(843.27))).finding()
    required = {field.name for field in catalogue.layer("finding").fields if field.required} - {"uid"}
    assert {name for name in required if row[name] is None} == set()
    assert set(row.values) <= set(catalogue.layer("finding").names())
    assert (row["state"], row["verdict"], row["severity"]) == ("open", "fails", "error")
    assert (row["value"], row["threshold"], row["unit"]) == (843.27, 200, "m")
    assert "843.3 m" in row["sentence"]
    assert "DIHAL" in row["threshold_source"]
    assert (row["commune"], row["reference_date"], row["first_seen_at"]) == ("Toulouse", SUMMER, NOW)
    assert row.geometry == at(0)
    assert row.uid == finding_uid(stored_identity(row))


def test_running_twice_writes_nothing():
    workspace = Workspace(site(), site("two", at(30)), tap(where=at(843)))
    assert not workspace.run(now=LATER)
    assert workspace.run(codes=())
    assert not workspace.run(now=LATER, codes=())


def test_a_value_that_changes_is_updated_and_keeps_its_identity():
    workspace = Workspace(site(), tap(where=at(843)))
    before = workspace.finding()
    workspace.put(tap(where=at(500)))
    changes = workspace.run(now=LATER)
    assert set(changes.update[0].values) == {"value", "sentence", "details", "last_seen_at"}
    after = workspace.finding()
    assert (after.uid, after["first_seen_at"], after["last_seen_at"]) == (before.uid, NOW, LATER)


def test_what_is_gone_is_resolved_and_opens_again_when_it_comes_back():
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.put(tap(where=at(100)))
    workspace.run()
    assert workspace.state == "resolved"
    workspace.put(tap(where=at(843)))
    workspace.run()
    assert workspace.state == "open"


def test_an_accepted_exception_is_kept_with_its_reason_author_and_date():
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept(until=dt.date(2027, 1, 1))
    assert not workspace.run(now=LATER)
    row = workspace.finding()
    assert (row["state"], row["accepted_reason"], row["accepted_by"]) == ("accepted", "tanker on demand", "M. Martin")
    assert (row["accepted_on"], row["accepted_value"]) == (SUMMER, 843.0)


@pytest.mark.parametrize(("metres", "state"), [(500, "accepted"), (843, "accepted"), (844, "stale")])
def test_an_exception_becomes_stale_when_its_value_gets_worse(metres, state):
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept()
    workspace.put(tap(where=at(metres)))
    workspace.run()
    assert workspace.state == state


def test_an_exception_becomes_stale_when_the_last_tap_goes():
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept()
    workspace.put(tap(where=at(843), lifecycle="removed"))
    workspace.run()
    assert workspace.state == "stale"


def test_an_exception_becomes_stale_when_to_verify_becomes_fails():
    workspace = Workspace(site(), tap(where=at(202), position_accuracy_m=5))
    workspace.accept()
    workspace.put(tap(where=at(202)))
    workspace.run()
    assert workspace.state == "stale"


@pytest.mark.parametrize(("on", "state"), [(dt.date(2026, 12, 31), "accepted"), (dt.date(2027, 1, 1), "stale")])
def test_an_exception_becomes_stale_the_day_after_its_last(on, state):
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept(until=dt.date(2026, 12, 31))
    workspace.run(on=on)
    assert workspace.state == state


def test_a_pair_that_comes_closer_is_worse():
    workspace = Workspace(site("one"), site("two", at(40)))
    workspace.run(codes=["DON-003"])
    pair = next(row for row in workspace.data.layer("finding") if row["check_id"] == "DON-003")
    workspace.decide(decisions.accept(pair, "two camps", "M. Martin", NOW))
    workspace.put(site("two", at(45)))
    workspace.run(codes=["DON-003"])
    assert workspace.data.get("finding", pair.uid)["state"] == "accepted"
    workspace.put(site("two", at(30)))
    workspace.run(codes=["DON-003"])
    assert workspace.data.get("finding", pair.uid)["state"] == "stale"


def test_an_exception_that_was_resolved_and_comes_back_is_still_accepted():
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept()
    workspace.put(tap(where=at(100)))
    workspace.run()
    assert workspace.state == "resolved"
    workspace.put(tap(where=at(843)))
    workspace.run()
    assert workspace.state == "accepted"


def test_an_exception_that_was_withdrawn_is_open():
    workspace = Workspace(site(), tap(where=at(843)))
    workspace.accept()
    workspace.decide(decisions.reopen(workspace.finding(), "M. Martin", NOW))
    workspace.run()
    assert workspace.state == "open"


def test_what_was_not_looked_at_is_left_alone():
    workspace = Workspace(site("one"), site("two", at(5_000)))
    workspace.put(tap("near one", at(20)), tap("near two", at(5_020)))
    workspace.run(only=["one"])
    states = {row["target_uid"]: row["state"] for row in workspace.data.layer("finding")}
    assert states == {"one": "resolved", "two": "open"}
    workspace.run(codes=["DON-004"])
    assert {row["target_uid"]: row["state"] for row in workspace.data.layer("finding")} == states


def test_a_record_that_is_deleted_resolves_its_findings():
    workspace = Workspace(site())
    workspace.data = Dataset(workspace.data.layer("finding"))
    workspace.run(only=["site"])
    assert workspace.state == "resolved"


def test_a_check_that_stops_resolves_nothing_and_its_error_goes_when_it_runs_again():
    workspace = Workspace(site())
    (check,) = registry.chosen(["EAU-001"])

    def judge(record, context, thresholds):
        raise BrokenRuleError(record.uid)

    workspace.run(checks=[replace(check, judge=judge)])
    found = {row["target_layer"]: row["state"] for row in workspace.data.layer("finding")}
    assert found == {"site": "open", "check": "open"}
    workspace.run()
    found = {row["target_layer"]: row["state"] for row in workspace.data.layer("finding")}
    assert found == {"site": "open", "check": "resolved"}


def test_sentences_are_written_in_the_language_of_the_run():
    context = Scene((site(), tap(where=at(843)))).context()
    result = run(context, registry.chosen(["EAU-001"]))
    french = {"m": "m"}

    def translate(template, values):
        return french.get(template, f"fr: {template}").format(**values)

    (row,) = reconcile([], result, SUMMER, NOW, translate).insert
    assert row["sentence"].startswith("fr: ")
    assert row["threshold_source"].startswith("fr: ")
    assert row["message"].startswith("The point of the site")


def test_the_report_lists_what_is_not_resolved_and_counts_what_is_open():
    workspace = Workspace(site("one"), site("two", at(5_000)), tap(where=at(5_300), is_potable=None))
    rows = report.of_checks(workspace.data.layer("finding"), ["EAU-001"])
    accepted = decisions.accept(rows[0], "tanker", "M. Martin", NOW)
    resolved = Record("finding", "gone", {**rows[0].values, "state": "resolved"})
    stored = [replace(rows[0], values={**rows[0].values, **accepted.values}), rows[1], resolved]
    links = {"two": "geo:43.6,1.44"}
    made = report.document(
        stored, workspace="w.gpkg", reference_date=SUMMER, profile=Profile.STATE, checks=["EAU-001"], links=links
    )
    document = json.loads(report.as_json(made))
    assert document["open"] == {"errors": 1, "warnings": 0, "to_verify": 0}
    assert document["states"] == {"accepted": 1, "open": 1, "resolved": 1}
    assert [(entry["target_uid"], entry["state"]) for entry in document["findings"]] == [
        ("one", "accepted"),
        ("two", "open"),
    ]
    assert document["findings"][0]["accepted"]["reason"] == "tanker"
    assert document["findings"][1]["source"]
    assert [entry["link"] for entry in document["findings"]] == [None, "geo:43.6,1.44"]
    assert report.count(stored) == report.Counts(1, 0, 0)
