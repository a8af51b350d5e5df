"""What others did cannot stand beside what was done here: a number that is taken, a rule that both break together."""

from __future__ import annotations

import datetime as dt

from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import Person, images, other_program, sent
from tests.stories.server import MemoryServer


def test_a_number_that_others_took_sets_the_new_row_aside(anna: Person, bob: Person, server: MemoryServer) -> None:
    theirs = bob.insert(name="De Bob", rb_id=7)
    bob.sync()
    mine = anna.insert(name="D'Anna", rb_id=7)
    dwelling = anna.insert("dwelling", site_uid=mine)
    anna.local.greet(anna.remote.hello(anna.local.state()))
    anna.pull()
    assert anna.has(theirs)
    assert not anna.has(mine)
    aside = {(one.layer, one.uid): one for one in anna.local.quarantined()}
    assert {one.cause for one in aside.values()} == {Cause.CLASH}
    assert aside["site", mine].image["name"] == "D'Anna"
    assert aside["dwelling", dwelling].image["site_uid"] == mine
    assert sent(anna) == {}


def test_two_rows_that_exchange_their_number_are_both_taken(anna: Person, bob: Person, uid: str) -> None:
    other = bob.insert(name="Autre", rb_id=2)
    bob.sync()
    anna.pull()
    with other_program(bob.path) as plain:
        plain.execute("UPDATE site SET rb_id = 3 WHERE uid = ?", (uid,))
        plain.execute("UPDATE site SET rb_id = 1 WHERE uid = ?", (other,))
        plain.execute("UPDATE site SET rb_id = 2 WHERE uid = ?", (uid,))
    bob.sync()
    page = anna.pull()
    assert len(page.rows) == 2
    assert (anna.value(uid, "rb_id"), anna.value(other, "rb_id")) == (2, 1)
    assert sent(anna) == {}


def test_a_number_edited_here_gives_way_to_the_one_that_came(anna: Person, bob: Person, uid: str) -> None:
    theirs = bob.insert(name="De Bob", rb_id=9)
    bob.sync()
    anna.update(uid, rb_id=9, name="D'Anna")
    anna.pull()
    assert (anna.value(theirs, "rb_id"), anna.value(uid, "rb_id")) == (9, 1)
    assert anna.value(uid, "name") == "D'Anna"
    (one,) = anna.local.quarantined()
    assert (one.cause, one.image["rb_id"]) == (Cause.CLASH, 9)
    assert sent(anna) == {("U", uid): {"name": ["Avant", "D'Anna"]}}


def test_what_a_rule_refuses_beside_an_edit_waits_and_is_shown(anna: Person, bob: Person, server: MemoryServer) -> None:
    """A site cannot be declared before it was built: each edit is right alone, both together are not."""
    built, declared, earlier, later = (dt.date(2024, month, 1) for month in (1, 6, 3, 5))
    uid = anna.insert(name="Avant", built_at=built, declared_at=declared)
    anna.sync()
    bob.sync()
    bob.update(uid, declared_at=earlier)
    bob.sync()
    anna.update(uid, built_at=later)
    anna.pull()
    assert (anna.value(uid, "built_at"), anna.value(uid, "declared_at")) == (later, declared)
    (held,) = anna.local.held_back()
    assert (held.uid, held.values) == (uid, {"declared_at": ("2024-06-01", "2024-03-01")})
    assert sent(anna) == {("U", uid): {"built_at": ["2024-01-01", "2024-05-01"]}}
    anna.sync()
    assert images(server)[uid]["declared_at"] == "2024-03-01"

    anna.update(uid, built_at=built)
    anna.sync()
    bob.insert(name="Autre")
    bob.sync()
    anna.sync()
    assert anna.value(uid, "declared_at") == earlier
    assert anna.local.held_back() == []
    assert sent(anna) == {}
