"""The page *Sharing* of the dock: how the workspace stands, what waits for a person, what cannot be sent."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from .. import paths
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.access import ROLE_NAMES
from ..qgis_adapters.aside import Aside, Deed, reason_text
from ..qgis_adapters.sharing import Case, Sharing
from ..qgis_adapters.translation import language, sentence, tr
from .case_list import CaseList, told_text
from .fitted_columns import FittedColumns
from .sharing_words import here_text

_HELD = Qt.ItemDataRole.UserRole


class SharingPage(QWidget):
    """Shows a ``Sharing``; what the user asks for comes out as signals."""

    synchronise_asked = pyqtSignal()
    connection_asked = pyqtSignal()
    decision_asked = pyqtSignal(object)
    undo_asked = pyqtSignal(object)
    """Each with the contradictions selected: one, or those that belong together."""
    record_asked = pyqtSignal(str, str)
    discard_asked = pyqtSignal(object)
    hand_over_asked = pyqtSignal(object)
    export_asked = pyqtSignal()

    state: QLabel
    synchronise: QPushButton
    connect_server: QPushButton
    cases_box: QGroupBox
    cases: QTreeWidget
    told: QLabel
    decide: QPushButton
    undo_decision: QPushButton
    aside_box: QGroupBox
    aside: QTreeWidget
    reason: QLabel
    open_record: QPushButton
    discard: QPushButton
    hand_over: QPushButton
    export_aside: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the page, empty."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("sharing_page")), self)
        self._cases = CaseList(self.cases)
        self.aside.setHeaderLabels([tr("Record"), tr("Commune"), tr("Why")])
        self._aside_columns = FittedColumns(self.aside)
        self.synchronise.clicked.connect(self.synchronise_asked)
        self.connect_server.clicked.connect(self.connection_asked)
        self.cases.itemSelectionChanged.connect(self._enable)
        self.cases.itemActivated.connect(lambda *_what: self._ask_decision())
        self.decide.clicked.connect(self._ask_decision)
        self.undo_decision.clicked.connect(lambda: self.undo_asked.emit(self._cases.chosen()))
        self.aside.itemSelectionChanged.connect(self._enable)
        self.aside.itemActivated.connect(lambda *_what: self._ask_record())
        self.open_record.clicked.connect(self._ask_record)
        self.discard.clicked.connect(lambda: self.discard_asked.emit(self.chosen_aside()))
        self.hand_over.clicked.connect(lambda: self.hand_over_asked.emit(self.chosen_aside()))
        self.export_aside.clicked.connect(self.export_asked)
        self.clear()

    def clear(self) -> None:
        """Show that no workspace is open."""
        self.show_sharing(None)

    def show_sharing(self, sharing: Sharing | None, last: str = "") -> None:
        """Show how a workspace stands; ``last`` is what the last exchange said, in the user's language."""
        self._fill_cases(sharing.cases if sharing else ())
        self._fill_aside(sharing.aside if sharing else ())
        self.state.setText(_state(sharing, last))
        is_attached = sharing is not None and sharing.is_attached
        for part in (self.synchronise, self.cases_box, self.aside_box):
            part.setVisible(is_attached)
        self.synchronise.setEnabled(is_attached)
        self.connect_server.setEnabled(sharing is not None)
        self._enable()

    def show_exchanging(self) -> None:
        """Show that an exchange is under way: another one waits until it ends."""
        self.state.setText(tr("Exchanging… The progress is at the bottom of the window."))
        self.synchronise.setEnabled(False)
        self.connect_server.setEnabled(False)

    def show_problem(self, told: str) -> None:
        """Say why it cannot be read how the workspace stands; what was shown stays, and *Synchronise* tries again."""
        self.state.setText(told)
        self.synchronise.show()
        self.synchronise.setEnabled(True)
        self.connect_server.setEnabled(True)

    def chosen_aside(self) -> Aside | None:
        """Return the record set aside that is selected."""
        item = self.aside.currentItem()
        found = item.data(0, _HELD) if item is not None and item.isSelected() else None
        return found if isinstance(found, Aside) else None

    def _fill_cases(self, cases: Sequence[Case]) -> None:
        self._cases.show(cases)
        waiting = sum(case.dispute.is_mine and case.dispute.decision is None for case in cases)
        decided = sum(case.dispute.decision is not None for case in cases)
        title = mark("To decide ({count}), decided ({decided})") if decided else mark("To decide ({count})")
        self.cases_box.setTitle(tr(title, count=waiting, decided=decided))

    def _fill_aside(self, rows: Sequence[Aside]) -> None:
        self.aside.clear()
        for one in rows:
            texts = [_record_text(one), one.subject.commune, tr(one.title)]
            item = QTreeWidgetItem(self.aside, texts)
            item.setData(0, _HELD, one)
            item.setToolTip(0, texts[0])
            item.setToolTip(2, sentence(one.reason))
        self._aside_columns.fit()
        self.aside_box.setTitle(tr("Set aside ({count})", count=len(rows)))
        self.export_aside.setEnabled(bool(rows))

    def _enable(self) -> None:
        cases, one = self._cases.chosen(), self.chosen_aside()
        self.decide.setEnabled(bool(cases))
        self.undo_decision.setEnabled(any(case.dispute.decision is not None for case in cases))
        self.told.setText(told_text(cases))
        self.open_record.setEnabled(one is not None and Deed.OPEN in one.deeds)
        self.discard.setEnabled(one is not None and Deed.GIVE_UP in one.deeds)
        self.hand_over.setEnabled(one is not None and one.cause is not None)
        self.reason.setText(reason_text(one, language()) if one else "")

    def _ask_decision(self) -> None:
        cases = self._cases.chosen()
        if cases:
            self.decision_asked.emit(cases)

    def _ask_record(self) -> None:
        one = self.chosen_aside()
        if one is not None and Deed.OPEN in one.deeds:
            self.record_asked.emit(one.layer, one.uid)


def _record_text(one: Aside) -> str:
    title = catalogue.layer(one.layer).label.text(language())
    return one.subject.name if one.subject.name == title else f"{one.subject.name} ({title})"


def _state(sharing: Sharing | None, last: str) -> str:
    if sharing is None:
        return tr("No workspace is open.")
    if not sharing.is_attached:
        return tr(
            "This workspace is on this computer only. Shared, it exchanges its records with a database of your "
            "service: colleagues complete the same sites, each on their own computer, with or without network, and you "
            "see what goes and what comes before every exchange. To begin, choose a connection."
        )
    who = _who(sharing)
    shared = tr("Shared as {who}; its connection has to be given each time.", who=who)
    if sharing.connection:
        shared = tr("Shared by the connection “{by}” as {who}.", by=sharing.connection, who=who)
    return "\n".join(filter(None, (shared, here_text(sharing), last)))


def _who(sharing: Sharing) -> str:
    """Return the login with its role, and the areas where it writes."""
    who = sharing.who or {}
    codes = who.get("areas") or ()
    areas = ", ".join(f"{sharing.places[code]} ({code})" if code in sharing.places else code for code in codes)
    form = mark("areas: {areas}") if len(codes) > 1 else mark("area: {areas}")
    login = f"{who.get('login', '?')} ({tr(ROLE_NAMES.get(who.get('role', ''), '?'))})"
    return f"{login}, {tr(form, areas=areas)}" if codes else login
