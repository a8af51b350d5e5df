"""What people decide about findings: accepting one as an exception, or withdrawing the exception."""

from __future__ import annotations

import datetime as dt

from ..errors import ParameterError
from ..i18n import mark
from ..records import Record
from .reconcile import ACCEPTED, OPEN, RESOLVED

_EXCEPTION = ("accepted_reason", "accepted_by", "accepted_on", "accepted_until", "accepted_value")


def accept(finding: Record, reason: str, by: str, now: dt.datetime, until: dt.date | None = None) -> Record:
    """Return the columns to write so that ``finding`` is an accepted exception.

    The value is kept: the exception becomes stale when the value gets worse, or after the day ``until``.
    Raises ``ParameterError`` without a reason or an author, for a date that has passed, and for a finding that is
    already resolved.
    """
    on = now.date()
    if not reason.strip():
        raise ParameterError(mark("Give the reason of the exception."))
    if not by.strip():
        raise ParameterError(mark("Say who accepts the exception."))
    if until is not None and until < on:
        raise ParameterError(mark("The exception would end on {until}, which has passed."), until=until)
    if finding["state"] == RESOLVED:
        raise ParameterError(mark("This finding is already resolved: there is nothing to accept."))
    exception = dict(zip(_EXCEPTION, (reason.strip(), by.strip(), on, until, finding["value"]), strict=True))
    return Record("finding", finding.uid, {"state": ACCEPTED, **exception, "updated_at": now, "updated_by": by.strip()})


def reopen(finding: Record, by: str, now: dt.datetime) -> Record:
    """Return the columns to write so that ``finding`` is open again; a resolved one stays resolved."""
    state = RESOLVED if finding["state"] == RESOLVED else OPEN
    withdrawn = dict.fromkeys(_EXCEPTION)
    return Record("finding", finding.uid, {"state": state, **withdrawn, "updated_at": now, "updated_by": by or None})
