"""The territory reference: names and outlines of the communes of France, offline."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from resorption_plugin.core.errors import TerritoryError
from resorption_plugin.core.territory import (
    GAP_LIMIT_METRES,
    METRES_PER_DEGREE,
    Territory,
    decode_positions,
    encode_positions,
)


@pytest.fixture(scope="module")
def france(territories_file: Path) -> Territory:
    return Territory.load(territories_file)


@pytest.mark.parametrize(
    ("lon", "lat", "commune"),
    [
        (1.4437, 43.6045, "31555 Toulouse (31, Occitanie)"),
        (2.3522, 48.8566, "75056 Paris (75, Île-de-France)"),
        (4.8320, 45.7578, "69123 Lyon (69, Auvergne-Rhône-Alpes)"),
        (8.7369, 41.9268, "2A004 Ajaccio (2A, Corse)"),
        (9.4500, 42.7000, "2B033 Bastia (2B, Corse)"),
        (55.4481, -20.8789, "97411 Saint-Denis (974, La Réunion)"),
        (45.2300, -12.7800, "97611 Mamoudzou (976, Mayotte)"),
        (-52.3300, 4.9300, "97302 Cayenne (973, Guyane)"),
        (-61.7300, 16.0000, "97105 Basse-Terre (971, Guadeloupe)"),
    ],
)
def test_a_known_place_lies_in_its_commune(france: Territory, lon: float, lat: float, commune: str):
    match = france.commune_at(lon, lat)
    assert match is not None
    found = match.commune
    assert f"{found.code} {found.name} ({found.department.code}, {found.department.region})" == commune
    assert match.distance_m == 0.0


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("the Atlantic", -5.0, 46.0),
        ("Barcelona", 2.17, 41.38),
        ("the Gulf of Guinea", 0.0, 0.0),
        ("the North Pole", 0.0, 90.0),
        ("no longitude", math.nan, 43.6),
        ("infinity", 1.4, math.inf),
        ("projected metres", 574_000.0, 6_279_000.0),
    ],
)
def test_no_commune_abroad_at_sea_and_nowhere(france: Territory, place: str, lon: float, lat: float):
    assert france.commune_at(lon, lat) is None, place


def gap_between_communes(france: Territory, department: str) -> shapely.Point:
    """Return a point inside the widest hole of a department's coverage."""
    union = france.department_geometry([department])
    polygons = [union] if isinstance(union, shapely.Polygon) else list(union.geoms)
    holes = [shapely.Polygon(hole) for polygon in polygons for hole in polygon.interiors]
    return max(holes, key=lambda hole: hole.area).representative_point()


def test_a_point_in_a_gap_takes_the_nearest_commune_and_says_how_far(france: Territory):
    gap = gap_between_communes(france, "31")
    outlines = [france.commune_geometry(commune.code) for commune in france.communes(["31"])]
    assert not any(outline.covers(gap) for outline in outlines)
    match = france.commune_at(gap.x, gap.y)
    assert match is not None
    assert 0 < match.distance_m <= GAP_LIMIT_METRES
    assert match.commune.department.code == "31"


def test_the_nearest_commune_is_no_farther_than_the_limit(france: Territory):
    """West of the Île de Ré's lighthouse there is only the sea."""
    west = france.commune_geometry("17318").bounds[0]
    tip = shapely.get_coordinates(france.commune_geometry("17318"))
    lon, lat = tip[np.argmin(tip[:, 0])]
    assert lon == west
    metre = 1 / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
    near = france.commune_at(lon - 100 * metre, lat)
    assert near is not None
    assert near.distance_m == pytest.approx(100, abs=1)
    assert near.commune.code == "17318"
    assert france.commune_at(lon - (GAP_LIMIT_METRES + 1) * metre, lat) is None


def test_all_of_france_is_there(france: Territory):
    departments = france.departments()
    assert len(departments) == 101
    assert len({department.region for department in departments}) == 18
    assert len(france.communes([department.code for department in departments])) == 34_871


