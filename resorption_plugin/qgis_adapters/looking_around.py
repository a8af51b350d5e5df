"""Asks the layers of the open project what lies around the place of a new site."""

from __future__ import annotations

import datetime as dt

import shapely
from qgis.core import QgsProject

from ..core import geo
from ..core.checks.spec import Profile
from ..core.model import catalogue
from ..core.nearby import NEARBY_METRES, Surroundings, box_around, surroundings, water_metres
from ..core.records import Record
from .features import records_in
from .layers import find_layer

_SITE_COLUMNS = ("name", "address", "commune", "status")
_WATER_COLUMNS = tuple(name for name in catalogue.layer("water_point").names() if name != "uid")


def look_around(project: QgsProject, site: Record, profile: Profile, on: dt.date) -> Surroundings | None:
    """Return what lies around a site, itself left out; ``None`` when it has no place or the layers are not there."""
    sites, water = find_layer(project, "site"), find_layer(project, "water_point")
    if site.geometry is None or sites is None or water is None:
        return None
    place = shapely.centroid(site.geometry)
    near = records_in(sites, "site", box_around(place.x, place.y, NEARBY_METRES), _SITE_COLUMNS)
    around = box_around(place.x, place.y, water_metres(profile))
    return surroundings(
        place,
        [record for record in near if record.uid != site.uid],
        records_in(water, "water_point", around, _WATER_COLUMNS),
        epsg=geo.metric_epsg(site["department"] or ""),
        on=on,
        profile=profile,
    )
