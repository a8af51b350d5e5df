"""How the tests of the imports run them in Processing, and what they look at afterwards."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from osgeo import ogr, osr
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from resorption_plugin.core.records import Record
from resorption_plugin.geopackage.store import GeoPackageStore
from resorption_plugin.processing.import_water_points import ImportWaterPoints
from tests.qgis.processing_log import Log

COUNTS = ("ADDED", "UPDATED", "UNCHANGED", "REJECTED")
TABLE = "nom;lat;lon;potable\nStade;43.6;1.44;oui\nMairie;43.601;1.441;non\n"


def run(algorithm: type, log: QgsProcessingFeedback | None = None, **parameters: Any) -> dict[str, Any]:
    """Run as Processing does; a failure is an ``AssertionError`` with its sentence."""
    feedback = log or Log()
    made = algorithm().create()
    outputs, succeeded = made.run(
        {name: _plain(value) for name, value in parameters.items()}, QgsProcessingContext(), feedback
    )
    assert succeeded, "\n".join(feedback.lines)
    return outputs


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def counts(**parameters: Any) -> tuple[int, ...]:
    outputs = run(ImportWaterPoints, **parameters)
    return tuple(outputs[name] for name in COUNTS)


def fingerprint(*folders_or_files: Path) -> dict[str, str]:
    files = [f for path in folders_or_files for f in ([path] if path.is_file() else sorted(path.iterdir()))]
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def water_points(workspace: Path) -> list[Record]:
    with GeoPackageStore.open(workspace, read_only=True) as store:
        return store.read({"water_point"}).layer("water_point")


def make_layer(
    path: Path, driver: str, epsg: int | None, shapes: list[str], *, name: str = "taps", append: bool = False
):
    """Write a layer of WKT shapes with a column ``nom``."""
    source = ogr.GetDriverByName(driver)
    dataset = source.Open(str(path), 1) if append else source.CreateDataSource(str(path))
    system = None
    if epsg:
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    kind = ogr.CreateGeometryFromWkt(shapes[0]).GetGeometryType()
    layer = dataset.CreateLayer(name, system, kind)
    layer.CreateField(ogr.FieldDefn("nom", ogr.OFTString))
    for number, wkt in enumerate(shapes):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["nom"] = f"n{number}"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    dataset = layer = None  # closes the file
