"""What the log tells: past states under the rights of their time, and every trace of a hand that rewrote it."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg2
import pytest

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync import session
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.geopackage.workspace import _write_tables
from resorption_plugin.postgis.remote import PostgresRemote
from tests.db.shared_base import ADMIN, ANNE, AUDITOR, BRUNO, SharedBase, shared_base

STEPS = 24
Images = dict[str, dict[str, Any]]


@pytest.fixture
def base(cluster: str, server_template: str) -> Iterator[SharedBase]:
    with shared_base(cluster, server_template) as made:
        yield made


def now(base: SharedBase) -> Any:
    return base.value("SELECT clock_timestamp()")


def present(base: SharedBase, login: str = ADMIN) -> Images:
    query = "SELECT uid::text, jsonb_build_object('uid', uid) || app.image(site) FROM resorption.site AS site"
    return dict(base.rows(query, login=login))


def as_of(base: SharedBase, at: Any, login: str = ADMIN) -> Images:
    rows = base.rows("SELECT app.as_of('site', %s)", [at], login)
    assert len({row["uid"] for (row,) in rows}) == len(rows)
    return {row["uid"]: row for (row,) in rows}


def edit(base: SharedBase, chance: random.Random, sites: list[str]) -> None:
    """Do one of the things that happen to sites, in a transaction of its own."""
    uid = chance.choice(sites)
    match chance.randrange(6):
        case 0 | 1:
            base.rows("UPDATE resorption.site SET name = %s WHERE uid = %s", [str(chance.random()), uid], ADMIN)
        case 2:
            new = [chance.choice([None, "là", "ici"]), chance.randrange(90), uid]
            base.rows("UPDATE resorption.site SET address = %s, population_total = %s WHERE uid = %s", new, ADMIN)
        case 3:
            base.rows(
                "UPDATE resorption.site SET department = %s WHERE uid = %s", [chance.choice(["31", "32"]), uid], ADMIN
            )
        case 4:
            base.rows("DELETE FROM resorption.site WHERE uid = %s", [uid], ADMIN)
        case _:
            if not base.rows("SELECT 1 FROM resorption.site WHERE uid = %s", [uid]):
                base.site(chance.choice(["31", "32"]), uid=uid, name="de retour")


def test_each_login_finds_what_it_could_read_at_any_past_time(base):
    chance = random.Random(31)
    sites = [base.site(chance.choice(["31", "32"]), name=f"site {number}") for number in range(4)]
    moments = []
    for _ in range(STEPS):
        edit(base, chance, sites)
        moments.append((now(base), {login: present(base, login) for login in (ADMIN, AUDITOR, ANNE, BRUNO)}))
    assert len({len(seen[ANNE]) for _, seen in moments}) > 1
    for at, seen in moments[::3]:
        for login, images in seen.items():
            assert as_of(base, at, login) == images


def test_the_log_from_its_beginning_makes_the_tables(base):
    chance = random.Random(32)
    sites = [base.site() for _ in range(3)]
    for _ in range(STEPS):
        edit(base, chance, sites)
    folded: Images = {}
    entries = base.rows("SELECT uid::text, op, old, new FROM app.changes('-infinity')", login=ADMIN)
    for uid, op, old, new in entries:
        if op == "D":
            assert folded.pop(uid) == old
        else:
            row = folded.setdefault(uid, {})
            assert {name: row[name] for name in old or ()} == (old or {})
            row |= new
    assert folded == {uid: {k: v for k, v in image.items() if k != "uid"} for uid, image in present(base).items()}
    assert len(entries) > STEPS / 2


def test_changes_tell_nobody_what_they_may_not_read(base):
    site = base.site("31", name="avant")
    base.rows("UPDATE resorption.site SET department = '32', name = 'là-bas' WHERE uid = %s", [site], ADMIN)
    base.rows("UPDATE resorption.site SET name = 'encore' WHERE uid = %s", [site], ADMIN)
    query = "SELECT op, old ->> 'name', new ->> 'name', who FROM app.changes('-infinity')"
    assert base.rows(query, login=ANNE) == [("I", None, "avant", ADMIN), ("U", "avant", None, ADMIN)]
    assert base.rows(query, login=BRUNO) == [("U", None, "là-bas", ADMIN), ("U", "là-bas", "encore", ADMIN)]
    assert [row[1:3] for row in base.rows(query, login=AUDITOR)] == [
        (None, "avant"),
        ("avant", "là-bas"),
        ("là-bas", "encore"),
    ]
    since = "SELECT count(*) FROM app.changes(clock_timestamp())"
    assert base.value(since, login=ADMIN) == 0


def test_what_is_unknown_is_refused(base):
    for table in ("sites", "site; DROP TABLE resorption.site", "pg_authid"):
        with pytest.raises(psycopg2.Error) as refused:
            base.rows("SELECT app.as_of(%s, now())", [table], ADMIN)
        assert refused.value.pgcode == "RS051"


REWRITINGS = (
    """UPDATE sync.log SET new = new || '{"name": "faux"}' WHERE new ? 'name' AND op = 'U'""",
    "UPDATE sync.log SET depts_new = '{31}' WHERE depts_new = '{32}'",
    "DELETE FROM sync.log WHERE op = 'D'",
    """INSERT INTO sync.log (tx_id, tbl, uid, op, ver, new)
        SELECT max(tx_id), 'site', gen_random_uuid(), 'I', 1, '{}' FROM sync.tx""",
    "UPDATE sync.tx SET who = 'quelqu_un' WHERE rev = 3",
    "UPDATE sync.tx SET at = at - interval '1 day' WHERE rev = 3",
    "UPDATE sync.tx SET device = gen_random_uuid() WHERE rev = 3",
    "DELETE FROM sync.tx WHERE rev = (SELECT max(rev) FROM sync.tx)",
    """DELETE FROM sync.log AS l USING sync.tx AS t WHERE t.tx_id = l.tx_id AND t.rev = 3;
        DELETE FROM sync.tx WHERE rev = 3""",
    "UPDATE sync.head SET hash = repeat('0', 64)",
    "UPDATE sync.head SET rev = rev + 1",
)


def test_a_rewritten_log_is_found(base):
    site = base.site("31", name="un")
    base.photo(site, "ab" * 32)
    base.insert("dwelling", site_uid=site, geom="SRID=4326;POINT(1.44 43.6)")
    base.rows("UPDATE resorption.site SET department = '32'; UPDATE resorption.site SET name = 'deux'", login=ADMIN)
    base.rows("DELETE FROM resorption.dwelling; DELETE FROM resorption.photo", login=ADMIN)
    assert base.value("SELECT app.verify_chain()", login=AUDITOR) is None
    last = base.value("SELECT rev FROM sync.head")
    for rewriting in REWRITINGS:
        base.rows("BEGIN; ALTER TABLE sync.log DISABLE TRIGGER ALL; ALTER TABLE sync.tx DISABLE TRIGGER ALL")
        base.rows(rewriting)
        broken = base.value("SELECT app.verify_chain()")
        assert 1 < broken <= last + 1, rewriting
        if broken <= last:
            assert base.value("SELECT app.verify_chain(%s)", [broken - 1]) == broken, rewriting
        base.rows("ROLLBACK")
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None


def test_what_is_checked_before_the_end_is_in_the_chain_too(base):
    site = base.site("31", name="un")
    base.rows("BEGIN; SET CONSTRAINTS ALL IMMEDIATE", login=ADMIN)
    for name in ("deux", "trois"):
        base.rows("UPDATE resorption.site SET name = %s WHERE uid = %s", [name, site], ADMIN)
    base.rows("COMMIT", login=ADMIN)
    assert base.value("SELECT app.verify_chain()", login=ADMIN) is None


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


def test_only_keepers_keep(base):
    calls = ("verify_chain()", "new_epoch()", "trim_log('1 day')", "extend_log()", "trim_blobs()")
    for call in calls:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            base.rows(f"SELECT app.{call}", login=ANNE)
        base.rows(f"SELECT app.{call}", login=ADMIN)
        base.rows(f"SELECT app.{call}")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        base.rows("SELECT * FROM app.devices", login=ANNE)


def test_the_epoch_is_another_each_time(base):
    epochs = {base.value("SELECT app.new_epoch()::text", login=ADMIN) for _ in range(3)}
    assert len(epochs) == 3
    assert base.value("SELECT epoch::text FROM sync.head") in epochs


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


def test_other_programs_read_what_their_login_may(base):
    here, there = base.site("31", name="ici"), base.site("32", name="là")
    query = "SELECT uid::text, name, ST_AsText(geom), _ver FROM app.v_site ORDER BY name"
    assert base.rows(query, login=ANNE) == [(here, "ici", "POINT(1.44 43.6)", 1)]
    assert [row[0] for row in base.rows(query, login=AUDITOR)] == [here, there]
    views = base.rows("SELECT viewname FROM pg_views WHERE schemaname = 'app' AND viewname LIKE 'v\\_%%'")
    tables = base.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'resorption'")
    assert {view for (view,) in views} == {f"v_{table}" for (table,) in tables}
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        base.rows("UPDATE app.v_site SET name = 'autre'", login=ANNE)


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
