"""What the tests with QGIS share."""

from __future__ import annotations

from pathlib import Path

import pytest

from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.workspace import create_workspace


@pytest.fixture(scope="session")
def empty_workspace(territories_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty workspace of Haute-Garonne; copy it before writing."""
    path = tmp_path_factory.mktemp("workspace") / "31.gpkg"
    create_workspace(path, ["31"], Territory.load(territories_file))
    return path


@pytest.fixture
def workspace(empty_workspace: Path, tmp_path: Path) -> Path:
    """Return an empty workspace of Haute-Garonne of the test's own."""
    copy = tmp_path / "31.gpkg"
    copy.write_bytes(empty_workspace.read_bytes())
    return copy
