"""Who reads what needs more than an area: rows of two departments, justice, owners, messages, history, exports."""

from __future__ import annotations

import uuid
from contextlib import closing

import psycopg2
import pytest
from psycopg2 import errors
from psycopg2.extensions import make_dsn

from tests.db.conftest import run
from tests.db.rights.ground import PEOPLE, READS, Base, site, told, written


def test_a_row_of_two_departments_is_read_by_who_reads_both(base: Base) -> None:
    link = (
        "INSERT INTO resorption.incoming_town (uid, site_uid, incoming_site_uid)"
        f" VALUES (gen_random_uuid(), '{base.sites['toulouse']}', '{base.sites['montauban']}')"
    )
    with base.of("r_department") as cursor, pytest.raises(errors.InsufficientPrivilege):
        written(cursor, link)
    with closing(psycopg2.connect(base.place)) as connection, connection.cursor() as cursor:
        cursor.execute(link + " RETURNING _dept, _depts")
        assert cursor.fetchone() == ("31", ["31", "82"])
        for login, departments in (("r_department", ["31"]), ("r_two", ["31", "82"])):
            cursor.execute("SELECT %s::text[] @> _depts FROM resorption.incoming_town", [departments])
            assert cursor.fetchone() == (login == "r_two",)
        connection.rollback()


