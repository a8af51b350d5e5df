"""The scenes of the checks about the data themselves."""

from __future__ import annotations

import shapely

from .build import Scene, at, box, dwelling, fails, footprint, metric, passes, site, tap, to_verify

_EMPTY = shapely.Polygon()
_BOW_TIE = shapely.Polygon([(1.44, 43.60), (1.45, 43.61), (1.45, 43.60), (1.44, 43.61), (1.44, 43.60)])


def _nowhere(layer: str) -> tuple[object, ...]:
    from dataclasses import replace  # noqa: PLC0415 - used here only

    make = {"site": site, "water_point": tap}[layer]
    return tuple(replace(make(uid), geometry=None) for uid in ("one", "two"))


DON_001: dict[str, Scene] = {
    "site in Toulouse": passes(site(fk_city="31555"), dwelling("hut", at(10)), tap(where=at(300))),
    "valid footprint": passes(site(), footprint("ground", box(-20, -20, 20, 20))),
    "site without geometry": fails(_nowhere("site")[0]),  # type: ignore[arg-type]
    "empty footprint": fails(site(), footprint("ground", _EMPTY)),
    "bow-tie footprint": fails(site(), footprint("ground", _BOW_TIE)),
    "water point at 0,0": fails(tap(where=shapely.Point(0, 0))),
    "site in Madrid": fails(site(where=shapely.Point(-3.70, 40.42))),
    "site with its coordinates exchanged": fails(site(where=shapely.Point(at(0).y, at(0).x))),
    "dwelling in Lambert-93": fails(site(), dwelling("hut", metric(0))),
    "tap 1,000 m from 0,0": fails(tap(where=shapely.Point(0.00898, 0))),
    "site in a gap between two communes": passes(site(where=at(-5_005))),
    "water point in the next department": to_verify(tap(where=at(9_000))),
}

DON_002: dict[str, Scene] = {
    "site in the commune it names": passes(site(fk_city="31555")),
    "fountain with the code of a district of Paris": passes(
        tap(where=shapely.Point(2.31, 48.84), fk_city="75115", department="75")
    ),
    "site 1 km outside its commune": fails(site(where=at(6_000), fk_city="31555")),
    "code of no commune": fails(site(fk_city="31999")),
    "site 49 m outside its commune": to_verify(site(where=at(5_049), fk_city="31555")),
    "site 51 m outside its commune": fails(site(where=at(5_051), fk_city="31555")),
    "51 m outside, known to 5 m": to_verify(site(where=at(5_051), fk_city="31555", position_accuracy_m=5)),
    "site without a code": passes(site(where=at(6_000))),
}

DON_003: dict[str, Scene] = {
    "sites 60 m apart": passes(site("one"), site("two", at(60))),
    "open site beside a closed one": passes(site("one"), site("two", at(10), status="other")),
    "sites 40 m apart": fails(site("one"), site("two", at(40))),
    "footprints overlap": fails(
        site("one"),
        site("two", at(200)),
        footprint("ground of one", box(-10, -10, 110, 10), "one"),
        footprint("ground of two", box(100, -10, 210, 10), "two"),
    ),
    "sites 50.0 m apart": passes(site("one"), site("two", at(50.0))),
    "sites 49.9 m apart": fails(site("one"), site("two", at(49.9))),
    "sites 48 m apart, known to 5 m": to_verify(site("one", position_accuracy_m=5), site("two", at(48))),
    "sites without a position": passes(*_nowhere("site")),  # type: ignore[arg-type]
}

DON_004: dict[str, Scene] = {
    "taps 15 m apart": passes(tap("one"), tap("two", at(15))),
    "planned tap beside an existing one": passes(tap("one"), tap("two", at(2), lifecycle="planned")),
    "taps 5 m apart": fails(tap("one"), tap("two", at(5))),
    "taps 10.0 m apart": passes(tap("one"), tap("two", at(10.0))),
    "taps 9.9 m apart": fails(tap("one"), tap("two", at(9.9))),
    "taps 8 m apart, known to 3 m": to_verify(tap("one", position_accuracy_m=3), tap("two", at(8))),
    "taps without a position": passes(*_nowhere("water_point")),  # type: ignore[arg-type]
}
