"""Opens any file an officer gives as a table of rows: delimited text, GIS layers, extracts of OpenStreetMap."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import ImportFileError
from ..core.exchange.osm_file import check_whole
from ..core.exchange.osm_points import is_water_point
from ..core.exchange.osm_tags import all_tags
from ..core.exchange.platform.recognising import is_list_of_sites
from ..core.exchange.rows import SourceTable
from ..core.exchange.tabular import read_delimited
from ..core.i18n import mark
from ..core.ports import Feedback
from . import vector_files

_LAYER_MARK = "|layername="

_OSM_WATER = (
    "man_made IN ('water_tap', 'drinking_fountain') "
    "OR other_tags LIKE '%drinking_water%' OR other_tags LIKE '%water_point%'"
)
_OSM_LINES = "highway IS NOT NULL OR waterway IS NOT NULL OR railway IS NOT NULL OR other_tags LIKE '%\"railway\"%'"


def split_layer(text: str) -> tuple[Path, str]:
    """Return the file and the layer of QGIS's ``file.gpkg|layername=name`` (an empty layer when it is not said)."""
    name, _, layer = text.partition(_LAYER_MARK)
    return Path(name), layer.partition("|")[0]


def layers_of(path: Path) -> list[str]:
    """Return the layers one can choose from, points first; a text or an extract of OpenStreetMap has none to choose."""
    if not vector_files.is_vector_file(path) or _is_osm(path):
        return []
    return vector_files.layer_names(path, vector_files.POINTS)


def read_points(path: Path, layer: str, feedback: Feedback) -> SourceTable:
    """Read a file of water points. Raises ``ImportFileError`` and ``Cancelled``."""
    if _is_osm(path):
        return _osm_water_points(path, feedback)
    if is_list_of_sites(path):
        raise ImportFileError(
            mark("{path} is the platform's list of sites, not a file of water points: use “Import Sites…”."), path=path
        )
    if vector_files.is_vector_file(path):
        return vector_files.read_layer(path, layer, vector_files.POINTS, feedback)
    return read_delimited(path, feedback)


def read_lines(path: Path, layer: str, feedback: Feedback) -> SourceTable:
    """Read a file of lines. Raises ``ImportFileError`` and ``Cancelled``."""
    if _is_osm(path):
        check_pbf(path)
        return vector_files.read_layer(path, "lines", vector_files.LINES, feedback, _OSM_LINES)
    return vector_files.read_layer(path, layer, vector_files.LINES, feedback)


def check_pbf(path: Path) -> None:
    """Raise ``ImportFileError`` when a .pbf file is damaged; an .osm file is XML, which GDAL checks itself."""
    if path.suffix.lower() == ".pbf":
        check_whole(path)


def _is_osm(path: Path) -> bool:
    return path.suffix.lower() in (".pbf", ".osm")


def _osm_water_points(path: Path, feedback: Feedback) -> SourceTable:
    check_pbf(path)
    table = vector_files.read_layer(path, "points", vector_files.POINTS, feedback, _OSM_WATER)
    kept = tuple(
        row for row in table.rows if is_water_point(all_tags(dict(zip(table.columns, row.cells, strict=True))))
    )
    if not kept:
        raise ImportFileError(mark("{path} holds no drinking fountain nor tap mapped as a point."), path=path)
    return SourceTable(table.name, table.columns, kept, has_geometry=True)
