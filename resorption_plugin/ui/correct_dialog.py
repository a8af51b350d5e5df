"""Shows what a correction would change, or asks which answers two records made one keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QTableWidget, QTableWidgetItem, QWidget

from .. import paths
from ..core.exchange.preview import GEOMETRY
from ..core.fixes.merge import Choice, choices
from ..core.fixes.proposal import Correction
from ..core.records import Record
from ..qgis_adapters.explanations import field_title, shown
from ..qgis_adapters.fixing import Pair
from ..qgis_adapters.translation import tr


class _Table(QDialog):
    summary: QLabel
    table: QTableWidget
    note: QLabel
    buttons: QDialogButtonBox

    def __init__(self, title: str, columns: Sequence[str], verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        uic.loadUi(str(paths.form("correct")), self)
        self.setWindowTitle(title)
        self.table.setColumnCount(len(columns))
        self.table.setHorizontalHeaderLabels(list(columns))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(verb)

    def add_row(self, *cells: str) -> int:
        """Add a row of texts; return its number."""
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(cell)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(cell)
            self.table.setItem(row, column, item)
        return row


class CorrectionsDialog(_Table):
    """Previews corrections."""

    def __init__(
        self, title: str, corrections: Sequence[Correction], asked: int, parent: QWidget | None = None
    ) -> None:
        """Show what would change; ``asked`` findings were chosen, some of which nothing certain can be done about."""
        columns = (tr("Record"), tr("Field"), tr("Now"), tr("Afterwards"))
        super().__init__(title, columns, tr("Correct"), parent)
        for correction in corrections:
            for cells in _rows(correction):
                self.add_row(*cells)
        self.table.resizeColumnsToContents()
        told = tr("{count} of {asked} records can be corrected.", count=len(corrections), asked=asked)
        self.summary.setText(told)
        self.note.setText(tr("The layer stays in edit mode: save its edits, or undo them with Ctrl+Z."))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(corrections))


class MergeDialog(_Table):
    """Asks, field by field, what two records made one keep."""

    def __init__(self, pair: Pair, parent: QWidget | None = None) -> None:
        """Propose the answers of the record that stays; an empty one gives way to the other."""
        columns = (tr("Field"), tr("Stays"), tr("Goes"), tr("Kept"))
        super().__init__(tr("Merge two records"), columns, tr("Merge"), parent)
        self._answers: dict[str, tuple[QComboBox, Choice]] = {}
        layer = pair.kept.layer
        for choice in choices(pair.kept, pair.dropped):
            if not choice.field.hidden:
                self._add(layer, choice)
        self.table.resizeColumnsToContents()
        self.summary.setText(
            tr(
                "“{kept}” stays and “{dropped}” goes; what belongs to it (dwellings, counts, photos…) is given to the "
                "one that stays. Choose what to keep where both have an answer.",
                kept=_name(pair.kept),
                dropped=_name(pair.dropped),
            )
        )
        self.note.setText(tr("Written at once, in one step that can be undone."))

    def answers(self) -> dict[str, Any]:
        """Return the answers chosen."""
        return {
            name: choice.kept if box.currentIndex() == 0 else choice.dropped
            for name, (box, choice) in self._answers.items()
        }

    def _add(self, layer: str, choice: Choice) -> None:
        name = choice.field.name
        texts = [shown(layer, name, value) for value in (choice.kept, choice.dropped)]
        row = self.add_row(
            field_title(layer, name), *texts, "" if choice.is_asked else shown(layer, name, choice.proposed)
        )
        if choice.is_asked:
            box = QComboBox(self.table)
            box.setObjectName(name)
            box.addItems(texts)
            self.table.setCellWidget(row, 3, box)
            self._answers[name] = (box, choice)


def _rows(correction: Correction) -> list[tuple[str, str, str, str]]:
    record = correction.record
    found = [
        (_name(record), field_title(record.layer, name), shown(record.layer, name, old), shown(record.layer, name, new))
        for name, (old, new) in correction.changed().items()
    ]
    if correction.geometry is not None:
        old, new = (shown(record.layer, GEOMETRY, shape) for shape in (record.geometry, correction.geometry))
        found.append((_name(record), field_title(record.layer, GEOMETRY), old, new))
    return found


def _name(record: Record) -> str:
    return str(record["name"] or record["address"] or record["commune"] or "?")
