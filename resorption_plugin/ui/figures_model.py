"""The figures of the overview as a table with section headings."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ..core.indicators.figure import Amount, Figure
from ..core.indicators.overview import Overview
from ..core.model.fields import Label
from ..qgis_adapters.translation import language, tr

Row = Label | tuple[Figure, Amount]
"""A section heading, or a figure."""

LABEL, VALUE, UNKNOWN = range(3)


def rows_of(overview: Overview) -> list[Row]:
    """Return the headings and figures in their order."""
    rows: list[Row] = []
    for figure, amount in overview.amounts:
        if not rows or figure.section != _section(rows[-1]):
            rows.append(figure.section)
        rows.append((figure, amount))
    return rows


def _section(row: Row) -> Label:
    return row if isinstance(row, Label) else row[0].section


class FiguresModel(QAbstractTableModel):
    """Shows an ``Overview``: name, value, and the part that is unknown."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, overview: Overview | None) -> None:
        """Replace the figures."""
        self.beginResetModel()
        self._rows = rows_of(overview) if overview else []
        self.endResetModel()

    def definition(self, index: QModelIndex) -> str:
        """Return the sentence that defines the figure at ``index``, empty for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return "" if row is None or isinstance(row, Label) else row[0].definition.text(language())

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Figure"), tr("Value"), tr("Unknown"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if isinstance(row, Label):
            return _heading(row, index.column(), role)
        figure, amount = row
        if role == Qt.ItemDataRole.DisplayRole:
            return (figure.label.text(language()), QLocale().toString(amount.value), _unknown(amount))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return figure.definition.text(language())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != LABEL:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def _heading(label: Label, column: int, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole and column == LABEL:
        return label.text(language())
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    return None


def _unknown(amount: Amount) -> str:
    if not amount.unknown:
        return "–"
    return tr(
        "{unknown} of {asked} ({percent} %)",
        unknown=amount.unknown,
        asked=amount.asked,
        percent=round(100 * amount.unknown_share),
    )
