"""Metric reference systems by territory, and transformations from the stored EPSG:4326."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer

STORED_EPSG = 4326
METROPOLE_EPSG = 2154

# Legal projected systems: decree 2006-272 (amended 2019-165): Lambert-93 in metropole,
# RGAF09 UTM 20N, RGFG95 UTM 22N, RGR92 UTM 40S and RGM04 UTM 38S overseas.
OVERSEAS_EPSG = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}

WGS84 = Geod(ellps="WGS84")

Floats = npt.NDArray[np.float64]
Project = Callable[[shapely.Geometry], shapely.Geometry]


def metric_epsg(department: str) -> int:
    """Return the EPSG code of the projected system of a department code (``"31"``, ``"974"``)."""
    return OVERSEAS_EPSG.get(department, METROPOLE_EPSG)


def department_of(insee: str) -> str:
    """Return the department code of a commune's INSEE code (``"2A004"`` → ``"2A"``)."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def is_lonlat(x: float, y: float) -> bool:
    """Say whether two coordinates can be a longitude and a latitude in degrees; not numbers cannot."""
    return -180 <= x <= 180 and -90 <= y <= 90


@lru_cache(maxsize=32)
def transformer(source_epsg: int, target_epsg: int) -> Transformer:
    """Return a cached transformer with longitude/easting first."""
    return Transformer.from_crs(source_epsg, target_epsg, always_xy=True)


def projector(target_epsg: int, source_epsg: int = STORED_EPSG) -> Project:
    """Return a function that projects any shapely geometry from one EPSG code to another."""
    change = transformer(source_epsg, target_epsg)

    def project_xy(xy: Floats) -> Floats:
        x, y = change.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([x, y])

    def project(geometry: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(geometry, project_xy)

    return project


def project_points(lonlat: Floats, target_epsg: int) -> Floats:
    """Project an (n, 2) array of longitudes and latitudes to metres, shape (n, 2)."""
    if len(lonlat) == 0:
        return np.empty((0, 2))
    x, y = transformer(STORED_EPSG, target_epsg).transform(lonlat[:, 0], lonlat[:, 1])
    return np.column_stack([x, y])


def geodesic_metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the length of the geodesic between two positions on the WGS 84 ellipsoid."""
    return float(WGS84.inv(lon1, lat1, lon2, lat2)[2])
