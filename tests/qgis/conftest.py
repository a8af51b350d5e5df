"""What the tests with QGIS share."""

from __future__ import annotations

from pathlib import Path

import pytest

from resorption_plugin.qgis_adapters.project import write_project


@pytest.fixture(scope="session")
def empty_project(empty_workspace: Path, qgis_app: object) -> Path:
    """Return the French project of the empty workspace, made once: making it takes seconds."""
    path = empty_workspace.with_suffix(".qgz")
    write_project(empty_workspace, path, "fr")
    return path


@pytest.fixture
def project_file(workspace: Path, empty_project: Path) -> Path:
    """Return the project of the test's own workspace, which it finds by its relative path."""
    copy = workspace.with_suffix(".qgz")
    copy.write_bytes(empty_project.read_bytes())
    return copy
