"""A decision is not taken, as its contradiction is another one now, or gone: what was written in it stays here."""

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
    assert "the shared database was set back to a backup" in str(one.sentence())
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


@pytest.fixture
def contested(uid: str, anna: Person, bob: Person) -> str:
    """Return the site, to whose comments Bob and Anna gave values; both know of the contradiction, which is Anna's."""
    bob.update(uid, comments="De Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna")
    anna.sync()
    bob.sync()
    return uid


def test_on_a_record_that_was_deleted_here_and_there_it_is_set_aside(anna: Person, bob: Person, contested: str) -> None:
    anna.delete(contested)
    decide(anna, "comments", "Des deux")
    bob.delete(contested)
    bob.sync()
    anna.sync()
    assert aside(anna) == [(Cause.DECISION, {"comments": "Des deux"})]
    (dispute,) = anna.local.conflicts()
    assert (dispute.conflict.kind, dispute.decision) == (ConflictKind.EDIT_VS_DELETE, None)  # of the whole record
    anna.local.decide(dispute.conflict.uid, Choice.THEIRS)
    anna.sync()
    assert aside(anna) == [(Cause.DECISION, {"comments": "Des deux"})]


def test_on_somebody_elses_contradiction_over_a_record_deleted_since_it_is_set_aside(
    anna: Person, bob: Person, contested: str
) -> None:
    decide(bob, "comments", "Des deux")
    (dispute,) = anna.local.conflicts()
    anna.local.decide(dispute.conflict.uid, Choice.THEIRS)
    anna.sync()
    anna.delete(contested)
    anna.sync()
    bob.sync()
    assert aside(bob) == [(Cause.DECISION, {"comments": "Des deux"})]


def test_on_a_contradiction_that_opens_again_it_is_offered_there(
    anna: Person, bob: Person, contested: str, server: MemoryServer
) -> None:
    decide(bob, "comments", "Des deux")
    (dispute,) = anna.local.conflicts()
    anna.local.decide(dispute.conflict.uid, Choice.MINE)
    anna.sync()
    bob.sync()
    (again,) = bob.local.conflicts()
    assert (again.decision, again.offered, aside(bob)) == (None, {"comments": "Des deux"}, [])
    assert images(server)[contested]["comments"] == "D'Anna"
    anna.update(contested, address="Ailleurs")  # another matter
    anna.sync()
    bob.sync()
    assert bob.local.conflicts()[0].offered == {"comments": "Des deux"}


def test_settled_by_another_while_this_one_was_not_sent_it_is_set_aside(
    anna: Person, bob: Person, contested: str
) -> None:
    (dispute,) = anna.local.conflicts()
    anna.local.decide(dispute.conflict.uid, Choice.MINE)
    anna.sync()
    decide(bob, "comments", "Des deux")  # while his exchange receives, after it has sent
    bob.pull()
    assert bob.local.conflicts() == []
    assert aside(bob) == [(Cause.DECISION, {"comments": "Des deux"})]


def test_a_choice_that_has_to_be_made_again_offers_nothing(anna: Person, bob: Person, contested: str) -> None:
    (dispute,) = anna.local.conflicts()
    anna.local.decide(dispute.conflict.uid, Choice.MINE)
    bob.update(contested, comments="De Bob encore")
    bob.sync()
    anna.sync()
    (again,) = anna.local.conflicts()
    assert (again.decision, again.offered) == (None, {})
    assert anna.value(contested, "comments") == "D'Anna"


def test_a_decision_on_what_somebody_changed_meanwhile_is_not_sent(anna: Person, bob: Person, contested: str) -> None:
    bob.update(contested, comments="De Bob encore")
    bob.sync()
    (mine,) = bob.local.conflicts()
    bob.local.decide(mine.conflict.uid, Choice.MINE)  # against what Bob wrote since: it opens again
    bob.sync()
    decide(anna, "comments", "Des deux")  # while her exchange receives, after it has sent
    anna.pull()
    (again,) = anna.local.conflicts()
    assert again.conflict.theirs["comments"] == "De Bob encore"
    assert (again.decision, again.offered) == (None, {"comments": "Des deux"})
    assert anna.value(contested, "comments") == "Des deux"


@pytest.mark.parametrize("who", ["anna", "bob"])
def test_accepted_once_and_not_by_a_server_set_back_it_is_set_aside(
    who: str, uid: str, backup: State, server: MemoryServer, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    decide(person, "comments", "Des deux")
    person.sync()
    assert images(server)[uid]["comments"] == "Des deux"
    server.restore(backup)
    person.sync()
    person.sync()
    assert aside(person) == [(Cause.DECISION, {"comments": "Des deux"})]
    assert person.value(uid, "comments") != "Des deux"


def test_accepted_once_and_again_by_a_server_set_back_nothing_is_set_aside(
    anna: Person, bob: Person, contested: str, server: MemoryServer
) -> None:
    before = server.backup()
    decide(bob, "comments", "Des deux")
    bob.sync()
    server.restore(before)
    bob.sync()
    assert images(server)[contested]["comments"] == "Des deux"
    assert (aside(bob), bob.local.conflicts()) == ([], [])


def test_a_contradiction_that_opens_again_is_not_decided_as_it_was(
    anna: Person, bob: Person, contested: str, server: MemoryServer
) -> None:
    decide(bob, "comments", "De Bob, décidé")
    bob.sync()
    decide(anna, "comments", "D'Anna, décidé")
    anna.update(contested, address="Ailleurs")
    anna.sync()  # too late: it opens again, and Bob hears of it
    bob.sync()
    bob.sync()
    (again,) = bob.local.conflicts()
    assert (again.decision, again.offered) == (None, {})
    assert images(server)[contested]["comments"] == "De Bob, décidé"


def test_of_two_decisions_that_a_server_set_back_cannot_take_the_last_is_set_aside(
    bob: Person, uid: str, backup: State, server: MemoryServer, anna: Person
) -> None:
    decide(bob, "comments", "Des deux")
    bob.sync()
    decide(anna, "comments", "D'Anna, décidé")
    anna.sync()  # too late: it opens again
    bob.sync()
    decide(bob, "comments", "Des deux, enfin")
    bob.sync()
    assert images(server)[uid]["comments"] == "Des deux, enfin"
    server.restore(backup)
    bob.sync()
    assert aside(bob) == [(Cause.DECISION, {"comments": "Des deux, enfin"})]
