"""Reads the list of sites that the State's platform exports: .xlsx as it comes, .ods and .csv as it is saved again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ...errors import ImportFileError
from ...i18n import mark
from ...ports import Feedback, Silent, stop_if_cancelled
from ...territory import Territory
from ..converters import fold
from ..rows import Reason, Rejected, RowError, SourceTable
from .archives import is_archive, is_open_document, too_large
from .codecs import Day, clean
from .column import Column, Listing
from .delimited import opened_delimited
from .grids import Grid, Raw, day_text, plain_text
from .header import LINK_TITLE, Header, find_header, top_of
from .ods import opened_ods
from .places import with_commune
from .row import PlatformRow, read_row
from .xlsx import opened_xlsx

MOST_LINES = 200_000
"""Lines of a sheet that are read one by one."""

MOST_SITES = 20_000
"""Rows that are held at once, at some 10 kB each; all sites of France since 2012 are some thousands."""

_SITE_LINK = re.compile(r"/site/(\d{1,9})(?:[/?#]|$)")
_SHOWN_TITLES = 12


@dataclass(frozen=True, slots=True)
class PlatformReading:
    """An export read."""

    name: str
    """What the file is called, without folder and suffix."""
    sheet: str
    other_sheets: tuple[str, ...]
    columns: tuple[str, ...]
    """The columns of the file in its order: names of the platform's columns, titles of the others."""
    unknown: tuple[str, ...]
    """Titles that are none of the platform's: what stands below them is in ``PlatformRow.others``."""
    rows: tuple[PlatformRow, ...]
    rejected: tuple[Rejected, ...]
    """Rows that say nothing usable, as texts in the order of ``columns``, with the reason."""
    exported_on: dt.date | None
    listing: Listing | None

    @property
    def table(self) -> SourceTable:
        """Return the columns as a table without rows: what writing the rejected rows asks for."""
        return SourceTable(self.name, self.columns, ())


