"""The line between a workspace and the server breaks, stalls or slows down: the server crashes, a cable is pulled."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from resorption_plugin.core.sync.ports import UnreachableError

from .conftest import Engage
from .ground import Ground
from .officers import GIVES_UP, Officer
from .people import new_uid
from .proxy import Cut, How, Where

STATEMENTS = (r"app\.hello", r"app\.push", r"app\.pull", r"app\.revision")


def holds(server: Ground, uid: str) -> int:
    witness = server.witness()
    try:
        return len(witness.ask("SELECT FROM resorption.site WHERE uid = %s", (uid,)))
    finally:
        witness.close()


def logged(officer: Officer, uid: str) -> int:
    officer.witness.look()
    return sum(entry.uid == uid for entry in officer.witness.log)


@pytest.mark.parametrize(
    ("where", "how"), [(Where.BEFORE, How.RESET), (Where.MIDDLE, How.CLOSED), (Where.AFTER, How.RESET)]
)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_broken_line_changes_nothing_but_the_time_it_takes(
    engage: Engage, fresh: Ground, statement: str, where: Where, how: How
) -> None:
    anne = engage("31")
    uid = anne.hands.add_site(new_uid(random.Random(1)))
    anne.hang_up()  # the line is made anew through what breaks it
    fresh.proxy.arm(Cut(where, statement, how))
    cuts = fresh.proxy.cuts
    with suppress(UnreachableError):  # what is harmless is asked again on a new line at once
        anne.sync(patience=GIVES_UP)
    assert fresh.proxy.cuts == cuts + 1
    anne.witness.look()
    anne.check_kept()
    report = anne.sync()
    assert not report.waiting.to_send
    assert logged(anne, uid) == 1
