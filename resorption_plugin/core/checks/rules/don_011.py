"""A site declared as cleared whose solutions say otherwise, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...clearing import CLEARED_SHARE, computed, declared, rehoused
from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ..common import day_of
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "People with a long-term solution in housing or accommodation ÷ people of the site (else those the solutions name)."
)
_NOT_CLEARED = mark(
    "The site is declared as cleared, but {share} % of its people got a long-term solution; the least is {limit} %."
)
_CLEARED = mark(
    "The site is declared as not cleared, but {share} % of its people got a long-term solution; {limit} % is enough."
)
_CANNOT_TELL = mark(
    "The site is declared as cleared, but its solutions, or the people of each, are not written down: {limit} % cannot "
    "be verified."
)


@check(
    CheckSpec(
        id="DON-011",
        title=mark("Cleared as declared, not as computed (or the reverse)"),
        why=mark("The number of cleared sites is published: it has to follow from what was done."),
        help=mark(
            "A closed site declared as cleared whose long-term solutions are below the limit fails, as does one "
            "declared as not cleared that reaches it. Declared as cleared without the numbers, it is to verify."
        ),
        mend=mark("Complete the solutions with the people of each, or correct what is declared."),
        targets=("site",),
        reads=("closure", "population_count"),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "cleared",
                mark("Least part of the people with a long-term solution"),
                Quantity.PERCENT,
                Threshold(
                    round(100 * CLEARED_SHARE),
                    mark("DIHAL report 2021 and form of closure of Résorption-bidonvilles: 66 % of the inhabitants."),
                ),
            ),
        ),
        worse=Worse.NEVER,
        scenarios=Scenarios(
            passing=("cleared, 70 of 100 people rehoused", "not cleared, 10 of 100 rehoused", "nothing declared"),
            failing=("cleared, 10 of 100 rehoused", "not cleared, 80 of 100 rehoused"),
            boundary=("cleared, 66 of 100 rehoused", "cleared, 65 of 100 rehoused"),
            unknown=("cleared, no solution written down", "cleared, people of a solution unknown"),
        ),
    )
)
def wrongly_cleared(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one closed site."""
    said = None if is_open(site) else declared(site)
    if said is None:
        return
    limit, people = thresholds["cleared"], context.population(site).people
    closures = context.children("closure", "site_uid", site.uid)
    found = computed(people, closures, limit.value / 100)
    details: dict[str, Any] = {"limit": limit.value}
    share = None
    if found is None and not said:
        return
    verdict, message = Verdict.TO_VERIFY, _CANNOT_TELL
    if found is said:
        return
    if found is not None:
        whole = people or sum(row["number_of_people_affected"] or 0 for row in closures)
        share = round(100 * rehoused(closures)[0] / whole, 1)
        details["share"] = share
        verdict, message = Verdict.FAILS, _NOT_CLEARED if said else _CLEARED
    yield Remark(
        verdict,
        message,
        details,
        share,
        limit,
        Quantity.PERCENT,
        _METHOD,
        field="closed_with_solutions",
        data_date=day_of(site["closed_at"]),
    )
