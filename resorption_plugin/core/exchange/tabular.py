"""Reads delimited text as officers have it: from Excel, LibreOffice or open data, in UTF-8, UTF-16, Windows-1252."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from pathlib import Path

from ..errors import ImportFileError
from ..i18n import mark
from ..ports import Feedback, Silent, stop_if_cancelled
from .rows import Reason, Rejected, SourceRow, SourceTable
from .whole_file import whole_file

SEPARATORS = ";,\t|"
CHUNK = 1 << 20
MAX_LINE = 4 << 20
"""Characters in one line; a file without line ends is no table, and is not read to its end to find out."""

MAX_ROWS = 1_000_000
"""More rows than all the water points of France: the file is something else."""

_SAMPLE_LINES = 50


def read_delimited(path: Path, feedback: Feedback | None = None) -> SourceTable:
    """Read a delimited text file whose first line names the columns.

    The separator (``;``, ``,``, tab or ``|``) is recognised. Blank lines are passed over; a row with too many or too
    few values is put among ``rejected``. Raises ``ImportFileError`` when the file is no such table, ``Cancelled`` when
    the user stops.
    """
    watch = feedback or Silent()
    try:
        encoding = _encoding(path, watch)
        with path.open(encoding=encoding, newline="") as stream, _long_fields():
            lines = _Lines(stream, path, watch)
            return _read(path, lines, _separator(path, encoding), encoding)
    except OSError as error:
        raise unreadable(path, error) from error


def text_rows(path: Path, feedback: Feedback | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the stripped values of each row of a delimited text, whatever stands above its titles.

    The separator is the one that cuts the first lines the most; rows with wrong quotes and blank ones are passed over.
    Raises ``ImportFileError`` and ``Cancelled`` as ``read_delimited``.
    """
    watch = feedback or Silent()
    try:
        encoding = _encoding(path, watch)
        with path.open(encoding=encoding, newline="") as stream, _long_fields():
            sample = "".join(islice(_Lines(stream, path, Silent()), _SAMPLE_LINES))
            separator = max(SEPARATORS, key=lambda each: _most_columns(sample, each))
            stream.seek(0)
            rows = _rows(csv.reader(_Lines(stream, path, watch), delimiter=separator, strict=True), path)
            yield from ((line, cells) for line, cells in rows if not isinstance(cells, str))
    except OSError as error:
        raise unreadable(path, error) from error


def _most_columns(sample: str, separator: str) -> int:
    """Return the values of the longest row, 0 where the quotes are wrong."""
    try:
        return max((len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=separator)), default=0)
    except csv.Error:
        return 0


def unreadable(path: Path, error: OSError) -> ImportFileError:
    """Return the sentence for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return ImportFileError(mark("There is no file {path}. Check its name and folder."), path=path)
    if path.is_dir():
        return ImportFileError(mark("{path} is a folder: choose a file."), path=path)
    if isinstance(error, PermissionError):
        return ImportFileError(
            mark(
                "{path} cannot be opened: another program holds it or you may not read it. Close it there or copy it."
            ),
            path=path,
        )
    return ImportFileError(
        mark("{path} cannot be read ({error}). Copy it again."), path=path, error=error.strerror or error
    )


def _encoding(path: Path, feedback: Feedback) -> str:
    """Return how the text is encoded, from all of it; refuse what is not text."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    _refuse_other_formats(path, head)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _try_decoding(path, "utf-16", feedback)
        return "utf-16"
    if b"\0" in head:
        raise _no_table(path)
    if _try_decoding(path, "utf-8", feedback):
        return "utf-8-sig"
    if _try_decoding(path, "cp1252", feedback):
        return "cp1252"
    raise ImportFileError(
        mark("{path} is neither in UTF-8 nor in Windows-1252. Save it again as “CSV UTF-8”."), path=path
    )


def _refuse_other_formats(path: Path, head: bytes) -> None:
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise ImportFileError(mark("{path} is empty."), path=path)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ImportFileError(
            mark("{path} is a spreadsheet or an archive, not a text. Open it and save it as “CSV UTF-8”."), path=path
        )


def _no_table(path: Path) -> ImportFileError:
    return ImportFileError(
        mark("{path} is not a table of text. Give a CSV, GeoJSON, GeoPackage, shapefile or .osm.pbf file."), path=path
    )


