"""Sheets of an OpenDocument spreadsheet (.ods), read as a stream with the parser of the standard library."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from ...ports import Feedback
from .archives import opened_archive, steadily, understood
from .grids import Raw
from .xlsx import link_of_formula

_CONTENT = "content.xml"
_CHUNK = 1 << 18
_MOST_COLUMNS = 2_000
_MOST_REPEATS = 100_000
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a sheet has no zone


@contextmanager
def opened_ods(path: Path, feedback: Feedback) -> Iterator[list[OdsGrid]]:
    """Give the sheets of a file, open as long as the context. Raises ``ImportFileError``."""
    with opened_archive(path, feedback) as archive:
        with understood(path):
            lines = _lines_by_sheet(archive)
        yield [OdsGrid(path, archive, name, number) for name, number in lines.items()]


def _lines_by_sheet(archive: zipfile.ZipFile) -> dict[str, int]:
    """Return the lines that each sheet writes out, repeated ones counted once."""
    found: dict[str, int] = {}
    current = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if tag == "table:table":
            current = attributes.get("table:name", "")
            found[current] = 0
        elif tag == "table:table-row" and current in found:
            found[current] += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(_CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)
    return found


class OdsGrid:
    """A sheet of a file."""

    epoch = EPOCH

    def __init__(self, path: Path, archive: zipfile.ZipFile, name: str, lines: int) -> None:
        self.name = name
        self.lines = lines
        self._path = path
        self._archive = archive
        self._links: dict[tuple[int, int], str] = {}

    def rows(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        return steadily(self._path, self._parsed())

    def _parsed(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        reading = _Sheet(self.name)
        with self._archive.open(_CONTENT) as stream:
            while not reading.is_over and (chunk := stream.read(_CHUNK)):
                reading.parser.Parse(chunk)
                yield from reading.ready
                reading.ready.clear()
                self._links |= reading.links

    def links(self, column: int) -> Mapping[int, str]:
        if not self._links:
            for _ in self.rows():
                pass
        return {row: address for (row, at), address in self._links.items() if at == column}

    def formula_links(self, column: int) -> Mapping[int, str]:
        return {}  # they are among the links


class _Sheet:
    """The state of the reading of one sheet."""

    def __init__(self, name: str) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.ready: list[tuple[int, list[Raw]]] = []
        self.links: dict[tuple[int, int], str] = {}
        self.is_over = False
        self._name = name
        self._is_inside = False
        self._line = 0
        self._repeats = 1
        self._cells: list[Raw] = []
        self._attributes: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._link = ""
        self._skipped = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table" and not self.is_over:
            self._is_inside = attributes.get("table:name", "") == self._name
        if not self._is_inside:
            return
        if tag == "office:annotation" or self._skipped:
            self._skipped += 1
        elif tag == "table:table-row":
            self._cells = []
            self._repeats = _repeats(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._attributes, self._paragraphs = attributes, []
            self._link = link_of_formula(attributes.get("table:formula")) or ""
        elif self._attributes is not None:
            self._inside_cell(tag, attributes)

    def _inside_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "text:p":
            self._paragraphs.append("")
        elif tag == "text:a":
            self._link = attributes.get("xlink:href", "")
        elif tag in ("text:s", "text:tab", "text:line-break") and self._paragraphs:
            spaces = {"text:s": " " * min(_repeats(attributes, "text:c"), 1000), "text:tab": "\t"}
            self._paragraphs[-1] += spaces.get(tag, "\n")

    def _characters(self, text: str) -> None:
        if self._attributes is not None and self._paragraphs and not self._skipped:
            self._paragraphs[-1] += text

    def _end(self, tag: str) -> None:
        if not self._is_inside:
            return
        if self._skipped:
            self._skipped -= 1
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row":
            self._end_row()
        elif tag == "table:table":
            self._is_inside, self.is_over = False, True

    def _end_cell(self) -> None:
        attributes = self._attributes or {}
        raw = _value(attributes, "\n".join(self._paragraphs))
        repeats = min(_repeats(attributes, "table:number-columns-repeated"), _MOST_COLUMNS - len(self._cells))
        if self._link:
            self.links[self._line + 1, len(self._cells) + 1] = self._link
        self._cells += [raw] * max(repeats, 0)
        self._attributes = None

    def _end_row(self) -> None:
        if any(cell is not None for cell in self._cells):
            for number in range(min(self._repeats, _MOST_REPEATS)):
                self.ready.append((self._line + number + 1, self._cells))
        self._line += self._repeats


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)


def _value(attributes: Mapping[str, str], text: str) -> Raw:
    kind = attributes.get("office:value-type") or attributes.get("calcext:value-type", "")
    if kind in ("float", "percentage", "currency"):
        return float(attributes["office:value"])
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "date":
        return dt.datetime.fromisoformat(attributes["office:date-value"])
    return text or None
