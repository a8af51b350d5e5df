"""Exchanges the open workspace with the shared database: shows what would travel, asks, and works in the background."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.ports import Feedback, Notifier
from ..core.sync.welcoming import Emptying
from ..qgis_adapters.exchanging import exchanging
from ..qgis_adapters.requirements import refuse_without_driver
from ..qgis_adapters.sharing import Account, Sharing, preview
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from ..qgis_adapters.unsaved_edits import UnsavedEdits, refuse_unsaved
from .sharing_words import done_text
from .sync_preview_dialog import ShowPlaces, SyncPreviewDialog


class SharingExchange(QObject):
    """Does one exchange at a time; what it tells is of the open workspace.

    ``begun`` once the user agreed; then ``ended`` with what was done (``synchronising.Done``) or ``failed`` with the
    error. Of a workspace that was closed meanwhile the message bar tells. ``left`` when the window of the connection
    was left without an exchange: the workspace was detached, an attachment was stopped, or nothing was done.
    """

    begun = pyqtSignal()
    ended = pyqtSignal(object)
    failed = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(  # noqa: QGS105 - handed over, so that a test brings its own
        self,
        workspace: Callable[[], Path | None],
        show_places: ShowPlaces,
        *,
        jobs: Jobs,
        notifier: Notifier,
        window: QWidget,
        parent: QObject,
    ) -> None:
        """Exchange the open ``workspace``; ``show_places`` marks on the map what is chosen of what would travel."""
        super().__init__(parent)
        self._workspace = workspace
        self._show_places = show_places
        self._jobs = jobs
        self._notifier = notifier
        self._window = window
        self._noted = ExitStack()
        self.is_running = False
        """Whether an exchange is being shown, agreed on or done."""

    def begin(self, path: Path) -> None:
        """Show what would travel, then exchange it.

        Raises ``UnsavedEditsError``, and ``ResorptionError`` while another exchange runs.
        """
        self.refuse_twice()
        refuse_unsaved(QgsProject.instance(), path)
        spoken = language()
        self.is_running = True
        self._noted.enter_context(exchanging(path))  # from now on: checks that run meanwhile would be done again
        self._jobs.run(
            tr("Looking at what goes and what comes"),
            lambda feedback: preview(path, "", spoken, feedback),
            lambda account: self._agree(path, account),
            lambda error: self._failed(path, error),
        )

    def stop(self) -> None:
        """Note that no exchange runs any more."""
        self.is_running = False
        self._noted.close()

    def connect_server(self, path: Path, sharing: Sharing) -> None:
        """Choose, test, attach, detach. Raises ``ResorptionError`` while an exchange runs or without the driver."""
        self.refuse_twice()
        refuse_without_driver()
        from .connect_dialog import ConnectDialog

        dialog = ConnectDialog(path, sharing, lambda: UnsavedEdits(QgsProject.instance(), path), self._window)
        dialog.attached.connect(self.ended)
        dialog.detached.connect(self.left)
        dialog.rejected.connect(self.left)
        dialog.exec()
        dialog.deleteLater()

    def refuse_twice(self) -> None:
        """Raise ``ResorptionError`` while an exchange runs."""
        if self.is_running:
            raise ResorptionError(mark("A synchronisation is already running: wait for it, or cancel it."))

    def _agree(self, path: Path, account: Account) -> None:
        dialog = SyncPreviewDialog(account, self._show_places, self._window)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if agreed and path == self._workspace():
            self._exchange(path, Emptying.AGREED if account.emptied else Emptying.REFUSED)
        else:
            self.stop()

    def _exchange(self, path: Path, emptying: Emptying) -> None:
        from ..qgis_adapters.synchronising import Done, synchronise_workspace

        unsaved = UnsavedEdits(QgsProject.instance(), path)
        self.begun.emit()

        def work(feedback: Feedback) -> Done:
            try:
                return synchronise_workspace(path, "", feedback, unsaved, emptying)
            finally:
                unsaved.stop()

        def done(result: Done) -> None:
            self.stop()
            if path == self._workspace():
                self.ended.emit(result)
            else:
                self._notifier.inform(done_text(result))

        self._jobs.run(tr("Synchronising"), work, done, lambda error: self._failed(path, error))

    def _failed(self, path: Path, error: ResorptionError) -> None:
        self.stop()
        if path == self._workspace():
            self.failed.emit(error)
        else:
            self._notifier.report(error)
