"""Files as the State's platform exports them, line for line and cell for cell, in .xlsx and saved again as .ods, .csv.

The layout is the one of the platform's public source (2026-07): a title, the place, the date, the sections in merged
cells, the titles in line 7, “NC” where nothing is known, the link of the site on its address, sums below.
"""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from resorption_plugin.core.exchange.platform import words
from resorption_plugin.core.exchange.platform.codecs import Day, Whole
from resorption_plugin.core.exchange.platform.column import Column, Listing, Option, PlaceName, Right, Rows, SiteValue
from resorption_plugin.core.exchange.platform.columns import COLUMNS
from resorption_plugin.core.exchange.platform.row import write_row
from tests.scenes.platform_sites import COMMUNES, STATUSES, InventedSite

ADDRESS = "https://resorption-bidonvilles.dihal.gouv.fr"
FIRST_ROW = 8
_BLACK, _GREY, _PALE = (PatternFill("solid", fgColor=colour) for colour in ("FF000000", "FFBDBDBD", "FFF3F3F3"))
_THICK, _THIN = Side(style="thick"), Side(style="thin")
_OF_TEXT = frozenset({"Date du diagnostic"})  # a date that the platform writes as text
_THEME_WORDS = {name: getattr(words, f"{name.split('_')[1].upper()}_STATUS") for name in STATUSES}

EVERY_RIGHT = frozenset(Right)
EVERY_OPTION = frozenset(Option)


def present(options: Iterable[Option], rights: Iterable[Right], listing: Listing) -> tuple[Column, ...]:
    """Return the columns of an export asked for with these options by an account with these rights."""
    asked, allowed = frozenset(options), frozenset(rights)
    return tuple(column for column in COLUMNS if column.presence.met(asked, allowed, listing))


@dataclass(frozen=True)
class Asked:
    """What the officer asks the platform for, and what the account may see."""

    listing: Listing = Listing.OPEN
    options: frozenset[Option] = EVERY_OPTION
    rights: frozenset[Right] = EVERY_RIGHT
    on: dt.date = dt.date(2026, 11, 3)
    names: Sequence[str] | None = None
    """These columns in this order, as a person who edits the file leaves them."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns that a person adds, with the text of each cell."""

    @property
    def columns(self) -> tuple[Column, ...]:
        known = {column.name: column for column in present(self.options, self.rights, self.listing)}
        return tuple(known.values()) if self.names is None else tuple(known[name] for name in self.names)


def listed(sites: Iterable[InventedSite], listing: Listing) -> list[InventedSite]:
    """Return the sites that an export lists."""
    return [site for site in sites if site.is_open is (listing is Listing.OPEN)]


def write(path: Path, sites: Iterable[InventedSite], asked: Asked = Asked()) -> Path:
    """Write an export in the format of the suffix; only the sites that it lists are in it."""
    chosen = listed(sites, asked.listing)
    rows = [row_of(site, asked.columns) for site in chosen]
    formats = {".xlsx": _write_xlsx, ".ods": _write_ods, ".csv": _write_csv}
    formats[path.suffix](path, [site.rb_id for site in chosen], rows, asked)
    return path


def row_of(site: InventedSite, columns: Iterable[Column]) -> list[Any]:
    """Return the cells of a site as the platform fills them."""
    texts = write_row(site.contents)
    return [_cell(column, texts[column.name], site) for column in columns]


def _cell(column: Column, text: str, site: InventedSite) -> Any:
    said = _said(column, text, site)
    codec = getattr(column.target, "codec", None)
    if not said:
        return column.unknown or "NC"
    if isinstance(codec, Whole):
        return int(said)
    is_day = isinstance(codec, Day) and column.title not in _OF_TEXT
    return dt.datetime.combine(codec.read(said), dt.time()) if is_day else said


def _said(column: Column, text: str, site: InventedSite) -> str:
    """Return the text of a cell in the platform's own words, where they are not those of ``write_row``."""
    match column.target:
        case PlaceName(part):
            known = next(known for known in COMMUNES if known[0] == site.contents.site["fk_city"])
            return f"{known[4]} - {known[5]}" if part == "department" else known[3]
        case Rows("site_actor", _) if text:
            return "\n".join(f"- Camille EXEMPLE, {line}" for line in text.split("\n"))
        case SiteValue(name, _) if name in _THEME_WORDS and name != "declared_water_status":
            return _THEME_WORDS[name][site.contents.site.get(name) or "unknown"][:2][-1]
    if column.title == "Intervenant de ma structure":
        return "Non"
    if column.title == "Date du dernier message":
        return max((f"{row['entered_at']:%d/%m/%Y}" for row in site.contents.children["journal_entry"]), default="")
    return text


def _sections(columns: Sequence[Column], part: str) -> list[tuple[str, int, int]]:
    """Return the runs of columns of one section (or parent): its title, first position from 1 and length."""
    runs: list[tuple[str, int, int]] = []
    for position, column in enumerate(columns, start=1):
        title = getattr(column, part)
        if runs and runs[-1][0] == title and title:
            runs[-1] = (title, runs[-1][1], runs[-1][2] + 1)
        elif title:
            runs.append((title, position, 1))
    return runs


def _top(asked: Asked, count: int) -> list[str]:
    said = "FERMÉS" if asked.listing is Listing.CLOSED else "EXISTANTS"
    return [
        f"SITUATION DES BIDONVILLES {said}",
        "Loire-Atlantique",
        "Extraction de la plateforme Résorption bidonvilles",
        f"à la date du {asked.on:%d/%m/%Y}",
        f"{count} sites sur {count} mis à jour dans les 6 derniers mois (100%)",
    ]


