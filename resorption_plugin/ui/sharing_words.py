"""What an exchange did, or why it did not, as the page *Sharing* says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.sync.ports import UnreachableError
from ..qgis_adapters.sharing import Sharing
from ..qgis_adapters.translation import number_text, sentence, tr

if TYPE_CHECKING:  # it needs the driver of PostgreSQL, which may be missing
    from ..qgis_adapters.synchronising import Done

Forms = tuple[str, str]
"""A count in words, for one and for several; 0 is not told."""

TO_SEND: Forms = (mark("{n} record to send"), mark("{n} records to send"))
TO_RECEIVE: Forms = (mark("{n} record to receive"), mark("{n} records to receive"))
TO_DECIDE: Forms = (mark("{n} contradiction to decide"), mark("{n} contradictions to decide"))
ASIDE: Forms = (mark("{n} record set aside"), mark("{n} records set aside"))
_SENT: Forms = (mark("{n} record sent"), mark("{n} records sent"))
_RECEIVED: Forms = (mark("{n} record received"), mark("{n} records received"))


def counted(number: int, forms: Forms) -> str:
    """Return “1 record sent” or “3 records sent”."""
    return tr(forms[number > 1], n=number_text(number))


def listed(counts: Iterable[tuple[int, Forms]]) -> str:
    """Return “3 records sent, 1 contradiction to decide”; empty where nothing is counted."""
    return ", ".join(counted(number, forms) for number, forms in counts if number)


def done_text(done: Done) -> str:
    """Return what was exchanged and what it left to do, in one line."""
    waiting = done.report.waiting
    left = listed(((waiting.conflicts, TO_DECIDE), (waiting.quarantined, ASIDE)))
    return f"{', '.join(filter(None, (_exchanged(done), left)))}."


def _exchanged(done: Done) -> str:
    report = done.report
    return listed(((report.sent, _SENT), (report.received, _RECEIVED))) or tr("no record was exchanged")


def waiting_text(sharing: Sharing, coming: int) -> str:
    """Return what waits for the user, one kind after the other; empty where nothing does."""
    waiting = sharing.waiting
    return listed(((coming, TO_RECEIVE), (waiting.to_send, TO_SEND), *_to_settle(sharing)))


def here_text(sharing: Sharing) -> str:
    """Return what waits in the workspace, the first copy too; that everything was sent where nothing does."""
    waiting, photos = sharing.waiting, sharing.photos_to_send
    left = listed(((waiting.to_send, TO_SEND), *_to_settle(sharing)))
    told = [] if sharing.is_copied else [tr("The shared database has not been copied here yet: synchronise.")]
    if left:
        told.append(f"{left}.")
    if waiting.conflicts or any(one.cause is not None for one in sharing.aside):
        told.append(tr("What is to decide or set aside is not in the shared database."))
    if photos:
        told.append(tr("Photos to send: {count}.", count=number_text(photos)))
    return " ".join(told) or tr("Everything was sent.")


def _to_settle(sharing: Sharing) -> tuple[tuple[int, Forms], ...]:
    return (sharing.waiting.conflicts, TO_DECIDE), (len(sharing.aside), ASIDE)


def last_text(done: Done) -> str:
    """Return when the last exchange was, and what travelled: what waits since then is told by ``here_text``."""
    now = dt.datetime.now().strftime("%H:%M")  # noqa: DTZ005 - the officer's clock
    return tr("Last exchange at {time}: {told}", time=now, told=f"{_exchanged(done)}.")


def news_text(count: int) -> str:
    """Return how much would come."""
    return f"{counted(count, TO_RECEIVE)}." if count else tr("Nothing to receive.")


def problem_text(error: ResorptionError) -> str:
    """Return what went wrong, with a sign; being without network is a state."""
    told = sentence(error)
    if isinstance(error, UnreachableError):
        return tr("Offline. {reason} Your changes stay on this computer.", reason=told)
    return f"⚠ {told}"
