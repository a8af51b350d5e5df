"""Joins the open workspace, the dock and the background work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QWidget

from ..core.errors import ResorptionError
from ..core.finding_list import ListedFinding
from ..core.ports import Feedback
from ..qgis_adapters.decision_writer import DecisionWriter
from ..qgis_adapters.desk_reader import Desk
from ..qgis_adapters.edit_watcher import Touched
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import tr
from .accept_dialog import AcceptDialog
from .checks_page import OPEN_STATES
from .dock import ResorptionDock
from .figures_controller import FiguresController
from .fixing import FixController
from .notifier import MessageBarNotifier
from .record_form import RecordViewer

ReadDesk = Callable[[Path, dt.date, Feedback], Desk]
"""Reads the workspace at a path as it is on a day; runs in the background."""


class DeskController(QObject):
    """Shows a workspace in the pages and does what they ask for; ``decided`` says that findings were decided on."""

    decided = pyqtSignal()
    written = pyqtSignal(object)
    """Uids of the records written to the file, by layer."""

    def __init__(
        self,
        dock: ResorptionDock,
        viewer: RecordViewer,
        decisions: DecisionWriter,
        author: Callable[[], str],
        read: ReadDesk,
        *,
        jobs: Jobs,
        notifier: MessageBarNotifier,
        window: QWidget,
    ) -> None:
        """Connect the pages of ``dock``; ``author`` says who signs decisions, ``read`` reads a workspace."""
        super().__init__(dock)
        self._overview = dock.overview
        self._checks = dock.checks
        self._viewer = viewer
        self._decisions = decisions
        self._jobs = jobs
        self._notifier = notifier
        self._author = author
        self._read = read
        self._window = window
        self._fixes = FixController(jobs, notifier, window, self)
        self._path: Path | None = None
        self._loading = False
        self._stale = False
        self._found: list[ListedFinding] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(lambda: self._checks.show_findings(self._found))
        self._figures = FiguresController(dock.overview, jobs, notifier)
        self._overview.refresh_asked.connect(self.reload)
        self._checks.zoom_asked.connect(self._zoom)
        self._checks.form_asked.connect(self._open_form)
        self._checks.accept_asked.connect(self._accept)
        self._checks.reopen_asked.connect(self._reopen)
        self._checks.fix_asked.connect(self._fix)
        self._checks.undo_merge_asked.connect(notifier.guard(self._fixes.undo_merge))
        self._fixes.merged.connect(self._checks.undo_merge.setVisible)
        self._fixes.written.connect(self._written)

    def show_workspace(self, path: Path | None) -> None:
        """Show this workspace, or none."""
        self._path = path
        self._turn.stop()
        if path is None:
            self._overview.clear()
            self._checks.clear()
        else:
            self.reload()

    def reload(self) -> None:
        """Read the workspace again in the background; what changes while it is read is read afterwards."""
        if self._path is None:
            return
        if self._loading:
            self._stale = True
            return
        path, today = self._path, dt.date.today()  # noqa: DTZ011 - the officer's day, where she is
        self._loading, self._stale = True, False
        self._jobs.run_unasked(
            tr("Reading the workspace"),
            lambda feedback: self._read(path, today, feedback),
            lambda desk: self._loaded(path, desk),
            self._failed,
        )

    def _loaded(self, path: Path, desk: Desk) -> None:
        self._loading = False
        if path == self._path:
            self._overview.show_overview(desk.overview, desk.departments)
            self._found = desk.findings
            self._turn.start()  # each of the two takes some 50 ms with 100,000 sites
        if self._stale or path != self._path:
            self.reload()

    def _failed(self, error: ResorptionError) -> None:
        self._loading = False
        self._turn.stop()
        self._overview.clear()
        self._checks.clear()
        self._notifier.report(error)
        if self._stale:
            self.reload()

    def _zoom(self, finding: ListedFinding) -> None:
        self._viewer.zoom(finding)

    def _open_form(self, finding: ListedFinding) -> None:
        try:
            self._viewer.zoom(finding)
            self._viewer.open_form(finding)
        except ResorptionError as error:
            self._notifier.report(error)

    def _accept(self, findings: list[ListedFinding]) -> None:
        waiting = [finding for finding in findings if finding.state in OPEN_STATES]
        dialog = AcceptDialog(waiting, self._author(), self._window)
        if self._path is None or dialog.exec() != QDialog.DialogCode.Accepted:
            return
        path, decision = self._path, dialog.decision()
        uids = [finding.uid for finding in waiting]
        self._jobs.run(
            tr("Accepting findings"),
            lambda _feedback: self._decisions.accept(path, uids, decision.reason, decision.by, decision.until),
            lambda _nothing: self._decided(),
        )

    def _reopen(self, findings: list[ListedFinding]) -> None:
        if self._path is None:
            return
        path, author = self._path, self._author()
        uids = [finding.uid for finding in findings]
        self._jobs.run(
            tr("Reopening findings"),
            lambda _feedback: self._decisions.reopen(path, uids, author),
            lambda _nothing: self._decided(),
        )

    def _fix(self, findings: list[ListedFinding]) -> None:
        if self._path is None:
            return
        try:
            self._fixes.fix(self._path, findings)
        except ResorptionError as error:
            self._notifier.report(error)

    def _written(self, touched: Touched) -> None:
        if self._path is not None:
            reload_workspace_layers(QgsProject.instance(), self._path, touched)
        self.written.emit(touched)

    def _decided(self) -> None:
        self.decided.emit()
        self.reload()
