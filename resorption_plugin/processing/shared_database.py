"""What the algorithms of the shared database have in common: the connection, and a word on secrets."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterProviderConnection

from ..core.i18n import mark
from ..qgis_adapters.requirements import refuse_without_driver
from ..qgis_adapters.translation import tr
from .base import Algorithm, Inputs

CONNECTION = "CONNECTION"
GROUP = mark("Shared database")


class ServerAlgorithm(Algorithm):
    """An algorithm that reaches the shared database; a subclass does its work in ``serve``.

    What needs the driver of PostgreSQL is imported there: without it, the other algorithms go on.
    """

    GROUP = GROUP

    def add_connection(self, *, is_optional: bool = False) -> None:
        """Declare the CONNECTION parameter: the screen offers the connections of QGIS, scripts give any text."""
        title = tr("Connection to the shared database")
        self.addParameter(QgsProcessingParameterProviderConnection(CONNECTION, title, "postgres", optional=is_optional))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Warn of a secret that others could read, then do the work."""
        refuse_without_driver()
        from ..qgis_adapters.server_connection import holds_secret

        connection = inputs.text(CONNECTION)
        if holds_secret(connection):
            feedback.pushWarning(
                tr(
                    "The connection holds a password: QGIS keeps what algorithms are given in its log and history. "
                    "Use a connection of QGIS, authcfg=…, service=… or the file of passwords of PostgreSQL (pgpass) "
                    "instead."
                )
            )
        return self.serve(connection, inputs, feedback)

    @abstractmethod
    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Do the work on the database that ``connection`` means."""
