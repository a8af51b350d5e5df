"""Imports water points: choose a file, see what it would do, agree. Reading, comparing and writing run in tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QTabWidget, QWidget

from .. import paths
from ..core.errors import ResorptionError
from ..core.exchange.formats import AUTO, TABLE, TITLES, default_source, detect, reader_for
from ..core.exchange.mapping import ColumnMapping, propose
from ..core.exchange.preview import Preview
from ..core.exchange.readers import RowReader
from ..core.exchange.rows import Rejected, SourceTable
from ..core.geo import STORED_EPSG
from ..qgis_adapters.importing import OpenedFile, import_water_points, open_file, preview_water_points
from ..qgis_adapters.translation import tr
from .column_choice import FILLS, ColumnsModel, TargetDelegate
from .import_results import ResultPages, done, fill_table, outcome, save_rejected_rows
from .job_dialog import JobDialog

FILTER = "*.csv *.txt *.tsv *.geojson *.json *.gpkg *.shp *.fgb *.kml *.gpx *.pbf *.osm"


class ImportDialog(JobDialog):
    """``imported`` is emitted with the ``Preview`` that was written."""

    imported = pyqtSignal(object)

    file: QgsFileWidget
    layer_label: QLabel
    layer: QComboBox
    format: QComboBox
    source: QLineEdit
    crs_label: QLabel
    crs: QgsProjectionSelectionWidget
    pages: QTabWidget
    columns_help: QLabel
    columns: QTableView
    added: QTableView
    changed: QTableView
    unchanged: QTableView
    rejected: QTableView
    save_rejected: QPushButton
    preview: QPushButton

    def __init__(self, workspace: Path, parent: QWidget | None = None) -> None:
        """Import into the workspace at ``workspace``."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("import_water_points")), self)
        self._workspace = workspace
        self._opened: OpenedFile | None = None
        self._mapping: ColumnMapping | None = None
        self._model: ColumnsModel | None = None
        self._previewed: Preview | None = None
        self._rejected: tuple[Rejected, ...] = ()
        self._results = ResultPages(self.pages, self.added, self.changed, self.unchanged, self.rejected)
        self._import = self.accept_button(tr("Import"))
        self._set_up()
        self._forget_file()

    def _set_up(self) -> None:
        self.file.setFilter(f"{tr('Tables and layers')} ({FILTER});;{tr('All files')} (*)")
        self.file.fileChanged.connect(lambda _path: self._open(""))
        self.layer.activated.connect(lambda _index: self._open(self.layer.currentText()))
        for key, title in TITLES.items():
            self.format.addItem(tr(title), key)
        self.format.currentIndexChanged.connect(lambda _index: self._choose_format())
        self.source.textEdited.connect(lambda _text: self._forget_preview())
        self.crs.crsChanged.connect(lambda _crs: self._forget_preview())
        self.columns.setItemDelegateForColumn(FILLS, TargetDelegate(self.columns))
        self.preview.clicked.connect(self._start_preview)
        self.save_rejected.clicked.connect(self._save_rejected)
        self.buttons.accepted.connect(self._start_import)
        self.buttons.rejected.connect(self.reject)

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return self.file, self.layer, self.format, self.source, self.crs, self.columns, self.preview

    def show_state(self) -> None:
        """Offer only what can be done now."""
        preview = self._previewed
        has_file = self._opened is not None
        for widget in (self.format, self.source, self.preview):
            widget.setEnabled(has_file)
        writes = preview is not None and bool(preview.added or preview.changed)
        self._import.setEnabled(writes)
        (self._import if writes else self.preview).setDefault(True)
        self.save_rejected.setEnabled(bool(self._rejected))
        several = self._opened is not None and len(self._opened.layers) > 1
        self.layer_label.setVisible(several)
        self.layer.setVisible(several)
        projected = self._model is not None and self._model.asks_reference_system()
        self.crs_label.setVisible(projected)
        self.crs.setVisible(projected)

    def _forget_file(self) -> None:
        self._opened = self._mapping = self._model = None
        self.columns.setModel(None)
        self.columns_help.setText(tr("Choose a file: its columns are shown here. Nothing is written before you agree."))
        self.progress.hide()
        self._forget_preview()

    def _open(self, layer: str) -> None:
        if self.is_working:
            return
        self._forget_file()
        if not self.file.filePath().strip():
            return
        path, workspace = Path(self.file.filePath().strip()), self._workspace
        self.run(
            tr("Reading {name}…", name=path.name),
            lambda feedback: open_file(path, layer, workspace, feedback),
            self._show_file,
        )

    def _show_file(self, opened: OpenedFile) -> None:
        self._opened = opened
        self.layer.clear()
        self.layer.addItems(opened.layers)
        self.layer.setCurrentText(opened.layer)
        self._mapping = propose(opened.table, opened.extent.metric_epsg)
        self.format.setCurrentIndex(self.format.findData(AUTO))
        self._choose_format()
        read = tr("Rows read: {count}.", count=len(opened.table.rows) + len(opened.table.rejected))
        encoding = tr("Text read as {encoding}.", encoding=opened.table.encoding) if opened.table.encoding else ""
        self.message.setText(f"{read} {encoding}".strip())

    def _format(self) -> str:
        """Return the format chosen, or recognised."""
        chosen = str(self.format.currentData())
        return detect(self._opened.table) if chosen == AUTO and self._opened else chosen

    def _choose_format(self) -> None:
        self._forget_preview()
        if self._opened is None or self._mapping is None:
            return
        table, chosen = self._opened.table, self._format()
        self.source.setText(default_source(chosen, table))
        self.crs.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{self._mapping.epsg}"))
        if chosen == TABLE:
            self._show_columns(table, dict(self._mapping.links), editable=True)
            self.columns_help.setText(tr("Check what each column fills, and correct it by a click in the last column."))
            return
        try:
            links = reader_for(chosen, table, self._opened.extent.metric_epsg).links()
        except ResorptionError as error:
            self._show_columns(table, {}, editable=False)
            self.report(error)
            return
        self._show_columns(table, links, editable=False)
        self.columns_help.setText(
            tr("The file is in a known format: {format}. What its columns fill is settled.", format=tr(TITLES[chosen]))
        )

    def _show_columns(self, table: SourceTable, links: Mapping[str, str], *, editable: bool) -> None:
        self._model = ColumnsModel(table, links, editable=editable, parent=self)
        self._model.corrected.connect(self._forget_preview)
        fill_table(self.columns, self._model)
        self.show_state()

    def _reader(self, opened: OpenedFile) -> RowReader:
        epsg = int(self.crs.crs().postgisSrid()) or STORED_EPSG
        mapping = self._model.mapping(epsg) if self._model and self._format() == TABLE else None
        return reader_for(self._format(), opened.table, opened.extent.metric_epsg, mapping, self.source.text().strip())

    def _forget_preview(self) -> None:
        self._previewed = None
        self._rejected = ()
        self.message.clear()
        self._results.clear()
        self.show_state()

    def _start_preview(self) -> None:
        opened, workspace = self._opened, self._workspace
        if opened is None:
            return
        try:
            reader = self._reader(opened)
        except ResorptionError as error:
            self.report(error)
            return
        self.run(
            tr("Comparing with the workspace…"),
            lambda feedback: preview_water_points(workspace, opened.table, reader, feedback),
            self._show_preview,
        )

    def _show_preview(self, preview: Preview) -> None:
        self._previewed = preview
        self._rejected = preview.rejected
        self._results.show(preview)
        self.show_state()
        self.message.setText(outcome(preview))

    def _start_import(self) -> None:
        opened, workspace, agreed = self._opened, self._workspace, self._previewed
        if opened is None or agreed is None:
            return
        reader = self._reader(opened)
        self.run(
            tr("Importing…"),
            lambda feedback: import_water_points(workspace, opened.table, reader, feedback, agreed=agreed),
            self._show_imported,
        )

    def _show_imported(self, preview: Preview) -> None:
        self._previewed = None  # what was agreed to is done
        self.show_state()
        self.message.setText(done(preview))
        self.imported.emit(preview)

    def _save_rejected(self) -> None:
        if self._opened is None:
            return
        try:
            saved = save_rejected_rows(self, Path(self.file.filePath()), self._opened.table, self._rejected)
        except ResorptionError as error:
            self.report(error)
        else:
            self.message.setText(saved or self.message.text())
