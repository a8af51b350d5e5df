"""``resorption:sync``: exchanges with the shared database what changed on both sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterBoolean

from ..core.i18n import mark
from ..core.ports import Feedback
from ..core.sync.welcoming import Emptying
from ..qgis_adapters.translation import tr
from .base import Inputs
from .workspace_exchange import WorkspaceExchange

if TYPE_CHECKING:  # needs the driver of PostgreSQL
    from ..qgis_adapters.synchronising import Done


EMPTIED = "EMPTIED"


class SyncWorkspace(WorkspaceExchange):
    """Synchronises an attached workspace."""

    ID = "sync"
    TITLE = mark("Synchronise")
    HELP = mark(
        "Sends what was changed in the workspace and receives what others did. The connection may be left empty: the "
        "one remembered when the workspace was attached is used. Two people who changed the same value are in "
        "contradiction, and a person decides; what the server refuses is set aside with its reason. Save or cancel the "
        "edits of the layers before. Where another program took most of a layer away behind the history, nothing is "
        "sent until you agree. Whatever happens on the way, nothing is lost and nothing is done twice."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_connection(is_optional=True)
        self.addParameter(
            QgsProcessingParameterBoolean(
                EMPTIED, tr("Delete for everybody what another program took out of a layer"), defaultValue=False
            )
        )
        self.add_counts()

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read whether deletions that nobody was seen making may go, and exchange."""
        self._emptying = Emptying.AGREED if inputs.yes(EMPTIED) else Emptying.REFUSED
        return super().serve(connection, inputs, feedback)

    def exchange(self, workspace: Path, connection: str, feedback: Feedback) -> Done:
        """Synchronise."""
        from ..qgis_adapters.synchronising import synchronise_workspace

        return synchronise_workspace(workspace, connection, feedback, self.unsaved, self._emptying)


ALGORITHM = SyncWorkspace
