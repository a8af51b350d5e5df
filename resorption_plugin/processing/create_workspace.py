"""``resorption:createworkspace``: a workspace for some departments, and the project to work in it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFileDestination, QgsProcessingParameterString

from .. import paths
from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.territory import Territory
from ..geopackage.workspace import create_workspace
from ..qgis_adapters.project import build_project
from ..qgis_adapters.translation import language, tr
from .base import Algorithm, Inputs


class CreateWorkspace(Algorithm):
    """Makes the GeoPackage and the project."""

    ID = "createworkspace"
    TITLE = mark("New workspace")
    GROUP = mark("Workspace")
    HELP = mark(
        "Makes a workspace: a GeoPackage with every layer and the communes of the departments, and a QGIS project with "
        "its forms, styles and base maps. A file that exists already is left as it is: give another name."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        self.addParameter(QgsProcessingParameterString("TERRITORY", tr("Department codes, separated by commas")))
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Workspace"), tr("GeoPackage files (*.gpkg)"))
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "PROJECT", tr("Project"), tr("QGIS projects (*.qgz)"), optional=True, createByDefault=False
            )
        )

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Make both files; no project is made where the workspace fails."""
        workspace = inputs.required_file("OUTPUT")
        project = inputs.file("PROJECT")
        create_workspace(workspace, departments(inputs.text("TERRITORY")), Territory.load(paths.territories()))
        feedback.setProgress(50)
        outputs = {"OUTPUT": str(workspace)}
        if project:
            build_project(workspace, project, language())
            outputs["PROJECT"] = str(project)
        return outputs


def departments(text: str) -> list[str]:
    """Return the department codes of a text such as ``31, 2a``; raises ``ParameterError`` when there is none."""
    codes = [code.strip().upper() for code in text.split(",") if code.strip()]
    if not codes:
        raise ParameterError(mark("Give at least one department code, such as 31."))
    return codes


ALGORITHM = CreateWorkspace
