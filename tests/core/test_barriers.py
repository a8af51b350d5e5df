"""What people must cross, against slow methods of another kind, and the cases that deceive."""

from __future__ import annotations

import heapq
import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
import shapely
import shapely.ops
from hypothesis import given, settings
from hypothesis import strategies as st

from resorption_plugin.core import geo
from resorption_plugin.core.records import Record
from resorption_plugin.core.water.barrier_lines import LEAST_ROAD, Road, covered_boxes
from resorption_plugin.core.water.barriers import Barriers
from resorption_plugin.core.water.planar import Planar
from tests.scenes.barriers import HALF, across, square, street
from tests.scenes.build import EPSG, ORIGIN

STEP = 90.0
CELL = 9.0


def places(*metres: tuple[float, float]) -> np.ndarray:
    return np.array(metres, dtype=float).reshape(-1, 2) + ORIGIN


def between(streets, start, end, *, doubt=0.0, least_road=LEAST_ROAD, epsg=EPSG):
    """Return what is between two places, in metres east and north of the origin."""
    xy = places(start, end)
    if epsg != EPSG:
        lonlat = np.column_stack(geo.transformer(EPSG, geo.STORED_EPSG).transform(*xy.T))
        xy = geo.project_points(lonlat, epsg)
    barriers = Barriers(streets, least_road, epsg)
    return barriers.between(xy[:1], np.array([doubt]), xy[1:], np.zeros(1))[0][0]


def counts(streets, start, end, **more):
    found = between(streets, start, end, **more)
    return None if found is None else (found.least, found.most)


HERE, THERE = (0.0, 0.0), (100.0, 0.0)


def test_the_roads_to_cross_are_named_in_their_order():
    roads = [across(30, name="A"), across(60, name="B", road_class="primary")]
    found = between([square(), *roads], HERE, THERE)
    assert (found.least, found.most) == (2, 2)
    assert found.roads == (Road("A", "tertiary"), Road("B", "primary"))
    assert found.largest == Road("B", "primary")
    assert between([square(), *roads], THERE, HERE).roads == found.roads[::-1]


def test_a_dead_end_separates_nothing():
    assert counts([square(), across(50, reach=400)], HERE, THERE) == (0, 0)


def test_a_road_in_a_ring_separates_what_it_encloses():
    ring = street((-40, -40), (40, -40), (40, 40), (-40, 40), (-40, -40))
    assert counts([square(), ring], HERE, THERE) == (1, 1)


def test_a_smaller_class_counts_only_when_it_is_asked():
    streets = [square(), across(50, road_class="residential")]
    assert counts(streets, HERE, THERE) == (0, 0)
    assert counts(streets, HERE, THERE, least_road="residential") == (1, 1)


RAILWAY = {"road_class": "railway", "foot_access": False}
PATH = {"road_class": "path"}


@pytest.mark.parametrize(
    ("barrier", "way", "expected"),
    [
        ({**RAILWAY}, {**PATH, "is_bridge": True, "level": 1}, 0),
        ({**RAILWAY}, {**PATH, "is_bridge": True}, 0),
        ({**RAILWAY}, {**PATH, "is_tunnel": True}, 0),
        ({**RAILWAY, "is_bridge": True, "level": 1}, {**PATH}, 0),
        ({**RAILWAY, "is_tunnel": True}, {**PATH}, 0),
        ({**RAILWAY}, {"road_class": "secondary", "is_bridge": True}, 0),
        ({**RAILWAY}, {**PATH}, 1),
        ({**RAILWAY}, {**PATH, "is_bridge": True, "foot_access": False}, 1),
        ({**RAILWAY}, {**PATH, "is_bridge": True, "foot_access": None}, 1),
        ({**RAILWAY}, {"road_class": "motorway", "is_bridge": True}, 1),
        ({**RAILWAY, "level": 1, "is_bridge": True}, {**PATH, "is_bridge": True, "level": 1}, 1),
    ],
)
def test_what_passes_over_or_under_a_barrier_at_another_level_opens_it(barrier, way, expected):
    streets = [square(), across(50, **barrier), street((20, 30), (80, 30), **way)]
    assert counts(streets, HERE, THERE) == (expected, expected)


def test_a_footbridge_that_lands_on_the_road_or_meets_it_at_a_vertex_does_not_open_it():
    road = street((50, -HALF - 20), (50, 30), (50, HALF + 20))
    for ends in ([(20, 30), (50, 30)], [(20, 30), (50, 30), (80, 30)]):
        bridge = street(*ends, road_class="path", is_bridge=True)
        assert counts([square(), road, bridge], HERE, THERE) == (1, 1)


