"""The page *Sharing* of the dock: how the workspace stands, what waits for a person, what cannot be sent."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QHeaderView, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from .. import paths
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.access import ROLE_NAMES
from ..core.sync.operations import ConflictKind
from ..core.wording import field_title
from ..qgis_adapters.aside import Aside, Deed
from ..qgis_adapters.sharing import Case, Sharing
from ..qgis_adapters.translation import language, sentence, tr

_HELD = Qt.ItemDataRole.UserRole

KINDS = {
    ConflictKind.SAME_FIELD: mark("both changed {what}"),
    ConflictKind.DELETE_VS_EDIT: mark("deleted here, changed by someone else"),
    ConflictKind.EDIT_VS_DELETE: mark("changed here, deleted by someone else"),
    ConflictKind.INSERT_CLASH: mark("both entered it, with another value in {what}"),
}


class SharingPage(QWidget):
    """Shows a ``Sharing``; what the user asks for comes out as signals."""

    synchronise_asked = pyqtSignal()
    connection_asked = pyqtSignal()
    decision_asked = pyqtSignal(object)
    undo_asked = pyqtSignal(object)
    record_asked = pyqtSignal(str, str)
    discard_asked = pyqtSignal(object)
    hand_over_asked = pyqtSignal(object)
    export_asked = pyqtSignal()

    state: QLabel
    synchronise: QPushButton
    connect_server: QPushButton
    cases_box: QGroupBox
    cases: QTreeWidget
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
        self.cases.setHeaderLabels([tr("Site"), tr("What"), tr("Other person"), tr("Decision")])
        self.aside.setHeaderLabels([tr("Record"), tr("Commune"), tr("Why")])
        _dress(self.cases, 0, 1)
        _dress(self.aside, 0, 2)
        self.synchronise.clicked.connect(self.synchronise_asked)
        self.connect_server.clicked.connect(self.connection_asked)
        self.cases.itemSelectionChanged.connect(self._enable)
        self.cases.itemActivated.connect(lambda *_what: self._ask_decision())
        self.decide.clicked.connect(self._ask_decision)
        self.undo_decision.clicked.connect(lambda: self.undo_asked.emit(self.chosen_case()))
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
        self.synchronise.setEnabled(sharing is not None and sharing.is_attached)
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
        self.synchronise.setEnabled(True)
        self.connect_server.setEnabled(True)

    def chosen_case(self) -> Case | None:
        """Return the contradiction selected."""
        item = self.cases.currentItem()
        found = item.data(0, _HELD) if item is not None and item.isSelected() else None
        return found if isinstance(found, Case) else None

    def chosen_aside(self) -> Aside | None:
        """Return the record set aside that is selected."""
        item = self.aside.currentItem()
        found = item.data(0, _HELD) if item is not None and item.isSelected() else None
        return found if isinstance(found, Aside) else None

    def _fill_cases(self, cases: Sequence[Case]) -> None:
        self.cases.clear()
        sites: dict[str, QTreeWidgetItem] = {}
        for case in cases:
            title = " – ".join(filter(None, (case.subject.site or case.subject.name, case.subject.commune)))
            if title not in sites:
                sites[title] = QTreeWidgetItem(self.cases, [title])
                sites[title].setFirstColumnSpanned(True)
                sites[title].setExpanded(True)
            conflict = case.dispute.conflict
            texts = [case.subject.name, what_text(case), conflict.theirs_by, decision_text(case)]
            item = QTreeWidgetItem(sites[title], texts)
            item.setData(0, _HELD, case)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
        waiting = sum(case.dispute.is_mine and case.dispute.decision is None for case in cases)
        self.cases_box.setTitle(tr("To decide ({count})", count=waiting))

    def _fill_aside(self, rows: Sequence[Aside]) -> None:
        self.aside.clear()
        for one in rows:
            texts = [_record_text(one), one.subject.commune, tr(one.title)]
            item = QTreeWidgetItem(self.aside, texts)
            item.setData(0, _HELD, one)
            item.setToolTip(0, texts[0])
            item.setToolTip(2, sentence(one.reason))
        self.aside_box.setTitle(tr("Set aside ({count})", count=len(rows)))
        self.export_aside.setEnabled(bool(rows))

    def _enable(self) -> None:
        case, one = self.chosen_case(), self.chosen_aside()
        self.decide.setEnabled(case is not None)
        self.undo_decision.setEnabled(case is not None and case.dispute.decision is not None)
        self.open_record.setEnabled(one is not None and Deed.OPEN in one.deeds)
        self.discard.setEnabled(one is not None and Deed.GIVE_UP in one.deeds)
        self.hand_over.setEnabled(one is not None and one.cause is not None)
        self.reason.setText(sentence(one.reason) if one else "")

    def _ask_decision(self) -> None:
        case = self.chosen_case()
        if case is not None:
            self.decision_asked.emit(case)

    def _ask_record(self) -> None:
        one = self.chosen_aside()
        if one is not None and Deed.OPEN in one.deeds:
            self.record_asked.emit(one.layer, one.uid)


def what_text(case: Case) -> str:
    """Return what contradicts what."""
    conflict = case.dispute.conflict
    names = [name for name in conflict.mine if conflict.mine.get(name) != conflict.theirs.get(name)]
    titles = ", ".join(field_title(conflict.layer, name, language()) for name in names)
    return tr(KINDS[conflict.kind], what=f"« {titles} »" if language() == "fr" else f"“{titles}”")


def decision_text(case: Case) -> str:
    """Return what was decided here and not sent yet, or why the server did not take it."""
    if case.dispute.decision is not None:
        return tr("{choice}, to be sent", choice=choice_text(case.dispute.decision.choice.value))
    if case.dispute.refusal is not None:
        return tr("not accepted: {reason}", reason=sentence(case.dispute.refusal))
    return "" if case.dispute.is_mine else tr("for the other person")


def choice_text(choice: str) -> str:
    """Return a choice in words."""
    return tr({"mine": mark("mine"), "theirs": mark("theirs"), "edit": mark("another value")}[choice])


def _record_text(one: Aside) -> str:
    title = catalogue.layer(one.layer).label.text(language())
    return one.subject.name if one.subject.name == title else f"{one.subject.name} ({title})"


def _state(sharing: Sharing | None, last: str) -> str:
    if sharing is None:
        return tr("No workspace is open.")
    if not sharing.is_attached:
        return tr("This workspace is on this computer only. To share it, choose a connection.")
    who = sharing.who or {}
    names = {
        "login": who.get("login", "?"),
        "role": tr(ROLE_NAMES.get(who.get("role", ""), "?")),
        "areas": ", ".join(who.get("areas", ())) or "–",
    }
    shared = tr("Shared as {login} ({role}), areas {areas}; its connection has to be given each time.", **names)
    if sharing.connection:
        by = sharing.connection
        shared = tr("Shared by the connection “{by}” as {login} ({role}), areas {areas}.", by=by, **names)
    photos = tr("Photos to send: {count}.", count=sharing.photos_to_send) if sharing.photos_to_send else ""
    count = sharing.waiting.to_send
    records = tr("{count} to send.", count=count) if count else tr("Everything was sent.")
    return "\n".join(filter(None, (shared, f"{records} {photos}".strip(), last)))


def _dress(tree: QTreeWidget, *stretched: int) -> None:
    """Give every column what it needs, and share the rest of the width among those that hold sentences and names."""
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in stretched:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
