"""The dock *Résorption* with its pages."""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from ..core.finding_list import Box
from ..qgis_adapters.translation import tr
from .checks_page import ChecksPage
from .overview_page import OverviewPage
from .sharing_page import SharingPage

OBJECT_NAME = "resorption_dock"
"""QGIS keeps the dock's place under this name."""


class ResorptionDock(QgsDockWidget):
    """Holds the pages in tabs."""

    def __init__(self, extent: Callable[[], Box | None], parent: QWidget | None = None) -> None:
        """Make the pages; ``extent`` returns what the map shows."""
        super().__init__("Résorption", parent)
        self.setObjectName(OBJECT_NAME)
        self._tabs = QTabWidget(self)
        self.overview = OverviewPage()
        self.checks = ChecksPage(extent)
        self.sharing = SharingPage()
        self._tabs.addTab(self.overview, tr("&Overview"))
        self._tabs.addTab(self.checks, tr("&Checks"))
        self._tabs.addTab(self.sharing, tr("&Sharing"))
        self.setWidget(self._tabs)

    def show_up(self) -> None:
        """Show the dock, in front of those it shares its place with."""
        self.setUserVisible(True)
