"""The tables of the import dialog: what an import adds, changes, leaves and rejects, each cell made when it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ..core.exchange.preview import Change, Changed, Preview
from ..core.exchange.readers import LAYER
from ..core.i18n import mark
from ..core.records import Record
from ..qgis_adapters.explanations import explain, field_title, shown
from ..qgis_adapters.translation import tr


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its marked title and how its text is made from a row."""

    title: str
    text: Callable[[Any], str]


class RowsModel(QAbstractTableModel):
    """Shows rows of any kind through columns that say how."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any], parent: QObject | None = None) -> None:
        """Show ``rows``, which are kept and not copied."""
        super().__init__(parent)
        self._columns = columns
        self._rows = rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; the tooltip shows it whole where the column is too narrow."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()].text(self._rows[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(self._columns[section].title)
        return None


LINE = mark("Line")
WATER_POINT = mark("Water point")


def added_rows(preview: Preview, parent: QObject) -> RowsModel:
    """Return the table of the water points that would be added."""
    columns = (
        Column(LINE, lambda row: str(row[0])),
        Column(WATER_POINT, lambda row: called(row[1])),
        Column(mark("Type"), lambda row: _value(row[1], "type")),
        Column(mark("Working state"), lambda row: _value(row[1], "working_state")),
        Column(mark("Commune"), lambda row: str(row[1]["commune"] or "")),
    )
    return RowsModel(columns, preview.added, parent)


def changed_rows(preview: Preview, parent: QObject) -> RowsModel:
    """Return the table of the values that would change, one row for each.

    The day the state was seen comes last: a newer file changes it everywhere, and would hide the rest.
    """
    rows: list[tuple[Changed, Change]] = [
        (changed, change) for changed in preview.changed for change in changed.changes
    ]
    rows.sort(key=lambda row: row[1].field == "state_on")
    columns = (
        Column(LINE, lambda row: str(row[0].line)),
        Column(WATER_POINT, lambda row: called(row[0].before)),
        Column(mark("Field"), lambda row: field_title(LAYER, row[1].field)),
        Column(mark("In the workspace"), lambda row: shown(LAYER, row[1].field, row[1].old)),
        Column(mark("In the file"), lambda row: shown(LAYER, row[1].field, row[1].new)),
    )
    return RowsModel(columns, rows, parent)


def unchanged_rows(preview: Preview, parent: QObject) -> RowsModel:
    """Return the table of the water points the file describes as they are."""
    columns = (
        Column(LINE, lambda row: str(row[0])),
        Column(WATER_POINT, lambda row: called(row[1])),
        Column(mark("Commune"), lambda row: str(row[1]["commune"] or "")),
    )
    return RowsModel(columns, preview.unchanged, parent)


def rejected_rows(preview: Preview, parent: QObject) -> RowsModel:
    """Return the table of the rows that cannot be taken, with the reason."""
    columns = (
        Column(LINE, lambda row: str(row.line)),
        Column(mark("Row"), lambda row: " · ".join(filter(None, row.cells))[:200]),
        Column(mark("Reason"), lambda row: explain(row.reason)),
    )
    return RowsModel(columns, preview.rejected, parent)


def called(record: Record) -> str:
    """Return what to call a water point: its name, address or number."""
    number = record["source_id"]
    name = record["name"] or record["address"]
    return " – ".join(str(part) for part in (number, name) if part) or tr("(without name)")


def _value(record: Record, name: str) -> str:
    return shown(LAYER, name, record[name])
