"""The state of a finding stays each workspace's own; the exception that a person accepted travels, and decides it."""

from __future__ import annotations

from resorption_plugin.core.sync import merging
from resorption_plugin.core.sync.ancestry import LocalRow
from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import Image

FINDING = travel("finding")
BARE: Image = {**dict.fromkeys((*FINDING.columns, *FINDING.carried)), "state": "open", "check_id": "EAU-001"}
ACCEPTED: Image = {**BARE, "state": "accepted", "accepted_reason": "L'eau arrive en mai", "accepted_by": "Zoé"}


def test_the_state_is_sent_with_a_new_row_only():
    assert "state" not in FINDING.columns
    assert "state" in FINDING.carried


def test_a_check_that_makes_an_exception_stale_is_no_edit():
    row = LocalRow({**ACCEPTED, "state": "stale"}, ACCEPTED, 1)
    assert not row.edited(FINDING)


def test_an_exception_that_arrives_is_accepted_whatever_was_found_here():
    for state in ("open", "stale", "resolved"):
        row = LocalRow({**BARE, "state": state}, None, None)
        assert merging.received(FINDING, row, ACCEPTED, 2).working["state"] == "accepted"


def test_an_exception_that_is_withdrawn_elsewhere_is_open_again():
    row = LocalRow(ACCEPTED, ACCEPTED, 1)
    withdrawn = {**BARE, "state": "accepted"}  # the server keeps the state that the row came with
    assert merging.received(FINDING, row, withdrawn, 2).working["state"] == "open"


def test_what_comes_without_a_new_decision_leaves_the_state():
    row = LocalRow({**ACCEPTED, "state": "stale"}, ACCEPTED, 1)
    assert merging.received(FINDING, row, ACCEPTED, 2).working["state"] == "stale"


def test_a_finding_that_was_not_computed_here_comes_with_its_decision():
    made = merging.received(FINDING, LocalRow(None), ACCEPTED, 1).working
    assert (made["state"], made["accepted_reason"]) == ("accepted", "L'eau arrive en mai")


def test_a_measured_distance_has_no_state():
    distance = travel("distance")
    image: Image = {**dict.fromkeys((*distance.columns, *distance.carried)), "measured_m": 210.0}
    assert "state" not in merging.received(distance, LocalRow(None), image, 1).working