def _try_decoding(path: Path, encoding: str, feedback: Feedback) -> bool:
    """Say whether the whole file decodes; a file cut in the middle of a character is refused."""
    decoder = codecs.getincrementaldecoder(encoding)()
    size = max(path.stat().st_size, 1)
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(CHUNK):
                stop_if_cancelled(feedback)
                if "\0" in decoder.decode(chunk):
                    raise _no_table(path)
                feedback.progress(0.3 * stream.tell() / size)
        except UnicodeDecodeError:
            return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise _cut(path) from error
    return True


def _cut(path: Path) -> ImportFileError:
    return ImportFileError(mark("{path} is cut short: its end is missing. Download or copy it again."), path=path)


class _Lines:
    """The lines of a text, refusing endless ones, telling progress and stopping when asked."""

    def __init__(self, stream: Iterable[str], path: Path, feedback: Feedback) -> None:
        self._stream = stream
        self._path = path
        self._feedback = feedback
        self._size = max(path.stat().st_size, 1)
        self._read = 0

    def __iter__(self) -> Iterator[str]:
        number = 0
        while line := self._stream.readline(MAX_LINE):  # type: ignore[attr-defined]
            if len(line) == MAX_LINE and not line.endswith(("\n", "\r")):
                raise _no_table(self._path)
            number += 1
            self._read += len(line)
            if number % 1000 == 0:
                stop_if_cancelled(self._feedback)
                self._feedback.progress(min(0.3 + 0.7 * self._read / self._size, 1.0))
            yield line


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let a value be as long as a line (portals put whole polygons in one); the module's limit is put back."""
    before = csv.field_size_limit(MAX_LINE)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _separator(path: Path, encoding: str) -> str:
    """Return the separator that cuts the header, and the rows after it alike, in the most columns."""
    with path.open(encoding=encoding, newline="") as stream:
        sample = list(islice(_Lines(stream, path, Silent()), _SAMPLE_LINES))
    best = max(SEPARATORS, key=lambda separator: _agreement("".join(sample), separator))
    if _agreement("".join(sample), best)[1] < 2:
        raise _no_table(path)
    return best


def _agreement(sample: str, separator: str) -> tuple[float, int]:
    """Return the share of rows with as many values as the header, weighed by its columns, and the columns."""
    try:
        counts = [len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=separator) if row]
    except csv.Error:
        return 0.0, 0
    columns = counts[0] if counts else 0
    agreeing = Counter(counts)[columns] / len(counts) if counts else 0.0
    return (agreeing * columns if columns > 1 else 0.0), columns


def _read(path: Path, lines: Iterable[str], separator: str, encoding: str) -> SourceTable:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    columns: tuple[str, ...] = ()
    rows: list[SourceRow] = []
    rejected: list[Rejected] = []
    for line, cells in _rows(reader, path):
        if not columns:
            if isinstance(cells, str):
                raise _no_table(path)
            columns = column_names(cells)
        elif isinstance(cells, str):
            rejected.append(Rejected(line, (), Reason(mark("The quotes are wrong in this line."))))
        else:
            _take(line, cells, len(columns), rows, rejected)
        if len(rows) > MAX_ROWS:
            raise ImportFileError(mark("{path} has more than {limit} rows: cut it up."), path=path, limit=MAX_ROWS)
    if not rows and not rejected:
        raise ImportFileError(mark("{path} has a line of titles and no row below it."), path=path)
    return SourceTable(path.stem, columns, tuple(rows), tuple(rejected), encoding=_encoding_name(encoding))


def _encoding_name(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}[encoding]


def _rows(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the first line number of each row and its stripped values, or the fault of its quotes."""
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise _cut(path) from error
            yield before + 1, str(error)
        else:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield before + 1, stripped
        before = reader.line_num  # type: ignore[attr-defined]


def _take(line: int, cells: list[str], width: int, rows: list[SourceRow], rejected: list[Rejected]) -> None:
    extra = cells[width:]
    if len(cells) == width or (extra and not any(extra)):
        rows.append(SourceRow(line, tuple(cells[:width])))
    else:
        reason = Reason(
            mark("{found} values where the line of titles has {expected}."), {"found": len(cells), "expected": width}
        )
        rejected.append(Rejected(line, tuple(cells), reason))


def column_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Return the titles made distinct: an empty one takes its number, a repeated one a suffix."""
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        base = title or f"#{number}"
        name, repeat = base, 1
        while name in names:
            repeat += 1
            name = f"{base} ({repeat})"
        names.append(name)
    return tuple(names)


def write_delimited(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a table that Excel opens by a double click: UTF-8 with its mark, ``;``, whole or not at all.

    Raises ``ExportFileError`` when the folder cannot be written.
    """
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(columns)
        writer.writerows(rows)
