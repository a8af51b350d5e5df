"""What becomes of each operation of a batch: every line of the table of outcomes, with each kind of value."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.db.protocol import ELSEWHERE, HERE, Op, People, Workspace, delete, insert, new, update

EDITS = {
    "text": ("site", "name", None, "Le Canal", "Les Berges"),
    "emptied text": ("site", "name", "Le Canal", None, "Les Berges"),
    "number": ("site", "tents", 3, 4, 5),
    "yes and no": ("site", "is_reinstallation", None, True, False),
    "day": ("site", "built_at", "2020-02-29", None, "2021-01-01"),
    "instant": (
        "journal_entry",
        "entered_at",
        "2024-03-31T01:30:00.123Z",
        "2024-03-31T01:30:00.124Z",
        "0001-01-01T00:00:00.000Z",
    ),
    "list": ("site", "social_origins", ["french", "other"], ["other"], None),
    "geometry": ("site", "geom", HERE, ELSEWHERE, HERE.replace("0ad7", "0bd7")),
    "real": ("site", "position_accuracy_m", 0.1, 1e3, None),
}
"""By kind of value: a layer, its column, what it holds, what one person writes, what another does."""
ELSEWHERE_IN_THE_ROW = {"site": ("comments", None, "Vu"), "journal_entry": ("description", "Visite", "Vu")}


@pytest.fixture
def anne(known: People) -> Workspace:
    return known.anne


@pytest.fixture
def chloe(known: People) -> Workspace:
    return known.chloe


@pytest.mark.parametrize(("layer", "column", "before", "mine", "theirs"), EDITS.values(), ids=EDITS)
def test_an_edit_meets_what_the_row_holds(  # noqa: PLR0917
    anne: Workspace, chloe: Workspace, layer: str, column: str, before: Any, mine: Any, theirs: Any
) -> None:
    parent = {} if layer == "site" else {"site_uid": new(anne)}
    row = new(anne, layer, **parent, **{column: before})

    def edited(*values: Any, ver: int = 1) -> Op:
        return update(layer, row, ver, **{column: list(values)})

    # what is still there is replaced; by the same again, nothing; a value never seen only matters when it is another
    assert anne.push(edited(before, mine)) == [{"no": 1, "outcome": "applied", "ver": 2}]
    assert chloe.push(edited(before, mine)) == [{"no": 1, "outcome": "noop"}]
    assert chloe.outcomes(edited(mine)) == ["noop"]
    assert anne.value(layer, row, column) == mine
    # another edit meanwhile is a conflict, and what was there stays
    for told in ((before, theirs), (theirs,)):
        (result,) = chloe.push(edited(*told))
        assert result["outcome"] == "conflict"
        (conflict,) = result["conflicts"]
        assert (conflict["kind"], conflict["layer"], conflict["row"]) == ("same_field", layer, row)
        assert conflict["base"] == ({column: before} if len(told) > 1 else {})
        assert (conflict["mine"], conflict["theirs"][column], conflict["version"]) == ({column: theirs}, mine, 2)
        assert (conflict["raised_by"], conflict["theirs_by"]) == (chloe.login, anne.login)
        assert (conflict["device"], conflict["is_open"]) == (chloe.device, True)
    # an edit elsewhere in the row is merged
    other, was, becomes = ELSEWHERE_IN_THE_ROW[layer]
    assert chloe.push(update(layer, row, 1, **{other: [was, becomes]})) == [{"no": 1, "outcome": "merged"}]
    told = anne.row(layer, row)
    assert told is not None
    assert (told["ver"], told["set"][column], told["set"][other]) == (3, mine, becomes)


def test_a_contradiction_takes_its_whole_group_and_no_other(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne)
    chloe.push(update("site", site, 1, status=["open", "resorbed"], closed_at=[None, "2024-05-01"]))
    mine = {"closed_at": [None, "2024-06-01"], "closing_context": [None, "Incendie"], "name": [None, "Le Canal"]}
    (result,) = anne.push(update("site", site, 1, **mine, status=["open", "open"], updated_by=[None, "Anne"]))
    (conflict,) = result["conflicts"]
    assert (result["outcome"], conflict["group"], conflict["version"]) == ("conflict", "status", 3)
    assert set(conflict["theirs"]) == {"status", "closed_at", "closing_context", "closed_with_solutions"}
    assert conflict["mine"] == {"status": "open", "closed_at": "2024-06-01", "closing_context": "Incendie"}
    row = anne.row("site", site)
    assert (row["set"]["name"], row["set"]["updated_by"], row["set"]["closing_context"]) == ("Le Canal", "Anne", None)


def test_signatures_alone_are_no_edit_and_never_contradict(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne, updated_by="Anne")
    assert anne.outcomes(update("site", site, 1, updated_by=["Anne", "Anne B."])) == ["noop"]
    chloe.push(update("site", site, 1, name=[None, "Le Canal"], updated_by=["Anne", "Chloé"]))
    signed = update("site", site, 1, comments=[None, "Vu"], updated_by=["Anne", "Anne B."])
    assert anne.outcomes(signed) == ["merged"]
    assert anne.value("site", site, "updated_by") == "Anne B."


# Insertions


def test_a_row_made_twice_alike_is_there_once(anne: Workspace, chloe: Workspace) -> None:
    made = insert("site", name="Le Canal", created_by="Anne")
    assert anne.outcomes(made) == ["applied"]
    assert chloe.outcomes(insert("site", made["uid"], name="Le Canal", created_by="Chloé")) == ["noop"]


def test_a_row_made_twice_otherwise_is_a_conflict_of_each_group(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne, name="Le Canal", tents=2)
    (result,) = chloe.push(insert("site", site, name="Les Berges", tents=2, closed_at="2024-05-01", status="resorbed"))
    assert result["outcome"] == "conflict"
    told = {conflict["group"]: conflict for conflict in result["conflicts"]}
    assert set(told) == {"name", "status"}
    assert {conflict["kind"] for conflict in told.values()} == {"insert_clash"}
    assert (told["name"]["base"], told["name"]["mine"]) == ({}, {"name": "Les Berges"})
    assert anne.value("site", site, "name") == "Le Canal"


def test_parents_and_children_come_in_any_order(anne: Workspace) -> None:
    site = insert("site")
    dwelling = insert("dwelling", site_uid=site["uid"])
    assert anne.outcomes(dwelling, site) == ["applied", "applied"]


def test_a_child_of_a_row_that_never_was_is_invalid(anne: Workspace) -> None:
    (result,) = anne.push(insert("dwelling", site_uid=str(uuid.uuid4())))
    assert result == {"no": 1, "outcome": "invalid", "code": "23503", "reason": "dwelling_site_uid_fkey"}


# Deletions


def test_a_row_is_deleted_with_its_children(anne: Workspace) -> None:
    site = new(anne)
    dwelling = new(anne, "dwelling", site_uid=site)
    assert anne.outcomes(delete("site", site), delete("dwelling", dwelling)) == ["applied", "applied"]
    assert anne.row("site", site) is None
    assert anne.outcomes(delete("site", site)) == ["noop"]


def test_a_row_never_seen_is_deleted_already(anne: Workspace) -> None:
    assert anne.outcomes(delete("site", str(uuid.uuid4()))) == ["noop"]


@pytest.mark.parametrize("seen", [1, 0, None])
def test_a_row_that_went_on_is_not_deleted(anne: Workspace, chloe: Workspace, seen: int | None) -> None:
    site = new(anne)
    chloe.push(update("site", site, 1, name=[None, "Le Canal"]))
    (result,) = anne.push(delete("site", site, seen))
    (conflict,) = result["conflicts"]
    assert (result["outcome"], conflict["kind"], conflict["group"]) == ("conflict", "delete_vs_edit", "")
    assert (conflict["mine"], conflict["theirs"]["name"], conflict["version"]) == ({}, "Le Canal", 2)
    assert anne.row("site", site)["ver"] == 2


def test_a_row_with_a_child_not_deleted_stays_and_so_do_its_other_children(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne)
    one, other = (new(anne, "dwelling", site_uid=site) for _ in range(2))
    chloe.push(insert("journal_entry", site_uid=site))
    results = anne.push(delete("dwelling", one), delete("dwelling", other), delete("site", site))
    assert [result["outcome"] for result in results] == ["conflict"] * 3
    assert {result["conflicts"][0]["kind"] for result in results} == {"delete_vs_edit"}
    assert results[0]["conflicts"][0]["base"] == results[0]["conflicts"][0]["theirs"]
    assert all(anne.row(*key) for key in (("site", site), ("dwelling", one), ("dwelling", other)))


def test_a_row_that_went_on_keeps_its_children(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne)
    dwelling = new(anne, "dwelling", site_uid=site)
    chloe.push(update("site", site, 1, name=[None, "Le Canal"]))
    assert anne.outcomes(delete("dwelling", dwelling), delete("site", site)) == ["conflict", "conflict"]
    assert anne.row("dwelling", dwelling)


def test_a_child_pointed_elsewhere_in_the_same_batch_lets_its_parent_go(anne: Workspace) -> None:
    site = new(anne)
    point = new(anne, "water_point", site_uid=site)
    assert anne.outcomes(delete("site", site)) == ["conflict"]
    assert anne.outcomes(delete("site", site), update("water_point", point, 1, site_uid=[site, None])) == [
        "applied",
        "applied",
    ]


def test_computed_rows_go_with_their_parent_unless_someone_wrote_on_them_since(
    anne: Workspace, chloe: Workspace
) -> None:
    site, point = new(anne), new(anne, "water_point")
    distance = new(anne, "distance", site_uid=site, water_point_uid=point, measured_m=120.0)
    (result,) = anne.push(delete("site", site))
    assert result["outcome"] == "conflict"
    anne.pull()
    anne.hello()
    chloe.push(update("distance", distance, 1, measured_m=[120.0, 130.0]))
    assert anne.outcomes(delete("site", site)) == ["conflict"]
    anne.pull()
    anne.hello()
    assert anne.outcomes(delete("site", site)) == ["applied"]
    assert anne.row("distance", distance) is None


# Rows that are gone


def test_an_edit_of_a_deleted_row_is_a_conflict(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne, name="Le Canal")
    chloe.push(delete("site", site))
    (result,) = anne.push(update("site", site, 1, tents=[None, 4]))
    (conflict,) = result["conflicts"]
    assert (result["outcome"], conflict["kind"], conflict["version"]) == ("conflict", "edit_vs_delete", None)
    assert (conflict["theirs"], conflict["base"]["name"], conflict["base"]["tents"]) == ({}, "Le Canal", None)
    assert (conflict["mine"]["name"], conflict["mine"]["tents"]) == ("Le Canal", 4)
    assert conflict["theirs_by"] == chloe.login


def test_a_deleted_row_made_again_is_a_conflict(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne, name="Le Canal")
    chloe.push(delete("site", site))
    (result,) = anne.push(insert("site", site, name="Le Canal"))
    assert result["conflicts"][0]["kind"] == "edit_vs_delete"
    assert anne.row("site", site) is None


def test_a_child_of_a_deleted_row_is_a_conflict_and_so_is_its_child(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne)
    chloe.push(delete("site", site))
    (result,) = anne.push(insert("dwelling", site_uid=site))
    (conflict,) = result["conflicts"]
    assert (result["outcome"], conflict["kind"], conflict["base"]) == ("conflict", "edit_vs_delete", {})
    assert conflict["mine"]["site_uid"] == site


def test_an_edit_of_a_row_that_never_was_is_a_conflict(anne: Workspace) -> None:
    (result,) = anne.push(update("site", str(uuid.uuid4()), 3, name=["Le Canal", "Les Berges"]))
    (conflict,) = result["conflicts"]
    assert (conflict["kind"], conflict["base"], conflict["theirs"]) == ("edit_vs_delete", {}, {})
    assert anne.pull()["conflicts"] == [conflict]


# What the tables and the rights refuse


def test_what_a_constraint_refuses_stops_nothing_else(anne: Workspace) -> None:
    good, bad = insert("site", rb_id=7), insert("site", tents=-1)
    site = new(anne, rb_id=1)
    results = anne.push(
        bad, good, insert("site", rb_id=1), update("site", site, 1, status=["open", None]), insert("site")
    )
    assert [result["outcome"] for result in results] == ["invalid", "applied", "invalid", "invalid", "applied"]
    assert (results[0]["code"], results[0]["reason"]) == ("23514", "tents_minimum")
    assert (results[2]["code"], results[2]["reason"]) == ("23505", "site_rb_id_key")
    assert (results[3]["code"], results[3]["reason"]) == ("23502", "status")
    assert "conflicts" not in results[0]


def test_what_a_constraint_refuses_leaves_no_conflict_and_no_part(anne: Workspace, chloe: Workspace) -> None:
    site = new(anne)
    chloe.push(update("site", site, 1, name=[None, "Le Canal"]))
    (result,) = anne.push(update("site", site, 1, name=[None, "Les Berges"], tents=[None, -1], comments=[None, "Vu"]))
    assert (result["outcome"], "conflicts" in result) == ("invalid", False)
    assert anne.value("site", site, "comments") is None
    assert anne.pull()["conflicts"] == []


def test_two_rows_exchange_a_unique_value_even_beside_a_bad_one(anne: Workspace) -> None:
    one, other = new(anne, rb_id=11), new(anne, rb_id=12)
    swap = [update("site", one, 1, rb_id=[11, 12]), update("site", other, 1, rb_id=[12, 11])]
    assert anne.outcomes(swap[0], insert("site", tents=-1), swap[1]) == ["applied", "invalid", "applied"]
    assert (anne.value("site", one, "rb_id"), anne.value("site", other, "rb_id")) == (12, 11)


def test_several_operations_on_one_row_are_done_in_their_order(anne: Workspace) -> None:
    made = insert("site", name="Le Canal")
    later = update("site", made["uid"], 1, name=["Le Canal", "Les Berges"])
    assert anne.outcomes(made, later, delete("site", made["uid"], 2)) == ["applied"] * 3
    assert anne.row("site", made["uid"]) is None


def test_columns_and_layers_that_the_server_does_not_know_are_told(anne: Workspace) -> None:
    site = new(anne)
    results = anne.push(
        update("site", site, 1, colour=[None, "red"]),
        {**update("site", site), "layer": "castle"},
        {**update("site", site), "set": {"uid": [site, str(uuid.uuid4())]}},
        update("site", site, 1, _dept=["31", "32"]),
        {**insert("site"), "layer": "pg_class"},
    )
    assert [(result["outcome"], result["code"], result["reason"]) for result in results] == [
        ("schema", "unknown_column", "colour"),
        ("schema", "unknown_layer", "castle"),
        ("schema", "unknown_column", "uid"),
        ("schema", "unknown_column", "_dept"),
        ("schema", "unknown_layer", "pg_class"),
    ]
