"""What a login may not read never reaches it, by no answer; what it may not write stays as it is, and it is told so."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg2
import pytest

from tests.db.protocol import HERE, Op, People, Workspace, delete, insert, new, resolve, update

HIDDEN = "a word of the department 32"


@pytest.fixture
def hidden(known: People) -> str:
    """Return a site of Bruno's department."""
    return new(known.bruno, department="32", name=HIDDEN, rb_id=int(uuid.uuid4().hex[:8], 16))


def told(known: People, *operations: Op) -> list[tuple[str, str]]:
    """Send as Anne; return outcome and code of each, having seen that no word of what is hidden came with it."""
    results = known.anne.push(*operations)
    assert HIDDEN not in json.dumps(results)
    assert not any("conflicts" in result for result in results)
    return [(result["outcome"], result.get("code", "")) for result in results]


def test_a_row_of_another_department_is_neither_edited_nor_deleted_nor_made_again(known: People, hidden: str) -> None:
    before = known.bruno.row("site", hidden)
    outside = ("forbidden", "outside_area")
    assert told(
        known,
        update("site", hidden, 1, name=[HIDDEN, "mine"]),
        delete("site", hidden, 1),
        delete("site", hidden, 7),
        insert("site", hidden, name="mine"),
        insert("dwelling", site_uid=hidden),
    ) == [outside, outside, outside, outside, outside]
    assert known.bruno.row("site", hidden) == before


def test_a_row_deleted_in_another_department_is_no_more_told_of_than_before(known: People, hidden: str) -> None:
    known.bruno.push(delete("site", hidden, 1))
    outside = ("forbidden", "outside_area")
    edit = update("site", hidden, 1, name=[HIDDEN, "mine"])
    made = insert("dwelling", site_uid=hidden)
    assert told(known, edit, insert("site", hidden), made) == [outside, outside, outside]


def test_a_unique_value_of_a_hidden_row_is_told_by_the_name_of_the_constraint_only(known: People, hidden: str) -> None:
    number = known.bruno.value("site", hidden, "rb_id")
    assert told(known, insert("site", rb_id=number)) == [("invalid", "23505")]
    assert hidden not in json.dumps(known.anne.push(insert("site", rb_id=number)))


def test_nothing_is_made_or_moved_to_another_department(known: People) -> None:
    site = new(known.anne)
    outside = ("forbidden", "outside_area")
    moved_away = update("site", site, 1, department=["31", "32"])
    made = insert("site", name="Le Canal")
    assert told(known, insert("site", department="32"), moved_away, made) == [outside, outside, ("applied", "")]
    assert known.anne.value("site", site, "department") == "31"


def test_a_row_without_a_place_is_its_author_s(known: People) -> None:
    site = new(known.anne, department=None, name=HIDDEN)
    assert known.chloe.row("site", site) is None
    assert known.chloe.push(update("site", site, 1, name=[HIDDEN, "mine"]))[0]["code"] == "outside_area"
    assert known.anne.outcomes(update("site", site, 1, department=[None, "31"])) == ["applied"]
    assert known.chloe.pull()["rows"][-1]["kind"] == "S"


def test_writing_is_the_exact_area_and_reading_the_department(known: People) -> None:
    site = new(known.anne, fk_city="31555")
    dora = Workspace(known.place, "protocol_dora")
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS protocol_dora")
        cursor.execute("CREATE ROLE protocol_dora LOGIN")
        cursor.execute("SELECT app.grant_access('protocol_dora', 'officer', ARRAY['31069'])")
    dora.hello()
    assert dora.row("site", site)
    (result,) = dora.push(update("site", site, 1, name=[None, "mine"]))
    assert (result["outcome"], result["code"]) == ("forbidden", "outside_area")
    assert dora.outcomes(update("site", site, 1, name=[None, None])) == ["noop"]
    assert dora.outcomes(insert("site", fk_city="31555"), insert("site", fk_city="31069")) == ["forbidden", "applied"]
    dora.connection.close()
    with psycopg2.connect(known.place) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT app.revoke_access('protocol_dora')")
        cursor.execute("DROP ROLE protocol_dora")


@pytest.mark.parametrize("layer", ["procedure", "owner"])
def test_a_right_that_is_missing_is_told_before_anything_else(known: People, layer: str) -> None:
    site = new(known.anne)
    results = known.anne.push(
        insert(layer, site_uid=site), update(layer, str(uuid.uuid4())), delete(layer, str(uuid.uuid4()))
    )
    assert {(result["outcome"], result["code"]) for result in results} == {("forbidden", "missing_right")}


