"""``resorption:installserver``: makes the shared database."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.i18n import mark
from ..core.model import catalogue
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import Inputs
from .shared_database import ServerAlgorithm

VERSION = "VERSION"


class InstallServer(ServerAlgorithm):
    """Installs the shared database in an empty database with PostGIS."""

    ID = "installserver"
    TITLE = mark("Install the shared database")
    HELP = mark(
        "Makes, in a PostgreSQL database with PostGIS, the tables, rules and rights of the shared database. The "
        "connection is that of an administrator who may create roles. Everything is made, or nothing; where it is "
        "installed already, it is brought up to this version, and nothing is changed when it is there already."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_connection()
        self.add_count(VERSION, tr("Version of the data model"))

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Install."""
        from ..qgis_adapters.server_setup import install_server

        return done(install_server(connection, QgisFeedback(feedback)).is_changed, feedback)


def done(is_changed: bool, feedback: QgsProcessingFeedback) -> dict[str, Any]:  # noqa: FBT001 - an answer, no option
    """Say whether anything was changed, and return the version."""
    feedback.pushInfo(tr("The shared database is up to date.") if is_changed else tr("Nothing had to be changed."))
    return {VERSION: catalogue.SCHEMA_VERSION}


ALGORITHM = InstallServer
