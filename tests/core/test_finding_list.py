from __future__ import annotations

import shapely

from resorption_plugin.core.finding_list import (
    FindingFilter,
    ListedFinding,
    Weight,
    box_of,
    natural_order,
    shown,
    tally,
    weight_of,
)
from resorption_plugin.core.records import Record


def finding(uid="a", code="EAU-001", severity="error", *, verdict="fails", state="open", commune="Toulouse", **more):
    values = {"check_id": code, "severity": severity, "verdict": verdict, "state": state, "commune": commune, **more}
    record = Record("finding", uid, values, more.get("geometry", shapely.Point(1.44, 43.6)))
    return ListedFinding(
        record, more.get("sentence", "Le Pré est à 300 m de l'eau."), weight_of(record), box_of(record)
    )


ROWS = [
    finding("a"),
    finding("b", "EAU-002", "warning"),
    finding("c", "DON-003", verdict="to_verify", commune="Blagnac"),
    finding("d", state="accepted"),
    finding("e", state="stale"),
    finding("f", state="resolved"),
    finding("g", geometry=None, commune=None),
]


def uids(chosen: FindingFilter) -> str:
    return "".join(row.uid for row in shown(ROWS, chosen))


def test_an_error_that_is_only_to_verify_is_shown_as_to_verify():
    assert [row.weight for row in ROWS[:3]] == [Weight.ERROR, Weight.WARNING, Weight.TO_VERIFY]


def test_no_filter_lets_everything_pass():
    assert uids(FindingFilter()) == "abcdefg"


def test_filters_add_up():
    assert uids(FindingFilter(states=frozenset({"open"}))) == "abcg"
    assert uids(FindingFilter(states=frozenset({"open"}), weight="error")) == "ag"
    assert uids(FindingFilter(states=frozenset({"open"}), theme="DON")) == "c"


def test_a_text_is_looked_for_in_commune_sentence_and_check_in_any_case():
    assert uids(FindingFilter(text=" blagnac ")) == "c"
    assert uids(FindingFilter(text="LE PRÉ")) == "abcdefg"
    assert uids(FindingFilter(text="eau-002")) == "b"


def test_a_finding_without_a_place_is_outside_every_extent():
    around = (1.4, 43.5, 1.5, 43.7)
    assert uids(FindingFilter(box=around)) == "abcdef"
    assert uids(FindingFilter(box=(2.0, 43.5, 2.1, 43.7))) == ""


def test_the_tally_counts_open_findings_by_weight_and_the_others_by_state():
    counted = tally(ROWS)
    assert (counted.errors, counted.warnings, counted.to_verify) == (2, 1, 1)
    assert (counted.accepted, counted.to_review, counted.resolved) == (1, 1, 1)


def test_what_asks_most_comes_first():
    assert "".join(row.uid for row in sorted(ROWS, key=natural_order)) == "gabcedf"
