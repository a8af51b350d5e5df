"""``resorption:revokeaccess``: takes all access to the shared database from a login."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterString

from ..core.i18n import mark
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import Inputs
from .grant_access import LOGIN
from .shared_database import ServerAlgorithm


class RevokeAccess(ServerAlgorithm):
    """Takes its role, areas and rights from a login."""

    ID = "revokeaccess"
    TITLE = mark("Revoke access to the shared database")
    HELP = mark(
        "Takes from a login all that it may read and write in the shared database. What it wrote stays, under its "
        "name; the login itself goes on existing on the server. What it received already stays in its workspaces."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters."""
        self.add_connection()
        self.addParameter(QgsProcessingParameterString(LOGIN, tr("Login")))

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Revoke."""
        from ..qgis_adapters.server_setup import revoke_access

        revoke_access(connection, inputs.text(LOGIN), QgisFeedback(feedback))
        return {}


ALGORITHM = RevokeAccess
