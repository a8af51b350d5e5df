"""No drinking water close enough to the farthest dwelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ...water.measuring import Basis, MeasuringPoints
from ...water.reach import Measure
from ..common import DISTANCE_LIMIT, name_of, oldest, shown
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHODS = {
    Basis.DWELLINGS: mark(
        "As the crow flies, each dwelling to its nearest usable water point; the worst served counts."
    ),
    Basis.FOOTPRINT: mark(
        "As the crow flies, each part of the edge of the footprint to its nearest usable water point; the worst served "
        "counts."
    ),
    Basis.POINT: mark(
        "As the crow flies, from the point of the site: not measurable to the dwelling, for want of dwellings or of a "
        "footprint."
    ),
}
_TOO_FAR = mark("The farthest dwelling is {distance} m from usable water; the limit is {limit} m.")
_TOO_FAR_FROM_POINT = mark(
    "The point of the site is {distance} m from usable water; the limit is {limit} m. This is not measurable to the "
    "dwelling: draw the dwellings or the footprint."
)
_NOTHING = mark("No water point of this workspace is known to be in service and drinkable.")
_ACCURACY = mark(
    "The farthest dwelling is {distance} m from usable water, for a limit of {limit} m: too close to call with the "
    "accuracy of the positions (from {lower} to {upper} m)."
)
_ACCURACY_FROM_POINT = mark(
    "The point of the site is {distance} m from usable water, for a limit of {limit} m: too close to call with the "
    "accuracy of the positions (from {lower} to {upper} m), and not measurable to the dwelling."
)
_UNKNOWN_STATE = mark(
    "{point} is {distance} m from the farthest place of the site, for a limit of {limit} m, but nobody can say whether "
    "it works and is drinkable: verify it on the spot."
)


@check(
    CheckSpec(
        id="EAU-001",
        title=mark("Drinking water too far from the dwellings"),
        why=mark(
            "Beyond this distance people carry too little water, and the State's own text asks for less than 200 m "
            "from the farthest dwelling."
        ),
        help=mark(
            "For each open site, every dwelling is measured to its nearest water point in service and drinkable on the "
            "reference date. Without dwellings the edge of the footprint is used, without footprint the point of the "
            "site. If the limit falls within the accuracy of the positions, or if only points of unknown state or "
            "potability are close enough, the finding is to verify."
        ),
        mend=mark(
            "Bring a point closer, or have one repaired; draw the dwellings, and note the state of the points where "
            "it is unknown."
        ),
        targets=("site",),
        reads=("site_footprint", "dwelling", "water_point"),
        severity=Severity.ERROR,
        parameters=(DISTANCE_LIMIT,),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("tap at 199 m", "each end of a long site has its tap", "closed site without water"),
            failing=("tap at 201 m", "only tap closed for the winter", "no water point at all"),
            boundary=("tap at 200.0 m", "tap at 200.1 m", "tap at 201 m, known to 5 m", "tap at 199 m, known to 5 m"),
            unknown=("tap of unknown state at 50 m", "water of unknown potability at 50 m"),
        ),
    )
)
def far_from_water(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site that has a position."""
    places = context.water.sites.of(site)
    if not is_open(site) or places is None:
        return
    limit, from_point = thresholds["limit"], places.basis is Basis.POINT
    sure, possible = (context.distance_to_water.measure(site, sure=certain) for certain in (True, False))
    if sure is not None and sure.upper <= limit.value:
        return
    if sure is not None and sure.lower <= limit.value:
        message = _ACCURACY_FROM_POINT if from_point else _ACCURACY
        yield _remark(Verdict.TO_VERIFY, message, sure, places, limit)
    elif possible is not None and possible.lower <= limit.value:
        yield _remark(Verdict.TO_VERIFY, _UNKNOWN_STATE, possible, places, limit)
    elif sure is not None:
        yield _remark(Verdict.FAILS, _TOO_FAR_FROM_POINT if from_point else _TOO_FAR, sure, places, limit)
    else:
        yield _remark(Verdict.FAILS, _NOTHING, None, places, limit)


def _remark(
    verdict: Verdict, message: str, measure: Measure | None, places: MeasuringPoints, limit: Threshold
) -> Remark:
    details: dict[str, Any] = {"limit": limit.value}
    dates = [places.surveyed_on]
    if measure is not None:
        details |= {name: shown(getattr(measure, name), limit.value) for name in ("lower", "upper")}
        details |= {"distance": shown(measure.metres, limit.value), "point": name_of(measure.water_point)}
        dates.append(measure.water_point["state_on"])
    return Remark(
        verdict,
        message,
        details,
        measure.metres if measure else None,
        limit,
        Quantity.METRES,
        _METHODS[places.basis],
        field="distances",
        data_date=oldest(dates),
    )
