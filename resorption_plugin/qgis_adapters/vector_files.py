"""Reads layers of GIS files by GDAL, without writing a byte beside them, as tables with geometries in EPSG:4326."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyproj
import shapely
from osgeo import gdal, ogr

from ..core.errors import ImportFileError
from ..core.exchange.rows import SourceRow, SourceTable
from ..core.exchange.tabular import column_names, unreadable
from ..core.geo import STORED_EPSG
from ..core.i18n import mark
from ..core.ports import Feedback, stop_if_cancelled

DRIVERS = [
    "GPKG", "GeoJSON", "GeoJSONSeq", "ESRI Shapefile", "FlatGeobuf", "GML", "KML", "LIBKML", "GPX", "MapInfo File",
    "TopoJSON", "OSM",
]  # fmt: skip
SUFFIXES = frozenset(
    {".gpkg", ".geojson", ".json", ".shp", ".fgb", ".gml", ".kml", ".gpx", ".tab", ".mif", ".pbf", ".osm"}
)

POINTS = "Point"
LINES = "Line String"


def is_vector_file(path: Path) -> bool:
    """Say whether the suffix is that of a GIS file."""
    return path.suffix.lower() in SUFFIXES


def layer_names(path: Path, shape: str) -> list[str]:
    """Return the names of the layers, those of a shape first; ``ImportFileError`` when the file cannot be opened."""
    with _opened(path) as source:
        layers = [source.GetLayer(index) for index in range(source.GetLayerCount())]
        return [layer.GetName() for layer in sorted(layers, key=lambda layer: not _has_shape(layer, shape))]


def read_layer(path: Path, layer: str, shape: str, feedback: Feedback, where: str = "") -> SourceTable:
    """Read a layer of a file.

    ``layer`` may be empty when the file has one layer, or one of the ``shape`` (``POINTS``, ``LINES``); ``where`` is an
    OGR attribute filter. Raises ``ImportFileError`` when there is no such layer, its reference system is unknown or the
    file is damaged; ``Cancelled`` when the user stops.
    """
    with _opened(path) as source:
        chosen = _layer(path, source, layer, shape)
        if where:
            chosen.SetAttributeFilter(where)
        definition = chosen.GetLayerDefn()
        titles = [definition.GetFieldDefn(index).GetName() for index in range(definition.GetFieldCount())]
        has_geometry = definition.GetGeomType() != ogr.wkbNone
        rows, shapes = _features(path, chosen, len(titles), feedback)
        stored = _to_stored(path, chosen, shapes) if has_geometry else [None] * len(rows)
    if not rows and not where:
        raise ImportFileError(mark("{path} has no feature."), path=path)
    numbered = zip(rows, stored, strict=True)
    return SourceTable(
        path.stem,
        column_names(titles),
        tuple(SourceRow(line, cells, geometry) for line, (cells, geometry) in enumerate(numbered, start=1)),
        has_geometry=has_geometry,
    )


@contextmanager
def _opened(path: Path) -> Iterator[gdal.Dataset]:
    """Open a file for reading; GDAL's messages are kept from the console, its failures raised as sentences."""
    try:
        with path.open("rb") as stream:
            is_empty = not stream.read(1)
    except OSError as error:
        raise unreadable(path, error) from error
    if is_empty:
        raise ImportFileError(mark("{path} is empty."), path=path)
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        gdal.ErrorReset()
        yield _dataset(path)
    except RuntimeError as error:  # GDAL raises it where its Python exceptions are switched on
        raise _damaged(path) from error
    finally:
        gdal.PopErrorHandler()


def _dataset(path: Path) -> gdal.Dataset:
    options = []
    log = path.with_name(path.name + "-wal")
    if path.suffix.lower() == ".gpkg" and not (log.exists() and log.stat().st_size):
        options = ["IMMUTABLE=YES"]  # nobody is writing: no lock and no side file is needed
    flags = gdal.OF_VECTOR | gdal.OF_READONLY
    source = gdal.OpenEx(str(path), flags, allowed_drivers=DRIVERS, open_options=options)
    if source is None or source.GetLayerCount() == 0:
        raise _damaged(path)
    return source


def _damaged(path: Path) -> ImportFileError:
    return ImportFileError(
        mark("{path} cannot be read as a GIS file: it is damaged, cut short, or of another kind. Export it again."),
        path=path,
    )


def _layer(path: Path, source: gdal.Dataset, name: str, shape: str) -> ogr.Layer:
    layers = [source.GetLayer(index) for index in range(source.GetLayerCount())]
    if name:
        candidates = [layer for layer in layers if layer.GetName() == name]
    else:
        candidates = layers if len(layers) == 1 else [layer for layer in layers if _has_shape(layer, shape)]
    if len(candidates) == 1:
        return candidates[0]
    raise ImportFileError(
        mark("Say which layer of {path} to read, as in {example}. It has: {names}."),
        path=path,
        example=f"{path.name}|layername={layers[0].GetName()}",
        names=", ".join(layer.GetName() for layer in layers),
    )


def _has_shape(layer: ogr.Layer, shape: str) -> bool:
    return shape in ogr.GeometryTypeToName(ogr.GT_Flatten(layer.GetGeomType()))


def _features(
    path: Path, layer: ogr.Layer, width: int, feedback: Feedback
) -> tuple[list[tuple[str, ...]], list[bytes | None]]:
    """Return the texts and the WKB of every feature."""
    rows: list[tuple[str, ...]] = []
    shapes: list[bytes | None] = []
    total = max(layer.GetFeatureCount(0), 0)
    while (feature := layer.GetNextFeature()) is not None:
        rows.append(tuple(_text(feature, index) for index in range(width)))
        geometry = feature.GetGeometryRef()
        shapes.append(None if geometry is None else bytes(geometry.GetLinearGeometry().ExportToIsoWkb()))
        if len(rows) % 1000 == 0:
            stop_if_cancelled(feedback)
            feedback.progress(min(len(rows) / total, 1.0) if total else 0.5)
    if gdal.GetLastErrorType() >= gdal.CE_Failure:
        raise _damaged(path)
    return rows, shapes


def _text(feature: ogr.Feature, index: int) -> str:
    if not feature.IsFieldSetAndNotNull(index):
        return ""
    text = feature.GetFieldAsString(index)
    return (text if isinstance(text, str) else bytes(text).decode("utf-8", "replace")).strip()


def _to_stored(path: Path, layer: ogr.Layer, shapes: list[bytes | None]) -> list[shapely.Geometry | None]:
    """Return the geometries in EPSG:4326, flat; one that is no geometry is left out and its row rejected later."""
    geometries = shapely.force_2d(shapely.from_wkb(np.array(shapes, dtype=object), on_invalid="ignore"))
    system = _system(path, layer)
    if system.to_epsg() != STORED_EPSG:
        change = pyproj.Transformer.from_crs(system, STORED_EPSG, always_xy=True)
        geometries = shapely.transform(geometries, lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1])))
    return list(geometries)


def _system(path: Path, layer: ogr.Layer) -> pyproj.CRS:
    declared = layer.GetSpatialRef()
    try:
        if declared is not None:
            return pyproj.CRS.from_wkt(declared.ExportToWkt(["FORMAT=WKT2_2019"]))
    except pyproj.exceptions.CRSError:
        pass  # said below: a system nobody can read is as good as none
    raise ImportFileError(
        mark("{path} does not say its reference system. Set it in QGIS and export the layer again."), path=path
    )
