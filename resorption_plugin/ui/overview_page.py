"""The page *Overview* of the dock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate, QDateTime, QLocale, QModelIndex, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from .. import paths
from ..core.indicators.overview import Overview
from ..core.indicators.places import WHOLE, Place
from ..core.indicators.spec import Indicator
from ..qgis_adapters.figure_source import FigureSource
from ..qgis_adapters.translation import language, tr
from .curve_view import CurveView
from .figures_model import LABEL, FiguresFilter, FiguresModel
from .finding_text import day_text

_OPENED = 2
"""How many sections are open at first."""


class OverviewPage(QWidget):
    """Shows the figures of a territory on a day, each with what is unknown and its definition, and their curve."""

    refresh_asked = pyqtSignal()
    figures_asked = pyqtSignal()
    """Another territory, another day, or a workspace read again."""
    curve_asked = pyqtSignal()
    """Another figure was chosen."""
    export_asked = pyqtSignal()

    heading: QLabel
    place: QComboBox
    day: QDateEdit
    search: QLineEdit
    parts: QSplitter
    figures: QTreeView
    about: QWidget
    about_layout: QVBoxLayout
    definition: QLabel
    computed: QLabel
    export_figures: QPushButton
    refresh: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the page, empty."""
        super().__init__(parent)
        uic.loadUi(str(paths.form("overview_page")), self)
        self.source: FigureSource | None = None
        self.model = FiguresModel(self)
        self.filter = FiguresFilter(self.model, self)
        self.figures.setModel(self.filter)
        self.curve = CurveView()
        self.about_layout.addWidget(self.curve, 1)
        self.parts.setSizes([420, 300])
        self._is_opened = False
        self._follows_today = True
        self._is_stale = False
        completer = QCompleter(self.place.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.place.setCompleter(completer)
        self.place.currentIndexChanged.connect(lambda _index: self.figures_asked.emit())
        self.place.lineEdit().editingFinished.connect(self._restore_name)
        self.day.dateChanged.connect(self._day_chosen)
        self.search.textChanged.connect(self._search)
        self.figures.selectionModel().currentChanged.connect(self._define)
        self.refresh.clicked.connect(self.refresh_asked)
        self.export_figures.clicked.connect(self.export_asked)
        self.clear()

    def clear(self) -> None:
        """Show that no workspace is open."""
        self.source = None
        self._is_stale = False
        self.model.show(None)
        self.heading.setText(tr("No workspace is open. Use Résorption → New Workspace… or Open Workspace…"))
        self.definition.clear()
        self.computed.clear()
        self.curve.clear_curve()
        with QSignalBlocker(self.place):
            self.place.clear()
        self._enable(is_open=False)

    def show_overview(self, source: FigureSource, departments: str) -> None:
        """Take a workspace that was read; ``departments`` names its territory. The figures are asked for."""
        chosen = self.chosen_place()
        self.source = source
        self.heading.setText(f"<b>{escape(departments)}</b>")
        if [self.place.itemData(index) for index in range(self.place.count())] != source.places:
            self._offer(source.places, chosen)
        with QSignalBlocker(self.day):
            today = QDate(source.today.year, source.today.month, source.today.day)
            self.day.setMaximumDate(today)
            if self._follows_today:
                self.day.setDate(today)
        self._enable(is_open=True)
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.figures_asked.emit()

    def _offer(self, places: Sequence[Place], chosen: Place) -> None:
        spoken = language()
        with QSignalBlocker(self.place):
            self.place.clear()
            for each in places:
                self.place.addItem(each.name.text(spoken), each)
            if chosen in places:
                self.place.setCurrentIndex(places.index(chosen))

    def showEvent(self, event: QShowEvent | None) -> None:
        """Ask for the figures of a workspace that was read while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.figures_asked.emit()

    def show_figures(self, overview: Overview) -> None:
        """Show the figures of the territory and day chosen."""
        self.model.show(overview)
        self._span_headings()
        if not self._is_opened:
            self._dress()
        self.computed.setText(_last_computation(overview))
        if not self.figures.currentIndex().isValid():
            self.figures.setCurrentIndex(self.filter.mapFromSource(self.model.index_of("people")))
        else:
            self._define(self.figures.currentIndex())

    def chosen_place(self) -> Place:
        """Return the territory chosen."""
        found = self.place.currentData()
        return found if isinstance(found, Place) else WHOLE

    def chosen_day(self) -> dt.date:
        """Return the day chosen."""
        day = self.day.date()
        return dt.date(day.year(), day.month(), day.day())

    def chosen_indicator(self) -> Indicator | None:
        """Return the figure whose line is current."""
        return self.model.indicator(self.filter.mapToSource(self.figures.currentIndex()))

    def _enable(self, *, is_open: bool) -> None:
        for widget in (self.place, self.day, self.search, self.figures, self.refresh, self.export_figures):
            widget.setEnabled(is_open)

    def _dress(self) -> None:
        """Open the first sections and give the columns their widths, once there are figures."""
        header = self.figures.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)
        for row in range(_OPENED):
            self.figures.expand(self.filter.index(row, 0))
        self._is_opened = True

    def _span_headings(self) -> None:
        """Let the headings take the whole width."""
        for row in range(self.filter.rowCount()):
            self.figures.setFirstColumnSpanned(row, QModelIndex(), True)

    def _search(self, text: str) -> None:
        self.filter.search(text)
        self._span_headings()
        if text.strip():
            self.figures.expandAll()

    def _restore_name(self) -> None:
        """Write the name of the territory chosen again over a text that names none."""
        row = self.place.findText(self.place.currentText(), Qt.MatchFlag.MatchFixedString)
        if row >= 0:
            self.place.setCurrentIndex(row)
        self.place.setEditText(self.place.itemText(self.place.currentIndex()))

    def _day_chosen(self) -> None:
        self._follows_today = self.day.date() == self.day.maximumDate()
        self.figures_asked.emit()

    def _define(self, _current: QModelIndex, _previous: QModelIndex | None = None) -> None:
        chosen = self.chosen_indicator()
        if chosen is None:
            self.definition.setText(tr("Select a figure to read what it counts and see its curve."))
            self.curve.clear_curve()
            return
        name, sentence, unknown = (each.text(language()) for each in (chosen.name, chosen.definition, chosen.unknown))
        self.definition.setText(f"<b>{escape(name)}</b> – {escape(sentence)}<br><i>{escape(unknown)}</i>")
        self.curve_asked.emit()


def _last_computation(overview: Overview) -> str:
    shown = tr("Figures on {date}", date=day_text(overview.on))
    if overview.computed_at is None:
        return f"{shown}. {tr('The distances have not been computed yet.')}"
    instant = QDateTime.fromSecsSinceEpoch(int(overview.computed_at.timestamp()), Qt.TimeSpec.UTC).toLocalTime()
    computed = tr("Distances computed on {date}", date=QLocale().toString(instant, QLocale.FormatType.ShortFormat))
    return f"{shown}. {computed}"
