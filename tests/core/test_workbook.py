"""A spreadsheet as other programs read it."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from resorption_plugin.core.errors import ExportFileError
from resorption_plugin.core.exchange.workbook import Cell, Sheet, write_xlsx


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "é'.xlsx"
    rows = [
        [Cell("Île d'Été"), Cell(3), Cell(2.5), Cell(dt.date(2026, 1, 31)), Cell(None)],
        [
            Cell("=1+1"),
            Cell(True),
            Cell("a\x00b\nc"),
            Cell(dt.date(1850, 1, 1)),
            Cell("x", "https://e.fr/site/3", True),
        ],
        [Cell("y" * 40_000)],
    ]
    write_xlsx(
        path, [Sheet("Sites: [a/b]", [["", "Groupe"], ["A", "B", "C", "D", "E"]], rows), Sheet("vide", [["A"]], [])]
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Sites   a b ", "vide"]
    return book.worksheets[0]


def test_values_keep_their_kind(page):
    assert [cell.value for cell in page[3]] == ["Île d'Été", 3, 2.5, dt.datetime(2026, 1, 31), None]  # noqa: DTZ001 - as read
    assert page["D3"].number_format == "dd/mm/yyyy"
    assert page["B4"].value is True


def test_a_text_is_never_a_formula_nor_breaks_the_file(page):
    assert (page["A4"].data_type, page["A4"].value) == ("s", "=1+1")
    assert page["C4"].value == "ab\nc"
    assert page["D4"].value == "1850-01-01"
    assert len(page["A5"].value) == 32_767


def test_titles_stay_in_sight_and_links_are_followed(page):
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:E5"
    assert page["E4"].hyperlink.target == "https://e.fr/site/3"
    assert page["E4"].font.b
    assert not page["A3"].font.b


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(ExportFileError, match="folder"):
        write_xlsx(tmp_path / "none" / "a.xlsx", [Sheet("a", [["A"]], [])])
