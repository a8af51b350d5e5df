"""The table in which the officer sees and corrects what each column of a file fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..core.exchange.mapping import ColumnMapping, target_fields
from ..core.exchange.positions import Place
from ..core.exchange.rows import SourceTable
from ..core.i18n import mark
from ..core.model.fields import Kind
from ..qgis_adapters.translation import language, tr

PLACE_TITLES = {
    Place.LATITUDE: mark("Position: latitude"),
    Place.LONGITUDE: mark("Position: longitude"),
    Place.LAT_LON: mark("Position: latitude, longitude"),
    Place.LON_LAT: mark("Position: longitude, latitude"),
    Place.EASTING: mark("Position: x"),
    Place.NORTHING: mark("Position: y"),
    Place.WKT: mark("Position: WKT"),
    Place.GEOJSON: mark("Position: GeoJSON"),
}
TITLES = (mark("Column of the file"), mark("Example"), mark("Fills"))
FILLS = 2


def target_title(target: str) -> str:
    """Return what people call what a column fills; empty for nothing."""
    if not target:
        return tr("(nothing)")
    fields = target_fields()
    return fields[target].label.text(language()) if target in fields else tr(PLACE_TITLES[Place(target)])


class ColumnsModel(QAbstractTableModel):
    """One row for each column of the file; what it fills can be edited unless the format says it."""

    corrected = pyqtSignal()

    def __init__(
        self, table: SourceTable, links: Mapping[str, str], *, editable: bool, parent: QObject | None = None
    ) -> None:
        """Show what the columns of ``table`` fill by ``links``."""
        super().__init__(parent)
        self._columns = table.columns
        self._examples = [
            ", ".join(dict.fromkeys(sample[:25] for sample in table.samples(index, 2)))
            for index in range(len(table.columns))
        ]
        self._targets = [links.get(column, "") for column in table.columns]
        self._editable = editable

    def mapping(self, epsg: int) -> ColumnMapping:
        """Return what was chosen."""
        links = ((column, target) for column, target in zip(self._columns, self._targets, strict=True) if target)
        return ColumnMapping(tuple(links), epsg)

    def asks_reference_system(self) -> bool:
        """Say whether the officer chooses columns that hold coordinates in some reference system."""
        return self._editable and bool({Place.EASTING.value, Place.WKT.value} & set(self._targets))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of columns of the file."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return name, example and what is filled."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(TITLES[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or the target itself for the editor."""
        row = index.row()
        if index.column() == FILLS and role == Qt.ItemDataRole.EditRole:
            return self._targets[row]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return (self._columns[row], self._examples[row], target_title(self._targets[row]))[index.column()]

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let what a column fills be chosen, where there is a choice."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._editable and index.column() == FILLS else flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a choice; what can be filled by one column only is taken from the column that had it."""
        if role != Qt.ItemDataRole.EditRole or not self._editable or index.column() != FILLS:
            return False
        if value and not _joins(value):
            self._targets = ["" if target == value else target for target in self._targets]
        self._targets[index.row()] = value
        self.dataChanged.emit(self.index(0, FILLS), self.index(len(self._targets) - 1, FILLS))
        self.corrected.emit()
        return True


def _joins(target: str) -> bool:
    """Say whether several columns may fill a target together (an address in number and street)."""
    field = target_fields().get(target)
    return field is not None and field.kind in (Kind.TEXT, Kind.LONG_TEXT) and field.domain is None


class TargetDelegate(QStyledItemDelegate):
    """Edits what a column fills by a list of the fields and places."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        """Return the list."""
        choice = QComboBox(parent)
        for target in ("", *(place.value for place in Place), *target_fields()):
            choice.addItem(target_title(target), target)
        choice.activated.connect(lambda _index: self._chosen(choice))
        return choice

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """Show the present choice."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        """Hand over the choice."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def _chosen(self, choice: QComboBox) -> None:
        self.commitData.emit(choice)
        self.closeEditor.emit(choice)
