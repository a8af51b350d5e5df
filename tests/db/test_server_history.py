"""Every write is logged once, whoever writes and however; revisions follow commits; the history cannot be changed."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from psycopg2 import errors
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

SITE = """INSERT INTO resorption.site (uid, status, living_conditions_version, geom, department, name)
VALUES (%s, 'open', 2, 'SRID=4326;POINT(1.4 43.6)', %s, %s)"""
DWELLING = "INSERT INTO resorption.dwelling (uid, site_uid, geom) VALUES (%s, %s, 'SRID=4326;POINT(1.4 43.6)')"
WRITERS, WRITES = 8, 25


def new() -> str:
    return str(uuid.uuid4())


def rows(cursor: Cursor, query: str, values: list[Any] | None = None) -> list[tuple]:
    cursor.execute(query, values)
    return cursor.fetchall()


@pytest.fixture
def free(database: str) -> Iterator[Connection]:
    """Return a connection, in a database of the test's own, that commits each statement."""
    with closing(psycopg2.connect(database)) as connection:
        connection.autocommit = True
        yield connection


def broken_links(cursor: Cursor) -> list[tuple]:
    """Return the revisions whose hash is not that of their content and of the one before."""
    return rows(
        cursor,
        "SELECT t.rev FROM sync.tx AS t LEFT JOIN sync.tx AS p ON p.rev = t.rev - 1"
        " WHERE t.digest <> app.digest_of(t.tx_id) OR t.hash <> app.link(coalesce(p.hash, ''), t)"
        " OR (p.rev IS NULL AND t.rev <> 1)",
    )


def test_direct_sql_is_logged_as_it_changes_rows(undone: Cursor) -> None:
    uid = new()
    undone.execute(SITE, [uid, "31", "a"])
    undone.execute("UPDATE resorption.site SET name = 'b', caravans = 3 WHERE uid = %s", [uid])
    undone.execute("UPDATE resorption.site SET name = NULL, geom = 'SRID=4326;POINT(2 43)' WHERE uid = %s", [uid])
    undone.execute("DELETE FROM resorption.site WHERE uid = %s", [uid])
    made, first, second, removed = rows(
        undone, "SELECT op, ver, depts_old, depts_new, old, new FROM sync.log WHERE uid = %s ORDER BY seq", [uid]
    )
    assert made[:4] == ("I", 1, None, ["31"])
    assert made[4] is None
    assert made[5]["name"] == "a"
    assert made[5]["caravans"] is None
    assert first == ("U", 2, ["31"], ["31"], {"name": "a", "caravans": None}, {"name": "b", "caravans": 3})
    assert second[4] == {"name": "b", "geom": made[5]["geom"]}
    assert second[5]["name"] is None
    assert removed[:4] == ("D", 4, ["31"], None)
    assert removed[4] == {**made[5], **first[5], **second[5]}
    assert rows(undone, "SELECT ver, depts, last FROM sync.tombstone WHERE uid = %s", [uid]) == [
        (4, ["31"], removed[4])
    ]


def test_writing_what_is_there_already_changes_nothing(undone: Cursor) -> None:
    uid = new()
    undone.execute(SITE, [uid, "31", "a"])
    undone.execute("UPDATE resorption.site SET name = 'a', _ver = 99, _hash = 0, _depts = '{82}', _author = 'somebody'")
    found = rows(undone, "SELECT _ver, _hash <> 0, _depts, _author FROM resorption.site WHERE uid = %s", [uid])
    assert found == [(1, True, ["31"], "postgres")]
    assert rows(undone, "SELECT count(*) FROM sync.log WHERE uid = %s", [uid]) == [(1,)]


def test_many_rows_of_one_statement_are_logged_each(undone: Cursor) -> None:
    undone.execute(
        "INSERT INTO resorption.site (uid, status, living_conditions_version, geom, department)"
        " SELECT gen_random_uuid(), 'open', 2, 'SRID=4326;POINT(1 1)', '31' FROM generate_series(1, 300)"
    )
    undone.execute("UPDATE resorption.site SET huts = 1 WHERE uid IN (SELECT uid FROM resorption.site LIMIT 200)")
    undone.execute("DELETE FROM resorption.site WHERE huts = 1")
    assert rows(undone, "SELECT op::text, count(*) FROM sync.log GROUP BY op ORDER BY op") == [
        ("D", 200),
        ("I", 300),
        ("U", 200),
    ]
    assert rows(undone, "SELECT count(DISTINCT tx_id) FROM sync.log") == [(1,)]
    undone.execute("UPDATE resorption.site SET huts = 1 WHERE FALSE")
    undone.execute("DELETE FROM resorption.site WHERE FALSE")
    assert rows(undone, "SELECT count(*) FROM sync.log") == [(700,)]


