"""The tables of the import of sites that are only read: what is added, rejected, and worth a remark."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject

from ..core.exchange.platform.preview import SitesPreview
from ..core.exchange.platform.reader import PlatformReading
from ..core.exchange.platform.refusals import not_imported
from ..core.i18n import mark
from ..core.records import Record
from ..qgis_adapters.explanations import explain
from ..qgis_adapters.translation import tr
from .import_tables import LINE, Column, RowsModel

SITE = mark("Site")


def site_name(site: Record) -> str:
    """Return what to call a site."""
    name = site["name"] or site["address"] or tr("(without name)")
    return f"{name} ({site['commune']})" if site["commune"] else str(name)


def added_sites(preview: SitesPreview, parent: QObject) -> RowsModel:
    """Return the table of the sites that would be added."""
    columns = (
        Column(LINE, lambda plan: str(plan.line)),
        Column(mark("Number"), lambda plan: str(plan.rb_id or "")),
        Column(SITE, lambda plan: site_name(plan.site)),
        Column(mark("Address"), lambda plan: str(plan.site["address"] or "")),
        Column(mark("People"), lambda plan: str(plan.site["population_total"] or "")),
        Column(mark("Situation"), lambda plan: tr("open") if plan.site["status"] == "open" else tr("closed")),
    )
    return RowsModel(columns, preview.added, parent)


def rejected_sites(preview: SitesPreview, reading: PlatformReading, parent: QObject) -> RowsModel:
    """Return the table of the rows that are not imported, with the reason."""
    columns = (
        Column(LINE, lambda row: str(row.line)),
        Column(mark("Row"), lambda row: " · ".join(filter(None, row.cells))[:200]),
        Column(mark("Reason"), lambda row: explain(row.reason)),
    )
    waiting = preview.waiting
    return RowsModel(columns, [row for row in not_imported(preview, reading) if row.line not in waiting], parent)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the officer should know of the file: of all of it, or of one row."""

    remark: str
    line: int | None = None
    site: str = ""
    column: str = ""
    cell: str = ""


def remarks(preview: SitesPreview, reading: PlatformReading) -> list[Remark]:
    """Return what is worth knowing of an import, what concerns the whole file first."""
    found = [
        Remark(tr("This column is none of the platform's: it is left out."), column=title) for title in reading.unknown
    ]
    found += [Remark(tr("The sheet “{name}” is not read.", name=name)) for name in reading.other_sheets]
    if preview.absent:
        text = tr("{count} sites of the workspace are not in the file: they stay as they are.", count=preview.absent)
        found.append(Remark(text))
    for plan in preview.plans:
        site = site_name(plan.known)
        if plan.is_older:
            text = tr("The row is older than the last import of this site: only its count of people is added.")
            found.append(Remark(text, plan.line, site))
        found += [Remark(explain(note.reason), plan.line, site, note.column, note.text) for note in plan.notes]
    return found


def remarks_table(found: list[Remark], parent: QObject) -> RowsModel:
    """Return the table of the remarks."""
    columns = (
        Column(LINE, lambda row: "" if row.line is None else str(row.line)),
        Column(SITE, lambda row: row.site),
        Column(mark("Column"), lambda row: row.column),
        Column(mark("Text"), lambda row: row.cell),
        Column(mark("Remark"), lambda row: row.remark),
    )
    return RowsModel(columns, found, parent)
