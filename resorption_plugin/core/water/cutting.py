"""Lines cut into edges that meet at their ends only.

Most lines of a street network meet at common vertices already. Only the segments that cross, touch or cover each other
elsewhere are given to GEOS's snap-rounding, which costs ten times the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

GRID_METRES = 0.01
"""Lines are cut on this grid: OpenStreetMap stores 1e-7 degree, which is a centimetre."""

_SAME_METRES = 2 * GRID_METRES
"""How far snap-rounding may move a line."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Edges, and the lines that run along each."""

    node_xy: Floats
    """(nodes, 2), in metres."""
    ends: Integers
    """(edges, 2): the nodes of each edge."""
    edge: Integers
    """With ``line``, pairs in which the line runs along the edge: several lines may share one."""
    line: Integers


def cut(lines: npt.NDArray[np.object_]) -> Cut:
    """Cut LineStrings (metric CRS) wherever they meet, on a grid of a centimetre."""
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    xy = np.round(xy / GRID_METRES) * GRID_METRES
    inside = owner[1:] == owner[:-1]
    ends = np.stack([xy[:-1][inside], xy[1:][inside]], axis=1)
    owner = owner[:-1][inside]
    long = (ends[:, 0] != ends[:, 1]).any(axis=1)
    ends, owner = ends[long], owner[long]
    tangled = _tangled(ends)
    pieces, piece, segment = _snap_rounded(ends[tangled])
    clean = ends[~tangled]
    all_ends = np.concatenate([clean, pieces])
    of_edge = np.concatenate([np.arange(len(clean)), len(clean) + piece])
    of_line = np.concatenate([owner[~tangled], owner[tangled][segment]])
    node_xy, pairs = _nodes(all_ends)
    pairs = np.sort(pairs, axis=1)
    keys, number = np.unique(pairs[:, 0] * len(node_xy) + pairs[:, 1], return_inverse=True)
    edges = np.stack([keys // max(len(node_xy), 1), keys % max(len(node_xy), 1)], axis=1)
    known = np.unique(np.stack([number.reshape(-1)[of_edge], of_line]), axis=1)
    return Cut(node_xy, edges, known[0], known[1])


def _nodes(ends: Floats) -> tuple[Floats, Integers]:
    """Return the distinct places among the ends of segments (n, 2, 2), and the segments as pairs of their numbers."""
    xy = ends.reshape(-1, 2)
    if not len(xy):
        return np.empty((0, 2)), np.empty((0, 2), dtype=np.int64)
    cells = np.round((xy - xy.min(axis=0)) / GRID_METRES).astype(np.int64)
    keys = cells[:, 0] * (int(cells[:, 1].max()) + 1) + cells[:, 1]
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return xy[first], number.reshape(-1, 2)


def _tangled(ends: Floats) -> npt.NDArray[np.bool_]:
    """Say which segments come within a grid cell of another one elsewhere than at a common end."""
    found = np.zeros(len(ends), dtype=bool)
    if not len(ends):
        return found
    shapes = shapely.linestrings(ends)
    low, high = ends.min(axis=1) - GRID_METRES, ends.max(axis=1) + GRID_METRES
    one, other = shapely.STRtree(shapes).query(shapely.box(*low.T, *high.T))
    one, other = one[one < other], other[one < other]
    nodes = _nodes(ends)[1]
    same = nodes[one][:, :, None] == nodes[other][:, None, :]
    common = same.sum(axis=(1, 2))
    near = np.zeros(len(one), dtype=bool)
    apart = common == 0
    near[apart] = shapely.distance(shapes[one[apart]], shapes[other[apart]]) <= GRID_METRES
    joined = np.flatnonzero(common == 1)
    for mine, theirs, axis in ((one, other, 2), (other, one, 1)):
        free = same[joined].any(axis=axis).argmin(axis=1)
        tip = shapely.points(ends[mine[joined], free])
        near[joined] |= shapely.distance(tip, shapes[theirs[joined]]) <= GRID_METRES
    found[one[near]] = True
    found[other[near]] = True
    return found


def _snap_rounded(ends: Floats) -> tuple[Floats, Integers, Integers]:
    """Cut segments where they meet: the pieces (n, 2, 2), and pairs of a piece and a segment it is part of."""
    segments = np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1)
    noded = shapely.get_parts(shapely.union_all(segments, grid_size=GRID_METRES))
    noded = noded[shapely.get_type_id(noded) == shapely.GeometryType.LINESTRING]
    xy, owner = shapely.get_coordinates(noded, return_index=True)
    inside = owner[1:] == owner[:-1]
    pieces = np.stack([xy[:-1][inside], xy[1:][inside]], axis=1)
    middles = shapely.points(pieces.mean(axis=1))
    piece, segment = shapely.STRtree(segments).query(middles, predicate="dwithin", distance=_SAME_METRES)
    along = np.ones(len(piece), dtype=bool)
    for end in (0, 1):
        along &= shapely.distance(shapely.points(pieces[piece, end]), segments[segment]) <= _SAME_METRES
    return pieces, piece[along], segment[along]
