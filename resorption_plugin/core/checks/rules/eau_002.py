"""Too many people for one tap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ...water.service import Service
from ..common import DISTANCE_LIMIT, oldest
from ..context import Context
from ..finding import Remark
from ..people import ESTIMATE_DOUBT
from ..registry import check
from ..spec import CheckSpec, Parameter, Profile, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "Each tap is shared by all the people of the open sites within its reach, and a site adds up the shares it gets. A "
    "point serves a site when it is within the distance limit of one of its dwellings, or names it. A working point "
    "whose taps nobody counted has one."
)
_CROWDED = mark("{ratio} people share each tap; the limit is {limit}. The site has {people} people and {taps} taps.")
_NO_TAP = mark("No usable tap serves the {people} people of the site within {distance} m.")
_TAPS_UNKNOWN = mark(
    "{ratio} people would share each tap, for a limit of {limit}, but nobody counted the taps of every water point: "
    "count them."
)
_STATE_UNKNOWN = mark(
    "{ratio} people would share each tap, for a limit of {limit}, if the water points whose state or potability is "
    "unknown are usable: verify them."
)
_PEOPLE_UNKNOWN = mark("The number of people of the site is unknown: the people per tap cannot be told.")
_SHARERS_UNKNOWN = mark(
    "{ratio} people share each tap, for a limit of {limit}, but nobody counted the people of another site around the "
    "same taps: count them."
)

_ESTIMATE = mark(
    "{ratio} people share each tap, for a limit of {limit}: too close to call with an estimated number of people."
)


@check(
    CheckSpec(
        id="EAU-002",
        title=mark("Too many people for one tap"),
        why=mark("Too few taps mean queues, conflicts and unequal access, whatever the distance."),
        help=mark(
            "For each open site, the taps usable on the reference date and within reach are shared among the people of "
            "all the sites they serve. An unknown number of taps, of people, an unknown state or potability that would "
            "change the answer makes the finding to verify, as does an estimated number of people close to the limit."
        ),
        mend=mark("Add taps, or count those there are; write the number of people of each site around them."),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point", "population_count"),
        severity=Severity.ERROR,
        parameters=(
            Parameter(
                "ratio",
                mark("Greatest number of people for one tap"),
                Quantity.PEOPLE_PER_TAP,
                Threshold(
                    50,
                    mark("State: form of Résorption-bidonvilles, 1 tap for 50 people, to be adapted to the site."),
                ),
                {
                    Profile.UNHCR: Threshold(
                        100, mark("UNHCR, standard after the emergency: at most 100 per tap (second-hand figure).")
                    ),
                    Profile.SPHERE: Threshold(
                        250, mark("Sphere 2018, water supply standard 2.1: 250 people per tap of 7.5 L/min.")
                    ),
                },
            ),
            ESTIMATE_DOUBT,
            DISTANCE_LIMIT,
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("40 people at one tap", "120 people at a point of three taps", "two sites share three taps"),
            failing=("120 people at one tap", "two sites of 40 people share one tap", "nobody has a tap"),
            boundary=(
                "50 people at one tap",
                "51 people at one tap",
                "46 people at one tap, an estimate",
                "54 people at one tap, an estimate",
                "45 people at one tap, an estimate",
            ),
            unknown=(
                "120 people, taps not counted",
                "tap but people not counted",
                "40 people share with people not counted",
                "second tap of unknown potability",
            ),
        ),
    )
)
def crowded_taps(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    if not is_open(site):
        return
    limit, reach = thresholds["ratio"], thresholds["limit"].value
    service = context.tap_service(reach)
    # with an estimate, the people may be more or fewer by a part
    doubt = thresholds["estimate"].value / 100 if context.is_estimated(service.points(site.uid), reach) else 0.0
    share = 1 - doubt
    sure, possible = (service.of(site.uid, sure=certain) for certain in (True, False))
    if sure.people is None:
        yield _remark(Verdict.TO_VERIFY, _PEOPLE_UNKNOWN, site, sure, limit=limit, reach=reach)
    elif _within(sure.guaranteed, limit, share):
        return
    elif _within(sure.guaranteed, limit):
        yield _remark(Verdict.TO_VERIFY, _ESTIMATE, site, sure, limit=limit, reach=reach)
    elif _within(sure.people_per_tap, limit):
        yield _remark(Verdict.TO_VERIFY, _SHARERS_UNKNOWN, site, sure, limit=limit, reach=reach)
    elif _within(possible.people_per_tap, limit):
        yield _remark(Verdict.TO_VERIFY, _STATE_UNKNOWN, site, possible, limit=limit, reach=reach)
    elif possible.taps_unknown and possible.people_per_tap is not None:
        yield _remark(Verdict.TO_VERIFY, _TAPS_UNKNOWN, site, possible, limit=limit, reach=reach)
    elif _within(possible.people_per_tap, limit, 1 / share):
        yield _remark(Verdict.TO_VERIFY, _ESTIMATE, site, possible, limit=limit, reach=reach)
    else:
        yield _remark(Verdict.FAILS, _CROWDED if sure.taps else _NO_TAP, site, sure, limit=limit, reach=reach)


def _within(ratio: float | None, limit: Threshold, share: float = 1.0) -> bool:
    """Say whether a figure is within a share of the limit."""
    return ratio is not None and ratio <= limit.value * share


def _remark(
    verdict: Verdict, message: str, site: Record, service: Service, *, limit: Threshold, reach: float
) -> Remark:
    ratio = service.people_per_tap
    details: dict[str, Any] = {"limit": limit.value, "distance": reach, "people": service.people, "taps": service.taps}
    if ratio is not None:
        details["ratio"] = round(ratio, 1) if round(ratio, 1) != limit.value else ratio
    return Remark(
        verdict,
        message,
        details,
        ratio,
        limit,
        Quantity.PEOPLE_PER_TAP,
        _METHOD,
        field="distances" if message == _NO_TAP else "population_total",
        data_date=oldest([_counted_on(site)]),
    )


def _counted_on(site: Record) -> Any:
    instant = site["population_updated_at"]
    return instant.date() if hasattr(instant, "date") else instant
