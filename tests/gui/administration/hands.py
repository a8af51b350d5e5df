"""What an administrator does in the windows of administration, and what they show, for the tests of them."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox

from resorption_plugin.ui.administration_dialog import AdministrationDialog
from resorption_plugin.ui.job_dialog import JobDialog
from tests.gui import sharing_desk

PATIENCE_MS = 60_000
YES = 0x4000


def wait(dialog: AdministrationDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)


def column(tree, number: int) -> list[str]:
    return [tree.topLevelItem(row).text(number) for row in range(tree.topLevelItemCount())]


def choose(tree, text: str) -> None:
    found = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    tree.setCurrentItem(next(item for item in found if any(text in item.text(c) for c in range(tree.columnCount()))))


def in_dialog(kind: type[JobDialog], act: Callable[[JobDialog], object]) -> None:
    """Do something in the next window of a kind, as soon as it is there and has read."""

    def once_it_has_read(dialog: JobDialog) -> None:
        if dialog.is_working:
            QTimer.singleShot(100, lambda: once_it_has_read(dialog))
        else:
            act(dialog)

    sharing_desk.in_dialog(kind, once_it_has_read)


def click_ok(dialog: QDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def answer_yes(monkeypatch) -> list[str]:
    """Agree to every question; return what was asked."""
    asked: list[str] = []

    def question(_parent: object, title: str, text: str, *_others: object) -> int:
        asked.append(f"{title} {text}")
        return YES

    monkeypatch.setattr("qgis.PyQt.QtWidgets.QMessageBox.question", question)
    return asked
