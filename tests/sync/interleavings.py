"""Two officers, three things each on one row, in every order: each thing is one transaction on one side."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from resorption_plugin.core.sync.operations import Choice
from resorption_plugin.geopackage.sync.conflicts import Dispute

from .followed import new_uid
from .invariants import check_log
from .officers import Officer
from .rest import come_to_rest

Deed = str
"""``name`` and ``comments`` (an edit of it), ``delete``, ``child`` (a record that belongs to it), ``freeze``, ``push``
(freeze what is not frozen, send, settle), ``pull``."""

PROGRAMS: tuple[tuple[Deed, Deed, Deed], ...] = (
    ("name", "push", "pull"),
    ("name", "pull", "push"),
    ("name", "freeze", "name"),
    ("name", "freeze", "pull"),
    ("name", "push", "name"),
    ("name", "freeze", "delete"),
    ("comments", "push", "pull"),
    ("delete", "push", "pull"),
    ("delete", "pull", "push"),
    ("delete", "freeze", "pull"),
    ("child", "push", "pull"),
    ("child", "pull", "push"),
    ("pull", "name", "push"),
    ("name", "delete", "push"),
)


@dataclass(frozen=True)
class Schedule:
    """Two programs, and whose turn it is each time."""

    first: tuple[Deed, Deed, Deed]
    second: tuple[Deed, Deed, Deed]
    turns: tuple[int, ...]
    ends: tuple[Choice, Choice] = (Choice.MINE, Choice.THEIRS)
    """How each of the two decides what contradicts."""

    def __str__(self) -> str:
        places = [iter(self.first), iter(self.second)]
        return " ".join(f"{'AB'[turn]}:{next(places[turn])}" for turn in self.turns)


def schedules() -> list[Schedule]:
    """Return all of them, in an order that depends on nothing."""
    return list(_all())


def _all() -> Iterator[Schedule]:
    for first, second in product(PROGRAMS, PROGRAMS):
        for number, turns in enumerate(combinations(range(6), 3)):
            order = tuple(0 if place in turns else 1 for place in range(6))
            ends = ((Choice.MINE, Choice.THEIRS), (Choice.MINE, Choice.MINE), (Choice.THEIRS, Choice.MINE))[number % 3]
            yield Schedule(first, second, order, ends)


@dataclass
class Stage:
    """Where schedules are played, one after the other, each on a row of its own."""

    one: Officer
    two: Officer
    number: int = 0

    def play(self, schedule: Schedule) -> None:
        """Play a schedule, then let both come to rest; raises when something is lost, made twice or left different."""
        self.number += 1
        chance = random.Random(f"stage {self.number}")
        uid = self.one.hands.add_site(new_uid(chance))
        for officer in (self.one, self.two):
            officer.sync()
        self.one.witness.look()
        places = [iter(schedule.first), iter(schedule.second)]
        for turn in schedule.turns:
            officer = (self.one, self.two)[turn]
            self._do(next(places[turn]), officer, uid, chance)
            officer.witness.look()
            officer.check_kept()
        self._rest(schedule)
        self._check(uid)

    def _do(self, deed: Deed, officer: Officer, uid: str, chance: random.Random) -> None:
        is_here = officer.hands.value("site", uid, "uid") is not None
        match deed:
            case "name" | "comments" if is_here:
                officer.hands.set("site", uid, **{deed: officer.hands.marks.text("31")})
            case "child" if is_here:
                officer.hands.add_child("journal_entry", uid, new_uid(chance))
            case "delete" if is_here:
                officer.hands.delete("site", uid)
            case "freeze":
                officer.local().freeze()
            case "push":
                push(officer)
            case "pull":
                pull(officer)
            case _:
                pass  # there is nothing to edit any more

    def _rest(self, schedule: Schedule) -> None:
        def settle(officer: Officer, dispute: Dispute) -> None:
            officer.decide(dispute, schedule.ends[0 if officer is self.one else 1], officer.hands.marks)

        come_to_rest((self.one, self.two), settle)

    def _check(self, uid: str) -> None:
        check_log(self.one.ledger, self.one.witness)
        images, places = self.one.witness.images(("site", "journal_entry")), self.one.witness.departments()
        for officer in (self.one, self.two):
            officer.check_converged(images, places)


def push(officer: Officer) -> None:
    """Send what is frozen, else what is edited, and settle the answer."""
    local = officer.local()
    batch = local.freeze()
    if batch is not None:
        revision, results = officer.remote().push(batch, local.state())
        local.settle(batch, results, revision)


def pull(officer: Officer) -> None:
    """Take what others did."""
    local = officer.local()
    local.receive(officer.remote().pull(local.state().cursor))