def test_a_road_bridge_opens_the_railway_below_it_and_stays_a_barrier_itself():
    streets = [square(), across(50, **RAILWAY), street((-620, 30), (620, 30), is_bridge=True, level=1)]
    assert counts(streets, HERE, THERE) == (0, 0)
    assert counts(streets, (0, 0), (0, 60)) == (1, 1)
    assert counts(streets, (0, 0), (100, 60)) == (1, 1)


def dual(apart, **values):
    return [across(50, **values), across(50 + apart, **values)]


def test_the_two_carriageways_of_a_road_are_crossed_once():
    assert counts([square(), *dual(12)], HERE, THERE) == (1, 1)
    assert counts([square(), *dual(30)], HERE, THERE) == (2, 2)
    strangers = [across(50, name="A"), across(62, name="B")]
    assert counts([square(), *strangers], HERE, THERE) == (2, 2)
    assert counts([square(), *dual(12)], (56, 0), THERE) == (1, 1)


def test_the_ground_between_carriageways_lets_nobody_pass_from_one_block_to_the_next():
    side = street((-620, 40), (50, 40), name="side")
    streets = [square(), *dual(12), side]
    assert counts(streets, (0, 0), (0, 80)) == (1, 1)
    assert counts(streets, (0, 0), THERE) == (1, 1)


def test_a_place_on_a_barrier_or_known_too_roughly_may_be_on_either_side():
    streets = [square(), across(50)]
    assert counts(streets, (50, 0), THERE) == (0, 1)
    assert counts(streets, (46, 0), THERE, doubt=5) == (0, 1)
    assert counts(streets, (44, 0), THERE, doubt=5) == (1, 1)


def test_where_streets_are_not_known_the_answer_is_unknown():
    assert counts([], HERE, THERE) is None
    assert counts([square(east=5_000)], HERE, THERE) is None
    assert counts([square(), across(50)], HERE, (HALF + 400, 0)) is None
    wide = [square(3_000)]
    assert counts(wide, HERE, THERE) is None  # no street within 500 m
    assert counts([replace(square(), geometry=None)], HERE, THERE) is None


def test_a_place_on_the_edge_of_the_covered_ground_is_in_it():
    road = across(50)
    west = covered_boxes([square(), road])[0][0]
    lat = shapely.get_coordinates(square().geometry)[:, 1].mean()
    x, y = geo.project_points(np.array([[west, lat]]), EPSG)[0] - ORIGIN
    assert counts([square(), road], (x, y), THERE) == (1, 1)


def test_two_grounds_are_not_joined_by_what_lies_between_them():
    far = replace(square(east=4_000), values={**square().values, "source": "other"})
    assert counts([square(), across(50), far], HERE, (4_000, 0)) is None


def test_a_gap_is_told_and_leaves_a_doubt():
    streets = [square(), street((50, -HALF - 20), (50, 0)), street((50, 3), (50, HALF + 20))]
    assert counts(streets, HERE, THERE) == (0, 1)
    (gap, *_) = Barriers(streets, LEAST_ROAD, EPSG).gaps
    assert gap.length == pytest.approx(3, abs=0.01)
    wide = [square(), street((50, -HALF - 20), (50, 0)), street((50, 8), (50, HALF + 20))]
    assert counts(wide, HERE, THERE) == (0, 0)
    assert len(Barriers(wide, LEAST_ROAD, EPSG).gaps) == 0


def test_the_straight_line_crosses_what_can_be_walked_around():
    streets = [square(), across(50, reach=300, name="A"), across(70, reach=300, road_class="primary", name="B")]
    barriers = Barriers(streets, LEAST_ROAD, EPSG)
    line = places(HERE, THERE)
    assert barriers.crossed_by_line(*line) == (Road("B", "primary"), Road("A", "tertiary"))
    assert barriers.crossed_by_line(line[0], line[0] + 5) == ()
    assert counts(streets, HERE, THERE) == (0, 0)


def jittered_blocks(choose: random.Random, side: int = 6) -> tuple[list[Record], np.ndarray]:
    """Return some of the streets of a town of crooked blocks, each a road of its own, inside a frame of tracks."""
    xy = np.array([[[x * STEP, y * STEP] for y in range(side)] for x in range(side)], dtype=float)
    xy += np.array([choose.uniform(-15, 15) for _ in range(xy.size)]).reshape(xy.shape)
    pairs = [((x, y), (x + dx, y + dy)) for x in range(side) for y in range(side) for dx, dy in ((1, 0), (0, 1))]
    kept = [(a, b) for a, b in pairs if max(b) < side and choose.random() < 0.75]
    roads = [street(tuple(xy[a]), tuple(xy[b]), name=f"{a}{b}") for a, b in kept]
    return [square(side * STEP), *roads], np.array([-0.5 * STEP, (side - 0.5) * STEP])


