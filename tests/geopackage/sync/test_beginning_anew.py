"""Everything is read anew from the server, and what was edited here stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.sync.operations import ConflictKind
from resorption_plugin.core.sync.ports import Received, Snapshot
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.sync.quarantine import Cause
from tests.geopackage.sync.shared import (
    HERE,
    THERE,
    CopyingRemote,
    Person,
    assert_sound,
    copy_line,
    dumped,
    images,
    other_program,
)
from tests.stories.held import EVERYWHERE, Held
from tests.stories.server import MemoryServer


def rebase(person: Person) -> Received:
    welcome = person.remote.hello(person.local.state())
    with person.remote.snapshot() as snapshot:
        return person.local.rebase(welcome, snapshot, Silent())


def rows_of(person: Person) -> dict[str, object]:
    return {uid: person.row(uid).working for uid in images(person.remote.server)}


@pytest.fixture
def shared(anna: Person, bob: Person) -> list[str]:
    uids = sorted(anna.insert(name=f"S{number}", rb_id=number + 1) for number in range(4))
    anna.insert("dwelling", site_uid=uids[0], comments="Une tabulation\t, un \\ et\nune ligne")
    anna.sync()
    bob.sync()
    return uids


def test_a_copy_of_the_server_is_the_server(anna: Person, bob: Person, shared: list[str], server: MemoryServer) -> None:
    assert rows_of(bob) == images(server)
    assert bob.local.digest() == bob.remote.digest()[1]
    assert bob.local.waiting().to_send == 0
    assert bob.local.freeze() is None
    dwellings = images(server, "dwelling")
    assert [bob.row(uid, "dwelling").working for uid in dwellings] == [*dwellings.values()]


def test_beginning_anew_twice_changes_nothing(bob: Person, shared: list[str]) -> None:
    received = rebase(bob)
    assert (received.rows, received.layers) == (0, frozenset())


def test_edits_survive_a_new_beginning(anna: Person, bob: Person, shared: list[str], server: MemoryServer) -> None:
    same, other, gone, mine = shared
    anna.update(same, name="D'Anna")
    anna.update(other, name="D'Anna")
    anna.delete(gone)
    anna.sync()
    bob.update(same, name="De Bob")
    bob.update(other, population_total=7)
    bob.update(gone, name="De Bob")
    bob.delete(mine)
    new = bob.insert(name="Neuf")
    rebase(bob)
    assert (bob.value(same, "name"), bob.row(same).held["name"]) == ("De Bob", "S" + bob.row(same).held["name"][1:])
    assert (bob.value(other, "name"), bob.value(other, "population_total")) == ("D'Anna", 7)
    assert bob.value(gone, "name") == "De Bob"
    assert not bob.has(mine)
    assert bob.has(new)
    bob.sync()
    kinds = {dispute.conflict.row: dispute.conflict.kind for dispute in bob.local.conflicts()}
    assert kinds == {same: ConflictKind.SAME_FIELD, gone: ConflictKind.EDIT_VS_DELETE}
    assert mine not in images(server)
    assert images(server)[other]["population_total"] == 7
    assert images(server)[new]["name"] == "Neuf"


def test_a_filled_workspace_is_attached_to_a_filled_server(anna: Person, bob: Person, server: MemoryServer) -> None:
    common = "00000000-0000-4000-8000-000000000001"
    anna.insert(uid=common, name="Commun", comments="D'Anna")
    alone = anna.insert(name="D'Anna seule")
    anna.sync()
    bob.insert(uid=common, name="Commun", comments="De Bob")
    own = bob.insert(name="De Bob seul")
    bob.sync()
    assert {image["name"] for image in images(server).values()} == {"Commun", "D'Anna seule", "De Bob seul"}
    assert bob.has(alone)
    assert bob.has(own)
    assert images(server)[common]["comments"] == "D'Anna"
    (dispute,) = bob.local.conflicts()
    assert dispute.conflict.mine["comments"] == "De Bob"
    assert bob.value(common, "comments") == "De Bob"


def test_a_number_taken_by_the_server_sets_the_new_row_aside(anna: Person, bob: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="D'Anna", rb_id=5)
    anna.sync()
    mine = bob.insert(name="De Bob", rb_id=5)
    bob.sync()
    assert bob.has(uid)
    assert not bob.has(mine)
    assert [(one.uid, one.cause) for one in bob.local.quarantined()] == [(mine, Cause.CLASH)]


def test_numbers_that_changed_hands_are_taken(anna: Person, bob: Person, shared: list[str]) -> None:
    with other_program(anna.path) as plain:
        plain.execute("UPDATE site SET rb_id = rb_id + 100")
        plain.execute("UPDATE site SET rb_id = 105 - rb_id")
    anna.sync()
    rebase(bob)
    assert [bob.value(uid, "rb_id") for uid in shared] == [anna.value(uid, "rb_id") for uid in shared]
    assert bob.local.freeze() is None


def test_what_is_no_more_to_be_read_goes(anna: Person, person: Callable[..., Person], server: MemoryServer) -> None:
    carl = person("carl", frozenset({"31", "32"}))
    here = anna.insert(name="Ici", department="31")
    there, edited = anna.insert(name="Là", department="32"), anna.insert(name="Là aussi", department="32")
    anna.insert("dwelling", site_uid=there)
    anna.sync()
    carl.sync()
    server.grant("carl", frozenset({"31"}))
    carl.update(edited, comments="À moi")
    assert carl.sync().is_new_beginning
    assert carl.has(here)
    assert not carl.has(there)
    assert carl.value(edited, "comments") == "À moi"
    assert_sound(carl.path)
    server.grant("carl", EVERYWHERE)


def test_batches_that_the_server_lost_are_sent_again(anna: Person, bob: Person, server: MemoryServer) -> None:
    uid = anna.insert(name="Avant")
    anna.sync()
    backup = server.backup()
    anna.update(uid, name="Après", geom=THERE)
    anna.sync()
    new = anna.insert(name="Neuf")
    anna.sync()
    server.restore(backup)
    assert images(server)[uid]["name"] == "Avant"
    anna.sync()
    assert images(server)[uid]["name"] == "Après"
    assert images(server)[new]["name"] == "Neuf"
    assert anna.local.conflicts() == []
    assert rows_of(anna) == images(server)


def test_what_is_known_is_asked_for_again_where_a_program_dropped_it(anna: Person, server: MemoryServer) -> None:
    uid, edited = anna.insert(name="Avant"), anna.insert(name="Avant")
    anna.sync()
    anna.update(edited, name="Édité")
    anna.local.close()
    with other_program(anna.path) as plain:
        plain.execute("DROP TABLE gpkg_sync_base_site")
        plain.execute("DROP TABLE gpkg_sync_held")
    with Person.at(anna.path, server, "anna") as again:
        assert again.sync().is_new_beginning
        assert again.row(uid).base["name"] == "Avant"
        assert again.value(edited, "name") == "Édité"
        assert [dispute.conflict.mine["name"] for dispute in again.local.conflicts()] == ["Édité"]
        assert again.local.digest() == again.remote.digest()[1]


class Stopping(Silent):
    def is_cancelled(self) -> bool:
        return True


def test_a_new_beginning_that_is_cancelled_changes_nothing(anna: Person, bob: Person, shared: list[str]) -> None:
    anna.update(shared[0], name="D'Anna")
    anna.sync()
    before = dumped(bob.path)
    welcome = bob.remote.hello(bob.local.state())
    with bob.remote.snapshot() as snapshot, pytest.raises(Cancelled):
        bob.local.rebase(welcome, snapshot, Stopping())
    assert dumped(bob.path) == before


def test_a_download_that_breaks_changes_nothing(anna: Person, bob: Person, shared: list[str]) -> None:
    before = dumped(bob.path)

    @contextmanager
    def broken() -> Iterator[Snapshot]:
        with CopyingRemote.snapshot(bob.remote) as whole:

            def tables() -> Iterator[object]:
                yield next(whole.tables)
                raise ConnectionError("cut")

            yield Snapshot(whole.revision, whole.chain, tables(), ())  # type: ignore[arg-type]

    with broken() as snapshot, pytest.raises(ConnectionError):
        bob.local.rebase(bob.remote.hello(bob.local.state()), snapshot, Silent())
    assert dumped(bob.path) == before


def test_the_history_of_a_copy_tells_each_row_once_as_received(bob: Person, anna: Person) -> None:
    uids = [f"00000000-0000-4000-8000-{number:012x}" for number in range(1_200)]
    with other_program(anna.path) as plain:
        plain.execute("BEGIN")
        plain.executemany(
            "INSERT INTO site (uid, name, geom) VALUES (?, 'S', ?)",
            [(uid, geometry.encode(HERE)) for uid in uids],
        )
        plain.execute("COMMIT")
    anna.sync()
    bob.sync()
    changes = bob.local.history.changes({"site"})
    assert sorted(change.uid for change in changes) == uids
    assert {(change.operation.value, change.received) for change in changes} == {("I", True)}
    bob.update(uids[0], name="Suivi")
    assert bob.local.history.of_record("site", uids[0])[-1].after == "Suivi"
    bob.insert(name="Suivi aussi")
    assert len(bob.local.history.changes({"site"})) == len(uids) + 2
    assert bob.local.freeze() is not None


def test_a_line_of_postgresql_is_read_as_it_was_written() -> None:
    held = Held({"comments": r"a\b	c" + "\nd", "site_uid": None}, 3, frozenset())  # type: ignore[call-arg]
    line = copy_line("dwelling", "u", held)
    assert line.count(b"\t") == line.decode().count("\t")
    assert rb"a\\b\tc\nd" in line
