"""Who reads and writes which rows: by direct SQL, and through a function that writes in the rights of who asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import psycopg2
import pytest
from psycopg2 import errors
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - psycopg2 names its class in lower case
from psycopg2.extensions import make_dsn

from resorption_plugin.core.sync.travelling import travels
from tests.db.conftest import copied, run

PLACES = {
    "toulouse": ("31555", "243100518", "31"),
    "blagnac": ("31069", "243100518", "31"),
    "muret": ("31395", "200068641", "31"),
    "montauban": ("82121", "248200099", "82"),
    "nowhere": (None, None, None),
}
PEOPLE = {
    "r_department": ("officer", ["31"]),
    "r_epci": ("officer", ["243100518@31"]),
    "r_commune": ("officer", ["31555"]),
    "r_two": ("officer", ["31555", "82"]),
    "r_elsewhere": ("officer", ["82"]),
    "r_admin": ("admin", []),
    "r_auditor": ("auditor", []),
}
STRANGER, REVOKED = "r_stranger", "r_revoked"
IN_31 = {"toulouse", "blagnac", "muret"}
READS = {
    "r_department": IN_31,
    "r_epci": IN_31,
    "r_commune": IN_31,
    "r_two": IN_31 | {"montauban"},
    "r_elsewhere": {"montauban"},
    "r_admin": set(PLACES),
    "r_auditor": set(PLACES),
}
WRITES = {
    "r_department": IN_31,
    "r_epci": {"toulouse", "blagnac"},
    "r_commune": {"toulouse"},
    "r_two": {"toulouse", "montauban"},
    "r_elsewhere": {"montauban"},
    "r_admin": set(PLACES),
    "r_auditor": set(),
}
WRITING = """CREATE FUNCTION public.written(statement text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n bigint; BEGIN EXECUTE statement; GET DIAGNOSTICS n = ROW_COUNT; RETURN n; END $$;
CREATE FUNCTION public.told(statement text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN RETURN QUERY EXECUTE statement; END $$;
ALTER FUNCTION public.written(text) OWNER TO resorption_writer;
ALTER FUNCTION public.told(text) OWNER TO resorption_writer"""


@dataclass(frozen=True)
class Base:
    """A shared database with one site, one dwelling and one procedure per place."""

    place: str
    sites: dict[str, str] = field(default_factory=lambda: {name: str(uuid.uuid4()) for name in PLACES})
    dwellings: dict[str, str] = field(default_factory=lambda: {name: str(uuid.uuid4()) for name in PLACES})

    @contextmanager
    def of(self, login: str) -> Iterator[Cursor]:
        """Give a cursor of a login; what it does is undone."""
        with closing(psycopg2.connect(make_dsn(self.place, user=login))) as connection:
            with connection.cursor() as cursor:
                yield cursor
            connection.rollback()

    def names(self, uids: list[tuple[str]]) -> set[str]:
        by_uid = {uid: name for names in (self.sites, self.dwellings) for name, uid in names.items()}
        return {by_uid[uid] for (uid,) in uids if uid in by_uid}


def site(uid: str, place: str) -> str:
    told = ", ".join("NULL" if part is None else f"'{part}'" for part in PLACES[place])
    return (
        "INSERT INTO resorption.site (uid, status, living_conditions_version, geom, fk_city, epci, department)"
        f" VALUES ('{uid}', 'open', 2, 'SRID=4326;POINT(1.4 43.6)', {told})"
    )


def dwelling(uid: str, site_uid: str) -> str:
    return (
        f"INSERT INTO resorption.dwelling (uid, site_uid, geom)"
        f" VALUES ('{uid}', '{site_uid}', 'SRID=4326;POINT(1.4 43.6)')"
    )


def written(cursor: Cursor, statement: str) -> int:
    """Write as the server's own functions do; return how many rows were written."""
    cursor.execute("SELECT public.written(%s)", [statement])
    return cursor.fetchone()[0]


def told(cursor: Cursor, statement: str) -> list[tuple[str]]:
    """Read as the server's own functions do."""
    cursor.execute("SELECT public.told(%s)", [statement])
    return cursor.fetchall()


def make_logins(cluster: str) -> None:
    for login in (*PEOPLE, STRANGER, REVOKED):
        run(cluster, f"DROP ROLE IF EXISTS {login}")
        run(cluster, f"CREATE ROLE {login} LOGIN")


@pytest.fixture(scope="module")
def base(cluster: str, server_template: str) -> Iterator[Base]:
    make_logins(cluster)
    for place in copied(cluster, server_template):
        made = Base(place)
        with closing(psycopg2.connect(place)) as connection, connection, connection.cursor() as cursor:
            for login, (role, areas) in PEOPLE.items():
                cursor.execute("SELECT app.grant_access(%s, %s, %s)", [login, role, areas])
            cursor.execute(
                "SELECT app.grant_access(%s, 'officer', '{31}'); SELECT app.revoke_access(%s)", [REVOKED] * 2
            )
            for name in PLACES:
                cursor.execute(site(made.sites[name], name))
                cursor.execute(dwelling(made.dwellings[name], made.sites[name]))
                cursor.execute(
                    "INSERT INTO resorption.procedure (uid, site_uid) VALUES (gen_random_uuid(), %s)",
                    [made.sites[name]],
                )
            cursor.execute(WRITING)
        yield made
    for login in (*PEOPLE, STRANGER, REVOKED):
        run(cluster, f"DROP ROLE {login}")


@pytest.mark.parametrize("login", PEOPLE)
@pytest.mark.parametrize("table", ["site", "dwelling"])
def test_everybody_reads_their_departments(base: Base, login: str, table: str) -> None:
    with base.of(login) as cursor:
        cursor.execute(f"SELECT uid::text FROM resorption.{table}")
        assert base.names(cursor.fetchall()) == READS[login]
        cursor.execute(f"SELECT uid FROM app.wire_{table}")
        assert base.names(cursor.fetchall()) == READS[login]


@pytest.mark.parametrize("login", [STRANGER, REVOKED])
def test_who_was_given_no_access_reads_nothing(base: Base, login: str) -> None:
    with base.of(login) as cursor:
        try:
            cursor.execute("SELECT uid FROM resorption.site")
            assert cursor.fetchall() == []
        except errors.InsufficientPrivilege:
            assert login == STRANGER


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
            assert told(cursor, f"SELECT count(*)::text FROM sync.log WHERE tbl = '{table}' AND op = 'I'") >= [
                (str(seen),)
            ]
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


@pytest.mark.parametrize("statement", [
    "SET ROLE resorption_writer",
    "SET ROLE resorption_owner",
    "SET ROLE resorption_admin",
    "SET SESSION AUTHORIZATION r_admin",
    "UPDATE sync.person SET role = 'admin'",
    "INSERT INTO sync.area VALUES ('r_elsewhere', 'department', '31', '31')",
    "SELECT * FROM sync.head",
    "SELECT * FROM sync.person",
    "SELECT app.grant_access('r_elsewhere', 'admin', '{}')",
    "SELECT app.current_tx()",
    "SELECT app.may_grant()",
    "CREATE TABLE app.mine (n integer)",
    "CREATE TABLE resorption.mine (n integer)",
    "ALTER TABLE resorption.site DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE resorption.site DISABLE TRIGGER ALL",
    "TRUNCATE resorption.site",
    "COPY resorption.site TO PROGRAM 'cat'",
])  # fmt: skip
def test_an_officer_cannot_take_more(base: Base, statement: str) -> None:
    with base.of("r_elsewhere") as cursor, pytest.raises(errors.InsufficientPrivilege):
        cursor.execute(statement)


def test_settings_and_shadows_of_a_session_change_nothing(base: Base) -> None:
    with base.of("r_elsewhere") as cursor:
        cursor.execute("CREATE TEMPORARY TABLE person AS SELECT 'r_elsewhere'::name AS login, 'admin' AS role")
        cursor.execute("CREATE FUNCTION pg_temp.is_admin() RETURNS boolean LANGUAGE sql AS 'SELECT TRUE'")
        cursor.execute("SET search_path = pg_temp, app, sync, resorption, pg_catalog")
        for name in ("app.user", "resorption.login", "request.jwt.claim.sub"):
            cursor.execute("SELECT set_config(%s, 'r_admin', FALSE)", [name])
        cursor.execute("SELECT uid::text FROM resorption.site")
        assert base.names(cursor.fetchall()) == {"montauban"}
        cursor.execute("SET row_security = off")
        with pytest.raises(errors.InsufficientPrivilege):
            cursor.execute("SELECT uid FROM resorption.site")


def test_access_is_granted_by_administrators_and_kept_in_a_log(base: Base) -> None:
    with base.of("r_admin") as cursor:
        cursor.execute(
            "SELECT app.grant_access('r_stranger', 'officer', '{31555,243100518@31,2A,971}', '{owners}', ' X ')"
        )
        cursor.execute("SELECT kind, code, department FROM sync.area WHERE login = 'r_stranger' ORDER BY code")
        assert cursor.fetchall() == [
            ("epci", "243100518", "31"),
            ("department", "2A", "2A"),
            ("commune", "31555", "31"),
            ("department", "971", "971"),
        ]
        cursor.execute("SELECT app.revoke_access('r_stranger')")
        cursor.execute("SELECT who, login, before, after FROM sync.grant_log WHERE login = 'r_stranger' ORDER BY id")
        told = {
            "role": "officer",
            "organisation": "X",
            "rights": ["owners"],
            "areas": ["243100518@31", "2A", "31555", "971"],
        }
        assert cursor.fetchall() == [("r_admin", "r_stranger", None, told), ("r_admin", "r_stranger", told, None)]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("app.grant_access('no_such_login', 'officer', '{31}')", "RS033"),
        ("app.grant_access('r_stranger', 'boss', '{31}')", "RS034"),
        ("app.grant_access('r_stranger', NULL, '{31}')", "RS034"),
        ("app.grant_access('r_stranger', 'officer', '{Toulouse}')", "RS034"),
        ("app.grant_access('r_stranger', 'officer', '{31}', '{everything}')", "RS034"),
        ("app.revoke_access('r_stranger')", "RS033"),
    ],
)
def test_what_cannot_be_granted_is_refused(base: Base, call: str, code: str) -> None:
    with base.of("r_admin") as cursor, pytest.raises(psycopg2.Error) as caught:
        cursor.execute(f"SELECT {call}")
    assert caught.value.pgcode == code


def test_a_login_changes_groups_with_its_role(base: Base) -> None:
    groups = "SELECT array_agg(g.rolname::text) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
    groups += " WHERE m.member = 'r_stranger'::regrole"
    with base.of("postgres") as cursor:
        for role in ("officer", "admin", "auditor", "officer"):
            cursor.execute("SELECT app.grant_access('r_stranger', %s, '{}')", [role])
            cursor.execute(groups)
            assert cursor.fetchone() == ([f"resorption_{role}"],)


def test_every_layer_is_guarded(base: Base) -> None:
    with base.of("postgres") as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)"
            " FROM pg_class AS c WHERE relnamespace = 'resorption'::regnamespace AND relkind = 'r'"
        )
        assert {name: (forced, policies) for name, forced, policies in cursor.fetchall()} == {
            travel.key: (True, 5) for travel in travels()
        }
