"""Shows who changed what in a record and when, and gives values back."""

from __future__ import annotations

from html import escape
from itertools import groupby

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QTextBrowser,
    QWidget,
)

from .. import paths
from ..core.history.changes import Operation
from ..core.history.lines import Line
from ..core.model import catalogue
from ..core.wording import instant_text
from ..qgis_adapters.record_history import RecordHistory
from ..qgis_adapters.translation import language, tr
from .dense_table import make_dense
from .help_dialog import HelpDialog
from .history_model import Column, HistoryModel, Row, held_texts

_WIDTHS = {Column.WHEN: 135, Column.WHO: 160, Column.RECORD: 220, Column.FIELD: 190, Column.BEFORE: 150}


class HistoryDialog(QDialog):
    """Lists the changes of a record and of those that belong to it; what is asked comes out as a signal."""

    restore_asked = pyqtSignal(object)
    shared_asked = pyqtSignal()
    """The user wants to know what everybody wrote, or no more."""

    field: QComboBox
    author: QComboBox
    count: QLabel
    splitter: QSplitter
    table: QTableView
    detail: QTextBrowser
    message: QLabel
    restore: QPushButton
    shared: QPushButton
    progress: QProgressBar
    buttons: QDialogButtonBox

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the window, empty; it deletes itself when it is closed."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("history")), self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self.model = HistoryModel(self)
        self._history: RecordHistory | None = None
        self.table.setModel(self.model)
        make_dense(self.table, _WIDTHS)
        self.table.verticalHeader().hide()
        self.splitter.setSizes([380, 130])
        for choice in (self.field, self.author):
            choice.currentIndexChanged.connect(lambda _index: self._filter())
        self.table.selectionModel().currentRowChanged.connect(self._selected)
        self.restore.clicked.connect(lambda _on: self._ask())
        self.shared.clicked.connect(lambda _on: self.shared_asked.emit())
        self.shared.hide()
        self.progress.hide()
        self.buttons.rejected.connect(self.close)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())
        self.count.setText(tr("Reading the history…"))
        self._selected(QModelIndex())

    def show_history(self, history: RecordHistory) -> None:
        """Show what was read; the filters stay as they are."""
        self._history = history
        self.setWindowTitle(_title(history))
        self.model.show(history)
        self._fill(self.field, tr("All fields"), [(f"{key[1]} – {key[0]}", key) for key in self._fields()])
        self._fill(
            self.author, tr("All authors"), [(name, name) for name in sorted({r.author for r in self.model.rows})]
        )
        self.message.setText(_gaps(history))
        self.message.setVisible(bool(history.gaps))
        self._filter()

    def say(self, text: str) -> None:
        """Say in one sentence what came of what was asked."""
        self.message.setText(text)
        self.message.show()

    def show_asking(self, percent: float | None) -> None:
        """Show how far the shared database has answered, with *Cancel*; ``None``: it may be asked."""
        is_asking = percent is not None
        self.shared.setText(tr("Cancel") if is_asking else tr("Ask the Shared Database"))
        self.shared.show()
        self.progress.setVisible(is_asking)
        self.progress.setValue(int(percent or 0))

    def _fields(self) -> list[tuple[str, str]]:
        return sorted({row.field_key for row in self.model.rows}, key=lambda key: (key[1].casefold(), key[0]))

    @staticmethod
    def _fill(box: QComboBox, everything: str, entries: list[tuple[str, object]]) -> None:
        chosen = box.currentText()
        box.blockSignals(True)
        box.clear()
        box.addItem(everything, None)
        for text, value in entries:
            box.addItem(text, value)
        box.setCurrentIndex(max(box.findText(chosen), 0))
        box.blockSignals(False)

    def _filter(self) -> None:
        self.model.choose(self.field.currentData(), self.author.currentData())
        shown, known = self.model.rowCount(), len(self.model.rows)
        self.count.setText(
            tr("{shown} of {known} changes", shown=shown, known=known) if shown != known else _count(known)
        )
        self._selected(QModelIndex())
        if shown:
            self.table.selectRow(0)

    def _row(self) -> Row | None:
        index = self.table.currentIndex()
        return self.model.at(index.row()) if index.isValid() else None

    def _selected(self, _current: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self._row()
        self.restore.setEnabled(row is not None and _can_restore(row.line))
        is_record = row is not None and row.line.change.field is None
        self.restore.setText(tr("Restore This Record") if is_record else tr("Restore This Value"))
        self.detail.setHtml("" if row is None or self._history is None else _detail(row, self._history))

    def _ask(self) -> None:
        row = self._row()
        if row is not None:
            self.restore_asked.emit(row.line)


def _title(history: RecordHistory) -> str:
    if not history.uid:
        return tr("Deleted Records")
    name = history.names.get(history.uid) or catalogue.layer(history.layer).label.text(language())
    return tr("History – {name}", name=name)


def _count(known: int) -> str:
    return tr("{known} changes", known=known) if known != 1 else tr("1 change")


def _can_restore(line: Line) -> bool:
    change = line.change
    if change.field is None:
        return change.operation is Operation.DELETE
    return change.operation is Operation.UPDATE


def _gaps(history: RecordHistory) -> str:
    told = []
    for key, gaps in groupby(history.gaps, lambda gap: gap.layer):
        last = list(gaps)[-1]
        told.append(
            tr(
                "The recording of {layer} was interrupted: changes before {instant} may be missing.",
                layer=catalogue.layer(key).plural.text(language()),
                instant=instant_text(last.until, language()),
            )
        )
    return " ".join(told)


def _detail(row: Row, history: RecordHistory) -> str:
    texts = [escape(text) for text in row.texts]
    when, who, record, field, before, after = texts
    head = f"<p><b>{field}</b><br>{record}<br>{when}, {who}</p>"
    if row.line.held:
        held = "".join(
            f"<tr><td>{escape(title)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>"
            for title, value in held_texts(row.line, history)
        )
        return f"{head}<table>{held}</table>"
    if row.line.change.field is None:
        return head
    return (
        f"{head}<table><tr><td>{escape(tr('Before'))}&nbsp;&nbsp;</td><td>{before}</td></tr>"
        f"<tr><td>{escape(tr('After'))}&nbsp;&nbsp;</td><td>{after}</td></tr></table>"
    )
