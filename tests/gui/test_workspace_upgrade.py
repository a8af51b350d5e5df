"""A workspace of an older version is upgraded from the window, after a question, before anything else is done."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QMessageBox

from resorption_plugin.geopackage.moves import Step
from resorption_plugin.geopackage.upgrading import is_outdated
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.ui.dock import ResorptionDock
from tests.next_step import NEXT, of_next_version, with_trees

PATIENCE_MS = 20_000


@pytest.fixture
def old(workspace, monkeypatch):
    of_next_version(monkeypatch, Step(NEXT, with_trees))
    return workspace


def answer(role: QMessageBox.ButtonRole, asked: list[str]) -> None:
    """Click in the next question; what it says is added to ``asked``."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(50, look)
            return
        asked.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    QTimer.singleShot(0, look)


def panel(qgis) -> ResorptionDock:
    return qgis.window.findChild(ResorptionDock)


def test_opening_a_project_offers_the_upgrade_and_then_shows_the_workspace(plugin, small_qgis, old, qtbot):
    asked: list[str] = []
    answer(QMessageBox.ButtonRole.AcceptRole, asked)
    small_qgis.addProject(str(old.project))
    qtbot.waitUntil(panel(small_qgis).checks.rerun.isEnabled, timeout=PATIENCE_MS)
    assert len(asked) == 1
    assert "empty.gpkg was made by an older version" in asked[0]
    assert not is_outdated(old.workspace)
    assert find_layer(QgsProject.instance(), "site").fields().indexOf("trees") >= 0
    (copy,) = old.workspace.parent.glob("empty_version1_*.gpkg")
    assert any(copy.name in told for told in small_qgis.sentences())
    assert "Haute-Garonne" in panel(small_qgis).overview.heading.text()


def test_who_declines_keeps_the_file_as_it_is_and_is_not_asked_twice(plugin, small_qgis, old, qtbot):
    before, asked = old.workspace.read_bytes(), []
    answer(QMessageBox.ButtonRole.RejectRole, asked)
    small_qgis.addProject(str(old.project))
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=PATIENCE_MS)
    qtbot.wait(400)
    assert old.workspace.read_bytes() == before
    assert len(asked) == 1
    assert small_qgis.sentences() == []
    assert not panel(small_qgis).checks.rerun.isEnabled()
    assert not small_qgis.window.findChild(QAction, "resorption_compute_distances").isEnabled()


def test_opening_the_file_upgrades_it_first(plugin, small_qgis, old, monkeypatch, qtbot):
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(old.workspace), ""))
    answer(QMessageBox.ButtonRole.AcceptRole, asked)
    small_qgis.window.findChild(QAction, "resorption_open_workspace").trigger()
    qtbot.waitUntil(panel(small_qgis).checks.rerun.isEnabled, timeout=PATIENCE_MS)
    assert len(asked) == 1
    assert not is_outdated(old.workspace)
    assert QgsProject.instance().fileName() == str(old.project)
    assert find_layer(QgsProject.instance(), "site").fields().indexOf("trees") >= 0
