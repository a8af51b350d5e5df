"""An edit breaks the 200 m; the finding is accepted, survives restart and re-run, and comes back when it worsens."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox

from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.ui.accept_dialog import AcceptDialog
from resorption_plugin.ui.dock import ResorptionDock
from tests.gui.tasks_end import tasks_end
from tests.gui.test_desk import PATIENCE_MS, add, add_tap, findings, idle, move, select, wait_for_checks


@pytest.fixture
def session(small_qgis, workspace, qtbot):
    """Start the plugin on the workspace, as often as asked; the last one is unloaded at the end."""
    running = []

    def end():
        QgsProject.instance().clear()
        tasks_end(qtbot)
        running.pop().unload()

    def start() -> ResorptionDock:
        if running:
            end()
        plugin = ResorptionPlugin(small_qgis)
        plugin.initGui()
        running.append(plugin)
        assert small_qgis.addProject(str(workspace.project))
        dock = small_qgis.window.findChild(ResorptionDock)
        qtbot.waitUntil(dock.checks.rerun.isEnabled, timeout=PATIENCE_MS)
        idle(qtbot)
        return dock

    yield start
    end()


def accept_the_next(reason: str) -> None:
    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, AcceptDialog):
            QTimer.singleShot(50, fill)
            return
        dialog.reason.setPlainText(reason)
        dialog.author.setText("M. Martin, DDT")
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    QTimer.singleShot(50, fill)


def state(workspace) -> str:
    (row,) = findings(workspace.workspace, "EAU-001")
    return str(row["state"])


def test_the_life_of_an_exception(session, workspace, qtbot):
    dock = session()
    add("site", name="Le Pré", population_total=40)
    tap = add_tap(150)
    idle(qtbot)
    assert findings(workspace.workspace, "EAU-001") == []

    move("water_point", tap["uid"], 300)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    select(dock, "EAU-001")
    accept_the_next("Citerne livrée chaque jour")
    dock.checks.accept.click()
    qtbot.waitUntil(lambda: state(workspace) == "accepted", timeout=PATIENCE_MS)

    dock = session()  # QGIS was closed and opened again
    assert state(workspace) == "accepted"
    dock.checks.rerun.click()
    idle(qtbot)
    assert state(workspace) == "accepted"
    wait_for_checks(dock, qtbot, set(), {"EAU-001"})

    move("water_point", tap["uid"], 290)  # better: still accepted
    idle(qtbot)
    assert state(workspace) == "accepted"

    move("water_point", tap["uid"], 420)
    wait_for_checks(dock, qtbot, {"EAU-001"}, set())
    (row,) = findings(workspace.workspace, "EAU-001")
    assert row["state"] == "stale"
    assert row["accepted_reason"] == "Citerne livrée chaque jour"
