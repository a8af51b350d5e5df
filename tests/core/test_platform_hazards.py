"""Files that are no export, or made to harm: one sentence each, and the file is only read."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import Cancelled, ImportFileError
from resorption_plugin.core.exchange.platform import archives, library
from resorption_plugin.core.exchange.platform.reader import opened_export, read_export
from resorption_plugin.core.ports import Silent
from tests.core.test_platform_reader import DAY, SITES
from tests.scenes.platform_file import Asked, write, write_large_xlsx
from tests.scenes.platform_sites import invented_sites

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("export") / "export.xlsx", SITES)


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write an archive again, part by part; a part that becomes ``None`` is left out."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = change(entry.filename, before.read(entry))
            if content is not None:
                after.writestr(entry.filename, content)
    return target


def book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def content(name: str, body: bytes) -> Callable[[Path, Path], Path]:
    def make(folder: Path, export: Path) -> Path:
        path = folder / name
        path.write_bytes(body)
        return path

    return make


def archive(folder: Path, export: Path) -> Path:
    with zipfile.ZipFile(folder / "photos.xlsx", "w") as packed:
        packed.writestr("photo.jpg", b"\xff\xd8")
    return folder / "photos.xlsx"


def bomb(folder: Path, export: Path) -> Path:
    zeros = b"0" * 60_000_000
    return rewritten(export, folder / "e.xlsx", lambda name, body: zeros if name.endswith("styles.xml") else body)


def lying_bomb(folder: Path, export: Path) -> Path:
    """Write an archive whose part says that it is shorter than it unpacks."""
    path = rewritten(
        export, folder / "e.xlsx", lambda name, body: b"0" * 3_000_000 if name.endswith("styles.xml") else body
    )
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 1_000)))
    return path


def with_doctype(folder: Path, export: Path) -> Path:
    evil = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def change(name: str, body: bytes) -> bytes:
        return body.replace(b"<worksheet", evil + b"<worksheet", 1) if name.endswith("sheet1.xml") else body

    return rewritten(export, folder / "e.xlsx", change)


def with_entities_in_ods(folder: Path, export: Path) -> Path:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    source = write(folder / "source.ods", SITES)
    return rewritten(source, folder / "e.ods", lambda name, body: laughs if name == "content.xml" else body)


def with_password_in_ods(folder: Path, export: Path) -> Path:
    source = write(folder / "source.ods", SITES)
    manifest = b'<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    return rewritten(source, folder / "e.ods", lambda name, body: manifest if name.startswith("META") else body)


def cut(folder: Path, export: Path) -> Path:
    path = folder / "e.xlsx"
    path.write_bytes(export.read_bytes()[:-3000])
    return path


def without_sheet(folder: Path, export: Path) -> Path:
    return rewritten(export, folder / "e.xlsx", lambda name, body: None if name.endswith("sheet1.xml") else body)


def with_broken_sheet(folder: Path, export: Path) -> Path:
    return rewritten(export, folder / "e.xlsx", lambda name, body: body[:5000] if name.endswith("sheet1.xml") else body)


def with_broken_ods(folder: Path, export: Path) -> Path:
    source = write(folder / "source.ods", SITES)
    return rewritten(source, folder / "e.ods", lambda name, body: body[:3000] if name == "content.xml" else body)


def with_row_far_below(folder: Path, export: Path) -> Path:
    def change(name: str, body: bytes) -> bytes:
        return body.replace(b'<row r="9"', b'<row r="99999999"') if name.endswith("sheet1.xml") else body

    return rewritten(export, folder / "e.xlsx", change)


def without_titles(folder: Path, export: Path) -> Path:
    return book(folder / "e.xlsx", ["nom", "téléphone"], ["A", "01"])


def empty_sheet(folder: Path, export: Path) -> Path:
    return book(folder / "e.xlsx")


def titles_alone(folder: Path, export: Path) -> Path:
    return write(folder / "e.xlsx", [])


HAZARDS = {
    "empty file": (content("e.xlsx", b""), "is empty"),
    "blank file": (content("e.csv", b"\xef\xbb\xbf \r\n"), "is empty"),
    "web page": (content("e.xlsx", b"<!DOCTYPE html><html><table>"), "is a web page"),
    "XML": (content("e.xlsx", b'<?xml version="1.0"?><Workbook/>'), "is a web page or an XML text"),
    "old Excel": (content("e.xls", COMPOUND + b"\0" * 600 + "Workbook".encode("utf-16-le")), "in the old format"),
    "older Excel": (content("e.xls", b"\x09\x08\x10\x00\x00\x06"), "in the old format"),
    "password": (content("e.xlsx", COMPOUND + b"\0" * 700 + "EncryptedPackage".encode("utf-16-le")), "by a password"),
    "password on ods": (with_password_in_ods, "by a password"),
    "picture": (content("e.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0"), "is not a table of text"),
    "letter": (content("e.xlsx", b"Bonjour,\nvoici l'export."), "no line with the titles"),
    "archive of photos": (archive, "an archive without a spreadsheet"),
    "beginning of an archive": (content("e.xlsx", b"PK\x03\x04" + b"\0" * 90), "is damaged or incomplete"),
    "cut archive": (cut, "is damaged or incomplete"),
    "no sheet": (without_sheet, "has no filled sheet"),
    "broken sheet": (with_broken_sheet, "is damaged or incomplete"),
    "broken ods": (with_broken_ods, "is damaged or incomplete"),
    "bomb": (bomb, "unpacks to more than an export can hold"),
    "bomb that lies": (lying_bomb, "is damaged or incomplete"),
    "row far below": (with_row_far_below, "unpacks to more than an export can hold"),
    "file of the machine": (with_doctype, "DOCTYPE"),
    "entities": (with_entities_in_ods, "DOCTYPE"),
    "no known title": (without_titles, "Its first line is: nom, téléphone."),
    "empty sheet": (empty_sheet, "has no filled sheet"),
    "titles alone": (titles_alone, "no site below them"),
    "folder": (lambda folder, _: folder, "is a folder"),
    "nothing there": (lambda folder, _: folder / "absent.xlsx", "There is no file"),
}


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_file_that_is_no_export_is_refused_in_a_sentence(tmp_path, export, hazard):
    make, said = HAZARDS[hazard]
    path = make(tmp_path, export)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ImportFileError) as refused:
        read_export(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_an_archive_that_says_it_is_huge_is_refused_before_it_is_unpacked(tmp_path, export, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 10_000)
    monkeypatch.setattr(archives, "_check_part", None)
    with pytest.raises(ImportFileError, match="unpacks to more"):
        read_export(export)


def test_a_sheet_of_too_many_lines_is_refused(tmp_path, export, monkeypatch):
    monkeypatch.setattr("resorption_plugin.core.exchange.platform.reader.MOST_LINES", 9)
    with pytest.raises(ImportFileError, match="more than an export can hold"):
        read_export(export)


def test_more_sites_than_can_be_held_are_refused(export, monkeypatch):
    held = len(read_export(export).rows)
    monkeypatch.setattr("resorption_plugin.core.exchange.platform.reader.MOST_SITES", held - 1)
    with pytest.raises(ImportFileError, match=f"lists more than {held - 1} sites: nothing was read"):
        read_export(export)
    monkeypatch.setattr("resorption_plugin.core.exchange.platform.reader.MOST_SITES", held)
    assert len(read_export(export).rows) == held


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 100_000))
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(tmp_path, export, seed):
    """Bytes of the archive, or of the XML in it, are changed, cut out or doubled."""
    chance = random.Random(seed)
    target = tmp_path / "spoilt.xlsx"
    if seed % 3 == 0:
        target.write_bytes(spoilt(export.read_bytes(), chance))
    else:
        with zipfile.ZipFile(export) as packed:
            part = chance.choice([name for name in packed.namelist() if name.endswith((".xml", ".rels"))])
        rewritten(export, target, lambda name, body: spoilt(body, chance) if name == part else body)
    said = read_or_refused(target)
    assert said.endswith(" rows") or str(target) in said


def read_or_refused(path: Path) -> str:
    try:
        reading = read_export(path)
    except ImportFileError as error:
        return str(error)
    return f"{len(reading.rows) + len(reading.rejected)} rows"


def spoilt(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    length = chance.choice([1, 1, 4, 60])
    return chance.choice(
        [
            data[:at] + bytes(chance.randrange(256) for _ in range(length)) + data[at + length :],
            data[:at] + data[at + length :],
            data[:at] + data[at : at + length] * 2 + data[at + length :],
            data[:at],
        ]
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(tmp_path, data):
    path = tmp_path / "export.xlsx"
    path.write_bytes(data)
    with pytest.raises(ImportFileError):
        read_export(path)


def test_a_sheet_that_says_it_is_a_million_columns_wide_is_read(tmp_path, export):
    def widen(name: str, body: bytes) -> bytes:
        start = body.find(b"<dimension")
        if start < 0:
            return body
        return body[:start] + b'<dimension ref="A1:XFD1048576"/>' + body[body.index(b"/>", start) + 2 :]

    path = rewritten(export, tmp_path / "wide.xlsx", widen)
    assert [row.rb_id for row in read_export(path).rows] == [row.rb_id for row in read_export(export).rows]


PARTS_OF_AN_EXPORT = 30


def test_memory_does_not_grow_with_the_rows(tmp_path):
    """A stream: what a row adds is its texts in the table of the file, not what is understood of it."""
    some = invented_sites(3, 20, DAY)
    names = ["Adresse", "Code INSEE", "Latitude", "Longitude", "Habitants – Nombre de personnes"]
    peaks = []
    for count in (100, 100, 600):  # the first time fills what is kept between files
        path = write_large_xlsx(tmp_path / f"{count}.xlsx", some, count, Asked(names=names))
        tracemalloc.start()
        with opened_export(path) as export:
            assert sum(1 for _ in export.rows(Silent())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[2] - peaks[1]) / 500 < 2_000


class _CancelledOnceOpen(Silent):
    """Stops when the archive was looked through and openpyxl reads it."""

    polls = 0

    def is_cancelled(self):
        self.polls += 1
        return self.polls > PARTS_OF_AN_EXPORT


def test_a_sheet_that_does_not_tell_its_size_is_left_as_soon_as_the_user_cancels(tmp_path):
    path = write_large_xlsx(tmp_path / "large.xlsx", invented_sites(3, 20, DAY), 300, Asked())
    watch = _CancelledOnceOpen()
    with pytest.raises(Cancelled):
        read_export(path, feedback=watch)
    assert watch.polls == PARTS_OF_AN_EXPORT + 1


def test_without_the_library_the_plugin_says_so(tmp_path, export, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setattr(library, "PACKED", tmp_path / "none")
    with pytest.raises(ImportFileError, match="need the Python library openpyxl"):
        read_export(export)
    assert read_export(write(tmp_path / "export.ods", SITES)).rows
    assert read_export(write(tmp_path / "export.csv", SITES)).rows


def test_the_library_of_the_system_comes_before_the_packed_one(tmp_path):
    packed = tmp_path / "vendored" / "openpyxl"
    packed.mkdir(parents=True)
    (packed / "__init__.py").write_text("where = 'packed'\n")
    program = (
        "import sys; from pathlib import Path\n"
        "from resorption_plugin.core.exchange.platform import library\n"
        f"library.PACKED = Path({str(packed.parent)!r})\n"
        "if sys.argv[1] == 'absent':\n"
        "    sys.path[:] = [entry for entry in sys.path if not (Path(entry) / 'openpyxl').is_dir()]\n"
        "print(getattr(library.openpyxl(), 'where', 'system'))\n"
    )
    for state, expected in (("present", "system"), ("absent", "packed")):
        done = subprocess.run([sys.executable, "-c", program, state], capture_output=True, text=True, check=False)
        assert (done.stdout.strip(), done.stderr) == (expected, "")
