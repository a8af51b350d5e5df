"""``resorption:importstreets``: streets, railways and watercourses of an OSM extract or any line layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback, QgsProcessingParameterFile

from .. import paths
from ..core.errors import ImportFileError
from ..core.exchange.street_network import LAYER, Streets, islands, read_streets, replacement, touching
from ..core.exchange.surroundings import NEIGHBOUR_METRES
from ..core.i18n import mark
from ..core.ports import Feedback, stop_if_cancelled
from ..core.territory import Territory
from ..geopackage.store import GeoPackageStore
from ..qgis_adapters.feedback import QgisFeedback
from ..qgis_adapters.importing import Extent, Part
from ..qgis_adapters.table_reader import read_lines, split_layer
from ..qgis_adapters.translation import tr
from .base import WORKSPACE, Algorithm, Inputs

INPUT, EDGES, ISLANDS = "INPUT", "EDGES", "ISLANDS"


class ImportStreets(Algorithm):
    """Replaces the streets of a source by those of a file."""

    ID = "importstreets"
    TITLE = mark("Import streets")
    GROUP = mark("Data")
    HELP = mark(
        "Reads streets, railways and watercourses from an OpenStreetMap extract (.osm.pbf), the BD TOPO or any layer "
        "of lines. The streets of the same file imported before are replaced; those of other files stay. The number of "
        "islands says into how many networks without connection the streets fall: many islands mean a file with gaps."
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterFile(INPUT, tr("File of streets")))
        self.add_workspace()
        self.add_count(EDGES, tr("Lines"))
        self.add_count(ISLANDS, tr("Islands"))

    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Read the lines, then write them in one transaction."""
        path, layer = split_layer(str(inputs.required_file(INPUT)))
        workspace = inputs.required_file(WORKSPACE)
        progress = QgisFeedback(feedback)
        extent = Extent.of_file(workspace)
        table = read_lines(path, layer, Part(progress, 0, 0.5))
        streets = read_streets(table, source_name(path, layer), Part(progress, 0.5, 0.8))
        _require_lines(path, streets, extent)
        _write(workspace, streets, source_name(path, layer), Part(progress, 0.8, 1))
        if streets.unusable:
            feedback.pushInfo(
                tr("{count} lines are neither streets, railways nor watercourses.", count=streets.unusable)
            )
        return {EDGES: len(streets.records), ISLANDS: islands(streets.records)}


def source_name(path: Path, layer: str) -> str:
    """Return what the column ``source`` holds: the name of the file, and its layer where one was chosen."""
    return f"{path.name} {layer}".strip()


def _require_lines(path: Path, streets: Streets, extent: Extent) -> None:
    """Raise ``ImportFileError`` when nothing in the file is a street of the workspace's surroundings."""
    if not streets.records:
        raise ImportFileError(mark("{path} holds no line that can be used. Choose a layer of lines."), path=path)
    area = Territory.load(paths.territories()).department_geometry(extent.departments)
    if not touching(streets, area, extent.metric_epsg, NEIGHBOUR_METRES):
        raise ImportFileError(
            mark("No line of {path} lies in the workspace's territory ({departments}). Check its reference system."),
            path=path,
            departments=", ".join(extent.departments),
        )


def _write(workspace: Path, streets: Streets, source: str, feedback: Feedback) -> None:
    with GeoPackageStore.open(workspace) as store:
        changes = replacement(store.read({LAYER}, feedback).layer(LAYER), streets, source)
        stop_if_cancelled(feedback)
        store.apply(changes)


ALGORITHM = ImportStreets
