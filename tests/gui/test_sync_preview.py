"""What would travel, as it is read before anybody agrees to it: an account made by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from resorption_plugin.core.sync import overview
from resorption_plugin.core.sync.foreseeing import Contradiction
from resorption_plugin.core.sync.freezing import Decision
from resorption_plugin.core.sync.news import Action, Welcome
from resorption_plugin.core.sync.operations import Choice, Conflict, ConflictKind
from resorption_plugin.core.sync.overview import Move, Nature, PlacedMove, Way
from resorption_plugin.geopackage.sync.conflicts import Dispute
from resorption_plugin.qgis_adapters.sharing import Account
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog

FIELDS = {"geom": ("01", "02"), "name": ("Ici", "Là"), "updated_by": ("marie", "karim")}
WELCOME = Welcome(Action.OK, "", "e", 1, 1, "marie", "officer", ("31",), ("31",), (), "s", "d")
CHANGED = Move(Way.GOES, "site", "a", Nature.CHANGED)
BOTH = Contradiction(ConflictKind.SAME_FIELD, ("name",))
REFUSED = PlacedMove(CHANGED, "Foix", columns=("caravans",), refusal="outside_area")


def account(*moves: PlacedMove, disputes: tuple[Dispute, ...] = ()) -> Account:
    by_uid = {dispute.conflict.uid: dispute for dispute in disputes}
    return Account(WELCOME, tuple(overview.lines(moves)), is_cut=False, disputes=by_uid)


def goes(uid: str, **told: object) -> PlacedMove:
    return PlacedMove(Move(Way.GOES, "site", uid, Nature.CHANGED), "Toulouse", **told)


def comes(uid: str, **told: object) -> PlacedMove:
    return PlacedMove(Move(Way.COMES, "site", uid, Nature.CHANGED), "Toulouse", **told)


def items(above: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    above.setExpanded(True)
    for row in range(above.childCount()):
        yield above.child(row)
        yield from items(above.child(row))


@pytest.fixture
def shown(qtbot):
    def show(told: Account) -> SyncPreviewDialog:
        dialog = SyncPreviewDialog(told, lambda _places: None)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def what(dialog: SyncPreviewDialog) -> list[str]:
    """Return what is said to change in each record."""
    tops = (dialog.moves.topLevelItem(row) for row in range(dialog.moves.topLevelItemCount()))
    return [item.text(4) for top in tops for item in items(top) if item.text(2) == "•"]


def decided(
    choice: Choice,
    kind: ConflictKind = ConflictKind.SAME_FIELD,
    fields: tuple[str, ...] = ("geom",),
    *,
    is_mine: bool = True,
) -> Dispute:
    people = {"raised_by": "marie", "theirs_by": "karim"}
    mine, theirs = ({name: FIELDS[name][side] for name in fields} for side in (0, 1))
    conflict = Conflict(fields[0], "site", "a", kind, fields[0], {}, mine, theirs, 2, **people)
    return Dispute(conflict, is_mine, Decision(conflict, choice))


DECISIONS = {
    "mine": (decided(Choice.MINE), "Place – decision: my value"),
    "theirs": (decided(Choice.THEIRS), "Place – decision: value of karim"),
    "of several fields": (
        decided(Choice.EDIT, fields=("name", "updated_by", "geom")),
        "Place, Name of the site – decision: corrected value",
    ),
    "of two others": (decided(Choice.MINE, is_mine=False), "Place – decision: value sent by marie"),
    "the whole row": (decided(Choice.MINE, ConflictKind.EDIT_VS_DELETE), "decision: the record will be restored"),
}


@pytest.mark.parametrize(("dispute", "expected"), DECISIONS.values(), ids=DECISIONS)
def test_a_decision_that_goes_says_what_was_decided_and_of_which_fields(shown, dispute, expected):
    dialog = shown(account(goes("a", conflict=dispute.conflict.uid), disputes=(dispute,)))
    assert what(dialog) == [expected]


def test_a_record_that_is_edited_and_decided_on_has_one_line(shown):
    disputes = decided(Choice.THEIRS), decided(Choice.MINE, fields=("name",))
    moves = [goes("a", conflict=dispute.conflict.uid) for dispute in disputes]
    dialog = shown(account(*moves, goes("a", columns=("caravans",)), disputes=disputes))
    (told,) = what(dialog)
    assert told.split(" · ")[1:] == ["Place – decision: value of karim", "Name of the site – decision: my value"]
    assert dialog.summary.text() == "1 record to send."
    assert dialog.moves.topLevelItem(0).text(0) == "↑ To send (1)"


def test_a_record_of_which_all_is_refused_says_it_once(shown):
    moves = [goes("a", refusal="read_only", conflict="geom"), goes("a", refusal="read_only")]
    assert what(shown(account(*moves))) == ["will be set aside: your role only reads"]


def test_the_cell_of_what_will_be_refused_says_why(shown):
    assert what(shown(account(REFUSED))) == ["will be set aside: outside your areas"]


def test_the_title_says_when_nothing_will_pass(shown):
    contradicted, coming = (way("b", columns=("name",), contradiction=BOTH) for way in (goes, comes))
    stopped = shown(account(contradicted, REFUSED, coming)).summary.text()
    assert stopped.startswith("⚠ No record will pass as it is: 1 contradiction, 1 record that will be set aside. ")


def test_the_title_says_how_many_pass_of_those_that_travel(shown):
    several = Contradiction(ConflictKind.SAME_FIELD, ("name", "caravans"))
    in_part = goes("c", columns=("name", "caravans", "comments"), contradiction=several)
    whole, coming = (way("b", columns=("name",), contradiction=BOTH) for way in (goes, comes))
    dialog = shown(account(REFUSED, whole, in_part, goes("d"), goes("e"), coming, comes("f")))
    first, second = dialog.summary.text().split("\n")
    assert first == (
        "5 records to send (3 pass, 1 is set aside, 1 waits for your decision), "
        "2 records to receive (1 passes, 1 waits for your decision)."
    )
    assert second.startswith("⚠ 3 contradictions to come, 1 record that will be set aside. ")
    assert dialog.moves.topLevelItem(0).text(0) == "↑ To send (5)"
    assert dialog.moves.topLevelItem(0).text(4) == "⚠ 3 contradictions to come, 1 record that will be set aside"


def test_the_title_says_nothing_more_where_all_passes(shown):
    assert shown(account(goes("a"), comes("b"))).summary.text() == "1 record to send, 1 record to receive."


def test_the_heads_of_the_columns_are_about_records(shown):
    head = shown(account(REFUSED)).moves.headerItem()
    assert [head.text(column) for column in (1, 2, 3)] == ["Records added", "Records changed", "Records removed"]
