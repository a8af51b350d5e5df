"""Who reads and writes rows by the areas they were given: in plain SQL, and through a function of the server."""

from __future__ import annotations

import uuid
from contextlib import closing

import psycopg2
import pytest
from psycopg2 import errors
from psycopg2.extensions import make_dsn

from tests.db.conftest import run
from tests.db.rights.ground import PEOPLE, PLACES, READS, REVOKED, STRANGER, WRITES, Base, dwelling, site, told, written


@pytest.mark.parametrize("login", PEOPLE)
@pytest.mark.parametrize("table", ["site", "dwelling"])
def test_everybody_reads_their_departments(base: Base, login: str, table: str) -> None:
    with base.of(login) as cursor:
        cursor.execute(f"SELECT uid::text FROM resorption.{table}")
        assert base.names(cursor.fetchall()) == READS[login]
        cursor.execute(f"SELECT uid FROM app.wire_{table}")
        assert base.names(cursor.fetchall()) == READS[login]


@pytest.mark.parametrize("login", [STRANGER, REVOKED])
def test_who_was_given_no_access_reads_and_writes_nothing(base: Base, login: str) -> None:
    with base.of(login) as cursor:
        if login == STRANGER:
            with pytest.raises(errors.InsufficientPrivilege):
                cursor.execute("SELECT uid FROM resorption.site")
        else:  # still of the group, with no department left
            cursor.execute("SELECT uid FROM resorption.site")
            assert cursor.fetchall() == []
            assert written(cursor, "UPDATE resorption.site SET name = 'x'") == 0


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("login", PEOPLE)
def test_everybody_writes_in_their_areas_only(base: Base, login: str, place: str) -> None:
    may = place in WRITES[login]
    with base.of(login) as cursor:
        uid = base.sites[place]
        assert written(cursor, f"UPDATE resorption.site SET name = 'x' WHERE uid = '{uid}'") == int(may)
        assert written(cursor, f"UPDATE resorption.dwelling SET people = 2 WHERE site_uid = '{uid}'") == int(may)
        assert written(cursor, f"DELETE FROM resorption.dwelling WHERE site_uid = '{uid}'") == int(may)
        for statement in (site(str(uuid.uuid4()), place), dwelling(str(uuid.uuid4()), uid)):
            cursor.execute("SAVEPOINT before")
            if may or (place == "nowhere" and "resorption.site" in statement and PEOPLE[login][0] == "officer"):
                assert written(cursor, statement) == 1
            else:
                with pytest.raises(errors.InsufficientPrivilege):
                    written(cursor, statement)
                cursor.execute("ROLLBACK TO before")


@pytest.mark.parametrize("login", PEOPLE)
def test_direct_sql_writes_for_administrators_alone(base: Base, login: str) -> None:
    statements = [
        site(str(uuid.uuid4()), "toulouse"),
        f"UPDATE resorption.site SET name = 'x' WHERE uid = '{base.sites['toulouse']}'",
        f"DELETE FROM resorption.dwelling WHERE uid = '{base.dwellings['toulouse']}'",
    ]
    for statement in statements:
        with base.of(login) as cursor:
            if login == "r_admin":
                cursor.execute(statement)
                assert cursor.rowcount == 1
                cursor.execute("SELECT who FROM sync.tx ORDER BY tx_id DESC LIMIT 1")
                assert cursor.fetchone() == ("r_admin",)
            else:
                with pytest.raises(errors.InsufficientPrivilege):
                    cursor.execute(statement)


def test_nobody_moves_a_row_out_of_their_area_nor_into_it(base: Base) -> None:
    with base.of("r_commune") as cursor:
        for change in ("fk_city = '31069'", "department = '82'", "department = NULL"):
            cursor.execute("SAVEPOINT before")
            with pytest.raises(errors.InsufficientPrivilege):
                written(cursor, f"UPDATE resorption.site SET {change} WHERE uid = '{base.sites['toulouse']}'")
            cursor.execute("ROLLBACK TO before")
        moved = f"UPDATE resorption.site SET fk_city = '31555' WHERE uid = '{base.sites['blagnac']}'"
        assert written(cursor, moved) == 0
        stolen = f"UPDATE resorption.dwelling SET site_uid = '{base.sites['toulouse']}' WHERE uid = '{{}}'"
        assert written(cursor, stolen.format(base.dwellings["blagnac"])) == 0
    with base.of("r_two") as cursor:
        both = "UPDATE resorption.site SET fk_city = '82121', epci = NULL, department = '82' WHERE uid = '{}'"
        assert written(cursor, both.format(base.sites["toulouse"])) == 1
        assert base.names(told(cursor, "SELECT uid::text FROM resorption.dwelling WHERE _dept = '82'")) >= {"toulouse"}


def test_the_code_of_another_department_opens_nothing(base: Base) -> None:
    """A commune of one's area written on a row of another department, or a department where a commune stands."""
    with base.of("r_two") as cursor:
        for city, department in (("31555", "82"), ("82", "31")):
            statement = site(str(uuid.uuid4()), "muret").replace("'31395'", f"'{city}'")
            statement = statement.replace("'31')", f"'{department}')").replace("'200068641'", "NULL")
            cursor.execute("SAVEPOINT before")
            if department == "82":
                assert written(cursor, statement) == 1  # the whole department is theirs
            else:
                with pytest.raises(errors.InsufficientPrivilege):
                    written(cursor, statement)
            cursor.execute("ROLLBACK TO before")


def test_a_row_without_a_place_is_its_author_s_until_it_has_one(base: Base) -> None:
    uid, child = str(uuid.uuid4()), str(uuid.uuid4())
    try:
        with closing(psycopg2.connect(make_dsn(base.place, user="r_commune"))) as connection:
            with connection, connection.cursor() as cursor:
                assert written(cursor, site(uid, "nowhere")) == 1
                assert written(cursor, dwelling(child, uid)) == 1
                cursor.execute("SELECT count(*) FROM resorption.site WHERE uid = %s", [uid])
                assert cursor.fetchone() == (1,)
            for login in ("r_department", "r_elsewhere", "r_two"):
                with base.of(login) as cursor:
                    cursor.execute("SELECT FROM resorption.site WHERE uid = %s", [uid])
                    assert cursor.fetchall() == []
                    cursor.execute("SELECT FROM resorption.dwelling WHERE uid = %s", [child])
                    assert cursor.fetchall() == []
            with connection, connection.cursor() as cursor:
                placed = "UPDATE resorption.site SET fk_city = '31555', department = '31' WHERE uid = '{}'"
                assert written(cursor, placed.format(uid)) == 1
        with base.of("r_department") as cursor:
            cursor.execute("SELECT _readers FROM resorption.dwelling WHERE uid = %s", [child])
            assert cursor.fetchall() == [(None,)]
    finally:
        run(base.place, f"DELETE FROM resorption.dwelling WHERE uid = '{child}'")
        run(base.place, f"DELETE FROM resorption.site WHERE uid = '{uid}'")
