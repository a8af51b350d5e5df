"""The stories of people who share a database, played with real workspaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.core.sync.test_machine import Machine
from tests.geopackage.sync.files import FileWorld
from tests.stories.scenes import SCENES, play


@pytest.fixture
def world(empty_workspace: Path, tmp_path: Path) -> Iterator[FileWorld]:
    made = FileWorld(empty_workspace, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("name", SCENES)
def test_a_story_ends_as_it_does_in_memory(world: FileWorld, name: str) -> None:
    play(name, world)


def test_short_histories_keep_the_promises(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The machine that plays thousands of histories in memory plays a few here."""
    worlds: list[FileWorld] = []

    class Files(Machine):
        @staticmethod
        def world() -> FileWorld:
            worlds.append(FileWorld(empty_workspace, tmp_path_factory.mktemp("world")))
            return worlds[-1]

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                worlds.pop().close()

    few = settings(
        max_examples=4,
        stateful_step_count=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Files, settings=few)
