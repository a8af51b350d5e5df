"""What the form declares about water disagrees with what is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...i18n import mark
from ...model.expressions import all_of, any_of, compare, equals, one_of, unknown
from ...records import Record
from ...water.access_rule import WaterStatus, status
from ...water.distances import is_open
from ...water.reach import Measure
from ...water.state import Availability, availability
from .. import words
from ..common import DISTANCE_LIMIT, day_of, oldest, shown, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict

_FIRST_FORM = equals("living_conditions_version", 1)
_PRIVATE_TAP = all_of(
    any_of(compare("living_conditions_version", "<>", 1), unknown("living_conditions_version")),
    one_of("water_access_type", "robinet_connecte_au_reseau", "autre"),
    equals("water_access_is_public", False),
)
_ON_SITE = all_of(_PRIVATE_TAP, equals("water_access_is_local", True))
_CLASSES = {"0-20": (0.0, 20.0), "20-50": (20.0, 50.0), "50-100": (50.0, 100.0), "100+": (100.0, float("inf"))}
"""Metres of the classes of the form before August 2022."""

_METHOD = mark(
    "Answers of the form beside the existing water points: their distance to the farthest dwelling as the crow flies, "
    "their state on the reference date, their place on the public road. The declared status follows the platform's "
    "rule; what is measured stands beside it, never instead of it."
)
_DISAGREE = mark(
    "The form says “{status}” for access to water, but {distance} m separate the farthest dwelling from the nearest "
    "existing water point: "
    "the measure contradicts “{answers}”."
)
_NOTHING = mark(
    "The form says “{status}” for access to water, but this workspace has no existing water point: it contradicts "
    "“{answers}”."
)
_PERHAPS = mark(
    "The form says “{status}” for access to water; the nearest existing water point is {distance} m from the farthest "
    "dwelling, and may be "
    "another one than the one declared. To verify: “{answers}”."
)


class _Doubt(NamedTuple):
    """A declared answer that what is measured contradicts."""

    column: str
    is_sure: bool


@check(
    CheckSpec(
        id="EAU-012",
        title=mark("Declared access to water disagrees with the measure"),
        why=mark("A declared answer that the map contradicts is wrong on one side: figures and decisions rest on it."),
        help=mark(
            "For each open site, the declared answers on distance, continuity and public road beside the existing "
            "water "
            "points. A contradiction that the accuracy of the positions leaves no doubt about fails; one that another "
            "point than the declared one may explain is to verify. What has no answer is not judged."
        ),
        mend=mark("Correct the answer named on the form, or place the missing water point on the map."),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point"),
        severity=Severity.WARNING,
        parameters=(DISTANCE_LIMIT,),
        scenarios=Scenarios(
            passing=("close on the form, tap at 50 m", "far on the form, tap at 500 m", "nothing declared"),
            failing=(
                "close on the form, tap at 500 m",
                "continuous on the form, tap closed by frost",
                "old form: 0-20 m, tap at 90 m",
                "on the site, no water point at all",
                "not public on the form, tap of the site on the public road",
            ),
            boundary=("close on the form, tap at 200.0 m", "close on the form, tap at 200.1 m", "201 m, known to 5 m"),
            unknown=("far on the form, fountain at 50 m", "old form: 50-100 m, tap at 10 m"),
        ),
    )
)
def disagreement(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site that has a position."""
    if not is_open(site) or context.water.sites.of(site) is None:
        return
    limit = thresholds["limit"]
    measure = context.catchment(limit.value).measure(site)
    doubts = [*_distance(site, measure, limit.value), *_state(site, context, limit.value)]
    sure = [doubt.column for doubt in doubts if doubt.is_sure]
    if not doubts:
        return
    named = sure or [doubt.column for doubt in doubts]
    details: dict[str, Any] = {
        "status": words.choices("water_status", [status(site.values).value]),
        "answers": words.columns("site", named),
    }
    message = _DISAGREE if sure else _PERHAPS
    dates = [written_on(site)]
    if measure is None:
        message = _NOTHING
    else:
        details["distance"] = shown(measure.metres, limit.value)
        dates.append(day_of(measure.water_point["state_on"]))
    yield Remark(
        Verdict.FAILS if sure else Verdict.TO_VERIFY,
        message,
        details,
        measure.metres if measure else None,
        limit,
        Quantity.METRES,
        _METHOD,
        field=named[0],
        data_date=oldest(dates),
    )


def _distance(site: Record, measure: Measure | None, limit: float) -> Iterator[_Doubt]:
    is_far = measure is None or measure.lower > limit
    if _FIRST_FORM.evaluate(site.values) is True:
        if site["access_to_water"] is not False:
            yield from _class(site, measure)
        if is_far and site["water_distance"] is None and status(site.values) is WaterStatus.GOOD:
            # the platform calls an access of the old form good within 20 m only
            yield _Doubt("declared_water_status" if site["access_to_water"] is None else "access_to_water", True)
    elif _ON_SITE.evaluate(site.values) is True:
        is_close = site["water_access_is_close"]
        if is_far and is_close is not False:
            yield _Doubt("water_access_is_close" if is_close else "water_access_is_local", True)
        elif is_close is False and measure is not None and measure.upper <= limit:
            yield _Doubt("water_access_is_close", False)


def _class(site: Record, measure: Measure | None) -> Iterator[_Doubt]:
    bounds = _CLASSES.get(site["water_distance"])
    if bounds is None:
        return
    if measure is None or measure.lower > bounds[1]:
        yield _Doubt("water_distance", True)
    elif measure.upper < bounds[0]:
        yield _Doubt("water_distance", False)


def _state(site: Record, context: Context, limit: float) -> Iterator[_Doubt]:
    points = context.catchment(limit).points(site.uid)
    if not points:
        return
    is_first = _FIRST_FORM.evaluate(site.values) is True
    continuous = "water_continuous_access" if is_first else "water_access_is_continuous"
    closed = all(availability(point, context.reference_date) is Availability.UNAVAILABLE for point in points)
    if closed and site[continuous] is True and (is_first or _PRIVATE_TAP.evaluate(site.values) is True):
        yield _Doubt(continuous, True)
    public = "water_public_point" if is_first else "water_access_is_public"
    own = [point for point in points if point["site_uid"] == site.uid]
    roads = {point["is_on_public_road"] for point in own or points}
    if site[public] is not None and roads == {not site[public]}:
        yield _Doubt(public, bool(own))
