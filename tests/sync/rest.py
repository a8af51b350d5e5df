"""How people begin with a site that all know, how they come to rest, and all that must be true then."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.sync.conflicts import Dispute

from .followed import new_uid
from .invariants import check_log
from .officers import Officer

ROUNDS = 12
"""In how many rounds of sessions everybody must come to rest."""

_CHANCE = random.Random(47)

Settle = Callable[[Officer, Dispute], None]


class StuckError(AssertionError):
    """Everybody synchronises, and it never ends."""


def a_site(*officers: Officer) -> str:
    """Make a site that everybody knows; return its uid."""
    uid = officers[0].hands.add_site(new_uid(_CHANCE))
    for officer in officers:
        officer.sync()
    return uid


def look_at(officer: Officer) -> None:
    """Look at what must be true at any time."""
    officer.witness.look()
    officer.check_kept()
    officer.check_cursor()


def come_to_rest(officers: Sequence[Officer], settle: Settle) -> None:
    """Let everybody synchronise and decide until nothing moves."""
    for _ in range(ROUNDS):
        is_quiet = True
        for officer in officers:
            report = officer.sync()
            look_at(officer)
            assert not report.unrepaired, f"I3: {officer.name} cannot repair {report.unrepaired}"
            disputes = officer.disputes()
            is_quiet &= not (report.sent or report.received or report.conflicts or disputes)
            for dispute in disputes:
                settle(officer, dispute)
        if is_quiet and all(officer.state().cursor == officer.witness.head()[0] for officer in officers):
            return
    raise StuckError(f"after {ROUNDS} rounds of sessions: { {one.name: one.waiting() for one in officers} }")


def theirs(officer: Officer, dispute: Dispute) -> None:
    """Decide for what the others wrote."""
    officer.decide(dispute, Choice.THEIRS, officer.hands.marks)


def all_holds(*officers: Officer) -> None:
    """Let everybody come to rest, each for what the others wrote, then look at what must be true."""
    come_to_rest(officers, theirs)
    check_everything(officers, random.Random(1))


def check_everything(officers: Sequence[Officer], chance: random.Random) -> int:
    """Look at what must be true at rest; return how many batches were sent again for it."""
    witness = officers[0].witness
    images, places = witness.images(), witness.departments()
    for officer in officers:
        officer.check_kept()
        officer.check_converged(images, places)
        officer.check_file()
        officer.check_bytes()
    check_log(officers[0].ledger, witness)
    witness.check_places()
    witness.check_fold()
    return sum(officer.check_replays(chance) for officer in officers)
