"""What goes and what comes, before anything is written."""

from __future__ import annotations

import shapely

from resorption_plugin.core.sync.foreseeing import Contradiction
from resorption_plugin.core.sync.news import PulledRow, Theirs
from resorption_plugin.core.sync.operations import UNKNOWN, Choice, ConflictKind, Edit, Kind, Operation
from resorption_plugin.core.sync.overview import SHOWN, Move, Nature, PlacedMove, Way, coming, going, lines


def test_what_goes_is_told_by_what_becomes_of_it():
    sent = [
        Operation("site", "a", Kind.INSERT, {"name": Edit(UNKNOWN, "L'île")}),
        Operation("site", "b", Kind.UPDATE, {"name": Edit(None, "É")}),
        Operation("water_point", "c", Kind.DELETE, version=3),
        Operation("site", "d", Kind.RESOLVE, conflict="x", choice=Choice.MINE),
    ]
    assert [(move.uid, move.nature) for move in going(sent)] == [
        ("a", Nature.ADDED),
        ("b", Nature.CHANGED),
        ("c", Nature.REMOVED),
        ("d", Nature.CHANGED),
    ]
    assert {move.way for move in going(sent)} == {Way.GOES}


def test_what_comes_is_told_by_what_is_known_here_and_the_last_word_counts():
    rows = [
        PulledRow("site", "new", Theirs.ROW),
        PulledRow("site", "known", Theirs.PATCH),
        PulledRow("site", "gone", Theirs.PATCH),
        PulledRow("site", "gone", Theirs.DELETED),
        PulledRow("site", "away", Theirs.LEFT),
        PulledRow("site", "never seen", Theirs.DELETED),
    ]
    found = coming(rows, [("site", "known"), ("site", "gone"), ("site", "away")])
    assert {move.uid: move.nature for move in found} == {
        "new": Nature.ADDED,
        "known": Nature.CHANGED,
        "gone": Nature.REMOVED,
        "away": Nature.REMOVED,
    }


def test_records_are_counted_by_way_commune_and_layer():
    here = shapely.Point(1.44, 43.6)
    moves = [
        PlacedMove(Move(Way.COMES, "site", "a", Nature.ADDED), "Toulouse", here),
        PlacedMove(Move(Way.GOES, "site", "b", Nature.CHANGED), "Toulouse"),
        PlacedMove(Move(Way.GOES, "site", "c", Nature.REMOVED), "Toulouse", here),
        PlacedMove(Move(Way.GOES, "water_point", "d", Nature.ADDED), "Blagnac"),
    ]
    found = lines(moves)
    assert [(line.way, line.commune, line.layer, line.added, line.changed, line.removed) for line in found] == [
        (Way.GOES, "Blagnac", "water_point", 1, 0, 0),
        (Way.GOES, "Toulouse", "site", 0, 1, 1),
        (Way.COMES, "Toulouse", "site", 1, 0, 0),
    ]
    assert found[1].uids == {"b", "c"}
    assert found[1].places == (here,)


def test_nothing_makes_no_line():
    assert lines([]) == []


def test_what_is_contradicted_or_refused_is_shown_first():
    calm = [PlacedMove(Move(Way.GOES, "site", str(number), Nature.CHANGED), "Toulouse") for number in range(SHOWN + 5)]
    refused = PlacedMove(Move(Way.GOES, "site", "last", Nature.CHANGED), "Toulouse", refusal="outside_area")
    (line,) = lines([*calm, refused])
    assert (line.count, len(line.shown), line.refused, line.contradicted) == (SHOWN + 6, SHOWN, 1, 0)
    assert line.shown[0].moves == (refused,)


def goes(uid: str, **told) -> PlacedMove:
    return PlacedMove(Move(Way.GOES, "site", uid, told.pop("nature", Nature.CHANGED)), "Toulouse", **told)


def test_what_passes_in_part_is_not_stopped():
    both = Contradiction(ConflictKind.SAME_FIELD, ("name",))
    whole = goes("a", columns=("name",), contradiction=both)
    part = goes("b", columns=("name", "caravans"), contradiction=both)
    refused = goes("c", columns=("caravans",), refusal="outside_area")
    (line,) = lines([whole, part, refused, goes("d")])
    assert [one.is_stopped for one in (whole, part, refused)] == [True, False, True]
    assert (line.count, line.stopped, line.waiting, line.contradicted, line.refused) == (4, 2, 1, 2, 1)


def test_a_record_that_is_edited_and_decided_on_counts_once():
    both = Contradiction(ConflictKind.SAME_FIELD, ("comments",))
    edit = goes("a", columns=("comments",), contradiction=both)
    (line,) = lines([goes("a", conflict="x"), edit, goes("a", conflict="y"), goes("b", conflict="z")])
    assert (line.count, line.added, line.changed, line.removed) == (2, 0, 2, 0)
    assert (line.contradicted, line.stopped) == (1, 0)
    assert [[move.conflict for move in parcel.moves] for parcel in line.shown] == [["", "x", "y"], ["z"]]
    assert line.shown[0].first is edit


def test_a_record_that_goes_is_no_more_changed():
    (line,) = lines([goes("a", conflict="x"), goes("a", nature=Nature.REMOVED)])
    assert (line.changed, line.removed) == (0, 1)


def test_contradictions_are_counted_as_a_person_will_decide_them():
    name_and_place = Contradiction(ConflictKind.SAME_FIELD, ("geom", "fk_city", "name"))
    deleted = Contradiction(ConflictKind.EDIT_VS_DELETE)
    (line,) = lines([goes("a", contradiction=name_and_place), goes("b", contradiction=deleted)])
    assert line.contradicted == 3
