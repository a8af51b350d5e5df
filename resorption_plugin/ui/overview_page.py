"""The page *Overview* of the dock."""

from __future__ import annotations

from html import escape

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDateTime, QLocale, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QLabel, QPushButton, QTreeView, QWidget

from .. import paths
from ..core.indicators.overview import Overview
from ..qgis_adapters.translation import tr
from .figures_model import LABEL, FiguresModel
from .finding_text import day_text


class OverviewPage(QWidget):
    """Shows the figures, each with the part that is unknown and its definition."""

    refresh_asked = pyqtSignal()

    heading: QLabel
    figures: QTreeView
    definition: QLabel
    computed: QLabel
    refresh: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the page, empty."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("overview_page")), self)
        self.model = FiguresModel(self)
        self.figures.setModel(self.model)
        header = self.figures.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)
        self.figures.selectionModel().currentChanged.connect(self._define)
        self.refresh.clicked.connect(self.refresh_asked)
        self.clear()

    def clear(self) -> None:
        """Show that no workspace is open."""
        self.model.show(None)
        self.heading.setText(tr("No workspace is open. Use Résorption → New Workspace… or Open Workspace…"))
        self.definition.clear()
        self.computed.clear()
        self.refresh.setEnabled(False)

    def show_overview(self, overview: Overview, departments: str) -> None:
        """Show the figures of a workspace; ``departments`` names its territory."""
        self.model.show(overview)
        self.refresh.setEnabled(True)
        day = tr("Figures on {date}", date=day_text(overview.on))
        self.heading.setText(f"<b>{escape(departments)}</b><br>{escape(day)}")
        self.computed.setText(_last_computation(overview))
        self._define(self.figures.currentIndex())

    def _define(self, current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        text = self.model.definition(current)
        self.definition.setText(text or tr("Select a figure to read what it counts."))


def _last_computation(overview: Overview) -> str:
    if overview.computed_at is None:
        return tr("The distances have not been computed yet.")
    instant = QDateTime.fromSecsSinceEpoch(int(overview.computed_at.timestamp()), Qt.TimeSpec.UTC).toLocalTime()
    return tr("Distances computed on {date}", date=QLocale().toString(instant, QLocale.FormatType.ShortFormat))
