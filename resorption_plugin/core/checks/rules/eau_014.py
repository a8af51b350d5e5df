"""A water point still marked as serving a site that is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import day_of, name_of, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_METHOD = mark("Status and date of closure of the site that the water point names, on the reference date.")
_CLOSED_ON = mark("{point} is marked as serving {site}, closed on {closed}.")
_CLOSED = mark("{point} is marked as serving {site}, which is closed.")
_LATER = mark("{point} serves {site}, which is marked as closed from {closed} on, after the reference date.")
_GONE = mark("{point} is marked as serving a site that is not in this workspace.")


@check(
    CheckSpec(
        id="EAU-014",
        title=mark("Site closed, water point still marked as serving it"),
        why=mark("A point left on a closed site is paid for nothing, and could serve another one."),
        help=mark(
            "An existing or planned point that names a site closed on the reference date fails. When the closure comes "
            "after the reference date, or when the site is not in the workspace, it is to verify."
        ),
        mend=mark("Mark the point as removed, or give it to the site it serves now."),
        targets=("water_point",),
        reads=("site",),
        severity=Severity.WARNING,
        scenarios=Scenarios(
            passing=("tap of an open site", "removed tap of a closed site", "fountain that names no site"),
            failing=("tap of a closed site", "tap of a site closed without a date"),
            boundary=("site closed on the reference date", "site closed on the next day"),
            unknown=("tap of a site that is not there",),
        ),
    )
)
def left_behind(point: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one water point that names a site."""
    if not point["site_uid"] or point["lifecycle"] == "removed":
        return
    site = context.data.get("site", point["site_uid"])
    if site is None:
        yield Remark(Verdict.TO_VERIFY, _GONE, {"point": name_of(point)}, method=_METHOD, field="site_uid")
    elif not is_open(site):
        details: dict[str, Any] = {"point": name_of(point), "site": name_of(site)}
        closed = day_of(site["closed_at"])
        verdict, message = Verdict.FAILS, _CLOSED
        if closed is not None:
            details["closed"] = words.day(closed)
            message = _CLOSED_ON
            if closed > context.reference_date:
                verdict, message = Verdict.TO_VERIFY, _LATER
        yield Remark(verdict, message, details, method=_METHOD, field="site_uid", data_date=written_on(site))
