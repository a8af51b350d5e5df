"""The figures that the State published are those that the indicators give."""

from __future__ import annotations

import datetime as dt

import pytest

from resorption_plugin.core.indicators.overview import curve
from resorption_plugin.core.indicators.places import Level, Place, places
from resorption_plugin.core.indicators.registry import indicator
from resorption_plugin.core.indicators.situation import Situation
from resorption_plugin.core.indicators.spec import Amount
from resorption_plugin.core.indicators.timeline import Timeline
from resorption_plugin.core.model.fields import Label
from tests import report_2021 as report

DATA = report.records()
METROPOLE = next(place for place in places(DATA) if place.code == "metropole")


def figure(key: str, place: Place = METROPOLE, day: dt.date = report.DAY) -> Amount:
    return indicator(key).compute(Situation(Timeline(DATA).on(day), day, 2154, place))


def department(code: str) -> Place:
    return Place(Level.DEPARTMENT, code, Label(code, code))


@pytest.mark.parametrize(
    ("key", "published"),
    [
        ("people_housed", report.PEOPLE_HOUSED),
        ("people_employed", report.PEOPLE_EMPLOYED),
        ("children_schooled", report.CHILDREN_SCHOOLED),
    ],
)
def test_the_national_table_by_year(key: str, published: tuple[int, ...]) -> None:
    found = curve(Timeline(DATA), indicator(key), dt.date(2020, 12, 31), 2154, METROPOLE)
    assert {day.year: amount.value for day, amount in found.points if day.year <= 2020} == dict(
        zip(report.YEARS, published, strict=True)
    )


def test_the_national_page() -> None:
    keys = ("sites_big", "people_big", "sites_eu_big", "people_eu_big", "minors")
    expected = [report.SITES, report.PEOPLE, report.EU_SITES, report.EU_PEOPLE, report.MINORS]
    assert [figure(key).value for key in keys] == expected


def test_the_sites_cleared_as_published() -> None:
    found = {year: figure("sites_resorbed_published", day=dt.date(year, 12, 31)).value for year in (2019, 2020)}
    assert found == report.SITES_CLEARED


def test_the_means_of_the_country() -> None:
    assert figure("liaison_officers").value == report.LIAISON_OFFICERS


@pytest.mark.parametrize("page", report.PAGES, ids=lambda page: page.department)
def test_the_page_of_a_department(page: report.Page) -> None:
    place = department(page.department)
    printed = {
        "sites_big": page.sites,
        "people_big": page.people,
        "people_eu_big": page.eu_people,
        "liaison_officers": page.liaison_officers,
        "platform_users": page.users,
    }
    for key, number in printed.items():
        if number is not None:
            assert figure(key, place).value == number, key
    assert figure("housing_first_departments", place).value == page.housing_first
    assert figure("sibel_departments", place).value == page.sibel
    assert (figure("roadmap_departments", place).value == 1) is page.roadmap


@pytest.mark.parametrize(
    ("key", "column"),
    [
        ("people_housed", "housed"),
        ("people_employed", "employed"),
        ("children_schooled", "schooled"),
        ("sites_resorbed_published", "cleared"),
    ],
)
@pytest.mark.parametrize("code", ["38", "49"])
def test_the_results_of_a_department_and_what_was_not_communicated(code: str, key: str, column: str) -> None:
    page = next(page for page in report.PAGES if page.department == code)
    for year, number in getattr(page, column).items():
        found = figure(key, department(code), dt.date(year, 12, 31))
        assert (found.value, found.unknown) == (number, int(number is None))


def test_the_largest_departments_stand_in_the_printed_order() -> None:
    counted = {page.department: figure("sites_big", department(page.department)).value for page in report.PAGES}
    largest = sorted(counted, key=lambda code: counted[code] or 0, reverse=True)
    assert largest[:5] == ["93", "44", "69", "91", "95"]