def test_an_auditor_writes_nothing(known: People) -> None:
    site = new(known.anne)
    results = known.alix.push(insert("site"), update("site", site, 1, name=[None, "mine"]), delete("site", site))
    assert {(result["outcome"], result["code"]) for result in results} == {("forbidden", "read_only")}


def test_a_targeted_entry_is_read_by_those_it_names(known: People) -> None:
    site = new(known.anne)
    known.chloe.catch_up()
    entry = new(known.anne, "journal_entry", site_uid=site, visibility="targeted", description=HIDDEN)
    assert known.chloe.pull()["rows"] == []
    (result,) = known.chloe.push(update("journal_entry", entry, 1, description=[HIDDEN, "mine"]))
    assert (result["outcome"], result["code"]) == ("forbidden", "outside_area")
    known.anne.push(update("journal_entry", entry, 1, visibility=["targeted", "all"]))
    (row,) = known.chloe.pull()["rows"]
    assert (row["kind"], row["set"]["description"]) == ("S", HIDDEN)
    known.anne.push(
        update("journal_entry", entry, 2, visibility=["all", "targeted"], description=[HIDDEN, HIDDEN + "!"])
    )
    page = known.chloe.pull()
    assert [(row["uid"], row["kind"]) for row in page["rows"]] == [(entry, "X")]
    assert HIDDEN not in json.dumps(page)


# Rows that come and go


def moved(known: People, site: str, where: str, **more: Any) -> None:
    """Let the administrator move a site to another department."""
    was = known.ada.value("site", site, "department")
    assert known.ada.outcomes(update("site", site, department=[was, where], **more)) == ["applied"]


def test_a_row_that_leaves_is_told_without_a_value_and_comes_whole_where_it_arrives(known: People) -> None:
    site = new(known.anne, name="before")
    dwelling = new(known.anne, "dwelling", site_uid=site)
    for workspace in known.each():
        workspace.catch_up()
    moved(known, site, "32", name=["before", HIDDEN])
    left = known.anne.pull()
    assert {(row["uid"], row["kind"]) for row in left["rows"]} == {(site, "X"), (dwelling, "X")}
    assert not any({"set", "ver", "hash"} & set(row) for row in left["rows"])
    assert HIDDEN not in json.dumps(left)
    came = {row["uid"]: row for row in known.bruno.pull()["rows"]}
    assert {uid: row["kind"] for uid, row in came.items()} == {site: "S", dwelling: "S"}
    assert (came[site]["set"]["name"], came[dwelling]["set"]["site_uid"]) == (HIDDEN, site)
    assert known.anne.row("site", site) is None


def test_a_row_that_leaves_and_is_deleted_there_has_only_left(known: People) -> None:
    site = new(known.anne)
    for workspace in known.each():
        workspace.catch_up()
    moved(known, site, "32", name=[None, HIDDEN])
    known.bruno.push(delete("site", site, 2))
    page = known.anne.pull()
    assert [row["kind"] for row in page["rows"]] == ["X"]
    assert HIDDEN not in json.dumps(page)


def test_a_row_that_leaves_and_comes_back_comes_whole(known: People) -> None:
    site = new(known.anne)
    for workspace in known.each():
        workspace.catch_up()
    moved(known, site, "32")
    moved(known, site, "31", name=[None, "back"])
    (row,) = known.anne.pull()["rows"]
    assert (row["kind"], row["set"]["name"], row["ver"]) == ("S", "back", 3)


def test_a_row_that_never_was_here_is_never_told_of(known: People) -> None:
    site = new(known.bruno, department="32")
    known.bruno.push(update("site", site, 1, name=[None, HIDDEN]))
    known.bruno.push(delete("site", site, 2))
    assert known.anne.pull()["rows"] == []


def test_a_conflict_follows_its_row(known: People) -> None:
    site = new(known.anne)
    known.chloe.push(update("site", site, 1, name=[None, "theirs"]))
    (result,) = known.anne.push(update("site", site, 1, name=[None, "mine"]))
    for workspace in known.each():
        workspace.catch_up()
    moved(known, site, "32")
    (conflict,) = known.bruno.pull()["conflicts"]
    assert conflict["uid"] == result["conflicts"][0]["uid"]
    assert site not in json.dumps(known.anne.ask("SELECT app.conflicts()"))
    (refused,) = known.anne.push(resolve(conflict, "mine", name=["theirs", "mine"]))
    assert (refused["outcome"], refused["code"]) == ("forbidden", "unknown_conflict")


# A client that means harm


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
    assert set(allowed) >= FOR_PEOPLE
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
