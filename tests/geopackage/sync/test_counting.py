"""How many records are said to wait, to go, and to have gone: each counts once, whatever is done to it."""

from __future__ import annotations

import pytest

from resorption_plugin.core.sync.operations import Choice, records
from resorption_plugin.geopackage.sync import sending
from resorption_plugin.geopackage.sync.sending import Sender
from tests.geopackage.sync.shared import Person


def contradict(anna: Person, bob: Person, uid: str, *columns: str) -> list[str]:
    """Let both write some columns; return the contradictions that Anna has to decide."""
    bob.update(uid, **dict.fromkeys(columns, "De Bob"))
    bob.sync()
    anna.update(uid, **dict.fromkeys(columns, "D'Anna"))
    anna.sync()
    return [dispute.conflict.uid for dispute in anna.local.conflicts()]


def test_a_record_decided_on_and_edited_counts_once_before_and_after(anna: Person, bob: Person, uid: str) -> None:
    conflicts = contradict(anna, bob, uid, "name", "comments")
    assert len(conflicts) == 2
    for conflict in conflicts:
        anna.local.decide(conflict, Choice.THEIRS)
    anna.update(uid, population_total=7)
    assert len(anna.local.to_send()) == 3
    assert len(records(anna.local.to_send())) == anna.local.waiting().to_send == anna.sync().sent == 1


def test_what_is_in_flight_is_counted_as_it_is_shown(anna: Person, uid: str) -> None:
    anna.update(uid, name="Après")
    assert anna.local.freeze() is not None
    anna.update(uid, name="Avant")
    assert anna.local.waiting().to_send == len(anna.local.to_send()) == 1


def test_of_very_many_nothing_is_read_to_count_them(
    anna: Person, bob: Person, uid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (conflict,) = contradict(anna, bob, uid, "comments")
    anna.local.decide(conflict, Choice.THEIRS)
    anna.insert(name="Un")
    anna.insert(name="Deux")
    told = anna.local.waiting().to_send
    monkeypatch.setattr(sending, "OPERATIONS_AT_ONCE", 1)
    monkeypatch.setattr(Sender, "operations", pytest.fail)
    monkeypatch.setattr(Sender, "_operations", pytest.fail)
    assert anna.local.waiting().to_send == told == 3


def test_what_passes_beside_a_contradiction_was_sent(anna: Person, bob: Person, uid: str) -> None:
    bob.update(uid, comments="De Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna", population_total=7)
    report = anna.sync()
    assert (report.sent, report.waiting.conflicts) == (1, 1)
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.update(uid, name="D'Anna")
    assert anna.sync().sent == 0
