"""A shared database, the plugin of the next version, and officers with workspaces."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.db.shared_base import SharedBase
from tests.db.two_versions.officer import Officer
from tests.next_version import NextPlugin, next_plugin


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> NextPlugin:
    """Return the plugin of the next version."""
    return next_plugin(tmp_path_factory.mktemp("next") / "plugin")


@pytest.fixture
def officer(base: SharedBase, plugin: NextPlugin, empty_workspace: Path, tmp_path: Path) -> Callable[[str], Officer]:
    def make(name: str) -> Officer:
        path = tmp_path / f"{name}.gpkg"
        shutil.copy(empty_workspace, path)
        return Officer(path, base, plugin)

    return make


@pytest.fixture
def anne(officer: Callable[[str], Officer]) -> Officer:
    return officer("anne")
