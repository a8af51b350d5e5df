"""A table in one of whose columns the officer chooses: which value stays, or which site a row is about."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ..qgis_adapters.translation import tr

OPTIONS_ROLE = Qt.ItemDataRole.UserRole

OPENS = "▾"
"""Stands behind what can be chosen, as on a list that opens."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen, and what the cell then says."""

    value: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A row: its texts, what can be chosen in the column of choice (whose text is not used), and a hint.

    A row with fewer than two options has nothing to choose. ``stands_out`` rows are written bold.
    """

    texts: tuple[str, ...]
    options: tuple[Option, ...]
    chosen: Hashable
    hint: str = ""
    stands_out: bool = False


class ChoiceModel(QAbstractTableModel):
    """``chosen`` tells the row in which the officer chose and the value chosen."""

    chosen = pyqtSignal(int, object)

    def __init__(
        self, titles: Sequence[str], column: int, rows: Sequence[ChoiceRow], parent: QObject | None = None
    ) -> None:
        """Show ``rows``; ``titles`` are marked English, ``column`` is that of the choice."""
        super().__init__(parent)
        self._titles = titles
        self._column = column
        self._rows = rows
        self._values = [row.chosen for row in rows]

    def values(self) -> list[Hashable]:
        """Return what is chosen in each row."""
        return list(self._values)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of columns, the choice included."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(self._titles[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, its hint, its font, or what can be chosen in it."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.hint or self._text(index)
        if role == Qt.ItemDataRole.FontRole and row.stands_out:
            font = QFont()
            font.setBold(True)
            return font
        if self._is_choice(index) and role == Qt.ItemDataRole.EditRole:
            return self._values[index.row()]
        return row.options if self._is_choice(index) and role == OPTIONS_ROLE else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let the column of choice be edited, where there is a choice."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._has_choice(index) else flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a choice."""
        options = self._rows[index.row()].options
        if role != Qt.ItemDataRole.EditRole or not self._is_choice(index) or all(value != one.value for one in options):
            return False
        if value != self._values[index.row()]:
            self._values[index.row()] = value
            self.dataChanged.emit(index, index)
            self.chosen.emit(index.row(), value)
        return True

    def _is_choice(self, index: QModelIndex) -> bool:
        return index.column() == self._column

    def _has_choice(self, index: QModelIndex) -> bool:
        return self._is_choice(index) and len(self._rows[index.row()].options) > 1

    def _text(self, index: QModelIndex) -> str:
        row = self._rows[index.row()]
        if not self._is_choice(index):
            return row.texts[index.column()]
        text = next((one.text for one in row.options if one.value == self._values[index.row()]), "")
        return f"{text} {OPENS}" if self._has_choice(index) else text


class ChoiceDelegate(QStyledItemDelegate):
    """Chooses by a list that opens on the first click or key."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        """Return the list."""
        choice = QComboBox(parent)
        for one in index.data(OPTIONS_ROLE):
            choice.addItem(one.text, one.value)
        choice.activated.connect(lambda _index: self._chosen(choice))
        return choice

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """Show the present choice."""
        if isinstance(editor, QComboBox):
            values = [one.value for one in index.data(OPTIONS_ROLE)]
            editor.setCurrentIndex(values.index(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        """Hand over the choice."""
        if isinstance(editor, QComboBox):
            model.setData(index, index.data(OPTIONS_ROLE)[editor.currentIndex()].value)

    def _chosen(self, choice: QComboBox) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)


def offer_choice(table: QTableView, column: int) -> None:
    """Let a column of a table be chosen in."""
    table.setItemDelegateForColumn(column, ChoiceDelegate(table))
