"""``resorption:grantaccess``: says what a login may read and write on the shared database."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterString

from .. import paths
from ..core.i18n import mark
from ..core.sync.access import Role, Wish
from ..core.territory import Territory
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import Inputs
from .shared_database import ServerAlgorithm

LOGIN, ROLE, AREAS, RIGHTS, ORGANISATION = "LOGIN", "ROLE", "AREAS", "RIGHTS", "ORGANISATION"


class GrantAccess(ServerAlgorithm):
    """Gives a login its role, areas and rights; they replace those it had."""

    ID = "grantaccess"
    TITLE = mark("Grant access to the shared database")
    HELP = mark(
        "Says what an existing login of the server may do; what is given here replaces what it could do before. An "
        "officer reads the departments of its areas and writes in its areas only: codes of departments (31), "
        "intercommunalities (243100518) or communes (31555), separated by commas. An administrator reads and writes "
        "everything, an auditor reads everything. The rights justice and owners open the procedures and the owners of "
        "land. The organisation opens the messages addressed to it."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters."""
        self.add_connection()
        self.addParameter(QgsProcessingParameterString(LOGIN, tr("Login")))
        self.add_choice(ROLE, tr("Role"), Role, Role.OFFICER)
        self.addParameter(QgsProcessingParameterString(AREAS, tr("Areas (codes, separated by commas)"), optional=True))
        self.addParameter(QgsProcessingParameterString(RIGHTS, tr("Rights (justice, owners)"), optional=True))
        self.addParameter(QgsProcessingParameterString(ORGANISATION, tr("Organisation"), optional=True))

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read the codes, then grant."""
        from ..qgis_adapters.server_setup import grant_access

        role, organisation = Role(inputs.choice(ROLE)), inputs.text(ORGANISATION)
        wish = Wish(inputs.text(LOGIN), role, inputs.text(AREAS), inputs.text(RIGHTS), organisation)
        granted = wish.access(Territory.load(paths.territories()))
        grant_access(connection, granted, QgisFeedback(feedback))
        areas = ", ".join(granted.areas) or "—"
        feedback.pushInfo(tr("Access granted to {login}: {areas}", login=granted.login, areas=areas))
        return {}


ALGORITHM = GrantAccess
