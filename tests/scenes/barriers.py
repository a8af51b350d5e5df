"""The scenes of the check about what has to be crossed: a square of streets with a line across it."""

from __future__ import annotations

import itertools
from typing import Any

import shapely

from resorption_plugin.core import geo
from resorption_plugin.core.records import Record

from .build import EPSG, ORIGIN, Scene, at, dwelling, fails, passes, site, tap, to_verify

_to_degrees = geo.projector(geo.STORED_EPSG, EPSG)
_numbers = itertools.count()

HALF = 600.0
"""Half the side of the square, in metres."""


def street(*places: tuple[float, float], road_class: str = "tertiary", **values: Any) -> Record:
    """Return a street through places, in metres east and north of the origin."""
    line = shapely.LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in places])
    given = {"source": "test", "name": road_class, "road_class": road_class, "foot_access": True, **values}
    return Record("street", f"street {next(_numbers)}", given, _to_degrees(line))


def square(half: float = HALF, east: float = 0.0) -> Record:
    """Return a closed track around the origin (or a place to its east): it bounds the ground that streets cover."""
    corners = [(east - half, -half), (east + half, -half), (east + half, half), (east - half, half)]
    return street(*corners, corners[0], road_class="service", foot_access=False)


def across(x: float = 50.0, *, reach: float = HALF, **values: Any) -> Record:
    """Return a street from south to north of the square, ``x`` metres east of the origin."""
    return street((x, -reach - 20), (x, reach + 20), **values)


_RAILWAY = {"road_class": "railway", "foot_access": False}
_PATH = {"road_class": "path"}
_FOOTBRIDGE = {"is_bridge": True, "level": 1, **_PATH}
_NEAR, _ACROSS = tap("near", at(-60)), tap("across", at(100))

EAU_003: dict[str, Scene] = {
    "tap on the near side of the road": passes(site(), _NEAR, square(), across()),
    "road that can be walked around": passes(site(), _ACROSS, square(), across(reach=300)),
    "footbridge over the railway": passes(
        site(), _ACROSS, square(), across(**_RAILWAY), street((20, 30), (80, 30), **_FOOTBRIDGE)
    ),
    "residential street between": passes(site(), _ACROSS, square(), across(road_class="residential")),
    "closed site across the road": passes(site(status="resorbed"), _ACROSS, square(), across()),
    "tap out of reach across the road": passes(site(), tap(where=at(300)), square(), across()),
    "tertiary road between": fails(site(), _ACROSS, square(), across()),
    "railway between": fails(site(), _ACROSS, square(), across(**_RAILWAY)),
    "dual carriageway between": fails(site(), _ACROSS, square(), across(50), across(62)),
    "one dwelling across the road": fails(
        site(), dwelling("here", at(0)), dwelling("there", at(80)), _NEAR, square(), across()
    ),
    "path crosses the railway at its level": fails(
        site(), _ACROSS, square(), across(**_RAILWAY), street((20, 30), (80, 30), **_PATH)
    ),
    "near tap at 200.0 m, another across the road": passes(
        site(), tap("near", at(-200.0)), _ACROSS, square(), across()
    ),
    "near tap at 200.1 m, another across the road": fails(site(), tap("near", at(-200.1)), _ACROSS, square(), across()),
    "dwelling 4 m from the road, known to 5 m": to_verify(
        site(), dwelling("hut", at(46), position_accuracy_m=5), _ACROSS, square(), across()
    ),
    "dwelling 6 m from the road, known to 5 m": fails(
        site(), dwelling("hut", at(44), position_accuracy_m=5), _ACROSS, square(), across()
    ),
    "no streets loaded": to_verify(site(), _NEAR),
    "streets loaded elsewhere": to_verify(site(), _NEAR, square(east=3_000)),
    "gap of 3 m in the road": to_verify(
        site(),
        _ACROSS,
        square(),
        street((50, -HALF - 20), (50, 0)),
        street((50, 3), (50, HALF + 20)),
    ),
    "near tap of unknown state": to_verify(
        site(), _ACROSS, tap("near", at(-60), working_state="unknown"), square(), across()
    ),
    "dwelling on the line of the road": to_verify(site(), dwelling("hut", at(50)), _ACROSS, square(), across()),
}
