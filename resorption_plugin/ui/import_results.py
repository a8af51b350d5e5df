"""The result tabs of the import dialog, filled from a preview, with their counts."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QAbstractItemModel
from qgis.PyQt.QtWidgets import QFileDialog, QTableView, QTabWidget, QWidget

from ..core.exchange.preview import Preview
from ..core.exchange.rows import Rejected, SourceTable
from ..core.i18n import mark
from ..qgis_adapters.explanations import write_rejected
from ..qgis_adapters.translation import tr
from .import_tables import added_rows, changed_rows, rejected_rows, unchanged_rows

_SAMPLED_ROWS = 50
"""Rows measured to choose the width of the columns: all of 40,000 would freeze the dialog."""

_COLUMNS_IN_SIGHT = 3
"""No column but the last takes more than this part of the dialog; a longer text is shown whole in the tooltip."""


class ResultPages:
    """The tabs *Added*, *Changed*, *Unchanged* and *Rejected*, each with its table."""

    def __init__(
        self, pages: QTabWidget, added: QTableView, changed: QTableView, unchanged: QTableView, rejected: QTableView
    ) -> None:
        """Take charge of four tables, each alone in its tab of ``pages``."""
        self._pages = pages
        self._tables = (
            (added, mark("Added"), added_rows),
            (changed, mark("Changed"), changed_rows),
            (unchanged, mark("Unchanged"), unchanged_rows),
            (rejected, mark("Rejected"), rejected_rows),
        )

    def clear(self) -> None:
        """Show that there is no preview."""
        for table, title, _rows in self._tables:
            table.setModel(None)
            self._head(table, tr(title), enabled=False)

    def show(self, preview: Preview) -> None:
        """Show a preview, and the first tab that has something new to say."""
        counts = preview.counts().values()
        for (table, title, rows), count in zip(self._tables, counts, strict=True):
            fill_table(table, rows(preview, table))
            self._head(table, f"{tr(title)} ({count})", enabled=count > 0)
        filled = [table for (table, *_), count in zip(self._tables, counts, strict=True) if count]
        if filled:
            self._pages.setCurrentWidget(filled[0].parentWidget())

    def _head(self, table: QTableView, title: str, *, enabled: bool) -> None:
        page = self._pages.indexOf(table.parentWidget())
        self._pages.setTabText(page, title)
        self._pages.setTabEnabled(page, enabled)


def outcome(preview: Preview) -> str:
    """Return what would be done, in a sentence or two."""
    told = tr(
        "To add: {added}, to change: {changed}, unchanged: {unchanged}, rejected: {rejected}. Nothing is written yet.",
        **preview.counts(),
    )
    if not preview.absent:
        return told
    absent = tr("Of the same source, but not in the file: {count}. They stay as they are.", count=preview.absent)
    return f"{told} {absent}"


def done(preview: Preview) -> str:
    """Return what was done, in a sentence."""
    return tr(
        "Import done. Added: {added}, changed: {changed}, unchanged: {unchanged}, rejected: {rejected}.",
        **preview.counts(),
    )


def fill_table(table: QTableView, model: QAbstractItemModel) -> None:
    """Show a model in a table, its columns as wide as its first rows need."""
    table.setModel(model)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setResizeContentsPrecision(_SAMPLED_ROWS)
    table.resizeColumnsToContents()
    for column in range(model.columnCount()):
        table.setColumnWidth(column, min(table.columnWidth(column), table.window().width() // _COLUMNS_IN_SIGHT))
    header.setStretchLastSection(True)


def save_rejected_rows(parent: QWidget, source: Path, table: SourceTable, rejected: tuple[Rejected, ...]) -> str | None:
    """Ask where, write the rejected rows and return what to say; ``None`` when the user gives up.

    Raises ``ImportFileError`` when the place cannot be written.
    """
    proposed = source.with_name(tr("{name}_rejected.csv", name=source.stem))
    chosen, _filter = QFileDialog.getSaveFileName(parent, tr("Save Rejected Rows"), str(proposed), "CSV (*.csv)")
    if not chosen:
        return None
    write_rejected(Path(chosen), table, rejected)
    return tr("The rejected rows are in {path}.", path=chosen)
