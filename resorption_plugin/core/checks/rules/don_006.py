"""Counts that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...model.fields import Topic
from ...records import Record
from .. import words
from ..broken_rules import broken, layers_with
from ..common import day_of, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("The rules of the form on counts, those of the platform included.")
_WRONG = mark("{record}: “{faults}”.")


@check(
    CheckSpec(
        id="DON-006",
        title=mark("Counts that contradict each other"),
        why=mark("Taps, litres and places are reckoned on these numbers."),
        help=mark(
            "Every record with a part larger than its whole: more minors than people, more girls than minors, age "
            "classes that add up to more than the minors, more households than people. A count that nobody made "
            "contradicts nothing."
        ),
        mend=mark("Correct the count named, or count again."),
        targets=layers_with(Topic.COUNTS),
        reads=(),
        severity=Severity.ERROR,
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("counts that agree",),
            failing=(
                "more minors than people",
                "age classes above the minors",
                "count with more girls than minors",
                "more households than people at the closure",
                "action with more women than people",
            ),
            boundary=("as many minors as people", "one minor more than people"),
            unknown=("people not counted, minors counted",),
        ),
    )
)
def wrong_counts(record: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge the counts of one record."""
    faults = broken(record, Topic.COUNTS, context)
    if faults:
        details = {"record": words.layer(record.layer), "faults": words.rules(faults, record.layer)}
        number = float(len(faults))
        counted = day_of(record["counted_on"]) or day_of(record["population_updated_at"])
        date = counted or written_on(record)
        yield Remark(
            Verdict.FAILS,
            _WRONG,
            details,
            number,
            None,
            Quantity.FAULTS,
            _METHOD,
            field=faults[0].field,
            data_date=date,
        )
