"""Water whose potability is unknown, or was tested long ago."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...freshness import months_before
from ...i18n import mark
from ...records import Record
from .. import words
from ..common import DISTANCE_LIMIT, day_of, months_between, name_of, names_of
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Whole months from the last test of the water to the reference date.")
_OLD = mark("The water of {point}, used by {sites}, was last tested on {tested}, more than {limit} months ago.")
_UNKNOWN = mark("Nobody said whether the water of {point}, used by {sites}, is drinkable: have it tested.")
_NO_DATE = mark("The water of {point}, used by {sites}, is said to be drinkable, but the date of the test is unknown.")


@check(
    CheckSpec(
        id="EAU-009",
        title=mark("Potability unknown, or tested long ago"),
        why=mark("Water that nobody tested makes people ill, and is no access."),
        help=mark(
            "An existing point of an open site whose last test is older than the limit on the reference date fails. "
            "Unknown potability or an unknown date of the test is to verify. Water known as not drinkable is no "
            "source: "
            "EAU-001 judges the site without it."
        ),
        mend=mark("Have the water tested, and write the answer and the date on the water point."),
        targets=("water_point",),
        reads=("site", "site_footprint", "dwelling"),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "age",
                mark("Oldest test of the water"),
                Quantity.MONTHS,
                Threshold(12, mark("Choice of this plugin: one test a year. No text found sets an age.")),
            ),
            DISTANCE_LIMIT,
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("water tested last month", "fountain of no site, never tested", "water known as not drinkable"),
            failing=("water tested two years ago",),
            boundary=("tested 12 months ago to the day", "tested 12 months and a day ago"),
            unknown=("potability unknown, near a site", "drinkable, date of the test unknown"),
        ),
    )
)
def untested(point: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one existing water point of an open site."""
    sites = context.catchment(thresholds["limit"].value).sites(point.uid)
    if not sites or point["is_potable"] is False:
        return
    limit, tested = thresholds["age"], day_of(point["tested_on"])
    details: dict[str, Any] = {
        "point": name_of(point),
        "sites": names_of(sites),
        "limit": limit.value,
    }
    if point["is_potable"] is None:
        yield Remark(Verdict.TO_VERIFY, _UNKNOWN, details, None, limit, Quantity.MONTHS, _METHOD, field="is_potable")
    elif tested is None:
        yield Remark(Verdict.TO_VERIFY, _NO_DATE, details, None, limit, Quantity.MONTHS, _METHOD, field="tested_on")
    elif tested < months_before(context.reference_date, int(limit.value)):
        months = months_between(tested, context.reference_date)
        details["tested"] = words.day(tested)
        yield Remark(
            Verdict.FAILS,
            _OLD,
            details,
            months,
            limit,
            Quantity.MONTHS,
            _METHOD,
            field="tested_on",
            data_date=tested,
        )
