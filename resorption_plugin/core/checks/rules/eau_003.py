"""A road, a railway or a watercourse to cross on the way to water."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.barrier_lines import LEAST_ROAD, ROADS
from ...water.distances import is_open
from ...water.way_to_water import WayToWater, way_to_water
from ..common import DISTANCE_LIMIT, name_of, oldest
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "The barriers cut the ground into parts; fewest steps from part to part, from the worst placed dwelling to the "
    "usable water point within reach that is easiest to get to. A road that can be walked around, a bridge, a tunnel "
    "or a footbridge does away with a step; the two carriageways of a road are one."
)
_MUST_CROSS = mark(
    "Barriers to cross on the easiest way to {point}, within {limit} m: {count} ({roads}). No usable water point "
    "within reach can be had without it."
)
_DOUBTFUL = mark(
    "There may be barriers to cross on the way to {point}, within {limit} m: up to {most}. The accuracy of the "
    "positions or a gap in the streets does not allow to tell."
)
_STATE_UNKNOWN = mark(
    "Barriers to cross on the way to water within {limit} m: {count} ({roads}). {point} lies on the near side, but "
    "nobody can say whether it works and is drinkable: verify it on the spot."
)
_STREETS_UNKNOWN = mark(
    "{point} is within {limit} m, but the streets around are not loaded: nobody can say whether a road, a railway or a "
    "watercourse is to be crossed. Import the streets."
)
_UNNAMED = "?"


@check(
    CheckSpec(
        id="EAU-003",
        title=mark("Road, railway or watercourse to cross to reach water"),
        why=mark("Children fetch water: having to cross a road, a railway or a river to reach it puts them in danger."),
        help=mark(
            "For each open site, every dwelling that has usable water within the distance limit is looked at: which "
            "barriers must be crossed whatever the way? The site fails when the worst placed dwelling must cross more "
            "than the limit. The finding is to verify when the accuracy of the positions, a gap in the streets or a "
            "water point of unknown state could change the answer, and when no streets are loaded there. Water out of "
            "reach is another check."
        ),
        mend=mark("Put a point on the near side, or have a crossing made; import the streets where they end."),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point", "street"),
        severity=Severity.ERROR,
        parameters=(
            Parameter(
                "barriers",
                mark("Most barriers to cross"),
                Quantity.BARRIERS,
                Threshold(
                    0,
                    mark(
                        "DIHAL report 2021 (water is not safe where people might have to cross a road) and article "
                        "R. 2224-5-6 of the CGCT (solutions create no risk to health and safety)."
                    ),
                ),
            ),
            DISTANCE_LIMIT,
            Parameter(
                "road",
                mark("Smallest road that is a barrier"),
                Quantity.ROAD_CLASS,
                Threshold(
                    ROADS.index(LEAST_ROAD) + 1,
                    mark(
                        "Choice of this plugin: no text names a class. Tertiary is the smallest class of through road "
                        "in OpenStreetMap. Railways and watercourses always count."
                    ),
                ),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=(
                "tap on the near side of the road",
                "road that can be walked around",
                "footbridge over the railway",
                "residential street between",
                "closed site across the road",
                "tap out of reach across the road",
            ),
            failing=(
                "tertiary road between",
                "railway between",
                "dual carriageway between",
                "one dwelling across the road",
                "path crosses the railway at its level",
            ),
            boundary=(
                "near tap at 200.0 m, another across the road",
                "near tap at 200.1 m, another across the road",
                "dwelling 4 m from the road, known to 5 m",
                "dwelling 6 m from the road, known to 5 m",
            ),
            unknown=(
                "no streets loaded",
                "streets loaded elsewhere",
                "gap of 3 m in the road",
                "near tap of unknown state",
                "dwelling on the line of the road",
            ),
        ),
    )
)
def barriers_to_cross(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site that has a position and usable water in reach."""
    places = context.water.sites.of(site)
    if not is_open(site) or places is None:
        return
    most = thresholds["barriers"].value
    limit_m = thresholds["limit"].value
    barriers = context.water.barriers(ROADS[int(thresholds["road"].value) - 1], places.epsg)
    sure, possible = (way_to_water(context.water, barriers, site, limit_m, sure=certain) for certain in (True, False))
    if sure is None or (sure.most is not None and sure.most <= most):
        return
    remark = _Remarks(thresholds, places.surveyed_on)
    if sure.crossing is None:
        yield remark.on(Verdict.TO_VERIFY, _STREETS_UNKNOWN, sure, sure.water_point)
    elif sure.least <= most:
        yield remark.on(Verdict.TO_VERIFY, _DOUBTFUL, sure, sure.water_point)
    elif possible is not None and possible.least <= most:
        yield remark.on(Verdict.TO_VERIFY, _STATE_UNKNOWN, sure, possible.water_point)
    else:
        yield remark.on(Verdict.FAILS, _MUST_CROSS, sure, sure.water_point)


class _Remarks:
    """What all the remarks of a site share."""

    def __init__(self, thresholds: Mapping[str, Threshold], surveyed_on: Any) -> None:
        self._thresholds = thresholds
        self._surveyed_on = surveyed_on

    def on(self, verdict: Verdict, message: str, way: WayToWater, point: Record) -> Remark:
        roads = way.crossing.roads if way.crossing else ()
        details = {
            "point": name_of(point),
            "limit": self._thresholds["limit"].value,
            "count": way.least,
            "most": way.most or 0,
            "roads": ", ".join(dict.fromkeys(road.name or _UNNAMED for road in roads)),
        }
        return Remark(
            verdict,
            message,
            details,
            float(way.least) if way.crossing else None,
            self._thresholds["barriers"],
            Quantity.BARRIERS,
            _METHOD,
            field="distances",
            data_date=oldest([self._surveyed_on, point["state_on"]]),
        )
