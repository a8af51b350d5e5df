"""Exports in, edits, the same exports again, the return sheet out: nothing is lost, nothing is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core.exchange.platform.canonical import texts
from resorption_plugin.core.exchange.platform.column import Listing
from resorption_plugin.core.exchange.platform.columns import COLUMNS
from resorption_plugin.core.exchange.platform.held import held_sites
from resorption_plugin.core.exchange.platform.reader import PlatformReading, read_export
from resorption_plugin.core.exchange.platform.return_sheet import ADDRESS, last_changes, sheets, write
from resorption_plugin.core.exchange.platform.returning import Kind, Returned, returned_sites
from resorption_plugin.core.exchange.platform.row import read_row, write_row
from resorption_plugin.core.exchange.surroundings import Surroundings
from resorption_plugin.core.history.changes import Change, Operation
from resorption_plugin.core.records import Record
from resorption_plugin.core.territory import Territory
from tests.core.platform_sites import NOW, Workspace
from tests.scenes.platform_file import Asked
from tests.scenes.platform_file import write as write_export
from tests.scenes.platform_sites import InventedSite, invented_sites, series

DAYS = (dt.date(2025, 10, 1), dt.date(2025, 11, 1), dt.date(2025, 12, 1))
NOT_COMPARED = {"Intervenant de ma structure", "Date du dernier message", "Site mis à jour le", "Commentaires"}


@pytest.fixture(scope="module")
def surroundings(territory) -> Surroundings:
    return Surroundings(territory, ["44"], 2154)


def export(sites: list[InventedSite], on: dt.date, territory: Territory, listing: Listing) -> PlatformReading:
    """Return the export of some sites as its rows are read, without the detour of a file."""
    names = [column.name for column in COLUMNS if column.presence.listing in (None, listing)]
    listed = [site for site in sites if site.is_open is (listing is Listing.OPEN)]
    rows = tuple(
        read_row(line, write_row(site.contents, names, territory), site.rb_id, listing)
        for line, site in enumerate(listed, 8)
    )
    return PlatformReading("export", "Sites", (), tuple(names), (), rows, (), on, listing)


def told(site: InventedSite) -> list[str]:
    """Return the columns of the list that a site is in."""
    listing = Listing.OPEN if site.is_open else Listing.CLOSED
    return [column.name for column in COLUMNS if column.presence.listing in (None, listing)]


def both(sites: list[InventedSite], on: dt.date, territory: Territory) -> list[PlatformReading]:
    return [export(sites, on, territory, listing) for listing in Listing]


def returned(place: Workspace, territory: Territory) -> list[Returned]:
    return returned_sites(place.data, territory)


@pytest.mark.parametrize("seed", range(3))
def test_every_field_survives(territory, surroundings, seed):
    sites = invented_sites(seed, 12, DAYS[0])
    place = Workspace(territory, surroundings)
    for file in both(sites, DAYS[0], territory):
        assert place.take(file).rejected == ()
    held = {each.site["rb_id"]: each for each in held_sites(place.data)}
    for site in sites:
        assert texts(held[site.rb_id].contents, told(site), territory) == texts(site.contents, told(site), territory)
    assert returned(place, territory) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_series_of_exports_leaves_nothing_to_return(territory, surroundings, seed):
    place = Workspace(territory, surroundings)
    states = series(seed, 10, DAYS)
    for on, sites in zip(DAYS, states, strict=True):
        for file in both(sites, on, territory):
            place.take(file)
            again = place.preview(file)
            assert (again.added, again.changed, again.rejected) == ((), (), ())
            assert not again.change_set(NOW, "me")
    assert returned(place, territory) == []
    now = {site.rb_id: site for site in states[-1]}
    for held in held_sites(place.data):
        site = now[held.site["rb_id"]]
        sent = texts(site.contents, told(site), territory)
        kept = texts(held.contents, told(site), territory)
        changed = {name for name, text in sent.items() if text and kept[name] != text} - NOT_COMPARED
        assert changed == set()


@pytest.mark.parametrize("seed", range(2))
def test_exports_in_the_wrong_order_give_the_last_one_and_every_count(territory, surroundings, seed):
    states = dict(zip(DAYS, series(seed, 8, DAYS), strict=True))
    ways = []
    for order in (DAYS, tuple(reversed(DAYS))):
        place = Workspace(territory, surroundings)
        for on in order:
            for file in both(states[on], on, territory):
                place.take(file)
        counted = {(each["counted_on"], each["population_total"]) for each in place.rows("population_count")}
        ways.append(counted)
    assert ways[0] == ways[1]


EDITS: Mapping[str, Any] = {
    "Adresse": ("address", "12 rue Neuve"),
    "Appellation du site": ("name", "Nouveau nom"),
    "Date d'installation": ("built_at", dt.date(2015, 3, 2)),
    "Habitants – Nombre de personnes": ("population_total", 777),
    "Alerte Canicule": ("heatwave_status", None),
    "Comment les habitants ont-ils accès à l'eau ?": ("water_access_type", "inconnu"),
    "Origines": ("social_origins", ("other",)),
    "Site avec objectif de résorption ?": ("resorption_target", 2031),
}


@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_the_return_sheet_lists_exactly_the_edits(territory, surroundings, data):
    sites = [site for site in invented_sites(7, 6, DAYS[0]) if site.is_open]
    file = export(sites, DAYS[0], territory, Listing.OPEN)
    place = Workspace(territory, surroundings)
    place.take(file)
    expected = set()
    for site in sites:
        for name in data.draw(st.sets(st.sampled_from(sorted(EDITS)), max_size=3)):
            column, value = EDITS[name]
            known = place.site(site.rb_id)
            if known[column] != value:
                place.edit(known, **{column: value})
                expected.add((site.rb_id, name))
    again = place.preview(file)
    assert again.counts()["unchanged"] == len(sites)
    assert not again.change_set(NOW, "me")
    listed = {(each.rb_id, change.name) for each in returned(place, territory) for change in each.differences}
    assert listed == expected


@pytest.fixture
def place(territory, surroundings) -> Workspace:
    """A workspace with imported sites: one edited, one closed, one new, one moved by less than it is known."""
    made = Workspace(territory, surroundings)
    sites = [site for site in invented_sites(3, 8, DAYS[0]) if site.is_open]
    made.take(export(sites, DAYS[0], territory, Listing.OPEN))
    first, second, third = (made.site(site.rb_id) for site in sites[:3])
    made.edit(first, population_total=777, built_at=None, updated_at=NOW, updated_by="Agent")
    made.edit(second, status="resorbed", closed_at=dt.date(2026, 1, 2), closed_with_solutions="yes")
    made.edit(third, shapely.Point(third.geometry.x + 1e-6, third.geometry.y))
    values = {"status": "open", "name": "Neuf", "fk_city": "44109", "commune": "Nantes", "living_conditions_version": 2}
    made.add(Record("site", "new", values, shapely.Point(-1.55, 47.21)))
    return made


def test_what_is_returned_is_sorted_by_what_has_to_be_done(place, territory):
    kinds = {each.held.site["name"]: each.kind for each in returned(place, territory)}
    assert sorted(kind.value for kind in kinds.values()) == ["close", "create", "update"]
    assert kinds["Neuf"] is Kind.CREATE


def test_the_sheet_is_one_that_a_person_can_work_with(place, territory, tmp_path):
    path = tmp_path / "retour.xlsx"
    found = returned(place, territory)
    write(path, found, {}, str)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["To update", "To create", "To close", "Details"]
    sheet = book["To update"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("A3", True)
    titles = [cell.value for cell in sheet[2]]
    assert titles == [column.title for column in COLUMNS if column.title in titles][: len(titles)]
    by_title = dict(zip(titles, sheet[3], strict=True))
    (update,) = [each for each in found if each.kind is Kind.UPDATE]
    assert by_title["Adresse"].hyperlink.target == ADDRESS.format(number=update.rb_id)
    assert (by_title["Nombre de personnes"].value, by_title["Nombre de personnes"].font.b) == (777, True)
    assert by_title["Date d'installation"].value == "(to be erased)"
    assert by_title["Commune"].font.b is not True


def test_the_details_show_both_values_as_numbers_and_dates(place, territory, tmp_path):
    path = tmp_path / "retour.xlsx"
    found = returned(place, territory)
    (update,) = [each for each in found if each.kind is Kind.UPDATE]
    uid = update.held.site.uid
    history = [
        Change(1, NOW, "Agent", False, "site", uid, Operation.UPDATE, "population_total", 3, 777),
        Change(2, NOW, "import: export", False, "site", uid, Operation.UPDATE, "population_total", 777, 777),
    ]
    write(path, found, last_changes(history), str)
    sheet = openpyxl.load_workbook(path)["Details"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    people = next(row for row in rows if row[5] == "Nombre de personnes" and row[7] == 777)
    assert isinstance(people[6], int)
    assert people[8:] == [dt.datetime.combine(NOW.astimezone().date(), dt.time()), "Agent"]
    built = next(row for row in rows if row[5] == "Date d'installation" and row[7] == "(to be erased)")
    assert isinstance(built[6], dt.datetime)


def test_the_details_are_a_csv_too(place, territory, tmp_path):
    path = tmp_path / "retour.csv"
    write(path, returned(place, territory), {}, str)
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("What to do;Commune;Site;Link;Section;Field;On the platform;In the workspace")
    assert any(";777;" in line and "/site/" in line for line in lines)


def test_nothing_to_return_is_an_empty_list_of_details():
    (details,) = sheets([], {}, str)
    assert details.rows == []


def test_a_message_written_here_is_returned_until_the_platform_shows_it(place, territory):
    site = place.site(returned(place, territory)[0].rb_id)
    at = dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC)
    values = {"site_uid": site.uid, "entered_at": at, "description": "Vu ce jour", "visibility": "all"}
    place.add(Record("journal_entry", "j", values))
    (message,) = [
        change for each in returned(place, territory) for change in each.differences if change.name == "Commentaires"
    ]
    assert message.after == "10/01/2026 à 09:00 - \nVu ce jour"


def test_a_message_for_some_readers_says_so_where_it_is_returned(place, territory):
    site = place.site(returned(place, territory)[0].rb_id)
    at = dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC)
    kept = {"visibility": "targeted", "targets": "Préfecture, DDETS"}
    place.add(Record("journal_entry", "j", {"site_uid": site.uid, "entered_at": at, "description": "Vu", **kept}))
    (message,) = [
        change for each in returned(place, territory) for change in each.differences if change.name == "Commentaires"
    ]
    assert message.after == (
        "[Destinataires désignés seulement\N{NO-BREAK SPACE}: Préfecture, DDETS]\n10/01/2026 à 09:00 - \nVu"
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_a_file_of_the_platform_comes_in_and_changes_nothing_the_second_time(territory, surroundings, tmp_path, suffix):
    sites = invented_sites(5, 8, DAYS[0])
    place = Workspace(territory, surroundings)
    for listing in Listing:
        path = write_export(Path(tmp_path) / f"{listing.value}{suffix}", sites, Asked(listing, on=DAYS[0]))
        file = read_export(path, territory)
        first = place.take(file)
        assert (len(first.added), first.rejected, first.waiting) == (len(file.rows), (), frozenset())
        again = place.preview(read_export(path, territory))
        assert again.counts()["unchanged"] == len(file.rows)
        assert not again.change_set(NOW, "me")
    if suffix != ".csv":
        assert returned(place, territory) == []
