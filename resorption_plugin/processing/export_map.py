"""``resorption:exportmap``: a printed map of a workspace, at the level of detail of its audience."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtGui import QImageReader

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import SystemClock
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.exports import log_export
from ..qgis_adapters.layouts import Paper
from ..qgis_adapters.map_export import MapOrder, export_map
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

AUDIENCE, PAPER, LOGO, OUTPUT = "AUDIENCE", "PAPER", "LOGO", "OUTPUT"


class ExportMap(Algorithm):
    """Writes the map and the line of the log of exports that says so."""

    ID = "exportmap"
    TITLE = mark("Export the map")
    GROUP = mark("Outputs")
    HELP = mark(
        "Prints the map of access to water as PDF, PNG or SVG, by the suffix of the file. The audience decides what it "
        "shows. services: the exact positions. committee: figures by commune, without any position of a site. public: "
        "totals of departments, without groups of fewer than 10 people. Each export is written in the log of exports "
        "of the workspace."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        self.add_workspace()
        self.add_choice(AUDIENCE, tr("Audience"), Audience, Audience.COMMITTEE)
        self.add_choice(PAPER, tr("Paper"), Paper, Paper.A3)
        add_reference_date(self)
        self.addParameter(QgsProcessingParameterFile(LOGO, tr("Logo (picture)"), optional=True))
        self.addParameter(
            QgsProcessingParameterFileDestination(OUTPUT, tr("Map"), tr("PDF, PNG or SVG files (*.pdf *.png *.svg)"))
        )

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Write the map, then the log: a map that cannot be logged does not leave."""
        now = SystemClock().now()
        order = MapOrder(
            workspace=inputs.required_file(WORKSPACE),
            audience=Audience(inputs.choice(AUDIENCE)),
            paper=Paper(inputs.choice(PAPER)),
            output=inputs.destination(OUTPUT) or inputs.required_file(OUTPUT),
            day=reference_date(inputs) or now.astimezone().date(),
            logo=_logo(inputs),
        )
        _require_log(order.workspace)
        title = tr("Map of access to water")
        export_map(order, lambda: log_export(order.workspace, title, order.audience, order.output, now))
        feedback.pushInfo(tr("The map is in {path}.", path=order.output))
        return {OUTPUT: str(order.output)}

    def flags(self) -> Qgis.ProcessingAlgorithmFlags:
        """Stay in the main thread: print layouts are made for it alone."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading


def _logo(inputs: Inputs) -> Path | None:
    path = inputs.file(LOGO)
    if path is not None and not QImageReader(str(path)).canRead():
        raise ParameterError(
            mark("The logo {path} is not a picture that QGIS can read. Choose a PNG or SVG."), path=path
        )
    return path


def _require_log(workspace: Path) -> None:
    """Raise ``WorkspaceError`` before drawing where the log of exports cannot be written."""
    with GeoPackageStore.open(workspace):
        pass


ALGORITHM = ExportMap
