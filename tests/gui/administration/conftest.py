"""A real server, which four people reach, their workspaces, and the window of administrators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.gui import QgsMapCanvas

from resorption_plugin.core.ports import Silent
from resorption_plugin.qgis_adapters.synchronising import attach_workspace
from resorption_plugin.ui.administration_dialog import AdministrationDialog
from tests.gui.administration.hands import wait
from tests.gui.shared_server import installed_cluster, shared_database
from tools.throw_away_cluster import Cluster

ROLES = {"ada": "admin", "alix": "auditor", "marie": "officer", "karim": "officer"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server with an installed database, and a login that has no access to it."""
    with installed_cluster() as started:
        started.login("nouveau")
        yield started


@pytest.fixture
def server(cluster, tmp_path, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own; each person has a service of their name, and Marie writes in Toulouse alone."""
    services = tmp_path / "services.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    with shared_database(cluster, services, ROLES) as shared:
        shared.sql("SELECT app.grant_access('marie', 'officer', '{31555}')", "shared")
        yield shared


@pytest.fixture
def attached(server, empty_workspace, tmp_path) -> Callable[[str], Path]:
    """Make a workspace of somebody, attached to the shared database."""

    def make(login: str) -> Path:
        path = tmp_path / f"{login}.gpkg"
        path.write_bytes(empty_workspace.workspace.read_bytes())
        attach_workspace(path, f"service={login}", Silent())
        return path

    return make


@pytest.fixture
def opened(qgis_app, server, qtbot) -> Iterator[Callable[..., AdministrationDialog]]:
    """Open the window with a connection, and wait until it has read."""
    made: list[object] = []

    def make(connection: str, workspace: Path | None = None) -> AdministrationDialog:
        canvas = QgsMapCanvas()
        dialog = AdministrationDialog(workspace, connection, canvas)
        made.extend((dialog, canvas))
        dialog.show()
        wait(dialog, qtbot)
        return dialog

    yield make
    for one in made:
        one.close()
        one.deleteLater()
