"""The target year of a site is over, or a phase is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import day_of, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Target year of the site, and day on which each phase was expected, beside the reference date.")
_OVER = mark("The site was to be cleared in {year}, and is still open.")
_THIS_YEAR = mark("The site is to be cleared this year ({year}), and is still open.")
_LATE = mark("The phase “{phase}” was expected on {expected}, {days} days ago, and is not completed.")
_NOT_BEGUN = mark("The phase “{phase}” has neither a day on which it is expected nor one on which it was completed.")


@check(
    CheckSpec(
        id="RES-002",
        title=mark("Target year over, or phase late"),
        why=mark("A target that slips unseen is no target."),
        help=mark(
            "An open site whose target year is over, and a phase of an open site expected before the reference date "
            "and "
            "not completed, fail. In the target year itself, and for a phase without any date, it is to verify."
        ),
        mend=mark("Write the day on which the phase was completed, set a new target, or close the site."),
        targets=("site", "resorption_phase"),
        reads=(),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "delay",
                mark("Longest delay of a phase"),
                Quantity.DAYS,
                Threshold(0, mark("State: Résorption-bidonvilles dates each phase; a later one is late.")),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("target next year", "phase completed late", "closed site, target over"),
            failing=("target last year", "phase expected last month"),
            boundary=("phase expected on the reference date", "phase expected the day before", "target this year"),
            unknown=("phase without any date",),
        ),
    )
)
def late(record: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site, or one phase of an open site."""
    if record.layer == "site":
        yield from _target(record, context)
    else:
        yield from _phase(record, context, thresholds["delay"])


def _target(site: Record, context: Context) -> Iterator[Remark]:
    year, now = site["resorption_target"], context.reference_date.year
    if not is_open(site) or year is None or year > now:
        return
    verdict, message = (Verdict.FAILS, _OVER) if year < now else (Verdict.TO_VERIFY, _THIS_YEAR)
    details = {"year": str(year)}
    yield Remark(verdict, message, details, method=_METHOD, field="resorption_target", data_date=written_on(site))


def _phase(phase: Record, context: Context, limit: Threshold) -> Iterator[Remark]:
    site = context.data.get("site", phase["site_uid"])
    if phase["completed_at"] is not None or (site is not None and not is_open(site)):
        return
    expected = day_of(phase["expected_on"])
    named = words.choices("preparatory_phase", [phase["preparatory_phase"]])
    if expected is None:
        yield Remark(
            Verdict.TO_VERIFY,
            _NOT_BEGUN,
            {"phase": named},
            method=_METHOD,
            field="expected_on",
            data_date=written_on(phase),
        )
        return
    days = (context.reference_date - expected).days
    if days > limit.value:
        details = {"phase": named, "expected": words.day(expected), "days": days}
        yield Remark(
            Verdict.FAILS,
            _LATE,
            details,
            float(days),
            limit,
            Quantity.DAYS,
            _METHOD,
            field="expected_on",
            data_date=written_on(phase),
        )
