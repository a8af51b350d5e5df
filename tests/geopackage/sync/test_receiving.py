"""What others did is taken, and nothing that was edited here is lost by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from resorption_plugin.core.sync.operations import ConflictKind, Kind
from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import HERE, THERE, Person, assert_sound, images, other_program
from tests.stories.server import MemoryServer


@pytest.fixture(autouse=True)
def sound_at_the_end(anna: Person, bob: Person) -> Iterator[None]:
    yield
    for one in (anna, bob):
        assert_sound(one.path)


@pytest.fixture
def uid(anna: Person, bob: Person) -> str:
    """Return a site that both know."""
    made = anna.insert(name="Avant", population_total=3, comments="Un mot", rb_id=1)
    anna.sync()
    bob.sync()
    return made


def sent(person: Person) -> dict[tuple[str, str], dict[str, object]]:
    """Freeze, and return what would be sent, by kind and uid."""
    batch = person.local.freeze()
    found = {}
    for made in batch.operations() if batch else ():
        found[made.kind.value, made.uid] = {name: edit.to_json() for name, edit in made.edits.items()}
    return found


def test_what_is_untouched_here_is_taken(anna: Person, bob: Person, uid: str) -> None:
    bob.update(uid, name="De Bob", geom=THERE)
    bob.sync()
    anna.pull()
    assert anna.value(uid, "name") == "De Bob"
    assert sent(anna) == {}


def test_edits_of_different_columns_are_put_together(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.update(uid, population_total=9)
    anna.pull()
    assert (anna.value(uid, "name"), anna.value(uid, "population_total")) == ("De Bob", 9)
    anna.sync()
    assert (images(server)[uid]["name"], images(server)[uid]["population_total"]) == ("De Bob", 9)
    assert server.state.conflicts == {}


def test_an_edit_keeps_the_value_it_was_made_on(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    """Pulled before it is sent, the other's value must not make the edit look like one that has seen it."""
    bob.update(uid, comments="De Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna")
    anna.pull()
    assert anna.value(uid, "comments") == "D'Anna"
    assert anna.row(uid).held["comments"] == "Un mot"
    anna.sync()
    assert images(server)[uid]["comments"] == "De Bob"
    (dispute,) = anna.local.conflicts()
    assert (dispute.is_mine, dispute.conflict.kind) == (True, ConflictKind.SAME_FIELD)
    assert dispute.conflict.mine["comments"] == "D'Anna"
    assert anna.value(uid, "comments") == "D'Anna"


