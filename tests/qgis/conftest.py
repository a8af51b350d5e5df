"""What the tests with QGIS share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.processing.install_server import InstallServer
from resorption_plugin.qgis_adapters.project import write_project
from tests.qgis.importing import TABLE
from tests.qgis.shared_base import EMPTY, INSTALLED, Base, copy_of, run
from tests.quiet_canvas import quiet_canvas  # noqa: F401
from tools.throw_away_cluster import Cluster, NoServerError, binaries, running_cluster


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


@pytest.fixture(scope="session")
def cluster(qgis_app: object) -> Iterator[Cluster]:
    """Return a running server where the shared database is installed once, to be copied."""
    try:
        binaries()
    except NoServerError as missing:
        pytest.skip(str(missing))
    with running_cluster(tcp=True) as started:
        started.sql(f"CREATE DATABASE {EMPTY}")
        started.sql("CREATE EXTENSION postgis", EMPTY)
        started.copy(EMPTY, INSTALLED)
        run(InstallServer, CONNECTION=started.place(INSTALLED))
        yield started


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[Base]:
    """Return a database that holds PostGIS and nothing else."""
    yield from copy_of(cluster, EMPTY)


@pytest.fixture
def base(cluster: Cluster) -> Iterator[Base]:
    """Return a shared database of the test's own."""
    yield from copy_of(cluster, INSTALLED)


@pytest.fixture
def other(empty_workspace: Path, tmp_path: Path) -> Path:
    """Return the workspace of someone else."""
    return Path(shutil.copy(empty_workspace, tmp_path / "other.gpkg"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a file of two water points."""
    path = tmp_path / "points.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def empty_paris(territories_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty workspace of Paris; copy it before writing."""
    path = tmp_path_factory.mktemp("paris") / "75.gpkg"
    create_workspace(path, ["75"], Territory.load(territories_file))
    return path


@pytest.fixture
def paris(empty_paris: Path, tmp_path: Path) -> Path:
    """Return an empty workspace of Paris of the test's own."""
    return Path(shutil.copy(empty_paris, tmp_path / "75.gpkg"))