def random_pairs(choose: random.Random, bounds: np.ndarray, many: int) -> list[tuple[tuple[float, float], ...]]:
    return [tuple((choose.uniform(*bounds), choose.uniform(*bounds)) for _ in range(2)) for _ in range(many)]


def walked(streets: list[Record], bounds: np.ndarray, start, ends) -> list[int]:
    """Return the fewest roads crossed when walking from cell to cell of a fine grid (Dijkstra), to each end."""
    lines = geo.projector(EPSG)(np.array([road.geometry for road in streets[1:]], dtype=object))
    tree = shapely.STRtree(shapely.transform(lines, lambda xy: xy - ORIGIN))
    along = np.arange(bounds[0] - STEP, bounds[1] + STEP, CELL)
    grid = np.array([*itertools.product(along, along), start, *ends])
    near = shapely.STRtree(shapely.points(grid)).query(shapely.points(grid), "dwithin", distance=CELL * 1.01)
    steps = near[:, near[0] != near[1]]
    crossed = np.bincount(
        tree.query(shapely.linestrings(grid[steps.T]), predicate="intersects")[0], minlength=steps.shape[1]
    )
    onward: dict[int, list[tuple[int, int]]] = {}
    for one, other, cost in zip(*steps.tolist(), crossed.tolist(), strict=True):
        onward.setdefault(one, []).append((cost, other))
    first = len(grid) - len(ends) - 1
    best, queue = {first: 0}, [(0, first)]
    while queue:
        spent, cell = heapq.heappop(queue)
        for cost, other in onward[cell] if spent == best[cell] else ():
            if spent + cost < best.get(other, spent + cost + 1):
                best[other] = spent + cost
                heapq.heappush(queue, (spent + cost, other))
    return [best[first + 1 + end] for end in range(len(ends))]


@pytest.mark.parametrize("seed", range(6))
def test_the_fewest_crossings_are_those_of_a_walk_over_a_fine_grid(seed):
    choose = random.Random(seed)
    streets, bounds = jittered_blocks(choose)
    ((start, _),) = random_pairs(choose, bounds, 1)
    ends = [end for end, _ in random_pairs(choose, bounds, 25)]
    barriers = Barriers(streets, LEAST_ROAD, EPSG)
    ours = barriers.between(places(start), np.zeros(1), places(*ends), np.zeros(len(ends)))[0]
    assert [found.least for found in ours] == walked(streets, bounds, start, ends)


@pytest.mark.parametrize("seed", range(8))
def test_faces_are_those_that_polygonizing_gives(seed):
    rng = np.random.default_rng(seed)
    lines = shapely.linestrings(np.round(rng.uniform(0, 100, (int(rng.integers(2, 30)), 2, 2)), seed % 3))
    planar = Planar(lines[shapely.length(lines) > 0])
    polygons = shapely.get_parts(shapely.polygonize(list(planar.shapes)))
    points = rng.uniform(-5, 105, (300, 2))
    face, away = planar.locate(points)
    clear = away > 0.001
    holder = np.full(len(points), -1)
    for number, polygon in enumerate(polygons):
        holder[shapely.contains_xy(polygon, *points.T)] = number
    pairs = {(int(a), int(b)) for a, b in zip(holder[clear], face[clear], strict=True)}
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    assert all((a == -1) == (b == planar.outside) for a, b in pairs)


def all_counts(streets, pairs, **more):
    return [counts(streets, *pair, **more) for pair in pairs]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_road_removed_never_adds_a_crossing(seed):
    choose = random.Random(seed)
    streets, bounds = jittered_blocks(choose, 4)
    pairs = random_pairs(choose, bounds, 6)
    fewer = [road for road in streets if road is not choose.choice(streets[1:])]
    for before, after in zip(all_counts(streets, pairs), all_counts(fewer, pairs), strict=True):
        assert after[0] <= before[0]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_order_direction_cutting_and_reference_system_change_nothing(seed):
    choose = random.Random(seed)
    streets, bounds = jittered_blocks(choose, 4)
    pairs = random_pairs(choose, bounds, 5)
    expected = all_counts(streets, pairs)
    shuffled = choose.sample(streets, len(streets))
    assert all_counts(shuffled, pairs) == expected
    assert all_counts([replace(road, geometry=road.geometry.reverse()) for road in streets], pairs) == expected
    halves = [
        replace(road, uid=f"{road.uid} {part}", geometry=shapely.ops.substring(road.geometry, *ends, normalized=True))
        for road in streets
        for part, ends in enumerate(((0, 0.5), (0.5, 1)))
    ]
    assert all_counts(halves, pairs) == expected
    assert all_counts([*streets, *(replace(road, uid=f"{road.uid} again") for road in streets)], pairs) == expected
    assert all_counts(streets, pairs, epsg=32631) == expected
