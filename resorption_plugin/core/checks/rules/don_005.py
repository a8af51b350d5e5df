"""Dates out of order, in the future, or that cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ...i18n import mark
from ...model import catalogue
from ...model.fields import Kind, Topic
from ...records import Record
from .. import words
from ..broken_rules import broken, layers_with, parents_of
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("The rules of the form on dates, those of the platform included; the day of the run is today.")
_WRONG = mark("{record}: “{faults}”.")
_DOUBTFUL = mark("{record}, to verify: “{faults}”.")
_UNREADABLE = mark("{record}: what is written cannot be read as a date ({columns}).")


@check(
    CheckSpec(
        id="DON-005",
        title=mark("Dates out of order or in the future"),
        why=mark("Delays are computed from dates: one wrong year, and a median is worth nothing."),
        help=mark(
            "Every record whose dates break a rule of its form: an end before its beginning, a closure before the "
            "report, a date after the day of the run. A broken rule that the form only warns about, and a date that "
            "cannot be read, are to verify."
        ),
        mend=mark("Correct the date named."),
        targets=layers_with(Topic.DATES),
        reads=parents_of(Topic.DATES),
        severity=Severity.ERROR,
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("dates in order", "site without any date"),
            failing=(
                "report before the settlement",
                "closed before the report",
                "judgement before the settlement of the site",
                "phases of a cohort out of order",
                "count in the future",
            ),
            boundary=("settled and reported on the day of the run", "settled on the day after the run"),
            unknown=(
                "diagnostic planned for a day that has passed",
                "date that cannot be read",
                "water tested on the day after the run",
            ),
        ),
    )
)
def wrong_dates(record: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge the dates of one record."""
    faults = broken(record, Topic.DATES, context)
    number, date = float(len(faults)), written_on(record)
    details = {"record": words.layer(record.layer)}
    if faults:
        is_sure = any(rule.hard for rule in faults)
        yield Remark(
            Verdict.FAILS if is_sure else Verdict.TO_VERIFY,
            _WRONG if is_sure else _DOUBTFUL,
            {**details, "faults": words.rules(faults, record.layer)},
            number,
            None,
            Quantity.FAULTS,
            _METHOD,
            field=faults[0].field,
            data_date=date,
        )
        return
    unreadable = [name for name in _date_columns(record.layer) if not isinstance(record[name], dt.date | None)]
    if unreadable:
        details["columns"] = words.columns(record.layer, unreadable)
        yield Remark(Verdict.TO_VERIFY, _UNREADABLE, details, method=_METHOD, field=unreadable[0], data_date=date)


@lru_cache(maxsize=64)
def _date_columns(layer: str) -> tuple[str, ...]:
    return tuple(field.name for field in catalogue.layer(layer).fields if field.kind is Kind.DATE)
