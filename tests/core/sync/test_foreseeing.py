"""What will be contradicted or refused, told before anything is exchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from resorption_plugin.core.sync.access import RIGHT_FOR
from resorption_plugin.core.sync.foreseeing import Contradiction, changed, contradiction, last_words, refusal, stops
from resorption_plugin.core.sync.news import Action, PulledRow, Theirs, Welcome
from resorption_plugin.core.sync.operations import UNKNOWN, Choice, ConflictKind, Edit, Kind, Operation

ROOT = Path(__file__).resolve().parents[3]
UID = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b"
OFFICER = Welcome(Action.OK, "", "e", 1, 1, "marie", "officer", ("31",), ("31555", "243100633@31"), (), "s", "d")
IN_TOULOUSE = {"department": "31", "epci": "243100518", "fk_city": "31555"}


def edited(**edits: Edit) -> Operation:
    return Operation("site", UID, Kind.UPDATE, edits)


def patch(**values: object) -> PulledRow:
    return PulledRow("site", UID, Theirs.PATCH, values=values)


MINE = edited(name=Edit("Avant", "Ici"))
DELETED = Operation("site", UID, Kind.DELETE, version=3)
ENTERED = Operation("site", UID, Kind.INSERT, {"name": Edit(UNKNOWN, "Ici")})
DECIDED = Operation("site", UID, Kind.RESOLVE, {"name": Edit("Là", "Ici")}, version=4, conflict="c", choice=Choice.MINE)
RESTORED = replace(DECIDED, edits={"name": Edit(UNKNOWN, "Ici")}, version=None)
SCENES = {
    "the same field": (MINE, patch(name="Là"), Contradiction(ConflictKind.SAME_FIELD, ("name",))),
    "the same value": (MINE, patch(name="Ici"), None),
    "another field": (MINE, patch(caravans=3), None),
    "a whole row that did not change there": (MINE, replace(patch(name="Avant"), kind=Theirs.ROW), None),
    "a whole row that did": (
        MINE,
        replace(patch(name="Là"), kind=Theirs.ROW),
        Contradiction(ConflictKind.SAME_FIELD, ("name",)),
    ),
    "moved here, put in another commune there": (
        edited(geom=Edit("00", "01")),
        patch(fk_city="31555"),
        Contradiction(ConflictKind.SAME_FIELD, ("fk_city",)),
    ),
    "deleted there": (MINE, PulledRow("site", UID, Theirs.DELETED), Contradiction(ConflictKind.EDIT_VS_DELETE)),
    "deleted here": (DELETED, patch(name="Là"), Contradiction(ConflictKind.DELETE_VS_EDIT)),
    "deleted on both sides": (DELETED, PulledRow("site", UID, Theirs.DELETED), None),
    "entered twice": (
        ENTERED,
        replace(patch(name="Là"), kind=Theirs.ROW),
        Contradiction(ConflictKind.INSERT_CLASH, ("name",)),
    ),
    "a decision, another field": (DECIDED, patch(caravans=3), None),
    "a decision, the value it was taken on": (DECIDED, patch(name="Là"), None),
    "a decision, another value since": (
        DECIDED,
        patch(name="Ailleurs"),
        Contradiction(ConflictKind.SAME_FIELD, ("name",)),
    ),
    "a decision, nothing since": (DECIDED, replace(patch(name="Ailleurs"), version=4), None),
    "a decision to give way": (replace(DECIDED, edits={}, choice=Choice.THEIRS), patch(name="Ailleurs"), None),
    "a decision, deleted since": (
        DECIDED,
        PulledRow("site", UID, Theirs.DELETED),
        Contradiction(ConflictKind.EDIT_VS_DELETE),
    ),
    "a decision to delete, changed since": (
        replace(DECIDED, edits={}),
        patch(name="Ailleurs"),
        Contradiction(ConflictKind.DELETE_VS_EDIT),
    ),
    "a decision to delete, deleted since": (replace(DECIDED, edits={}), PulledRow("site", UID, Theirs.DELETED), None),
    "a decision to restore": (RESTORED, PulledRow("site", UID, Theirs.DELETED), None),
    "a decision to restore, restored since": (
        RESTORED,
        replace(patch(name="Ailleurs"), kind=Theirs.ROW),
        Contradiction(ConflictKind.INSERT_CLASH, ("name",)),
    ),
    "signatures": (edited(updated_by=Edit("a", "b")), patch(updated_by="c"), None),
}


@pytest.mark.parametrize(("made", "theirs", "expected"), SCENES.values(), ids=SCENES)
def test_what_both_sides_changed_is_told(made, theirs, expected):
    assert contradiction(made, theirs) == expected


def test_what_goes_along_with_its_own_value_does_not_change():
    moved = {"fk_city": Edit("31555", "31555"), "geom": Edit("00", "01"), "commune": Edit("Toulouse", "Toulouse")}
    decided = Operation("site", UID, Kind.RESOLVE, moved, conflict="c", choice=Choice.MINE)
    assert changed(decided) == ("geom",)


def test_the_place_is_told_first_and_signatures_are_not():
    made = edited(
        updated_by=Edit("a", "b"), geom=Edit("00", "01"), fk_city=Edit("31555", "31113"), name=Edit(UNKNOWN, "Ici")
    )
    assert changed(made)[0] == "geom"
    assert set(changed(made)) == {"geom", "name", "fk_city"}


STOPPED = {
    "all that travels": (Contradiction(ConflictKind.SAME_FIELD, ("name",)), ("name",), True),
    "its group": (Contradiction(ConflictKind.SAME_FIELD, ("fk_city",)), ("geom", "fk_city", "epci"), True),
    "one of two fields": (Contradiction(ConflictKind.SAME_FIELD, ("name",)), ("name", "caravans"), False),
    "the whole row": (Contradiction(ConflictKind.EDIT_VS_DELETE), ("name", "caravans"), True),
}


@pytest.mark.parametrize(("found", "columns", "expected"), STOPPED.values(), ids=STOPPED)
def test_a_contradiction_stops_what_it_is_about(found, columns, expected):
    assert stops(found, "site", columns) is expected


def test_what_several_pages_tell_of_a_record_is_one_word():
    rows = [patch(name="Un", caravans=1), replace(patch(name="Deux"), by="karim"), PulledRow("site", "b", Theirs.LEFT)]
    told = last_words(rows)
    assert (told["site", UID].values, told["site", UID].by) == ({"name": "Deux", "caravans": 1}, "karim")
    assert told["site", "b"].kind is Theirs.LEFT


REFUSALS = {
    "in a commune of hers": (MINE, OFFICER, [IN_TOULOUSE], ""),
    "in an intercommunality of hers": (MINE, OFFICER, [{**IN_TOULOUSE, "fk_city": "31113", "epci": "243100633"}], ""),
    "next door": (MINE, OFFICER, [{**IN_TOULOUSE, "fk_city": "31113"}], "outside_area"),
    "moved out of it": (MINE, OFFICER, [{"department": "09", "fk_city": "09122"}, IN_TOULOUSE], "outside_area"),
    "nobody knows where": (MINE, OFFICER, [{}], ""),
    "an auditor": (MINE, replace(OFFICER, role="auditor"), [IN_TOULOUSE], "read_only"),
    "an administrator": (MINE, replace(OFFICER, role="admin"), [{"department": "09"}], ""),
    "without the right": (replace(MINE, layer="owner"), OFFICER, [IN_TOULOUSE], "missing_right"),
    "with the right": (replace(MINE, layer="owner"), replace(OFFICER, rights=("owners",)), [IN_TOULOUSE], ""),
}


@pytest.mark.parametrize(("made", "welcome", "places", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_what_will_be_refused_is_told(made, welcome, places, expected):
    assert refusal(made.layer, welcome, places) == expected


def test_the_server_asks_the_same_rights():
    text = (ROOT / "sql" / "app" / "100_rights.sql").read_text(encoding="utf-8")
    (told,) = [line for line in text.splitlines() if "CASE tbl WHEN" in line]
    assert all(f"WHEN '{layer}' THEN '{right}'" in told for layer, right in RIGHT_FOR.items())
    assert told.count("WHEN '") == len(RIGHT_FOR)
