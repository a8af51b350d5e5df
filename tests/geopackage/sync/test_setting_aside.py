"""What cannot be sent is set aside with its reason, blocks nothing else, and goes once it was mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely

from resorption_plugin.core.errors import WorkspaceError
from resorption_plugin.core.sync import freezing, operations
from resorption_plugin.core.sync.operations import Outcome
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import THERE, Person, assert_sound, images, other_program, refusing
from tests.stories.server import MemoryServer


@pytest.fixture(autouse=True)
def sound_at_the_end(anna: Person) -> Iterator[None]:
    yield
    assert_sound(anna.path)


def poison(anna: Person, uid: str, statement: str, *values: object) -> None:
    """Write what the tables refuse, as another program can."""
    with other_program(anna.path) as plain:
        plain.execute("PRAGMA ignore_check_constraints = ON")
        plain.execute(f"UPDATE site SET {statement} WHERE uid = ?", (*values, uid))


POISONS = {
    "a letter that is none": ("name = CAST(x'61ff62' AS TEXT)",),
    "an end of text": ("name = 'a' || char(0) || 'b'",),
    "a text for a number": ("population_total = 'douze'",),
    "a number without end": ("position_accuracy_m = 9e999",),
    "a date that is none": ("built_at = '2024-02-30'",),
    "an instant that is none": ("population_updated_at = 'hier'",),
    "a list that is none": ("social_origins = 'x'",),
    "bytes for a text": ("name = x'0102'",),
    "a geometry that is none": ("geom = x'47500001E610000001'",),
    "a geometry of another system": ("geom = CAST(x'475000016A080000' || substr(geom, 9) AS BLOB)",),
    "a place in metres": ("geom = ?", geometry.encode(shapely.Point(574_000, 6_279_000))),
    "yes for a number": ("is_reinstallation = 7",),
}


@pytest.mark.parametrize("statement", POISONS.values(), ids=POISONS)
def test_a_value_that_no_database_holds_is_set_aside_until_it_is_mended(
    anna: Person, server: MemoryServer, statement: tuple[str, ...]
) -> None:
    uid, other = anna.insert(name="Malade"), anna.insert(name="Sain")
    anna.sync()
    poison(anna, uid, *statement)
    anna.update(other, name="Toujours sain")
    report = anna.sync()
    assert report.sent == 1
    assert images(server)[other]["name"] == "Toujours sain"
    (one,) = anna.local.quarantined()
    assert (one.uid, one.cause) == (uid, Cause.UNSENDABLE)
    sentence = one.sentence()
    assert sentence is not None
    assert str(sentence).endswith(".")
    assert images(server)[uid]["name"] == "Malade"

    mended = "name = 'Guéri', population_total = 5, position_accuracy_m = 1, built_at = NULL"
    poison(anna, uid, f"{mended}, population_updated_at = NULL, social_origins = NULL, is_reinstallation = 1")
    anna.update(uid, geom=THERE)
    anna.sync()
    assert images(server)[uid]["name"] == "Guéri"
    assert anna.local.quarantined() == []


EXTREMES = {
    "population_updated_at": "'0001-01-01T00:00:00.000Z'",
    "built_at": "'9999-12-31'",
    "rb_id": str(2**53 + 1),
    "position_accuracy_m": "0.1 + 0.2",
    "name": "'e' || char(769) || char(128512)",
}


def test_what_is_at_the_ends_travels_as_it_is(anna: Person, bob: Person) -> None:
    uid = anna.insert(name="Avant")
    poison(anna, uid, ", ".join(f"{name} = {value}" for name, value in EXTREMES.items()))
    anna.sync()
    bob.sync()
    assert anna.local.quarantined() == []
    assert bob.value(uid, "rb_id") == 2**53 + 1
    assert bob.value(uid, "position_accuracy_m") == 0.1 + 0.2
    assert bob.value(uid, "name") == "\u00e9\U0001f600"
    assert bob.row(uid).working == anna.row(uid).working
    assert anna.local.freeze() is None
    assert bob.local.freeze() is None


def test_an_identifier_that_is_none_is_set_aside(anna: Person, server: MemoryServer) -> None:
    anna.insert(uid="numero-1", name="Sans identifiant")
    uid = anna.insert(name="Sain")
    anna.sync()
    assert [*images(server)] == [uid]
    assert [(one.uid, one.cause) for one in anna.local.quarantined()] == [("numero-1", Cause.UNSENDABLE)]


def test_what_was_refused_is_sent_again_once_it_was_changed(anna: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.update(uid, name="Refusé")
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    (one,) = anna.local.quarantined()
    assert (one.cause, one.code, one.reason) == (Cause.REFUSED, "outside_area", "a_constraint")
    assert one.operation["set"] == {"name": ["Avant", "Refusé"]}
    assert one.image["name"] == "Refusé"
    assert anna.local.freeze() is None
    assert anna.local.waiting().to_send == 0
    assert anna.local.waiting().quarantined == 1

    anna.update(uid, name="Corrigé")
    anna.sync()
    assert images(server)[uid]["name"] == "Corrigé"
    assert anna.local.quarantined() == []


def test_what_was_refused_is_sent_again_once_the_rights_are_others(anna: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.update(uid, name="Hors de mes territoires")
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    welcome = anna.remote.hello(anna.local.state())
    anna.local.greet(welcome)
    assert anna.local.freeze() is None
    anna.local.greet(replace(welcome, scope="wider"))
    anna.sync()
    assert images(server)[uid]["name"] == "Hors de mes territoires"
    assert anna.local.quarantined() == []


def test_what_was_refused_and_undone_is_forgotten(anna: Person) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.update(uid, name="Refusé")
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    anna.update(uid, name="Avant")
    assert anna.local.freeze() is None
    assert anna.local.quarantined() == []


def test_what_was_refused_for_the_sake_of_others_is_tried_again(anna: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Enfant sans parent")
    refusing(anna, "23503")
    assert [one.cause for one in anna.local.quarantined()] == [Cause.PASSING]
    assert anna.local.freeze() is None
    anna.insert(name="Autre")
    anna.sync()
    anna.sync()
    assert uid in images(server)
    assert anna.local.quarantined() == []


def test_a_row_larger_than_a_batch_blocks_no_other(
    anna: Person, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = anna.insert(comments="x" * 4_000), anna.insert(name="Petit")
    monkeypatch.setattr(freezing, "BYTES_AT_ONCE", 6_000)
    anna.sync()
    assert [*images(server)] == [small]
    (one,) = anna.local.quarantined()
    assert (one.uid, one.cause) == (large, Cause.TOO_LARGE)
    assert len(one.image["comments"]) == 4_000


def test_a_batch_holds_no_more_than_it_may(anna: Person, server: MemoryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    anna.sync()
    uids = [anna.insert(name=f"S{number}") for number in range(5)]
    anna.insert("dwelling", site_uid=uids[0])
    monkeypatch.setattr(freezing, "OPERATIONS_AT_ONCE", 2)
    sizes = []
    while batch := anna.local.freeze():
        sizes.append(len(batch.operations()))
        assert anna.local.freeze() == batch
        revision, results = anna.remote.push(batch, anna.local.state())
        anna.local.settle(batch, results, revision)
    assert sizes == [2, 2, 2]
    assert (len(images(server)), len(images(server, "dwelling"))) == (5, 1)
    assert operations.OPERATIONS_AT_ONCE == 2_000


def test_children_go_before_their_parents_and_come_after_them(anna: Person) -> None:
    anna.sync()
    uid = anna.insert(name="Parent")
    anna.insert("dwelling", site_uid=uid)
    batch = anna.local.freeze()
    assert batch is not None
    assert [made.layer for made in batch.operations()] == ["site", "dwelling"]
    revision, results = anna.remote.push(batch, anna.local.state())
    anna.local.settle(batch, results, revision)
    anna.delete(uid)
    batch = anna.local.freeze()
    assert batch is not None
    assert [made.layer for made in batch.operations()] == ["dwelling", "site"]


def test_a_new_row_that_is_given_up_goes_after_what_belongs_to_it(anna: Person) -> None:
    uid = anna.insert(name="Refusé")
    dwelling = anna.insert("dwelling", site_uid=uid)
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    with pytest.raises(WorkspaceError, match="Discard them first"):
        anna.discard(uid)
    assert anna.has(uid)
    anna.discard(dwelling, "dwelling")
    anna.discard(uid)
    assert not anna.has(uid)
    assert anna.local.quarantined() == []
    assert anna.local.freeze() is None
    with pytest.raises(WorkspaceError, match="no more set aside"):
        anna.local.discard("site", uid, Cause.REFUSED)


def test_an_edit_that_is_given_up_becomes_what_the_server_holds(anna: Person) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.update(uid, name="Refusé")
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    anna.discard(uid)
    assert anna.value(uid, "name") == "Avant"
    changes = [change.after for change in anna.local.history.of_record("site", uid) if change.field == "name"]
    assert changes == ["Refusé", "Avant"]


def test_a_deletion_that_is_given_up_brings_the_row_back(anna: Person) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    anna.delete(uid)
    refusing(anna, "outside_area", Outcome.FORBIDDEN)
    (one,) = anna.local.quarantined()
    assert one.image["name"] == "Avant"
    anna.discard(uid)
    assert anna.value(uid, "name") == "Avant"
    assert anna.local.freeze() is None


def test_the_answer_to_a_batch_is_heard_twice_without_harm(anna: Person, server: MemoryServer) -> None:
    anna.sync()
    uid = anna.insert(name="Avant")
    batch = anna.local.freeze()
    assert batch is not None
    revision, results = anna.remote.push(batch, anna.local.state())
    anna.local.settle(batch, results, revision)
    anna.update(uid, name="Après")
    anna.local.requeue()
    assert anna.local.freeze() == batch
    assert anna.remote.push(batch, replace(anna.local.state(), epoch=server.state.epoch)) == (revision, results)
    anna.local.settle(batch, results, revision)
    again = anna.local.freeze()
    assert again is not None
    assert [made.edits["name"].to_json() for made in again.operations()] == [["Avant", "Après"]]
