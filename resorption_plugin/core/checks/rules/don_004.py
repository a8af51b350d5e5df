"""Two water points in the same place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ..common import name_of, shown
from ..context import Context
from ..finding import Remark
from ..pairs import Neighbourhood, doubt
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Distance between the two points, in the projected system.")
_CLOSE = mark("The water points {first} and {second} are {distance} m apart: the same point entered twice?")
_CLOSE_DOUBTFUL = mark(
    "The water points {first} and {second} are {distance} m apart, for a limit of {limit} m, less than the accuracy of "
    "their positions allows to tell."
)


@check(
    CheckSpec(
        id="DON-004",
        title=mark("Two water points too close"),
        why=mark("A water point entered twice counts its taps twice."),
        help=mark(
            "Two existing water points closer than the limit; planned and removed ones are left aside. When the "
            "accuracy of the positions could put them farther apart, the finding is to verify. A pair is said once."
        ),
        mend=mark("Merge the two records, correct a position, or accept the two as neighbours."),
        targets=("water_point",),
        reads=(),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "apart",
                mark("Least distance between two water points"),
                Quantity.METRES,
                Threshold(10, mark("Choice of this plugin: two points closer than this are usually one.")),
            ),
        ),
        worse=Worse.LOWER,
        scenarios=Scenarios(
            passing=("taps 15 m apart", "planned tap beside an existing one"),
            failing=("taps 5 m apart",),
            boundary=("taps 10.0 m apart", "taps 9.9 m apart", "taps 8 m apart, known to 3 m"),
            unknown=("taps without a position",),
        ),
    )
)
def close_points(point: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one existing water point beside the others."""
    if not _exists(point):
        return
    limit = thresholds["apart"]
    for other, metres in context.once(_by_place, lambda: _by_place(context)).closer_than(point, limit.value):
        first, second = sorted((point, other), key=lambda record: record.uid)
        details = {
            "first": name_of(first),
            "second": name_of(second),
            "distance": shown(metres, limit.value),
            "limit": limit.value,
        }
        sure = metres + doubt(point, other) < limit.value
        verdict, message = (Verdict.FAILS, _CLOSE) if sure else (Verdict.TO_VERIFY, _CLOSE_DOUBTFUL)
        yield Remark(verdict, message, details, metres, limit, Quantity.METRES, _METHOD, related=(other.uid,))


def _exists(point: Record) -> bool:
    return point["lifecycle"] in (None, "existing")


def _by_place(context: Context) -> Neighbourhood:
    return Neighbourhood(context, [point for point in context.data.layer("water_point") if _exists(point)])
