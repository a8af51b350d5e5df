"""``resorption:importsites``: the platform's list of sites, compared with the workspace, then written."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFile

from ..core.exchange.platform.answers import parse_answers
from ..core.exchange.platform.preview import Decisions, SitesPreview
from ..core.exchange.platform.reader import PlatformReading
from ..core.exchange.platform.refusals import not_imported
from ..core.exchange.platform.three_way import State
from ..core.i18n import mark
from ..core.ports import Part
from ..qgis_adapters.explanations import explain
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.site_import import import_sites, preview_sites, read_sites
from ..qgis_adapters.site_reports import check_site_report_name, write_site_report
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Inputs
from .row_import import DRY_RUN, INPUT, REPORT, SHOWN_REASONS, RowImport, outputs, tell_rejected

DECISIONS, CONFLICTS = "DECISIONS", "CONFLICTS"


class ImportSites(RowImport):
    """Adds and updates sites from an export of the platform; what is not imported is listed with its reason."""

    ID = "importsites"
    TITLE = mark("Import sites")
    GROUP = mark("Data")
    HELP = mark(
        "Reads the list of sites exported by the platform Résorption-bidonvilles (.xlsx, or saved as .ods or .csv). "
        "A site is recognised by its number on the platform, else by commune, name and distance (500 m); where that "
        "is not certain the row is rejected, unless a decision says which site it is. Each field is compared with the "
        "last import: what changed on the platform alone is taken, what changed in the workspace stays and goes into "
        "the return sheet. An export older than the last import only adds its counts of people. Give a report "
        "(.json), or the rows that were not imported (.csv, .xlsx) to mend and import them. With “Preview only”, "
        "nothing is written."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterFile(INPUT, tr("Export of the platform")))
        self.add_workspace()
        self.add_dry_run()
        self.add_advanced(DECISIONS, tr("Decisions on uncertain rows, as in 12=new;13=skip"))
        self.add_report(
            tr("Report (.json), or rows not imported (.csv, .xlsx)"), "JSON (*.json);;CSV (*.csv);;XLSX (*.xlsx)"
        )
        self.add_counts()
        self.add_count(CONFLICTS, tr("Conflicts"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read, compare, write unless it is a preview, report."""
        path, workspace = inputs.required_file(INPUT), inputs.required_file(WORKSPACE)
        decisions = Decisions(parse_answers(inputs.text(DECISIONS)))
        report = inputs.destination(REPORT)
        if report is not None:
            check_site_report_name(report)
        progress = QgisFeedback(feedback)
        reading = read_sites(path, Part(progress, 0, 0.4))
        act = preview_sites if inputs.yes(DRY_RUN) else import_sites
        preview = act(workspace, reading, decisions, Part(progress, 0.4, 1))
        if report is not None:
            write_site_report(report, path, reading, preview)
        _tell(preview, reading, feedback)
        conflicts = sum(each.state is State.CONFLICT for plan in preview.plans for each in plan.outcomes)
        return {**outputs(preview.counts(), report), CONFLICTS: conflicts}


def _tell(preview: SitesPreview, reading: PlatformReading, feedback: QgsProcessingFeedback) -> None:
    """Say in the log what was not imported, and what was left alone."""
    tell_rejected(not_imported(preview, reading), feedback)
    for title in reading.unknown:
        feedback.pushWarning(tr("The column “{title}” is none of the platform's: it was left out.", title=title))
    _tell_left_out(preview, feedback)
    if preview.older:
        feedback.pushInfo(
            tr(
                "{count} rows are older than the last import: only their counts of people are added.",
                count=preview.older,
            )
        )
    if preview.absent:
        feedback.pushInfo(
            tr("{count} sites of the workspace are not in the file: they were left as they are.", count=preview.absent)
        )


def _tell_left_out(preview: SitesPreview, feedback: QgsProcessingFeedback) -> None:
    """Say which cells were not understood or refused by a rule."""
    left_out = [(plan.line, note) for plan in preview.plans for note in plan.notes]
    for line, note in left_out[:SHOWN_REASONS]:
        told = tr("Line {line}, “{column}”: {reason}", line=line, column=note.column, reason=explain(note.reason))
        feedback.pushWarning(told)
    if len(left_out) > SHOWN_REASONS:
        rest = len(left_out) - SHOWN_REASONS
        feedback.pushWarning(tr("… and {count} other cells left out; the report lists them.", count=rest))


ALGORITHM = ImportSites
