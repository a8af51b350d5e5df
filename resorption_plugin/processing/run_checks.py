"""``resorption:runchecks``: judges the whole workspace and keeps what was decided about earlier findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..core import refresh
from ..core.checks import report
from ..core.checks.spec import Profile
from ..core.i18n import mark
from ..core.indicators.audience import Audience
from ..core.ports import SystemClock
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.check_report import FILTER, addresses, check_report_suffix, write_check_report
from ..qgis_adapters.checking import conditions
from ..qgis_adapters.exports import logged_file
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs
from .reference_date import add_reference_date, reference_date

CHECKS, PROFILE, REPORT = "CHECKS", "PROFILE", "REPORT"
ERRORS, WARNINGS, TO_VERIFY = "ERRORS", "WARNINGS", "TO_VERIFY"


class RunChecks(Algorithm):
    """Runs the checks and writes their findings in the workspace."""

    ID = "runchecks"
    TITLE = mark("Run the checks")
    GROUP = mark("Checks")
    HELP = mark(
        "Judges every record by the checks on the reference date and writes the findings in the workspace. A finding "
        "that is gone is resolved; an accepted exception is kept, and comes back for review when its value worsens or "
        "its date has passed. Checks is a list of codes such as EAU-001,DON-002; empty runs them all. The report "
        "(.html, .xlsx or .json) lists the findings with the value, the limit, its source, the method, the date of the "
        "data and a link; it shows positions and is for the services only. Only open findings are counted."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.add_workspace()
        self.addParameter(QgsProcessingParameterString(CHECKS, tr("Checks (all when empty)"), optional=True))
        self.add_choice(PROFILE, tr("Standards"), Profile, Profile.STATE)
        add_reference_date(self)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                REPORT, tr("Report (.html, .xlsx or .json)"), FILTER, optional=True, createByDefault=False
            )
        )
        self.add_count(ERRORS, tr("Errors"))
        self.add_count(WARNINGS, tr("Warnings"))
        self.add_count(TO_VERIFY, tr("To verify"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Check, write, report."""
        workspace, destination = inputs.required_file(WORKSPACE), _destination(inputs)
        codes = [code.strip().upper() for code in inputs.text(CHECKS).split(",") if code.strip()]
        chosen = conditions(SystemClock(), reference_date(inputs), Profile(inputs.choice(PROFILE)))
        with GeoPackageStore.open(workspace) as store:
            checks = refresh.run_checks(store, chosen, codes, QgisFeedback(feedback))
            ids = [check.spec.id for check in checks]
            findings = report.of_checks(store.read(["finding"]).layer("finding"), ids)
            links = addresses(findings, store)
        counts = report.count(findings)
        outputs: dict[str, Any] = {ERRORS: counts.errors, WARNINGS: counts.warnings, TO_VERIFY: counts.to_verify}
        if destination is None:
            return outputs
        made = report.document(
            findings,
            workspace=workspace.name,
            reference_date=chosen.reference_date,
            profile=chosen.profile,
            checks=ids,
            links=links,
            translate=chosen.translate,
        )
        title, now = tr("Report of the checks"), SystemClock().now()
        with logged_file(workspace, title, Audience.SERVICES, destination, now) as draft:
            draft.rows = len(findings)
            write_check_report(draft.path, made)
        return {**outputs, REPORT: str(destination)}


def _destination(inputs: Inputs) -> Path | None:
    path = inputs.destination(REPORT)
    if path is not None:
        check_report_suffix(path)
    return path


ALGORITHM = RunChecks
