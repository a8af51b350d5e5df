"""Exports of the platform read from files: as they come, as people save them again, and as they may not be."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.exchange.platform.column import Listing, Option
from resorption_plugin.core.exchange.platform.columns import BY_NAME
from resorption_plugin.core.exchange.platform.grids import day_text, plain_text
from resorption_plugin.core.exchange.platform.reader import PlatformReading, opened_export, read_export
from resorption_plugin.core.exchange.platform.row import write_row
from resorption_plugin.core.ports import Silent
from resorption_plugin.core.territory import Territory
from tests.scenes.platform_file import ADDRESS, EVERY_OPTION, Asked, listed, write
from tests.scenes.platform_sites import invented_sites, series

DAY = dt.date(2026, 11, 1)
SITES = invented_sites(1, 12, DAY)
SUFFIXES = (".xlsx", ".ods", ".csv")
ONLY_SAID = {"Intervenant de ma structure", "Date du dernier message"}
moment = dt.datetime.fromisoformat
EPOCH, EPOCH_1904 = moment("1899-12-30"), moment("1904-01-01")


def assert_faithful(reading: PlatformReading, sites, territory: Territory) -> None:
    assert (reading.rejected, reading.unknown) == ((), ())
    assert len(reading.rows) == len(sites)
    for row, site in zip(reading.rows, sites, strict=True):
        written = write_row(site.contents, territory=territory)
        assert {name: text for name, text in row.texts.items() if name not in ONLY_SAID} == {
            name: written[name] for name in row.texts if name not in ONLY_SAID
        }
        assert row.notes == ()


# the layout of the platform


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


# what people do to it


def edited(path: Path, change, asked: Asked | None = None) -> Path:
    write(path, SITES, asked or Asked())
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)
    return path


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_columns_come_back_in_any_order_and_number(tmp_path_factory, territory, seed):
    chance = random.Random(seed)
    asked = Asked(chance.choice(list(Listing)))
    names = [column.name for column in asked.columns]
    kept = chance.sample(names, chance.randint(2, len(names)))
    kept += [name for name in ("Adresse",) if name not in kept]
    path = tmp_path_factory.mktemp("order") / f"export{chance.choice(('.xlsx', '.ods'))}"
    write(path, SITES, Asked(asked.listing, names=kept))
    reading = read_export(path, territory)
    recognised = set(reading.columns[:-1]) & BY_NAME.keys()
    unsure = {name for name in kept if BY_NAME[name].title in ("Nombre de personnes", "Nombre de ménages", "Message")}
    assert recognised >= set(kept) - unsure
    sites = {site.rb_id: site for site in SITES}
    for row in reading.rows:
        written = write_row(sites[row.rb_id].contents, territory=territory)
        for name in set(row.texts) - ONLY_SAID - {"Code INSEE", "Commune"}:
            assert row.texts[name] == written[name]


def test_a_title_is_known_however_it_is_typed(tmp_path):
    def retype(sheet) -> None:
        for cell in sheet[7]:
            cell.value = cell.value.upper().replace(" ", "\u00a0 ").replace("'", "’").replace("\u00a0 ?", "?") + "\n"

    reading = read_export(edited(tmp_path / "export.xlsx", retype))
    assert reading.unknown == ()
    assert len(reading.columns) == len(Asked().columns) + 1


def test_the_titles_are_found_without_the_lines_above(tmp_path):
    reading = read_export(
        edited(tmp_path / "export.xlsx", lambda sheet: sheet.delete_rows(1, 6), Asked(Listing.CLOSED))
    )
    assert reading.unknown == ()
    assert reading.rows[0].texts["Logement – Nombre de ménages"] in ("", "2")
    assert reading.exported_on is None
    assert reading.listing is Listing.CLOSED


def test_the_same_title_twice_is_told_by_its_section(tmp_path):
    asked = Asked(Listing.CLOSED, names=["Adresse", "Logement – Message", "Habitants – Nombre de personnes"])
    reading = read_export(write(tmp_path / "export.xlsx", SITES, asked))
    assert reading.columns[:-1] == tuple(asked.names)


def test_old_titles_of_one_section_are_told_by_their_order(tmp_path):
    def retitle(sheet) -> None:
        for cell in sheet[7]:
            cell.value = {"Date de la décision": "Date", "Date d'arrêté d'insalubrité": "Date"}.get(
                cell.value, cell.value
            )

    reading = read_export(edited(tmp_path / "export.xlsx", retitle))
    assert reading.unknown == ()
    assert {"Date de la décision", "Date d'arrêté d'insalubrité"} <= set(reading.columns)


def test_an_unknown_column_is_named_and_its_cells_are_kept(tmp_path):
    for suffix in SUFFIXES:
        asked = Asked(extra={"Notes de la DDETS": "à revoir"})
        reading = read_export(write(tmp_path / f"export{suffix}", SITES, asked))
        assert reading.unknown == ("Notes de la DDETS",)
        assert reading.rows[0].others == {"Notes de la DDETS": "à revoir"}


def test_a_column_that_stands_twice_is_read_once_and_named(tmp_path):
    def repeat(sheet) -> None:
        sheet.cell(7, sheet.max_column + 1, "Commune")

    assert read_export(edited(tmp_path / "export.xlsx", repeat)).unknown == ("Commune",)


def test_the_sheet_with_the_titles_is_chosen(tmp_path):
    path = write(tmp_path / "export.xlsx", SITES)
    book = openpyxl.load_workbook(path)
    rates = book.create_sheet("Taux de MAJ par département", 0)
    rates.append(["Département", "Nombre de sites", "Taux de MAJ (%)"])
    rates.append(["44 - Loire-Atlantique", 12, 50])
    book.create_sheet("Vide")
    book.save(path)
    reading = read_export(path)
    assert reading.sheet == "Sites existants"
    assert reading.other_sheets == ("Taux de MAJ par département", "Vide")


@pytest.mark.parametrize(
    "address",
    [f"{ADDRESS}/site/42", f"{ADDRESS}/site/42?onglet=eau", "http://localhost:1234/site/42/", "/site/42#journal"],
)
def test_the_number_of_the_site_is_in_the_link_of_its_address(tmp_path, address):
    def link(sheet) -> None:
        sheet.cell(8, 5).hyperlink = address

    assert read_export(edited(tmp_path / "export.xlsx", link)).rows[0].rb_id == 42


def test_the_number_is_read_from_formulas_and_from_links_written_out(tmp_path):
    def rewrite(sheet) -> None:
        for line, value in ((8, f'=HYPERLINK("{ADDRESS}/site/42","rue")'), (9, f"{ADDRESS}/site/43"), (10, "rue")):
            sheet.cell(line, 5).hyperlink = None
            sheet.cell(line, 5).value = value

    rows = read_export(edited(tmp_path / "export.xlsx", rewrite)).rows
    assert [row.rb_id for row in rows[:3]] == [42, 43, None]


def test_a_link_to_another_page_is_no_number(tmp_path):
    def link(sheet) -> None:
        sheet.cell(8, 5).hyperlink = "https://exemple.fr/campsite/42"

    assert read_export(edited(tmp_path / "export.xlsx", link)).rows[0].rb_id is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (moment("2024-07-14"), "14/07/2024"),
        (moment("2024-07-13T22:00"), "14/07/2024"),
        (moment("2024-12-24T23:00"), "25/12/2024"),
        (moment("2024-12-24T22:59:59.999800"), "25/12/2024"),
        (moment("2024-12-24T23:10"), "24/12/2024"),
        (dt.date(2024, 7, 14), "14/07/2024"),
        (45487, "14/07/2024"),
        (45487.5, "14/07/2024"),
        ("45487", "14/07/2024"),
        ("14/07/2024", "14/07/2024"),
        ("14.07.2024", "14/07/2024"),
        ("2024-07-14", "14/07/2024"),
        ("2024-07-13T22:00:00.000Z", "14/07/2024"),
        ("vers juillet", "vers juillet"),
        (0, "0"),
        (9_999_999, "9999999"),
        (None, ""),
    ],
)
def test_a_day_is_read_in_every_form_a_cell_has(raw, text):
    assert day_text(raw, EPOCH) == text


def test_days_of_the_1904_system_count_from_1904(tmp_path):
    assert day_text(44025, EPOCH_1904) == "14/07/2024"
    path = write(tmp_path / "export.xlsx", SITES)
    book = openpyxl.load_workbook(path)
    book.epoch = EPOCH_1904
    book.active.cell(8, 11).value = 44025
    book.active.cell(9, 11).value = moment("2024-07-14")
    book.save(path)
    rows = read_export(path).rows
    assert [row.site["built_at"] for row in rows[:2]] == [dt.date(2024, 7, 14)] * 2


@pytest.mark.parametrize(
    ("raw", "text"),
    [(12.0, "12"), (12.5, "12.5"), (12, "12"), (True, "oui"), (False, "non"), ("a_x000D_\nb", "a\r\nb"), (None, "")],
)
def test_a_cell_becomes_a_text(raw, text):
    assert plain_text(raw) == text


def test_numbers_and_positions_may_be_texts_or_numbers(tmp_path):
    def exchange(sheet) -> None:
        titles = [cell.value for cell in sheet[7]]
        for title, value in (("Latitude", 47.21), ("Longitude", "-1,55"), ("Nombre de personnes", "34")):
            sheet.cell(8, titles.index(title) + 1).value = value

    row = read_export(edited(tmp_path / "export.xlsx", exchange)).rows[0]
    assert (row.position.y, row.position.x, row.site["population_total"]) == (47.21, -1.55, 34)


# rows that are not taken


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
    assert told.fractions
    assert all(0 < fraction <= 1 for fraction in told.fractions)


def test_rows_come_one_by_one(tmp_path):
    path = write(tmp_path / "export.xlsx", SITES)
    with opened_export(path) as export:
        rows = export.rows(Silent())
        assert next(rows).line == 8
    assert zipfile.ZipFile(path).testzip() is None
