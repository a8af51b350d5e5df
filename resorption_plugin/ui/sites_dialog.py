"""Imports the platform's list of sites: choose it, see what it would change, decide what is uncertain, agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QAbstractItemModel, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QPushButton, QTableView, QTabWidget, QWidget

from .. import paths
from ..core.errors import ResorptionError
from ..core.exchange.platform.matching import Answer
from ..core.exchange.platform.preview import Decisions, SitesPreview
from ..core.exchange.platform.reader import PlatformReading
from ..core.exchange.platform.three_way import State
from ..core.i18n import mark
from ..core.ports import Feedback, Part, SystemClock
from ..core.wording import day_text
from ..qgis_adapters.site_import import import_sites, preview_sites, read_sites
from ..qgis_adapters.site_reports import write_site_report
from ..qgis_adapters.translation import language, tr
from .choice_table import ChoiceModel, offer_choice
from .help_dialog import HelpDialog
from .import_results import fill_table
from .job_dialog import JobDialog
from .sites_choices import DECISION, RESULT, Field, changed_fields, fields_table, prefer_file, rows_table, taken_fields
from .sites_tables import Remark, added_sites, rejected_sites, remarks, remarks_table

FILTER = "*.xlsx *.ods *.csv"

_NARROWEST_PX = 80
_LAST_PX = 240
_MARGINS_PX = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """An export compared with the workspace, ready to be shown."""

    reading: PlatformReading
    preview: SitesPreview
    fields: list[Field]
    remarks: list[Remark]
    can_write: bool
    """Whether there is something to write, or may be by the officer's choice."""

    @classmethod
    def of(cls, reading: PlatformReading, preview: SitesPreview) -> Seen:
        """Prepare what the tables show."""
        fields = changed_fields(preview)
        writes = bool(preview.change_set(SystemClock().now(), ""))
        can_write = writes or any(len(field.row.options) > 1 for field in fields)
        return cls(reading, preview, fields, remarks(preview, reading), can_write)


