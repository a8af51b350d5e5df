"""Which contradictions one deletion raised, and in which order they are decided and taken back."""

from __future__ import annotations

from resorption_plugin.core.sync.companions import deciding_order, together, undoing_order
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind

SITE, OTHER = "site-1", "site-2"
DELETED, EDITED = ConflictKind.DELETE_VS_EDIT, ConflictKind.EDIT_VS_DELETE


def conflict(layer: str, row: str, kind: ConflictKind = DELETED, device: str = "d", **values: str) -> Conflict:
    held = "theirs" if kind is DELETED else "base"
    return Conflict(f"c-{row}", layer, row, kind, "", **{"base": {}, "mine": {}, "theirs": {}, held: values}, version=1)


def rows(group) -> list[str]:
    return [one.row for one in group]


def test_a_site_and_its_parts_belong_together_parents_first():
    parts = [conflict("dwelling", "b", site_uid=SITE), conflict("photo", "a", site_uid=SITE)]
    (group,) = together([*parts, conflict("site", SITE), conflict("dwelling", "c", site_uid=OTHER)])
    assert rows(group)[0] == SITE
    assert sorted(rows(group)) == ["a", "b", SITE]


def test_parts_belong_together_without_a_contradiction_on_their_site():
    (group,) = together([conflict("dwelling", row, site_uid=SITE) for row in "ab"])
    assert rows(group) == ["a", "b"]


def test_one_alone_is_no_group():
    assert together([conflict("site", SITE), conflict("dwelling", "a", site_uid=OTHER)]) == ()


def test_a_water_point_that_merely_names_the_site_does_not_belong_to_it():
    assert together([conflict("site", SITE), conflict("water_point", "w", site_uid=SITE)]) == ()


def test_kinds_and_devices_are_kept_apart_and_values_are_no_deletion():
    site = conflict("site", SITE)
    assert together([site, conflict("dwelling", "a", EDITED, site_uid=SITE)]) == ()
    of_other = Conflict("c", "dwelling", "b", DELETED, "", {}, {}, {"site_uid": SITE}, 1, device="other")
    assert together([site, of_other]) == ()
    value = Conflict("v", "dwelling", "c", ConflictKind.SAME_FIELD, "site_uid", {}, {}, {"site_uid": SITE}, 1)
    assert together([site, value]) == ()


def test_a_link_belongs_to_whichever_of_its_two_records_was_deleted():
    link = conflict("action_site", "l", action_uid="action", site_uid=SITE)
    (group,) = together([link, conflict("site", SITE)])
    assert rows(group) == [SITE, "l"]
    (group,) = together([link, conflict("action", "action")])
    assert rows(group) == ["action", "l"]


def test_what_comes_back_comes_before_its_parts_and_what_goes_after_them():
    deleted = [conflict("site", SITE), conflict("dwelling", "a", site_uid=SITE)]
    edited = [conflict("site", SITE, EDITED), conflict("dwelling", "a", EDITED, site_uid=SITE)]
    assert rows(deciding_order(deleted, Choice.THEIRS)) == [SITE, "a"]
    assert rows(deciding_order(deleted, Choice.MINE)) == ["a", SITE]
    assert rows(deciding_order(edited, Choice.MINE)) == [SITE, "a"]
    assert rows(deciding_order(edited, Choice.THEIRS)) == ["a", SITE]
    assert rows(undoing_order(deleted)) == ["a", SITE]
    assert rows(undoing_order(edited)) == [SITE, "a"]