def test_the_communes_of_a_department_come_in_order_with_their_intercommunal_body(france: Territory):
    communes = france.communes(["31"])
    assert len(communes) == 586
    assert [commune.code for commune in communes] == sorted(commune.code for commune in communes)
    toulouse = france.commune("31555")
    assert (toulouse.epci_code, toulouse.epci_name) == ("243100518", "Toulouse Métropole")
    assert france.department("2A").name == "Corse-du-Sud"


def test_names_keep_their_articles_and_accents(france: Territory):
    names = {code: france.commune(code).name for code in ("31561", "76351", "01001", "31042", "17300")}
    assert names == {
        "31561": "L'Union",
        "76351": "Le Havre",
        "01001": "L'Abergement-Clémenciat",
        "31042": "Bagnères-de-Luchon",
        "17300": "La Rochelle",
    }


def test_a_merged_commune_without_an_outline_of_its_own_has_those_of_its_parts(france: Territory):
    """Liré was merged into Orée d'Anjou, of which the source has no outline."""
    match = france.commune_at(-1.1650, 47.3430)
    assert match is not None
    assert (match.commune.code, match.commune.name, match.distance_m) == ("49126", "Orée d'Anjou", 0.0)


def test_department_geometry_is_the_union_of_its_communes(france: Territory):
    outline = france.department_geometry(["31"])
    assert outline.is_valid
    assert outline.covers(shapely.Point(1.4437, 43.6045))
    assert not outline.covers(shapely.Point(2.3522, 48.8566))


@pytest.mark.parametrize("code", ["20", "1", "999", "", "Haute-Garonne"])
def test_an_unknown_department_says_what_is_expected(france: Territory, code: str):
    with pytest.raises(TerritoryError, match="Expected a code such as 01 to 95, 2A, 2B, 971 to 974 or 976"):
        france.communes([code])


def test_an_unknown_commune_says_what_is_expected(france: Territory):
    with pytest.raises(TerritoryError, match="five characters, such as 31555"):
        france.commune("3155")


def test_a_missing_reference_says_what_to_do(tmp_path: Path):
    with pytest.raises(TerritoryError, match=r"is missing .* Install the plugin again"):
        Territory.load(tmp_path / "territories.npz")


@pytest.mark.parametrize("kept", [0, 10, 1_000, 100_000])
def test_a_truncated_reference_says_what_to_do(territories_file: Path, tmp_path: Path, kept: int):
    damaged = tmp_path / "territories.npz"
    damaged.write_bytes(territories_file.read_bytes()[:kept])
    with pytest.raises(TerritoryError, match=r"is damaged\. Install the plugin again"):
        Territory.load(damaged)


def test_positions_survive_packing():
    positions = np.random.default_rng(7).integers(-180_000_000, 180_000_000, size=(1_000, 2), dtype=np.int32)
    assert np.array_equal(decode_positions(encode_positions(positions)), positions)


def test_random_points_agree_with_another_edition_of_the_communes(france: Territory, shared_data: Path):
    """1,000 points of Haute-Garonne: the two editions differ only near a border (or where communes have merged)."""
    collection = json.loads((shared_data / "territories" / "communes-31-haute-garonne.geojson").read_text("utf-8"))
    codes = [feature["properties"]["code"] for feature in collection["features"]]
    outlines = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in collection["features"]])
    west, south, east, north = shapely.total_bounds(outlines)
    random = np.random.default_rng(31)
    points = shapely.points(random.uniform(west, east, 4_000), random.uniform(south, north, 4_000))
    inside = dict(shapely.STRtree(outlines).query(points, predicate="within").T[:1_000].tolist())
    disagreements = []
    for point, outline in inside.items():
        match = france.commune_at(points[point].x, points[point].y)
        if match is None or match.commune.code != codes[outline]:
            to_border = points[point].distance(shapely.boundary(outlines[outline])) * METRES_PER_DEGREE
            disagreements.append((to_border, codes[outline], match))
    agreed = len(inside) - len(disagreements)
    far = [found for found in disagreements if found[0] > 150]
    assert len(inside) > 900
    assert agreed >= 0.98 * len(inside), disagreements
    assert not far
