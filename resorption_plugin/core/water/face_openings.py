"""Where a way leads over or under a barrier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from .barrier_lines import Kind, Lines
from .cutting import GRID_METRES, Floats, Integers
from .planar import Planar

_SAME_METRES = 2 * GRID_METRES
"""How far cutting on the grid may move a line."""


def openings(planar: Planar, lines: Lines) -> Integers:
    """Return the pairs of faces (n, 2) that ways join where they pass over or under barriers.

    A way passes where it goes on beyond the barrier, both lie at different levels, and they share no vertex. The faces
    on its left before and after are joined, and those on its right.
    """
    barriers_of: dict[int, set[int]] = defaultdict(set)
    edges_of: dict[int, list[int]] = defaultdict(list)
    edge, line = planar.edge, planar.line
    is_way, is_barrier = lines.kinds[line] == Kind.WAY, lines.kinds[line] == Kind.BARRIER
    for one, other in zip(edge[is_barrier].tolist(), line[is_barrier].tolist(), strict=True):
        barriers_of[one].add(other)
    for one, other in zip(edge[is_way].tolist(), line[is_way].tolist(), strict=True):
        edges_of[other].append(one)
    found = [
        pair
        for way, edges in edges_of.items()
        for node, back, on in _passed(planar, edges)
        if _passes(planar, lines, way, node, _crossed(planar, node, (back, on), barriers_of))
        for pair in ((back, on ^ 1), (back ^ 1, on))
    ]
    return np.asarray(planar.face[np.array(found, dtype=np.int64).reshape(-1, 2)])


def _passed(planar: Planar, edges: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the nodes inside a way, each with the two half-edges that leave it along the way."""
    leaving: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        for half in (2 * edge, 2 * edge + 1):
            leaving[int(planar.tail[half])].append(half)
    for node, halves in leaving.items():
        if len(halves) == 2:
            yield node, halves[0], halves[1]


def _crossed(planar: Planar, node: int, own: tuple[int, int], barriers_of: dict[int, set[int]]) -> set[int]:
    """Return the barriers that leave a node otherwise than along the way."""
    others = (int(half) // 2 for half in planar.around(node) if half not in own)
    return set().union(*(barriers_of.get(edge, ()) for edge in others))


def _passes(planar: Planar, lines: Lines, way: int, node: int, barriers: Iterable[int]) -> bool:
    """Say whether a way passes over or under all the barriers of a node, of which there are some."""
    crossed, place = list(barriers), planar.node_xy[node]
    if not crossed or any(lines.levels[barrier] == lines.levels[way] for barrier in crossed):
        return False
    return not (
        _is_vertex(lines.shapes[way], place) and any(_is_vertex(lines.shapes[barrier], place) for barrier in crossed)
    )


def _is_vertex(line: shapely.LineString, place: Floats) -> bool:
    return bool((np.hypot(*(shapely.get_coordinates(line) - place).T) <= _SAME_METRES).any())
