"""The page *Checks* of the dock: the findings, what is shown of them, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTextBrowser,
    QWidget,
)

from .. import paths
from ..core.finding_list import Box, FindingFilter, ListedFinding, Tally, tally
from ..core.i18n import mark
from ..qgis_adapters.translation import tr
from .dense_table import make_dense
from .finding_text import about, counts
from .findings_model import WEIGHT_NAMES, Column, FindingsModel, state_name
from .fixing import can_fix

FILTER_DELAY_MS = 200
"""Typing and panning filter once they pause, not at each step."""

THEMES = {"EAU": mark("Water"), "DON": mark("Data quality"), "RES": mark("Clearance")}
OPEN_STATES = frozenset({"open", "stale"})
_ACCEPTED_STATES = frozenset({"accepted", "stale"})
SINGLE_STATES = ("open", "stale", "accepted", "resolved")
ALL_STATES = frozenset(SINGLE_STATES)
TO_DEAL_WITH, ALL = "to_deal_with", "all"
_STATES = {TO_DEAL_WITH: OPEN_STATES, **{state: frozenset({state}) for state in SINGLE_STATES}, ALL: ALL_STATES}

_WIDTHS = {Column.WEIGHT: 110, Column.CHECK: 75, Column.COMMUNE: 95, Column.SENTENCE: 300, Column.VALUE: 110}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChecksPage(QWidget):
    """Lists the findings; what the user asks for comes out as signals."""

    zoom_asked = pyqtSignal(object)
    form_asked = pyqtSignal(object)
    accept_asked = pyqtSignal(list)
    reopen_asked = pyqtSignal(list)
    fix_asked = pyqtSignal(list)
    undo_merge_asked = pyqtSignal()
    rerun_asked = pyqtSignal()

    weight: QComboBox
    theme: QComboBox
    state: QComboBox
    text: QLineEdit
    in_extent: QCheckBox
    count: QLabel
    table: QTableView
    detail: QTextBrowser
    show_record: QPushButton
    accept: QPushButton
    reopen: QPushButton
    fix: QPushButton
    undo_merge: QPushButton
    rerun: QPushButton

    def __init__(self, extent: Callable[[], Box | None], parent: QWidget | None = None) -> None:
        """Build the page, empty; ``extent`` returns what the map shows."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("checks_page")), self)
        self._extent = extent
        self.model = FindingsModel(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FILTER_DELAY_MS)
        self._timer.timeout.connect(self.apply_filter)
        self._fill_choices()
        self._set_up_table()
        self._connect()
        self.apply_filter()
        self.clear()

    def clear(self) -> None:
        """Show that no workspace is open."""
        self.model.show([])
        self.count.setText(tr("No workspace is open."))
        self.rerun.setEnabled(False)
        self.undo_merge.hide()
        self._selection_changed()

    def show_findings(self, findings: Sequence[ListedFinding]) -> None:
        """Show the findings; the selected ones stay selected."""
        with _KeptSelection(self):
            self.model.show(findings)
        self.rerun.setEnabled(True)
        self._count(tally(findings))

    def apply_filter(self) -> None:
        """Show what the controls ask for."""
        with _KeptSelection(self):
            self.model.choose(
                FindingFilter(
                    weight=self.weight.currentData(),
                    theme=self.theme.currentData(),
                    states=_STATES[self.state.currentData()],
                    text=self.text.text(),
                    box=self._extent() if self.in_extent.isChecked() else None,
                )
            )
        self._count(tally(self.model.findings))

    def extent_changed(self) -> None:
        """Filter again once the map stands still, when only its extent is shown."""
        if self.in_extent.isChecked():
            self._timer.start()

    def selected(self) -> list[ListedFinding]:
        """Return the selected findings, in the order shown."""
        # by ranges: QItemSelectionModel.selectedRows() takes seconds on 100,000 rows
        ranges = self.table.selectionModel().selection()
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        return [self.model.at(row) for row in sorted(rows)]

    def select(self, uids: set[str]) -> None:
        """Select the shown findings among ``uids``."""
        rows = self.model.rows_of(uids)
        if not rows:
            return
        ranges = QItemSelection()
        last = self.model.columnCount() - 1
        for begin, end in _runs(rows):
            ranges.select(self.model.index(begin, 0), self.model.index(end, last))
        selection = self.table.selectionModel()
        selection.select(ranges, QItemSelectionModel.SelectionFlag.Select)
        selection.setCurrentIndex(self.model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the form on Enter: Qt's *activated* would also fire on a single click in some desktops."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._ask_for_form()
            return True
        return bool(super().eventFilter(watched, event))

    def _fill_choices(self) -> None:
        self.weight.addItem(tr("All severities"), None)
        for weight, name in WEIGHT_NAMES.items():
            self.weight.addItem(tr(name), str(weight))
        self.theme.addItem(tr("All themes"), None)
        for theme, name in THEMES.items():
            self.theme.addItem(tr(name), theme)
        self.state.addItem(tr("To deal with"), TO_DEAL_WITH)
        for state in SINGLE_STATES:
            self.state.addItem(state_name(state), state)
        self.state.addItem(tr("All states"), ALL)

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.installEventFilter(self)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setSortIndicator(Column.WEIGHT, Qt.SortOrder.AscendingOrder)
        make_dense(self.table, _WIDTHS)

    def _connect(self) -> None:
        for choice in (self.weight, self.theme, self.state):
            choice.currentIndexChanged.connect(lambda _index: self.apply_filter())
        self.in_extent.toggled.connect(lambda _on: self.apply_filter())
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._selection_changed())
        self.table.clicked.connect(self._clicked)
        self.table.doubleClicked.connect(lambda _index: self._ask_for_form())
        self.show_record.clicked.connect(lambda _on: self._ask_for_form())
        self.accept.clicked.connect(lambda _on: self.accept_asked.emit(self.selected()))
        self.reopen.clicked.connect(lambda _on: self.reopen_asked.emit(self._accepted()))
        self.fix.clicked.connect(lambda _on: self.fix_asked.emit(self.selected()))
        self.undo_merge.clicked.connect(lambda _on: self.undo_merge_asked.emit())
        self.rerun.clicked.connect(lambda _on: self.rerun_asked.emit())

    def _clicked(self, _index: QModelIndex) -> None:
        chosen = self.selected()
        if len(chosen) == 1:
            self.zoom_asked.emit(chosen[0])

    def _ask_for_form(self) -> None:
        chosen = self.selected()
        if chosen:
            self.form_asked.emit(chosen[0])

    def _accepted(self) -> list[ListedFinding]:
        return [finding for finding in self.selected() if finding.state in _ACCEPTED_STATES]

    def _selection_changed(self) -> None:
        chosen = self.selected()
        self.show_record.setEnabled(len(chosen) == 1)
        self.accept.setEnabled(any(finding.state in OPEN_STATES for finding in chosen))
        self.reopen.setEnabled(any(finding.state in _ACCEPTED_STATES for finding in chosen))
        self.fix.setEnabled(can_fix(chosen))
        self.detail.setHtml(about(chosen[0]) if len(chosen) == 1 else escape(_how_many(len(chosen))))

    def _count(self, counted: Tally) -> None:
        shown = self.model.rowCount()
        total = len(self.model.findings)
        text = counts(counted)
        if shown < total:
            text += " – " + tr("{shown} shown of {total}", shown=shown, total=total)
        self.count.setText(text)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of consecutive rows; ``rows`` ascend."""
    begin = rows[0]
    for row, following in pairwise(rows):
        if following != row + 1:
            yield begin, row
            begin = following
    yield begin, rows[-1]


def _how_many(selected: int) -> str:
    if selected:
        return tr("{count} findings selected", count=selected)
    return tr("Click a finding to see it on the map; double click or Enter opens its form at the field.")


class _KeptSelection:
    """Keeps the selected findings selected, and in view, while the rows are replaced."""

    def __init__(self, page: ChecksPage) -> None:
        self._page = page
        self._uids: set[str] = set()

    def __enter__(self) -> None:
        self._uids = {finding.uid for finding in self._page.selected()}

    def __exit__(self, *_error: object) -> None:
        self._page.select(self._uids)
        self._page._selection_changed()  # noqa: SLF001 - one class in two parts
        self._page.table.scrollTo(self._page.table.currentIndex())
