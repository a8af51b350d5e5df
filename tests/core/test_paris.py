"""Distances on the real fountains of Paris, against an independent computation."""

from __future__ import annotations

import csv
import datetime as dt
import math

import numpy as np
import pytest
import shapely
from pyproj import Geod

from resorption_plugin.core.records import Dataset, Record
from resorption_plugin.core.water.reach import WaterMap
from tests.scenes.build import EPSG

SEEN_ON = dt.date(2025, 10, 31)
# The box of the street extract paris_bss.osm.pbf: west, south, east, north.
EXTRACT = (2.3515042, 48.857558, 2.3807125, 48.869999)
SEED, POINTS, LIMIT = 1312, 2_000, 200.0


@pytest.fixture(scope="module")
def fountains(shared_data):
    with (shared_data / "paris" / "fontaines_a_boire_2025.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    records = []
    for row in rows:
        lat, lon = map(float, row["geo_point_2d"].split(","))
        values = {
            "type": "fontaine_publique",
            "lifecycle": "existing",
            "working_state": "working" if row["dispo"] == "OUI" else "closed",
            "closed_until": dt.date.fromisoformat(row["fin_ind"][:10]) if row["fin_ind"] else None,
            "state_on": SEEN_ON,
            "is_potable": True,
        }
        records.append(Record("water_point", f"{len(records)}", values, shapely.Point(lon, lat)))
    return records


def test_thirty_seven_fountains_lie_in_the_street_extract(fountains):
    west, south, east, north = EXTRACT
    inside = [point for point in fountains if west <= point.geometry.x <= east and south <= point.geometry.y <= north]
    assert (len(fountains), len(inside)) == (1_312, 37)


def test_the_share_of_points_within_200_m_is_that_of_a_geodesic_computation(fountains):
    rng = np.random.default_rng(SEED)
    lon, lat = rng.uniform(EXTRACT[0], EXTRACT[2], POINTS), rng.uniform(EXTRACT[1], EXTRACT[3], POINTS)
    sites = [
        Record("site", str(index), {"status": "open", "department": "75"}, shapely.Point(place))
        for index, place in enumerate(zip(lon, lat, strict=True))
    ]
    water = WaterMap(Dataset([*sites, *fountains]), SEEN_ON, EPSG)
    ours = np.array([water.measure(site, sure=True).metres for site in sites])
    expected = geodesic_nearest(lon, lat, [point for point in fountains if water.usable(point.uid)])
    # Lambert-93 shortens by some parts in 10,000 here, and our lengths are rounded to the centimetre
    assert np.allclose(ours, expected, rtol=3e-4, atol=0.006)
    assert int((ours <= LIMIT).sum()) == int((expected <= LIMIT).sum())
    assert int((ours <= LIMIT).sum()) == pytest.approx(1_593, abs=60)


def geodesic_nearest(lon, lat, points):
    """Return the geodesic metres from each position to its nearest point, trying all those within 700 m of the box."""
    geod, best = Geod(ellps="GRS80"), np.full(len(lon), math.inf)
    for x, y in ((point.geometry.x, point.geometry.y) for point in points):
        if EXTRACT[0] - 0.01 < x < EXTRACT[2] + 0.01 and EXTRACT[1] - 0.007 < y < EXTRACT[3] + 0.007:
            best = np.minimum(best, geod.inv(lon, lat, np.full_like(lon, x), np.full_like(lat, y))[2])
    assert best.max() < 700  # none left out is nearer
    return best
