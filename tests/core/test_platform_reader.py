"""Exports of the platform read from files: as they come, and with rows that are not taken."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import zipfile

import openpyxl
import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.exchange.platform.column import Listing, Option
from resorption_plugin.core.exchange.platform.reader import PlatformReading, opened_export, read_export
from resorption_plugin.core.exchange.platform.row import write_row
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.territory import Territory
from tests.core.platform_files import DAY, ONLY_SAID, SITES, SUFFIXES, edited
from tests.scenes.platform_file import ADDRESS, EVERY_OPTION, Asked, listed, write
from tests.scenes.platform_sites import invented_sites, series


def assert_faithful(reading: PlatformReading, sites, territory: Territory) -> None:
    assert (reading.rejected, reading.unknown) == ((), ())
    assert len(reading.rows) == len(sites)
    for row, site in zip(reading.rows, sites, strict=True):
        written = write_row(site.contents, territory=territory)
        assert {name: text for name, text in row.texts.items() if name not in ONLY_SAID} == {
            name: written[name] for name in row.texts if name not in ONLY_SAID
        }
        assert row.notes == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("listing", Listing)
def test_every_cell_of_an_export_comes_back(tmp_path, territory, suffix, listing):
    asked = Asked(listing)
    reading = read_export(write(tmp_path / f"export{suffix}", SITES, asked), territory)
    assert_faithful(reading, listed(SITES, listing), territory)
    assert (reading.exported_on, reading.listing) == (asked.on, listing)
    assert len(reading.columns) == len(asked.columns) + 1
    numbers = [row.rb_id for row in reading.rows]
    assert numbers == ([None] * len(numbers) if suffix == ".csv" else [site.rb_id for site in listed(SITES, listing)])


def combinations() -> list[Asked]:
    """Return each option alone, all but one, none and all, with and without rights, open and closed."""
    sets = [frozenset(), EVERY_OPTION, *(frozenset({one}) for one in Option), *(EVERY_OPTION - {one} for one in Option)]
    rights = (Asked().rights, frozenset())
    return [Asked(listing, some, may) for some, may, listing in itertools.product(sets, rights, Listing)]


@pytest.mark.parametrize("asked", combinations())
def test_every_combination_of_options_rights_and_status_comes_back(tmp_path, territory, asked):
    some = SITES[:2]
    reading = read_export(write(tmp_path / "export.ods", some, asked), territory)
    assert reading.columns[:-1] == tuple(column.name for column in asked.columns)
    assert_faithful(reading, listed(some, asked.listing), territory)


def test_a_series_of_exports_at_past_dates_comes_back(tmp_path, territory):
    days = [dt.date(2026, month, 1) for month in (3, 6, 9)]
    states = series(7, 8, days)
    assert states == series(7, 8, days)
    assert len({tuple(map(str, state)) for state in states}) == 3
    assert sum(site.is_open for site in states[-1]) < sum(site.is_open for site in states[0]) + 2
    for day, state in zip(days, states, strict=True):
        reading = read_export(write(tmp_path / f"{day}.xlsx", state, Asked(on=day)), territory)
        assert reading.exported_on == day
        assert_faithful(reading, listed(state, Listing.OPEN), territory)


def test_rows_of_the_form_before_2022_have_their_statuses_and_no_answers(tmp_path):
    reading = read_export(write(tmp_path / "export.xlsx", SITES))
    old = [row for row in reading.rows if row.is_first_form]
    assert 0 < len(old) < len(reading.rows)
    for row in old:
        assert row.texts["Statut de l'accès à l'eau"]
        assert not row.texts["Comment les habitants ont-ils accès à l'eau ?"]
        assert "water_access_type" not in row.site


def test_the_scene_has_the_layout_of_the_platform(tmp_path):
    asked = Asked(Listing.CLOSED)
    sheet = openpyxl.load_workbook(write(tmp_path / "export.xlsx", SITES, asked)).active
    assert sheet["A1"].value == "SITUATION DES BIDONVILLES FERMÉS"
    assert sheet["A4"].value == "à la date du 03/11/2026"
    assert [cell.value for cell in sheet[7]] == [column.title for column in asked.columns]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A6:H6", "I6:V6"} <= merged
    assert any(sheet.cell(5, area.min_col).value == "ORIENTATION" for area in sheet.merged_cells.ranges)
    titles = {cell.value: cell.column for cell in sheet[7]}
    first = {title: sheet.cell(8, column) for title, column in titles.items()}
    assert first["Adresse"].hyperlink.target == f"{ADDRESS}/site/{listed(SITES, Listing.CLOSED)[0].rb_id}"
    assert isinstance(first["Latitude"].value, str)
    assert isinstance(first["Date de fermeture"].value, dt.datetime)
    assert first["Alerte Canicule"].value in ("oui", "non", "NC")
    assert any(cell.value == "NC" and cell.font.italic for cell in sheet[8])
    assert sheet.cell(sheet.max_row, titles["Nombre de caravanes"]).value.startswith("=SUM(")


def test_sums_below_the_last_site_are_no_site(tmp_path):
    path = write(tmp_path / "export.xlsx", SITES)
    book = openpyxl.load_workbook(path)
    last = book.active.max_row
    assert str(book.active.cell(last, 20).value).startswith("=SUM")
    for cell in book.active[last]:
        cell.value = 12 if cell.value else None  # what a spreadsheet that computes writes
    book.save(path)
    assert len(read_export(path).rows) == len(listed(SITES, Listing.OPEN))


def test_a_site_that_stands_twice_is_rejected_the_second_time(tmp_path):
    def repeat(sheet) -> None:
        sheet.cell(10, 5).hyperlink = sheet.cell(8, 5).hyperlink.target

    reading = read_export(edited(tmp_path / "export.xlsx", repeat))
    assert [rejected.line for rejected in reading.rejected] == [10]
    reason = reading.rejected[0].reason
    number = reading.rows[0].rb_id
    assert reason.template.format(**reason.values) == f"Site {number} of the platform stands already in line 8."


def test_rejected_rows_can_be_mended_in_a_file_and_read_again(tmp_path):
    def spoil(sheet) -> None:
        titles = [cell.value for cell in sheet[7]]
        sheet.cell(8, titles.index("Cause de la fermeture") + 1).value = "Autre chose"

    asked = Asked(Listing.CLOSED)
    reading = read_export(edited(tmp_path / "export.xlsx", spoil, asked))
    rejected = reading.rejected[0]
    assert len(rejected.cells) == len(reading.table.columns) == len(reading.columns)
    mended = ["Autre" if cell == "Autre chose" else cell for cell in rejected.cells]
    with (tmp_path / "rejected.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([["ligne", "motif", *reading.columns], ["8", "…", *mended]])
    again = read_export(tmp_path / "rejected.csv").rows[0]
    first = listed(SITES, Listing.CLOSED)[0]
    assert (again.rb_id, again.site["status"]) == (first.rb_id, "other")
    assert again.texts["Logement – Message"] == write_row(first.contents)["Logement – Message"]


def test_a_merged_commune_gives_way_to_the_one_of_the_position(tmp_path, territory):
    def outdate(sheet) -> None:
        for line, code, latitude in ((8, "44999", None), (9, "44999", "NC")):
            sheet.cell(line, 3).value = code
            if latitude:
                sheet.cell(line, 8).value = latitude

    rows = read_export(edited(tmp_path / "export.xlsx", outdate), territory).rows
    taken = territory.commune_at(rows[0].position.x, rows[0].position.y).commune
    assert (rows[0].site["fk_city"], rows[0].texts["Code INSEE"]) == (taken.code, taken.code)
    assert (rows[0].site["department"], rows[0].site["epci"]) == ("44", "244400404")
    assert "44999 is not the INSEE code" in rows[0].notes[0].reason.template.format(**rows[0].notes[0].reason.values)
    assert "fk_city" not in rows[1].site
    assert rows[1].notes[0].text == "44999"


def test_reading_stops_when_the_user_does(tmp_path):
    class Impatient(Silent):
        def is_cancelled(self) -> bool:
            return True

    for suffix in SUFFIXES:
        path = write(tmp_path / f"export{suffix}", SITES)
        with pytest.raises(Cancelled):
            read_export(path, feedback=Impatient())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_reading_tells_how_far_it_is(tmp_path, suffix):
    class Told(Silent):
        def __init__(self) -> None:
            self.fractions: list[float] = []

        def progress(self, fraction: float) -> None:
            self.fractions.append(fraction)

    told = Told()
    some = invented_sites(5, 1100, DAY, share_closed=0)
    read_export(
        write(tmp_path / f"export{suffix}", some, Asked(names=["Adresse", "Latitude", "Longitude"])), None, told
    )
    assert told.fractions == sorted(told.fractions)
    assert 0 < told.fractions[0] <= told.fractions[-1] <= 1


def test_rows_come_one_by_one(tmp_path):
    path = write(tmp_path / "export.xlsx", SITES)
    with opened_export(path) as export:
        rows = export.rows(Silent())
        assert next(rows).line == 8
    assert zipfile.ZipFile(path).testzip() is None
