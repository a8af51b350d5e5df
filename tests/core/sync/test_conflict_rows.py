"""What a person compares in a contradiction, and which contradictions are the same one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resorption_plugin.core.model.fields import Kind
from resorption_plugin.core.sync.conflict_rows import pattern, rows, writable
from resorption_plugin.core.sync.operations import Conflict, ConflictKind
from resorption_plugin.core.sync.travelling import travels

UID, ROW = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def conflict(kind: ConflictKind = ConflictKind.SAME_FIELD, group: str = "population_total", **images) -> Conflict:
    blank = {"base": {}, "mine": {}, "theirs": {}, "version": 1}
    return Conflict(UID, "site", ROW, kind, group, **{**blank, **images})


def test_only_what_differs_is_compared_and_each_side_marked():
    base = {"population_total": 10, "population_couples": 2, "population_minors": None}
    mine = {"population_total": 12, "population_couples": 3, "population_minors": None}
    theirs = {"population_total": 10, "population_couples": 3, "population_minors": 4}
    found = rows(conflict(base=base, mine=mine, theirs=theirs), mine)
    assert [(row.name, row.mine, row.theirs) for row in found] == [
        ("population_total", 12, 10),
        ("population_minors", None, 4),
    ]
    assert [(row.is_changed_by_me, row.is_changed_by_them) for row in found] == [(True, False), (False, True)]


def test_my_side_is_what_is_held_now():
    told = conflict(group="name", base={"name": "A"}, mine={"name": "B"}, theirs={"name": "C"})
    assert [row.mine for row in rows(told, {"name": "D"})] == ["D"]
    assert rows(told, {"name": "C"}) == ()


def test_without_a_common_start_both_sides_are_their_own():
    told = conflict(ConflictKind.INSERT_CLASH, "name", mine={"name": "B"}, theirs={"name": "C"})
    (row,) = rows(told, told.mine)
    assert (row.base, row.is_changed_by_me, row.is_changed_by_them) == (None, True, True)


def test_of_a_row_that_one_side_deleted_what_the_other_changed_is_compared():
    before = {"name": "A", "updated_by": "anna", "geom": "00"}
    after = {"name": "B", "updated_by": "bob", "geom": "00"}
    deleted_here = conflict(ConflictKind.DELETE_VS_EDIT, "", base=before, theirs=after)
    deleted_there = conflict(ConflictKind.EDIT_VS_DELETE, "", base=before, mine=after)
    assert [row.name for row in rows(deleted_here, {})] == ["name"]
    assert [row.name for row in rows(deleted_there, after)] == ["name"]


def test_an_unknown_start_shows_all_that_is_filled():
    told = conflict(ConflictKind.DELETE_VS_EDIT, "", theirs={"name": "B", "comments": None})
    assert [row.name for row in rows(told, {})] == ["name"]


@pytest.mark.parametrize("group", ["", "geom"])
def test_neither_a_place_nor_a_whole_row_is_written_by_hand(group):
    assert writable(conflict(group=group)) == ()


def test_what_the_program_writes_is_left_to_it():
    names = [field.name for field in writable(conflict())]
    assert "population_total" in names
    assert "population_updated_at" not in names


def test_every_group_of_every_layer_can_be_compared():
    for there in travels():
        for group in set(there.groups.values()):
            told = replace(conflict(group=group), layer=there.key)
            assert not any(field.kind in (Kind.UID, Kind.FILE, Kind.DATETIME) for field in writable(told))
            names = [name for name in there.columns if there.groups[name] == group]
            shown = rows(replace(told, theirs=dict.fromkeys(names, "x")), {})
            assert {row.name for row in shown} <= set(names)


def test_the_same_values_make_the_same_pattern_signatures_left_aside():
    told = conflict(group="name", base={"name": "A"}, mine={"name": "B"}, theirs={"name": "C", "updated_by": "anna"})
    signed = replace(told, uid=ROW, row=UID, theirs={"name": "C", "updated_by": "zoé"}, raised_by="x")
    assert pattern(told, told.mine) == pattern(signed, signed.mine)


@pytest.mark.parametrize(
    "change",
    [
        {"base": {"name": None}},
        {"theirs": {"name": "D"}},
        {"layer": "action"},
        {"group": "comments"},
        {"kind": ConflictKind.INSERT_CLASH},
    ],
)
def test_another_value_column_layer_or_kind_makes_another_pattern(change):
    told = conflict(group="name", base={"name": "A"}, mine={"name": "B"}, theirs={"name": "C"})
    assert pattern(told, told.mine) != pattern(replace(told, **change), told.mine)
    assert pattern(told, told.mine) != pattern(told, {"name": "E"})
