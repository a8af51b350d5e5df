"""Water that is cut at times, or closed on the reference date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...model.expressions import all_of, any_of, compare, equals, unknown
from ...records import Record
from ...water.distances import is_open
from ...water.state import Availability, availability
from .. import words
from ..common import DISTANCE_LIMIT, day_of, name_of, names_of, oldest, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_FIRST_FORM = equals("living_conditions_version", 1)
_SECOND_FORM = any_of(compare("living_conditions_version", "<>", 1), unknown("living_conditions_version"))
_DECLARED_CUT = any_of(
    all_of(_FIRST_FORM, equals("water_continuous_access", False)),
    all_of(_SECOND_FORM, equals("water_access_is_continuous", False)),
)

_SITE_METHOD = mark("The answer of the form on the continuity of the access, beside the hours of the water points.")
_POINT_METHOD = mark("State of the water point on the reference date, with its closures, announced or of every year.")
_CUT = mark("The access to water is declared as not continuous.")
_HOURS = mark(
    "The access is declared as continuous, but {point} is open {hours} h a day: verify the form or the water point."
)
_SEASON = mark(
    "{point}, which stands for {sites}, is closed on {day}, as each year from {first} to {last} (month-day)."
)
_CLOSED = mark("{point}, which stands for {sites}, is closed or out of order on {day}.")
_ANNOUNCED = mark("{point}, which stands for {sites}, is closed on {day}: a closure was announced.")
_NOT_TOLD = mark(
    "Nobody can say whether {point}, which stands for {sites}, gives water on {day}: verify it on the spot."
)


@check(
    CheckSpec(
        id="EAU-007",
        title=mark("Water cut at times, or closed on the reference date"),
        why=mark(
            "Water must be there every day: a map of the summer overstates the access in winter, when taps are closed "
            "against frost."
        ),
        help=mark(
            "An open site whose access is declared as not continuous, and an existing point of an open site that gives "
            "no water on the reference date, fail. A point whose state is unknown, or whose hours contradict a form "
            "that says continuous, is to verify. A point is of a site when it names it or is within the distance limit "
            "of one of its dwellings."
        ),
        mend=mark("Have the point repaired or protected against frost, or plan a replacement for the closure."),
        targets=("site", "water_point"),
        reads=("site_footprint", "dwelling"),
        severity=Severity.WARNING,
        parameters=(DISTANCE_LIMIT,),
        scenarios=Scenarios(
            passing=("continuous access, tap in service", "closed fountain far from any site", "planned tap"),
            failing=(
                "access declared as cut",
                "old form: access not continuous",
                "tap out of order",
                "tap closed by frost",
            ),
            boundary=("last day of the frost", "day after the frost", "closure announced until today"),
            unknown=("tap of unknown state", "continuous on the form, open 8 hours"),
        ),
    )
)
def interrupted(record: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site by its form, or one existing water point by its state."""
    reach = thresholds["limit"].value
    yield from _site(record, context, reach) if record.layer == "site" else _point(record, context, reach)


def _site(site: Record, context: Context, reach: float) -> Iterator[Remark]:
    if not is_open(site):
        return
    if _DECLARED_CUT.evaluate(site.values) is True:
        field = "water_continuous_access" if _FIRST_FORM.evaluate(site.values) else "water_access_is_continuous"
        yield Remark(Verdict.FAILS, _CUT, method=_SITE_METHOD, field=field, data_date=written_on(site))
    elif site["water_access_is_continuous"] is True or site["water_continuous_access"] is True:
        points = [point for point in context.catchment(reach).points(site.uid) if context.water.usable(point.uid)]
        hours = [point for point in points if point["hours_per_day"] is not None]
        longest = max(hours, key=lambda point: (point["hours_per_day"], point.uid), default=None)
        if longest is not None and len(hours) == len(points) and longest["hours_per_day"] < 24:
            details = {"point": name_of(longest), "hours": longest["hours_per_day"]}
            date = oldest([written_on(site), day_of(longest["state_on"])])
            yield Remark(Verdict.TO_VERIFY, _HOURS, details, method=_SITE_METHOD, field="water", data_date=date)


def _point(point: Record, context: Context, reach: float) -> Iterator[Remark]:
    sites = context.catchment(reach).sites(point.uid)
    state = availability(point, context.reference_date)
    if not sites or state is Availability.AVAILABLE:
        return
    day, names = words.day(context.reference_date), names_of(sites)
    details: dict[str, Any] = {"point": name_of(point), "sites": names, "day": day}
    verdict, message = Verdict.FAILS, _CLOSED
    if state is Availability.UNKNOWN:
        verdict, message = Verdict.TO_VERIFY, _NOT_TOLD
    elif point["working_state"] not in ("closed", "out_of_order"):
        message = _ANNOUNCED if point["closed_from"] or point["closed_until"] else _SEASON
        if message is _SEASON:
            details |= {"first": point["season_closed_from"], "last": point["season_closed_until"]}
    seen = day_of(point["state_on"])
    yield Remark(verdict, message, details, method=_POINT_METHOD, field="state", data_date=seen)
