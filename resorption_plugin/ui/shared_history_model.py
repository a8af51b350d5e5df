"""The history of the shared database as a table: of a hundred thousand lines, only those shown are put in words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ..core.sync.audit import Told
from ..core.sync.audit_table import CELLS, SharedHistory, cells
from ..qgis_adapters.translation import language


class Column(IntEnum):
    """The columns, in the order of ``CELLS``."""

    WHEN = 0
    WHO = 1
    DEPARTMENT = 2
    COMMUNE = 3
    RECORD = 4
    FIELD = 5
    BEFORE = 6
    AFTER = 7


class SharedHistoryModel(QAbstractTableModel):
    """Shows the lines that pass the filters, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._history = SharedHistory((), {}, {})
        self._spoken = language()
        self.lines: Sequence[Told] = ()
        self._texts: dict[int, tuple[str, ...]] = {}

    def show(self, history: SharedHistory, lines: Sequence[Told]) -> None:
        """Show some lines of a history."""
        self.beginResetModel()
        self._history, self.lines, self._texts = history, lines, {}
        self.endResetModel()

    def texts(self, row: int) -> tuple[str, ...]:
        """Return the words of a row."""
        if row not in self._texts:
            self._texts[row] = cells(self._history, self.lines[row], self._spoken)
        return self._texts[row]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return CELLS[section].text(self._spoken)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.texts(index.row())[index.column()]
        return None