def test_the_identifier_of_a_row_never_changes(undone: Cursor) -> None:
    undone.execute(SITE, [new(), "31", "a"])
    with pytest.raises(psycopg2.Error) as caught:
        undone.execute("UPDATE resorption.site SET uid = gen_random_uuid()")
    assert caught.value.pgcode == "RS031"


def test_a_row_made_again_goes_on_from_its_deletion(undone: Cursor) -> None:
    uid = new()
    for version in (1, 3, 5):
        undone.execute(SITE, [uid, "31", "a"])
        assert rows(undone, "SELECT _ver FROM resorption.site") == [(version,)]
        assert rows(undone, "SELECT count(*) FROM sync.tombstone") == [(0,)]
        undone.execute("DELETE FROM resorption.site")
        assert rows(undone, "SELECT ver FROM sync.tombstone") == [(version + 1,)]


def test_children_follow_their_parents_where_they_go(undone: Cursor) -> None:
    site, dwelling, point, photo = new(), new(), new(), new()
    undone.execute(SITE, [site, "31", "a"])
    undone.execute(DWELLING, [dwelling, site])
    undone.execute(
        "INSERT INTO resorption.water_point (uid, type, lifecycle, working_state, geom, department, site_uid)"
        " VALUES (%s, 'inconnu', 'existing', 'unknown', 'SRID=4326;POINT(1 1)', '31', %s)",
        [point, site],
    )
    undone.execute("INSERT INTO resorption.photo (uid, water_point_uid, path) VALUES (%s, %s, 'x')", [photo, point])
    undone.execute("UPDATE resorption.site SET department = '82'")
    scopes = "SELECT _dept, _depts, _ver FROM resorption.{}"
    assert rows(undone, scopes.format("dwelling")) == [("82", ["82"], 2)]
    assert rows(undone, scopes.format("water_point")) == [("31", ["31", "82"], 2)]
    assert rows(undone, scopes.format("photo")) == [("31", ["31", "82"], 2)]
    logged = "SELECT depts_old, depts_new, old, new FROM sync.log WHERE op = 'U' AND uid = %s"
    assert rows(undone, logged, [photo]) == [(["31"], ["31", "82"], {}, {})]


def test_a_child_before_its_parent_is_refused(undone: Cursor) -> None:
    with pytest.raises(errors.ForeignKeyViolation) as caught:
        undone.execute(DWELLING, [new(), new()])
    assert caught.value.diag.constraint_name == "dwelling_site_uid_fkey"


def test_a_child_that_comes_while_its_parent_moves_is_where_the_parent_is(database: str) -> None:
    site, child = new(), new()
    with closing(psycopg2.connect(database)) as mover, closing(psycopg2.connect(database)) as other:
        with mover, mover.cursor() as cursor:
            cursor.execute(SITE, [site, "31", "a"])
        for department, first in (("82", mover), ("09", other)):
            with first.cursor() as cursor:
                move = "UPDATE resorption.site SET department = %s"
                if first is mover:
                    cursor.execute(move, [department])
                else:
                    cursor.execute(DWELLING, [child, site])
            second = other if first is mover else mover
            with second.cursor() as waiting:
                late = threading.Thread(
                    target=waiting.execute,
                    args=(DWELLING, [child, site]) if second is other else (move, [department]),
                )
                late.start()
                time.sleep(0.2)
                assert late.is_alive()
                first.commit()
                late.join(10)
                second.commit()
                assert rows(waiting, "SELECT _depts FROM resorption.dwelling") == [([department],)]
                waiting.execute("DELETE FROM resorption.dwelling")
                second.commit()
            child = new()


