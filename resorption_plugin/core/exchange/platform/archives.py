"""Opens the archive of a spreadsheet only when it is one, whole, and of a size that can be read.

What stands in a file from outside may be made to harm: an archive that unpacks to more than the disk holds, an XML that
names files of the machine. Such a file is refused before anything of it is understood.
"""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from xml.parsers import expat

from ...errors import ImportFileError, ResorptionError
from ...i18n import mark
from ...ports import Feedback, stop_if_cancelled
from ..tabular import unreadable

LARGEST_UNPACKED = 1_500_000_000
"""Bytes. Measured: 600 sites with every column unpack to 4 MB, 100,000 rows to 585 MB."""

HIGHEST_RATIO = 300
"""Unpacked to packed. Measured: 12 for invented exports of any size; a bomb reaches 1,000."""

_RATIO_COUNTS_FROM = 50_000_000
_MOST_PARTS = 10_000
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_OVERLAP = 40

_STUMBLES = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError,
    RecursionError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error, expat.ExpatError,
)  # fmt: skip
"""What openpyxl and the parsers raise on a file that is not as it should be."""

T = TypeVar("T")


def is_archive(path: Path) -> bool:
    """Say whether a file begins as an archive; refuse by a sentence what is another kind of spreadsheet or page.

    Raises ``ImportFileError`` also when the file is empty or cannot be read.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise unreadable(path, error) from error
    if not head.strip(b" \t\r\n\xef\xbb\xbf\0"):
        raise ImportFileError(mark("{path} is empty."), path=path)
    if head.startswith(_COMPOUND):
        raise _compound(path)
    if head.startswith(_OLD_EXCEL):
        raise _old_excel(path)
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml|table|!--)", head, re.IGNORECASE):
        raise ImportFileError(
            mark("{path} is a web page or an XML text, not a spreadsheet. Export again from the platform."), path=path
        )
    return head.startswith(_ZIP)


def _compound(path: Path) -> ImportFileError:
    with path.open("rb") as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            if _ENCRYPTED in before + chunk:
                return _protected(path)
            before = chunk[-len(_ENCRYPTED) :]
    return _old_excel(path)


def _protected(path: Path) -> ImportFileError:
    return ImportFileError(
        mark("{path} is protected by a password. Open it, save it without password, and import it again."), path=path
    )


def _old_excel(path: Path) -> ImportFileError:
    return ImportFileError(
        mark("{path} is in the old format of Excel. Open it and save it as “Excel workbook (.xlsx)”."), path=path
    )


def damaged(path: Path) -> ImportFileError:
    """Return the sentence for a file that is cut, or written in a way that cannot be understood."""
    return ImportFileError(
        mark("{path} is damaged or incomplete. Export it again, or open it and save it under another name."), path=path
    )


def too_large(path: Path) -> ImportFileError:
    """Return the sentence for a file that unpacks to more than an export can hold."""
    return ImportFileError(
        mark("{path} unpacks to more than an export can hold: it was not read. Export it again, by department."),
        path=path,
    )


def opened_archive(path: Path, feedback: Feedback) -> zipfile.ZipFile:
    """Return the archive of a spreadsheet, each part of which was read once: whole, in bounds, without DOCTYPE.

    Raises ``ImportFileError`` when it is not so, ``Cancelled`` when the user stops.
    """
    with understood(path):
        archive = zipfile.ZipFile(path)
        try:
            _check_sizes(path, archive)
            for entry in archive.infolist():
                _check_part(path, archive, entry, feedback)
        except BaseException:
            archive.close()
            raise
        return archive


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Say in a sentence that a file is damaged, or out of reach, where what reads it stumbles."""
    try:
        yield
    except ResorptionError:
        raise
    except OSError as error:
        # a wrong offset, or openpyxl's word for a book without sheets: nothing the system refuses
        is_wrong_inside = error.errno in (None, errno.EINVAL)
        raise (damaged(path) if is_wrong_inside else unreadable(path, error)) from error
    except _STUMBLES as error:
        raise damaged(path) from error


def steadily(path: Path, items: Iterator[T]) -> Iterator[T]:
    """Yield what a reader yields; where it stumbles, and only there, say that the file is damaged."""
    while True:
        with understood(path):
            try:
                item = next(items)
            except StopIteration:
                return
        yield item


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    if len(entries) > _MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise too_large(path)
    if unpacked > _RATIO_COUNTS_FROM and unpacked / packed > HIGHEST_RATIO:
        raise too_large(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _protected(path)


def _check_part(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, feedback: Feedback) -> None:
    """Read a part to its end: its checksum is verified, and it may not be longer than it says."""
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    size, before = 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            stop_if_cancelled(feedback)
            size += len(chunk)
            if size > entry.file_size:
                raise too_large(path)
            if is_xml and _DOCTYPE.search(before + chunk):
                raise ImportFileError(
                    mark("{path} names files or texts outside of itself (DOCTYPE): it was not read."), path=path
                )
            if before == b"" and b"encryption-data" in chunk and entry.filename == "META-INF/manifest.xml":
                raise _protected(path)
            before = chunk[-_OVERLAP:]


def is_open_document(path: Path) -> bool:
    """Say whether an archive is an OpenDocument spreadsheet; raise ``ImportFileError`` when it is no spreadsheet."""
    with understood(path), zipfile.ZipFile(path) as archive:
        names = frozenset(archive.namelist())
    if "content.xml" in names:
        return True
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return False
    raise ImportFileError(
        mark("{path} is an archive without a spreadsheet in it. Choose the .xlsx file that the platform gave."),
        path=path,
    )
