"""From where the distance of a site to water is measured: its dwellings, else its footprint, else its point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from .. import geo
from ..records import Dataset, Record
from .nearest import Floats, metres

EDGE_STEP_METRES = 10.0
"""The edge of a footprint is measured from its corners and at least every so many metres between them: with one tap
the farthest is always a corner; between several taps the farthest part of the edge is found within half a step."""


class Basis(StrEnum):
    """What stands for the dwellings; the values are the codes of ``domains.DISTANCE_BASIS``."""

    DWELLINGS = "dwellings"
    FOOTPRINT = "footprint"
    POINT = "point"


@dataclass(frozen=True, eq=False)
class MeasuringPoints:
    """The places of one site from which water is looked for."""

    basis: Basis
    xy: Floats
    """(n, 2), metres in the site's projected system."""
    lonlat: Floats
    """The same places in EPSG:4326, (n, 2)."""
    accuracy: Floats
    """(n,), radius in metres within which each place truly lies; 0 where nobody said."""
    polygon: shapely.Geometry | None
    """The footprint in the projected system when it is the basis: water inside it is at 0 m."""
    surveyed_on: dt.date | None
    """The oldest date at which the places were seen."""
    epsg: int

    @cached_property
    def centre(self) -> Floats:
        """The mean of the places, (2,)."""
        return np.asarray(self.xy.mean(axis=0))

    @cached_property
    def radius(self) -> float:
        """The distance from the centre to the farthest place, in metres."""
        return float(metres(self.centre[None, :], self.xy).max())

    def to(self, taps_xy: Floats) -> Floats:
        """Return the metres from every place to every tap, (places, taps)."""
        return metres(self.xy, taps_xy)

    def nearest_to(self, taps_xy: Floats) -> Floats:
        """Return the metres from the nearest part of the site to each tap, (taps,)."""
        if self.polygon is not None:
            return np.asarray(shapely.distance(self.polygon, shapely.points(taps_xy)))
        return np.asarray(self.to(taps_xy).min(axis=0, initial=np.inf))


def has_position(geometry: shapely.Geometry | None) -> bool:
    """Say whether a geometry has coordinates, all of them finite."""
    if geometry is None or geometry.is_empty:
        return False
    return bool(np.isfinite(shapely.get_coordinates(geometry)).all())


def have_positions(geometries: Sequence[shapely.Geometry | None]) -> npt.NDArray[np.bool_]:
    """Say of many geometries at once whether each has coordinates, all of them finite."""
    shapes = np.array(geometries, dtype=object)
    valid = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    valid[owner[~np.isfinite(xy).all(axis=1)]] = False
    return np.asarray(valid)


def with_position(records: Sequence[Record]) -> list[Record]:
    """Return the records whose geometry has coordinates, all of them finite."""
    valid = have_positions([record.geometry for record in records])
    return [record for record, keep in zip(records, valid, strict=True) if keep]


def accuracies(records: Iterable[Record]) -> Floats:
    """Return the position accuracies in metres, 0 where unknown."""
    return np.array([record["position_accuracy_m"] or 0.0 for record in records], dtype=np.float64)


def site_epsg(site: Record, default_epsg: int) -> int:
    """Return the projected system of the site's department, else that of the workspace."""
    department = site["department"]
    return geo.metric_epsg(department) if department else default_epsg


_NOTHING: list[Record] = []


class SiteGeometry:
    """The measuring points of the sites of a dataset, each made when it is first asked for, and kept."""

    def __init__(self, data: Dataset, default_epsg: int) -> None:
        self._memory = data.memory
        self.default_epsg = default_epsg
        self._dwellings = data.children("dwelling", "site_uid")
        self._footprints = data.children("site_footprint", "site_uid")
        self._known: dict[str, MeasuringPoints | None] = {}

    def of(self, site: Record) -> MeasuringPoints | None:
        """Return the measuring points of a site, or ``None`` when nothing of it has a position."""
        if site.uid not in self._known:
            epsg = site_epsg(site, self.default_epsg)
            sources = (site, self._dwellings.get(site.uid, _NOTHING), self._footprints.get(site.uid, _NOTHING))
            self._known[site.uid] = self._memory.of(
                ("places", epsg, site.uid), sources, lambda: _measure(*sources, epsg)
            )
        return self._known[site.uid]


def _measure(
    site: Record, dwellings: Sequence[Record], footprints: Sequence[Record], epsg: int
) -> MeasuringPoints | None:
    choices = (
        (Basis.DWELLINGS, dwellings, "surveyed_on"),
        (Basis.FOOTPRINT, footprints, "drawn_on"),
        (Basis.POINT, [site], None),
    )
    for basis, records, dated in choices:
        placed = sorted(with_position(records), key=lambda record: record.uid)
        found = _points(basis, placed, dated, epsg) if placed else None
        if found is not None:
            return found
    return None


def _points(basis: Basis, records: Sequence[Record], dated: str | None, epsg: int) -> MeasuringPoints | None:
    shapes = geo.projector(epsg)(np.array([record.geometry for record in records], dtype=object))
    # A place whose coordinates are no degrees has none in metres: it is left aside, and reported by a check.
    valid = have_positions(shapes)
    records, shapes = [record for record, keep in zip(records, valid, strict=True) if keep], shapes[valid]
    if not records:
        return None
    polygon = None
    if basis is Basis.FOOTPRINT:
        polygon = shapely.union_all(shapely.make_valid(shapes))
        shapes = shapely.segmentize(shapely.boundary(shapes), EDGE_STEP_METRES)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    dates = [record[dated] for record in records if dated and isinstance(record[dated], dt.date)]
    lonlat = np.column_stack(geo.transformer(epsg, geo.STORED_EPSG).transform(xy[:, 0], xy[:, 1]))
    return MeasuringPoints(basis, xy, lonlat, accuracies(records)[owner], polygon, min(dates, default=None), epsg)
