"""Looks in the background, every few minutes, at how much would come from the shared database; writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.errors import ResorptionError
from ..core.sync.overview import Way
from ..qgis_adapters.sharing import Account, preview
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr

_MINUTE_MS = 60_000


class SharingNews(QObject):
    """Counts what would come until ``stop``; what goes wrong is told too, and asks nothing of anybody."""

    counted = pyqtSignal(int)
    failed = pyqtSignal(object)

    def __init__(self, where: Callable[[], Path | None], jobs: Jobs, parent: QObject) -> None:
        """Look for the workspace that ``where`` returns; at nothing when it returns none."""
        super().__init__(parent)
        self._where = where
        self._jobs = jobs
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)

    def start(self, minutes: int) -> None:
        """Look every so many minutes; never when there are none."""
        if minutes > 0:
            self._clock.start(minutes * _MINUTE_MS)
        else:
            self._clock.stop()

    def stop(self) -> None:
        """Look no more."""
        self._clock.stop()

    def look(self) -> None:
        """Count what would come."""
        path, spoken = self._where(), language()
        if path is None:
            return

        def done(account: Account) -> None:
            if path == self._where():
                self.counted.emit(sum(line.count for line in account.lines if line.way is Way.COMES))

        def failed(error: ResorptionError) -> None:
            if path == self._where():
                self.failed.emit(error)

        title = tr("Looking for news")
        self._jobs.run_unasked(title, lambda feedback: preview(path, "", spoken, feedback), done, failed)
