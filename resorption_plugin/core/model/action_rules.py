"""What an action is on a day."""

from __future__ import annotations

from .expressions import all_of, any_of, compare, unknown
from .terms import Today

RUNNING = all_of(
    any_of(unknown("started_at"), compare("started_at", "<=", Today())),
    any_of(unknown("ended_at"), compare("ended_at", ">=", Today())),
)
"""An action that has begun and is not over; one whose dates nobody wrote is on the record, and counts as running."""
