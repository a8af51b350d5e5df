"""The log is trimmed: never before everybody in use has received it, and what is left of it stays true."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import session
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace import _write_tables
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ADMIN, ANNE, SharedBase
from tests.db.states import as_of, now, present


def test_who_writes_goes_on_while_the_log_is_trimmed(base):
    site = base.site()
    for number in (99_990, 199_990):
        base.rows(f"ALTER SEQUENCE sync.tx_tx_id_seq RESTART {number}")
        base.rows("UPDATE resorption.site SET name = %s", [str(number)], ADMIN)
    stopped = threading.Event()

    def trim() -> int:
        gone = 0
        with closing(psycopg2.connect(base.place())) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                while not stopped.is_set():
                    cursor.execute("SELECT app.trim_log('0', at_once => 3)")
                    gone += cursor.fetchone()[0]
        return gone

    with ThreadPoolExecutor(1) as pool:
        trimming = pool.submit(trim)
        for number in range(40):
            base.rows("UPDATE resorption.site SET name = %s WHERE uid = %s", [f"n{number}", site], ADMIN)
        stopped.set()
        assert trimming.result() > 3
    assert base.value("SELECT count(*) FROM app.log_parts() WHERE upper <= 200000") == 0
    assert base.value("SELECT app.verify_chain()") is None
    assert base.value("SELECT rev FROM sync.head") == 43


def device(base: SharedBase, cursor: int, seen: str = "0") -> None:
    text = """INSERT INTO sync.device (device, login, schema_version, cursor, last_seen)
        VALUES (gen_random_uuid(), %s, 1, %s, now() - %s::interval)"""
    base.rows(text, [ANNE, cursor, seen])


def test_the_log_is_kept_for_who_has_not_received_it(base):
    for number in range(6):
        base.site(name=str(number))
    device(base, 4)
    device(base, 2, "1 year")
    assert base.value("SELECT app.trim_log('1 hour')", login=ADMIN) == 0, "nothing is so old"
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 4
    assert base.value("SELECT min_rev FROM sync.head") == 4
    assert base.rows("SELECT login, cursor, behind, begins_anew FROM app.devices ORDER BY cursor", login=ADMIN) == [
        (ANNE, 2, 4, True),
        (ANNE, 4, 2, False),
    ]
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 0
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None
    assert base.value("SELECT count(*) FROM app.changes('-infinity')", login=ADMIN) == 2


def test_of_a_trimmed_log_the_rest_is_still_true(base):
    site = base.site(name="un")
    before = now(base)
    base.rows("UPDATE resorption.site SET name = 'deux'", login=ADMIN)
    after = now(base)
    device(base, 2)
    base.rows("UPDATE resorption.site SET name = 'trois'", login=ADMIN)
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 2
    assert as_of(base, after)[site]["name"] == "deux"
    with pytest.raises(psycopg2.Error) as refused:
        as_of(base, before)
    assert refused.value.pgcode == "RS050"
    with pytest.raises(psycopg2.Error):
        base.rows("DELETE FROM sync.log")
    base.rows("ALTER TABLE sync.log DISABLE TRIGGER ALL")
    base.rows("DELETE FROM sync.log")
    assert base.value("SELECT app.verify_chain()", login=ADMIN) == 3


def test_whole_parts_of_the_log_are_dropped(base):
    for number in (1, 99_999, 100_000, 200_000, 200_001):
        base.rows(f"ALTER SEQUENCE sync.tx_tx_id_seq RESTART {number}")
        base.site(name=str(number))
    parts = "SELECT lower FROM app.log_parts() ORDER BY lower NULLS FIRST LIMIT 3"
    assert [lower for (lower,) in base.rows(parts)] == [None, 100_000, 200_000]
    device(base, 4)
    assert base.value("SELECT app.trim_log('0', at_once => 0)", login=ADMIN) == 3
    assert base.rows(parts)[0] == (200_000,)
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 1
    assert base.value("SELECT count(*) FROM sync.log") == 1
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None
    base.site(name="après")
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None


def test_parts_are_added_before_they_are_needed(base):
    first = base.value("SELECT max(lower) FROM app.log_parts()")
    base.rows(f"ALTER SEQUENCE sync.tx_tx_id_seq RESTART {first + 5}")
    base.site(name="dans la dernière partie")
    assert base.value("SELECT app.extend_log()", login=ADMIN) == 9
    assert base.value("SELECT app.extend_log()", login=ADMIN) == 0
    base.rows(f"ALTER SEQUENCE sync.tx_tx_id_seq RESTART {first + 100_000}")
    site = base.site(name="dans une nouvelle")
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None
    part = base.value("SELECT tableoid::regclass::text FROM sync.log WHERE uid = %s", [site])
    for forbidden in (f"DELETE FROM {part}", f"UPDATE {part} SET ver = 2", f"TRUNCATE {part}"):
        with pytest.raises(psycopg2.Error):
            base.rows(forbidden)
    assert base.value("SELECT count(*) FROM app.log_parts() WHERE upper IS NULL") == 1


def test_a_workspace_older_than_the_log_begins_anew_and_keeps_what_it_has_not_sent(base, tmp_path):
    path = tmp_path / "31.gpkg"
    _write_tables(path)

    def exchange() -> session.Report:
        with PostgresRemote(base.target(ANNE)) as remote, SyncedWorkspace.attach(path) as local:
            return session.synchronise(local, remote, scrutiny=session.Scrutiny.ALL)

    site = base.site(name="un", address="là")
    exchange()
    with GeoPackageStore.open(path) as store:
        store.apply(ChangeSet(update=[Record("site", site, {"name": "écrit ici"})]))
    base.rows("UPDATE resorption.site SET address = 'ici'", login=ADMIN)
    other = base.site(name="deux")
    assert base.value("SELECT app.trim_log('0')", login=ADMIN) == 0, "it was seen a moment ago"
    assert base.value("SELECT app.trim_log('0', alive => '0')", login=ADMIN) == 3
    assert base.rows("SELECT begins_anew FROM app.devices", login=ADMIN) == [(True,)]
    report = exchange()
    assert (report.is_new_beginning, report.conflicts, report.unrepaired) == (True, 0, ())
    with GeoPackageStore.open(path, read_only=True) as store:
        rows = {row.uid: (row["name"], row["address"]) for row in store.read(["site"]).layer("site")}
    assert rows == {site: ("écrit ici", "ici"), other: ("deux", None)}
    assert present(base)[site]["name"] == "écrit ici"
