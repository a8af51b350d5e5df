"""``resorption:exportreturnsheet``: what changed here since the last import, to be entered on the platform."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFileDestination

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..core.ports import SystemClock
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.return_sheet_export import check_return_sheet_name, export_return_sheet
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs

OUTPUT, SITES, CHANGES = "OUTPUT", "SITES", "CHANGES"


class ExportReturnSheet(Algorithm):
    """Writes the file and the line of the log of exports that says so."""

    ID = "exportreturnsheet"
    TITLE = mark("Return sheet for the platform")
    GROUP = mark("Outputs")
    HELP = mark(
        "Writes what changed in the workspace since the last import of sites, in the titles and the order of the "
        "platform Résorption-bidonvilles, with the link of each site: sites to update, to create and to close, then "
        "every change with both values. The platform takes no file: an officer enters these changes there. The sheet "
        "holds exact positions and owners; it is for the services, and is written in the log of exports."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.addParameter(
            QgsProcessingParameterFileDestination(OUTPUT, tr("Return sheet"), "XLSX (*.xlsx);;CSV (*.csv)")
        )
        self.add_count(SITES, tr("Sites"))
        self.add_count(CHANGES, tr("Changes"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Write, log, and say how much there is to enter."""
        workspace, output = inputs.required_file(WORKSPACE), inputs.destination(OUTPUT)
        if output is None:
            raise ResorptionError(mark("Give a file for {name}."), name=OUTPUT)
        check_return_sheet_name(output)
        written = export_return_sheet(workspace, output, QgisFeedback(feedback), SystemClock().now())
        if written.never_imported:
            feedback.pushWarning(
                tr("No export of the platform was imported into this workspace yet: every site is in the sheet.")
            )
        feedback.pushInfo(tr("The return sheet is in {path}.", path=output))
        return {OUTPUT: str(output), SITES: written.sites, CHANGES: written.changes}


ALGORITHM = ExportReturnSheet
