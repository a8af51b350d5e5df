"""A geometry that is missing, empty, invalid, at 0,0 or outside the territory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely

from ...geo import is_lonlat
from ...i18n import mark
from ...records import Record
from ...water.measuring import has_position
from ..context import Context, position_of
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Scenarios, Severity, Threshold, Verdict

_NULL_ISLAND_DEGREES = 0.01
"""About 1.1 km around 0,0, where positions without coordinates end up and nobody lives."""

_METHOD = mark("Position in longitude and latitude, beside the simplified limits of the communes of France.")
_MISSING = mark("The record has no geometry: place it on the map.")
_EMPTY = mark("The geometry of the record is empty or its coordinates are not numbers: draw it again.")
_NULL_ISLAND = mark("The record lies at 0,0 in the Gulf of Guinea: its coordinates are missing. Place it on the map.")
_NOT_DEGREES = mark(
    "The coordinates {x} and {y} are no longitude and latitude: the data were probably in another reference system."
)
_INVALID = mark("The outline crosses or touches itself near longitude {x}, latitude {y}: draw it again or repair it.")
_EXCHANGED = mark("The record lies outside France, at longitude {x}, latitude {y}: the two look exchanged.")
_ABROAD = mark("The record lies outside France, at longitude {x}, latitude {y}.")
_ELSEWHERE = mark("The record lies in the department {department}, outside the territory of this workspace.")


@check(
    CheckSpec(
        id="DON-001",
        title=mark("Geometry missing, wrong or outside the territory"),
        why=mark("A record in the wrong place is not measured, or falsifies the distances of others."),
        help=mark(
            "Sites, footprints, dwellings and water points without geometry, with an empty or invalid one, at 0,0, "
            "with coordinates that are not degrees, or outside France fail. A record in another French department is "
            "to verify: water across a border may serve a site."
        ),
        mend=mark(
            "Place the record on the map, or repair its outline; import again data that came in another reference "
            "system."
        ),
        targets=("site", "site_footprint", "dwelling", "water_point"),
        reads=(),
        severity=Severity.ERROR,
        scenarios=Scenarios(
            passing=("site in Toulouse", "valid footprint"),
            failing=(
                "site without geometry",
                "empty footprint",
                "bow-tie footprint",
                "water point at 0,0",
                "site in Madrid",
                "site with its coordinates exchanged",
                "dwelling in Lambert-93",
            ),
            boundary=("tap 1,000 m from 0,0", "site in a gap between two communes"),
            unknown=("water point in the next department",),
        ),
    )
)
def wrong_geometry(record: Record, context: Context, _thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge the geometry of one record; only its first fault is said."""
    geometry = record.geometry
    if geometry is None:
        yield Remark(Verdict.FAILS, _MISSING)
    elif not has_position(geometry):
        yield Remark(Verdict.FAILS, _EMPTY)
    elif not geometry.is_valid:
        yield _at(_INVALID, _first_fault(geometry))
    else:
        yield from _misplaced(record, context, position_of(geometry))


def _misplaced(record: Record, context: Context, position: shapely.Point) -> Iterator[Remark]:
    if max(abs(position.x), abs(position.y)) < _NULL_ISLAND_DEGREES:
        yield Remark(Verdict.FAILS, _NULL_ISLAND, method=_METHOD)
    elif not is_lonlat(position.x, position.y):
        yield _at(_NOT_DEGREES, position)
    elif context.communes is not None and not context.is_in_named_commune(record, position):
        found = context.commune_at(position)
        if found is None:
            exchanged = context.commune_at(shapely.Point(position.y, position.x)) is not None
            yield _at(_EXCHANGED if exchanged else _ABROAD, position)
        elif context.departments and found.commune.department.code not in context.departments:
            details = {"department": found.commune.department.name}
            yield Remark(Verdict.TO_VERIFY, _ELSEWHERE, details, method=_METHOD)


def _first_fault(geometry: shapely.Geometry) -> shapely.Point:
    """Return the place that GEOS gives at the end of its reason: ``Self-intersection[1.44 43.6]``."""
    place = shapely.is_valid_reason(geometry).rpartition("[")[2].rstrip("]").split()
    if len(place) < 2:
        return shapely.Point(shapely.get_coordinates(geometry)[0])
    return shapely.Point(float(place[0]), float(place[1]))


def _at(message: str, position: shapely.Point) -> Remark:
    place = {"x": round(position.x, 5), "y": round(position.y, 5)}
    return Remark(Verdict.FAILS, message, place, method=_METHOD)
