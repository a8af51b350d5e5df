"""An answer that another answer calls for, and that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...model.fields import Topic
from ...records import Record
from .. import words
from ..broken_rules import broken, layers_with
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("The rules of the form on answers that another answer calls for, those of the platform included.")
_MISSING = mark("{record}: an answer calls for “{columns}”.")


@check(
    CheckSpec(
        id="DON-009",
        title=mark("Answer missing that another one calls for"),
        why=mark("The platform refuses the record without it, and a reader cannot use the first answer."),
        help=mark(
            "Every record where an answer calls for another one that is missing, or that has one nobody asked for: a "
            "diagnostic done without a date, unequal access without details, a judgement without a court. Where the "
            "first answer is unknown, nothing is missing."
        ),
        mend=mark("Answer the question named, or correct the answer that calls for it."),
        targets=layers_with(Topic.ANSWERS),
        reads=(),
        severity=Severity.WARNING,
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("diagnostic done, with its date and service", "equal access"),
            failing=(
                "diagnostic done without a date",
                "unequal access without details",
                "judgement without a court",
                "closed site without a date",
                "note for nobody",
            ),
            boundary=("two answers missing", "details that are an empty text"),
            unknown=("nobody knows whether there is a diagnostic",),
        ),
    )
)
def missing_answers(record: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge the answers of one record."""
    faults = broken(record, Topic.ANSWERS, context)
    if faults:
        asked = words.columns(record.layer, (rule.field for rule in faults))
        details = {"record": words.layer(record.layer), "columns": asked}
        number, date = float(len(faults)), written_on(record)
        yield Remark(
            Verdict.FAILS,
            _MISSING,
            details,
            number,
            None,
            Quantity.ANSWERS,
            _METHOD,
            field=faults[0].field,
            data_date=date,
        )
