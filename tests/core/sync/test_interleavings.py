"""Two people, three things each on one row, in every order: the exhaustive part of what the histories try at random."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations, product

import pytest
from hypothesis import settings

from tests.stories.memory import MemoryWorld
from tests.stories.scenes import Scene
from tests.stories.world import Client, Cut

Step = str

PROGRAMS: tuple[tuple[Step, Step, Step], ...] = (
    ("comments", "push", "pull"),
    ("comments", "pull", "push"),
    ("comments", "freeze", "comments"),
    ("comments", "push", "comments"),
    ("comments", "lost", "pull"),
    ("people", "push", "pull"),
    ("people", "comments", "sync"),
    ("nothing", "sync", "comments"),
    ("delete", "push", "pull"),
    ("delete", "pull", "push"),
    ("comments", "push", "delete"),
    ("pull", "delete", "undo"),
    ("delete", "freeze", "undo"),
)

IN_A_NORMAL_RUN = 9
"""One schedule in so many is played; the profile `torture` plays them all."""


def _schedules() -> Iterator[tuple[int, tuple[Step, ...], tuple[Step, ...], tuple[int, ...]]]:
    """Yield every pair of programs in every order of their steps: the positions that the first one takes."""
    pairs = product(PROGRAMS, PROGRAMS)
    for number, ((one, other), turns) in enumerate(product(pairs, combinations(range(6), 3))):
        yield number, one, other, turns


def _do(scene: Scene, client: Client, step: Step) -> None:
    story, key = scene.story, scene.dwelling
    match step:
        case "freeze" | "push" | "pull" | "sync":
            getattr(story, step)(client)
        case "lost":
            client.remote.cut("push", Cut.AFTER)
            story.push(client)
        case "delete" if key in client.rows():
            scene.kept[client.name] = dict(client.rows()[key])
            story.delete(client, key)
        case "undo" if key not in client.rows() and client.name in scene.kept:
            story.undo(client, key, scene.kept[client.name])
        case "nothing" if key in client.rows():
            story.write(client, key, {"comments": None})
        case "comments" | "people" if key in client.rows():
            scene.edit(client, key, step)


def _play(one: tuple[Step, ...], other: tuple[Step, ...], turns: tuple[int, ...]) -> None:
    scene = Scene(MemoryWorld())
    first, second = iter(one), iter(other)
    for turn in range(6):
        if turn in turns:
            _do(scene, scene.ana, next(first))
        else:
            _do(scene, scene.ben, next(second))
        scene.story.check()
    scene.story.finish()


@pytest.mark.parametrize("program", range(len(PROGRAMS)), ids=["-".join(program) for program in PROGRAMS])
def test_every_order_keeps_the_promises(program: int) -> None:
    step = 1 if settings.get_current_profile_name() == "torture" else IN_A_NORMAL_RUN
    played = 0
    for number, one, other, turns in _schedules():
        if one != PROGRAMS[program] or number % step:
            continue
        play = partial(_play, one, other, turns)
        try:
            play()
        except AssertionError as error:
            error.add_note(f"{one} against {other}, the first at {turns}")
            raise
        played += 1
    assert played >= len(PROGRAMS) * 20 // step
