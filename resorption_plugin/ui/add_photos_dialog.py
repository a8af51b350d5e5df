"""Asks of which site or water point each photo is; the nearest to where it was taken is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QStringListModel, Qt
from qgis.PyQt.QtGui import QIcon, QPixmap
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from .. import paths
from ..core.model import catalogue
from ..core.photos import metres_from
from ..core.records import Record
from ..qgis_adapters.photo_adding import Inspection, LookedAt, Wish
from ..qgis_adapters.photo_reading import THUMBNAIL
from ..qgis_adapters.translation import language, sentence, tr

FILE, TAKEN, SHOWS, DISTANCE = range(4)
_WIDEST_FILE = 300
"""Of the column with the picture and the name of the file, in pixels; the tip holds the whole path."""


class AddPhotosDialog(QDialog):
    """Gives a ``Wish`` for each photo that is to be added."""

    explanation: QLabel
    table: QTableWidget
    problem: QLabel
    buttons: QDialogButtonBox

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        """Ask about the photos of ``inspection``."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("add_photos")), self)
        self._photos = inspection.photos
        self._records = sorted(inspection.records, key=lambda record: _title(record).casefold())
        self._names = QStringListModel([tr("Do not add"), *map(_title, self._records)], self)
        self._choices: list[QComboBox | None] = []
        places = {record.uid: place for place, record in enumerate(self._records, start=1)}
        self.table.setRowCount(len(self._photos))
        for row, photo in enumerate(self._photos):
            self._fill(row, photo, places)
        self.table.setIconSize(THUMBNAIL)
        header = self.table.horizontalHeader()
        for column in (TAKEN, DISTANCE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SHOWS, QHeaderView.ResizeMode.Stretch)
        self.table.resizeColumnToContents(FILE)
        self.table.setColumnWidth(FILE, min(self.table.columnWidth(FILE), _WIDEST_FILE))
        self.table.resizeRowsToContents()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()
        first = next((choice for choice in self._choices if choice is not None), None)
        if first is not None:
            first.setFocus()

    def wishes(self) -> Sequence[Wish]:
        """Return the photos to add."""
        return [
            Wish(photo.path, photo.exif, (record.layer, record.uid))
            for photo, choice in zip(self._photos, self._choices, strict=True)
            if choice is not None and (record := self._chosen(choice)) is not None
        ]

    def _fill(self, row: int, photo: LookedAt, places: dict[str, int]) -> None:
        self._write(row, FILE, photo.path.name, str(photo.path))
        if photo.refusal is not None:
            self._choices.append(None)
            self._write(row, SHOWS, "⚠ " + sentence(photo.refusal), sentence(photo.refusal))
            return
        if photo.thumbnail is not None and not photo.thumbnail.isNull():
            self.table.item(row, FILE).setIcon(QIcon(QPixmap.fromImage(photo.thumbnail)))
        self._write(row, TAKEN, photo.exif.taken_at.strftime("%d/%m/%Y %H:%M") if photo.exif.taken_at else "–")
        choice = QComboBox(self.table)
        choice.setEditable(True)
        choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setModel(self._names)
        completer = QCompleter(self._names, choice)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        choice.setCompleter(completer)
        choice.setAccessibleName(tr("What {file} shows", file=photo.path.name))
        if photo.proposed is not None:
            choice.setCurrentIndex(places[photo.proposed.record.uid])
        self._choices.append(choice)
        self._write(row, DISTANCE, _distance(photo, self._chosen(choice)))
        choice.currentTextChanged.connect(lambda _text: self._changed(row))
        self.table.setCellWidget(row, SHOWS, choice)

    def _write(self, row: int, column: int, text: str, tip: str = "") -> None:
        item = QTableWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setToolTip(tip or text)
        self.table.setItem(row, column, item)

    def _chosen(self, choice: QComboBox) -> Record | None:
        place = _line(choice)
        return self._records[place - 1] if place > 0 else None

    def _changed(self, row: int) -> None:
        choice = self._choices[row]
        record = self._chosen(choice) if choice is not None else None
        self._write(row, DISTANCE, _distance(self._photos[row], record))
        self._check()

    def _check(self) -> None:
        unknown = next(
            (choice.currentText() for choice in self._choices if choice is not None and _line(choice) < 0), None
        )
        waiting = self.wishes()
        if unknown is not None:
            self.problem.setText(tr("“{name}” is not in the list: choose one of its lines.", name=unknown))
        elif not waiting:
            self.problem.setText(tr("Choose what at least one photo shows."))
        else:
            self.problem.setText(tr("Photos to add: {count}.", count=len(waiting)))
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(unknown is None and bool(waiting))


def _title(record: Record) -> str:
    declared = catalogue.layer(record.layer)
    name = record["name"] or record["address"] or record["source_id"] or record.uid[:8]
    commune = f", {record['commune']}" if record["commune"] else ""
    return f"{name}{commune} – {declared.label.text(language())}"


def _line(choice: QComboBox) -> int:
    """Return the line of a list that is chosen or typed, -1 for none; of lines that read the same, the one chosen."""
    typed = choice.currentText()
    if choice.itemText(choice.currentIndex()) == typed:
        return choice.currentIndex()
    return choice.findText(typed, Qt.MatchFlag.MatchFixedString)


def _distance(photo: LookedAt, record: Record | None) -> str:
    """Return how far from a record a photo was taken."""
    if photo.exif.place is None:
        return tr("no position in the file")
    if record is None or record.geometry is None:
        return "–"
    point = record.geometry.centroid
    return f"{metres_from(photo.exif, point.x, point.y):.0f} m"
