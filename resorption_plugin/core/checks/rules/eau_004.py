"""Too little water for each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ...water.quantity import litres_a_day, litres_a_person
from ..common import DISTANCE_LIMIT, oldest
from ..context import Context
from ..finding import Remark
from ..people import ESTIMATE_DOUBT
from ..registry import check
from ..spec import CheckSpec, Parameter, Profile, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "What each usable point gives in a day (taps × flow × hours open; a tank: its volume ÷ the days between two "
    "refills) "
    "is shared by all the people of the open sites it serves, and a site adds up the shares it gets."
)
_TOO_LITTLE = mark(
    "Each person gets {litres} L of water a day; the least is {limit} L, the target {target} L. The site has {people} "
    "people."
)
_PEOPLE_UNKNOWN = mark("The number of people of the site is unknown: the water of each cannot be told.")
_FLOW_UNKNOWN = mark(
    "Each person gets at least {litres} L of water a day, for a least of {limit} L, but the flow, the hours or the "
    "refills of a point are unknown: measure them."
)
_STATE_UNKNOWN = mark(
    "Each person would get {litres} L of water a day, for a least of {limit} L, if the points whose state or "
    "potability "
    "is unknown are usable: verify them."
)
_SHARERS_UNKNOWN = mark(
    "Each person gets at most {litres} L of water a day, for a least of {limit} L, but nobody counted the people of "
    "another site around the same points: count them."
)
_ESTIMATE = mark(
    "Each person gets {litres} L of water a day, for a least of {limit} L: too close to call with an estimated number "
    "of people."
)


@check(
    CheckSpec(
        id="EAU-004",
        title=mark("Too little water for each person"),
        why=mark("The law gives a quantity, not a distance: below it people cannot drink, cook, wash and clean."),
        help=mark(
            "For each open site that a point may serve, the litres for each person and day: taps × flow × hours open, "
            "or "
            "the tank ÷ the days between two refills, shared among the people served. An unknown number of "
            "people, flow, opening time, state or potability that would change the answer makes the finding to verify, "
            "as does an estimated number of people close to the limit. A site without any water is left to EAU-001."
        ),
        mend=mark(
            "Measure the flow and the hours of the points, count the people; then add taps, lengthen the hours or "
            "refill the tank more often."
        ),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point", "population_count"),
        severity=Severity.ERROR,
        parameters=(
            Parameter(
                "quantity",
                mark("Least water for each person"),
                Quantity.LITRES_PER_DAY,
                Threshold(
                    50, mark("Public health code, article R. 1321-1 A (2023): 50 to 100 litres a day for each person.")
                ),
                {
                    Profile.UNHCR: Threshold(
                        20, mark("UNHCR, standard after the emergency: at least 20 L (second-hand figure).")
                    ),
                    Profile.SPHERE: Threshold(15, mark("Sphere 2018, water supply standard 2.1: at least 15 L.")),
                },
            ),
            Parameter(
                "target",
                mark("Water to aim at for each person"),
                Quantity.LITRES_PER_DAY,
                Threshold(
                    100, mark("Public health code, article R. 1321-1 A (2023): 50 to 100 litres a day for each person.")
                ),
                {
                    Profile.UNHCR: Threshold(
                        20, mark("UNHCR, standard after the emergency: at least 20 L (second-hand figure).")
                    ),
                    Profile.SPHERE: Threshold(15, mark("Sphere 2018, water supply standard 2.1: at least 15 L.")),
                },
            ),
            ESTIMATE_DOUBT,
            DISTANCE_LIMIT,
        ),
        worse=Worse.LOWER,
        scenarios=Scenarios(
            passing=("one tap of 9 L/min for 40 people", "two tanks filled each day", "no water at all"),
            failing=("tank of 1,000 L every other day for 40 people", "tap open one hour"),
            boundary=("50.0 L for each person", "49.9 L for each person", "48 L for an estimated number of people"),
            unknown=(
                "flow not measured",
                "people not counted, tank",
                "enough water if the state is good",
                "water shared with people not counted",
            ),
        ),
    )
)
def little_water(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site that some point may serve."""
    reach = thresholds["limit"].value
    service = context.tap_service(reach)
    possible = service.points(site.uid) if is_open(site) else []
    if not possible:
        return
    sure = [point for point in possible if context.water.usable(point.uid)]
    people = context.population(site)
    if people.people is None:
        yield _remark(Verdict.TO_VERIFY, _PEOPLE_UNKNOWN, site, context, thresholds=thresholds, points=possible)
        return
    limit = thresholds["quantity"].value
    # with an estimate, the people may be more or fewer by a part
    doubt = thresholds["estimate"].value / 100 if context.is_estimated(possible, reach) else 0.0
    counted = [point for point in sure if None not in service.users(point)]
    guaranteed, likely, most = (litres_a_person(points, service) for points in (counted, sure, possible))
    if guaranteed / (1 + doubt) >= limit:
        return
    verdict, message, litres = Verdict.TO_VERIFY, _ESTIMATE, likely
    if guaranteed >= limit:
        pass
    elif any(_may_give_more(point) for point in possible):
        message = _FLOW_UNKNOWN
    elif likely >= limit:
        message = _SHARERS_UNKNOWN
    elif most >= limit:
        message, litres = _STATE_UNKNOWN, most
    elif most / (1 - doubt) < limit:
        verdict, message, litres = Verdict.FAILS, _TOO_LITTLE, likely if sure else most
    yield _remark(verdict, message, site, context, thresholds=thresholds, points=possible, litres=litres)


def _may_give_more(point: Record) -> bool:
    return litres_a_day(point) is None or (point["taps"] is None and point["type"] != "reservoir")


def _remark(
    verdict: Verdict,
    message: str,
    site: Record,
    context: Context,
    *,
    thresholds: Mapping[str, Threshold],
    points: Sequence[Record],
    litres: float | None = None,
) -> Remark:
    limit, people = thresholds["quantity"], context.population(site)
    details: dict[str, Any] = {"limit": limit.value, "target": thresholds["target"].value, "people": people.people}
    if litres is not None:
        details["litres"] = round(litres, 1) if round(litres, 1) != limit.value else litres
    return Remark(
        verdict,
        message,
        details,
        litres,
        limit,
        Quantity.LITRES_PER_DAY,
        _METHOD,
        field="population_total" if message == _PEOPLE_UNKNOWN else "distances",
        data_date=oldest([people.counted_on, *(point["state_on"] for point in points)]),
    )
