"""What an officer meets of QGIS itself while sharing: its master password, its end; played in it."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QWidget
from qgis.utils import iface

from in_qgis_hands import expect, idle, later, modal, picture, press_ok, window
from in_qgis_sharing import Scene, click, page, rest

_MINUTE_MS = 60_000
_CLOSES_S = 20


def keep_password(identifier: str, login: str, password: str, master: str) -> Scene:
    """Keep a login and its password in an authentication of QGIS, under a master password."""
    manager = QgsApplication.authManager()
    expect(manager.setMasterPassword(master, True), "QGIS does not take the master password")
    kept = QgsAuthMethodConfig("Basic")
    kept.setId(identifier)
    kept.setName(login)
    kept.setConfigMap({"username": login, "password": password})
    stored, _config = manager.storeAuthenticationConfig(kept)
    expect(stored, "QGIS does not keep the authentication")
    yield 0.1


def work_without_password() -> Scene:
    """Let the background do what it does every few minutes; say whether it asked, and what the page says."""
    clocks = [clock for clock in page().findChildren(QTimer) if clock.interval() >= _MINUTE_MS]
    expect(clocks, "nobody looks for news")
    for clock in clocks:
        clock.timeout.emit()
    yield from rest()
    picture("nothing-asked")
    return {"asked": bool(_asking()) or modal() is not None, "state": page().state.text()}


def unlock(passwords: list[str], shown: str) -> Scene:
    """Ask to synchronise and answer QGIS, which asks again after a wrong password, nothing to cancel; agree to what
    travels, and return what is then said.
    """
    click(page().synchronise)
    for password in passwords:
        yield lambda: _asking() is not None
        yield 0.3
        line = _asking().findChild(QLineEdit, "leMasterPass")
        line.selectAll()
        QTest.keyClicks(line, password)
        picture(f"{shown}-asked")
        answer = Qt.Key.Key_Return if password else Qt.Key.Key_Escape
        later(lambda line=line, answer=answer: QTest.keyClick(line, answer))
        yield 0.3
    yield lambda: _asking() is None
    yield lambda: window("SyncPreviewDialog") is not None or idle()
    yield from _agree()
    picture(shown)
    return {"state": page().state.text()}


def begin_attaching(reference: str) -> Scene:
    """Give a connection and agree, and wait for nothing more."""
    click(page().connect_server)
    yield lambda: window("ConnectDialog") is not None
    dialog = window("ConnectDialog")
    line = dialog.findChild(QComboBox, "reference").lineEdit()
    line.selectAll()
    QTest.keyClicks(line, reference)
    yield 0.2
    press_ok(dialog)
    yield lambda: window("QMessageBox") is not None
    press_ok(window("QMessageBox"))
    yield 0.5
    picture("attaching")


def close_while_working() -> Scene:
    """Close the window and agree to what QGIS asks about its tasks; return the question and what is then said."""
    yield from close_window()
    yield lambda: isinstance(modal(), QMessageBox)
    yield 0.3
    picture("closing-asks")
    asked = modal().text()
    later(modal().button(QMessageBox.StandardButton.Yes).click)
    yield lambda: not isinstance(modal(), QMessageBox)
    yield from rest()
    if window("ConnectDialog") is not None:
        picture("closing-stopped-attaching")
        later(window("ConnectDialog").reject)
        yield lambda: modal() is None
        yield from rest()
    picture("closing-stopped")
    return {"asked": asked, "state": page().state.text()}


def close_for_good() -> Scene:
    """Close the window; where it stays open, return what QGIS asks."""
    yield from close_window()
    yield _CLOSES_S
    picture("stays-open")
    return {"asked": modal().text() if isinstance(modal(), QMessageBox) else ""}


def close_window() -> Scene:
    """Close the window, whose project is not to be saved: the workspace holds everything."""
    QgsProject.instance().setDirty(False)
    later(iface.mainWindow().close)
    yield 0.1


def _agree() -> Scene:
    dialog = window("SyncPreviewDialog")
    if dialog is not None:
        yield 0.3
        press_ok(dialog)
        yield lambda: window("SyncPreviewDialog") is None
        yield page().synchronise.isEnabled
    yield from rest()


def _asking() -> QWidget | None:
    """Return QGIS's window that asks for a password."""
    shown = (one for one in QApplication.topLevelWidgets() if one.isVisible())
    return next((one for one in shown if one.metaObject().className() == "QgsCredentialDialog"), None)
