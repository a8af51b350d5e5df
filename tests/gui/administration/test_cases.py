"""What waits for an administrator: contradictions, what officers hand over, the log; a real server."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabWidget

from resorption_plugin.core.ports import Silent
from resorption_plugin.qgis_adapters.administration import read_handed
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.ui.conflict_dialog import ConflictDialog
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.hand_over_dialog import HandOverDialog
from resorption_plugin.ui.sharing_page import SharingPage
from tests.gui.administration.hands import PATIENCE_MS, answer_yes, choose, click_ok, in_dialog, wait
from tests.gui.sharing_desk import SITE, write

OUTSIDE = "1f75afd7-15fd-4f52-a283-cedbcd6efb9b"


@pytest.fixture
def quarrel(attached) -> Path:
    """The workspace of Ada, which knows that Marie and Karim contradict each other."""
    karim, marie = attached("karim"), attached("marie")
    write(karim, SITE, name="Chemin de l'Écluse")
    synchronise_workspace(karim, "", Silent())
    synchronise_workspace(marie, "", Silent())
    ada = attached("ada")
    write(karim, SITE, name="Le nom de Karim")
    synchronise_workspace(karim, "", Silent())
    write(marie, SITE, name="Le nom de Marie")
    synchronise_workspace(marie, "", Silent())
    synchronise_workspace(ada, "", Silent())
    return ada


@pytest.fixture
def refused_site(attached) -> Path:
    """The workspace of Marie, who may not write in Blagnac and has written there."""
    path = attached("marie")
    write(path, OUTSIDE, fk_city="31069", name="Hors zone", commune="Blagnac", population_total=12)
    synchronise_workspace(path, "", Silent())
    return path


def test_contradictions_are_counted_and_decided_where_they_are(opened, quarrel, qtbot):
    without = opened("service=ada")
    assert "1 open: by department 31 (1); sent by marie (1)" in without.contested_count.text()
    assert "Le nom de" in without.contested.topLevelItem(0).text(0)
    assert "marie and karim changed" in without.contested.topLevelItem(0).text(2)
    choose(without.contested, "karim")
    assert not without.decide.isEnabled()

    dialog = opened("service=ada", quarrel)
    choose(dialog.contested, "karim")

    def take_theirs(conflict: ConflictDialog) -> None:
        conflict.theirs.setChecked(True)
        click_ok(conflict)

    in_dialog(ConflictDialog, take_theirs)
    with qtbot.waitSignal(dialog.decided, timeout=PATIENCE_MS):
        dialog.decide.click()
    wait(dialog, qtbot)
    assert "decided, to be sent" in dialog.contested.topLevelItem(0).text(4)
    synchronise_workspace(quarrel, "", Silent())
    click_ok(dialog)
    wait(dialog, qtbot)
    assert dialog.contested.topLevelItemCount() == 0


@pytest.fixture
def page(refused_site, plugin, small_qgis, workspace, qtbot) -> SharingPage:
    """The page *Sharing* of Marie, on what was refused."""
    workspace.workspace.write_bytes(refused_site.read_bytes())
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    shown = dock.sharing
    dock.findChild(QTabWidget).setCurrentWidget(shown)  # its buttons have no size before it is in front
    qtbot.waitUntil(lambda: shown.aside.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    return shown


def ask_to_hand_over(page: SharingPage, act: Callable[[HandOverDialog], object], qtbot) -> None:
    """Select the record, which the page may just have read anew, and do something in the window that opens."""

    def is_offered() -> bool:
        page.aside.setCurrentItem(page.aside.topLevelItem(0))
        return page.hand_over.isEnabled()

    in_dialog(HandOverDialog, act)
    qtbot.waitUntil(is_offered, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.hand_over, Qt.MouseButton.LeftButton)


def test_an_officer_hands_over_what_is_refused_and_reads_the_answer(page, opened, tmp_path, monkeypatch, qtbot):
    def hand(asking: HandOverDialog) -> None:
        asking.comment.setPlainText("À voir avec Blagnac")
        click_ok(asking)

    ask_to_hand_over(page, hand, qtbot)
    (one,) = read_handed(tmp_path / "marie.gpkg")
    assert (one.who, one.row, one.comment, one.values["name"]) == ("marie", OUTSIDE, "À voir avec Blagnac", "Hors zone")

    dialog = opened("service=ada")
    assert dialog.handed_count.text() == "1 wait, 0 are settled."
    choose(dialog.handed, "Hors zone")
    assert "À voir avec Blagnac" in dialog.handed_detail.toPlainText()
    assert "Hors zone" in dialog.handed_detail.toPlainText()
    target = tmp_path / "remis.csv"
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QFileDialog.getSaveFileName", lambda *_asked: (str(target), ""))
    dialog.export_handed.click()
    wait(dialog, qtbot)
    with target.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert ["12" in line and line[0] == "marie" for line in lines].count(True) == 1
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QInputDialog.getMultiLineText", lambda *_asked: ("Fait par Ada", True))
    dialog.settle.click()
    wait(dialog, qtbot)
    assert "✔ settled" in dialog.handed.topLevelItem(0).text(0)

    told: list[str] = []

    def look(asking: HandOverDialog) -> None:
        told.append(asking.before.text())
        asking.reject()

    ask_to_hand_over(page, look, qtbot)
    assert "settled by ada: Fait par Ada" in told[0]


def test_the_log_is_trimmed_after_saying_what_goes(opened, quarrel, server, monkeypatch, qtbot):
    dialog = opened("service=ada")
    assert "The log reaches back to" in dialog.log_reach.text()
    before = int(dialog.parts.topLevelItem(0).text(4))
    asked = answer_yes(monkeypatch)
    dialog.months.setValue(1)
    dialog.trim.click()
    wait(dialog, qtbot)
    assert asked == []
    assert "Nothing in the log is older" in dialog.message.text()
    server.sql(
        "ALTER TABLE sync.tx DISABLE TRIGGER keep; UPDATE sync.tx SET at = at - interval '1 year' WHERE rev = 1;"
        "ALTER TABLE sync.tx ENABLE ALWAYS TRIGGER keep",
        "shared",
    )
    dialog.trim.click()
    wait(dialog, qtbot)
    assert "nobody in use loses anything" in asked[0]
    assert "1 entries were erased" in dialog.message.text()
    assert int(dialog.parts.topLevelItem(0).text(4)) == before - 1
