"""What the tests of the interface share: a small QGIS, the plugin in it, a workspace of Haute-Garonne."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtWidgets import QTabWidget

from resorption_plugin.core.ports import Silent
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.qgis_adapters.project import write_project
from resorption_plugin.qgis_adapters.synchronising import attach_workspace
from resorption_plugin.ui.dock import ResorptionDock
from resorption_plugin.ui.sharing_page import SharingPage
from tests.gui import sharing_desk
from tests.gui.conflict_office import Office
from tests.gui.shared_server import installed_cluster, shared_database
from tests.quiet_canvas import quiet_canvas  # noqa: F401
from tools.throw_away_cluster import Cluster

sys.path.insert(0, str(Path(__file__).parent))
from shapely_free_qgis import SmallQgis

from tests.gui.tasks_end import tasks_end


@pytest.fixture
def small_qgis(qgis_app, qtbot):
    # not qtbot.addWidget: it deletes the window before the plugin has been unloaded from it
    qgis = SmallQgis()
    qgis.window.show()
    yield qgis
    QgsProject.instance().clear()
    qgis.window.close()
    qgis.window.deleteLater()


@pytest.fixture
def plugin(small_qgis, qtbot):
    """The plugin, started in the small QGIS, and unloaded afterwards."""
    started = ResorptionPlugin(small_qgis)
    started.initGui()
    yield started
    try:
        tasks_end(qtbot)
    finally:  # a plugin that stays makes every later test fail
        started.unload()


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory, territory, qgis_app) -> SimpleNamespace:
    """An empty workspace of Haute-Garonne with its project, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    workspace, project = folder / "empty.gpkg", folder / "empty.qgz"
    create_workspace(workspace, ["31"], territory)
    write_project(workspace, project, "fr")
    return SimpleNamespace(folder=folder, workspace=workspace, project=project)


@pytest.fixture
def workspace(tmp_path, empty_workspace) -> SimpleNamespace:
    """A fresh copy of the empty workspace; the project finds it by its relative path."""
    copies = {}
    for kind in ("workspace", "project"):
        source: Path = getattr(empty_workspace, kind)
        copies[kind] = tmp_path / source.name
        copies[kind].write_bytes(source.read_bytes())
    return SimpleNamespace(**copies)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server with an installed database."""
    with installed_cluster() as started:
        yield started


@pytest.fixture
def server(cluster, tmp_path, monkeypatch) -> Iterator[Cluster]:
    """A database of the test's own, which the services of two officers reach."""
    services = tmp_path / "services.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    officers = {sharing_desk.MARIE: "officer", sharing_desk.KARIM: "officer"}
    with shared_database(cluster, services, officers) as shared:
        yield shared


@pytest.fixture
def colleague(server, empty_workspace, tmp_path) -> Path:
    """The workspace of Karim, who has sent a site."""
    path = tmp_path / "karim.gpkg"
    path.write_bytes(empty_workspace.workspace.read_bytes())
    sharing_desk.write(path, name="Chemin de l'Écluse")
    attach_workspace(path, f"service={sharing_desk.KARIM}", Silent())
    return path


@pytest.fixture
def page(plugin, small_qgis, workspace, server, qtbot) -> Iterator[SharingPage]:
    """The page of Marie, whose workspace is not shared yet; nothing is checked again meanwhile."""
    QgsSettings().setValue("plugins/resorption/recheck-after-edit", False)
    assert small_qgis.addProject(str(workspace.project))
    dock = small_qgis.window.findChild(ResorptionDock)
    dock.show_up()
    qtbot.waitUntil(dock.sharing.connect_server.isEnabled, timeout=sharing_desk.PATIENCE_MS)
    dock.findChild(QTabWidget).setCurrentWidget(dock.sharing)
    qtbot.waitUntil(dock.sharing.connect_server.isVisible, timeout=sharing_desk.PATIENCE_MS)
    tasks_end(qtbot)
    yield dock.sharing
    QgsSettings().remove("plugins/resorption/recheck-after-edit")


@pytest.fixture
def office(qgis_app, qtbot, workspace) -> Office:
    return Office(qtbot, workspace.workspace)


@pytest.fixture
def renamed(office) -> tuple[str, str]:
    """The record and the contradiction on its name, with French letters."""
    site = office.enters(name="L’Île-d'Été", commune="Toulouse")
    told = {"base": {"name": "Île"}, "mine": {"name": "L’Île-d'Été"}, "theirs": {"name": "Les Œillets & Cie"}}
    return site, office.meets("site", site, group="name", **told)
