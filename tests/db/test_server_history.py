"""Every write is logged once, whoever writes and however; the history cannot be changed."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import psycopg2
import pytest
from psycopg2 import errors
from psycopg2.extensions import connection as Connection  # noqa: N812 - psycopg2 names its classes in lower case
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.db.direct_sql import DWELLING, SITE, new, rows


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
def test_the_history_cannot_be_changed_even_by_the_superuser_who_forgets(installed: Connection, statement: str) -> None:
    with installed.cursor() as cursor:
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


def test_what_was_said_to_be_forgotten_may_go(installed: Connection) -> None:
    with installed.cursor() as cursor:
        for name in "ab":
            cursor.execute(SITE, [new(), "31", name])
        cursor.execute("UPDATE sync.head SET min_rev = 1")
        with pytest.raises(psycopg2.Error):
            cursor.execute("DELETE FROM sync.log")
        cursor.execute("DELETE FROM sync.log WHERE tx_id = (SELECT tx_id FROM sync.tx WHERE rev = 1)")
        assert rows(cursor, "SELECT new ->> 'name' FROM sync.log") == [("b",)]


def test_a_replica_s_session_is_logged_too(installed: Connection) -> None:
    with installed.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SITE, [new(), "31", "a"])
        assert rows(cursor, "SELECT rev, op::text FROM sync.log JOIN sync.tx USING (tx_id)") == [(1, "I")]


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
