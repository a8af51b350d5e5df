"""What differs is found again without reading every row: the same as by reading them all, whoever wrote."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing

import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.travelling import Travel, travels
from resorption_plugin.geopackage import geometry
from resorption_plugin.geopackage.sync import scanning
from resorption_plugin.geopackage.sync.scanning import Found, Scanner, scan
from tests.geopackage.sync.shared import HERE, Person


def connection(person: Person) -> sqlite3.Connection:
    return person.local._connection


def everything(person: Person) -> dict[str, Found]:
    return {there.key: scan(connection(person), there) for there in travels()}


@pytest.fixture
def shared(anna: Person) -> Person:
    """Give somebody with records that the server knows: a site with a dwelling, and two sites alone."""
    site = anna.insert(uid="00000000-0000-4000-8000-000000000001", name="one")
    anna.insert("dwelling", uid="00000000-0000-4000-8000-00000000000a", site_uid=site)
    anna.insert(uid="00000000-0000-4000-8000-000000000002", name="two")
    anna.insert(uid="00000000-0000-4000-8000-000000000003", name="three")
    anna.sync()
    return anna


ONE, TWO, NEW = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 4))
DWELLING = "00000000-0000-4000-8000-00000000000a"


def by_itself(person: Person) -> None:
    """Write by the session's own connection: an edit, a new record, a deletion that takes a child along."""
    edited = [Record("site", TWO, {"comments": "seen"})]
    new = [Record("site", NEW, {"name": "four"}, HERE)]
    person.local.apply(ChangeSet(update=edited, insert=new, delete=[("site", ONE)]))


def by_another_program(person: Person) -> None:
    with closing(sqlite3.connect(person.path)) as other:
        geometry.add_functions(other)
        other.execute("UPDATE site SET comments = 'script' WHERE uid = ?", (TWO,))
        other.commit()


def by_a_program_that_makes_the_table_anew(person: Person) -> None:
    with closing(sqlite3.connect(person.path)) as other:
        geometry.add_functions(other)
        other.executescript(
            "CREATE TABLE copy AS SELECT * FROM dwelling; DROP TABLE dwelling; ALTER TABLE copy RENAME TO dwelling;"
            "UPDATE dwelling SET fid = fid + 10, comments = 'anew'"
        )


def by_emptying_a_reference(person: Person) -> None:
    """Write a row, then delete what it points to: its foreign key writes it a second time."""
    tap = {"type": "fontaine_publique", "lifecycle": "existing", "working_state": "unknown", "site_uid": TWO}
    person.local.apply(ChangeSet(insert=[Record("water_point", NEW, tap, HERE)]))
    person.local.apply(ChangeSet(delete=[("site", TWO)]))


def by_both(person: Person) -> None:
    by_itself(person)
    by_another_program(person)


WRITES = (by_itself, by_emptying_a_reference, by_another_program, by_both, by_a_program_that_makes_the_table_anew)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_what_is_found_again_is_what_reading_every_row_finds(shared: Person, write: Callable[[Person], None]):
    scanner = Scanner()
    assert not any(map(len, scanner.scan(connection(shared)).values()))
    write(shared)
    found = dict(scanner.scan(connection(shared)))
    assert any(map(len, found.values()))
    assert found == everything(shared)
    assert dict(scanner.scan(connection(shared))) == found


def test_a_table_made_anew_is_watched_like_the_former(shared: Person):
    scanner = Scanner()
    scanner.scan(connection(shared))
    by_a_program_that_makes_the_table_anew(shared)
    scanner.scan(connection(shared))
    connection(shared).execute("UPDATE dwelling SET comments = 'again'")
    assert dict(scanner.scan(connection(shared))) == everything(shared)


def test_a_deletion_that_takes_children_along_is_found_with_them(shared: Person):
    scanner = Scanner()
    scanner.scan(connection(shared))
    by_itself(shared)
    found = scanner.scan(connection(shared))
    assert found["site"] == Found([NEW], [TWO], [ONE])
    assert found["dwelling"] == Found([], [], [DWELLING])


def test_what_is_written_back_differs_no_more(shared: Person):
    scanner = Scanner()
    shared.local.apply(ChangeSet(update=[Record("site", TWO, {"comments": "seen"})]))
    assert scanner.scan(connection(shared))["site"].changed == [TWO]
    shared.local.apply(ChangeSet(update=[Record("site", TWO, {"comments": None})]))
    assert not scanner.scan(connection(shared))["site"]


def test_what_is_undone_is_not_forgotten(shared: Person):
    scanner = Scanner()
    scanner.scan(connection(shared))
    shared.local.apply(ChangeSet(update=[Record("site", TWO, {"comments": "seen"})]))
    connection(shared).execute("BEGIN IMMEDIATE")
    assert scanner.scan(connection(shared))["site"].changed == [TWO]
    connection(shared).execute("ROLLBACK")
    assert scanner.scan(connection(shared))["site"].changed == [TWO]
    assert dict(scanner.scan(connection(shared))) == everything(shared)


def test_what_is_forgotten_is_read_again(shared: Person):
    scanner = Scanner()
    scanner.scan(connection(shared))
    connection(shared).execute("BEGIN IMMEDIATE")
    scanner.forget(connection(shared))
    connection(shared).execute("UPDATE site SET comments = 'seen' WHERE uid = ?", (TWO,))
    assert connection(shared).execute("SELECT count(*) FROM temp.sync_written").fetchone() == (0,)
    assert dict(scanner.scan(connection(shared))) == everything(shared)
    connection(shared).execute("ROLLBACK")
    by_itself(shared)
    assert dict(scanner.scan(connection(shared))) == everything(shared)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_a_first_copy_needs_no_comparison_and_what_is_written_after_it_is_found(
    shared: Person, bob: Person, monkeypatch: pytest.MonkeyPatch, write: Callable[[Person], None]
):
    compared: list[str] = []

    def watched(connection: sqlite3.Connection, there: Travel) -> Found:
        compared.append(there.key)
        return scan(connection, there)

    monkeypatch.setattr(scanning, "scan", watched)
    report = bob.sync()
    assert (report.received, report.waiting.to_send) == (4, 0)
    assert compared.count("site") == 2  # before anything was written: is the file emptied, what was edited in it
    write(bob)
    assert dict(bob.local._scanner.scan(connection(bob))) == everything(bob)


def test_a_workspace_that_held_something_is_compared_after_a_new_beginning(shared: Person, bob: Person):
    bob.insert(uid="00000000-0000-4000-8000-000000000001", name="by hand")
    bob.sync()
    assert dict(bob.local._scanner.scan(connection(bob))) == everything(bob)


def steps(person: Person, count: int) -> int:
    """Return how many hundreds of SQLite's steps it takes to note so many rows."""
    taken = []
    connection(person).set_progress_handler(lambda: taken.append(1), 100)
    uids = [(str(uuid.uuid4()),) for _ in range(count)]
    connection(person).executemany(
        "INSERT INTO gpkg_sync_base_site (fid, uid, hash) VALUES (abs(random()), ?, 1)", uids
    )
    connection(person).set_progress_handler(None, 0)
    return len(taken)


def test_a_row_costs_the_same_however_many_were_noted(shared: Person) -> None:
    Scanner().scan(connection(shared))
    connection(shared).execute("BEGIN")
    first = steps(shared, 200)
    steps(shared, 2_000)
    assert first > 0
    assert steps(shared, 200) < 1.5 * first
    connection(shared).execute("ROLLBACK")
