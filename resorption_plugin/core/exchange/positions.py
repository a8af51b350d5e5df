"""Where a row lies: from its geometry or its columns, in EPSG:4326, with the reason when it has no usable place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from ..geo import METROPOLE_EPSG, STORED_EPSG, is_lonlat, transformer
from ..i18n import mark
from .converters import number
from .rows import RowError, SourceRow


class Place(Enum):
    """What a column tells about the position; the value is its name in a written mapping."""

    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    LAT_LON = "lat_lon"
    LON_LAT = "lon_lat"
    EASTING = "x"
    NORTHING = "y"
    WKT = "wkt"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """Which columns hold the position, by their place in the row; none when the file has geometries."""

    columns: tuple[tuple[Place, int], ...] = ()
    epsg: int = STORED_EPSG
    """The system of eastings, northings and WKT."""

    def point(self, row: SourceRow) -> shapely.Point:
        """Return the position of a row in EPSG:4326; ``RowError`` when it has none that can be used."""
        if self.columns:
            easting, northing = self._coordinates({place: row.cells[index] for place, index in self.columns})
        else:
            easting, northing = single_position(row.geometry)
        return self._to_stored(easting, northing)

    def _to_stored(self, easting: float, northing: float) -> shapely.Point:
        if (easting, northing) == (0, 0):
            raise RowError(mark("The position is 0, 0: it was not filled in."))
        if self.epsg != STORED_EPSG and self._is_projected_text():
            easting, northing = transformer(self.epsg, STORED_EPSG).transform(easting, northing)
        return checked_point(easting, northing)

    def _is_projected_text(self) -> bool:
        return any(place in (Place.EASTING, Place.WKT) for place, _ in self.columns)

    def _coordinates(self, texts: dict[Place, str]) -> tuple[float, float]:
        if not any(texts.values()):
            raise RowError(mark("There is no position."))
        if Place.LAT_LON in texts:
            latitude, longitude = _pair(texts[Place.LAT_LON])
            return longitude, latitude
        if Place.LON_LAT in texts:
            return _pair(texts[Place.LON_LAT])
        if Place.WKT in texts:
            return single_position(from_wkt(texts[Place.WKT]))
        if Place.GEOJSON in texts:
            return single_position(_from_geojson(texts[Place.GEOJSON]))
        if Place.EASTING in texts:
            return _coordinate(texts[Place.EASTING]), _coordinate(texts.get(Place.NORTHING, ""))
        return _coordinate(texts.get(Place.LONGITUDE, "")), _coordinate(texts.get(Place.LATITUDE, ""))


def checked_point(longitude: float, latitude: float) -> shapely.Point:
    """Return the point, or raise ``RowError`` when no place on Earth has it."""
    if not is_lonlat(longitude, latitude):
        raise RowError(
            mark("The position {longitude}, {latitude} is no longitude and latitude."),
            longitude=f"{longitude:g}",
            latitude=f"{latitude:g}",
        )
    return shapely.Point(longitude, latitude)


def single_position(geometry: shapely.Geometry | None) -> tuple[float, float]:
    """Return the place of a point, of a multipoint with one point, or of the middle of a line or surface."""
    if geometry is None or geometry.is_empty:
        raise RowError(mark("There is no position."))
    parts = shapely.get_parts(geometry)
    if geometry.geom_type == "MultiPoint" and len(parts) > 1:
        raise RowError(mark("{count} positions for one water point: keep one."), count=len(parts))
    if geometry.geom_type in ("Point", "MultiPoint"):
        return float(parts[0].x), float(parts[0].y)
    if not geometry.is_valid:
        raise RowError(mark("The geometry is invalid ({fault})."), fault=shapely.is_valid_reason(geometry))
    middle = geometry.representative_point()
    return float(middle.x), float(middle.y)


def guess_epsg(eastings: list[float], northings: list[float], metric_epsg: int) -> int:
    """Return the system that coordinates of these sizes are in: degrees, Lambert-93, a CC zone, or the territory's own.

    The nine conic zones 3942–3950 put 3° E at 1,700 km, and latitude 41° + n at (n - 1) × 1,000 + 200 km; Lambert-93
    puts 3° E at 700 km and reaches 1,242 km in Corsica only (EPSG registry).
    """
    x, y = float(np.median(eastings)), float(np.median(northings))
    if abs(x) <= 180 and abs(y) <= 90:
        return STORED_EPSG
    if metric_epsg != METROPOLE_EPSG:
        return metric_epsg
    is_corsica = 6_000_000 <= y <= 6_300_000 and x <= 1_250_000
    if x > 1_100_000 and not is_corsica:
        return 3900 + min(max(round((y - 200_000) / 1e6) + 41, 42), 50)
    return METROPOLE_EPSG


def _coordinate(text: str) -> float:
    if not text:
        raise RowError(mark("The position is incomplete."))
    try:
        return number(text)
    except ValueError:
        raise RowError(mark("“{value}” is not a coordinate."), value=text[:60]) from None


_PAIR = re.compile(r"[\s(\[]*([+-]?\d+(?:\.\d+)?)\s*[,; ]\s*([+-]?\d+(?:\.\d+)?)[\s)\]]*")


def _pair(text: str) -> tuple[float, float]:
    found = _PAIR.fullmatch(text)
    if found is None:
        raise RowError(mark("“{value}” is not a pair of coordinates."), value=text[:60])
    return float(found[1]), float(found[2])


def from_wkt(text: str) -> shapely.Geometry:
    """Return the geometry of a WKT or EWKT text; ``RowError`` when it is none."""
    try:
        return shapely.from_wkt(re.sub(r"^SRID=\d+;", "", text))
    except shapely.errors.ShapelyError:
        raise RowError(mark("“{value}” is not a geometry in WKT."), value=text[:60]) from None


def _from_geojson(text: str) -> shapely.Geometry:
    try:
        return shapely.from_geojson(json.dumps(json.loads(text)))
    except (shapely.errors.ShapelyError, ValueError):
        raise RowError(mark("“{value}” is not a geometry in GeoJSON."), value=text[:60]) from None
