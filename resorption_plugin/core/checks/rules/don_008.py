"""The record of a site is incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...completeness import criteria
from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark(
    "Part of the platform's eight criteria that is met: precise address, type of site, owner of a known type, social "
    "diagnostic, people, households, minors, origins (asked of sites of at least 10 people). The platform divides the "
    "same eight by twelve, and never reaches more than 66 %."
)
_INCOMPLETE = mark("The record is complete to {share} %, for a least of {limit} %. Missing: {missing}.")


@check(
    CheckSpec(
        id="DON-008",
        title=mark("Incomplete record"),
        why=mark("Figures leave out the sites of which nothing is known."),
        help=mark(
            "An open site that meets fewer of the criteria than the limit fails, with the list of what is missing. "
            "What "
            "is unknown is missing: it never counts as met."
        ),
        mend=mark("Fill in what is missing, on the form of the site and among its owners."),
        targets=("site",),
        reads=("owner",),
        severity=Severity.INFORMATION,
        parameters=(
            Parameter(
                "completeness",
                mark("Least part of the criteria met"),
                Quantity.PERCENT,
                Threshold(75, mark("Choice of this plugin: six of the platform's eight criteria.")),
            ),
        ),
        worse=Worse.LOWER,
        scenarios=Scenarios(
            passing=("complete record", "small site without origins", "closed site of which nothing is known"),
            failing=("only the people are known", "owner of unknown type, no diagnostic, no address"),
            boundary=("six of eight criteria", "five of eight criteria"),
            unknown=("site of which nothing is known",),
        ),
    )
)
def incomplete(site: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    if not is_open(site):
        return
    limit = thresholds["completeness"]
    met = criteria(site, context.children("owner", "site_uid", site.uid))
    share = 100 * sum(met.values()) / len(met)
    if share < limit.value:
        missing = [name for name, is_met in met.items() if not is_met]
        named = words.columns("site", (name for name in missing if name != "owner"))
        listed = words.several(named, words.layer("owner")) if "owner" in missing else named
        details = {"share": round(share), "limit": limit.value, "missing": listed}
        first = next((name for name in missing if name != "owner"), "features")
        yield Remark(
            Verdict.FAILS,
            _INCOMPLETE,
            details,
            round(share, 1),
            limit,
            Quantity.PERCENT,
            _METHOD,
            field=first,
            data_date=written_on(site),
        )
