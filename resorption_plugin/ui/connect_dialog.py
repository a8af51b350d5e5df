"""Chooses and tests the connection to the shared database, attaches the workspace to it, detaches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from qgis.core import QgsProviderRegistry
from qgis.gui import QgsCollapsibleGroupBox, QgsGui
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QMessageBox, QPushButton, QTextBrowser, QWidget

from .. import paths
from ..core.errors import ResorptionError
from ..core.ports import Feedback
from ..qgis_adapters.server_connection import connection_names, holds_secret, is_memorable
from ..qgis_adapters.server_visit import Outlook, look_ahead
from ..qgis_adapters.sharing import Sharing, read_sharing
from ..qgis_adapters.synchronising import Done, attach_workspace, detach_workspace
from ..qgis_adapters.translation import language, tr
from ..qgis_adapters.unsaved_edits import UnsavedEdits
from .help_dialog import HelpDialog, Topic
from .job_dialog import JobDialog
from .sharing_words import ASIDE, TO_DECIDE, TO_SEND, listed
from .visit_text import details_text, findings_html, outlook_text, sent_at_once


class ConnectDialog(JobDialog):
    """Works on one workspace; ``attached`` and ``detached`` say what was done."""

    attached = pyqtSignal(object)
    detached = pyqtSignal()

    reference: QComboBox
    new_connection: QPushButton
    test: QPushButton
    told: QTextBrowser
    details_box: QgsCollapsibleGroupBox
    details: QLabel
    detach: QPushButton

    def __init__(
        self,
        workspace: Path,
        sharing: Sharing,
        follow: Callable[[], UnsavedEdits],
        parent: QWidget | None = None,
    ) -> None:
        """Show how the workspace stands; ``follow`` says which layers have unsaved edits."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("connect")), self)
        self._workspace = workspace
        self._sharing = sharing
        self._follow = follow
        self._fill(sharing.connection)
        self.progress.hide()
        self.details_box.setCollapsed(True)
        self.details_box.hide()
        self.accept_button(tr("Attach This Workspace"))
        self.test.clicked.connect(self._test)
        self.new_connection.clicked.connect(self._new_connection)
        self.detach.clicked.connect(self._detach)
        self.reference.editTextChanged.connect(lambda _text: self.show_state())
        self.buttons.accepted.connect(self._ask_to_attach)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self, Topic.SHARING).show())
        self.show_state()

    def inputs(self) -> Sequence[QWidget]:
        return (self.reference, self.new_connection, self.test, self.detach)

    def show_state(self) -> None:
        is_given = bool(self.reference.currentText().strip())
        self.test.setEnabled(is_given)
        self.detach.setEnabled(self._sharing.is_attached)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(is_given)
        ok.setText(tr("Attach Again") if self._sharing.is_attached else tr("Attach This Workspace"))

    def _fill(self, chosen: str) -> None:
        self.reference.clear()
        self.reference.addItems(connection_names())
        self.reference.setEditText(chosen or (self.reference.itemText(0) if self.reference.count() else ""))

    def _new_connection(self) -> None:
        """Open QGIS's own window of connections: it saves passwords in its authentications."""
        provider = QgsGui.sourceSelectProviderRegistry().createSelectionWidget(
            "postgres", self, Qt.WindowType.Dialog, QgsProviderRegistry.WidgetMode.Standalone
        )
        if provider is None:
            self.inform(tr("Make the connection in the browser panel: PostgreSQL, New connection…"))
            return
        provider.setWindowTitle(tr("Make a connection, then close this window"))
        provider.exec()
        self._fill(self.reference.currentText())

    def _test(self) -> None:
        self._look(self._show)

    def _ask_to_attach(self) -> None:
        """Say what attaching would do, and do it once agreed."""
        self._look(self._agree)

    def _look(self, then: Callable[[Outlook], None]) -> None:
        reference, workspace = self.reference.currentText(), self._workspace
        self.told.clear()
        self.details_box.hide()
        self.run(tr("Reaching the server"), lambda feedback: look_ahead(workspace, reference, feedback), then)

    def _show(self, outlook: Outlook) -> None:
        found = findings_html(outlook, holds_secret=holds_secret(self.reference.currentText()))
        if outlook.visit.is_open:
            told = escape(self._outlook(outlook)).replace("\n", "<br>")
            found = f"{found}<br><br><b>{escape(tr('If you attach this workspace'))}</b><br>{told}"
        self.told.setHtml(found)
        self.details.setText(details_text(outlook.visit))
        self.details_box.show()

    def _outlook(self, outlook: Outlook) -> str:
        return outlook_text(outlook, self._sharing.waiting.to_send)

    def _agree(self, outlook: Outlook) -> None:
        self._show(outlook)
        if not outlook.visit.is_open:
            return
        button = QMessageBox.StandardButton
        going = sent_at_once(outlook, self._sharing.waiting.to_send)
        asked = f"{self._outlook(outlook)}\n\n{going or tr('Nothing is exchanged before you agree.')}"
        reference = self.reference.currentText().strip()
        name = reference if is_memorable(reference) else outlook.visit.where
        title = tr("Attach this workspace by the connection “{name}”?", name=name)
        box = QMessageBox(
            QMessageBox.Icon.Question, tr("Attach This Workspace"), title, button.Ok | button.Cancel, self
        )
        box.setInformativeText(asked)
        box.button(button.Ok).setText(tr("Attach and Send") if going else tr("Attach"))
        if box.exec() == button.Ok:
            self._attach()

    def _attach(self) -> None:
        reference, unsaved = self.reference.currentText(), self._follow()

        def work(feedback: Feedback) -> Done:
            try:
                return attach_workspace(self._workspace, reference, feedback, unsaved)
            finally:
                unsaved.stop()

        self.run(tr("Attaching the workspace"), work, self._attached, self._stopped)

    def _attached(self, done: Done) -> None:
        self.attached.emit(done)
        self.accept()

    def _stopped(self, error: ResorptionError) -> None:
        """Say what went wrong, and look how the workspace stands: it may be attached all the same."""
        self.report(error)
        workspace, spoken = self._workspace, language()
        title = tr("Reading how the workspace is shared")
        # a workspace that cannot be read stays as it was shown: what went wrong first is what the person is to read
        self._jobs.run_unasked(
            title, lambda _feedback: read_sharing(workspace, spoken), self._stand, lambda _error: None
        )

    def _stand(self, sharing: Sharing) -> None:
        self._sharing = sharing
        if not self.is_working:
            self.show_state()

    def _detach(self) -> None:
        waiting = self._sharing.waiting
        asked = tr(
            "The workspace becomes an ordinary file again, with all its records. A copy is made beside it before."
        )
        left = listed(((waiting.to_send, TO_SEND), (waiting.conflicts, TO_DECIDE), (waiting.quarantined, ASIDE)))
        if left:
            asked = f"{tr('The shared database will not get what waits here: {left}.', left=left)}\n\n{asked}"
        box = QMessageBox.StandardButton
        title = tr("Detach the workspace?")
        if QMessageBox.question(self, title, asked, box.Yes | box.Cancel, box.Cancel) != box.Yes:
            return

        def gone(_nothing: None) -> None:
            self.detached.emit()
            self.accept()

        self.run(tr("Detaching the workspace"), lambda _feedback: detach_workspace(self._workspace), gone)
