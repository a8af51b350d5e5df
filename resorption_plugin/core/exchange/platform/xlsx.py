"""Sheets of an .xlsx file, read as a stream."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ...ports import Feedback, stop_if_cancelled
from .archives import opened_archive, steadily, understood
from .grids import Raw
from .library import openpyxl

_CHUNK = 1 << 20
_SHEET_BEGINS = re.compile(rb"<(?:\w+:)?sheetData(?:\s[^>]*)?/?>")
_SHEET_ENDS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_LONGEST_TAG = 200
_FORMULA_LINK = re.compile(r'=?\s*(?:of:=)?HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def link_of_formula(formula: object) -> str | None:
    """Return the address in a formula ``=HYPERLINK("…", "…")``, ``None`` when it is none."""
    found = _FORMULA_LINK.match(formula) if isinstance(formula, str) else None
    return found[1] if found else None


@contextmanager
def opened_xlsx(path: Path, feedback: Feedback) -> Iterator[list[XlsxGrid]]:
    """Give the sheets of a file, open as long as the context. Raises ``ImportFileError``."""
    library = openpyxl()
    with opened_archive(path, feedback) as archive, _StoppableFile(path, feedback) as stream:
        with understood(path):
            book = library.load_workbook(stream, read_only=True, data_only=True)
        try:
            yield [XlsxGrid(path, archive, book, sheet) for sheet in book.worksheets]
        finally:
            book.close()


class _StoppableFile(FileIO):
    """A file whose reading ends when the user cancels: openpyxl reads a sheet without dimensions to its end at once."""

    def __init__(self, path: Path, feedback: Feedback) -> None:
        super().__init__(path)
        self._feedback = feedback

    def read(self, size: int | None = -1, /) -> bytes:
        stop_if_cancelled(self._feedback)
        return super().read(-1 if size is None else size)


class XlsxGrid:
    """A sheet of a workbook."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, book: Any, sheet: Any) -> None:
        self.name: str = sheet.title
        self.epoch: dt.datetime = book.epoch
        self.lines: int = sheet.max_row or 0
        self._path = path
        self._archive = archive
        self._sheet = sheet

    def rows(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        self._sheet.reset_dimensions()  # a file may say that it is a million columns wide
        yield from steadily(self._path, enumerate(self._sheet.iter_rows(values_only=True), start=1))

    def links(self, column: int) -> Mapping[int, str]:
        with understood(self._path):
            return {row: address for (row, at), address in self._placed_links.items() if at == column}

    def formula_links(self, column: int) -> Mapping[int, str]:
        with (
            understood(self._path),
            closing(openpyxl().load_workbook(self._path, read_only=True, data_only=False)) as book,
        ):
            sheet = book[self.name]
            sheet.reset_dimensions()
            cells = enumerate(sheet.iter_rows(min_col=column, max_col=column, values_only=True), start=1)
            found = {row: link_of_formula(values[0]) for row, values in cells if values}
            return {row: address for row, address in found.items() if address}

    @cached_property
    def _placed_links(self) -> dict[tuple[int, int], str]:
        """The links that stand below the rows, of which the reader of rows knows nothing."""
        part = self._sheet._worksheet_path  # noqa: SLF001 - the only name of the part
        folder, name = posixpath.split(part)
        addresses = _relations(self._archive, f"{folder}/_rels/{name}.rels")
        found: dict[tuple[int, int], str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.rpartition(":")[2] == "hyperlink":
                address = addresses.get(_attribute(attributes, "id"), "")
                for place in _cells_of(attributes.get("ref", "")):
                    found[place] = address

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        for piece in _around_rows(self._archive, part):
            parser.Parse(piece)
        parser.Parse(b"", True)
        return found


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    if part.lstrip("/") not in archive.namelist():
        return found
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(archive.read(part.lstrip("/")), True)
    return found


def _around_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the XML of a sheet without what stands between the tags around its rows."""
    with archive.open(part.lstrip("/")) as stream:
        kept, is_inside = b"", False
        while chunk := stream.read(_CHUNK):
            kept += chunk
            limit = _SHEET_ENDS if is_inside else _SHEET_BEGINS
            found = limit.search(kept)
            if found and not is_inside:
                yield kept[: found.end()]
                kept, is_inside = kept[found.end() :], not found[0].endswith(b"/>")
                found = _SHEET_ENDS.search(kept) if is_inside else None
            if found and is_inside:
                yield kept[found.start() :]
                break
            if not is_inside:
                yield kept[:-_LONGEST_TAG]
            kept = kept[-_LONGEST_TAG:]
        else:
            yield kept
        while chunk := stream.read(_CHUNK):
            yield chunk


def _cells_of(reference: str) -> Iterator[tuple[int, int]]:
    """Yield the row and column of the cells of ``E8`` or ``E8:E9``; of a large area the first cell only."""
    corners = [_CELL.fullmatch(corner) for corner in reference.split(":")]
    places = [(int(found[2]), _column_number(found[1])) for found in corners if found]
    if not places:
        return
    (top, left), (bottom, right) = places[0], places[-1]
    if (bottom - top + 1) * (right - left + 1) > 10_000:
        bottom, right = top, left
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
