"""Chooses and tests the connection to the shared database, attaches the workspace to it, detaches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from qgis.core import QgsProviderRegistry
from qgis.gui import QgsGui
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QMessageBox, QPushButton, QTextBrowser, QWidget

from .. import paths
from ..core.ports import Feedback
from ..core.sync.access import RIGHT_NAMES, ROLE_DEEDS, Role
from ..postgis.visiting import Visit
from ..qgis_adapters.server_connection import connection_names, holds_secret
from ..qgis_adapters.server_visit import visit_server
from ..qgis_adapters.sharing import Sharing
from ..qgis_adapters.synchronising import Done, attach_workspace, detach_workspace
from ..qgis_adapters.translation import tr
from ..qgis_adapters.unsaved_edits import UnsavedEdits
from .help_dialog import HelpDialog, Topic
from .job_dialog import JobDialog
from .sharing_words import ASIDE, TO_DECIDE, TO_SEND, listed

_GOOD, _BAD, _NOTE = "✔", "✘", "•"


class ConnectDialog(JobDialog):
    """Works on one workspace; ``attached`` and ``detached`` say what was done."""

    attached = pyqtSignal(object)
    detached = pyqtSignal()

    reference: QComboBox
    new_connection: QPushButton
    test: QPushButton
    told: QTextBrowser
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
        self.accept_button(tr("Attach This Workspace"))
        self.test.clicked.connect(self._test)
        self.new_connection.clicked.connect(self._new_connection)
        self.detach.clicked.connect(self._detach)
        self.reference.editTextChanged.connect(lambda _text: self.show_state())
        self.buttons.accepted.connect(self._attach)
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
        reference = self.reference.currentText()
        self.told.clear()
        self.run(tr("Reaching the server"), lambda feedback: visit_server(reference, feedback), self._show_visit)

    def _show_visit(self, visit: Visit) -> None:
        lines = [f"{sign} {escape(text)}" for sign, text in _findings(visit)]
        if holds_secret(self.reference.currentText()):
            lines.append(f"{_BAD} {escape(tr('A password stands in this text: use a saved authentication instead.'))}")
        self.told.setHtml("<br>".join(lines))

    def _attach(self) -> None:
        reference, unsaved = self.reference.currentText(), self._follow()

        def work(feedback: Feedback) -> Done:
            try:
                return attach_workspace(self._workspace, reference, feedback, unsaved)
            finally:
                unsaved.stop()

        self.run(tr("Attaching the workspace"), work, self._attached)

    def _attached(self, done: Done) -> None:
        self.attached.emit(done)
        self.accept()

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


def _findings(visit: Visit) -> list[tuple[str, str]]:
    """Return what a visit found, each with its sign, and who can mend what is wrong."""
    server = tr(
        "{where} answers: PostgreSQL {postgresql}, PostGIS {postgis}.",
        where=visit.where,
        postgresql=visit.postgresql.split(" ")[0],
        postgis=visit.postgis or tr("missing"),
    )
    found = [(_GOOD, server), _encryption(visit)]
    if visit.is_read_only:
        found.append((_BAD, tr("This server is a copy that can only be read: give the address of the main one too.")))
    if not visit.is_installed:
        text = tr("The shared database is not installed here. Its administrator has to install it.")
        return [*found, (_BAD, text)]
    if not visit.role:
        text = tr("{login} has no access to it. The administrator has to give some.", login=visit.login)
        return [*found, (_BAD, text)]
    found.append(
        (_GOOD, tr("You are {login}, {role}.", login=visit.login, role=tr(ROLE_DEEDS.get(visit.role, visit.role))))
    )
    if visit.role == Role.OFFICER:
        areas = ", ".join(visit.areas)
        text = tr("Areas where you write: {areas}.", areas=areas) if areas else tr("You have no area to write in.")
        found.append((_GOOD if areas else _BAD, text))
    rights = ", ".join(tr(RIGHT_NAMES.get(name, name)) for name in visit.rights)
    found.append((_NOTE, tr("Rights of your own: {rights}.", rights=rights or tr("none"))))
    return found


def _encryption(visit: Visit) -> tuple[str, str]:
    if visit.is_encrypted:
        return _GOOD, tr("The line is encrypted.")
    if visit.is_local:
        return _NOTE, tr("The server is on this computer: the line is not encrypted.")
    return _BAD, tr("The line is not encrypted: others could read it. Ask the administrator for sslmode=verify-full.")