@pytest.mark.parametrize(("rights", "table", "seen"), [
    ([], "procedure", 0), (["owners"], "procedure", 0), (["justice"], "procedure", 3), (["justice"], "owner", 0),
    (["owners"], "owner", 1),
])  # fmt: skip
def test_justice_and_owners_need_a_right_of_their_own(
    base: Base, cluster: str, rights: list[str], table: str, seen: int
) -> None:
    owner = (
        "INSERT INTO resorption.owner (uid, site_uid, fk_owner_type, active) VALUES (gen_random_uuid(), %s, 1, true)"
    )
    with closing(psycopg2.connect(base.place)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT app.grant_access('r_department', 'officer', '{31}', %s)", [rights])
            cursor.execute("DELETE FROM resorption.owner")
            cursor.execute(owner, [base.sites["muret"]])
    try:
        with base.of("r_department") as cursor:
            cursor.execute(f"SELECT count(*) FROM resorption.{table}")
            assert cursor.fetchone() == (seen,)
            ((logged,),) = told(cursor, f"SELECT count(*)::text FROM sync.log WHERE tbl = '{table}' AND op = 'I'")
            assert int(logged) >= seen
            if not seen:
                assert told(cursor, f"SELECT uid::text FROM sync.log WHERE tbl = '{table}'") == []
                assert told(cursor, f"SELECT uid::text FROM sync.tombstone WHERE tbl = '{table}'") == []
            statement = f"UPDATE resorption.{table} SET updated_by = 'x' WHERE site_uid = '{base.sites['muret']}'"
            assert written(cursor, statement) == (1 if seen else 0)
    finally:
        run(base.place, "SELECT app.grant_access('r_department', 'officer', '{31}')")
        run(base.place, "DELETE FROM resorption.owner")


def test_a_targeted_message_is_read_by_its_author_and_the_organisations_named(base: Base) -> None:
    uid = str(uuid.uuid4())
    message = (
        "INSERT INTO resorption.journal_entry (uid, site_uid, entered_at, description, visibility, targets)"
        f" VALUES ('{uid}', '{base.sites['toulouse']}', now(), 'x', 'targeted',"
        " ' DDETS 31 ; Croix-Rouge,@r_epci,+justice')"
    )
    run(base.place, "SELECT app.grant_access('r_epci', 'officer', '{243100518@31}', '{justice}', 'Voirie')")
    run(base.place, "SELECT app.grant_access('r_department', 'officer', '{31}', '{}', 'croix-rouge ')")
    try:
        with closing(psycopg2.connect(make_dsn(base.place, user="r_commune"))) as connection, connection:
            assert written(connection.cursor(), message) == 1
        seen = {}
        for login in PEOPLE:
            with base.of(login) as cursor:
                cursor.execute("SELECT count(*) FROM resorption.journal_entry WHERE uid = %s", [uid])
                (seen[login],) = cursor.fetchone()
                cursor.execute("SELECT count(*) FROM app.wire_journal_entry WHERE uid = %s", [uid])
                assert cursor.fetchone() == (seen[login],)
                if PEOPLE[login][0] == "officer":
                    logged = told(cursor, f"SELECT uid::text FROM sync.log WHERE uid = '{uid}'")
                    assert len(logged) == seen[login]
        assert {login for login, count in seen.items() if count} == {
            "r_commune",
            "r_department",
            "r_admin",
            "r_auditor",
        }
    finally:
        run(base.place, f"DELETE FROM resorption.journal_entry WHERE uid = '{uid}'")
        run(base.place, "SELECT app.grant_access('r_epci', 'officer', '{243100518@31}')")
        run(base.place, "SELECT app.grant_access('r_department', 'officer', '{31}')")


@pytest.mark.parametrize(
    ("row", "readers"),
    [
        ('{"Commune":"Toulouse"}', None),
        ('{"Commune":"Toulouse","Type de propriétaire":""}', None),
        ('{"Type de propriétaire":"Public"}', "+owners"),
        ('{"Existence d\'une procédure judiciaire":"oui"}', "+justice"),
        ('{"Décision de justice rendue":"oui","Type de propriétaire":"Public"}', "+justice+owners"),
        ("not JSON", "+justice+owners"),
        ("[]", "+justice+owners"),
    ],
)
def test_the_row_of_the_platform_needs_the_rights_of_its_cells(base: Base, row: str, readers: str | None) -> None:
    with base.of("r_admin") as cursor:
        cursor.execute(
            "INSERT INTO resorption.platform_record (uid, site_uid, imported_at, row)"
            " VALUES (gen_random_uuid(), %s, now(), %s) RETURNING _readers",
            [base.sites["toulouse"], row],
        )
        assert cursor.fetchone() == (["@r_admin", readers] if readers else None,)
        for rights, names in (("{}", set()), ("{justice}", {"+justice"}), ("{owners,justice}", None)):
            cursor.execute("SELECT app.grant_access('r_admin', 'admin', '{}', %s)", [rights])
            cursor.execute("SELECT app.my_names()")
            (held,) = cursor.fetchone()
            assert set(held) == {"@r_admin", *({"+justice", "+owners", "+justice+owners"} if names is None else names)}


@pytest.mark.parametrize("login", PEOPLE)
def test_history_obeys_the_rule_of_the_live_rows(base: Base, login: str) -> None:
    query = "SELECT DISTINCT uid::text FROM sync.log WHERE tbl = 'site' AND op = 'I'"
    with base.of(login) as cursor:
        if PEOPLE[login][0] == "officer":
            assert base.names(told(cursor, query)) == READS[login]
            with pytest.raises(errors.InsufficientPrivilege):
                cursor.execute(query)
        else:
            cursor.execute(query)
            assert set(base.sites) <= base.names(cursor.fetchall())


def test_exports_are_read_in_the_department_of_who_exported(base: Base) -> None:
    uid = str(uuid.uuid4())
    log = (
        "INSERT INTO resorption.export_log (uid, exported_at, exported_by, output, file_name, audience)"
        f" VALUES ('{uid}', now(), 'x', 'map', 'x.pdf', 'public')"
    )
    with closing(psycopg2.connect(make_dsn(base.place, user="r_commune"))) as connection:
        with connection.cursor() as cursor:
            assert written(cursor, log) == 1
            cursor.execute("SELECT _dept, _depts, _readers FROM resorption.export_log")
            assert cursor.fetchall() == [(None, ["31"], None)]
        connection.rollback()


def test_an_exception_is_where_its_record_is(base: Base) -> None:
    def finding(uid: str, target: str) -> str:
        return (
            "INSERT INTO resorption.finding (uid, check_id, target_layer, target_uid, related_uids, severity, verdict,"
            " state, message, details, accepted_reason) SELECT"
            f" '{uid}', 'DON-001', 'site', '{target}', '[]', severity, verdict, 'accepted', '{{}}', '{{}}', 'x'"
            " FROM told"
        )

    listed = {
        name: f"(SELECT substring(pg_get_constraintdef(oid) FROM '''([a-z_]+)''') FROM pg_constraint"
        f" WHERE conname = '{name}_list' AND conrelid = 'resorption.finding'::regclass)"
        for name in ("severity", "verdict")
    }
    with_lists = f"WITH told AS (SELECT {listed['severity']} AS severity, {listed['verdict']} AS verdict) "
    uid, early, late = (str(uuid.uuid4()) for _ in range(3))
    with closing(psycopg2.connect(base.place)) as connection, connection.cursor() as cursor:
        cursor.execute(with_lists + finding(uid, base.sites["toulouse"]))
        cursor.execute(with_lists + finding(early, late).replace("DON-001", "DON-002"))
        cursor.execute("SELECT _depts, _readers FROM resorption.finding WHERE uid = %s", [uid])
        assert cursor.fetchone() == (["31"], None)
        cursor.execute("SELECT _depts, _readers FROM resorption.finding WHERE uid = %s", [early])
        assert cursor.fetchone() == ([], ["@postgres"])
        # the record comes after what is said of it; the other one moves
        cursor.execute(site(late, "montauban"))
        cursor.execute("UPDATE resorption.site SET department = '82' WHERE uid = %s", [base.sites["toulouse"]])
        cursor.execute("SELECT DISTINCT _depts, _readers FROM resorption.finding")
        assert cursor.fetchall() == [(["82"], None)]
        cursor.execute("SELECT depts_old, depts_new, old, new FROM sync.log WHERE uid = %s AND op = 'U'", [uid])
        assert cursor.fetchall() == [(["31"], ["82"], {}, {})]
        cursor.execute("SELECT uid FROM resorption.procedure WHERE site_uid = %s", [base.sites["muret"]])
        (procedure,) = cursor.fetchone()
        cursor.execute(
            "UPDATE resorption.finding SET target_layer = 'procedure', target_uid = %s WHERE uid = %s"
            " RETURNING _depts, _readers",
            [procedure, uid],
        )
        assert cursor.fetchone() == (["31"], ["+justice"])
        connection.rollback()
