"""What an exchange did, or why it did not, as the page *Sharing* says it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ..core.errors import ResorptionError
from ..core.sync.ports import UnreachableError
from ..qgis_adapters.translation import sentence, tr

if TYPE_CHECKING:  # it needs the driver of PostgreSQL, which may be missing
    from ..qgis_adapters.synchronising import Done


def done_text(done: Done) -> str:
    """Return what was exchanged, in one line."""
    waiting = done.report.waiting
    told = tr(
        "{sent} sent, {received} received, {count} to decide.",
        sent=done.report.sent,
        received=done.report.received,
        count=waiting.conflicts,
    )
    return f"{told} {tr('{count} set aside.', count=waiting.quarantined)}" if waiting.quarantined else told


def last_text(told: str) -> str:
    """Return when the last exchange was, and what it did."""
    now = dt.datetime.now().strftime("%H:%M")  # noqa: DTZ005 - the officer's clock
    return tr("Last exchange at {time}: {told}", time=now, told=told)


def news_text(count: int) -> str:
    """Return how much would come."""
    return tr("{count} to receive.", count=count) if count else tr("Nothing to receive.")


def problem_text(error: ResorptionError) -> str:
    """Return what went wrong, with a sign; being without network is a state."""
    told = sentence(error)
    if isinstance(error, UnreachableError):
        return tr("Offline. {reason} Your changes stay on this computer.", reason=told)
    return f"⚠ {told}"
