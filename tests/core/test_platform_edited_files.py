"""Exports of the platform as people save them again: columns, titles, links and cells that are no more as they came."""

from __future__ import annotations

import datetime as dt
import random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.columns import BY_NAME
from resorption_plugin.core.exchange.platform.grids import day_text, plain_text
from resorption_plugin.core.exchange.platform.reader import read_export
from resorption_plugin.core.exchange.platform.row import write_row
from tests.core.platform_files import ONLY_SAID, SITES, SUFFIXES, edited
from tests.scenes.platform_file import ADDRESS, Asked, listed, write

moment = dt.datetime.fromisoformat
EPOCH, EPOCH_1904 = moment("1899-12-30"), moment("1904-01-01")


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
    name = "Logement – Nombre de ménages"
    closed = listed(SITES, Listing.CLOSED)
    assert [row.texts[name] for row in reading.rows] == [write_row(site.contents)[name] for site in closed]
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
