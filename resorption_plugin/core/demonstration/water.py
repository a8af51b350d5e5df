"""Records of invented water points: those a scenario asks for, and those of the surroundings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from ..geo import metric_epsg, projector
from ..records import Record
from . import shapes
from .authorship import AUTHOR, audit
from .chance import Chance
from .ground import Ground
from .names import of_place, street_name
from .plots import Spread
from .scenarios import WINTER, Outlet
from .sites import Site

RING_M = (310.0, 440.0)
"""Surroundings of a site: beyond the 200 m of its farthest dwelling, out of reach of the next site."""

_RING_SHARE = 0.45
_OUTLETS_APART_M = 14.0
_SURROUNDINGS_APART_M = 30.0
_DETAILS = {
    "robinet_connecte_au_reseau": ("Robinet", "Service des eaux (exemple)", 9.0),
    "fontaine_publique": ("Fontaine", "Commune (exemple)", 7.5),
    "borne_incendie": ("Borne incendie", "Service d'incendie et de secours (exemple)", None),
    "reservoir": ("Citerne", "Association (exemple)", 6.0),
}
_SURROUNDINGS: tuple[tuple[Outlet, float], ...] = (
    (Outlet("fontaine_publique", is_on_public_road=True), 8),
    (Outlet("fontaine_publique", is_on_public_road=True, closed_each_year=WINTER), 6),
    (Outlet("fontaine_publique", is_on_public_road=True, working_state="out_of_order"), 2),
    (Outlet("fontaine_publique", is_on_public_road=True, working_state="closed"), 1),
    (Outlet("fontaine_publique", is_on_public_road=True, is_potable=None, accuracy_m=8), 2),
    (Outlet("borne_incendie", taps=None, is_on_public_road=True, is_potable=None), 8),
    (Outlet("borne_incendie", taps=None, is_on_public_road=True, is_potable=None, working_state="unknown"), 2),
    (Outlet("robinet_connecte_au_reseau", is_on_public_road=None), 2),
    (Outlet("robinet_connecte_au_reseau", lifecycle="planned"), 1),
    (Outlet("reservoir", is_potable=False), 1),
)


@dataclass(frozen=True, slots=True)
class _Spot:
    outlet: Outlet
    position: shapely.Point
    """EPSG:4326."""
    site: Site | None
    label: str


def build(
    sites: Sequence[Site], count: int, ground: Ground, spread: Spread, *, today: dt.date, chance: Chance
) -> tuple[list[Record], dict[str, str]]:
    """Return ``count`` water points (or what the scenarios ask for), and the site uid of those of a scenario."""
    spots = [spot for site in sites for spot in _of_scenario(site, chance)]
    around = round((count - len(spots)) * _RING_SHARE)
    kept = Spread()
    near = (_around(sites[number % len(sites)], kept, chance) for number in range(around))
    spots += [spot for spot in near if ground.covers(spot.position)]
    spots += [_in_town(ground, spread, kept, chance) for _ in range(count - len(spots))]
    places = ground.place_columns([spot.position for spot in spots])
    records, owners = [], {}
    for number, (spot, place) in enumerate(zip(spots, places, strict=True), start=1):
        if spot.outlet.wrong_commune:
            place = another_commune(ground, place, chance)  # noqa: PLW2901 - the fault is the scenario's subject
        record = Record("water_point", chance.uid(), _values(spot, place, number, today, chance), spot.position)
        records.append(record)
        if spot.site:
            owners[record.uid] = spot.site.record.uid
    return records, owners


def another_commune(ground: Ground, place: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Return the columns of a commune with the code and the name of another one of the territory."""
    others = [commune for commune in ground.communes if commune.code != place["fk_city"]]
    if not others:
        return place
    other = chance.pick(others)
    return {**place, "fk_city": other.code, "commune": other.name}


