"""Scenes of sharing: connect, synchronise, decide, look at what is set aside (see ``in_qgis_driver.py``)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from qgis import processing
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QTabWidget, QTreeWidget, QTreeWidgetItem, QWidget
from qgis.utils import iface

from in_qgis_hands import (
    Wait,
    dock,
    expect,
    hide_base_maps,
    idle,
    later,
    picture,
    press_ok,
    window,
)

Scene = Generator[Wait, None, Any]
_HELD = Qt.ItemDataRole.UserRole


def make_workspace(workspace: str, project: str) -> Scene:
    """Make an empty workspace of Haute-Garonne by the toolbox."""
    given = {"TERRITORY": "31", "OUTPUT": workspace, "PROJECT": project}
    processing.run("resorption:createworkspace", given)
    yield from rest()


def open_project(project: str) -> Scene:
    """Open a project, its page of sharing in front."""
    iface.mainWindow().showMaximized()
    iface.addProject(project)
    hide_base_maps()
    yield from show_page()
    yield lambda: page().connect_server.isEnabled() and idle()


def show_page() -> Iterator[Wait]:
    """Turn the dock to the page of sharing, wide enough to be read."""
    dock().show_up()
    dock().findChild(QTabWidget).setCurrentWidget(page())
    browser = iface.mainWindow().findChild(QWidget, "Browser")
    if browser is not None:
        browser.close()
    iface.mainWindow().resizeDocks([dock()], [620], Qt.Orientation.Horizontal)
    yield 0.3


def attach(reference: str) -> Scene:
    """Give a connection, test it, attach; return what the test found and what the page says."""
    picture("not-shared")
    click(page().connect_server)
    yield lambda: window("ConnectDialog") is not None
    dialog = window("ConnectDialog")
    line = dialog.findChild(QComboBox, "reference").lineEdit()
    line.selectAll()
    QTest.keyClicks(line, reference)
    yield 0.2
    click(dialog.test)
    yield 0.2
    yield lambda: not dialog.is_working
    yield 0.2
    picture("connection-tested")
    found = dialog.told.toPlainText()
    press_ok(dialog)
    yield lambda: window("QMessageBox") is not None or window("ConnectDialog") is None
    if window("QMessageBox") is not None:
        picture("what-attaching-does")
        press_ok(window("QMessageBox"))
    yield lambda: window("ConnectDialog") is None
    yield from rest()
    picture("attached")
    return {"found": found, "state": page().state.text()}


def synchronise(shown: str = "synchronised") -> Scene:
    """Look at what would travel and agree; return its lines and what the page says, or why nothing travelled."""
    lines = yield from ask_to_synchronise(shown)
    if window("SyncPreviewDialog") is not None:
        press_ok(window("SyncPreviewDialog"))
        yield lambda: window("SyncPreviewDialog") is None
        yield page().synchronise.isEnabled
        yield from rest()
    picture(shown)
    iface.messageBar().clearWidgets()
    return {"lines": lines, "state": page().state.text(), "cases": page().cases_box.title()}


def ask_to_synchronise(shown: str) -> Generator[Wait, None, list[str]]:
    """Press the button and look at what would travel; without a server, nothing is shown."""
    click(page().synchronise)
    yield 0.3
    yield lambda: window("SyncPreviewDialog") is not None or idle()
    yield 0.3
    dialog = window("SyncPreviewDialog")
    if dialog is None:
        yield from rest()
        return []
    tree: QTreeWidget = dialog.moves
    if tree.topLevelItemCount():
        tree.setCurrentItem(tree.topLevelItem(0))
        tree.expandAll()
        tree.expandAll()  # what is below a layer is made when it is opened
        yield 0.5
    picture(f"{shown}-preview")
    return [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]


def agree() -> Scene:
    """Press the button and agree, and wait for nothing more."""
    yield from ask_to_synchronise("on-the-way")
    press_ok(window("SyncPreviewDialog"))
    yield lambda: window("SyncPreviewDialog") is None
    yield 0.5
    picture("on-the-way")


def decide(row: str, choice: str, value: str = "", comment: str = "") -> Scene:
    """Settle the contradiction about a record by ``mine``, ``theirs`` or ``edit`` with a value."""
    item = next((one for one in _items(page().cases) if _row_of(one) == row), None)
    expect(item is not None, f"no contradiction is about {row}")
    what = item.text(1)
    page().cases.setCurrentItem(item)
    yield 0.2  # the page may be read anew meanwhile: what was selected stays so
    click(page().decide)
    yield lambda: window("ConflictDialog") is not None
    dialog = window("ConflictDialog")
    yield lambda: dialog.decision.isVisible() and not dialog.is_working
    yield 0.4
    picture(f"contradiction-{choice}")
    getattr(dialog, choice).click()
    if value:
        first = dialog.editors.findChildren(QWidget)
        line = next(one for one in first if one.metaObject().className() in ("QLineEdit", "QPlainTextEdit"))
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, value)
        yield 0.2
        picture(f"contradiction-{choice}-written")
    if comment:
        QTest.keyClicks(dialog.comment, comment)
    yield 0.1
    press_ok(dialog)
    yield lambda: window("ConflictDialog") is None
    yield from rest()
    return what


def waiting() -> Scene:
    """Return what the page says, with a picture of it."""
    yield from show_page()
    picture("page")
    rows = [_row_of(item) for item in _items(page().cases)]
    return {"state": page().state.text(), "cases": rows, "aside": page().aside.topLevelItemCount()}


def rest() -> Iterator[Wait]:
    """Wait until no work is left, nor begins a moment later."""
    yield 0.3
    yield idle
    yield 0.3
    yield idle
    yield 0.2


def settle() -> Scene:
    """Wait for what follows from what another program wrote: it is noticed within two seconds."""
    yield 3
    yield from rest()


def leave() -> Scene:
    """Let go of the project without saving it: the workspace holds everything."""
    QgsProject.instance().setDirty(False)
    QgsProject.instance().clear()
    yield from rest()


def page() -> Any:
    """Return the page of sharing."""
    return dock().sharing


def click(button: QWidget) -> None:
    """Click a button that may open a modal dialog."""
    expect(button.isEnabled(), f"{button.objectName()} cannot be pressed")
    later(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))


def button(dialog: QWidget, standard: QDialogButtonBox.StandardButton) -> QWidget:
    """Return a standard button of a dialog."""
    return dialog.findChild(QDialogButtonBox).button(standard)


def _items(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    for row in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(row)
        for item in (top.child(number) for number in range(top.childCount())):
            yield from [item.child(number) for number in range(item.childCount())] or [item]


def _row_of(item: QTreeWidgetItem) -> str:
    held = item.data(0, _HELD)
    return held[0].dispute.conflict.row if held else ""
