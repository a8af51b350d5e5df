"""A site reported long ago on which no social diagnostic was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import day_of, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_DIAGNOSES = ("sociological_diagnosis", "social_assessment")
"""Phases of clearance that are a diagnostic of the people."""

_METHOD = mark(
    "Days from the report of the site to the reference date; a diagnostic is done when the form or a completed phase "
    "says so."
)
_NONE = mark("The site was reported on {declared}, {days} days ago, and no social diagnostic is planned.")
_PLANNED = mark("The site was reported on {declared}, {days} days ago, and the social diagnostic is not done yet.")
_UNKNOWN = mark(
    "The site was reported on {declared}, {days} days ago, and nobody said whether there was a social diagnostic."
)


@check(
    CheckSpec(
        id="RES-003",
        title=mark("No social diagnostic since the report"),
        why=mark("Without knowing who lives there, nothing can be offered: the sooner, the fewer they are."),
        help=mark(
            "An open site reported longer ago than the limit without a social diagnostic fails, even if one is "
            "planned. "
            "If nobody said whether there was one, it is to verify. Without a date of report nothing is said."
        ),
        mend=mark("Have the diagnostic made, or write its date and service on the form."),
        targets=("site",),
        reads=("resorption_phase",),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "delay",
                mark("Longest time without a social diagnostic"),
                Quantity.DAYS,
                Threshold(
                    90,
                    mark(
                        "Choice of this plugin: the instruction of 25 January 2018 asks to act as early as possible, "
                        "without a number of days."
                    ),
                ),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("diagnostic done", "assessment among the phases", "reported last month", "no date of report"),
            failing=("reported last year, none planned", "reported last year, planned for later"),
            boundary=("reported 90 days ago", "reported 91 days ago"),
            unknown=("reported last year, diagnostic unknown",),
        ),
    )
)
def undiagnosed(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    declared, limit = day_of(site["declared_at"]), thresholds["delay"]
    if not is_open(site) or declared is None or site["census_status"] == "done":
        return
    days = (context.reference_date - declared).days
    phases = context.children("resorption_phase", "site_uid", site.uid)
    is_assessed = any(phase["preparatory_phase"] in _DIAGNOSES and phase["completed_at"] for phase in phases)
    if days <= limit.value or is_assessed:
        return
    details: dict[str, Any] = {"declared": words.day(declared), "days": days}
    verdict, message = Verdict.FAILS, _PLANNED if site["census_status"] == "scheduled" else _NONE
    if site["census_status"] is None:
        verdict, message = Verdict.TO_VERIFY, _UNKNOWN
    yield Remark(
        verdict,
        message,
        details,
        float(days),
        limit,
        Quantity.DAYS,
        _METHOD,
        field="census_status",
        data_date=written_on(site),
    )
