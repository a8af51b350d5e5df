"""What an action is on a day."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from .expressions import Condition, all_of, any_of, compare, unknown
from .terms import Constant, Term, Today


def _running(on: Term) -> Condition:
    return all_of(
        any_of(unknown("started_at"), compare("started_at", "<=", on)),
        any_of(unknown("ended_at"), compare("ended_at", ">=", on)),
    )


RUNNING = _running(Today())
"""An action that has begun and is not over; one whose dates nobody wrote is on the record, and counts as running."""


@lru_cache(maxsize=512)
def running_on(day: dt.date) -> Condition:
    """Return ``RUNNING`` for another day than today."""
    return _running(Constant(day))
