"""``resorption:upgradeworkspace``: makes a workspace of an older version one of this version."""

from __future__ import annotations

from typing import Any

from qgis.core import (  # type: ignore[attr-defined]  # QgsProcessingException is not in qgis-stubs 0.5
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
)

from ..core.errors import ResorptionError
from ..core.i18n import mark
from ..geopackage.upgrading import upgrade
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import sentence, tr
from ..qgis_adapters.upgraded_project import refuse_unsaved
from .base import WORKSPACE, Algorithm, Inputs

BEFORE, VERSION, COPY = "BEFORE", "VERSION", "COPY"


class UpgradeWorkspace(Algorithm):
    """Upgrades the file, with all that waits in it."""

    ID = "upgradeworkspace"
    TITLE = mark("Upgrade a workspace")
    GROUP = mark("Workspace")
    HELP = mark(
        "Makes a workspace of an older version of the plugin one of this version: all of it, or nothing. Records, "
        "history, what waits to be sent, decided or mended are kept. A copy of the file as it was is made beside it. "
        "Where there is nothing to upgrade, nothing is done."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_count(BEFORE, tr("Version of the data before"))
        self.add_count(VERSION, tr("Version of the data"))
        self.addOutput(QgsProcessingOutputFile(COPY, tr("Copy of the workspace as it was")))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Look at the layers that are open, in the main thread."""
        workspace = Inputs(self, parameters, context).file(WORKSPACE)
        try:
            if workspace is not None:
                refuse_unsaved(context.project(), workspace)
        except ResorptionError as error:
            raise QgsProcessingException(sentence(error)) from error
        return True

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Upgrade."""
        done = upgrade(inputs.required_file(WORKSPACE), QgisFeedback(feedback))
        if done.copy is None:
            feedback.pushInfo(tr("Nothing had to be changed."))
        return {BEFORE: done.before, VERSION: done.now, COPY: str(done.copy or "")}


ALGORITHM = UpgradeWorkspace
