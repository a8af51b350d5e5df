"""``resorption:exportindicators``: the figures of a workspace as a table, at the level of detail of an audience."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFileDestination

from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.indicators.places import Level
from ..core.ports import SystemClock
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.indicator_export import IndicatorOrder, export_indicators
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

DATE, TERRITORY, AUDIENCE, OUTPUT, LINES = "DATE", "TERRITORY", "AUDIENCE", "OUTPUT", "LINES"


class ExportIndicators(Algorithm):
    """Writes the table and the line of the log of exports that says so."""

    ID = "exportindicators"
    TITLE = mark("Export the figures")
    GROUP = mark("Outputs")
    HELP = mark(
        "Writes every figure of each territory of a level on a day, today or past, with its definition and what is "
        "unknown beside it, as CSV or XLSX by the suffix of the file. The audience public may have departments or "
        "larger; figures that give away a group of fewer than 10 people are then not told (n. s.). Metropole and "
        "overseas are never added up. Each export is written in the log of exports of the workspace."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        add_reference_date(self, DATE)
        self.add_choice(TERRITORY, tr("Territories"), Level, Level.DEPARTMENT)
        self.add_choice(AUDIENCE, tr("Audience"), Audience, Audience.COMMITTEE)
        self.addParameter(QgsProcessingParameterFileDestination(OUTPUT, tr("Figures"), tr("Tables (*.xlsx *.csv)")))
        self.add_count(LINES, tr("Lines"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Write and log."""
        now = SystemClock().now()
        order = IndicatorOrder(
            workspace=inputs.required_file(WORKSPACE),
            level=Level(inputs.choice(TERRITORY)),
            audience=Audience(inputs.choice(AUDIENCE)),
            output=inputs.required_file(OUTPUT),
            day=reference_date(inputs, DATE) or now.astimezone().date(),
        )
        count = export_indicators(order, QgisFeedback(feedback), now)
        feedback.pushInfo(tr("The figures are in {path}.", path=order.output))
        return {OUTPUT: str(order.output), LINES: count}


ALGORITHM = ExportIndicators
