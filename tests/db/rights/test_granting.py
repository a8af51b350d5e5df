"""Access is given by administrators alone, and nobody takes more than they were given."""

from __future__ import annotations

import psycopg2
import pytest
from psycopg2 import errors

from resorption_plugin.core.sync.travelling import travels
from tests.db.rights.ground import Base


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
