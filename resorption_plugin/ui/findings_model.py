"""The findings as a table.

Filtering and sorting are done here on plain Python lists: a QSortFilterProxyModel would call back into Python for
each of the 1.7 million comparisons that sorting 100,000 rows takes, and freeze QGIS for seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..core.finding_list import FindingFilter, ListedFinding, Weight, natural_order, shown
from ..core.i18n import mark
from ..core.model import domains
from ..qgis_adapters.translation import language, tr

WEIGHT_NAMES = {
    Weight.ERROR: mark("Error"),
    Weight.WARNING: mark("Warning"),
    Weight.TO_VERIFY: mark("To verify"),
    Weight.INFORMATION: mark("Information"),
}

LARGE_VALUE = 1000
"""From it on a value shows no decimal; below, one where there is one: the 200 m limit needs 200.1."""


class Column(IntEnum):
    """The columns, in their order."""

    WEIGHT = 0
    CHECK = 1
    COMMUNE = 2
    SENTENCE = 3
    VALUE = 4
    STATE = 5


def _value_order(row: ListedFinding) -> float:
    value = row.record["value"]
    return float("inf") if value is None else float(value)


_ORDERS: dict[Column, Callable[[ListedFinding], Any]] = {
    Column.WEIGHT: natural_order,
    Column.CHECK: lambda row: (row.record["check_id"], natural_order(row)),
    Column.SENTENCE: lambda row: row.sentence.casefold(),
    Column.COMMUNE: lambda row: (row.commune.casefold(), natural_order(row)),
    Column.VALUE: _value_order,
    Column.STATE: lambda row: (row.state, natural_order(row)),
}


NATURAL = (Column.WEIGHT, Qt.SortOrder.AscendingOrder)


class FindingsModel(QAbstractTableModel):
    """Shows the findings that pass the filter; one reset for each change, however many rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty, in the natural order."""
        super().__init__(parent)
        self._all: list[ListedFinding] = []
        self._shown: list[ListedFinding] = []
        self._filter = FindingFilter()
        self._order = NATURAL
        self._icons = {weight: QIcon(str(paths.icon(f"severity_{weight}"))) for weight in Weight}

    @property
    def findings(self) -> Sequence[ListedFinding]:
        """Return every finding, shown or not."""
        return self._all

    def show(self, findings: Sequence[ListedFinding]) -> None:
        """Replace the findings, which come in the natural order; filter and order stay."""
        self._all = list(findings)
        if self._order != NATURAL:
            self._sort()
        self._refresh()

    def choose(self, chosen: FindingFilter) -> None:
        """Show only what passes ``chosen``."""
        if chosen != self._filter:
            self._filter = chosen
            self._refresh()

    def at(self, row: int) -> ListedFinding:
        """Return the finding of a shown row."""
        return self._shown[row]

    def rows_of(self, uids: Collection[str]) -> list[int]:
        """Return the shown rows of some findings."""
        return [row for row, finding in enumerate(self._shown) if finding.uid in uids]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (tr("Severity"), tr("Check"), tr("Commune"), tr("Finding"), tr("Value / limit"), tr("State"))
        return names[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(finding, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.WEIGHT:
            return self._icons[finding.weight]
        if role == Qt.ItemDataRole.ToolTipRole:
            return finding.sentence
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.VALUE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; the view's header calls this."""
        self._order = (Column(column), order)
        self._sort()
        self._refresh()

    def _sort(self) -> None:
        column, order = self._order
        self._all.sort(key=_ORDERS[column], reverse=order == Qt.SortOrder.DescendingOrder)

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = shown(self._all, self._filter)
        self.endResetModel()


def state_name(code: str) -> str:
    """Return a state in the user's language."""
    return domains.FINDING_STATE.choice(code).label.text(language())


def value_text(finding: ListedFinding) -> str:
    """Return “243 / 200 m”, or an empty text when the check measures nothing."""
    value, threshold, unit = (finding.record[name] for name in ("value", "threshold", "unit"))
    if value is None:
        return ""
    parts = [_number(value)] if threshold is None else [_number(value), "/", _number(threshold)]
    return " ".join([*parts, unit or ""]).strip()


def _number(value: float) -> str:
    decimals = 0 if float(value).is_integer() or abs(value) >= LARGE_VALUE else 1
    return str(QLocale().toString(float(value), "f", decimals))


def _text(finding: ListedFinding, column: Column) -> str:
    if column is Column.WEIGHT:
        return tr(WEIGHT_NAMES[finding.weight])
    if column is Column.CHECK:
        return str(finding.record["check_id"])
    if column is Column.SENTENCE:
        return finding.sentence
    if column is Column.COMMUNE:
        return finding.commune
    return value_text(finding) if column is Column.VALUE else state_name(finding.state)
