"""Two officers, three things each on one row of the real server, in any order: a sample here, all when asked."""

from __future__ import annotations

import os
import random

import pytest

from .conftest import Engage
from .interleavings import Schedule, Stage, schedules

SAMPLE = 28
PARTS = 4


def chosen() -> list[Schedule]:
    """Return the schedules of this run: ``SYNC_SCHEDULES=all`` for every one."""
    every = schedules()
    if os.environ.get("SYNC_SCHEDULES") == "all":
        return every
    return random.Random(20_261_122).sample(every, SAMPLE)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_the_order_nothing_is_lost_and_both_hold_the_same(engage: Engage, part: int) -> None:
    stage = Stage(engage("31"), engage("31"))
    for schedule in chosen()[part::PARTS]:
        try:
            stage.play(schedule)
        except AssertionError as error:
            raise AssertionError(f"{schedule}\n{error}\n{stage.one.witness.dump()}") from error
    stage.one.witness.check_fold()
