"""A person decides a contradiction in the workspace; it is sent by the next exchange, and undone until then."""

from __future__ import annotations

import pytest

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync.operations import Choice, ConflictKind, Outcome
from resorption_plugin.geopackage.sync.conflicts import Conflicts
from tests.geopackage.sync.shared import THERE, Person, images, refusing
from tests.stories.server import MemoryServer


def contested(anna: Person, bob: Person) -> str:
    """Return a site whose comments Bob and Anna have both changed; Anna knows of the contradiction."""
    made = anna.insert(name="Avant", comments="Un mot")
    anna.sync()
    bob.sync()
    bob.update(made, comments="De Bob")
    bob.sync()
    anna.update(made, comments="D'Anna")
    anna.sync()
    return made


@pytest.fixture
def uid(anna: Person, bob: Person) -> str:
    return contested(anna, bob)


def conflict_of(person: Person) -> str:
    (dispute,) = person.local.conflicts()
    return dispute.conflict.uid


@pytest.mark.parametrize(
    ("choice", "values", "expected"),
    [(Choice.MINE, {}, "D'Anna"), (Choice.THEIRS, {}, "De Bob"), (Choice.EDIT, {"comments": "Des deux"}, "Des deux")],
    ids=lambda value: value.name if isinstance(value, Choice) else "",
)
def test_what_is_decided_is_seen_at_once_and_then_by_all(  # noqa: PLR0917
    anna: Person, bob: Person, uid: str, server: MemoryServer, choice: Choice, values: dict[str, str], expected: str
) -> None:
    anna.local.decide(conflict_of(anna), choice, values, "Vu avec Bob")
    assert anna.value(uid, "comments") == expected
    assert anna.local.waiting().conflicts == 0
    anna.sync()
    bob.sync()
    assert images(server)[uid]["comments"] == expected
    assert bob.value(uid, "comments") == expected
    assert anna.local.conflicts() == bob.local.conflicts() == []
    assert anna.local.freeze() is None
    assert anna.local.waiting().to_send == 0


def test_a_decision_is_taken_back_until_it_is_sent(anna: Person, uid: str) -> None:
    conflict = conflict_of(anna)
    anna.local.decide(conflict, Choice.THEIRS)
    assert anna.value(uid, "comments") == "De Bob"
    anna.local.undecide(conflict)
    assert anna.value(uid, "comments") == "D'Anna"
    assert anna.local.freeze() is None

    anna.local.decide(conflict, Choice.EDIT, {"comments": "Des deux"})
    anna.local.decide(conflict, Choice.MINE)
    assert anna.value(uid, "comments") == "D'Anna"
    assert anna.local.freeze() is not None
    with pytest.raises(WorkspaceError, match="being sent"):
        anna.local.undecide(conflict)


def test_where_one_is_being_sent_no_decision_is_taken_back(anna: Person, bob: Person, uid: str) -> None:
    sent = conflict_of(anna)
    other = contested(anna, bob)
    (waiting,) = (dispute.conflict.uid for dispute in anna.local.conflicts() if dispute.conflict.uid != sent)
    anna.local.decide(sent, Choice.MINE)
    anna.local.freeze()
    anna.local.decide(waiting, Choice.THEIRS)
    with pytest.raises(WorkspaceError, match="being sent"):
        anna.local.undecide(waiting, sent)
    assert anna.value(other, "comments") == "De Bob"


def test_what_was_edited_since_a_decision_stays_when_it_is_taken_back(anna: Person, uid: str) -> None:
    conflict = conflict_of(anna)
    anna.local.decide(conflict, Choice.THEIRS)
    anna.update(uid, name="Entre-temps", geom=THERE)
    anna.local.undecide(conflict)
    assert (anna.value(uid, "comments"), anna.value(uid, "name")) == ("D'Anna", "Entre-temps")


def test_mine_is_what_is_here_now(anna: Person, uid: str, server: MemoryServer) -> None:
    anna.local.decide(conflict_of(anna), Choice.MINE)
    anna.update(uid, comments="D'Anna, mieux")
    anna.sync()
    assert images(server)[uid]["comments"] == "D'Anna, mieux"


def test_values_that_a_rule_refuses_are_not_decided(anna: Person, uid: str) -> None:
    conflict = conflict_of(anna)
    with pytest.raises(WorkspaceError, match=r"does not take this value"):
        anna.local.decide(conflict, Choice.EDIT, {"comments": "x" * 5_000})
    assert anna.value(uid, "comments") == "D'Anna"
    assert anna.local.conflicts()[0].decision is None


