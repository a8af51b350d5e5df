"""A decision is not sent yet when its contradiction is gone from the server: what was written in it stays here."""

from __future__ import annotations

import pytest

from resorption_plugin.core.sync.operations import Choice, ConflictKind, Outcome
from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import Person, images, refusing
from tests.stories.held import State
from tests.stories.server import MemoryServer


@pytest.fixture
def uid(anna: Person, bob: Person) -> str:
    """Return a site that both know."""
    made = anna.insert(name="Avant", comments="Un mot", address="Rue d'Avant")
    anna.sync()
    bob.sync()
    return made


@pytest.fixture
def backup(uid: str, server: MemoryServer, anna: Person, bob: Person) -> State:
    """Return a backup from before Bob and Anna changed the comments and the address of the site."""
    before = server.backup()
    bob.update(uid, comments="De Bob", address="Rue de Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna", address="Rue d'Anna")
    anna.sync()
    bob.sync()
    return before


def decide(person: Person, group: str, value: str) -> None:
    (dispute,) = (one for one in person.local.conflicts() if one.conflict.group == group)
    person.local.decide(dispute.conflict.uid, Choice.EDIT, {group: value})


def aside(person: Person) -> list[tuple[Cause, dict[str, object]]]:
    return [(one.cause, dict(one.image)) for one in person.local.quarantined()]


def test_what_the_record_shows_is_an_edit_like_another(
    anna: Person, uid: str, backup: State, server: MemoryServer
) -> None:
    decide(anna, "comments", "Des deux")
    server.restore(backup)
    anna.sync()
    assert aside(anna) == []
    assert anna.value(uid, "comments") == "Des deux"
    # the edit is sent again, and what was decided after it is against it
    (dispute,) = anna.local.conflicts()
    assert (dispute.conflict.mine, images(server)[uid]["comments"]) == ({"comments": "Des deux"}, "D'Anna")


def test_on_a_record_deleted_here_it_is_set_aside(anna: Person, uid: str, backup: State, server: MemoryServer) -> None:
    anna.delete(uid)
    decide(anna, "comments", "Des deux")
    server.restore(backup)
    anna.sync()
    assert aside(anna) == [(Cause.DECISION, {"comments": "Des deux"})]
    assert not anna.has(uid)
    kinds = [dispute.conflict.kind for dispute in anna.local.conflicts()]
    assert kinds == [ConflictKind.DELETE_VS_EDIT]  # the edits sent again, against the deletion
    anna.sync()
    assert aside(anna) == [(Cause.DECISION, {"comments": "Des deux"})]


def test_on_somebody_elses_contradiction_it_is_set_aside(
    bob: Person, uid: str, backup: State, server: MemoryServer
) -> None:
    decide(bob, "comments", "Des deux")
    decide(bob, "address", "Rue des deux")
    server.restore(backup)
    bob.sync()
    assert aside(bob) == [(Cause.DECISION, {"comments": "Des deux", "address": "Rue des deux"})]
    (one,) = bob.local.quarantined()
    assert "is no more in the shared database" in str(one.sentence())
    bob.update(uid, name="Après")  # the record is another matter
    bob.sync()
    assert images(server)[uid]["name"] == "Après"
    assert aside(bob) == [(Cause.DECISION, {"comments": "Des deux", "address": "Rue des deux"})]
    bob.update(uid, name="Refusé")
    refusing(bob, "outside_area", Outcome.FORBIDDEN)
    bob.local.discard("site", uid, Cause.REFUSED)
    assert bob.value(uid, "name") == "Après"
    bob.update(uid, name="Encore après")
    bob.discard(uid)
    assert aside(bob) == []
    assert bob.value(uid, "name") == "Encore après"


def test_a_choice_between_two_values_is_not_kept_aside(
    bob: Person, uid: str, backup: State, server: MemoryServer
) -> None:
    (first, second) = bob.local.conflicts()
    bob.local.decide(first.conflict.uid, Choice.MINE)
    bob.local.decide(second.conflict.uid, Choice.THEIRS)
    server.restore(backup)
    bob.sync()
    assert aside(bob) == []


def test_only_what_the_person_wrote_is_kept(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    backup = server.backup()
    bob.update(uid, population_total=10, population_couples=2)
    bob.sync()
    anna.update(uid, population_total=20, population_couples=4)
    anna.sync()
    bob.sync()
    (dispute,) = bob.local.conflicts()
    bob.local.decide(dispute.conflict.uid, Choice.EDIT, {"population_total": 15})
    server.restore(backup)
    bob.sync()
    assert aside(bob) == [(Cause.DECISION, {"population_total": 15})]
