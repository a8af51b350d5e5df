"""Has the figures and curves of the page *Overview* computed in the background."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QImage

from ..core.errors import Cancelled, ResorptionError
from ..core.indicators.overview import Curve, Overview
from ..core.ports import Notifier
from ..qgis_adapters.curve_chart import Look, can_draw, draw
from ..qgis_adapters.tasks import Jobs
from ..qgis_adapters.translation import language, tr
from .overview_page import OverviewPage

_PAUSE_MS = 250
"""A curve is computed once the same figure has been current for so long: arrow keys run through many."""


class FiguresController(QObject):
    """Answers what the page asks; an answer that comes after another question is dropped."""

    def __init__(self, page: OverviewPage, jobs: Jobs, notifier: Notifier) -> None:
        """Connect the page."""
        super().__init__(page)
        self._page = page
        self._jobs = jobs
        self._notifier = notifier
        self._question: object = None
        self._curve_question: object = None
        self._curve_job: QgsTask | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._compute_curve)
        page.figures_asked.connect(self._compute_figures)
        page.curve_asked.connect(self._curve_asked)
        page.curve.picture_asked.connect(self._draw)
        page.export_asked.connect(self._export)

    def _compute_figures(self) -> None:
        source = self._page.source
        if source is None:
            return
        place, day = self._page.chosen_place(), self._page.chosen_day()
        self._question = question = (source, place, day)

        def done(found: Overview) -> None:
            if self._question is question and self._page.source is source:
                self._page.show_figures(found)

        self._jobs.run_unasked(tr("Computing the figures"), lambda _feedback: source.overview(place, day), done)

    def _export(self) -> None:
        """Open the dialog of the export, filled in as far as known."""
        from qgis import processing  # type: ignore[import-untyped] # a plugin of QGIS, absent when this module is loaded

        if self._page.source is not None:
            known: dict[str, object] = {
                "WORKSPACE": str(self._page.source.path),
                "DATE": self._page.chosen_day().isoformat(),
            }
            processing.execAlgorithmDialog("resorption:exportindicators", known)

    def _curve_asked(self) -> None:
        self._drop_curve()
        self._wait.start(_PAUSE_MS)

    def _drop_curve(self) -> None:
        self._curve_question = None
        if self._curve_job is not None:
            job, self._curve_job = self._curve_job, None
            job.cancel()

    def _compute_curve(self) -> None:
        source, chosen = self._page.source, self._page.chosen_indicator()
        if source is None or chosen is None:
            return
        place, day = self._page.chosen_place(), self._page.chosen_day()
        self._curve_question = question = object()

        def done(found: Curve) -> None:
            if self._curve_question is question:
                self._curve_job = None
                self._page.curve.show_curve(found)

        def failed(error: ResorptionError) -> None:
            if self._curve_question is question:
                self._curve_job = None
                self._page.curve.clear_curve(tr("The curve was not computed."))
                if not isinstance(error, Cancelled):
                    self._notifier.report(error)

        title = tr("Curve of {figure}", figure=chosen.name.text(language()))
        self._curve_job = self._jobs.run_unasked(
            title, lambda feedback: source.curve(chosen, place, day, feedback), done, failed
        )

    def _draw(self, curve: Curve, look: Look) -> None:
        if not can_draw():
            return

        def done(picture: QImage) -> None:
            self._page.curve.show_picture(curve, picture)

        self._jobs.run_unasked(tr("Drawing the curve"), lambda _feedback: draw(curve, look), done, self._not_drawn)

    def _not_drawn(self, error: Any) -> None:
        """Leave the numbers: a picture that cannot be drawn is not worth a message each time the window changes."""
        self._page.curve.picture.setText(tr("The curve cannot be drawn here: read its values in the next tab."))
