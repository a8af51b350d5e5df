"""Asks for the master password of QGIS, which opens its saved passwords, in the main thread, whoever needs it."""

from __future__ import annotations

import threading
from functools import cache

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal, pyqtSlot


def is_given() -> bool:
    """Say whether the master password is known and right; QGIS asks for it where it is not. From any thread."""
    if threading.current_thread() is threading.main_thread():
        return bool(QgsApplication.authManager().setMasterPassword(True))
    answers: list[bool] = []
    _asker().wanted.emit(answers)
    return answers == [True]


class _Asker(QObject):
    """Lives in the main thread, for which the others wait.

    QGIS hands the password to the wallet of the system as well, by a queue that belongs to the thread that used it
    first: once that thread has ended, QGIS waits for ever in any other, and locks out whoever asks after that.
    """

    wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QgsApplication.instance().thread())
        self.wanted.connect(self._ask, Qt.ConnectionType.BlockingQueuedConnection)

    @pyqtSlot(object)
    def _ask(self, answers: list[bool]) -> None:
        answers.append(is_given())


@cache
def _asker() -> _Asker:
    return _Asker()
