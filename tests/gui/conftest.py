"""What the tests of the interface share: a small QGIS, the plugin in it, a workspace of Haute-Garonne."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import QgsApplication, QgsProject

from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.qgis_adapters.project import write_project

sys.path.insert(0, str(Path(__file__).parent))
from shapely_free_qgis import SmallQgis

PATIENCE_MS = 20_000


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
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE_MS)
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