def _titles(asked: Asked) -> list[str]:
    return [column.title for column in asked.columns] + list(asked.extra)


def _write_xlsx(path: Path, numbers: Sequence[int], rows: Sequence[Sequence[Any]], asked: Asked) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Sites fermés" if asked.listing is Listing.CLOSED else "Sites existants"
    for line, text in enumerate(_top(asked, len(rows)), start=1):
        sheet.cell(line, 1, text).font = Font(name="Arial", bold=True, size=14 if line == 2 else 10)
    for part, line in (("parent", 5), ("section", 6)):
        for title, first, length in _sections(asked.columns, part):
            cell = sheet.cell(line, first, title.upper())
            cell.fill, cell.font = _BLACK, Font(name="Arial", bold=True, color="FFFFFFFF")
            if length > 1:
                sheet.merge_cells(start_row=line, end_row=line, start_column=first, end_column=first + length - 1)
    for position, title in enumerate(_titles(asked), start=1):
        cell = sheet.cell(FIRST_ROW - 1, position, title)
        cell.fill, cell.font = _GREY, Font(name="Arial", bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(right=_THICK)
    for line, (number, row) in enumerate(zip(numbers, rows, strict=True), start=FIRST_ROW):
        _fill_line(sheet, line, [*row, *asked.extra.values()], number, asked)
    for position, column in enumerate(asked.columns, start=1):
        if column.totalled:
            letter = get_column_letter(position)
            sheet.cell(
                FIRST_ROW + len(rows), position, f"=SUM({letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(rows) - 1})"
            )
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.auto_filter.ref = f"A7:{get_column_letter(len(asked.columns))}{FIRST_ROW + len(rows) - 1}"
    book.save(path)


def _fill_line(sheet: Any, line: int, row: Sequence[Any], number: int, asked: Asked) -> None:
    for position, value in enumerate(row, start=1):
        cell = sheet.cell(line, position, value)
        cell.font = Font(name="Arial", italic=value == "NC", color="FF999999" if value == "NC" else "FF000000")
        cell.border = Border(bottom=_THIN)
        if line % 2:
            cell.fill = _PALE
        if position <= len(asked.columns) and asked.columns[position - 1].title == "Adresse":
            cell.hyperlink = f"{ADDRESS}/site/{number}"


def write_large_xlsx(path: Path, sites: Sequence[InventedSite], count: int, asked: Asked) -> Path:
    """Write an export of ``count`` rows that repeat the sites, as a stream and without styles."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sites existants")
    for text in _top(asked, count)[:4]:
        sheet.append([text])
    sheet.append([column.parent for column in asked.columns])
    sheet.append([column.section.upper() for column in asked.columns])
    sheet.append(_titles(asked))
    rows = [row_of(site, asked.columns) for site in listed(sites, asked.listing)]
    address = [column.title for column in asked.columns].index("Adresse")
    for number in range(count):
        row = list(rows[number % len(rows)])
        row[address] = f"{row[address]} {ADDRESS}/site/{number + 1}"
        sheet.append(row)
    book.save(path)
    return path


def _text_of(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def _write_csv(path: Path, numbers: Sequence[int], rows: Sequence[Sequence[Any]], asked: Asked) -> None:
    width = len(_titles(asked))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        for text in _top(asked, len(rows))[:4]:
            writer.writerow([text, *[""] * (width - 1)])
        for part in ("parent", "section"):
            cells = [""] * width
            for title, first, _ in _sections(asked.columns, part):
                cells[first - 1] = title.upper()
            writer.writerow(cells)
        writer.writerow(_titles(asked))
        for row in rows:
            writer.writerow([*map(_text_of, row), *asked.extra.values()])


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body><office:spreadsheet>'
)


def _write_ods(path: Path, numbers: Sequence[int], rows: Sequence[Sequence[Any]], asked: Asked) -> None:
    address = next((at for at, column in enumerate(asked.columns) if column.title == "Adresse"), -1)
    lines = [_ods_row([_ods_cell(text)]) for text in _top(asked, len(rows))[:4]]
    for part in ("parent", "section"):
        cells, at = [], 1
        for title, first, length in _sections(asked.columns, part):
            cells += [f'<table:table-cell table:number-columns-repeated="{first - at}"/>'] if first > at else []
            span = f' table:number-columns-spanned="{length}" table:number-rows-spanned="1"' if length > 1 else ""
            cells.append(_ods_cell(title.upper(), span))
            cells += [f'<table:covered-table-cell table:number-columns-repeated="{length - 1}"/>'] if length > 1 else []
            at = first + length
        lines.append(_ods_row(cells))
    lines.append(_ods_row([_ods_cell(title) for title in _titles(asked)]))
    for number, row in zip(numbers, rows, strict=True):
        links = {address: f"{ADDRESS}/site/{number}"}
        cells = [_ods_cell(value, link=links.get(at, "")) for at, value in enumerate([*row, *asked.extra.values()])]
        lines.append(_ods_row(cells))
    blank = '<table:table-cell table:number-columns-repeated="1024"/>'
    lines.append(f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>')
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"
    content = f'{_ODS}<table:table table:name="Sites">{"".join(lines)}{end}'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")


def _ods_row(cells: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_cell(value: Any, attributes: str = "", link: str = "") -> str:
    if isinstance(value, dt.date):
        attributes += f' office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, int | float):
        attributes += f' office:value-type="float" office:value="{value}"'
    else:
        attributes += ' office:value-type="string"'
    lines = [escape(line) for line in _text_of(value).split("\n")]
    if link:
        lines = [f"<text:a xlink:href={quoteattr(link)}>{line}</text:a>" for line in lines]
    shown = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f"<table:table-cell{attributes}>{shown}</table:table-cell>"
