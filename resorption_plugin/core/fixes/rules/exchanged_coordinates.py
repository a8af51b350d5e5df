"""Longitude and latitude written one for the other."""

from __future__ import annotations

import shapely

from ...i18n import mark
from ...records import Record
from ...water.measuring import has_position
from ..proposal import Communes, Correction, Fix


def propose(record: Record, communes: Communes) -> Correction | None:
    """Return the record with its coordinates exchanged, when that puts it from outside France into the right place.

    It is the right place when the commune there is the one that the record names, or it names none.
    """
    if not has_position(record.geometry):
        return None
    place = shapely.point_on_surface(record.geometry)
    if communes.commune_at(place.x, place.y) is not None:
        return None
    match = communes.commune_at(place.y, place.x)
    if match is None or record["fk_city"] not in (None, match.commune.code):
        return None
    turned = shapely.transform(record.geometry, lambda xy: xy[:, ::-1])
    return Correction(record, {}, turned)


FIX = Fix(mark("Exchange longitude and latitude"), ("DON-001",), propose)
