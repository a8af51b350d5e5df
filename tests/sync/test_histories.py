"""Random histories on the real server: a few here, thousands by ``make torture``."""

from __future__ import annotations

import pytest

from tools.torture import places, told

from .ground import Ground
from .histories import History

SEEDS = range(20_261_122_000, 20_261_122_010)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_history_loses_nothing(server: Ground, seed: int) -> None:
    if seed == SEEDS[0]:
        server.renew()
    outcome = History(server, seed, places(seed)).run()
    assert not outcome.failure, told(outcome)
