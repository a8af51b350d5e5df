"""A client that means harm gets no further than the functions that are made for people."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import partial

import psycopg2
import pytest

from tests.db.protocol import HERE, People, Workspace, delete, insert, new, update

FOR_PEOPLE = {"push", "pull", "hello", "rows", "digest", "uids", "conflicts", "resolve", "revision"}
OF_THE_MACHINERY = {
    "write",
    "states",
    "results",
    "done",
    "image_at",
    "changed_between",
    "sign_tx",
    "current_tx",
    "told",
}


def test_no_function_but_those_for_people_can_be_called(known: People) -> None:
    allowed = known.anne.ask(
        "SELECT array_agg(proname::text) FROM pg_proc AS p WHERE pronamespace = 'app'::regnamespace"
        " AND has_function_privilege(session_user, p.oid, 'EXECUTE')"
    )
    there = known.ada.ask("SELECT array_agg(proname::text) FROM pg_proc WHERE pronamespace = 'app'::regnamespace")
    assert set(allowed) >= FOR_PEOPLE
    assert set(there) >= OF_THE_MACHINERY
    assert not OF_THE_MACHINERY & set(allowed)


def test_definer_functions_fix_where_they_look_names_up(known: People) -> None:
    loose = known.ada.ask(
        "SELECT array_agg(p.oid::regprocedure::text) FROM pg_proc AS p WHERE pronamespace = 'app'::regnamespace"
        " AND prosecdef AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (proconfig), false)"
    )
    assert loose is None


def test_settings_of_the_session_change_nothing(known: People) -> None:
    anne = Workspace(known.place, known.anne.login, known.anne.device, known.anne.counter, known.anne.epoch)
    anne.ask("CREATE TEMPORARY TABLE site (uid uuid)")
    anne.ask("CREATE TEMPORARY VIEW person AS SELECT session_user AS login, 'admin'::text AS role")
    anne.ask("CREATE FUNCTION pg_temp.reads_all() RETURNS boolean LANGUAGE sql AS 'SELECT true'")
    for setting in (
        "search_path = pg_temp, pg_catalog",
        "timezone = 'Asia/Kathmandu'",
        "datestyle = 'German'",
        "extra_float_digits = -15",
        "bytea_output = 'escape'",
        "row_security = off",
        "app.login = 'protocol_ada'",
        "intervalstyle = 'sql_standard'",
    ):
        anne.ask(f"SET {setting}")
    values = {"created_at": "2024-03-31T01:30:00.123Z", "built_at": "2024-02-29", "position_accuracy_m": 0.1 + 0.2}
    site = new(anne, **values)
    known.chloe.catch_up()
    row = known.chloe.row("site", site)
    again = anne.row("site", site)
    assert row is not None
    assert row == again
    assert {name: row["set"][name] for name in values} == values
    (result,) = anne.push(insert("site", department="32"))
    assert result["outcome"] == "forbidden"
    anne.connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE resorption_writer",
        "SET SESSION AUTHORIZATION protocol_ada",
        "INSERT INTO sync.area VALUES ('protocol_anne', 'department', '32', '32')",
        "UPDATE resorption.site SET name = 'mine'",
        "DELETE FROM sync.batch",
        "SELECT * FROM sync.log",
        "SELECT * FROM sync.conflict",
        "SELECT app.write('{}')",
        "SELECT app.states('site', '{}')",
        "SELECT app.image_at('site', gen_random_uuid(), 0)",
        "SELECT app.changed_between(0, 1000)",
        "SELECT app.result(NULL, NULL)",
        "TRUNCATE resorption.site",
        "ALTER TABLE resorption.site DISABLE TRIGGER ALL",
        "CREATE TABLE app.mine ()",
    ],
)
def test_nothing_is_done_past_the_functions(known: People, statement: str) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        known.anne.ask(statement)


@pytest.mark.parametrize("layer", ['site"; DROP TABLE resorption.site; --', "sync.person", "SITE", "", "x" * 10_000])
def test_a_name_is_never_part_of_a_statement(known: People, layer: str) -> None:
    uid = str(uuid.uuid4())
    (result,) = known.anne.push(delete(layer, uid))
    assert (result["outcome"], result["code"], len(result["reason"]) < 64) == ("schema", "unknown_layer", True)
    (result,) = known.anne.push(update("site", new(known.anne), 1, **{layer: [None, HERE]}))
    assert (result["outcome"], result["code"]) == ("schema", "unknown_column")
    assert known.anne.ask("SELECT app.rows(%s)", json.dumps([[layer, uid]])) == []
    assert known.anne.ask("SELECT count(*) FROM app.uids(%s, 0)", layer) == 0


def test_a_login_whose_access_is_taken_away_is_refused_everything(known: People) -> None:
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT app.revoke_access('protocol_chloe')")
    try:
        questions: list[Callable[[], object]] = [
            known.chloe.hello,
            known.chloe.pull,
            lambda: known.chloe.push(insert("site")),
            lambda: known.chloe.row("site", str(uuid.uuid4())),
            *(
                partial(known.chloe.ask, f"SELECT {ask}")
                for ask in ("app.conflicts()", "app.digest()", "app.uids('site', 0)")
            ),
        ]
        for ask in questions:
            with pytest.raises(psycopg2.Error) as told:
                ask()
            assert told.value.pgcode in ("RS001", "42501")
    finally:
        with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
            cursor.execute("SELECT app.grant_access('protocol_chloe', 'officer', ARRAY['31'])")


def test_rights_that_were_taken_and_given_back_make_a_workspace_begin_anew(known: People) -> None:
    """What was written meanwhile may have been passed over by a pull that began before."""

    def administrate(statement: str) -> None:
        with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
            cursor.execute(statement)

    again = "SELECT app.grant_access('protocol_chloe', 'officer', ARRAY['31'])"
    before = known.chloe.hello()["scope"]
    administrate(again)
    assert known.chloe.hello()["scope"] == before
    administrate("SELECT app.grant_access('protocol_chloe', 'officer', ARRAY['32'])")
    administrate(again)
    assert known.chloe.hello()["action"] == "rebase"