def test_a_contested_column_waits_and_the_others_go(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    bob.update(uid, comments="De Bob")
    bob.sync()
    anna.update(uid, comments="D'Anna")
    anna.sync()
    anna.update(uid, comments="D'Anna encore", name="Nouveau")
    assert sent(anna) == {("U", uid): {"name": ["Avant", "Nouveau"]}}
    anna.sync()
    assert (images(server)[uid]["comments"], images(server)[uid]["name"]) == ("De Bob", "Nouveau")
    assert anna.value(uid, "comments") == "D'Anna encore"


def test_the_same_edit_by_both_is_no_contradiction(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    bob.update(uid, comments="Pareil")
    bob.sync()
    anna.update(uid, comments="Pareil")
    anna.pull()
    assert sent(anna) == {}
    assert anna.row(uid).held == {}


def test_an_edit_made_while_a_batch_is_away_is_no_contradiction(anna: Person, uid: str, server: MemoryServer) -> None:
    anna.update(uid, name="B")
    batch = anna.local.freeze()
    assert batch is not None
    anna.update(uid, name="C")
    revision, results = anna.remote.push(batch, anna.local.state())
    anna.local.settle(batch, results, revision)
    assert sent(anna) == {("U", uid): {"name": ["B", "C"]}}
    anna.sync()
    assert images(server)[uid]["name"] == "C"
    assert server.state.conflicts == {}


def test_a_row_deleted_elsewhere_goes_with_what_belongs_to_it(anna: Person, bob: Person, uid: str) -> None:
    dwelling = anna.insert("dwelling", site_uid=uid)
    anna.sync()
    bob.sync()
    bob.delete(uid)
    bob.sync()
    anna.pull()
    assert not anna.has(uid)
    assert not anna.has(dwelling, "dwelling")
    assert sent(anna) == {}


def test_an_edited_row_that_others_deleted_stays_for_a_person(
    anna: Person, bob: Person, uid: str, server: MemoryServer
) -> None:
    bob.delete(uid)
    bob.sync()
    anna.update(uid, name="D'Anna")
    anna.pull()
    assert anna.value(uid, "name") == "D'Anna"
    assert [*sent(anna)] == [("I", uid)]
    anna.sync()
    (dispute,) = anna.local.conflicts()
    assert dispute.conflict.kind is ConflictKind.EDIT_VS_DELETE
    assert images(server) == {}
    assert anna.has(uid)


def test_a_new_child_keeps_its_parent_that_others_deleted(anna: Person, bob: Person, uid: str) -> None:
    bob.delete(uid)
    bob.sync()
    dwelling = anna.insert("dwelling", site_uid=uid)
    anna.pull()
    assert anna.has(uid)
    assert anna.has(dwelling, "dwelling")


def test_a_deletion_against_an_edit_is_for_a_person(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.delete(uid)
    anna.pull()
    assert not anna.has(uid)
    anna.sync()
    (dispute,) = anna.local.conflicts()
    assert dispute.conflict.kind is ConflictKind.DELETE_VS_EDIT
    assert images(server)[uid]["name"] == "De Bob"


def test_a_child_added_to_what_was_deleted_here_is_not_deleted_with_it(
    anna: Person, bob: Person, uid: str, server: MemoryServer
) -> None:
    anna.delete(uid)
    dwelling = bob.insert("dwelling", site_uid=uid)
    bob.sync()
    anna.pull()
    assert not anna.has(dwelling, "dwelling")
    anna.sync()
    assert dwelling in images(server, "dwelling")
    assert uid in images(server)
    assert {dispute.conflict.kind for dispute in anna.local.conflicts()} == {ConflictKind.DELETE_VS_EDIT}


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
    for column in ("rb_id",):
        with other_program(bob.path) as plain:
            plain.execute(f"UPDATE site SET {column} = 3 WHERE uid = ?", (uid,))
            plain.execute(f"UPDATE site SET {column} = 1 WHERE uid = ?", (other,))
            plain.execute(f"UPDATE site SET {column} = 2 WHERE uid = ?", (uid,))
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


def test_columns_that_are_said_together_are_taken_together(anna: Person, bob: Person, uid: str) -> None:
    bob.update(uid, geom=THERE, fk_city="31056")
    bob.sync()
    anna.update(uid, name="D'Anna")
    anna.pull()
    assert anna.value(uid, "fk_city") == "31056"
    assert sent(anna) == {("U", uid): {"name": ["Avant", "D'Anna"]}}


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
    assert_sound(limited.path)


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
    limited.local.discard("dwelling", dwelling)
    limited.local.discard("site", uid)
    assert not limited.has(uid)
    assert limited.local.quarantined() == []
    assert_sound(limited.path)


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


def test_what_was_measured_travels_and_what_was_computed_does_not(anna: Person, bob: Person, uid: str) -> None:
    point = anna.insert(
        "water_point", type="fontaine_publique", lifecycle="existing", working_state="working", geom=HERE
    )
    distance = anna.insert("distance", site_uid=uid, water_point_uid=point, geom=None, **computed())
    assert anna.sync().sent == 1
    bob.sync()
    assert not bob.has(distance, "distance")
    anna.update(distance, "distance", measured_m=120.0)
    anna.sync()
    bob.sync()
    assert bob.value(distance, "measured_m", "distance") == 120.0
    assert bob.value(distance, "site_uid", "distance") == uid
    bob.delete(distance, "distance")
    assert bob.local.freeze() is None
    anna.update(distance, "distance", measured_m=None)
    anna.sync()
    bob.sync()
    assert bob.local.waiting().to_send == 0


def computed() -> dict[str, object]:
    return {"crowfly_m": 100.0}


def test_a_distance_computed_on_both_sides_takes_what_was_measured(anna: Person, bob: Person, uid: str) -> None:
    point = anna.insert(
        "water_point", type="fontaine_publique", lifecycle="existing", working_state="working", geom=HERE
    )
    anna.sync()
    bob.sync()
    shared = "00000000-0000-5000-8000-000000000001"
    for one, crowfly in ((anna, 100.0), (bob, 101.0)):
        one.insert("distance", uid=shared, site_uid=uid, water_point_uid=point, geom=None, crowfly_m=crowfly)
    anna.update(shared, "distance", measured_m=120.0)
    anna.sync()
    bob.sync()
    assert (bob.value(shared, "measured_m", "distance"), bob.value(shared, "crowfly_m", "distance")) == (120.0, 101.0)
    assert bob.local.freeze() is None


def test_a_link_to_what_was_deleted_here_is_held(anna: Person, bob: Person, uid: str, server: MemoryServer) -> None:
    """The water point stays, and that it no more names a site is nobody's edit."""
    point = bob.insert(
        "water_point", type="fontaine_publique", lifecycle="existing", working_state="working", site_uid=uid
    )
    anna.delete(uid)
    bob.sync()
    anna.pull()
    assert anna.has(point, "water_point")
    assert anna.value(point, "site_uid", "water_point") is None
    assert [key for key in sent(anna) if key[0] == Kind.UPDATE.value] == []


def test_the_history_tells_what_came_from_elsewhere(anna: Person, bob: Person, uid: str) -> None:
    bob.update(uid, name="De Bob")
    bob.sync()
    anna.pull()
    anna.update(uid, name="D'Anna")
    changes = [change for change in anna.local.history.of_record("site", uid) if change.field == "name"]
    assert [(change.after, change.received) for change in changes] == [("De Bob", True), ("D'Anna", False)]


def test_a_damaged_row_is_asked_for_again_whole(anna: Person, bob: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("UPDATE gpkg_sync_base_site SET comments = 'Abîmé'")
        plain.execute("UPDATE site SET comments = 'Abîmé'")
    bob.update(uid, name="De Bob")
    bob.sync()
    report = anna.sync()
    assert report.repaired == 1
    assert anna.value(uid, "name") == "De Bob"
    assert anna.row(uid).base["comments"] == "Un mot"


def test_a_row_that_was_missed_is_found_by_the_digests(anna: Person, bob: Person, uid: str) -> None:
    with other_program(anna.path) as plain:
        plain.execute("DELETE FROM gpkg_sync_base_site")
        plain.execute("UPDATE gpkg_sync_meta SET value = 1 WHERE key = 'applying'")
        plain.execute("DELETE FROM site")
        plain.execute("UPDATE gpkg_sync_meta SET value = 0 WHERE key = 'applying'")
        plain.execute("INSERT OR IGNORE INTO gpkg_sync_touched VALUES ('site', ?)", (int(uid[:2], 16),))
    assert anna.sync().repaired == 1
    assert anna.value(uid, "name") == "Avant"
