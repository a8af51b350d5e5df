"""Rows that go where a person may not read, and those that come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import Person
from tests.stories.server import MemoryServer


@pytest.fixture
def limited(person: Callable[..., Person]) -> Person:
    return person("limited", frozenset({"31"}))


def test_a_row_that_leaves_the_area_goes_without_a_trace(anna: Person, limited: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Voyageur", department="31", fk_city="31555")
    dwelling = anna.insert("dwelling", site_uid=uid)
    anna.sync()
    limited.sync()
    assert limited.has(uid)
    anna.update(uid, department="32", fk_city="32013", name="Secret")
    anna.sync()
    limited.sync()
    assert not limited.has(uid)
    assert not limited.has(dwelling, "dwelling")
    assert limited.local.freeze() is None
    assert b"Secret" not in limited.path.read_bytes()


def test_an_edited_row_that_leaves_the_area_is_set_aside(anna: Person, limited: Person) -> None:
    uid = anna.insert(name="Voyageur", department="31", fk_city="31555")
    quiet = anna.insert("dwelling", site_uid=uid)
    dwelling = anna.insert("dwelling", site_uid=uid)
    anna.sync()
    limited.sync()
    anna.update(uid, department="32", fk_city="32013")
    anna.sync()
    limited.update(dwelling, "dwelling", comments="Du Gers ?")
    limited.pull()
    assert limited.has(uid)
    assert limited.value(dwelling, "comments", "dwelling") == "Du Gers ?"
    assert not limited.has(quiet, "dwelling")
    aside = {(one.layer, one.uid): one for one in limited.local.quarantined()}
    assert {one.cause for one in aside.values()} == {Cause.LEFT_AREA}
    assert aside["dwelling", dwelling].image["comments"] == "Du Gers ?"
    assert limited.local.freeze() is None
    limited.discard(dwelling, "dwelling")
    limited.discard(uid)
    assert not limited.has(uid)
    assert limited.local.quarantined() == []


def test_a_row_that_comes_back_into_the_area_is_taken_again(anna: Person, limited: Person) -> None:
    uid = anna.insert(name="Voyageur", department="31", fk_city="31555")
    anna.sync()
    limited.sync()
    anna.update(uid, department="32", fk_city="32013")
    anna.sync()
    limited.update(uid, comments="À moi")
    limited.pull()
    assert [one.cause for one in limited.local.quarantined()] == [Cause.LEFT_AREA]
    anna.update(uid, department="31", fk_city="31555", name="Revenu")
    anna.sync()
    limited.sync()
    assert limited.local.quarantined() == []
    assert limited.value(uid, "comments") == "À moi"


def test_a_row_deleted_after_it_was_set_aside_comes_back_and_what_was_aside_stays(
    anna: Person, limited: Person
) -> None:
    moved = anna.insert(name="A", department="31")
    anna.sync()
    limited.sync()
    limited.update(moved, comments="À moi")
    anna.update(moved, department="32")
    anna.sync()
    limited.sync()
    limited.delete(moved)
    anna.update(moved, department="31", name="B")
    anna.sync()
    limited.sync()
    assert limited.value(moved, "name") == "B"
    assert [(one.cause, one.image["comments"]) for one in limited.local.quarantined()] == [(Cause.LEFT_AREA, "À moi")]
    limited.update(moved, name="C")
    limited.discard(moved)
    assert limited.local.quarantined() == []
    assert limited.value(moved, "name") == "C"  # an edit of the row that came back is another matter


def test_what_was_deleted_while_aside_stays_aside_whatever_is_written_in_the_row_later(
    anna: Person, limited: Person
) -> None:
    moved = anna.insert(name="A", department="31")
    anna.sync()
    limited.sync()
    limited.update(moved, comments="À moi")
    anna.update(moved, department="32")
    anna.sync()
    limited.sync()
    limited.delete(moved)
    for name in ("B", "C"):
        anna.update(moved, department="31", name=name)
        anna.sync()
        limited.sync()
        assert limited.value(moved, "name") == name
        assert [one.cause for one in limited.local.quarantined()] == [Cause.LEFT_AREA]


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_row_comes_back_with_the_right_to_read_it(
    is_deleted: bool, anna: Person, limited: Person, server: MemoryServer
) -> None:
    moved = anna.insert(name="A", department="31")
    anna.sync()
    limited.sync()
    limited.update(moved, comments="À moi")
    anna.update(moved, department="32")
    anna.sync()
    limited.sync()
    if is_deleted:
        limited.delete(moved)
    server.grant("limited", frozenset({"31", "32"}))
    limited.sync()
    assert limited.value(moved, "comments") == (None if is_deleted else "À moi")
    assert [one.cause for one in limited.local.quarantined()] == [Cause.LEFT_AREA] * is_deleted
