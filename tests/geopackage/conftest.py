"""What the tests of the workspace file share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from resorption_plugin.geopackage.store import GeoPackageStore


@pytest.fixture
def path(workspace: Path) -> Path:
    """Return the file of an empty workspace of the test's own."""
    return workspace


@pytest.fixture
def store(path: Path) -> Iterator[GeoPackageStore]:
    """Give the store of that file; it does not wait long for another program."""
    with GeoPackageStore.open(path, lock_timeout_s=0.1) as opened:
        yield opened
