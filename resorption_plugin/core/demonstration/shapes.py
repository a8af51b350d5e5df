"""Invented ground in metres: irregular footprints, dwellings inside them, places at a chosen reach."""

from __future__ import annotations

import math

import numpy as np
import shapely

from .chance import Chance

LARGEST_REACH_M = 2_000.0


def footprint(centre: shapely.Point, hectares: float, chance: Chance) -> shapely.Polygon:
    """Return an irregular polygon of this area around a point (metres)."""
    corners = chance.integer(7, 11)
    angles = (np.arange(corners) + chance.reals(-0.3, 0.3, corners)) * 2 * math.pi / corners
    radii = chance.reals(0.75, 1.2, corners)
    ring = np.column_stack([np.cos(angles) * radii, np.sin(angles) * radii * chance.real(0.6, 0.9)])
    turn = chance.real(0, math.pi)
    ring = ring @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    scale = math.sqrt(hectares * 10_000 / shapely.Polygon(ring).area)
    return shapely.Polygon(ring * scale + [centre.x, centre.y])


def bow_tie(outline: shapely.Polygon) -> shapely.Polygon:
    """Return the same corners with two of them exchanged, as a slip of the hand does: an invalid polygon."""
    corners = shapely.get_coordinates(outline)[:-1]
    middle = len(corners) // 2
    corners[[1, middle]] = corners[[middle, 1]]
    return shapely.Polygon(corners)


def dwellings(outline: shapely.Polygon, count: int, chance: Chance) -> list[shapely.Point]:
    """Return places inside the outline, away from its edge, and apart from each other where there is room."""
    inside = outline.buffer(-3.0)
    west, south, east, north = inside.bounds
    drawn = np.column_stack([chance.reals(west, east, 40 * count), chance.reals(south, north, 40 * count)])
    drawn = drawn[shapely.contains_xy(inside, drawn)]
    kept = np.empty((0, 2))
    for apart in (9.0, 6.0, 3.0, 0.0):
        for xy in drawn:
            if len(kept) < count and (np.hypot(*(kept - xy).T) >= max(apart, 0.01)).all():
                kept = np.vstack([kept, xy])
    return [shapely.Point(xy) for xy in kept]


def beside(centre: shapely.Point, metres: float, chance: Chance) -> shapely.Point:
    """Return a point at this distance in a random direction."""
    angle = chance.real(0, 2 * math.pi)
    return shapely.Point(centre.x + metres * math.cos(angle), centre.y + metres * math.sin(angle))


def at_reach(places: list[shapely.Point], centre: shapely.Point, reach_m: float, chance: Chance) -> shapely.Point:
    """Return the point, in a random direction from ``centre``, that lies ``reach_m`` from the farthest of ``places``.

    ``reach_m`` must be larger than the distance from ``centre`` to the farthest place. Along a ray that distance
    grows, so the point is found by halving.
    """
    xy = shapely.get_coordinates(places)
    angle = chance.real(0, 2 * math.pi)
    ray = np.array([math.cos(angle), math.sin(angle)])
    origin = np.array([centre.x, centre.y])
    low, high = 0.0, LARGEST_REACH_M
    for _ in range(60):
        middle = (low + high) / 2
        farthest = float(np.hypot(*(xy - origin - middle * ray).T).max())
        low, high = (middle, high) if farthest < reach_m else (low, middle)
    return shapely.Point(*(origin + high * ray))
