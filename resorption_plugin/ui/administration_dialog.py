"""The window of administrators: people, workspaces, contradictions, what was handed over, the log, the exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from qgis.gui import QgsMapCanvas
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from .. import paths
from ..core.ports import Feedback
from ..core.sync.access import ROLE_DEEDS
from ..core.sync.administration import Forecast, Person
from ..qgis_adapters import administration as adapter
from ..qgis_adapters.administration import Administration
from ..qgis_adapters.server_connection import connection_names
from ..qgis_adapters.translation import language, tr
from . import administration_pages as pages
from .conflict_dialog import ConflictDialog
from .help_dialog import HelpDialog
from .job_dialog import JobDialog
from .person_dialog import PersonDialog

T = TypeVar("T")


class AdministrationDialog(JobDialog):
    """Reads everything at once, and again after each deed; ``decided`` says that the workspace was written."""

    decided = pyqtSignal()

    reference: QComboBox
    who: QLabel
    pages: QTabWidget
    people_count: QLabel
    people: QTreeWidget
    add_person: QPushButton
    change_person: QPushButton
    revoke_person: QPushButton
    devices_count: QLabel
    devices: QTreeWidget
    contested_count: QLabel
    contested: QTreeWidget
    decide: QPushButton
    handed_count: QLabel
    handed: QTreeWidget
    handed_detail: QTextBrowser
    settle: QPushButton
    export_handed: QPushButton
    log_reach: QLabel
    parts: QTreeWidget
    months: QSpinBox
    trim: QPushButton
    exports_count: QLabel
    exports: QTreeWidget

    def __init__(
        self, workspace: Path | None, connection: str, canvas: QgsMapCanvas, parent: QWidget | None = None
    ) -> None:
        """Begin with ``connection``; contradictions of the open ``workspace`` can be decided."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("administration")), self)
        self._workspace = workspace
        self._canvas = canvas
        self._found: Administration | None = None
        self._trees: dict[str, QTreeWidget] = {page: getattr(self, page) for page in pages.HEADS}
        for page, tree in self._trees.items():
            pages.dress(tree, page)
            tree.itemSelectionChanged.connect(self.show_state)
        self.reference.addItems(connection_names())
        self.reference.setEditText(connection)
        self.accept_button(tr("Read")).setDefault(True)
        self._connect()
        self.progress.hide()
        self.show_state()
        if connection:
            self._read(connection)

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return (self.reference, self.pages)

    def show_state(self) -> None:
        """Offer what who asks may do with what is selected."""
        found = self._found
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(True)
        self.pages.setEnabled(found is not None)
        may = found is not None and found.may_act
        person, handed, contested = (pages.chosen(tree) for tree in (self.people, self.handed, self.contested))
        self.add_person.setEnabled(may)
        self.change_person.setEnabled(may and person is not None)
        self.revoke_person.setEnabled(may and person is not None)
        self.decide.setEnabled(may and contested is not None and contested.case is not None)
        self.settle.setEnabled(may and handed is not None and handed.is_open)
        self.export_handed.setEnabled(found is not None and bool(found.handed))
        self.trim.setEnabled(may and found is not None and bool(found.parts))
        self.months.setEnabled(self.trim.isEnabled())
        self.handed_detail.setHtml(pages.handed_html(handed) if handed is not None else "")

    def _read(self, reference: str, said: str = "") -> None:
        """Ask the server for everything; ``said`` is told once it is there."""
        workspace, spoken = self._workspace, language()

        def shown(found: Administration) -> None:
            self._show(found)
            self.inform(said)

        self.run(
            tr("Reading the shared database"),
            lambda feedback: adapter.read_administration(reference, workspace, spoken, feedback),
            shown,
        )

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Enter in a list do what the list does, and not press the button *Read* as well."""
        is_enter = event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event is not None and not (is_enter and isinstance(self.focusWidget(), QTreeWidget)):
            super().keyPressEvent(event)

    def _labels(self) -> dict[QLabel, Callable[[Administration], str]]:
        """Return what each page says above its list."""
        return {
            self.people_count: pages.people_text,
            self.devices_count: pages.devices_text,
            self.contested_count: pages.contested_text,
            self.handed_count: pages.handed_text,
            self.log_reach: pages.log_text,
            self.exports_count: pages.exports_text,
        }

    def _connect(self) -> None:
        self.buttons.accepted.connect(self._read_anew)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())
        self.add_person.clicked.connect(lambda: self._edit_person(None))
        self.change_person.clicked.connect(self._change_person)
        self.people.itemActivated.connect(lambda *_what: self._change_person())
        self.revoke_person.clicked.connect(self._revoke)
        self.decide.clicked.connect(self._decide)
        self.contested.itemActivated.connect(lambda *_what: self._decide())
        self.settle.clicked.connect(self._settle)
        self.handed.itemActivated.connect(lambda *_what: self._settle())
        self.export_handed.clicked.connect(self._export)
        self.trim.clicked.connect(self._ask_forecast)

    def _read_anew(self) -> None:
        """Show nothing of a former connection while another one is asked."""
        self._found = None
        for label in (self.who, *self._labels()):
            label.clear()
        for tree in self._trees.values():
            tree.clear()
        self._read(self.reference.currentText())

    def _show(self, found: Administration) -> None:
        self._found = found
        role = tr(ROLE_DEEDS.get(found.visit.role, found.visit.role))
        told = tr("{where}: you are {login}, {role}.", where=found.visit.where, login=found.visit.login, role=role)
        self.who.setText(told if found.may_act else f"{told} {tr('You look; only an administrator acts.')}")
        for page, rows in pages.rows(found).items():
            pages.fill(self._trees[page], rows)
        for label, text in self._labels().items():
            label.setText(text(found))
        self.show_state()

    def _change_person(self) -> None:
        person = pages.chosen(self.people)
        if self.change_person.isEnabled() and isinstance(person, Person):
            self._edit_person(person)

    def _edit_person(self, person: Person | None) -> None:
        if self._found is None:
            return
        dialog = PersonDialog(self._found.reference, person, self._found.logins, self)
        is_done = dialog.exec() == QDialog.DialogCode.Accepted
        login = dialog.wish().login.strip()
        dialog.deleteLater()
        if is_done:
            self._read(self._found.reference, tr("{login} has this access from now on.", login=login))

    def _revoke(self) -> None:
        found, person = self._found, pages.chosen(self.people)
        if found is None or person is None:
            return
        if self._agreed(tr("Revoke the access of {login}?", login=person.login), pages.revoke_text(person, found)):
            self._do(
                found,
                tr("Revoking access"),
                lambda feedback: adapter.take_access(found.reference, person.login, feedback),
                lambda _nothing: tr("{login} has no access any more.", login=person.login),
            )

    def _decide(self) -> None:
        found, one = self._found, pages.chosen(self.contested)
        if found is None or one is None or one.case is None or self._workspace is None or not found.may_act:
            return
        dialog = ConflictDialog(self._workspace, one.case, found.cases, self._canvas, self)
        is_done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if is_done:
            self.decided.emit()
            self._read(found.reference, tr("The decision is in your workspace: the next synchronisation sends it."))

    def _settle(self) -> None:
        found, one = self._found, pages.chosen(self.handed)
        if found is None or one is None or not self.settle.isEnabled():
            return
        asked = tr("Answer to {login}, who will read it", login=one.who)
        answer, is_given = QInputDialog.getMultiLineText(self, tr("Mark as settled"), asked)
        if is_given:
            told = {True: tr("Marked as settled."), False: tr("Somebody else had marked it as settled already.")}
            self._do(
                found,
                tr("Marking as settled"),
                lambda feedback: adapter.settle(found.reference, one.uid, answer, feedback),
                lambda is_new: told[is_new],
            )

    def _export(self) -> None:
        if self._found is None:
            return
        rows, spoken = self._found.handed, language()
        chosen, _filter = QFileDialog.getSaveFileName(self, tr("Export What Was Handed Over"), "", "CSV (*.csv)")
        if chosen:
            target = Path(chosen).with_suffix(".csv")
            self.run(
                tr("Exporting what was handed over"),
                lambda _feedback: adapter.export_handed(target, rows, spoken, self._workspace),
                lambda _nothing: self.inform(tr("The list is in {path}.", path=target)),
            )

    def _ask_forecast(self) -> None:
        found, months = self._found, self.months.value()
        if found is not None:
            self.run(
                tr("Counting what is older"),
                lambda feedback: adapter.forecast(found.reference, months, feedback),
                lambda seen: self._trim(found, months, seen),
            )

    def _trim(self, found: Administration, months: int, seen: Forecast) -> None:
        if not seen.entries:
            self.inform(tr("Nothing in the log is older than {months} months and received by all.", months=months))
        elif self._agreed(
            tr("Erase what is older than {months} months?", months=months), pages.trim_text(seen, months)
        ):
            self._do(
                found,
                tr("Erasing the oldest entries of the log"),
                lambda feedback: adapter.trim(found.reference, months, seen.entries, feedback),
                lambda gone: tr("{count} entries were erased.", count=gone),
            )

    def _do(self, found: Administration, title: str, work: Callable[[Feedback], T], said: Callable[[T], str]) -> None:
        """Do something on the server that was read, then read all of it again and say what was done.

        Another connection may stand in the box meanwhile: it is read once somebody asks for it.
        """
        self.run(title, work, lambda result: self._read(found.reference, said(result)))

    def _agreed(self, title: str, text: str) -> bool:
        box = QMessageBox.StandardButton
        return QMessageBox.question(self, title, text, box.Yes | box.Cancel, box.Cancel) == box.Yes
