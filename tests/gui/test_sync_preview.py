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

WELCOME = Welcome(Action.OK, "", "e", 1, 0, 1, "marie", "officer", ("31",), ("31",), (), "s", "d", is_empty=False)
CHANGED = Move(Way.GOES, "site", "a", Nature.CHANGED)
BOTH = Contradiction(ConflictKind.SAME_FIELD, ("name",))
REFUSED = PlacedMove(CHANGED, "Foix", columns=("caravans",), refusal="outside_area")


def account(*moves: PlacedMove, dispute: Dispute | None = None) -> Account:
    disputes = {} if dispute is None else {dispute.conflict.uid: dispute}
    return Account(WELCOME, tuple(overview.lines(moves)), is_cut=False, disputes=disputes)


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


def decided(choice: Choice, kind: ConflictKind = ConflictKind.SAME_FIELD, *, is_mine: bool = True) -> Dispute:
    told = {"raised_by": "marie", "theirs_by": "karim"}
    conflict = Conflict("c", "site", "a", kind, "geom", {}, {"geom": "01"}, {"geom": "02"}, 2, **told)
    return Dispute(conflict, is_mine, Decision(conflict, choice))


DECISIONS = {
    "mine": (decided(Choice.MINE), ("geom",), "Place – decision: my value"),
    "theirs": (decided(Choice.THEIRS), (), "decision: value of karim"),
    "another": (decided(Choice.EDIT), ("geom", "name"), "Place, Name of the site – decision: corrected value"),
    "of two others": (decided(Choice.MINE, is_mine=False), ("geom",), "Place – decision: value of marie"),
    "the whole row": (
        decided(Choice.MINE, ConflictKind.EDIT_VS_DELETE),
        ("geom", "name"),
        "decision: the record will be restored",
    ),
}


@pytest.mark.parametrize(("dispute", "columns", "expected"), DECISIONS.values(), ids=DECISIONS)
def test_a_decision_that_goes_says_what_was_decided(shown, dispute, columns, expected):
    dialog = shown(account(PlacedMove(CHANGED, "Toulouse", columns=columns, conflict="c"), dispute=dispute))
    assert what(dialog) == [expected]


def test_the_cell_of_what_will_be_refused_says_why(shown):
    assert what(shown(account(REFUSED))) == ["will be refused: outside your areas"]


def test_the_title_says_when_nothing_will_pass(shown):
    contradicted = PlacedMove(CHANGED, "Toulouse", columns=("name",), contradiction=BOTH)
    coming = PlacedMove(Move(Way.COMES, "site", "a", Nature.CHANGED), "Toulouse", columns=("name",), contradiction=BOTH)
    stopped = shown(account(contradicted, REFUSED, coming)).summary.text()
    assert stopped.startswith("⚠ No record will pass: 1 contradiction, 1 refusal. ")
    passing = shown(account(contradicted, REFUSED, PlacedMove(CHANGED, "Toulouse", columns=("name",)))).summary.text()
    assert passing.startswith("3 records to send.\n⚠ 1 contradiction to come, 1 record that will be refused. ")


def test_the_heads_of_the_columns_are_about_records(shown):
    head = shown(account(REFUSED)).moves.headerItem()
    assert [head.text(column) for column in (1, 2, 3)] == ["Records added", "Records changed", "Records removed"]
