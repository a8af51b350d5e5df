"""An open site on which nobody does anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from .. import words
from ..common import day_of, oldest, written_on
from ..context import Context
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_METHOD = mark("Actions of the site on the reference date, beside the answer of the platform's export.")
_NONE = mark("No action concerns this site.")
_ENDED = mark("The last action that concerned this site ended on {ended}.")
_LATER = mark("The first action that concerns this site begins on {begins} only.")
_DECLARED = mark("The platform says that an action concerns this site, but none is written down here.")


@check(
    CheckSpec(
        id="RES-001",
        title=mark("Open site without any action"),
        why=mark("A site exempt from any intervention lasts, and its inhabitants wait."),
        help=mark(
            "An open site that no action concerns on the reference date fails. If an action is to begin later, or if "
            "only the platform's export speaks of one, it is to verify. An action without dates counts as going on."
        ),
        mend=mark("Link the site to an action, correct the dates of the action, or plan one."),
        targets=("site",),
        reads=("action", "action_site"),
        severity=Severity.WARNING,
        scenarios=Scenarios(
            passing=("action going on", "action without dates", "closed site without action"),
            failing=("site of no action", "action that has ended"),
            boundary=("action that ends on the reference date", "action that ended the day before"),
            unknown=("action that begins later", "action known to the platform only"),
        ),
    )
)
def without_action(site: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one open site."""
    if not is_open(site):
        return
    links = context.children("action_site", "site_uid", site.uid)
    actions = [action for link in links if (action := context.data.get("action", link["action_uid"])) is not None]
    day = context.reference_date
    going = [action for action in actions if not _has_ended(action, context)]
    begins = [day_of(action["started_at"]) for action in going]
    if any(start is None or start <= day for start in begins):
        return
    first = oldest(begins)
    last = max(filter(None, (day_of(action["ended_at"]) for action in actions)), default=None)
    verdict, message, details = Verdict.FAILS, _NONE, {}
    if first is not None:
        verdict, message, details = Verdict.TO_VERIFY, _LATER, {"begins": words.day(first)}
    elif last is not None:
        message, details = _ENDED, {"ended": words.day(last)}
    elif site["declared_has_action"] is True:
        verdict, message = Verdict.TO_VERIFY, _DECLARED
    yield Remark(verdict, message, details, method=_METHOD, field="actions", data_date=last or written_on(site))


def _has_ended(action: Record, context: Context) -> bool:
    ended = day_of(action["ended_at"])
    return ended is not None and ended < context.reference_date
