"""What a login may not read never reaches it, by no answer; what it may not write stays as it is, and it is told so."""

from __future__ import annotations

import json
import uuid
from typing import Any

import psycopg2
import pytest

from tests.db.protocol import Op, People, Workspace, delete, insert, new, resolve, update

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


def test_who_lost_sight_of_a_row_can_let_it_go(known: People) -> None:
    """Deleted, then made again elsewhere: the contradiction of who had edited it ends all the same."""
    site = new(known.anne, name="before")
    for workspace in known.each():
        workspace.catch_up()
    known.ada.push(delete("site", site))
    (edited,) = known.anne.push(update("site", site, 1, name=["before", "mine"]))
    (revival,) = known.ada.push(insert("site", site, department="32", name=HIDDEN))
    (mine,) = edited["conflicts"]
    (hers,) = revival["conflicts"]
    values = {name: [edit[0]] for name, edit in insert("site", site, department="32", name=HIDDEN)["set"].items()}
    assert known.ada.outcomes(resolve(hers, "mine", **values)) == ["applied"]
    assert told(known, resolve(mine, "mine", name=["before", "mine"])) == [("forbidden", "outside_area")]
    (let_go,) = known.anne.push(resolve(mine, "theirs"))
    assert (let_go["outcome"], let_go["conflicts"][0]["is_open"]) == ("applied", False)
    assert HIDDEN not in json.dumps(let_go)
    assert known.bruno.value("site", site, "name") == HIDDEN
