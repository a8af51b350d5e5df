"""A small QGIS for the tests of the interface: real widgets where the plugin meets QGIS, no main application."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import QgsApplication, QgsProject, QgsVectorLayerTools
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar

from resorption_plugin import paths
from resorption_plugin.core.territory import Territory
from resorption_plugin.geopackage.workspace import create_workspace
from resorption_plugin.plugin import ResorptionPlugin
from resorption_plugin.qgis_adapters.project import build_project

PATIENCE_MS = 20_000


class LayerTools(QgsVectorLayerTools):
    """Edits without asking."""


class SmallQgis:
    """The part of ``QgisInterface`` that the plugin uses, on a real window, canvas and message bar."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.bar = QgsMessageBar(self.window)
        self.help_menu = QMenu("Help", self.window)
        self.window.menuBar().addMenu(self.help_menu)
        self.option_factories: list[object] = []
        self.tools = LayerTools()
        self.asked: list[str] = []
        self.window.resize(1400, 900)

    def mainWindow(self):  # noqa: N802
        return self.window

    def mapCanvas(self):  # noqa: N802
        return self.canvas

    def messageBar(self):  # noqa: N802
        return self.bar

    def vectorLayerTools(self):  # noqa: N802
        return self.tools

    def firstRightStandardMenu(self):  # noqa: N802
        return self.help_menu

    def openMessageLog(self):  # noqa: N802
        self.asked.append("log")

    def showOptionsDialog(self, _parent=None, page=""):  # noqa: N802
        self.asked.append(f"options {page}")

    def addToolBar(self, name: str) -> QToolBar:  # noqa: N802
        return self.window.addToolBar(name)

    def addDockWidget(self, area, dock) -> None:  # noqa: N802
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock) -> None:  # noqa: N802
        self.window.removeDockWidget(dock)

    def registerOptionsWidgetFactory(self, factory) -> None:  # noqa: N802
        self.option_factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory) -> None:  # noqa: N802
        self.option_factories.remove(factory)

    def addProject(self, path: str) -> bool:  # noqa: N802
        return QgsProject.instance().read(path)

    def sentences(self) -> list[str]:
        """Return what the message bar says."""
        return [item.text() for item in self.bar.items()]


@pytest.fixture
def small_qgis(qgis_app, qtbot):
    qgis = SmallQgis()
    qtbot.addWidget(qgis.window)
    qgis.window.show()
    yield qgis
    QgsProject.instance().clear()


@pytest.fixture
def plugin(small_qgis, qtbot):
    """The plugin, started in the small QGIS, and unloaded afterwards."""
    started = ResorptionPlugin(small_qgis)
    started.initGui()
    yield started
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE_MS)
    started.unload()


@pytest.fixture(scope="session")
def territory(territories_file) -> Territory:
    return Territory.load(paths.territories())


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory, territory, qgis_app) -> SimpleNamespace:
    """An empty workspace of Haute-Garonne with its project, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    workspace, project = folder / "empty.gpkg", folder / "empty.qgz"
    create_workspace(workspace, ["31"], territory)
    build_project(workspace, project, "fr")
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
