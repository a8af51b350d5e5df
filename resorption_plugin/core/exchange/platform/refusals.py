"""The rows that were not imported, as a file that can be mended and imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ...i18n import mark
from ..rows import Reason, Rejected
from ..tabular import write_delimited
from ..workbook import Cell, Sheet, write_xlsx
from .column import Listing
from .preview import SitesPreview, as_rejected
from .reader import PlatformReading

SUFFIXES = (".csv", ".xlsx")

Explain = Callable[[Reason], str]
Translate = Callable[[str], str]

_TITLES = (mark("line"), mark("reason"))


def not_imported(preview: SitesPreview, reading: PlatformReading) -> tuple[Rejected, ...]:
    """Return the rejected rows and those that wait for an answer, by line."""
    waiting = (
        as_rejected(choice.row, reading.columns, choice.reason)
        for choice in preview.choices
        if choice.row.line in preview.waiting
    )
    return tuple(sorted((*preview.rejected, *waiting), key=lambda row: row.line))


def write_not_imported(
    path: Path, rows: Sequence[Rejected], reading: PlatformReading, explain: Explain, translate: Translate
) -> None:
    """Write the rows as the file had them, with their line and the reason, as .csv or .xlsx.

    The two columns added are ignored by the next import. Raises ``ExportFileError``.
    """
    titles = [*(translate(title) for title in _TITLES), *reading.columns]
    width = len(reading.columns)
    texts = [[str(row.line), explain(row.reason), *row.cells[:width], *[""] * (width - len(row.cells))] for row in rows]
    if path.suffix.lower() == ".xlsx":
        cells = [[Cell(int(line)), Cell(reason, stands_out=True), *map(Cell, rest)] for line, reason, *rest in texts]
        write_xlsx(path, [Sheet(translate(mark("Rejected")), [[_banner(reading)], titles], cells)])
    else:
        write_delimited(path, titles, texts)


def _banner(reading: PlatformReading) -> str:
    """Return what the export says of itself, in the platform's words: the next import reads it."""
    listed = {Listing.OPEN: "SITES EXISTANTS", Listing.CLOSED: "SITES FERMÉS"}
    said = [listed[reading.listing]] if reading.listing else []
    return " ".join([*said, f"à la date du {reading.exported_on:%d/%m/%Y}"] if reading.exported_on else said)