class ImportSitesDialog(JobDialog):
    """``imported`` is emitted with the ``SitesPreview`` that was written."""

    imported = pyqtSignal(object)

    file: QgsFileWidget
    summary: QLabel
    pages: QTabWidget
    added: QTableView
    changed: QTableView
    ambiguous: QTableView
    rejected: QTableView
    notes: QTableView
    save_rejected: QPushButton

    def __init__(self, workspace: Path, parent: QWidget | None = None) -> None:
        """Import into the workspace at ``workspace``."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("import_sites")), self)
        self._workspace = workspace
        self._seen: Seen | None = None
        self._fields: ChoiceModel | None = None
        self._answers: dict[int, Answer] = {}
        self._is_done = False
        self._import = self.accept_button(tr("Import"))
        self._pages = (
            (self.added, mark("Added")),
            (self.changed, mark("Changed")),
            (self.ambiguous, mark("To decide")),
            (self.rejected, mark("Rejected")),
            (self.notes, mark("Remarks")),
        )
        self.file.setFilter(f"{tr('Exports of the platform')} ({FILTER});;{tr('All files')} (*)")
        self.file.fileChanged.connect(lambda _path: self._open())
        self.save_rejected.clicked.connect(self._save_rejected)
        self.buttons.accepted.connect(self._start_import)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: HelpDialog(self).show())
        for table, column in ((self.changed, RESULT), (self.ambiguous, DECISION)):
            offer_choice(table, column)
        self.progress.hide()
        self._forget()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt API
        """Take a file that is dragged over the dialog."""
        if event.mimeData().hasUrls() and not self.is_working:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt API
        """Open the file that is dropped."""
        self.file.setFilePath(event.mimeData().urls()[0].toLocalFile())

    def inputs(self) -> Sequence[QWidget]:
        """Return what cannot be touched while work runs."""
        return self.file, self.changed, self.ambiguous, self.save_rejected

    def show_state(self) -> None:
        """Offer only what can be done now."""
        preview = self._seen.preview if self._seen else None
        writes = self._seen is not None and self._seen.can_write and not self._is_done
        self._import.setEnabled(writes)
        self._import.setDefault(writes)
        self.save_rejected.setEnabled(preview is not None and preview.counts()["rejected"] > 0)

    def _forget(self) -> None:
        self._seen = self._fields = None
        self._answers = {}
        self._is_done = False
        self.message.clear()
        self.summary.setText(tr("Choose the export or drop it here. Nothing is written before you agree."))
        for table, title in self._pages:
            table.setModel(None)
            self._head(table, tr(title), enabled=True)
        self.pages.setCurrentIndex(0)
        self.show_state()

    def _open(self) -> None:
        if self.is_working:
            return
        self._forget()
        if not self.file.filePath().strip():
            return
        path, workspace = Path(self.file.filePath().strip()), self._workspace

        def work(feedback: Feedback) -> Seen:
            reading = read_sites(path, Part(feedback, 0, 0.5))
            return Seen.of(reading, preview_sites(workspace, reading, Decisions(), Part(feedback, 0.5, 1)))

        self.run(tr("Reading {name}…", name=path.name), work, self._show)

    def _compare_again(self) -> None:
        seen, workspace, decisions = self._seen, self._workspace, Decisions(dict(self._answers))
        if seen is None:
            return

        def work(feedback: Feedback) -> Seen:
            return Seen.of(seen.reading, preview_sites(workspace, seen.reading, decisions, feedback))

        page = self.pages.currentIndex()
        self.run(tr("Comparing with the workspace…"), work, lambda again: self._show(again, page))

    def _show(self, seen: Seen, page: int | None = None) -> None:
        taken = self._taken()
        self._seen = seen
        preview = seen.preview
        counts = preview.counts()
        self._fields, rows = fields_table(seen.fields, self), rows_table(preview, self._answers, self)
        prefer_file(seen.fields, self._fields, taken)
        rows.chosen.connect(self._decided)
        tables: tuple[tuple[QTableView, QAbstractItemModel, int], ...] = (
            (self.added, added_sites(preview, self), counts["added"]),
            (self.changed, self._fields, counts["changed"]),
            (self.ambiguous, rows, len(preview.waiting)),
            (self.rejected, rejected_sites(preview, seen.reading, self), len(preview.rejected)),
            (self.notes, remarks_table(seen.remarks, self), len(seen.remarks)),
        )
        for (table, model, count), (_table, title) in zip(tables, self._pages, strict=True):
            fill_table(table, model)
            _narrow(table)
            self._head(table, f"{tr(title)} ({count})", enabled=model.rowCount() > 0)
        self.pages.setCurrentIndex(self._first_page() if page is None else page)
        self.summary.setText(summary(seen))
        self.show_state()

    def _taken(self) -> dict[int, frozenset[str]]:
        """Return the fields in which the officer prefers the file."""
        if self._seen is None or self._fields is None:
            return {}
        return taken_fields(self._seen.fields, self._fields)

    def _first_page(self) -> int:
        """Return the page that asks for something, else the first one that is filled."""
        enabled = [page for page in range(self.pages.count()) if self.pages.isTabEnabled(page)]
        asking = self.pages.indexOf(self.ambiguous.parentWidget())
        waiting = bool(self._seen and self._seen.preview.waiting)
        return asking if waiting else enabled[0] if enabled else 0

    def _decided(self, row: int, value: Answer | None) -> None:
        line = self._seen.preview.choices[row].row.line
        if value is None:
            self._answers.pop(line, None)
        else:
            self._answers[line] = value
        self._compare_again()

    def _start_import(self) -> None:
        seen, workspace = self._seen, self._workspace
        if seen is None:
            return
        decisions = Decisions(dict(self._answers), self._taken())

        def work(feedback: Feedback) -> SitesPreview:
            return import_sites(workspace, seen.reading, decisions, feedback, agreed=seen.preview)

        self.run(tr("Importing…"), work, self._show_imported)

    def _show_imported(self, preview: SitesPreview) -> None:
        self._is_done = True  # what was agreed to is done
        self.summary.setText(tr("This file is imported. Choose another one, or close."))
        self.show_state()
        text = tr(
            "Import done. Added: {added}, changed: {changed}, unchanged: {unchanged}, rejected: {rejected}.",
            **preview.counts(),
        )
        self.message.setText(text)
        self.imported.emit(preview)

    def _save_rejected(self) -> None:
        if self._seen is None:
            return
        source = Path(self.file.filePath())
        proposed = source.with_name(tr("{name}_rejected.csv", name=source.stem)).with_suffix(".xlsx")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, tr("Save Rejected Rows"), str(proposed), "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if not chosen:
            return
        try:
            write_site_report(Path(chosen), source, self._seen.reading, self._seen.preview)
        except ResorptionError as error:
            self.report(error)
        else:
            self.message.setText(tr("The rejected rows are in {path}.", path=chosen))

    def _head(self, table: QTableView, title: str, *, enabled: bool) -> None:
        page = self.pages.indexOf(table.parentWidget())
        self.pages.setTabText(page, title)
        self.pages.setTabEnabled(page, enabled)


def _narrow(table: QTableView) -> None:
    """Keep every column in sight: the widest ones give way first, and show their texts whole in tooltips."""
    columns = table.model().columnCount()
    wanted = [table.columnWidth(column) for column in range(columns - 1)]
    last = min(max(table.sizeHintForColumn(columns - 1), _NARROWEST_PX), _LAST_PX)
    room = table.window().width() - _MARGINS_PX - last  # a table in a tab that was never shown has no width yet
    widest = max(wanted)
    while sum(min(width, widest) for width in wanted) > room and widest > _NARROWEST_PX:
        widest -= 1
    for column, width in enumerate([*(min(width, widest) for width in wanted), last]):
        table.setColumnWidth(column, width)


def summary(seen: Seen) -> str:
    """Return what would be done, in a few sentences."""
    preview = seen.preview
    day = seen.reading.exported_on
    told = []
    if day is not None:
        told.append(tr("Export of {day}.", day=day_text(day, language())))
    told.append(
        tr(
            "To add: {added}, to change: {changed}, unchanged: {unchanged}, rejected: {rejected}. "
            "Nothing is written yet.",
            **preview.counts(),
        )
    )
    conflicts = sum(each.state is State.CONFLICT for plan in preview.plans for each in plan.outcomes)
    if conflicts:
        told.append(tr("Changed in both since the last import: {count}, see the tab Changed.", count=conflicts))
    if preview.older:
        told.append(tr("Older than the last import: {count}; only their counts are added.", count=preview.older))
    return " ".join(told)
