"""A contradiction is decided in its window, and the decision is in the workspace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLineEdit

from resorption_plugin.core.ports import ChangeSet
from resorption_plugin.core.records import Record
from resorption_plugin.core.sync.news import Page
from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import SyncedWorkspace
from resorption_plugin.qgis_adapters.sharing_writes import undecide
from resorption_plugin.ui.conflict_text import DIFFERS
from resorption_plugin.ui.place_map import PlaceMap
from tests.gui.conflict_office import PATIENCE_MS, Office, cells, ok


def test_it_shows_who_and_only_what_differs(office, renamed):
    dialog = office.opens(renamed[1])
    assert "L’Île-d&#x27;Été" in dialog.record.text()
    assert "Toulouse" in dialog.record.text()
    assert "anne.léger" in dialog.what.text()
    mine, theirs = dialog.who.text().splitlines()
    assert mine.startswith("You, proposed on 2026-11-20 ")
    assert theirs.startswith("anne.léger, written in the shared database on 2026-11-19 ")
    assert list(cells(dialog).values()) == [
        {
            "Starting value": "Île",
            "My value": f"{DIFFERS} L’Île-d'Été",
            "Value of anne.léger": f"{DIFFERS} Les Œillets & Cie",
        }
    ]
    assert "Les Œillets && Cie" in dialog.theirs.text()
    assert not ok(dialog).isEnabled()
    assert dialog.alike.isHidden()
    assert dialog.findChild(PlaceMap) is None
    assert dialog.sizeHint().height() <= 1000


@pytest.mark.parametrize(("choice", "name"), [(Choice.MINE, "L’Île-d'Été"), (Choice.THEIRS, "Les Œillets & Cie")])
def test_the_side_chosen_is_decided_and_can_be_taken_back(office, renamed, qtbot, choice, name):
    site, uid = renamed
    dialog = office.opens(uid)
    office.chooses(dialog.mine if choice is Choice.MINE else dialog.theirs)
    dialog.comment.setText("Vu sur place ; c'est « l'autre »")
    with qtbot.waitSignal(dialog.decided, timeout=PATIENCE_MS):
        office.agrees(dialog)
    assert not dialog.isVisible()
    decision = office.disputes()[uid].decision
    assert (decision.choice, decision.comment) == (choice, "Vu sur place ; c'est « l'autre »")
    assert office.holds("site", site)["name"] == name
    undecide(office.path, uid)
    assert office.disputes()[uid].decision is None
    assert office.holds("site", site)["name"] == "L’Île-d'Été"


def test_another_value_is_written_and_shown_again_when_the_dialog_is(office, renamed):
    site, uid = renamed
    dialog = office.opens(uid)
    assert not dialog.editors_area.isVisible()
    office.chooses(dialog.edit)
    assert dialog.editors_area.isVisible()
    line = dialog.editors.findChild(QLineEdit)
    assert line.text() == "L’Île-d'Été"
    line.clear()
    line.insert("Les Œillets d’Été")
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Les Œillets d’Été"
    again = office.opens(uid)
    assert again.edit.isChecked()
    assert again.editors.findChild(QLineEdit).text() == "Les Œillets d’Été"
    assert cells(again).popitem()[1]["My value"] == f"{DIFFERS} L’Île-d'Été"
    office.chooses(again.theirs)
    office.agrees(again)
    assert office.holds("site", site)["name"] == "Les Œillets & Cie"


def test_my_side_is_what_i_wrote_last(office, renamed):
    site, uid = renamed
    with GeoPackageStore.open(office.path) as store:
        store.apply(ChangeSet(update=[Record("site", site, {"name": "Corrigé depuis"})]))
    dialog = office.opens(uid)
    assert cells(dialog).popitem()[1]["My value"] == f"{DIFFERS} Corrigé depuis"
    office.chooses(dialog.mine)
    office.agrees(dialog)
    assert office.holds("site", site)["name"] == "Corrigé depuis"


def test_the_same_contradictions_are_decided_together(office):
    told = {"base": {"name": "A"}, "mine": {"name": "B"}, "theirs": {"name": "C"}}
    sites = [office.enters(name="B") for _ in range(3)]
    uids = [office.meets("site", site, group="name", **told) for site in sites]
    other = office.meets("site", office.enters(name="B"), group="name", **{**told, "theirs": {"name": "D"}})
    later = office.meets("site", office.enters(name="Edited since"), group="name", **told)
    dialog = office.opens(uids[0])
    assert "2" in dialog.alike.text()
    assert not dialog.alike.isChecked()
    dialog.alike.setChecked(True)
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    disputes = office.disputes()
    assert [disputes[uid].decision.choice for uid in uids] == [Choice.THEIRS] * 3
    assert disputes[other].decision is None
    assert disputes[later].decision is None
    assert [office.holds("site", site)["name"] for site in sites] == ["C"] * 3


def test_none_is_decided_where_one_was_settled_meanwhile(office):
    told = {"base": {"name": "A"}, "mine": {"name": "B"}, "theirs": {"name": "C"}}
    uids = [office.meets("site", office.enters(name="B"), group="name", **told) for _ in range(2)]
    dialog = office.opens(uids[0])
    dialog.alike.setChecked(True)
    settle(office, uids[1])
    office.chooses(dialog.theirs)
    office.agrees(dialog)
    assert "settled" in dialog.message.text()
    assert dialog.isVisible()
    assert office.disputes()[uids[0]].decision is None


def settle(office: Office, uid: str) -> None:
    """Tell the workspace that somebody else decided."""
    with SyncedWorkspace.attach(office.path) as local:
        state = local.state()
        conflict = replace(office.disputes()[uid].conflict, is_open=False, choice="theirs", resolved_by="chef")
        local.receive(Page(state.cursor + 1, state.chain, False, (), (conflict,)))


def test_a_contradiction_settled_before_it_is_opened_says_so(office, renamed):
    cases = office.cases()
    settle(office, renamed[1])
    dialog = office.opens_case(cases[0], cases)
    assert "settled" in dialog.message.text()
    assert not ok(dialog).isEnabled()
    assert not dialog.decision.isEnabled()


def test_the_keyboard_reaches_everything(office, renamed, qtbot):
    dialog = office.opens(renamed[1])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.mine.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.edit.isChecked, timeout=PATIENCE_MS)
    reached = set()
    for _ in range(12):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert {dialog.editors.findChild(QLineEdit), dialog.comment, ok(dialog), dialog.values} <= reached
