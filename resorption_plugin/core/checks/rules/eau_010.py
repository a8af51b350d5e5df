"""A water point that nobody visited for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from .. import words
from ..common import DISTANCE_LIMIT, day_of, name_of, names_of
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Days from the last visit (else from the day its state was seen) to the reference date.")
_OLD = mark("{point}, used by {sites}, was last visited on {visited}, {days} days ago; the limit is {limit} days.")
_NEVER = mark("Nobody said when {point}, used by {sites}, was last visited: verify it on the spot.")


@check(
    CheckSpec(
        id="EAU-010",
        title=mark("Water point not visited for long"),
        why=mark("A tap breaks, freezes or is shut: what nobody saw for months cannot be counted on."),
        help=mark(
            "An existing point of an open site whose last visit is older than the limit on the reference date fails; "
            "without any date it is to verify. A point is of a site when it names it or is within the distance limit "
            "of one of its dwellings."
        ),
        mend=mark("Visit the point, then write its state and the date of the visit."),
        targets=("water_point",),
        reads=("site", "site_footprint", "dwelling"),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "days",
                mark("Longest time without a visit"),
                Quantity.DAYS,
                Threshold(90, mark("Choice of this plugin: one visit a season.")),
            ),
            DISTANCE_LIMIT,
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("tap visited last month", "fountain of no site, never visited", "state seen last month, no visit"),
            failing=("tap visited last year",),
            boundary=("visited 90 days ago", "visited 91 days ago"),
            unknown=("tap without any date of visit",),
        ),
    )
)
def unvisited(point: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one existing water point of an open site."""
    sites = context.catchment(thresholds["limit"].value).sites(point.uid)
    if not sites:
        return
    limit = thresholds["days"]
    visited = max(filter(None, map(day_of, (point["visited_on"], point["state_on"]))), default=None)
    details: dict[str, Any] = {
        "point": name_of(point),
        "sites": names_of(sites),
        "limit": limit.value,
    }
    if visited is None:
        yield Remark(Verdict.TO_VERIFY, _NEVER, details, None, limit, Quantity.DAYS, _METHOD, field="visited_on")
        return
    days = (context.reference_date - visited).days
    if days > limit.value:
        details |= {"visited": words.day(visited), "days": days}
        yield Remark(
            Verdict.FAILS,
            _OLD,
            details,
            float(days),
            limit,
            Quantity.DAYS,
            _METHOD,
            field="visited_on",
            data_date=visited,
        )
