"""Writes a spreadsheet (.xlsx) with nothing but the standard library: QGIS does not bring a writer everywhere.

Office Open XML (ECMA-376, part 1), only what a table needs: titles that stay in sight, dates and numbers that are dates
and numbers, links that a click follows.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .whole_file import whole_file

Value = str | int | float | bool | dt.date | None

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the numbers that stand for dates."""

EARLIEST = dt.date(1900, 3, 1)
"""Before it, the calendar of spreadsheets is wrong by a day: such a date is written as text."""

LONGEST_TEXT = 32_767
"""Characters a cell may hold; a longer text is cut, since the whole file would be refused."""

_NARROWEST, _WIDEST, _MEASURED_ROWS = 9, 46, 200
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


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
    """Write the sheets, in their order, whole or not at all. Raises ``ExportFileError``."""
    numbers = range(1, len(sheets) + 1)
    with whole_file(path) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(numbers))
        archive.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.xml", "")]))
        archive.writestr("xl/workbook.xml", _workbook(sheets))
        parts = [("worksheet", f"worksheets/sheet{number}.xml", "") for number in numbers]
        archive.writestr("xl/_rels/workbook.xml.rels", _links([*parts, ("styles", "styles.xml", "")]))
        archive.writestr("xl/styles.xml", _STYLES)
        for number, sheet in zip(numbers, sheets, strict=True):
            addresses = dict.fromkeys(cell.link for row in sheet.rows for cell in row if cell.link)
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for text in _worksheet(sheet, list(addresses)):
                    part.write(text.encode())
            if addresses:
                links = _links([("hyperlink", address, ' TargetMode="External"') for address in addresses])
                archive.writestr(f"xl/worksheets/_rels/sheet{number}.xml.rels", links)


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PLAIN, _DAY, _LINK, _TITLE, _STRONG, _STRONG_DAY, _STRONG_LINK = range(7)
_FONT = '<sz val="10"/>{colour}<name val="Arial"/>'
_BLUE = '<color rgb="FF0563C1"/>'
_FONTS = ("", "<u/>", "<b/>", "<b/><u/>")
_GROUNDS = ("FFE3E3FD", "FFFEF3C7")
# number format, font and fill of each cell format, in the order of the names above
_FORMATS = ((0, 0, 0), (164, 0, 0), (0, 1, 0), (0, 2, 2), (0, 2, 3), (164, 2, 3), (0, 3, 3))


def _styles() -> str:
    fonts = "".join(f"<font>{kind}{_FONT.format(colour=_BLUE if '<u/>' in kind else '')}</font>" for kind in _FONTS)
    fills = "".join(f'<fill><patternFill patternType="{name}"/></fill>' for name in ("none", "gray125"))
    for ground in _GROUNDS:
        fills += f'<fill><patternFill patternType="solid"><fgColor rgb="{ground}"/></patternFill></fill>'
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" '
        'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        for number, font, fill in _FORMATS
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        f'</numFmts><fonts count="{len(_FONTS)}">{fonts}</fonts><fills count="{2 + len(_GROUNDS)}">{fills}</fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


_STYLES = _styles()


def _content_types(numbers: Iterable[int]) -> str:
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [(f"worksheets/sheet{number}", "worksheet") for number in numbers]
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _links(targets: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target={quoteattr(_clean(target))}{mode}/>'
        for number, (kind, target, mode) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(_clean(_NOT_IN_NAMES.sub(" ", sheet.name))[:31])} sheetId="{number}" '
        f'r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'


def _worksheet(sheet: Sheet, addresses: Sequence[str]) -> Iterator[str]:
    titles = len(sheet.titles)
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{titles}" topLeftCell="A{titles + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{_widths(sheet)}</cols><sheetData>"
    )
    linked: list[tuple[str, str]] = []
    for number, texts in enumerate(sheet.titles, start=1):
        yield _row(number, [(_TITLE, text) for text in texts])
    for number, row in enumerate(sheet.rows, start=titles + 1):
        yield _row(number, [(_format(cell), cell.value) for cell in row])
        linked += [(f"{column_name(column)}{number}", cell.link) for column, cell in enumerate(row) if cell.link]
    yield "</sheetData>"
    if sheet.titles and sheet.rows:
        last = f"{column_name(len(sheet.titles[-1]) - 1)}{titles + len(sheet.rows)}"
        yield f'<autoFilter ref="A{titles}:{last}"/>'
    if linked:
        ids = {address: f"rId{number}" for number, address in enumerate(addresses, start=1)}
        yield "<hyperlinks>"
        yield from (f'<hyperlink ref="{place}" r:id="{ids[address]}"/>' for place, address in linked)
        yield "</hyperlinks>"
    yield "</worksheet>"


def _format(cell: Cell) -> int:
    is_day = isinstance(cell.value, dt.date) and cell.value >= EARLIEST
    plain = _LINK if cell.link else _DAY if is_day else _PLAIN
    return {_PLAIN: _STRONG, _DAY: _STRONG_DAY, _LINK: _STRONG_LINK}[plain] if cell.stands_out else plain


def _row(number: int, cells: Iterable[tuple[int, Value]]) -> str:
    written = "".join(
        _cell(f"{column_name(column)}{number}", form, value)
        for column, (form, value) in enumerate(cells)
        if value is not None and value != ""
    )
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, form: int, value: Value) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" s="{form}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, dt.date) and value >= EARLIEST:
        return f'<c r="{place}" s="{form}"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{form}"><v>{value!r}</v></c>'
    text = escape(_clean(value.isoformat() if isinstance(value, dt.date) else str(value))[:LONGEST_TEXT])
    return f'<c r="{place}" s="{form}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _widths(sheet: Sheet) -> str:
    """Return the columns as wide as the texts of the first rows; a title may take two or three lines."""
    names = sheet.titles[-1] if sheet.titles else ()
    widest = [min(len(name), 2 * _NARROWEST) for name in names]
    for row in sheet.rows[:_MEASURED_ROWS]:
        for column, cell in enumerate(row[: len(widest)]):
            lines = "" if cell.value is None else str(cell.value)
            widest[column] = max(widest[column], *(len(line) for line in lines.split("\n")))
    return "".join(
        f'<col min="{number}" max="{number}" width="{min(max(width + 2, _NARROWEST), _WIDEST)}" customWidth="1"/>'
        for number, width in enumerate(widest, start=1)
    )


def column_name(index: int) -> str:
    """Return the letters of a column: ``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
