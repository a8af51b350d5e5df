"""``resorption:demoworkspace``: a workspace filled with an invented department."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core import refresh
from ..core.checks.decisions import accept
from ..core.checks.spec import Profile
from ..core.demonstration.authorship import AUTHOR
from ..core.demonstration.generator import (
    DAY,
    Demonstration,
    DemonstrationClock,
    accepted_exceptions,
    demonstration,
)
from ..core.i18n import mark
from ..core.ports import ChangeSet, stop_if_cancelled
from ..geopackage.store import GeoPackageStore
from ..geopackage.workspace import check_target, create_workspace
from ..qgis_adapters.checking import conditions, territory
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.map_export import INVENTED
from ..qgis_adapters.project import check_new_project, write_project
from ..qgis_adapters.translation import language, tr
from .base import Algorithm, Inputs
from .create_workspace import departments, removed_on_failure

TERRITORY, SITES, SEED, OUTPUT, PROJECT = "TERRITORY", "SITES", "SEED", "OUTPUT", "PROJECT"
WATER_POINTS = "WATER_POINTS"
_MOST_SITES = 5000


class DemoWorkspace(Algorithm):
    """Makes a workspace, invents its records, checks them, and accepts some exceptions."""

    ID = "demoworkspace"
    TITLE = mark("Demonstration workspace")
    GROUP = mark("Workspace")
    HELP = mark(
        "Makes a workspace filled with invented sites in real communes: footprints, dwellings, counts, water points "
        "with their states and seasons, streets, closures, phases, journal, procedures, owners, actions with their "
        "cohorts, figures and funding, profiles of the departments. Nothing in it exists. The same seed gives the "
        "same records. They are seen on 15 January 2026: give 2026-01-15 as the reference date of distances, checks "
        "and maps."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters."""
        whole = QgsProcessingParameterNumber.Type.Integer
        self.addParameter(
            QgsProcessingParameterString(TERRITORY, tr("Department codes, separated by commas"), defaultValue="31")
        )
        self.addParameter(
            QgsProcessingParameterNumber(SITES, tr("Number of sites"), whole, 39, minValue=1, maxValue=_MOST_SITES)
        )
        self.addParameter(QgsProcessingParameterNumber(SEED, tr("Seed"), whole, 1, minValue=0))
        self.addParameter(
            QgsProcessingParameterFileDestination(OUTPUT, tr("Workspace"), tr("GeoPackage files (*.gpkg)"))
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                PROJECT, tr("Project"), tr("QGIS projects (*.qgz)"), optional=True, createByDefault=False
            )
        )
        self.add_count(WATER_POINTS, tr("Water points"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Make both files; nothing is left of a workspace that fails, is cancelled or is killed."""
        workspace, project = inputs.required_file(OUTPUT), inputs.file(PROJECT)
        codes = departments(inputs.text(TERRITORY))
        watch = QgisFeedback(feedback)
        check_target(workspace)
        if project:
            check_new_project(project)
        demo = demonstration(territory(), codes, inputs.integer(SITES), inputs.integer(SEED), watch)
        stop_if_cancelled(watch)
        partial = workspace.with_name(f".{workspace.stem}-{uuid.uuid4().hex[:8]}.part.gpkg")
        create_workspace(partial, codes, territory())
        with removed_on_failure(partial):
            _fill(partial, demo, inputs.integer(SEED), watch)
            partial.replace(workspace)
        if project:
            with removed_on_failure(workspace):
                write_project(workspace, project, language())
        outputs: dict[str, Any] = {
            OUTPUT: str(workspace),
            SITES: len(demo.scenarios),
            WATER_POINTS: len(demo.dataset.layer("water_point")),
        }
        if project:
            outputs[PROJECT] = str(project)
        return outputs


def _fill(workspace: Path, demo: Demonstration, seed: int, watch: QgisFeedback) -> None:
    """Write the records, check them on the day of the demonstration, and accept its exceptions."""
    clock = DemonstrationClock()
    with GeoPackageStore.open(workspace) as store:
        store.apply(ChangeSet(insert=list(demo.dataset)))
        store.set_meta(INVENTED, str(seed))
        refresh.run_checks(store, conditions(clock, DAY, Profile.STATE), feedback=watch)
        findings = accepted_exceptions(demo, store.read(["finding"]).layer("finding"))
        store.apply(
            ChangeSet(
                update=[
                    accept(finding, exception.reason, AUTHOR, clock.now(), exception.until)
                    for finding, exception in findings
                ]
            )
        )


ALGORITHM = DemoWorkspace