@pytest.mark.parametrize("statement", [
    "UPDATE sync.log SET new = '{}'",
    "UPDATE sync.log_0 SET new = '{}'",
    "DELETE FROM sync.log",
    "DELETE FROM sync.log_0",
    "TRUNCATE sync.log",
    "TRUNCATE sync.log_0",
    "UPDATE sync.tx SET who = 'somebody'",
    "DELETE FROM sync.tx",
    "TRUNCATE sync.tx CASCADE",
    "UPDATE sync.grant_log SET who = 'somebody'",
    "DELETE FROM sync.grant_log",
    "TRUNCATE sync.tombstone",
    "TRUNCATE resorption.site CASCADE",
    "TRUNCATE resorption.dwelling",
])  # fmt: skip
def test_the_history_cannot_be_changed_even_by_the_superuser_who_forgets(free: Connection, statement: str) -> None:
    with free.cursor() as cursor:
        site = new()
        cursor.execute(SITE, [site, "31", "a"])
        cursor.execute("CREATE ROLE h_somebody LOGIN")
        cursor.execute("SELECT app.grant_access('h_somebody', 'officer', '{31}')")
        cursor.execute("DROP OWNED BY h_somebody; DROP ROLE h_somebody")
        for setting in ("origin", "replica"):
            cursor.execute(f"SET session_replication_role = {setting}")
            with pytest.raises(psycopg2.Error) as caught:
                cursor.execute(statement)
            assert caught.value.pgcode == "RS030"
        assert rows(cursor, "SELECT count(*) FROM sync.log") == [(1,)]


def test_what_was_said_to_be_forgotten_may_go(free: Connection) -> None:
    with free.cursor() as cursor:
        for name in "ab":
            cursor.execute(SITE, [new(), "31", name])
        cursor.execute("UPDATE sync.head SET min_rev = 1")
        with pytest.raises(psycopg2.Error):
            cursor.execute("DELETE FROM sync.log")
        cursor.execute("DELETE FROM sync.log WHERE tx_id = (SELECT tx_id FROM sync.tx WHERE rev = 1)")
        assert rows(cursor, "SELECT new ->> 'name' FROM sync.log") == [("b",)]


def test_a_replica_s_session_is_logged_too(free: Connection) -> None:
    with free.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SITE, [new(), "31", "a"])
        assert rows(cursor, "SELECT rev, op::text FROM sync.log JOIN sync.tx USING (tx_id)") == [(1, "I")]


def write(database: str, number: int) -> None:
    """Commit most of some transactions, each in its own time."""
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        for turn in range(WRITES):
            cursor.execute(SITE, [new(), "31", f"{number}-{turn}"])
            if turn % 3 == 0:
                time.sleep(0.003 * (number % 4))
            if turn % 5 == 0:
                cursor.execute("SAVEPOINT s; UPDATE resorption.site SET huts = 1 WHERE FALSE; ROLLBACK TO s")
            if turn % 7 == 6:
                connection.rollback()
            else:
                connection.commit()


