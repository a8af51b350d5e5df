"""``resorption:importwaterpoints``: water points of a file, compared with the workspace, then written."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFile

from ..core.exchange.formats import AUTO, TABLE, TITLES, detect, reader_for
from ..core.exchange.mapping import parse_mapping, propose
from ..core.exchange.preview import Preview
from ..core.exchange.readers import RowReader
from ..core.exchange.rows import SourceTable
from ..core.i18n import mark
from ..qgis_adapters.explanations import check_report_name, write_report
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.importing import Extent, Part, import_water_points, preview_water_points
from ..qgis_adapters.table_reader import read_points, split_layer
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Inputs
from .row_import import DRY_RUN, INPUT, REPORT, RowImport, outputs, tell_rejected

FORMAT, MAPPING, SOURCE = "FORMAT", "MAPPING", "SOURCE"


class ImportWaterPoints(RowImport):
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
        self.add_choice(FORMAT, tr("Format"), TITLES, AUTO)
        self.add_workspace()
        self.add_dry_run()
        self.add_advanced(MAPPING, tr("Columns, as in latitude=lat;longitude=lon;name=nom"))
        self.add_advanced(SOURCE, tr("Name of the source"))
        self.add_report(tr("Report (.json), or rejected rows (.csv)"), "JSON (*.json);;CSV (*.csv)")
        self.add_counts()

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
        return outputs(preview.counts(), report)

    def _reader(self, inputs: Inputs, table: SourceTable, extent: Extent) -> RowReader:
        text, chosen = inputs.text(MAPPING), inputs.choice(FORMAT)
        mapping = parse_mapping(text, table, propose(table, extent.metric_epsg)) if text else None
        if chosen == AUTO:
            chosen = TABLE if mapping else detect(table)
        return reader_for(chosen, table, extent.metric_epsg, mapping, inputs.text(SOURCE))


def _tell(preview: Preview, feedback: QgsProcessingFeedback) -> None:
    """Say in the log what was rejected and what was left alone."""
    tell_rejected(preview.rejected, feedback)
    if preview.absent:
        feedback.pushInfo(
            tr(
                "{count} water points of this source are not in the file: they were left as they are.",
                count=preview.absent,
            )
        )


ALGORITHM = ImportWaterPoints
