"""The report of the checks as a page and as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import openpyxl
import pytest

from resorption_plugin.core.checks import decisions, report
from resorption_plugin.core.checks.reconcile import reconcile
from resorption_plugin.core.checks.registry import chosen
from resorption_plugin.core.checks.report_forms import Reader, as_page, as_sheets
from resorption_plugin.core.checks.runner import run
from resorption_plugin.core.checks.spec import Profile
from resorption_plugin.core.exchange.workbook import write_xlsx
from resorption_plugin.core.records import Record
from tests.scenes.build import SUMMER, Scene, at, site, tap

NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
FRENCH = Reader(lambda text: {"%Y-%m-%d": "%d/%m/%Y", "Limit": "Seuil"}.get(text, text), "fr")


class Cells(HTMLParser):
    """The texts of the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th") or (self.inside and tag == "a")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag):
        self.inside = self.inside and tag == "a"


@pytest.fixture(scope="module")
def made():
    scene = Scene((site("one", name="<b>L'Été</b>"), tap("two", at(843), state_on=dt.date(2026, 6, 2))))
    rows = reconcile([], run(scene.context(), chosen(["EAU-001"])), SUMMER, NOW).insert
    exception = decisions.accept(rows[0], "tanker & co", "M. Martin", NOW, dt.date(2026, 12, 31))
    rows = [Record("finding", rows[0].uid, {**rows[0].values, **exception.values})]
    return report.document(
        report.of_checks(rows, ["EAU-001"]),
        workspace="w.gpkg",
        reference_date=SUMMER,
        profile=Profile.STATE,
        checks=["EAU-001"],
        links={"one": "https://e.fr/site/3"},
    )


def test_the_page_gives_each_number_with_its_limit_source_method_and_date(made):
    page = as_page(made, FRENCH)
    assert "<b>L" not in page
    cells = Cells()
    cells.feed(page)
    titles, row = cells.rows
    shown = dict(zip(titles, row, strict=True))
    assert shown["Seuil"] == "200"
    assert shown["Value"] == "843"
    assert shown["Date of the data"] == "02/06/2026"
    assert shown["State"] == "Exception acceptée"
    assert shown["Exception"] == "tanker & co – M. Martin – 2026-07-01 – 2026-12-31"
    assert shown["Link"] == "https://e.fr/site/3"
    assert "DIHAL" in shown["Source of the limit"]
    assert shown["Method"]


def test_the_spreadsheet_holds_numbers_and_dates(made, tmp_path):
    path = tmp_path / "r.xlsx"
    write_xlsx(path, as_sheets(made, FRENCH))
    book = openpyxl.load_workbook(path)
    titles, row = ([cell.value for cell in line] for line in book.worksheets[0].iter_rows())
    shown = dict(zip(titles, row, strict=True))
    assert (shown["Value"], shown["Seuil"]) == (843, 200)
    assert shown["Date of the data"].date() == dt.date(2026, 6, 2)
    assert book.worksheets[0].cell(2, len(titles)).hyperlink.target == "https://e.fr/site/3"
    assert "w.gpkg – 01/07/2026" in book.worksheets[1]["A2"].value


def test_a_report_without_findings_says_so(made):
    assert "No finding." in as_page({**made, "findings": []}, FRENCH)
    sheet, _about = as_sheets({**made, "findings": []}, FRENCH)
    assert sheet.rows == []