def test_revisions_follow_commits_without_a_gap(database: str) -> None:
    """A reader that asks for what is above its cursor misses nothing, though transactions overlap and some fail."""
    stop = threading.Event()
    seen: list[list[int]] = []

    def read() -> None:
        with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            last, is_over = 0, False
            while not is_over:
                is_over = stop.is_set()
                cursor.execute("SELECT rev FROM sync.tx WHERE rev > %s ORDER BY rev", [last])
                seen.append([rev for (rev,) in cursor.fetchall()])
                last = max(seen[-1], default=last)

    writers = [threading.Thread(target=write, args=(database, number)) for number in range(WRITERS)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    kept = WRITERS * sum(1 for turn in range(WRITES) if turn % 7 != 6)
    assert len(seen) > 2
    assert [rev for found in seen for rev in found] == list(range(1, kept + 1))
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        assert rows(cursor, "SELECT rev FROM sync.head") == [(kept,)]
        assert broken_links(cursor) == []


def test_the_chain_tells_what_was_altered_behind_its_back(free: Connection) -> None:
    with free.cursor() as cursor:
        for name in "abc":
            cursor.execute(SITE, [new(), "31", name])
        assert broken_links(cursor) == []
        assert rows(cursor, "SELECT h.hash = t.hash FROM sync.head h, sync.tx t WHERE t.rev = h.rev") == [(True,)]
        cursor.execute("ALTER TABLE sync.log DISABLE TRIGGER keep; UPDATE sync.log SET new = '{}' WHERE tx_id = 2")
        assert broken_links(cursor) == [(2,)]


def test_what_is_written_after_an_early_number_joins_the_same_revision(database: str) -> None:
    uid = new()
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute(SITE, [uid, "31", "a"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert rows(cursor, "SELECT rev FROM sync.tx") == [(1,)]
        cursor.execute("UPDATE resorption.site SET name = 'b'")
        cursor.execute("SELECT app.sign_tx(gen_random_uuid(), gen_random_uuid())")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("UPDATE resorption.site SET name = 'c'")
        connection.commit()
        assert rows(cursor, "SELECT rev, batch IS NOT NULL FROM sync.tx") == [(1, True)]
        assert rows(cursor, "SELECT count(*) FROM sync.log WHERE tx_id = 1") == [(3,)]
        assert broken_links(cursor) == []
        assert rows(cursor, "SELECT h.hash = t.hash FROM sync.head AS h, sync.tx AS t") == [(True,)]


def test_a_transaction_undone_in_part_is_logged_in_part(database: str) -> None:
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SAVEPOINT s")
        cursor.execute(SITE, [new(), "31", "a"])
        cursor.execute("ROLLBACK TO s")
        connection.commit()
        assert rows(cursor, "SELECT rev FROM sync.head") == [(0,)]
        cursor.execute("SAVEPOINT s")
        cursor.execute(SITE, [new(), "31", "b"])
        cursor.execute("ROLLBACK TO s")
        cursor.execute(SITE, [new(), "31", "c"])
        connection.commit()
        assert rows(cursor, "SELECT rev, new ->> 'name' FROM sync.log JOIN sync.tx USING (tx_id)") == [(1, "c")]
        assert broken_links(cursor) == []


def test_contradictions_follow_their_row(undone: Cursor) -> None:
    uid = new()
    undone.execute(SITE, [uid, "31", "a"])
    undone.execute(
        "INSERT INTO sync.conflict (batch, op_no, tbl, uid, kind, depts, tx_id)"
        " VALUES (gen_random_uuid(), 1, 'site', %s, 'same_field', '{31}', 1)",
        [uid],
    )
    undone.execute("UPDATE resorption.site SET department = '82'")
    assert rows(undone, "SELECT depts, readers FROM sync.conflict") == [(["82"], None)]


def test_tables_columns_and_what_people_may_call_are_described(undone: Cursor) -> None:
    bare = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND obj_description(p.oid, 'pg_proc') IS NULL AND EXISTS (SELECT FROM aclexplode(p.proacl) AS a"
        " WHERE a.grantee NOT IN ('resorption_owner'::regrole, 'resorption_writer'::regrole))"
        " UNION ALL SELECT c.oid::regclass::text FROM pg_class AS c"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'app', 'maps')"
        " AND c.relkind IN ('r', 'p', 'v') AND obj_description(c.oid, 'pg_class') IS NULL"
        " UNION ALL SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute AS a"
        " JOIN pg_class AS c ON c.oid = a.attrelid"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'maps') AND c.relkind IN ('r', 'p')"
        " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped"
        " AND col_description(a.attrelid, a.attnum) IS NULL",
    )
    assert bare == []


def test_no_function_is_everybody_s_and_none_trusts_the_search_path(undone: Cursor) -> None:
    public = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) AS a WHERE a.grantee = 0))",
    )
    assert public == []
    # A body in the SQL standard's form is bound when it is made: no search path can change it. What neither has rights
    # of its own nor is anybody's to call is reached from functions that have a path of theirs.
    trusting = rows(
        undone,
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'sync')"
        " AND p.prosqlbody IS NULL AND p.prokind <> 'a' AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS told"
        " WHERE told LIKE 'search_path=pg_catalog%' AND told LIKE '%pg_temp')"
        " AND (p.prosecdef OR p.prorettype = 'trigger'::regtype OR EXISTS (SELECT FROM aclexplode(p.proacl) AS a"
        " WHERE a.grantee NOT IN ('resorption_owner'::regrole, 'resorption_writer'::regrole)))",
    )
    assert trusting == []


def test_every_trigger_is_always_on(undone: Cursor) -> None:
    asleep = rows(
        undone,
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
        " WHERE NOT tgisinternal AND tgenabled <> 'A' AND relnamespace::regnamespace::text IN ('resorption', 'sync')",
    )
    assert asleep == []


def test_the_schemas_belong_to_the_owner_alone(undone: Cursor) -> None:
    others = rows(
        undone,
        "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner"
        " WHERE c.relnamespace::regnamespace::text IN ('resorption', 'sync', 'app', 'maps')"
        " AND r.rolname <> 'resorption_owner'",
    )
    assert others == []
    assert (
        rows(undone, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'resorption%' AND (rolcanlogin OR rolbypassrls)")
        == []
    )
