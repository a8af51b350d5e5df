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
            ended.connect(timer.deleteLater)
        timer.start(PATIENCE_MS)

    def _show(self, task: QgsTask) -> None:
        if task.status() in _ENDED:
            return
        item = QgsMessageBar.createMessage(TITLE, task.description())
        bar = QProgressBar(item)
        bar.setMaximumWidth(BAR_WIDTH)
        bar.setValue(int(task.progress()))
        task.progressChanged.connect(lambda percent: bar.setValue(int(percent)))
        cancel = QPushButton(tr("Cancel"), item)
        cancel.clicked.connect(task.cancel)
        for widget in (bar, cancel):
            item.layout().addWidget(widget)
        self._bar.pushWidget(item, Qgis.MessageLevel.Info, 0)
        for ended in (task.taskCompleted, task.taskTerminated):
            ended.connect(lambda: self._close(item))

    def _close(self, item: QgsMessageBarItem) -> None:
        self._bar.popWidget(item)
