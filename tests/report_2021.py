"""Figures published by the DIHAL in its report of 2021 on the clearance of slums, and records that must give them back.

Every number below is printed in the report (data of the platform of 12 May 2021). The report prints 16 of the 24
departments it speaks of, and of some only a part: one more department, which no page names, carries what the national
figures have and the pages do not. Its own numbers are differences, never looked at alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from resorption_plugin.core.records import Dataset, Record

DAY = dt.date(2021, 5, 12)

# Chapter "2019-2020 Overview", section "Results": the table by year.
YEARS = (2015, 2016, 2017, 2018, 2019, 2020)
PEOPLE_HOUSED = (1300, 1150, 1320, 1844, 1072, 1464)
PEOPLE_EMPLOYED = (500, 700, 885, 974, 720, 1078)
CHILDREN_SCHOOLED = (1200, 1800, 1275, 1694, 1431, 3125)

# Page "Slums in metropolitan France, data from 12 May 2021".
SITES = 439
PEOPLE = 22_189
EU_PEOPLE = 12_342
SITES_CLEARED = {2019: 16, 2020: 18}
LIAISON_OFFICERS = 30.0

# Chapter "Changes in the number of people living in slums and the number of sites".
EU_SITES = 252
MINORS = 5_695

ELSEWHERE = "75"
"""The department that carries the rest."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the chapter "Current situation by area"; ``None`` where the page does not print it."""

    department: str
    sites: int | None = None
    people: int | None = None
    eu_people: int | None = None
    liaison_officers: float | None = None
    users: int | None = None
    roadmap: bool = False
    housing_first: bool = False
    sibel: bool = False
    cleared: dict[int, int | None] | None = None
    schooled: dict[int, int | None] | None = None
    employed: dict[int, int | None] | None = None
    housed: dict[int, int | None] | None = None


PAGES = (
    Page("31", people=1659, liaison_officers=4, housing_first=True),
    Page("34", people=891, eu_people=574),
    # the three pairs are printed in the order of their captions, as on the national page
    Page(
        "38",
        sites=8,
        people=386,
        users=7,
        roadmap=True,
        cleared={2019: 0, 2020: 1},
        schooled={2019: 20, 2020: 18},
        employed={2019: 7, 2020: 9},
        housed={2019: 0, 2020: 13},
    ),
    Page("37", housing_first=True),
    Page("44", sites=44, people=2594, eu_people=2594, liaison_officers=5, housing_first=True, sibel=True),
    # "n.c." is not communicated: unknown, not zero
    Page(
        "49",
        people=353,
        users=6,
        cleared={2019: 0, 2020: 2},
        schooled={2019: None, 2020: 20},
        employed={2019: None, 2020: None},
        housed={2019: None, 2020: None},
    ),
    Page("59", people=847, liaison_officers=6, housing_first=True, sibel=True),
    Page("69", sites=29, people=1219, eu_people=296, liaison_officers=1, housing_first=True),
    Page("74", people=137, liaison_officers=1.5, sibel=True),
    Page("83", people=62),
    Page("91", sites=26, people=1328, eu_people=809, liaison_officers=2),
    Page("93", sites=48, people=3583, eu_people=1290, liaison_officers=6, housing_first=True, roadmap=True),
    Page("95", sites=22, people=1111, eu_people=921, liaison_officers=2, housing_first=True, roadmap=True),
)


def records() -> Dataset:
    """Return sites and profiles whose figures are the printed ones."""
    return Dataset([*_sites(), *_profiles(), *(Record("department", p.department, _named(p)) for p in PAGES)])


def _named(page: Page) -> dict[str, object]:
    return {"code": page.department, "name": f"Department {page.department}"}


def _sites() -> Iterator[Record]:
    """Yield sites of more than ten people: where a page prints no number of sites, two."""
    minors = MINORS
    rest, rest_eu, rest_sites, rest_eu_sites = PEOPLE, EU_PEOPLE, SITES, EU_SITES
    for page in PAGES:
        if page.people is None:
            continue
        count, eu_people = page.sites or 2, page.eu_people or 0
        eu_sites = count if eu_people == page.people else count // 2 if eu_people else 0
        rest, rest_eu = rest - page.people, rest_eu - eu_people
        rest_sites, rest_eu_sites = rest_sites - count, rest_eu_sites - eu_sites
        yield from _spread(page.department, eu_people, eu_sites, ["european"])
        yield from _spread(page.department, page.people - eu_people, count - eu_sites, ["european", "other"])
    yield from _spread(ELSEWHERE, rest_eu, rest_eu_sites, ["european"], minors)
    yield from _spread(ELSEWHERE, rest - rest_eu, rest_sites - rest_eu_sites, ["other"])


def _spread(department: str, people: int, count: int, origins: list[str], minors: int = 0) -> Iterator[Record]:
    """Yield ``count`` sites that share the people, all of them known since 2018."""
    for number in range(count):
        share = people // count + (number < people % count)
        values = {
            "status": "open",
            "department": department,
            "declared_at": dt.date(2018, 6, 1),
            "population_total": share,
            "population_minors": minors if number == 0 else 0,
            "social_origins": tuple(origins),
            "fk_field_type": 3,
        }
        yield Record("site", f"{department}-{origins}-{number}", values)


def _profiles() -> Iterator[Record]:
    """Yield a profile for each department and year; the rest of the country stands in ``ELSEWHERE``."""
    for index, year in enumerate(YEARS):
        totals = {
            "people_housed": PEOPLE_HOUSED[index],
            "people_employed": PEOPLE_EMPLOYED[index],
            "children_schooled": CHILDREN_SCHOOLED[index],
            "sites_resorbed": SITES_CLEARED.get(year),
        }
        for page in PAGES:
            values = _of_year(page, year)
            for column, total in totals.items():
                if total is not None:
                    totals[column] = total - (values[column] or 0)  # type: ignore[operator]
            yield Record("territory_profile", f"{page.department}-{year}", values)
        means: dict[str, object] = {}
        if year == YEARS[-1]:
            means["school_liaison_fte"] = LIAISON_OFFICERS - sum(page.liaison_officers or 0 for page in PAGES)
        yield Record(
            "territory_profile", f"{ELSEWHERE}-{year}", {"department": ELSEWHERE, "year": year, **totals, **means}
        )


def _of_year(page: Page, year: int) -> dict[str, object]:
    means: dict[str, object] = {}
    if year == YEARS[-1]:
        means = {
            "school_liaison_fte": page.liaison_officers,
            "platform_users": page.users,
            "roadmap_signed_on": dt.date(2020, 12, 31) if page.roadmap else None,
            "housing_first": page.housing_first,
            "sibel": page.sibel,
        }
    return {
        "department": page.department,
        "year": year,
        "people_housed": (page.housed or {}).get(year),
        "people_employed": (page.employed or {}).get(year),
        "children_schooled": (page.schooled or {}).get(year),
        "sites_resorbed": (page.cleared or {}).get(year),
        **means,
    }
