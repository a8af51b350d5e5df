"""A heat alert on a site whose water is not good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ...water.access_rule import WaterStatus, status
from ...water.distances import is_open
from .. import words
from ..common import written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_METHOD = mark("Heat alert of the site beside the status of its access to water, by the platform's rule.")
_NOT_GOOD = mark("A heat alert is on, and the access to water is “{status}”.")
_UNKNOWN = mark("A heat alert is on, and the access to water is unknown: ask today.")


@check(
    CheckSpec(
        id="EAU-013",
        title=mark("Heat alert on, and water not good"),
        why=mark("Heat kills where water lacks: the ORSEC guide on heatwaves asks for these sites first."),
        help=mark(
            "An open site with its heat alert on fails when the declared access to water is not good, and is to verify "
            "when it is unknown. An alert that nobody set is no alert."
        ),
        mend=mark("Have water brought or the access repaired; put the alert off when it ends."),
        targets=("site",),
        reads=(),
        severity=Severity.ERROR,
        scenarios=Scenarios(
            passing=("alert, private tap on the site", "no alert, bottles", "closed site, alert left on"),
            failing=("alert, bottles", "alert, tap with stagnant water"),
            boundary=("alert unknown, bottles",),
            unknown=("alert, water not declared",),
        ),
    )
)
def heat_without_water(site: Record, _context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site under a heat alert."""
    found = status(site.values)
    if not is_open(site) or site["heatwave_status"] is not True or found is WaterStatus.GOOD:
        return
    verdict, message = (Verdict.FAILS, _NOT_GOOD)
    if found is WaterStatus.UNKNOWN:
        verdict, message = Verdict.TO_VERIFY, _UNKNOWN
    details = {"status": words.choices("water_status", [found.value])}
    yield Remark(verdict, message, details, method=_METHOD, field="water", data_date=written_on(site))
