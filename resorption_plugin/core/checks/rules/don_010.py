"""A site outside its footprint, a tap on a site but in no footprint, a footprint of no site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from ... import geo
from ...i18n import mark
from ...records import Record
from ...water.distances import is_open
from ...water.measuring import has_position, with_position
from ..common import name_of, shown
from ..context import Context
from ..finding import Remark
from ..pairs import doubt
from ..registry import check
from ..spec import CheckSpec, Parameter, Quantity, Scenarios, Severity, Threshold, Verdict, Worse

_METHOD = mark("Distance from the position to the footprint of the site, in the projected system.")
_SITE_OUTSIDE = mark("The point of the site lies {distance} m outside its own footprint; the margin is {limit} m.")
_TAP_OUTSIDE = mark(
    "{point} lies {distance} m outside the footprint of {site}, whose form says that the water is on the site; the "
    "margin is {limit} m."
)
_DOUBTFUL = mark(
    "{point} lies {distance} m outside the footprint of {site}: nobody said whether the water is on the site, or the "
    "accuracy of the positions does not allow to tell."
)
_SITE_DOUBTFUL = mark(
    "The point of the site lies {distance} m outside its own footprint, for a margin of {limit} m: the accuracy of the "
    "positions does not allow to tell."
)
_ORPHAN = mark("This footprint belongs to no site of the workspace: give it to its site, or delete it.")


@check(
    CheckSpec(
        id="DON-010",
        title=mark("Site or tap outside the footprint, or footprint without site"),
        why=mark("Distances are measured from the footprint: a wrong one moves the water nearer or farther."),
        help=mark(
            "An open site whose point is outside its own footprint, a point marked as of a site whose form says water "
            "on the site but outside the footprint, and a footprint of no site fail. Within the accuracy of the "
            "positions, or when nobody said where the water is, it is to verify. Without footprint nothing is said."
        ),
        mend=mark("Draw the footprint again, move the point, or correct the answer on where the water is."),
        targets=("site", "water_point", "site_footprint"),
        reads=(),
        severity=Severity.WARNING,
        parameters=(
            Parameter(
                "margin",
                mark("Margin around the footprint"),
                Quantity.METRES,
                Threshold(10, mark("Choice of this plugin: a footprint is drawn to some metres from a photograph.")),
            ),
        ),
        worse=Worse.HIGHER,
        scenarios=Scenarios(
            passing=("site and tap in the footprint", "tap declared outside the site", "site without footprint"),
            failing=("site 100 m outside its footprint", "tap on the site 100 m outside", "footprint of no site"),
            boundary=("10.0 m outside the footprint", "10.1 m outside the footprint", "12 m outside, known to 5 m"),
            unknown=("tap outside the footprint, place not declared",),
        ),
    )
)
def outside_footprint(record: Record, context: Context, thresholds: Mapping[str, Threshold]) -> Iterator[Remark]:
    """Judge one site, water point or footprint."""
    if record.layer == "site_footprint":
        if context.data.get("site", record["site_uid"]) is None:
            yield Remark(Verdict.FAILS, _ORPHAN, method=_METHOD, field="site_uid")
        return
    site = record if record.layer == "site" else context.data.get("site", record["site_uid"])
    if site is None or not is_open(site) or not has_position(record.geometry):
        return
    is_tap = record.layer == "water_point"
    is_outside = site["water_access_is_local"] is False or site["water_access_is_public"] is True
    if is_tap and (is_outside or record["lifecycle"] == "removed"):
        return
    footprints = with_position(context.children("site_footprint", "site_uid", site.uid))
    metres = _metres(record, footprints, context)
    limit = thresholds["margin"]
    if metres is None or metres <= limit.value:
        return
    details: dict[str, Any] = {
        "point": name_of(record),
        "site": name_of(site),
        "distance": shown(metres, limit.value),
        "limit": limit.value,
    }
    verdict, message = Verdict.FAILS, _TAP_OUTSIDE if is_tap else _SITE_OUTSIDE
    is_unsaid = is_tap and site["water_access_is_local"] is None
    if is_unsaid or metres <= limit.value + doubt(record, *footprints):
        verdict, message = Verdict.TO_VERIFY, _DOUBTFUL if is_tap else _SITE_DOUBTFUL
    yield Remark(
        verdict, message, details, metres, limit, Quantity.METRES, _METHOD, field="site_uid" if is_tap else "place"
    )


def _metres(record: Record, footprints: Sequence[Record], context: Context) -> float | None:
    """Return the metres from a record to the nearest of some footprints; ``None`` where nothing can be measured."""
    project = geo.projector(context.epsg(record))
    position = project(record.geometry)
    if not has_position(position):
        return None
    shapes = [shapely.make_valid(project(footprint.geometry)) for footprint in footprints]
    return min((round(float(shapely.distance(position, shape)), 2) for shape in shapes), default=None)
