"""``resorption:upgradeserver``: brings the shared database up to the version of this plugin."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.i18n import mark
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import Inputs
from .install_server import VERSION, done
from .shared_database import ServerAlgorithm


class UpgradeServer(ServerAlgorithm):
    """Upgrades a shared database while people work with it."""

    ID = "upgradeserver"
    TITLE = mark("Upgrade the shared database")
    HELP = mark(
        "Brings the shared database up to the version of this plugin, in one transaction: whoever synchronises "
        "meanwhile waits for it. The connection is that of the administrator who installed it. Back the database up "
        "before."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_connection()
        self.add_count(VERSION, tr("Version of the data model"))

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Upgrade."""
        from ..qgis_adapters.server_setup import upgrade_server

        return done(upgrade_server(connection, QgisFeedback(feedback)).is_changed, feedback)


ALGORITHM = UpgradeServer
