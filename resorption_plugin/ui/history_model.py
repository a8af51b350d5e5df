"""The history of a record as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import shapely
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ..core.history.changes import Change, Operation
from ..core.history.lines import Line
from ..core.i18n import mark
from ..core.model import catalogue
from ..core.wording import displacement, field_title, instant_text, value_text
from ..qgis_adapters.record_history import RecordHistory
from ..qgis_adapters.translation import language, tr

EVENTS = {
    Operation.INSERT: mark("Created"),
    Operation.DELETE: mark("Deleted"),
    Operation.REPLACE: mark("Replaced as a whole by another program"),
}
UNKNOWN = mark("Unknown")


class Column(IntEnum):
    """The columns, in their order."""

    WHEN = 0
    WHO = 1
    RECORD = 2
    FIELD = 3
    BEFORE = 4
    AFTER = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the history and the words of its columns."""

    line: Line
    texts: tuple[str, ...]
    field_key: tuple[str, str]
    """What the filter of fields compares: layer and column, or layer and operation."""
    author: str


class HistoryModel(QAbstractTableModel):
    """Shows the lines that pass the filters, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[Row] = []
        self._shown: list[Row] = []

    def show(self, history: RecordHistory) -> None:
        """Replace the lines and show all of them."""
        self.rows = [_row(line, history) for line in history.lines]
        self.choose(None, None)

    def choose(self, field_key: tuple[str, str] | None, author: str | None) -> None:
        """Show the lines of one field and one author only; ``None`` stands for all."""
        self.beginResetModel()
        self._shown = [row for row in self.rows if field_key in (None, row.field_key) and author in (None, row.author)]
        self.endResetModel()

    def at(self, row: int) -> Row:
        """Return a shown row."""
        return self._shown[row]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("When"), tr("Author"), tr("Record"), tr("Field"), tr("Before"), tr("After"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown[index.row()].texts[index.column()]
        return None


def author_text(change: Change) -> str:
    """Return who made a change, and how sure that is."""
    if change.author is None:
        return tr(UNKNOWN)
    return tr("{name} (presumed)", name=change.author) if change.presumed else change.author


def held_texts(line: Line, history: RecordHistory) -> Sequence[tuple[str, str]]:
    """Return the titles and values that a deleted record held."""
    spoken = language()
    return [
        (
            field_title(entry.layer, str(entry.field), spoken),
            value_text(entry.layer, str(entry.field), entry.before, spoken, history.names),
        )
        for entry in line.held
        if not _is_written_by_program(entry)
    ]


def _is_written_by_program(change: Change) -> bool:
    layer = catalogue.layer(change.layer)
    return change.field in layer.names() and layer.field(str(change.field)).read_only


def _row(line: Line, history: RecordHistory) -> Row:
    change, spoken = line.change, language()
    label = catalogue.layer(change.layer).label.text(spoken)
    name = history.names.get(change.uid, "")
    record = f"{label} – {name}" if name else label
    event = tr(EVENTS[change.operation]) if change.field is None else ""
    field = event or field_title(change.layer, str(change.field), spoken)
    before, after = ("", "") if change.field is None else _values(change, history)
    texts = (instant_text(change.at, spoken), author_text(change), record, field, before, after)
    return Row(line, texts, (label, field), texts[Column.WHO])


def _values(change: Change, history: RecordHistory) -> tuple[str, str]:
    spoken = language()
    before, after = (
        value_text(change.layer, str(change.field), value, spoken, history.names)
        for value in (change.before, change.after)
    )
    if isinstance(change.before, shapely.Geometry) and isinstance(change.after, shapely.Geometry):
        after = f"{displacement(change.before, change.after, spoken)} ({after})"
    return before, after
