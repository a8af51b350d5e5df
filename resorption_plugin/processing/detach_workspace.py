"""``resorption:detachworkspace``: makes a workspace an ordinary file again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterBoolean

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..qgis_adapters.requirements import refuse_without_driver
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .shared_database import GROUP
from .workspace_exchange import CONFLICTS, QUARANTINED

ANYWAY, TO_SEND = "ANYWAY", "TO_SEND"


class DetachWorkspace(Algorithm):
    """Forgets the shared database; the records stay."""

    ID = "detachworkspace"
    TITLE = mark("Detach a workspace from the shared database")
    GROUP = GROUP
    HELP = mark(
        "Makes the workspace an ordinary file again, with all its records; the shared database is left as it is, and "
        "the server is not asked. What was not sent, decided or mended would not reach it any more: there the "
        "algorithm stops and counts, unless you detach anyway. A copy of the workspace is made beside it before."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.addParameter(
            QgsProcessingParameterBoolean(ANYWAY, tr("Detach anyway when something is left to do"), defaultValue=False)
        )
        self.add_count(TO_SEND, tr("Not sent"))
        self.add_count(CONFLICTS, tr("To decide"))
        self.add_count(QUARANTINED, tr("Set aside"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Look at what is left, then detach."""
        refuse_without_driver()
        from ..qgis_adapters.synchronising import detach_workspace, waiting_in

        workspace = inputs.required_file(WORKSPACE)
        left = waiting_in(workspace)
        counts = {TO_SEND: left.to_send, CONFLICTS: left.conflicts, QUARANTINED: left.quarantined}
        if any(counts.values()) and not inputs.yes(ANYWAY):
            raise ParameterError(
                mark(
                    "The workspace was not detached: {to_send} records are not sent, {conflicts} contradictions are to "
                    "be decided, {quarantined} records are set aside. Synchronise first, or detach anyway."
                ),
                to_send=left.to_send,
                conflicts=left.conflicts,
                quarantined=left.quarantined,
            )
        detach_workspace(workspace)
        return counts


ALGORITHM = DetachWorkspace
