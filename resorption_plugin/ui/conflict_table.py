"""The table of a contradiction: the columns that differ, with the starting value and those of the two sides."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ..core.sync.conflict_rows import Row
from ..core.sync.operations import ConflictKind
from ..core.sync.wire import Value
from ..core.wording import field_title
from ..qgis_adapters.conflict_reading import Comparison
from ..qgis_adapters.translation import language, tr
from .conflict_text import DIFFERS, Sides, cell_text

_MOST_HEIGHT = 280


@dataclass(frozen=True, slots=True)
class _Cell:
    title: str
    value: Value
    is_changed: bool


def fill_table(table: QTableWidget, comparison: Comparison, rows: tuple[Row, ...]) -> None:
    """Show the columns that differ."""
    lines = [_cells(comparison, row) for row in rows]
    if not lines:
        return
    layer = comparison.dispute.conflict.layer
    table.setColumnCount(len(lines[0]))
    table.setRowCount(len(rows))
    table.setHorizontalHeaderLabels([cell.title for cell in lines[0]])
    table.setVerticalHeaderLabels([field_title(layer, row.name, language()) for row in rows])
    for at, (row, cells) in enumerate(zip(rows, lines, strict=True)):
        for column, cell in enumerate(cells):
            table.setItem(at, column, _item(comparison, row, cell))
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)


def fit_height(table: QTableWidget) -> None:
    """Make the table as high as its rows need, within bounds, once its columns have their width."""
    table.resizeRowsToContents()
    needed = table.horizontalHeader().height() + 2 * table.frameWidth()
    needed += sum(table.rowHeight(at) for at in range(table.rowCount()))
    table.setFixedHeight(min(needed, _MOST_HEIGHT))


def _cells(comparison: Comparison, row: Row) -> list[_Cell]:
    """Return the cells of a row; a side that deleted the record has none, nor a start that nobody knows."""
    conflict = comparison.dispute.conflict
    sides = Sides.of(comparison.dispute)
    cells = []
    if conflict.base:
        cells.append(_Cell(tr("Starting value"), row.base, is_changed=False))
    if conflict.kind is not ConflictKind.DELETE_VS_EDIT:
        cells.append(_Cell(sides.mine, row.mine, bool(conflict.base) and row.is_changed_by_me))
    if conflict.kind is not ConflictKind.EDIT_VS_DELETE:
        cells.append(_Cell(sides.theirs, row.theirs, bool(conflict.base) and row.is_changed_by_them))
    return cells


def _item(comparison: Comparison, row: Row, cell: _Cell) -> QTableWidgetItem:
    layer = comparison.dispute.conflict.layer
    text = cell_text(layer, row.name, cell.value, comparison.names, row.base if cell.is_changed else None)
    item = QTableWidgetItem(f"{DIFFERS} {text}" if cell.is_changed else text)
    spoken = f"{field_title(layer, row.name, language())}, {cell.title}, {text}"
    if cell.is_changed:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        spoken = tr("{told}, differs from the starting value", told=spoken)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setToolTip(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return item
