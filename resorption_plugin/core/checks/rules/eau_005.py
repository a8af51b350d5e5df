"""Fetching water takes too long: the way there and back, and the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ...water.quantity import mean_flow
from ..common import DISTANCE_LIMIT, day_of, name_of, oldest
from ..context import Context
from ..finding import Remark
from ..people import ESTIMATE_DOUBT
from ..registry import check
from ..spec import CheckSpec, Parameter, Profile, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "Way there and back from the farthest dwelling (2 × distance as the crow flies ÷ walking speed), and filling a can "
    "(its litres ÷ flow) for each household ahead in the queue: people per tap ÷ people per household. The figure is "
    "that of the middle of the queue when every household comes at once; the last one waits twice as long."
)
_TOO_LONG = mark(
    "Fetching a can of water takes {minutes} min ({walk} min on the way, {queue} min at the tap); the limit is {limit} "
    "min."
)
_LAST = mark(
    "Fetching a can of water takes {minutes} min in the middle of the queue and {last} min at its end, for a limit of "
    "{limit} min: ask on the spot."
)
_UNSURE = mark(
    "Fetching a can of water would take {minutes} min, for a limit of {limit} min, but the flow, the taps, the state "
    "of "
    "a point or the number of people is not known well enough: verify them."
)
_PEOPLE_UNKNOWN = mark("The number of people of the site is unknown: the queue at the tap cannot be told.")


@dataclass(frozen=True, slots=True)
class _Trip:
    """Minutes to fetch one can of water."""

    walk: float
    middle: float
    """At the tap, for who stands in the middle of the queue."""
    last: float
    """At the tap, for who stands at its end."""


@check(
    CheckSpec(
        id="EAU-005",
        title=mark("Fetching water takes too long"),
        why=mark("Beyond half an hour for a trip, people carry less water than they need."),
        help=mark(
            "For each open site with a usable point, the time to fetch one can: 2 × distance ÷ walking speed, then "
            "litres of a can ÷ flow for each household ahead in the queue. The site fails when the middle of the queue "
            "is above the limit. If only its end is, or if an unknown number of people, flow, taps or state could "
            "change the answer, the finding is to verify. A site without any usable point is left to EAU-001."
        ),
        mend=mark(
            "Bring water closer, add taps or raise the flow; count the people and the taps where they are unknown."
        ),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point", "population_count"),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "time",
                mark("Longest time to fetch a can of water"),
                Quantity.MINUTES,
                Threshold(
                    30, mark("WHO and UNICEF, Joint Monitoring Programme: a round trip of 30 minutes, queue included.")
                ),
                {
                    Profile.SPHERE: Threshold(
                        30, mark("Sphere 2018, water supply standard 2.1: 30 minutes in the queue.")
                    )
                },
            ),
            Parameter(
                "speed",
                mark("Walking speed"),
                Quantity.SPEED,
                Threshold(
                    4, mark("Howard and Bartram, WHO 2003: 30 minutes for a round trip to water 1 km away, 4 km/h.")
                ),
            ),
            Parameter(
                "can",
                mark("Water carried in one trip"),
                Quantity.LITRES,
                Threshold(20, mark("Sphere 2018, water supply standard 2.1: a can of 20 litres.")),
            ),
            Parameter(
                "flow",
                mark("Flow of a tap that nobody measured"),
                Quantity.FLOW,
                Threshold(7.5, mark("Sphere 2018, water supply standard 2.1: 250 people per tap of 7.5 L/min.")),
            ),
            Parameter(
                "household",
                mark("People in a household where households are not counted"),
                Quantity.PEOPLE_PER_HOUSEHOLD,
                Threshold(4, mark("Choice of this plugin; the site's own number of households is used where known.")),
            ),
            ESTIMATE_DOUBT,
            DISTANCE_LIMIT,
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("40 people, tap at 50 m", "no tap to go to"),
            failing=("tap at 1,100 m", "300 people queue at one tap"),
            boundary=("tap at 911 m, 30.0 minutes", "tap at 915 m, 30.1 minutes", "only the last in the queue is late"),
            unknown=("people not counted, tap near", "queue at a tap of unknown flow"),
        ),
    )
)
def long_trip(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site that has a usable point."""
    measure = context.water.measure(site, sure=True) if is_open(site) else None
    if measure is None:
        return
    limit, people = thresholds["time"], context.population(site)
    trip = _trip(site, context, thresholds, measure.metres)
    if people.people is None and trip.walk <= limit.value:
        unknown = Remark(Verdict.TO_VERIFY, _PEOPLE_UNKNOWN, {"limit": limit.value}, None, limit, Quantity.MINUTES)
        yield replace(
            unknown, method=_METHOD, field="population_total", data_date=day_of(measure.water_point["state_on"])
        )
        return
    total = round(trip.walk + trip.middle, 1)
    if round(trip.walk + trip.last, 1) <= limit.value:
        return
    verdict, message = Verdict.FAILS, _TOO_LONG
    if total <= limit.value:
        verdict, message = Verdict.TO_VERIFY, _LAST
    elif trip.walk <= limit.value and _is_unsure(site, context, thresholds):
        verdict, message = Verdict.TO_VERIFY, _UNSURE
    details: dict[str, Any] = {
        "minutes": total,
        "walk": round(trip.walk, 1),
        "queue": round(trip.middle, 1),
        "last": round(trip.walk + trip.last, 1),
        "limit": limit.value,
        "point": name_of(measure.water_point),
    }
    date = oldest([people.counted_on, measure.water_point["state_on"]])
    yield Remark(verdict, message, details, total, limit, Quantity.MINUTES, _METHOD, field="distances", data_date=date)


def _trip(site: Record, context: Context, thresholds: Mapping[str, Threshold], metres: float) -> _Trip:
    """Return the minutes of a trip; where nobody counted the people, or no tap is within reach, nobody queues."""
    service = context.tap_service(thresholds["limit"].value)
    points = [point for point in service.points(site.uid) if context.water.usable(point.uid)]
    people = context.population(site).people
    walk = 2 * metres / (thresholds["speed"].value * 1000 / 60)
    fill = thresholds["can"].value / mean_flow(points, thresholds["flow"].value)
    households = 0.0
    if people:
        crowd = service.of(site.uid, sure=True).people_per_tap or 0.0
        households = crowd * (site["population_couples"] or people / thresholds["household"].value) / people
    return _Trip(walk, max(households / 2, 1.0) * fill, max(households, 1.0) * fill)


def _is_unsure(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> bool:
    reach = thresholds["limit"].value
    possible = context.tap_service(reach).points(site.uid)
    unknown = any(
        point["flow_l_min"] is None or point["taps"] is None or not context.water.usable(point.uid)
        for point in possible
    )
    return unknown or context.is_estimated(possible, reach)
