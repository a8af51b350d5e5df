"""``resorption:attachworkspace``: brings a workspace and the shared database together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.i18n import mark
from ..core.ports import Feedback
from .workspace_exchange import WorkspaceExchange

if TYPE_CHECKING:  # needs the driver of PostgreSQL
    from ..qgis_adapters.synchronising import Done


class AttachWorkspace(WorkspaceExchange):
    """Sends what the workspace holds, receives what the login may read, and remembers the connection's name."""

    ID = "attachworkspace"
    TITLE = mark("Attach a workspace to the shared database")
    HELP = mark(
        "Sends the records of the workspace to the shared database and receives those that the login may read. The "
        "same record with other values on both sides is left to be decided: nothing is guessed. The workspace "
        "remembers the name of the connection, or of the service, and never a password. Stopped or cut on the way, "
        "run it again: it goes on from there."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.add_connection()
        self.add_counts()

    def exchange(self, workspace: Path, connection: str, feedback: Feedback) -> Done:
        """Attach."""
        from ..qgis_adapters.synchronising import attach_workspace

        return attach_workspace(workspace, connection, feedback, self.unsaved)


ALGORITHM = AttachWorkspace
