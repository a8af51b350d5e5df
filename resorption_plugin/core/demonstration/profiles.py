"""The invented means and results of the policy in each department, year by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ..records import Record
from .authorship import audit
from .chance import Chance

YEARS = range(2018, 2026)
"""The years that are over on the day of the demonstration, since the directive of 25 January 2018."""

_SIBEL_SINCE = 2020
_HOUSING_FIRST_SHARE = 0.4


def profiles(departments: Sequence[str], chance: Chance) -> Iterator[Record]:
    """Yield the profile of each department for each year.

    The figures are of the order of what the State's report of 2021 gives for a department: in 2020, 1,464 people
    housed, 1,078 in work and 3,125 children enrolled over 25 departments, 8 million euros, some thirty liaison
    officers in 14 departments.
    """
    for department in departments:
        signed = chance.day(dt.date(2018, 6, 1), dt.date(2020, 12, 15))
        housing_first = chance.yes(_HOUSING_FIRST_SHARE)
        for year in YEARS:
            day = dt.date(year, 12, 20)
            values = {
                "department": department,
                "year": year,
                "roadmap_signed_on": signed if signed.year <= year else None,
                "housing_first": housing_first,
                "sibel": year >= _SIBEL_SINCE,
                "school_liaison_fte": chance.integer(2, 6) / 2 if year >= _SIBEL_SINCE else 0.0,
                "funds": float(chance.integer(150, 400) * 1000),
                "platform_users": chance.integer(10, 25) + 6 * (year - YEARS.start),
                "people_housed": chance.integer(35, 90),
                "people_employed": chance.integer(20, 70),
                "children_schooled": chance.integer(50, 160),
                "sites_resorbed": chance.integer(0, 4),
                **audit(day, day),
            }
            yield Record("territory_profile", chance.uid(), values)
