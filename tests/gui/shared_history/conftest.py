"""What everybody wrote, on a real server: the workspaces of two people, one of them open in QGIS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtGui import QAction

from resorption_plugin.core.ports import Silent
from resorption_plugin.core.records import Record
from resorption_plugin.qgis_adapters.layers import find_layer
from resorption_plugin.qgis_adapters.synchronising import attach_workspace, synchronise_workspace
from tests.gui.shared_history.hands import COUNT, HERE, PATIENCE_MS, SITE, THERE, idle, write
from tests.gui.shared_server import SHARED, installed_cluster, shared_database
from tools.throw_away_cluster import Cluster

BEGUN = "begun"
"""The database that each test copies."""


@pytest.fixture(scope="module")
def begun(empty_workspace, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Karim has made a site, renamed and moved it, and counted; Marie, who administrates, has received it."""
    folder = tmp_path_factory.mktemp("begun")
    services, karim, marie = folder / "services.conf", folder / "karim.gpkg", folder / "marie.gpkg"
    for path in (karim, marie):
        path.write_bytes(empty_workspace.workspace.read_bytes())
    roles = {"marie": "admin", "karim": "officer"}
    with pytest.MonkeyPatch.context() as patch, installed_cluster() as cluster:
        patch.setenv("PGSERVICEFILE", str(services))
        with shared_database(cluster, services, roles):
            place = {"department": "31", "fk_city": "31555", "commune": "Toulouse", "epci": "243100518"}
            write(karim, insert=[Record("site", SITE, {**place, "status": "open", "name": "L'Écluse"}, HERE)])
            attach_workspace(karim, "service=karim", Silent())
            count = {"site_uid": SITE, "counted_on": dt.date(2026, 2, 1)}
            write(
                karim,
                insert=[Record("population_count", COUNT, count)],
                update=[Record("site", SITE, {"name": "=Chemin de l'Écluse"}, THERE)],
            )
            synchronise_workspace(karim, "", Silent())
            attach_workspace(marie, "service=marie", Silent())
            cluster.disconnect(SHARED)
            cluster.copy(SHARED, BEGUN)
        yield SimpleNamespace(cluster=cluster, karim=karim, marie=marie, services=services)


@pytest.fixture
def server(begun, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own, as it was begun."""
    monkeypatch.setenv("PGSERVICEFILE", str(begun.services))
    begun.cluster.copy(BEGUN, SHARED)
    yield begun.cluster
    begun.cluster.disconnect(SHARED)
    begun.cluster.drop(SHARED)


@pytest.fixture
def two(plugin, small_qgis, workspace, begun, server, qtbot) -> SimpleNamespace:  # noqa: PLR0917 - what it stands on
    """The workspaces of both; Marie's is open."""
    karim = workspace.workspace.with_name("karim.gpkg")
    karim.write_bytes(begun.karim.read_bytes())
    workspace.workspace.write_bytes(begun.marie.read_bytes())
    assert small_qgis.addProject(str(workspace.project))
    offered = small_qgis.window.findChild(QAction, "resorption_territory_history")
    qtbot.waitUntil(offered.isEnabled, timeout=PATIENCE_MS)
    small_qgis.canvas.setExtent(find_layer(QgsProject.instance(), "site").extent().buffered(0.01))
    idle(qtbot)
    return SimpleNamespace(karim=karim, marie=workspace.workspace, window=small_qgis.window, server=server)