def _of_scenario(site: Site, chance: Chance) -> list[_Spot]:
    spots: list[_Spot] = []
    taken: list[shapely.Point] = []
    for outlet in site.plot.scenario.outlets:
        position = _position(site, outlet, taken, chance)
        taken.append(position)
        label = of_place(site.record["name"])
        spots.append(_Spot(outlet, site.plot.to_stored(position), site, label))
        if outlet.twin_at_m is not None:
            twin = shapes.beside(position, outlet.twin_at_m, chance)
            spots.append(_Spot(outlet, site.plot.to_stored(twin), site, f"{label} (relevé 2)"))
    return spots


def _position(site: Site, outlet: Outlet, taken: Sequence[shapely.Point], chance: Chance) -> shapely.Point:
    if outlet.reach_m is not None:
        return shapes.at_reach(site.places, site.plot.centre, outlet.reach_m, chance)
    if site.outline is None:
        return shapes.beside(site.plot.centre, 12, chance)
    for _ in range(50):
        (spot,) = shapes.dwellings(site.outline, 1, chance)
        if all(spot.distance(other) > _OUTLETS_APART_M for other in taken):
            break
    return spot


def _around(site: Site, kept: Spread, chance: Chance) -> _Spot:
    while True:
        position = site.plot.to_stored(shapes.beside(site.plot.centre, chance.real(*RING_M), chance))
        if kept.keeps_away(position, _SURROUNDINGS_APART_M):
            kept.add(position)
            return _Spot(chance.weighted(_SURROUNDINGS), position, None, street_name(chance))


def _in_town(ground: Ground, spread: Spread, kept: Spread, chance: Chance) -> _Spot:
    while True:
        drawn = ground.draw(chance)
        if drawn is None:
            continue
        commune, point = drawn
        position = projector(4326, metric_epsg(commune.department.code))(point)
        if spread.keeps_away(position, RING_M[1] + 20) and kept.keeps_away(position, _SURROUNDINGS_APART_M):
            kept.add(position)
            return _Spot(chance.weighted(_SURROUNDINGS), position, None, street_name(chance))


def _values(spot: _Spot, place: dict[str, Any], number: int, today: dt.date, chance: Chance) -> dict[str, Any]:
    outlet = spot.outlet
    kind, operator, flow = _DETAILS[outlet.type]
    seen = today - dt.timedelta(days=chance.integer(5, 200))
    season = outlet.closed_each_year or (None, None)
    existing = outlet.lifecycle == "existing"
    return {
        "name": f"{kind} {spot.label}" if spot.site else f"{kind}, {spot.label}",
        "type": outlet.type,
        "fountain_type": "borne fontaine" if outlet.type == "fontaine_publique" else None,
        "hydrant_type": chance.pick(("PI", "BI")) if outlet.type == "borne_incendie" else None,
        "lifecycle": outlet.lifecycle,
        "site_uid": spot.site.record.uid if spot.site and outlet.reach_m is None else None,
        "operator": operator,
        "working_state": outlet.working_state if existing else "unknown",
        "state_on": seen if existing else None,
        "closure_reason": "Mise hors gel" if outlet.closed_each_year else None,
        "season_closed_from": season[0],
        "season_closed_until": season[1],
        "visited_on": seen if existing else None,
        "is_potable": outlet.is_potable,
        "tested_on": seen if outlet.is_potable is not None and chance.yes(0.7) else None,
        "taps": outlet.taps,
        "flow_l_min": flow,
        "hours_per_day": 24.0 if existing else None,
        "tank_volume_l": 1000.0 if outlet.type == "reservoir" else None,
        "refill_interval_days": 2.0 if outlet.type == "reservoir" else None,
        "is_on_public_road": outlet.is_on_public_road,
        "container_filling": True if outlet.type != "borne_incendie" else None,
        "access_conditions": "aucune" if outlet.type == "fontaine_publique" else None,
        "wheelchair_accessible": True if outlet.type == "fontaine_publique" else None,
        "address": spot.label if not spot.site else spot.site.record["address"],
        "position_accuracy_m": outlet.accuracy_m,
        **place,
        "source": AUTHOR,
        "source_id": f"DEMO-{number:05d}",
        **audit(seen, seen),
    }
