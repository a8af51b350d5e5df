"""Two officers, three things each on one row of the real server, in any order: a sample here, all when asked."""

from __future__ import annotations

import os
import random

import pytest

from .conftest import Engage
from .interleavings import Schedule, Stage, schedules

SAMPLE = 28
AT_ONCE = 40
"""So many at most on one server: what is true of all of it is looked at after each thing done."""


def chosen() -> list[Schedule]:
    """Return the schedules of this run: ``SYNC_SCHEDULES=all`` for every one."""
    every = schedules()
    if os.environ.get("SYNC_SCHEDULES") == "all":
        return every
    return random.Random(20_261_122).sample(every, SAMPLE)


def parts() -> list[list[Schedule]]:
    """Return them in parts, each for a server of its own, four at least."""
    every = chosen()
    count = max(4, -(-len(every) // AT_ONCE))
    return [every[number::count] for number in range(count)]


@pytest.mark.parametrize("part", range(len(parts())))
def test_whatever_the_order_nothing_is_lost_and_both_hold_the_same(engage: Engage, part: int) -> None:
    stage = Stage(engage("31"), engage("31"))
    for schedule in parts()[part]:
        try:
            stage.play(schedule)
        except AssertionError as error:
            raise AssertionError(f"{schedule}\n{error}\n{stage.one.witness.dump()}") from error
    stage.one.witness.check_fold()
