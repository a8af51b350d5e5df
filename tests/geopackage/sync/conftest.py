"""Workspaces that share a server held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.geopackage.sync.shared import Person
from tests.stories.held import EVERYWHERE
from tests.stories.server import MemoryServer


@pytest.fixture
def server() -> MemoryServer:
    """Return an empty server."""
    return MemoryServer()


@pytest.fixture
def person(server: MemoryServer, empty_workspace: Path, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Give what makes a person with a workspace of their own, attached to the server."""
    with ExitStack() as opened:

        def make(name: str, departments: frozenset[str] = EVERYWHERE) -> Person:
            server.grant(name, departments)
            path = tmp_path / f"{name}.gpkg"
            path.write_bytes(empty_workspace.read_bytes())
            return opened.enter_context(Person.at(path, server, name))

        yield make


@pytest.fixture
def anna(person: Callable[..., Person]) -> Person:
    return person("anna")


@pytest.fixture
def bob(person: Callable[..., Person]) -> Person:
    return person("bob")
