"""The page *Sharing* and its windows: a real server, two real workspaces."""

from __future__ import annotations

from pathlib import Path

import shapely
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QDialogButtonBox, QMessageBox

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.geopackage.sync.workspace import is_attached
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.ui.connect_dialog import ConnectDialog
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog
from tests.gui.sharing_desk import PATIENCE_MS, SITE, attach, contradict, in_dialog, name_in, synchronise, write
from tests.gui.tasks_end import tasks_end

HERE = shapely.Point(1.44, 43.6)


def accept_an_exception(workspace: Path) -> None:
    """Write two findings, on one of which an exception is accepted: that one alone travels."""
    told = {"check_id": "GEO-001", "target_layer": "site", "target_uid": SITE, "related_uids": "[]"}
    told |= {"severity": "error", "verdict": "fails", "message": "{}", "details": "{}"}
    accepted = {"state": "accepted", "accepted_reason": "vu sur place", "accepted_by": "marie"}
    with GeoPackageStore.open(workspace) as store:
        open_one = Record(
            "finding", "3f75afd7-15fd-4f52-a283-cedbcd6efb9b", told | {"check_id": "GEO-002", "state": "open"}, HERE
        )
        known = Record("finding", "4f75afd7-15fd-4f52-a283-cedbcd6efb9b", told | accepted, HERE)
        store.apply(ChangeSet(insert=[open_one, known]))


def test_a_workspace_that_is_not_shared_says_so(page):
    assert "on this computer only" in page.state.text()
    assert not page.synchronise.isEnabled()
    assert [part.isHidden() for part in (page.synchronise, page.cases_box, page.aside_box)] == [True] * 3
    assert not page.connect_server.isHidden()


def test_the_test_of_a_connection_says_who_one_is_and_what_is_wrong(page, server, workspace, qtbot):
    told: list[str] = []

    def try_both(dialog: ConnectDialog) -> None:
        def tried(reference: str) -> str:
            dialog.reference.setEditText(reference)
            dialog.test.click()
            qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)
            return dialog.told.toPlainText() + dialog.details.text() + dialog.message.text()

        told.extend(tried(reference) for reference in ("service=marie", "service=marie password=wrong", "nowhere"))
        dialog.reject()

    in_dialog(ConnectDialog, try_both)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=PATIENCE_MS)
    assert "You are marie, officer" in told[0]
    assert "Areas where you write: Haute-Garonne (31)" in told[0]
    assert "PostGIS 3" in told[0]
    assert "Nothing comes from it" in told[0]
    assert "refuses" in told[1]
    assert "wrong" not in told[1]
    assert "no PostgreSQL connection “nowhere”" in told[2]
    assert "attached" not in page.state.text()


def test_attaching_says_before_what_goes_and_what_comes(page, workspace, colleague, qtbot):
    write(workspace.workspace, "2f75afd7-15fd-4f52-a283-cedbcd6efb9b", name="À moi")
    accept_an_exception(workspace.workspace)
    asked: list[str] = []
    question: list[str] = []

    def look(box: QMessageBox, dialog: ConnectDialog) -> None:
        question.extend((box.text(), box.button(QMessageBox.StandardButton.Ok).text()))
        asked.append(box.informativeText())
        box.button(QMessageBox.StandardButton.Cancel).click()
        dialog.reject()

    def fill(dialog: ConnectDialog) -> None:
        dialog.reference.setEditText("service=marie")
        in_dialog(QMessageBox, lambda box: look(box, dialog))
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    in_dialog(ConnectDialog, fill)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE_MS)
    tasks_end(qtbot)
    goes, comes, *_rest = asked[0].splitlines()
    assert goes == "↑ Go to the shared database: Slum sites: 1, other records: 1."
    assert comes.startswith("↓ Come from it into this workspace: Slum sites: 1")
    assert asked[0].endswith("2 records will be sent there at once; everybody reads there what their rights allow.")
    assert question == ["Attach this workspace by the connection “service=marie”?", "Attach and Send"]
    assert not is_attached(workspace.workspace)
    attach(page, qtbot)
    assert "2 records sent, 1 record received." in page.state.text()


def test_what_goes_and_what_comes_is_shown_before_it_does(page, workspace, colleague, small_qgis, qtbot):
    attach(page, qtbot)
    assert " as marie (officer), area: Haute-Garonne (31).\n" in page.state.text()
    assert name_in(workspace.workspace) == "Chemin de l'Écluse"
    write(colleague, caravans=4)
    synchronise_workspace(colleague, "", Silent())
    write(workspace.workspace, name="L'Écluse")
    assert synchronise(page, qtbot) == ["↑ To send (1)", "↓ To receive (1)"]
    assert "1 record sent, 1 record received." in page.state.text()
    badge = small_qgis.window.findChild(QAction, "resorption_synchronise")
    write(workspace.workspace, caravans=7)
    page.show_sharing(None)
    qtbot.waitUntil(lambda: badge.toolTip().endswith("\n1 record to send"), timeout=PATIENCE_MS)


def test_nothing_happens_without_agreement(page, workspace, colleague, qtbot):
    attach(page, qtbot)
    write(workspace.workspace, name="À moi")
    in_dialog(SyncPreviewDialog, lambda dialog: dialog.reject())
    qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
    tasks_end(qtbot)
    synchronise_workspace(colleague, "", Silent())
    assert name_in(colleague) == "Chemin de l'Écluse"


def test_a_contradiction_waits_for_a_person(page, workspace, colleague, qtbot):
    contradict(page, workspace.workspace, colleague, qtbot)
    qtbot.waitUntil(lambda: page.cases_box.title() == "To decide (1)", timeout=PATIENCE_MS)
    site = page.cases.topLevelItem(0)
    assert site.text(0).endswith("Toulouse")
    assert site.child(0).text(1).endswith("you and karim")
    assert name_in(workspace.workspace) == "Le nom de Marie"
    page.cases.setCurrentItem(site.child(0))
    assert page.decide.isEnabled()


def test_without_a_server_everything_waits(page, workspace, colleague, server, qtbot):
    attach(page, qtbot)
    write(workspace.workspace, name="Écrit dans la voiture")
    server.stop()
    try:
        qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "Offline" in page.state.text(), timeout=PATIENCE_MS)
        tasks_end(qtbot)
    finally:
        server.start()
    assert synchronise(page, qtbot) == ["↑ To send (1)"]
    assert "1 record sent" in page.state.text()


def test_a_workspace_is_detached_with_all_its_records(page, workspace, colleague, monkeypatch, qtbot):
    attach(page, qtbot)
    monkeypatch.setattr("qgis.PyQt.QtWidgets.QMessageBox.question", lambda *_asked: 0x4000)  # Yes
    in_dialog(ConnectDialog, lambda dialog: dialog.detach.click())
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "on this computer only" in page.state.text(), timeout=PATIENCE_MS)
    assert name_in(workspace.workspace) == "Chemin de l'Écluse"
