"""While jobs are at work the window has Python in time; afterwards the interpreter is as it was."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

from resorption_plugin.qgis_adapters.tasks import Jobs
from resorption_plugin.qgis_adapters.turns import MANY, TURN_S, Turns

Settings = tuple[float, tuple[int, int, int]]
FULL = 2
"""The place of the oldest objects among what Python says of its collections."""


def settings() -> Settings:
    return sys.getswitchinterval(), gc.get_threshold()


@pytest.fixture
def usual() -> Iterator[Settings]:
    """What the interpreter has before, and shall have again; a place to count in without what other tests left."""
    gc.collect()
    before = settings()
    yield before
    gc.unfreeze()
    assert settings() == before


def collections() -> int:
    return gc.get_stats()[FULL]["collections"]


def keep(count: int) -> list[list[int]]:
    return [[number] for number in range(count)]


def test_the_settings_are_put_back_when_the_last_job_has_ended(usual: Settings) -> None:
    turns = Turns()
    turns.begin()
    turns.begin()
    turns.end()
    assert sys.getswitchinterval() == pytest.approx(TURN_S)
    turns.end()
    assert settings() == usual


def test_no_full_collection_begins_while_a_job_is_at_work(usual: Settings) -> None:
    before = collections()
    kept = [keep(1_000_000)]
    assert collections() > before, "Python collects so often by itself"
    turns = Turns()
    turns.begin()
    before = collections()
    kept.append(keep(2_000_000))
    assert collections() == before
    turns.end()
    assert len(kept) == 2


def test_the_records_that_a_job_leaves_are_not_looked_at_again_until_they_are_let_go(usual: Settings) -> None:
    turns = Turns()
    turns.begin()
    kept = keep(MANY)
    turns.keep(len(kept))
    turns.end()
    assert gc.get_freeze_count() >= len(kept)
    turns.look_at_all()
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("kept", [0, MANY - 1])
def test_a_job_that_keeps_little_hides_nothing_from_the_collections(usual: Settings, kept: int) -> None:
    turns = Turns()
    turns.begin()
    before = gc.get_freeze_count()
    made = keep(500_000)
    turns.keep(kept)
    turns.end()
    assert gc.get_freeze_count() < before + len(made)


def test_records_are_set_apart_once(usual: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: times.append(1))
    turns = Turns()
    for kept in (MANY, MANY + 1, MANY + 2, 3 * MANY):
        turns.begin()
        turns.keep(kept)
        turns.end()
    assert len(times) == 3  # what was alive before the first job, then when many more were kept
    turns.look_at_all()
    turns.begin()
    turns.end()
    assert len(times) == 4


def test_a_job_of_qgis_is_one_at_work_until_its_end_is_told(qgis_app, qtbot, usual: Settings) -> None:
    class Nobody:
        def report(self, error: Exception) -> None:
            raise error

    may_end, ended = threading.Event(), list[Settings]()
    jobs = Jobs(Nobody())
    jobs.run("work", lambda _feedback: may_end.wait(60), lambda _result: ended.append(settings()))
    assert sys.getswitchinterval() == pytest.approx(TURN_S)
    may_end.set()
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
    assert ended == [usual]
