"""Progress and *Cancel* of background work, in QGIS's message bar."""

from __future__ import annotations

from qgis.core import Qgis, QgsTask
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from .notifier import TITLE

PATIENCE_MS = 800
"""Shorter work shows nothing: a bar that flashes after each saved edit would disturb."""

BAR_WIDTH = 180

_ENDED = (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated)


class ProgressDisplay(QObject):
    """Shows one message per task that lasts, and takes it away when the task ends."""

    def __init__(self, bar: QgsMessageBar, jobs: Jobs, parent: QObject | None = None) -> None:
        """Follow the tasks that ``jobs`` starts."""
        super().__init__(parent)
        self._bar = bar
        jobs.started.connect(self._follow)

    def _follow(self, task: QgsTask) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._show(task))
        for ended in (task.taskCompleted, task.taskTerminated):
            ended.connect(timer.stop)
            ended.connect(timer.deleteLater)
        timer.start(PATIENCE_MS)

    def _show(self, task: QgsTask) -> None:
        if task.status() in _ENDED:
            return
        item = QgsMessageBar.createMessage(TITLE, task.description())
        bar = QProgressBar(item)
        bar.setMaximumWidth(BAR_WIDTH)
        bar.setValue(int(task.progress()))
        cancel = QPushButton(tr("Cancel"), item)
        cancel.clicked.connect(task.cancel)
        for widget in (bar, cancel):
            item.layout().addWidget(widget)
        self._bar.pushWidget(item, Qgis.MessageLevel.Info, 0)
        shown = _Shown(self._bar, item, bar)
        task.progressChanged.connect(shown.show_percent)
        for ended in (task.taskCompleted, task.taskTerminated):
            ended.connect(shown.close)


class _Shown(QObject):
    """A message about a task; it belongs to the message, which the user may close, and hears nothing afterwards."""

    def __init__(self, messages: QgsMessageBar, item: QgsMessageBarItem, bar: QProgressBar) -> None:
        super().__init__(item)
        self._messages = messages
        self._item = item
        self._bar = bar

    def show_percent(self, percent: float) -> None:
        self._bar.setValue(int(percent))

    def close(self) -> None:
        self._messages.popWidget(self._item)
