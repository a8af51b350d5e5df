"""A small QGIS: real widgets where the plugin meets QGIS, no main application. Needs nothing but QGIS."""

from __future__ import annotations

from qgis.core import QgsLocator, QgsProject, QgsVectorLayerTools
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar


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
        self.locator = QgsLocator()
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

    def registerLocatorFilter(self, found) -> None:  # noqa: N802
        self.locator.registerFilter(found)

    def deregisterLocatorFilter(self, found) -> None:  # noqa: N802
        self.locator.deregisterFilter(found)

    def addProject(self, path: str) -> bool:  # noqa: N802
        return QgsProject.instance().read(path)

    def sentences(self) -> list[str]:
        """Return what the message bar says."""
        return [item.text() for item in self.bar.items()]