class Export:
    """An export whose header is read; its rows come one by one."""

    def __init__(self, path: Path, grid: Grid, header: Header, others: Sequence[str]) -> None:
        self.header = header
        self.sheet = grid.name
        self.other_sheets = tuple(others)
        self._path = path
        self._grid = grid
        known = {position: column.name for position, column in header.columns.items()}
        self._names = {
            position: known.get(position) or title
            for position, title in enumerate(header.titles, start=1)
            if title and (position in known or fold(title) != fold(LINK_TITLE))
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns in their order; the last one holds the links."""
        return (*self._names.values(), LINK_TITLE)

    def rows(self, feedback: Feedback) -> Iterator[PlatformRow | Rejected]:
        """Yield what each row says, or why it is not taken; sums and blank lines are passed over."""
        for line, cells in self._grid.rows():
            if line > MOST_LINES:
                raise too_large(self._path)
            if line % 200 == 0:
                stop_if_cancelled(feedback)
                if self._grid.lines:
                    feedback.progress(min(line / self._grid.lines, 1.0))
            is_filled = line > self.header.line and any(cell is not None for cell in cells)
            if is_filled and (row := self._row(line, cells)) is not None:
                yield row

    def _row(self, line: int, cells: Sequence[Raw]) -> PlatformRow | Rejected | None:
        texts = {column.name: self._text(column, cells, at) for at, column in self.header.columns.items()}
        others = {
            name: text
            for at, name in self._names.items()
            if at not in self.header.columns and (text := clean(plain_text(_cell(cells, at))))
        }
        link = self._links.get(line)
        if link is None and self._says_nothing(texts):
            return None
        link = link or self._written_link(line, cells)
        rb_id = _site_number(link)
        try:
            return replace(read_row(line, texts, rb_id, self.header.listing), others=others)
        except RowError as error:
            shown = tuple((texts | others).get(name, "") for name in self._names.values())
            return Rejected(line, (*shown, link or ""), error.reason)

    def _text(self, column: Column, cells: Sequence[Raw], position: int) -> str:
        raw = _cell(cells, position)
        codec = getattr(column.target, "codec", None)
        return clean(day_text(raw, self._grid.epoch) if isinstance(codec, Day) else plain_text(raw))

    def _written_link(self, line: int, cells: Sequence[Raw]) -> str | None:
        """Return the link that stands in a formula, or as text in a cell."""
        shown = next((cell for cell in cells if isinstance(cell, str) and _SITE_LINK.search(cell)), None)
        return shown or self._formula_links.get(line)

    @cached_property
    def _links(self) -> Mapping[int, str]:
        position = self.header.position("Adresse")
        return {} if position is None else self._grid.links(position)

    @cached_property
    def _formula_links(self) -> Mapping[int, str]:
        position = self.header.position("Adresse")
        return {} if position is None else self._grid.formula_links(position)

    def _says_nothing(self, texts: Mapping[str, str]) -> bool:
        """Say whether a row is blank, or holds sums alone: those of the last line."""
        return not any(texts[column.name] for column in self.header.columns.values() if not column.totalled)


def _cell(cells: Sequence[Raw], position: int) -> Raw:
    return cells[position - 1] if position <= len(cells) else None


def _site_number(link: str | None) -> int | None:
    found = _SITE_LINK.search(link or "")
    return int(found[1]) or None if found else None


def _opened_grids(path: Path, feedback: Feedback) -> AbstractContextManager[Sequence[Grid]]:
    if not is_archive(path):
        return opened_delimited(path, feedback)
    return opened_ods(path, feedback) if is_open_document(path) else opened_xlsx(path, feedback)


@contextmanager
def opened_export(path: Path, feedback: Feedback | None = None) -> Iterator[Export]:
    """Give an export, open as long as the context: for reading row by row.

    The sheet with the most known titles is taken. Raises ``ImportFileError`` when there is none, or the file is no
    spreadsheet; ``Cancelled`` when the user stops.
    """
    with _opened_grids(path, feedback or Silent()) as grids:
        tops = [(grid, top_of(grid)) for grid in grids]
        headers = [(grid, find_header(grid.name, top)) for grid, top in tops]
        known = [(grid, header) for grid, header in headers if header is not None]
        if not known:
            raise _no_export(path, [top for _, top in tops])
        grid, header = max(known, key=lambda found: len(found[1].columns))
        yield Export(path, grid, header, [other.name for other in grids if other is not grid])


def read_export(path: Path, territory: Territory | None = None, feedback: Feedback | None = None) -> PlatformReading:
    """Read every row of an export.

    A row that says nothing of which site it is, or the site of a row above, is rejected with its reason. With
    ``territory``, the columns of the commune are filled, and codes of merged communes replaced. Raises as
    ``opened_export``, and ``ImportFileError`` when there is no row below the titles, or more than ``MOST_SITES``.
    """
    watch = feedback or Silent()
    rows: list[PlatformRow] = []
    rejected: list[Rejected] = []
    with opened_export(path, watch) as export:
        lines: dict[int, int] = {}
        for row in export.rows(watch):
            if len(rows) + len(rejected) == MOST_SITES:
                raise _too_many(path)
            if isinstance(row, Rejected):
                rejected.append(row)
            elif row.rb_id is not None and row.rb_id in lines:
                rejected.append(_repeated(row, lines[row.rb_id], export.columns))
            else:
                if row.rb_id is not None:
                    lines[row.rb_id] = row.line
                rows.append(row if territory is None else with_commune(row, territory))
    if not rows and not rejected:
        raise ImportFileError(mark("{path} has titles and no site below them: there is nothing to import."), path=path)
    header = export.header
    return PlatformReading(
        path.stem,
        export.sheet,
        export.other_sheets,
        export.columns,
        header.unknown,
        tuple(rows),
        tuple(rejected),
        header.exported_on,
        header.listing,
    )


def _too_many(path: Path) -> ImportFileError:
    return ImportFileError(
        mark("{path} lists more than {limit} sites: nothing was read. Export it again, by department."),
        path=path,
        limit=MOST_SITES,
    )


def _repeated(row: PlatformRow, before: int, columns: Sequence[str]) -> Rejected:
    told = {**row.texts, **row.others, LINK_TITLE: f"/site/{row.rb_id}"}
    reason = Reason(
        mark("Site {number} of the platform stands already in line {line}."), {"number": row.rb_id, "line": before}
    )
    return Rejected(row.line, tuple(told.get(name, "") for name in columns), reason)


def _no_export(path: Path, tops: Sequence[Sequence[tuple[int, Sequence[Raw]]]]) -> ImportFileError:
    titles = [text for top in tops for _, cells in top[:1] for cell in cells if (text := plain_text(cell).strip())]
    if not any(plain_text(cell).strip() for top in tops for _, cells in top for cell in cells):
        return ImportFileError(mark("{path} has no filled sheet: there is nothing to import."), path=path)
    return ImportFileError(
        mark(
            "{path} has no line with the titles of the platform's export, such as Commune, Code INSEE, Adresse. Its "
            "first line is: {titles}. Choose the file that the platform gave."
        ),
        path=path,
        titles=", ".join(titles[:_SHOWN_TITLES]) or "—",
    )
