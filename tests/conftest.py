"""What every tier shares. Nothing here imports QGIS: tests/core and tests/architecture run without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.workspace import create_workspace

ROOT = Path(__file__).resolve().parent.parent
TIERS = {"core", "geopackage", "db", "sync", "qgis", "gui", "day"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the tier it lies in and by the use of shared data."""
    for item in items:
        tier = item.path.relative_to(ROOT / "tests").parts[0]
        if tier in TIERS:
            item.add_marker(tier)
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real sample data, which is not part of the repository."""
    folder = Path(os.environ.get("RESORPTION_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"There are no sample data at {folder}: set RESORPTION_SHARED to the folder that holds data/.")
    return folder


@pytest.fixture(scope="session")
def territories_file() -> Path:
    """Return the packed communes and departments that `make setup` builds."""
    path = ROOT / "build" / "reference" / "territories.npz"
    assert path.is_file(), f"{path} is missing: run make setup"
    return path


@pytest.fixture(scope="session")
def territory(territories_file: Path) -> Territory:
    """Return the communes and departments of France."""
    return Territory.load(territories_file)


@pytest.fixture(scope="session")
def empty_workspace(territory: Territory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty workspace of Haute-Garonne; copy it before writing."""
    path = tmp_path_factory.mktemp("workspace") / "31.gpkg"
    create_workspace(path, ["31"], territory)
    return path


@pytest.fixture
def workspace(empty_workspace: Path, tmp_path: Path) -> Path:
    """Return an empty workspace of Haute-Garonne of the test's own."""
    copy = tmp_path / "31.gpkg"
    copy.write_bytes(empty_workspace.read_bytes())
    return copy
