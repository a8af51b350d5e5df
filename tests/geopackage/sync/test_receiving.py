"""What others did is taken, and nothing that was edited here is lost by it."""

from __future__ import annotations

from resorption_plugin.core.sync.operations import ConflictKind
from tests.geopackage.sync.shared import THERE, Person, images, other_program, sent
from tests.stories.server import MemoryServer


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


def test_columns_that_are_said_together_are_taken_together(anna: Person, bob: Person, uid: str) -> None:
    bob.update(uid, geom=THERE, fk_city="31056")
    bob.sync()
    anna.update(uid, name="D'Anna")
    anna.pull()
    assert anna.value(uid, "fk_city") == "31056"
    assert anna.row(uid).working["geom"] == bob.row(uid).working["geom"]
    assert sent(anna) == {("U", uid): {"name": ["Avant", "D'Anna"]}}


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
