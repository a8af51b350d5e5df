"""Workspaces that share a server held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.geopackage.sync.shared import Person, assert_sound
from tests.stories.held import EVERYWHERE
from tests.stories.server import MemoryServer


@pytest.fixture
def server() -> MemoryServer:
    """Return an empty server."""
    return MemoryServer()


@pytest.fixture
def person(server: MemoryServer, empty_workspace: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Give what makes a person with a workspace of their own, attached to the server; it is sound at the end."""
    paths: list[Path] = []
    with ExitStack() as opened:

        def make(name: str, departments: frozenset[str] = EVERYWHERE) -> Person:
            server.grant(name, departments)
            path = tmp_path / f"{name}.gpkg"
            path.write_bytes(empty_workspace.read_bytes())
            paths.append(path)
            return opened.enter_context(Person.at(path, server, name))

        yield make
        for path in paths:
            assert_sound(path)


@pytest.fixture
def anna(person: Callable[..., Person]) -> Person:
    return person("anna")


@pytest.fixture
def bob(person: Callable[..., Person]) -> Person:
    return person("bob")


@pytest.fixture
def uid(anna: Person, bob: Person) -> str:
    """Return a site that both know."""
    made = anna.insert(name="Avant", population_total=3, comments="Un mot", rb_id=1)
    anna.sync()
    bob.sync()
    return made
