"""``resorption:importwaterpoints``: water points of a file, compared with the workspace, then written."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..core.exchange.formats import AUTO, TABLE, TITLES, detect, reader_for
from ..core.exchange.mapping import parse_mapping, propose
from ..core.exchange.preview import Preview
from ..core.exchange.readers import RowReader
from ..core.exchange.rows import SourceTable
from ..core.i18n import mark
from ..qgis_adapters.explanations import check_report_name, explain, write_report
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.importing import Extent, Part, import_water_points, preview_water_points
from ..qgis_adapters.table_reader import read_points, split_layer
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs

INPUT, FORMAT, DRY_RUN, REPORT, MAPPING, SOURCE = "INPUT", "FORMAT", "DRY_RUN", "REPORT", "MAPPING", "SOURCE"
ADDED, UPDATED, UNCHANGED, REJECTED = "ADDED", "UPDATED", "UNCHANGED", "REJECTED"
SHOWN_REASONS = 10


class ImportWaterPoints(Algorithm):
    """Adds and updates water points from a file; what is rejected is listed with its reason."""

    ID = "importwaterpoints"
    TITLE = mark("Import water points")
    GROUP = mark("Data")
    HELP = mark(
        "Reads water points from a CSV, GeoJSON, GeoPackage, shapefile or OpenStreetMap file and adds them to the "
        "workspace. A water point already there (same source and number, else same name and position) is updated where "
        "the file says something else; empty cells erase nothing. Rows that cannot be used are rejected with a reason: "
        "give a report (.csv) to get them in a file you can mend and import. With “Preview only”, nothing is written."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterFile(INPUT, tr("File of water points")))
        form = QgsProcessingParameterEnum(FORMAT, tr("Format"), list(TITLES), defaultValue=AUTO, usesStaticStrings=True)
        self.addParameter(form)
        self.add_workspace()
        self.addParameter(QgsProcessingParameterBoolean(DRY_RUN, tr("Preview only"), defaultValue=False))
        self._add_advanced(MAPPING, tr("Columns, as in latitude=lat;longitude=lon;name=nom"))
        self._add_advanced(SOURCE, tr("Name of the source"))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                REPORT,
                tr("Report (.json), or rejected rows (.csv)"),
                "JSON (*.json);;CSV (*.csv)",
                optional=True,
                createByDefault=False,
            )
        )
        for name, title in (
            (ADDED, tr("Added")),
            (UPDATED, tr("Updated")),
            (UNCHANGED, tr("Unchanged")),
            (REJECTED, tr("Rejected")),
        ):
            self.add_count(name, title)

    def _add_advanced(self, name: str, title: str) -> None:
        parameter = QgsProcessingParameterString(name, title, optional=True)
        parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(parameter)

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read, compare, write unless it is a preview, report."""
        path, layer = split_layer(str(inputs.required_file(INPUT)))
        workspace = inputs.required_file(WORKSPACE)
        report = inputs.destination(REPORT)
        if report is not None:
            check_report_name(report)
        progress = QgisFeedback(feedback)
        extent = Extent.of_file(workspace)
        table = read_points(path, layer, Part(progress, 0, 0.3))
        reader = self._reader(inputs, table, extent)
        act = preview_water_points if inputs.yes(DRY_RUN) else import_water_points
        preview = act(workspace, table, reader, Part(progress, 0.3, 1))
        if report is not None:
            write_report(report, path, table, preview)
        _tell(preview, feedback)
        counts = preview.counts()
        return {
            ADDED: counts["added"],
            UPDATED: counts["changed"],
            UNCHANGED: counts["unchanged"],
            REJECTED: counts["rejected"],
            **({REPORT: str(report)} if report is not None else {}),
        }

    def _reader(self, inputs: Inputs, table: SourceTable, extent: Extent) -> RowReader:
        text, chosen = inputs.text(MAPPING), inputs.choice(FORMAT)
        mapping = parse_mapping(text, table, propose(table, extent.metric_epsg)) if text else None
        if chosen == AUTO:
            chosen = TABLE if mapping else detect(table)
        return reader_for(chosen, table, extent.metric_epsg, mapping, inputs.text(SOURCE))


def _tell(preview: Preview, feedback: QgsProcessingFeedback) -> None:
    """Say in the log what was rejected and what was left alone."""
    for row in preview.rejected[:SHOWN_REASONS]:
        feedback.pushWarning(tr("Line {line}: {reason}", line=row.line, reason=explain(row.reason)))
    if len(preview.rejected) > SHOWN_REASONS:
        feedback.pushWarning(tr("… and {count} other rows rejected.", count=len(preview.rejected) - SHOWN_REASONS))
    if preview.absent:
        feedback.pushInfo(
            tr(
                "{count} water points of this source are not in the file: they were left as they are.",
                count=preview.absent,
            )
        )


ALGORITHM = ImportWaterPoints
