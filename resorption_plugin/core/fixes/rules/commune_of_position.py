"""The commune that a record names, from its position."""

from __future__ import annotations

import shapely

from ...i18n import mark
from ...records import Record
from ...water.measuring import has_position
from ..proposal import Communes, Correction, Fix


def propose(record: Record, communes: Communes) -> Correction | None:
    """Return the columns of the commune in whose outline the position lies; nothing where outlines leave a gap."""
    if not has_position(record.geometry):
        return None
    place = shapely.point_on_surface(record.geometry)
    match = communes.commune_at(place.x, place.y)
    if match is None or match.distance_m > 0:
        return None
    commune = match.commune
    values = {
        "fk_city": commune.code,
        "commune": commune.name,
        "epci": commune.epci_code or None,
        "department": commune.department.code,
        "commune_distance_m": 0.0,
    }
    return Correction(record, values)


FIX = Fix(mark("Take the commune of the position"), ("DON-002",), propose)
