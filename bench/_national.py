"""A country the size of the real one: 600 sites of 20 dwellings and 40,000 water points, in real communes."""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely

from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.territory import Territory

SITES, DWELLINGS, WATER_POINTS = 600, 20, 40_000
SIZE = f"{SITES} × {DWELLINGS}, {WATER_POINTS:,} points"
ON = dt.date(2026, 1, 15)
METROPOLE = [f"{number:02}" for number in range(1, 96) if number != 20] + ["2A", "2B"]


def country(france: Territory, seed: int = 600) -> Dataset:
    """Return the records, always the same for a seed."""
    rng = np.random.default_rng(seed)
    codes = [commune.code for commune in france.communes(METROPOLE)]
    records = []
    for number, code in enumerate(rng.choice(codes, WATER_POINTS)):
        records.append(_water_point(f"w{number}", str(code), _somewhere(france, str(code), rng, 300), rng))
    for number, code in enumerate(rng.choice(codes, SITES)):
        place = _somewhere(france, str(code), rng, 300)
        values = {"status": "open", "fk_city": str(code), "department": str(code)[:2], "population_total": 60}
        records.append(Record("site", f"s{number}", {**values, "living_conditions_version": 2}, place))
        for hut in range(DWELLINGS):
            where = _near(place, rng, 60)
            records.append(Record("dwelling", f"d{number}-{hut}", {"site_uid": f"s{number}"}, where))
    return Dataset(records)


def _water_point(uid: str, code: str, place: shapely.Point, rng: np.random.Generator) -> Record:
    kinds, states = ("fontaine_publique", "robinet_connecte_au_reseau"), ("working", "closed", "unknown")
    values = {
        "type": str(rng.choice(kinds)),
        "lifecycle": "existing",
        "working_state": str(rng.choice(states, p=(0.9, 0.05, 0.05))),
        "is_potable": True,
        "taps": 1,
        "fk_city": code,
        "department": code[:2],
    }
    return Record("water_point", uid, values, place)


def _somewhere(france: Territory, code: str, rng: np.random.Generator, metres: float) -> shapely.Point:
    return _near(shapely.point_on_surface(france.commune_geometry(code)), rng, metres)


def _near(place: shapely.Point, rng: np.random.Generator, metres: float) -> shapely.Point:
    east, north = rng.normal(0, metres / 111_320, 2)
    return shapely.Point(place.x + east, place.y + north)
