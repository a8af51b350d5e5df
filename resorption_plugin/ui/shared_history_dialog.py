"""Shows what everybody wrote in the shared database: on one record, or over a period on all of the territory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import shapely
from qgis.core import QgsGeometry
from qgis.gui import QgsMapCanvas
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QTextBrowser,
    QWidget,
)

from .. import paths
from ..core.history.changes import GEOMETRY
from ..core.history.restoring import Signature
from ..core.model import catalogue
from ..core.ports import ChangeSet
from ..core.sync.audit import Event, Told
from ..core.sync.audit_table import Facet, SharedHistory, chosen
from ..qgis_adapters.shared_history import export_lines, restore_shared
from ..qgis_adapters.translation import language, tr
from . import shared_history_text
from .dense_table import make_dense
from .help_dialog import HelpDialog
from .job_dialog import JobDialog
from .place_map import PlaceMap
from .shared_history_model import Column, SharedHistoryModel

_WIDTHS = {
    Column.WHEN: 135,
    Column.WHO: 100,
    Column.DEPARTMENT: 110,
    Column.COMMUNE: 120,
    Column.RECORD: 270,
    Column.FIELD: 160,
    Column.BEFORE: 140,
}


class SharedHistoryDialog(JobDialog):
    """Lists lines and filters them; ``TerritoryHistoryDialog`` also asks for them."""

    restore_asked = pyqtSignal(object)
    record_asked = pyqtSignal(object)
    place_asked = pyqtSignal(object)
    """Each with the line that is selected."""

    period_bar: QWidget
    period: QComboBox
    first: QDateEdit
    first_label: QLabel
    last: QDateEdit
    read: QPushButton
    verify: QPushButton
    commune: QComboBox
    layer: QComboBox
    person: QComboBox
    count: QLabel
    splitter: QSplitter
    table: QTableView
    below: QSplitter
    detail: QTextBrowser
    note: QLabel
    restore: QPushButton
    open_record: QPushButton
    show_place: QPushButton

    def __init__(self, path: Path, canvas: QgsMapCanvas, parent: QWidget | None = None) -> None:
        """Build the window, empty, for the workspace at ``path``; it deletes itself when it is closed."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("shared_history")), self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.path = path
        self.history = SharedHistory((), {}, {})
        self.model = SharedHistoryModel(self)
        self.table.setModel(self.model)
        self._fit_table()
        self._canvas = canvas
        self._map: PlaceMap | None = None
        self._facets = {Facet.COMMUNE: self.commune, Facet.LAYER: self.layer, Facet.PERSON: self.person}
        for choice in self._facets.values():
            choice.currentIndexChanged.connect(lambda _index: self._filter())
        self._export = self.accept_button(tr("Export…"))
        self._export.setToolTip(tr("Write the changes that are shown to a CSV file"))
        self._export.setAutoDefault(False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self.show_state())
        self.restore.clicked.connect(lambda _on: self._tell(self.restore_asked.emit))
        self.open_record.clicked.connect(lambda _on: self._tell(self.record_asked.emit))
        self.show_place.clicked.connect(lambda _on: self._tell(self.place_asked.emit))
        self.table.doubleClicked.connect(lambda _index: self._tell(self.place_asked.emit))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())
        self.period_bar.hide()
        self.note.hide()
        self.progress.hide()
        self.show_state()

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return self.period_bar, *self._facets.values(), self.restore, self.open_record, self.show_place

    def show_history(self, history: SharedHistory, since: dt.datetime | None = None) -> None:
        """Show what was read since an instant (``None``: since ever); the filters stay as they are."""
        self.history = history
        for facet, box in self._facets.items():
            self._fill(facet, box)
        limits = shared_history_text.limits_text(history, since)
        self.note.setText(limits)
        self.note.setVisible(bool(limits))
        self._filter()

    def restore_line(self, told: Told, signature: Signature, follow: Callable[[], None]) -> None:
        """Write back what a line took away, and tell ``follow`` once it is done."""
        path = self.path

        def written(_changes: ChangeSet) -> None:
            follow()
            self.inform(shared_history_text.restored_text(told))

        title = tr("Restoring from the history")
        self.run(title, lambda _feedback: restore_shared(path, told, signature), written)

    def stop(self) -> None:
        """Close the window whatever it is doing."""
        self._jobs.close()
        self._task = None
        self.close()

    def show_state(self) -> None:
        """Offer what can be done with the selected line, and show it."""
        told = self._selected()
        event = told.entry.event if told else None
        self.restore.setEnabled(told is not None and (told.field is not None or event is Event.DELETED))
        self.restore.setText(tr("Restore This Record") if event is Event.DELETED else tr("Restore This Value"))
        is_there = event in (Event.CREATED, Event.CHANGED, Event.CAME)
        self.open_record.setEnabled(is_there)
        self.show_place.setEnabled(told is not None and bool(_shapes(told) or self.history.subject(told).place))
        self._export.setEnabled(bool(self.model.lines))
        row = self.table.currentIndex().row()
        self.detail.setHtml(
            "" if told is None else shared_history_text.detail_html(self.history, told, self.model.texts(row))
        )
        self._show_map(told)

    def _tell(self, whom: Callable[[Told], None]) -> None:
        told = self._selected()
        if told is not None and not self.is_working:
            whom(told)

    def _selected(self) -> Told | None:
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _fill(self, facet: Facet, box: QComboBox) -> None:
        everything = {
            Facet.COMMUNE: tr("All communes"),
            Facet.LAYER: tr("All layers"),
            Facet.PERSON: tr("All authors"),
        }[facet]
        kept = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(everything, None)
        for value, lines in self.history.groups[facet].items():
            name = catalogue.layer(value).plural.text(language()) if facet is Facet.LAYER else value
            box.addItem(f"{name or tr('(no commune)')} ({len(lines)})", value)
        box.setCurrentIndex(max(box.findData(kept), 0))
        box.blockSignals(False)

    def _filter(self) -> None:
        wanted = {facet: box.currentData() for facet, box in self._facets.items() if box.currentData() is not None}
        lines = chosen(self.history, wanted)
        self.model.show(self.history, lines)
        self.count.setText(shared_history_text.count_text(len(lines), len(self.history.told)))
        if lines:
            self.table.selectRow(0)
        self.show_state()

    def _show_map(self, told: Told | None) -> None:
        """Compare the two places of a change of place."""
        is_move = told is not None and told.field == GEOMETRY
        if is_move and self._map is None:
            settings = self._canvas.mapSettings()
            titles = (tr("Before"), tr("After"))
            self._map = PlaceMap(self._canvas.layers(), settings.destinationCrs(), titles, self)
            self._map.setObjectName("places")
            self.below.addWidget(self._map)
            self.below.setSizes([600, 600])
            self.splitter.setSizes([330, 300])
        if self._map is not None:
            self._map.setVisible(is_move)
            QTimer.singleShot(0, self._fit_map)  # once the map has its size

    def _fit_map(self) -> None:
        told = self._selected()
        if self._map is not None and told is not None and told.field == GEOMETRY:
            change = told.line().change
            self._map.show_places(None, _geometry(change.before), _geometry(change.after))

    def _save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, tr("Export the Changes"), "", "CSV (*.csv)")
        if not name:
            return
        path, target, spoken = self.path, Path(name).with_suffix(".csv"), language()
        history, lines = self.history, self.model.lines
        self.run(
            tr("Exporting the changes"),
            lambda feedback: export_lines(path, target, history, lines, spoken, feedback),
            lambda _nothing: self.inform(tr("The list is in {path}.", path=target)),
        )

    def _fit_table(self) -> None:
        make_dense(self.table, _WIDTHS)
        self.table.verticalHeader().hide()
        self.splitter.setSizes([430, 190])


def places(told: Told) -> list[shapely.Geometry]:
    """Return the places that a line itself tells, in EPSG:4326."""
    line = told.line()
    if told.field is not None:
        return [shape for shape in (line.change.before, line.change.after) if isinstance(shape, shapely.Geometry)]
    return [entry.before for entry in line.held if entry.field == GEOMETRY and entry.before is not None]


def _shapes(told: Told) -> bool:
    return told.field == GEOMETRY or (told.entry.event is Event.DELETED and bool(told.entry.old.get(GEOMETRY)))


def _geometry(shape: object) -> QgsGeometry | None:
    if not isinstance(shape, shapely.Geometry):
        return None
    made = QgsGeometry()
    made.fromWkb(shapely.to_wkb(shape))
    return made
