"""Two open sites very close to each other, or on the same ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ..common import name_of, shown
from ..context import Context
from ..finding import Remark
from ..pairs import Neighbourhood, doubt
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_LEAST_OVERLAP_M2 = 1.0
"""Two footprints that share an edge overlap by slivers; one square metre is no ground to live on."""

_METHOD = mark("Distance between the points of the sites, in the projected system; 0 where their footprints overlap.")
_CLOSE = mark("The sites {first} and {second} are {distance} m apart: the same site entered twice?")
_CLOSE_DOUBTFUL = mark(
    "The sites {first} and {second} are {distance} m apart, for a limit of {limit} m, less than the accuracy of their "
    "positions allows to tell."
)
_OVERLAP = mark("The footprints of the sites {first} and {second} overlap on {area} m².")


@check(
    CheckSpec(
        id="DON-003",
        title=mark("Two open sites too close or overlapping"),
        why=mark("A site entered twice counts its inhabitants twice."),
        help=mark(
            "Two open sites whose points are closer than the limit, or whose footprints overlap. When the accuracy of "
            "the positions could put them farther apart, the finding is to verify. A pair is said once."
        ),
        mend=mark("Merge the two records, correct a position, or accept the two as neighbours."),
        targets=("site",),
        reads=("site_footprint",),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "apart",
                mark("Least distance between two sites"),
                Quantity.METRES,
                Threshold(50, mark("Choice of this plugin: two sites closer than this are usually one.")),
            ),
        ),
        worse=Worse.LOWER,
        scenarios=Scenarios(
            passing=("sites 60 m apart", "open site beside a closed one"),
            failing=("sites 40 m apart", "footprints overlap"),
            boundary=("sites 50.0 m apart", "sites 49.9 m apart", "sites 48 m apart, known to 5 m"),
            unknown=("sites without a position",),
        ),
    )
)
def close_sites(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site beside the others."""
    if not is_open(site):
        return
    limit = thresholds["apart"]
    overlapping = _overlaps(site, context)
    for other, area in overlapping.values():
        yield _remark(Verdict.FAILS, _OVERLAP, (site, other), limit, metres=0.0, area=area)
    for other, metres in context.once(_sites_by_place, lambda: _sites_by_place(context)).closer_than(site, limit.value):
        if other.uid in overlapping:
            continue
        sure = metres + doubt(site, other) < limit.value
        verdict, message = (Verdict.FAILS, _CLOSE) if sure else (Verdict.TO_VERIFY, _CLOSE_DOUBTFUL)
        yield _remark(verdict, message, (site, other), limit, metres=metres)


def _remark(verdict: Verdict, message: str, pair: tuple[Record, Record], limit: Threshold, **found: float) -> Remark:
    # The sentence names the two in the order of their uids, whichever of them is judged.
    first, second = sorted(pair, key=lambda record: record.uid)
    details = {
        "first": name_of(first),
        "second": name_of(second),
        "distance": shown(found["metres"], limit.value),
        "limit": limit.value,
        "area": found.get("area"),
    }
    related = (pair[1].uid,)
    return Remark(verdict, message, details, found["metres"], limit, Quantity.METRES, _METHOD, related=related)


def _sites_by_place(context: Context) -> Neighbourhood:
    return Neighbourhood(context, [site for site in context.data.layer("site") if is_open(site)])


def _footprints_by_place(context: Context) -> Neighbourhood:
    return Neighbourhood(context, context.data.layer("site_footprint"))


def _footprints_by_site(context: Context) -> dict[str, list[Record]]:
    return context.data.children("site_footprint", "site_uid")


def _overlaps(site: Record, context: Context) -> dict[str, tuple[Record, float]]:
    """Return the other open sites on the same ground and the area shared, by uid."""
    own = context.once(_footprints_by_site, lambda: _footprints_by_site(context)).get(site.uid, [])
    placed = context.once(_footprints_by_place, lambda: _footprints_by_place(context))
    found: dict[str, tuple[Record, float]] = {}
    for footprint in own:
        for other_footprint, area in placed.overlapping(footprint, _LEAST_OVERLAP_M2):
            other = context.data.get("site", other_footprint["site_uid"])
            if other is not None and other.uid != site.uid and is_open(other):
                found[other.uid] = (other, area)
    return found
