"""Writes a spreadsheet (.xlsx): titles that stay in sight, dates and numbers that are dates and numbers, links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .platform.library import openpyxl
from .whole_file import whole_file

Value = str | int | float | bool | dt.date | None

EARLIEST = dt.date(1900, 3, 1)
"""Before it, the calendar of spreadsheets is wrong by a day: such a date is written as text."""

LONGEST_TEXT = 32_767
"""Characters a cell may hold; a longer text is cut, since the whole file would be refused."""

_NARROWEST, _WIDEST, _MEASURED_ROWS = 9, 46, 200
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_DAY = "dd/mm/yyyy"
_BLUE, _LAVENDER, _AMBER = "FF0563C1", "FFE3E3FD", "FFFEF3C7"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the address it links to if any, and whether it stands out (bold on a pale ground)."""

    value: Value
    link: str = ""
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the last row of ``titles`` names the columns, those above group them."""

    name: str
    titles: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Cell]]


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets, in their order, whole or not at all.

    Raises ``ExportFileError`` when the place cannot be written, ``ImportFileError`` when openpyxl is nowhere.
    """
    library = openpyxl()
    with whole_file(path) as draft:
        book = library.Workbook(write_only=True)  # row after row: memory does not grow with the rows
        styles = _Styles()
        for sheet in sheets:
            _fill(book.create_sheet(_NOT_XML.sub("", _NOT_IN_NAMES.sub(" ", sheet.name))[:31]), sheet, styles)
        book.save(draft)


def _fill(page: Any, sheet: Sheet, styles: _Styles) -> None:
    page.freeze_panes = f"A{len(sheet.titles) + 1}"
    for letters, width in _widths(sheet):
        page.column_dimensions[letters].width = width
    for texts in sheet.titles:
        page.append([styles.title(page, text) for text in texts])
    for row in sheet.rows:
        page.append([styles.cell(page, cell) for cell in row])
    if sheet.titles and sheet.rows:
        last = openpyxl().utils.get_column_letter(len(sheet.titles[-1]))
        page.auto_filter.ref = f"A{len(sheet.titles)}:{last}{len(sheet.titles) + len(sheet.rows)}"


class _Styles:
    """The few looks of cells, each made once."""

    def __init__(self) -> None:
        styles = openpyxl().styles
        self._fonts = {
            (strong, linked): styles.Font(
                name="Arial",
                size=10,
                bold=strong,
                underline="single" if linked else None,
                color=_BLUE if linked else None,
            )
            for strong in (False, True)
            for linked in (False, True)
        }
        self._title_ground = styles.PatternFill("solid", start_color=_LAVENDER)
        self._strong_ground = styles.PatternFill("solid", start_color=_AMBER)
        self._alignment = styles.Alignment(vertical="top", wrap_text=True)

    def title(self, page: Any, text: str) -> Any:
        made = self._made(page, text, self._fonts[True, False])
        made.fill = self._title_ground
        return made

    def cell(self, page: Any, cell: Cell) -> Any:
        if cell.value is None or cell.value == "":
            return None
        made = self._made(page, cell.value, self._fonts[cell.stands_out, bool(cell.link)])
        if cell.stands_out:
            made.fill = self._strong_ground
        if cell.link:
            made.hyperlink = cell.link
        return made

    def _made(self, page: Any, value: Value, font: Any) -> Any:
        is_day = isinstance(value, dt.date) and _day(value) >= EARLIEST
        made = openpyxl().cell.WriteOnlyCell(page, value if _is_plain(value) or is_day else _text(value))
        if isinstance(made.value, str):
            made.data_type = "s"  # a text that begins with = is no formula
        if is_day:
            made.number_format = _DAY
        made.font, made.alignment = font, self._alignment
        return made


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _is_plain(value: Value) -> bool:
    return isinstance(value, bool | int | float)


def _text(value: Value) -> str:
    written = value.isoformat() if isinstance(value, dt.date) else str(value)
    return _NOT_XML.sub("", written)[:LONGEST_TEXT]


def _widths(sheet: Sheet) -> Iterator[tuple[str, float]]:
    """Yield the columns as wide as the texts of the first rows; a title may take two or three lines."""
    names = sheet.titles[-1] if sheet.titles else ()
    widest = [min(len(name), 2 * _NARROWEST) for name in names]
    for row in sheet.rows[:_MEASURED_ROWS]:
        for column, cell in enumerate(row[: len(widest)]):
            lines = "" if cell.value is None else str(cell.value)
            widest[column] = max(widest[column], *(len(line) for line in lines.split("\n")))
    for number, width in enumerate(widest, start=1):
        yield openpyxl().utils.get_column_letter(number), min(max(width + 2, _NARROWEST), _WIDEST)
