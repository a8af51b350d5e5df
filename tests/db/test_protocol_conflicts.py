"""A contradiction is told to those whose values it is, decided by one of them, and opened again by a third edit."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from tests.db.protocol import ELSEWHERE, HERE, Op, People, Workspace, delete, insert, new, resolve, update


def contradiction(known: People, column: str = "name", *values: Any) -> dict[str, Any]:
    """Let Chloé, then Anne, edit the same column of a site; return the conflict that Anne is told."""
    before, theirs, mine = values or (None, "theirs", "mine")
    site = new(known.anne, **{column: before})
    known.chloe.push(update("site", site, 1, **{column: [before, theirs]}))
    (result,) = known.anne.push(update("site", site, 1, **{column: [before, mine]}))
    (conflict,) = result["conflicts"]
    return dict(conflict)


def decided(who: Workspace, *operations: Op) -> list[tuple[str, dict[str, Any]]]:
    """Send decisions; return of each what became of it and the conflict as it is now."""
    return [(result["outcome"], result.get("conflicts", [{}])[0]) for result in who.push(*operations)]


def test_a_conflict_reaches_both_officers_and_the_administrator_and_nobody_else(known: People) -> None:
    conflict = contradiction(known)
    for reader in (known.anne, known.chloe, known.ada, known.alix):
        assert reader.pull()["conflicts"] == [conflict]
        assert conflict in reader.ask("SELECT app.conflicts()")
    assert known.bruno.pull()["conflicts"] == []
    assert known.bruno.ask("SELECT app.conflicts()") == []


def test_a_decision_reaches_everybody_and_is_not_among_those_that_wait(known: People) -> None:
    conflict = contradiction(known)
    known.anne.catch_up()
    ((outcome, closed),) = decided(known.chloe, resolve(conflict, "theirs") | {"comment": "Vu"})
    assert (outcome, closed["is_open"], closed["choice"], closed["resolved_by"]) == (
        "applied",
        False,
        "theirs",
        known.chloe.login,
    )
    assert known.anne.pull()["conflicts"] == [closed]
    assert conflict["uid"] not in json.dumps(known.anne.ask("SELECT app.conflicts()"))
    assert known.anne.value("site", conflict["row"], "name") == "theirs"


@pytest.mark.parametrize(
    ("column", "before", "theirs", "mine", "edit"),
    [
        ("name", None, "theirs", "mine", "edit"),
        ("name", "before", None, "mine", "edit"),
        ("tents", 1, 2, 3, None),
        ("geom", HERE, ELSEWHERE, HERE.replace("0ad7", "0bd7"), HERE.replace("0ad7", "0cd7")),
        ("social_origins", None, ["french"], ["french", "other"], ["other"]),
        ("is_reinstallation", None, True, False, None),
    ],
)
@pytest.mark.parametrize("choice", ["mine", "edit"])
def test_mine_or_another_value_replaces_theirs(  # noqa: PLR0917
    known: People, choice: str, column: str, before: Any, theirs: Any, mine: Any, edit: Any
) -> None:
    conflict = contradiction(known, column, before, theirs, mine)
    chosen = {"mine": mine, "edit": edit}[choice]
    sent = resolve(conflict, choice, **{column: [theirs, chosen]})
    ((outcome, closed),) = decided(known.anne, sent)
    assert (outcome, closed["is_open"], closed["choice"]) == ("applied", False, choice)
    assert known.chloe.value("site", conflict["row"], column) == chosen
    assert decided(known.anne, sent)[0][0] == "noop"


def test_a_third_edit_opens_the_conflict_again_and_loses_nothing(known: People) -> None:
    conflict = contradiction(known)
    known.chloe.push(update("site", conflict["row"], 2, name=["theirs", "third"]))
    ((outcome, again),) = decided(known.anne, resolve(conflict, "edit", name=["theirs", "edit"]))
    assert (outcome, again["uid"], again["is_open"]) == ("conflict", conflict["uid"], True)
    assert (again["theirs"]["name"], again["mine"]["name"], again["version"]) == ("third", "edit", 3)
    assert known.anne.value("site", conflict["row"], "name") == "third"
    ((outcome, closed),) = decided(known.anne, resolve(again, "mine", name=["third", "edit"]))
    assert (outcome, closed["is_open"]) == ("applied", False)
    assert known.anne.value("site", conflict["row"], "name") == "edit"


def test_the_second_of_two_decisions_is_asked_again(known: People) -> None:
    conflict = contradiction(known)
    known.chloe.push(resolve(conflict, "theirs"))
    ((outcome, again),) = decided(known.anne, resolve(conflict, "mine", name=["theirs", "mine"]))
    assert (outcome, again["is_open"], again["resolved_by"]) == ("conflict", True, None)
    assert decided(known.chloe, resolve(again, "theirs"))[0][0] == "applied"
    assert decided(known.anne, resolve(again, "theirs"))[0][0] == "noop"


def test_a_decision_on_a_row_deleted_meanwhile_is_asked_again(known: People) -> None:
    conflict = contradiction(known)
    known.chloe.push(delete("site", conflict["row"], 2))
    ((outcome, again),) = decided(known.anne, resolve(conflict, "mine", name=["theirs", "mine"]))
    assert (outcome, again["uid"], again["kind"], again["group"]) == (
        "conflict",
        conflict["uid"],
        "edit_vs_delete",
        "",
    )
    assert (again["theirs"], again["version"], again["base"]["name"], again["mine"]) == (
        {},
        None,
        "theirs",
        {"name": "mine"},
    )
    whole = {name: [value] for name, value in (again["base"] | again["mine"]).items()}
    assert decided(known.anne, resolve(again, "mine", **whole))[0][0] == "applied"
    assert known.anne.value("site", conflict["row"], "name") == "mine"


def test_two_conflicts_of_a_row_deleted_meanwhile_are_both_asked_again(known: People) -> None:
    site = new(known.anne)
    known.chloe.push(update("site", site, 1, name=[None, "theirs"], tents=[None, 1]))
    (result,) = known.anne.push(update("site", site, 1, name=[None, "mine"], tents=[None, 2]))
    known.chloe.push(delete("site", site, 2))
    decisions = [
        resolve(one, "mine", **{one["group"]: [one["theirs"][one["group"]], one["mine"][one["group"]]]})
        for one in result["conflicts"]
    ]
    again = decided(known.anne, *decisions)
    assert [outcome for outcome, _ in again] == ["conflict", "conflict"]
    assert {conflict["uid"] for _, conflict in again} == {conflict["uid"] for conflict in result["conflicts"]}


# Deleted here, edited there


@pytest.fixture
def deletion(known: People) -> dict[str, Any]:
    """Return the conflict of a site that Anne deleted and Chloé edited."""
    site = new(known.anne)
    known.chloe.push(update("site", site, 1, name=[None, "theirs"]))
    (result,) = known.anne.push(delete("site", site, 1))
    return dict(result["conflicts"][0])


def test_a_deletion_is_done_once_decided(known: People, deletion: dict[str, Any]) -> None:
    ((outcome, closed),) = decided(known.anne, resolve(deletion, "mine"))
    assert (outcome, closed["is_open"]) == ("applied", False)
    assert known.chloe.row("site", deletion["row"]) is None


def test_a_deletion_given_up_leaves_the_row(known: People, deletion: dict[str, Any]) -> None:
    assert decided(known.anne, resolve(deletion, "theirs"))[0][0] == "applied"
    assert known.chloe.value("site", deletion["row"], "name") == "theirs"


def test_between_a_deletion_and_the_row_there_is_no_third_choice(known: People, deletion: dict[str, Any]) -> None:
    (result,) = known.anne.push(resolve(deletion, "edit", name=["theirs", "edit"]))
    assert (result["outcome"], result["code"]) == ("invalid", "wrong_value")
    assert known.anne.value("site", deletion["row"], "name") == "theirs"
    assert deletion in known.anne.ask("SELECT app.conflicts()")


def test_a_deletion_decided_of_a_row_that_went_on_is_asked_again(known: People, deletion: dict[str, Any]) -> None:
    known.chloe.push(update("site", deletion["row"], 2, name=["theirs", "third"]))
    ((outcome, again),) = decided(known.anne, resolve(deletion, "mine"))
    assert (outcome, again["uid"], again["version"], again["theirs"]["name"]) == (
        "conflict",
        deletion["uid"],
        3,
        "third",
    )
    assert known.anne.row("site", deletion["row"])


def test_a_deletion_decided_of_a_row_that_is_gone_is_settled(known: People, deletion: dict[str, Any]) -> None:
    known.chloe.push(delete("site", deletion["row"], 2))
    ((outcome, closed),) = decided(known.anne, resolve(deletion, "mine"))
    assert (outcome, closed["is_open"]) == ("noop", False)


def test_deciding_on_the_parent_decides_on_the_children_that_stayed_for_its_sake(known: People) -> None:
    site = new(known.anne)
    dwellings = [new(known.anne, "dwelling", site_uid=site) for _ in range(2)]
    known.chloe.push(update("site", site, 1, name=[None, "theirs"]))
    results = known.anne.push(delete("site", site), *(delete("dwelling", dwelling) for dwelling in dwellings))
    assert [result["outcome"] for result in results] == ["conflict"] * 3
    ((outcome, closed),) = decided(known.anne, resolve(results[0]["conflicts"][0], "mine"))
    assert (outcome, closed["is_open"]) == ("applied", False)
    assert not any(known.anne.row("dwelling", dwelling) for dwelling in dwellings)
    told = known.chloe.pull()["conflicts"]
    assert len(told) == 3
    assert not any(conflict["is_open"] for conflict in told)


def test_keeping_the_parent_keeps_its_children(known: People) -> None:
    site = new(known.anne)
    dwelling = new(known.anne, "dwelling", site_uid=site)
    known.chloe.push(update("site", site, 1, name=[None, "theirs"]))
    results = known.anne.push(delete("site", site), delete("dwelling", dwelling))
    decided(known.anne, resolve(results[0]["conflicts"][0], "theirs"))
    assert known.anne.row("dwelling", dwelling)
    assert not any(conflict["is_open"] for conflict in known.chloe.pull()["conflicts"])


def test_a_child_that_someone_edited_is_decided_by_itself(known: People) -> None:
    site = new(known.anne)
    dwelling = new(known.anne, "dwelling", site_uid=site)
    known.chloe.push(update("dwelling", dwelling, 1, comments=[None, "theirs"]))
    parent, child = (
        result["conflicts"][0] for result in known.anne.push(delete("site", site), delete("dwelling", dwelling))
    )
    assert decided(known.anne, resolve(parent, "mine"))[0][0] == "conflict"
    both = decided(known.anne, resolve(child, "mine"), resolve(parent, "mine"))
    assert [outcome for outcome, _ in both] == ["applied", "applied"]
    assert known.anne.row("site", site) is None


# Edited here, deleted there


@pytest.fixture
def revival(known: People) -> dict[str, Any]:
    """Return the conflict of a site that Chloé deleted and Anne edited."""
    site = new(known.anne, name="before")
    known.chloe.push(delete("site", site, 1))
    (result,) = known.anne.push(update("site", site, 1, name=["before", "mine"]))
    return dict(result["conflicts"][0])


def whole(conflict: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [value] for name, value in conflict["mine"].items()}


def test_a_deleted_row_comes_back_with_what_was_edited(known: People, revival: dict[str, Any]) -> None:
    ((outcome, closed),) = decided(known.anne, resolve(revival, "mine", **whole(revival)))
    assert (outcome, closed["is_open"]) == ("applied", False)
    row = known.chloe.row("site", revival["row"])
    assert row is not None
    assert (row["set"]["name"], row["ver"] > 2) == ("mine", True)
    assert decided(known.anne, resolve(revival, "mine", **whole(revival)))[0][0] == "noop"


def test_a_deletion_is_accepted(known: People, revival: dict[str, Any]) -> None:
    assert decided(known.anne, resolve(revival, "theirs"))[0][0] == "applied"
    assert known.anne.row("site", revival["row"]) is None


def test_a_row_that_someone_else_brought_back_otherwise_is_asked_again(known: People, revival: dict[str, Any]) -> None:
    told = whole(revival)
    assert decided(known.chloe, resolve(revival, "edit", **(told | {"name": ["third"]})))[0][0] == "applied"
    (result,) = known.anne.push(resolve(revival, "mine", **told))
    (again,) = [conflict for conflict in result["conflicts"] if conflict["is_open"]]
    assert (result["outcome"], again["kind"], again["group"]) == ("conflict", "insert_clash", "name")
    assert (again["mine"], again["theirs"]) == ({"name": "mine"}, {"name": "third"})
    assert decided(known.anne, resolve(again, "mine", name=["third", "mine"]))[0][0] == "applied"
    assert known.anne.value("site", revival["row"], "name") == "mine"


def test_a_parent_comes_back_with_its_child(known: People) -> None:
    site = insert("site")
    known.anne.push(site)
    known.chloe.push(delete("site", site["uid"], 1))
    dwelling = insert("dwelling", site_uid=site["uid"])
    results = known.anne.push(update("site", site["uid"], 1, name=[None, "mine"]), dwelling)
    parent, child = (result["conflicts"][0] for result in results)
    assert decided(known.anne, resolve(child, "mine", **whole(child)))[0][0] == "conflict"
    both = decided(known.anne, resolve(child, "mine", **whole(child)), resolve(parent, "mine", **whole(parent)))
    assert [outcome for outcome, _ in both] == ["applied", "applied"]
    assert known.chloe.row("dwelling", dwelling["uid"])


# Who may decide


def test_a_conflict_one_may_not_read_is_unknown(known: People) -> None:
    conflict = contradiction(known)
    sent = resolve(conflict, "mine", name=["theirs", "mine"])
    for wrong in (sent, sent | {"conflict": str(uuid.uuid4())}):
        (result,) = known.bruno.push(wrong)
        assert result["outcome"] == "forbidden"
        assert "conflicts" not in result
    (result,) = known.anne.push(sent | {"uid": new(known.anne)})
    assert (result["outcome"], result["code"]) == ("forbidden", "unknown_conflict")
    assert known.anne.value("site", conflict["row"], "name") == "theirs"


def test_an_administrator_decides_in_every_department_and_an_auditor_nowhere(known: People) -> None:
    conflict = contradiction(known)
    sent = resolve(conflict, "mine", name=["theirs", "mine"])
    (result,) = known.alix.push(sent)
    assert (result["outcome"], result["code"]) == ("forbidden", "read_only")
    assert decided(known.ada, sent)[0][0] == "applied"


def test_a_conflict_is_decided_without_a_workspace(known: People) -> None:
    conflict = contradiction(known)
    ask = "SELECT app.resolve(%s, %s, %s, %s, %s)"
    value = json.dumps({"name": ["theirs", "edit"]})
    result = known.ada.ask(ask, conflict["uid"], conflict["version"], "edit", value, "Entendu")
    assert result["outcome"] == "applied"
    assert known.anne.pull()["conflicts"][-1]["choice"] == "edit"
    assert known.anne.value("site", conflict["row"], "name") == "edit"
    unknown = known.bruno.ask(ask, conflict["uid"], conflict["version"], "theirs", None, None)
    assert (unknown["outcome"], unknown["code"]) == ("forbidden", "unknown_conflict")


def test_what_a_table_refuses_leaves_the_conflict_open(known: People) -> None:
    conflict = contradiction(known, "tents", None, 1, 2)
    (result,) = known.anne.push(resolve(conflict, "edit", tents=[1, -1]))
    assert (result["outcome"], result["code"]) == ("invalid", "23514")
    assert conflict in known.anne.ask("SELECT app.conflicts()")
