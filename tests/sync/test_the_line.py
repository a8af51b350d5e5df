"""The line between a workspace and the server breaks, falls silent, slows down, or says a thing twice."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from resorption_plugin.core.errors import Cancelled
from resorption_plugin.core.sync.ports import UnreachableError
from resorption_plugin.core.sync.session import synchronise
from resorption_plugin.postgis.remote import PostgresRemote

from .conftest import Engage
from .followed import new_uid
from .ground import Ground
from .officers import GIVES_UP, Officer, attached
from .proxy import Cut, How, Where
from .rest import a_site, all_holds, look_at

CHANCE = random.Random(12)
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
    uid = anne.hands.add_site(new_uid(CHANCE))
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


def test_a_page_heard_twice_changes_nothing(engage: Engage) -> None:
    anne, bruno = engage("31"), engage("31")
    uid = a_site(anne, bruno)
    anne.hands.set("site", uid, name="again")
    anne.sync()
    cursor = bruno.state().cursor
    page = bruno.remote().pull(cursor)
    for _ in range(3):
        bruno.local().receive(page)
        assert bruno.state().cursor == page.upto
        assert bruno.hands.value("site", uid, "name") == "again"
    all_holds(anne, bruno)


class Impatient:
    """A person who stops after some tenths of a second."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    def progress(self, fraction: float) -> None:
        """Look away."""

    def is_cancelled(self) -> bool:
        return time.monotonic() > self.until


def test_a_line_that_falls_silent_is_left_when_the_person_stops(engage: Engage, fresh: Ground) -> None:
    anne = engage("31")
    uid = a_site(anne)
    anne.hands.set("site", uid, name="into the silence")
    fresh.hang_up()
    fresh.proxy.arm(Cut(Where.AFTER, r"app\.push", How.SILENT))
    began = time.monotonic()
    target = fresh.target(anne.login)
    with (
        attached(anne.path) as local,
        PostgresRemote(target, Impatient(1.0)) as remote,
        pytest.raises(Cancelled),
    ):
        synchronise(local, remote, patience=GIVES_UP)
    assert time.monotonic() - began < 12
    look_at(anne)
    all_holds(anne)


def test_a_slow_line_takes_its_time_and_carries_all(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    for _ in range(5):
        anne.hands.act(CHANCE)
    fresh.hang_up()
    fresh.proxy.latency_s, fresh.proxy.bytes_per_s = 0.02, 200_000
    try:
        anne.sync()
        bruno.sync()
    finally:
        fresh.proxy.latency_s = fresh.proxy.bytes_per_s = 0
    all_holds(anne, bruno)


def test_three_lines_of_ten_are_dropped(engage: Engage, fresh: Ground) -> None:
    anne, bruno = engage("31"), engage("31")
    for number in range(20):
        anne.hands.act(CHANCE)
        if CHANCE.random() < 0.3:
            statement = CHANCE.choice((r"app\.push", r"app\.pull", r"app\.hello"))
            fresh.hang_up()
            fresh.proxy.arm(Cut(CHANCE.choice(list(Where)), statement, CHANCE.choice((How.CLOSED, How.RESET))))
        try:
            (anne, bruno)[number % 2].sync(patience=GIVES_UP)
        except UnreachableError:
            look_at(anne)
    fresh.proxy.arm(None)
    all_holds(anne, bruno)
