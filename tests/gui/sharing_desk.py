"""What an officer does on the page *Sharing*, with real clicks, for the tests of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shapely
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMessageBox

from resorption_plugin.core.ports import ChangeSet, Silent
from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.qgis_adapters.synchronising import synchronise_workspace
from resorption_plugin.ui.connect_dialog import ConnectDialog
from resorption_plugin.ui.sharing_page import SharingPage
from resorption_plugin.ui.sync_preview_dialog import SyncPreviewDialog
from tests.gui.tasks_end import tasks_end

PATIENCE_MS = 120_000
SITE = "0f75afd7-15fd-4f52-a283-cedbcd6efb9b"
MARIE, KARIM = "marie", "karim"


def write(workspace: Path, uid: str = SITE, **values: object) -> None:
    """Write a site of Toulouse as another program would, or change it."""
    with GeoPackageStore.open(workspace) as store:
        given = {"department": "31", "fk_city": "31555", "commune": "Toulouse", "epci": "243100518", "status": "open"}
        if store.read_uids("site", [uid]):
            store.apply(ChangeSet(update=[Record("site", uid, values)]))
        else:
            store.apply(ChangeSet(insert=[Record("site", uid, given | values, shapely.Point(1.44, 43.6))]))


def name_in(workspace: Path, uid: str = SITE) -> str:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return str(store.read_uids("site", [uid])[0]["name"])


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], object]) -> None:
    """Do something in the next window of a kind, as soon as it is there."""

    def look() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        if found:
            act(found[0])
        else:
            QTimer.singleShot(100, look)

    QTimer.singleShot(0, look)


def attach(page: SharingPage, qtbot, reference: str = f"service={MARIE}") -> None:
    def fill(dialog: ConnectDialog) -> None:
        dialog.reference.setEditText(reference)
        in_dialog(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.Ok).click())
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    in_dialog(ConnectDialog, fill)
    qtbot.mouseClick(page.connect_server, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.synchronise.isEnabled, timeout=PATIENCE_MS)
    tasks_end(qtbot)


def ask(page: SharingPage, qtbot) -> None:
    """Click *Synchronise…* where no account of what would travel is expected."""
    qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
    tasks_end(qtbot)


def synchronise(page: SharingPage, qtbot) -> list[str]:
    """Agree to what is shown; return its lines."""
    seen: list[str] = []

    def agree(dialog: SyncPreviewDialog) -> None:
        tree = dialog.moves
        seen.extend(tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount()))
        if seen:
            tree.setCurrentItem(tree.topLevelItem(0))
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
        seen.append("agreed")

    in_dialog(SyncPreviewDialog, agree)
    qtbot.mouseClick(page.synchronise, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "agreed" in seen, timeout=PATIENCE_MS)
    qtbot.waitUntil(page.synchronise.isEnabled, timeout=PATIENCE_MS)
    tasks_end(qtbot)
    return seen[:-1]


def contradict(page: SharingPage, workspace: Path, colleague: Path, qtbot) -> None:
    """Attach, then let the colleague and this workspace give the site two names; both are exchanged."""
    attach(page, qtbot)
    write(colleague, name="Le nom de Karim")
    synchronise_workspace(colleague, "", Silent())
    write(workspace, name="Le nom de Marie")
    synchronise(page, qtbot)
