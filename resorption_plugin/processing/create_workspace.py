"""``resorption:createworkspace``: a workspace for some departments, and the project to work in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFileDestination, QgsProcessingParameterString

from .. import paths
from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.territory import Territory
from ..geopackage.workspace import create_workspace
from ..qgis_adapters.project import check_new_project, write_project
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
        """Make both files, or none."""
        workspace = inputs.required_file("OUTPUT")
        project = inputs.file("PROJECT")
        if project:
            check_new_project(project)
        create_workspace(workspace, departments(inputs.text("TERRITORY")), Territory.load(paths.territories()))
        feedback.setProgress(50)
        if project is None:
            return {"OUTPUT": str(workspace)}
        with removed_on_failure(workspace):
            write_project(workspace, project, language())
        return {"OUTPUT": str(workspace), "PROJECT": str(project)}


@contextmanager
def removed_on_failure(workspace: Path) -> Iterator[None]:
    """Remove a workspace that was just made when what follows fails or is cancelled."""
    try:
        yield
    except BaseException:
        workspace.unlink(missing_ok=True)
        raise


def departments(text: str) -> list[str]:
    """Return the department codes of a text such as ``31, 2a``; raises ``ParameterError`` when there is none."""
    codes = [code.strip().upper() for code in text.split(",") if code.strip()]
    if not codes:
        raise ParameterError(mark("Give at least one department code, such as 31."))
    return codes


ALGORITHM = CreateWorkspace
