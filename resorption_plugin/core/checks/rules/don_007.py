"""A record that nobody brought up to date for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...freshness import last_update, months_before
from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import months_between
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "Months from the last change of the site, or the last time it was confirmed as unchanged, to the reference date. "
    "After an import, the date of the platform counts until somebody changes the record."
)
_OLD = mark("The record was last brought up to date on {updated}, more than {limit} months ago.")
_NEVER = mark("Nobody can say when this record was last brought up to date: confirm it or correct it.")


@check(
    CheckSpec(
        id="DON-007",
        title=mark("Record not up to date"),
        why=mark("People come and go: what was true half a year ago cannot be decided upon."),
        help=mark(
            "An open site whose record is older than the limit fails as an error; older than the first delay, it is a "
            "warning. A record without any date is to verify."
        ),
        mend=mark("Visit the site, correct what has changed, or confirm that nothing has."),
        targets=("site",),
        reads=("platform_record",),
        severity=Severity.ERROR,
        parameters=(
            Parameter(
                "outdated",
                mark("Oldest record"),
                Quantity.MONTHS,
                Threshold(6, mark("State: Résorption-bidonvilles counts a record older than 6 months as out of date.")),
            ),
            Parameter(
                "ageing",
                mark("Age from which a record is ageing"),
                Quantity.MONTHS,
                Threshold(3, mark("State: Résorption-bidonvilles shows a record of 3 months or more in orange.")),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("updated last month", "closed site, old record"),
            failing=("updated seven months ago", "updated four months ago", "imported today, old on the platform"),
            boundary=(
                "updated 6 months ago to the day",
                "updated 3 months ago to the day",
                "updated 6 months and a day ago",
            ),
            unknown=("record without any date",),
        ),
    )
)
def out_of_date(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    if not is_open(site):
        return
    imported = context.children("platform_record", "site_uid", site.uid)
    updated = last_update(site, imported[0] if imported else None)
    for name, severity in (("outdated", Severity.ERROR), ("ageing", Severity.WARNING)):
        limit = thresholds[name]
        if updated is None:
            yield Remark(Verdict.TO_VERIFY, _NEVER, {}, None, limit, Quantity.MONTHS, _METHOD, field="audit")
            return
        if updated < months_before(context.reference_date, int(limit.value)):
            age = months_between(updated, context.reference_date)
            details = {"updated": words.day(updated), "limit": limit.value}
            yield Remark(
                Verdict.FAILS,
                _OLD,
                details,
                age,
                limit,
                Quantity.MONTHS,
                _METHOD,
                field="audit",
                data_date=updated,
                severity=severity,
            )
            return
