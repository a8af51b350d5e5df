"""What is set aside is given up from the page, each reason by itself, once the officer agrees."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMessageBox

from resorption_plugin.core.sync.travelling import travel
from resorption_plugin.core.sync.wire import UnsendableError
from resorption_plugin.geopackage.sync.quarantine import Cause
from resorption_plugin.geopackage.sync.writing import Writer
from tests.gui.sharing_desk import PATIENCE_MS, SITE, attach, in_dialog, name_in, synchronise, write
from tests.gui.tasks_end import tasks_end

ELSEWHERE = {"department": "32", "fk_city": "32013", "commune": "Auch", "epci": "200066926"}


def decided_in_vain(workspace, name: str) -> None:
    """Keep a name that was decided on a contradiction which is no more."""
    with closing(sqlite3.connect(workspace)) as connection, connection:
        error = UnsendableError("The contradiction is gone.")
        Writer(connection, workspace).set_beside(travel("site"), SITE, Cause.DECISION, error, {"name": name})


def give_up(page, row: int, qtbot) -> str:
    """Select a line, give it up; return the question."""
    asked: list[str] = []

    def agree(box: QMessageBox) -> None:
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Yes).click()

    lines = page.aside.topLevelItemCount()
    page.aside.setCurrentItem(page.aside.topLevelItem(row))
    in_dialog(QMessageBox, agree)
    qtbot.mouseClick(page.discard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.aside.topLevelItemCount() == lines - 1, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    return asked[0]


def test_each_reason_is_given_up_by_itself(page, workspace, qtbot):
    write(workspace.workspace, name="Le Pré")
    attach(page, qtbot)
    write(workspace.workspace, name="Le Pré d'ailleurs", **ELSEWHERE)
    decided_in_vain(workspace.workspace, "Le Pré des deux")
    synchronise(page, qtbot)
    qtbot.waitUntil(lambda: page.aside.topLevelItemCount() == 2, timeout=PATIENCE_MS)
    kinds = [page.aside.topLevelItem(row).text(2) for row in range(2)]
    beside = kinds.index("Decided in vain")
    page.aside.setCurrentItem(page.aside.topLevelItem(beside))
    assert page.reason.text().endswith("Name of the site – Le Pré des deux")
    told = give_up(page, beside, qtbot)
    assert "nothing else keeps it" in told
    assert name_in(workspace.workspace) == "Le Pré d'ailleurs"
    assert "the history keeps it" in give_up(page, 0, qtbot)
    assert name_in(workspace.workspace) == "Le Pré"
    assert page.aside_box.title() == "Set aside (0)"
