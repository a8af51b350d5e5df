"""Delimited text read as officers have it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import Cancelled, ExportFileError, ImportFileError
from resorption_plugin.core.exchange import tabular
from resorption_plugin.core.exchange.converters import convert, day, fold, number, truth
from resorption_plugin.core.exchange.rows import RowError
from resorption_plugin.core.exchange.tabular import read_delimited, write_delimited
from resorption_plugin.core.model.catalogue import layer


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "points.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in read_delimited(path).rows]


class Impatient:
    """A user who cancels at once."""

    def progress(self, fraction: float) -> None:
        pass

    def is_cancelled(self) -> bool:
        return True


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_recognised(tmp_path, separator):
    path = written(tmp_path, separator.join(["nom", "lat", "lon"]) + "\n" + separator.join(["A", "43.6", "1.44"]))
    assert cells(path) == [("A", "43.6", "1.44")]


def test_a_comma_inside_a_value_is_no_separator(tmp_path):
    path = written(tmp_path, "gid;voie;geo_point_2d\n1;RUE A;48.84,2.31\n2;RUE B;48.85,2.32\n")
    assert read_delimited(path).columns == ("gid", "voie", "geo_point_2d")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_accents_survive_the_encodings_of_excel(tmp_path, encoding, said):
    table = read_delimited(written(tmp_path, "nom;libellé\n1;Éléonore\n", encoding))
    assert (table.columns, table.rows[0].cells, table.encoding) == (("nom", "libellé"), ("1", "Éléonore"), said)


def test_a_row_of_another_length_is_rejected_with_its_line(tmp_path):
    table = read_delimited(written(tmp_path, "a;b\n1;2\n\n1;2;3\n4;5\n6\n"))
    assert [row.line for row in table.rows] == [2, 5]
    assert [(row.line, dict(row.reason.values)) for row in table.rejected] == [
        (4, {"found": 3, "expected": 2}),
        (6, {"found": 1, "expected": 2}),
    ]


def test_separators_left_at_the_end_by_excel_are_no_values(tmp_path):
    assert cells(written(tmp_path, "a;b\n1;2;;;\n")) == [("1", "2")]


def test_a_value_over_two_lines_counts_from_its_first_line(tmp_path):
    table = read_delimited(written(tmp_path, 'a;b\n"x\ny";2\n3;4\n'))
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("x\ny", "2")), (4, ("3", "4"))]


def test_wrong_quotes_reject_their_line_only(tmp_path):
    table = read_delimited(written(tmp_path, 'a;b\n"x"y;2\n3;4\n'))
    assert [row.line for row in table.rejected] == [2]
    assert [row.cells for row in table.rows] == [("3", "4")]


def test_titles_are_made_distinct(tmp_path):
    assert read_delimited(written(tmp_path, "nom;;nom\n1;2;3\n")).columns == ("nom", "#2", "nom (2)")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"a;b\n", "no row below"),
        (b"PK\x03\x04rest of a workbook", "spreadsheet"),
        (b"a;b\n1;\x002\n", "not a table"),
        (b"just a letter to the prefect\n" * 20, "not a table"),
        (b"a;b\n1;caf\x81\x8d\n", "neither in UTF-8 nor in Windows-1252"),
        ("a;b\n1;café".encode()[:-1], "cut short"),
        (b'a;b\n1;"never closed\n', "cut short"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path, content, complaint):
    with pytest.raises(ImportFileError, match=complaint):
        read_delimited(written(tmp_path, content))


def test_missing_files_and_folders_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(ImportFileError, match="There is no file"):
        read_delimited(tmp_path / "none.csv")
    with pytest.raises(ImportFileError, match="is a folder"):
        read_delimited(tmp_path)


def test_a_file_without_line_ends_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(tabular, "MAX_LINE", 1000)
    with pytest.raises(ImportFileError, match="not a table"):
        read_delimited(written(tmp_path, "a;b" * 1000))


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tabular, "MAX_ROWS", 2)
    with pytest.raises(ImportFileError, match="more than 2 rows"):
        read_delimited(written(tmp_path, "a;b\n1;2\n3;4\n5;6\n"))


def test_reading_can_be_cancelled(tmp_path):
    with pytest.raises(Cancelled):
        read_delimited(written(tmp_path, "a;b\n1;2\n"), Impatient())


def test_the_limit_of_the_csv_module_is_put_back(tmp_path):
    before = csv.field_size_limit()
    polygon = "x" * 200_000
    assert cells(written(tmp_path, f"a;b\n1;{polygon}\n")) == [("1", polygon)]
    assert csv.field_size_limit() == before


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=("Cc",)), max_size=12)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(_TEXTS, _TEXTS, _TEXTS), min_size=1, max_size=8))
def test_what_is_written_is_read_again(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("round") / "t.csv"
    write_delimited(path, ("a", "b", "c"), rows)
    expected = [tuple(text.strip() for text in row) for row in rows]
    filled = [row for row in expected if any(row)]
    if filled:
        assert cells(path) == filled
    else:
        with pytest.raises(ImportFileError, match="no row below"):
            read_delimited(path)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(ExportFileError, match="cannot be written"):
        write_delimited(path, ("a", "b"), [("1", "2")])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "expected"), [("12,5", 12.5), ("1 234,5", 1234.5), ("-3", -3.0), (".5", 0.5), ("1e3", 1000.0)]
)
def test_numbers_are_read_the_french_way(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize("text", ["", "12.5.1", "1,000.5", "nan", "inf", "0x10", "douze"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        number(text)


@pytest.mark.parametrize(
    "text", ["2025-10-31", "31/10/2025", "31.10.2025", "20251031", "2025/10/31", "2025-10-31T02:00:00+00:00"]
)
def test_days_are_read_in_the_forms_files_have(text):
    assert day(text) == dt.date(2025, 10, 31)


@pytest.mark.parametrize(
    ("text", "expected"), [("Oui", True), ("VRAI", True), ("1", True), ("non", False), ("F", False)]
)
def test_yes_and_no_are_read_in_both_languages(text, expected):
    assert truth(text) is expected


def test_names_are_compared_without_accents_case_nor_punctuation():
    assert fold("  Débit_(L/min) ") == fold("debit l min")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("is_potable", "inconnu", None),
        ("taps", "2", 2),
        ("working_state", "En panne", "out_of_order"),
        ("working_state", "", None),
        ("fountain_type", "BORNE FONTAINE", "borne fontaine"),
        ("installed_on", "", None),
    ],
)
def test_a_text_becomes_the_value_of_its_field(field, text, value):
    assert convert(layer("water_point").field(field), text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("is_potable", "peut-être"),
        ("taps", "deux"),
        ("taps", "-1"),
        ("taps", "1.5"),
        ("working_state", "fermée pour l'hiver"),
        ("operator_siren", "1" * 10),
        ("closed_from", "31/02/2025"),
    ],
)
def test_a_text_that_is_no_value_says_which_field(field, text):
    declared = layer("water_point").field(field)
    with pytest.raises(RowError) as caught:
        convert(declared, text)
    assert caught.value.reason.values["field"] == declared.label