def test_a_third_edit_opens_the_contradiction_again_and_nothing_is_lost(
    anna: Person, bob: Person, uid: str, server: MemoryServer
) -> None:
    anna.local.decide(conflict_of(anna), Choice.EDIT, {"comments": "Des deux"}, "Vu")
    bob.sync()
    bob.update(uid, comments="De Bob encore")
    bob.sync()
    anna.sync()
    (dispute,) = anna.local.conflicts()
    assert dispute.conflict.theirs["comments"] == "De Bob encore"
    assert dispute.decision is None
    assert dispute.offered == {"comments": "Des deux"}
    assert anna.value(uid, "comments") == "Des deux"
    assert images(server)[uid]["comments"] == "De Bob encore"


def test_a_contradiction_that_another_settled_is_settled_here(
    anna: Person, bob: Person, uid: str, server: MemoryServer
) -> None:
    bob.sync()
    (dispute,) = bob.local.conflicts()
    assert not dispute.is_mine
    assert bob.local.waiting().conflicts == 0
    bob.local.decide(dispute.conflict.uid, Choice.EDIT, {"comments": "Par Bob"})
    assert bob.value(uid, "comments") == "De Bob"
    bob.sync()
    anna.sync()
    assert anna.value(uid, "comments") == "Par Bob"
    assert anna.local.conflicts() == []
    settled = Conflicts(anna.local._connection).find(dispute.conflict.uid)
    assert settled is not None
    assert not settled.conflict.is_open
    with pytest.raises(WorkspaceError, match="no more to be decided"):
        anna.local.decide(dispute.conflict.uid, Choice.MINE)
    bob.sync()
    assert bob.value(uid, "comments") == "Par Bob"


@pytest.fixture
def deleted(anna: Person, bob: Person) -> str:
    """Return a site that Anna has edited while Bob deleted it; Anna knows."""
    made = anna.insert(name="Avant")
    anna.sync()
    bob.sync()
    bob.delete(made)
    bob.sync()
    anna.update(made, name="D'Anna")
    anna.sync()
    assert anna.local.conflicts()[0].conflict.kind is ConflictKind.EDIT_VS_DELETE
    return made


def test_a_deleted_row_is_restored_with_the_edits(
    anna: Person, bob: Person, deleted: str, server: MemoryServer
) -> None:
    anna.local.decide(conflict_of(anna), Choice.MINE)
    anna.sync()
    bob.sync()
    assert images(server)[deleted]["name"] == bob.value(deleted, "name") == "D'Anna"
    assert anna.local.freeze() is None


def test_a_deletion_is_accepted_and_taken_back(anna: Person, deleted: str, server: MemoryServer) -> None:
    conflict = conflict_of(anna)
    anna.local.decide(conflict, Choice.THEIRS)
    assert not anna.has(deleted)
    anna.local.undecide(conflict)
    assert anna.value(deleted, "name") == "D'Anna"
    anna.local.decide(conflict, Choice.THEIRS)
    anna.sync()
    assert not anna.has(deleted)
    assert images(server) == {}
    assert anna.local.conflicts() == []


@pytest.mark.parametrize("choice", [Choice.MINE, Choice.THEIRS], ids=lambda choice: choice.name)
def test_a_deletion_that_met_an_edit_is_decided(
    anna: Person, bob: Person, server: MemoryServer, choice: Choice
) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    bob.sync()
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.delete(uid)
    anna.sync()
    anna.local.decide(conflict_of(anna), choice)
    anna.sync()
    bob.sync()
    assert anna.has(uid) == bob.has(uid) == (uid in images(server)) == (choice is Choice.THEIRS)
    assert anna.local.conflicts() == []
    assert anna.local.freeze() is None


def test_a_deletion_is_not_accepted_over_what_is_set_aside_below(
    anna: Person, deleted: str, server: MemoryServer
) -> None:
    """It would stay for the sake of what can never be sent, and be contradicted again by each exchange."""
    dwelling = anna.insert("dwelling", site_uid=deleted)
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    conflict = conflict_of(anna)
    with pytest.raises(WorkspaceError, match=r"set aside here belong to this one.*\(Dwellings\).*Discard them first"):
        anna.local.decide(conflict, Choice.THEIRS)
    assert anna.has(deleted)
    assert anna.local.conflicts()[0].decision is None
    anna.discard(dwelling, "dwelling")
    anna.local.decide(conflict, Choice.THEIRS)
    assert not anna.has(deleted)
    anna.sync()
    assert anna.local.conflicts() == []
    assert deleted not in images(server)
