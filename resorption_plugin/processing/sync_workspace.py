"""``resorption:sync``: exchanges with the shared database what changed on both sides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.i18n import mark
from ..core.ports import Feedback
from .workspace_exchange import WorkspaceExchange

if TYPE_CHECKING:  # needs the driver of PostgreSQL
    from ..qgis_adapters.synchronising import Done


class SyncWorkspace(WorkspaceExchange):
    """Synchronises an attached workspace."""

    ID = "sync"
    TITLE = mark("Synchronise")
    HELP = mark(
        "Sends what was changed in the workspace and receives what others did. The connection may be left empty: the "
        "one remembered when the workspace was attached is used. Two people who changed the same value are in "
        "contradiction, and a person decides; what the server refuses is set aside with its reason. Save or cancel the "
        "edits of the layers before. Whatever happens on the way, nothing is lost and nothing is done twice."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_connection(is_optional=True)
        self.add_counts()

    def exchange(self, workspace: Path, connection: str, feedback: Feedback) -> Done:
        """Synchronise."""
        from ..qgis_adapters.synchronising import synchronise_workspace

        return synchronise_workspace(workspace, connection, feedback, self.unsaved)


ALGORITHM = SyncWorkspace
