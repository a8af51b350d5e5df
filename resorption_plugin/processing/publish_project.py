"""``resorption:publishproject``: a read-only project of QGIS for those who only look at the shared database."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import language, tr
from .base import Inputs
from .shared_database import ServerAlgorithm

NAME, REPLACE, PROJECT, PUBLISHED = "NAME", "REPLACE", "PROJECT", "PUBLISHED"


class PublishProject(ServerAlgorithm):
    """Stores the project in the database, or writes it to a file."""

    ID = "publishproject"
    TITLE = mark("Publish a read-only project")
    HELP = mark(
        "Makes a QGIS project for those who only look at the shared database: its layers are the views of the "
        "database, in the groups, forms, symbols and labels of the plugin, and take no edit. An administrator stores "
        "it in the database, where every login finds it (Project → Open From → PostgreSQL); give a file to write a "
        ".qgz instead. The project holds no password and no login: everyone opens it with their own, and sees what "
        "that login may read. A connection by service opens everywhere that the service is known."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_connection()
        self.addParameter(
            QgsProcessingParameterString(NAME, tr("Name of the project"), defaultValue=tr("Slums and water"))
        )
        self.addParameter(
            QgsProcessingParameterBoolean(REPLACE, tr("Replace the stored project of that name"), defaultValue=False)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                PROJECT,
                tr("File, instead of the database"),
                tr("QGIS projects (*.qgz)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputString(PUBLISHED, tr("Where the project is")))

    def serve(self, connection: str, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Publish."""
        from ..qgis_adapters.server_project import Publication, publish

        name = inputs.text(NAME).strip()
        if not name:
            raise ParameterError(mark("Give a name to the project."))
        wanted = Publication(connection, name, inputs.file(PROJECT), inputs.yes(REPLACE))
        where = publish(wanted, language(), QgisFeedback(feedback))
        feedback.pushInfo(tr("The project is published: {where}", where=where))
        return {PUBLISHED: where}


ALGORITHM = PublishProject
