"""A water point whose failure would leave people without water."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ...i18n import mark
from ...records import Record
from ...water.nearest import SEARCH_MARGIN
from ..common import DISTANCE_LIMIT, day_of, name_of, names_of, oldest
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "Open sites all of whose dwellings are within the distance limit of a usable point, and would not be without this "
    "one. The share is of the people of the sites it serves: WPdx calls it crucialness (100 %: no other point)."
)
_ALONE = mark(
    "If {point} fails, {people} people are left beyond {distance} m of usable water ({share} % of those it serves): "
    "{sites}."
)
_UNCOUNTED = mark(
    "If {point} fails, these sites are left beyond {distance} m of usable water, and nobody counted their people: "
    "{sites}."
)
_PERHAPS = mark(
    "If {point} fails, {people} people are left beyond {distance} m of usable water, unless a point whose state or "
    "potability is unknown gives water: verify it. Sites: {sites}."
)


@dataclass(frozen=True, slots=True)
class _Lost:
    """The sites that would be left beyond the limit."""

    surely: list[Record]
    perhaps: list[Record]


@check(
    CheckSpec(
        id="EAU-011",
        title=mark("Only one working point: what fails if it fails"),
        why=mark(
            "Where everything hangs on one tap, its first failure is a crisis: a second one, or a plan, is needed."
        ),
        help=mark(
            "A usable point without which an open site would be beyond the distance limit fails; where another point, "
            "of unknown state or potability, might replace it, or where nobody counted the people, it is to verify."
        ),
        mend=mark("Bring a second point within reach, or agree with the operator on the delay of a repair."),
        targets=("water_point",),
        reads=("site", "site_footprint", "dwelling", "population_count"),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "people",
                mark("Most people who may hang on one point"),
                Quantity.PEOPLE,
                Threshold(
                    0,
                    mark("Choice of this plugin, after the crucialness of WPdx (Rehabilitation Priority tool, 2021)."),
                ),
            ),
            DISTANCE_LIMIT,
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("two taps for one site", "tap of no site"),
            failing=("the only tap of 40 people", "each end of a long site has one tap"),
            boundary=("second tap at 200.0 m", "second tap at 200.1 m"),
            unknown=("second tap of unknown state", "only tap of people not counted"),
        ),
    )
)
def crucial(point: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one usable water point."""
    reach = thresholds["limit"].value
    if not context.water.usable(point.uid):
        return
    sites = context.catchment(reach).sites(point.uid)
    lost = _lost(point, sites, context, reach)
    left = lost.surely or lost.perhaps
    if not left:
        return
    counted = [context.population(site).people for site in left]
    people = sum(filter(None, counted))
    served = sum(context.population(site).people or 0 for site in sites)
    limit = thresholds["people"]
    details: dict[str, Any] = {
        "point": name_of(point),
        "people": people,
        "distance": reach,
        "sites": names_of(left),
        "share": round(100 * people / served) if served else 100,
    }
    verdict, message = (Verdict.FAILS, _ALONE) if lost.surely else (Verdict.TO_VERIFY, _PERHAPS)
    if not any(counted):
        verdict, message = Verdict.TO_VERIFY, _UNCOUNTED
    elif people <= limit.value:
        return
    yield Remark(
        verdict,
        message,
        details,
        float(people) if any(counted) else None,
        limit,
        Quantity.PEOPLE,
        _METHOD,
        field="service",
        data_date=oldest([day_of(point["state_on"]), *(context.population(site).counted_on for site in left)]),
    )


def _lost(point: Record, sites: Sequence[Record], context: Context, reach: float) -> _Lost:
    """Return the sites that are within reach with the point and would not be without it."""
    lost = _Lost([], [])
    for site in sites:
        served = _served(site, context, reach, sure=True)
        if not served.with_all or served.without(point.uid):
            continue
        replaced = _served(site, context, reach, sure=False).without(point.uid)
        (lost.perhaps if replaced else lost.surely).append(site)
    return lost


@dataclass(frozen=True, slots=True)
class _Served:
    """Which usable points are within reach of each place of a site."""

    uids: list[str]
    within: npt.NDArray[np.bool_]
    """(places, points): the point is within reach."""

    @property
    def with_all(self) -> bool:
        return bool(self.within.any(axis=1).all()) if len(self.uids) else False

    def without(self, uid: str) -> bool:
        others = np.array([other != uid for other in self.uids], dtype=bool)
        return bool(self.within[:, others].any(axis=1).all())


def _served(site: Record, context: Context, reach: float, *, sure: bool) -> _Served:
    return context.once(("served", site.uid, reach, sure), lambda: _serving(site, context, reach, sure=sure))


def _serving(site: Record, context: Context, reach: float, *, sure: bool) -> _Served:
    places = context.water.sites.of(site)
    if places is None:
        return _Served([], np.empty((0, 0), dtype=bool))
    taps = context.water.taps(places.epsg, sure=sure)
    near = taps.index.within(places.centre, places.radius + reach + SEARCH_MARGIN)
    return _Served([taps.records[tap].uid for tap in near], places.to(taps.index.xy[near]).round(2) <= reach)
