"""A point outside the commune it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely

from ... import geo
from ...i18n import mark
from ...records import Record
from ...water.measuring import has_position
from ..common import shown
from ..context import Context, position_of
from ..finding import Remark
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Distance from the position to the simplified limit of the commune whose INSEE code the record gives.")
_OUTSIDE = mark("The position lies in {found}, {distance} m outside the commune that the record names ({code}).")
_BORDER = mark(
    "The position lies {distance} m outside the commune that the record names ({code}), in {found}: within {limit} m "
    "the simplified limits cannot tell."
)
_NO_COMMUNE = mark("There is no commune with the INSEE code {code}; the position lies in {found}.")


@check(
    CheckSpec(
        id="DON-002",
        title=mark("Point outside the commune it names"),
        why=mark("The commune decides who acts and in which figures the site counts; the platform does not verify it."),
        help=mark(
            "A site or water point whose position is outside the commune of its INSEE code fails; close to the limit, "
            "within the accuracy of the simplified limits and of the position, it is to verify. Without code, or "
            "outside France, this check says nothing."
        ),
        mend=mark("Move the point, or correct its INSEE code."),
        targets=("site", "water_point"),
        reads=(),
        severity=Severity.ERROR,
        parameters=(
            Parameter(
                "border",
                mark("Doubt along the limits of communes"),
                Quantity.METRES,
                Threshold(
                    50,
                    mark("Choice of this plugin: the reference limits are simplified, and leave gaps of some metres."),
                ),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("site in the commune it names", "fountain with the code of a district of Paris"),
            failing=("site 1 km outside its commune", "code of no commune"),
            boundary=("site 49 m outside its commune", "site 51 m outside its commune", "51 m outside, known to 5 m"),
            unknown=("site without a code",),
        ),
    )
)
def outside_its_commune(record: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one record that names a commune and has a position in France."""
    code = record["fk_city"]
    if not code or context.communes is None or not has_position(record.geometry):
        return
    position = position_of(record.geometry)
    if context.is_in_named_commune(record, position):
        return
    found = context.commune_at(position)
    if found is None:
        return
    where, outline = f"{found.commune.name} ({found.commune.code})", context.outline(code)
    if outline is None:
        yield Remark(Verdict.FAILS, _NO_COMMUNE, {"code": code, "found": where}, method=_METHOD, field="fk_city")
        return
    metres = _metres_to(outline, position, context.epsg(record))
    limit = thresholds["border"]
    doubt = limit.value + (record["position_accuracy_m"] or 0.0)
    details = {"code": code, "found": where, "distance": shown(metres, limit.value), "limit": limit.value}
    verdict, message = (Verdict.TO_VERIFY, _BORDER) if metres <= doubt else (Verdict.FAILS, _OUTSIDE)
    yield Remark(verdict, message, details, metres, limit, Quantity.METRES, _METHOD, field="fk_city")


def _metres_to(outline: shapely.Geometry, position: shapely.Point, epsg: int) -> float:
    project = geo.projector(epsg)
    return round(float(shapely.distance(project(outline), project(position))), 2)
