"""Lines cut into edges and faces of the plane: half-edges, the face on each side, the face of a place.

A line that ends in a face has the same face on both sides: dead ends separate nothing. Faces are numbers; one of them,
``outside``, is what no line closes off from infinity.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from .cutting import Floats, Integers, cut

_AT_END_METRES = 1e-6
_KEY = 10.0
"""Wider than a full turn: a node and an angle make one sortable number."""


def merged(count: int, first: Integers, second: Integers) -> Integers:
    """Return for 0 … ``count`` - 1 the smallest number of its group, when each pair is in one group."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[first], label[second])
        before = label.copy()
        np.minimum.at(label, label[first], low)
        np.minimum.at(label, label[second], low)
        while not np.array_equal(shorter := label[label], label):
            label = shorter
        if np.array_equal(before, label):
            return label


def numbered(labels: Integers) -> Integers:
    """Return the same groups numbered from 0, in the order of their labels."""
    return np.unique(labels, return_inverse=True)[1].reshape(-1)


class Planar:
    """Edges between nodes, without crossings, and their faces."""

    def __init__(self, lines: npt.NDArray[np.object_]) -> None:
        """Cut LineStrings (metric CRS) wherever they meet, on a grid of a centimetre."""
        found = cut(lines)
        self.node_xy, self.ends = found.node_xy, found.ends
        self.edge, self.line = found.edge, found.line
        """Pairs in which a line, by its number, runs along an edge."""
        self.xy = self.node_xy[self.ends]
        """(edges, 2, 2): the two ends of each edge, in metres."""
        self.outside, self.face = self._faces()

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def faces(self) -> int:
        """How many faces there are."""
        return int(self.face.max(initial=self.outside)) + 1

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """The edges as LineStrings."""
        return np.asarray(shapely.linestrings(self.xy), dtype=object)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The index of ``shapes``."""
        tree = shapely.STRtree(self.shapes)
        tree.query(shapely.Point(0, 0))  # GEOS builds it at the first question, which must not be two at once
        return tree

    @property
    def left(self) -> Integers:
        """The face on the left of each edge."""
        return self.face[0::2]

    @property
    def right(self) -> Integers:
        """The face on the right of each edge."""
        return self.face[1::2]

    @property
    def tail(self) -> Integers:
        """The node each half-edge leaves: 2e runs along edge e, 2e + 1 against it."""
        return self.ends.reshape(-1)

    @cached_property
    def _turns(self) -> tuple[Integers, Floats]:
        """Half-edges in the order of their node, then anticlockwise; and the key of each in that order."""
        step = (self.xy[:, 1] - self.xy[:, 0]).repeat(2, axis=0)
        step[1::2] *= -1
        keys = self.tail * _KEY + np.arctan2(step[:, 1], step[:, 0])
        order = np.argsort(keys, kind="stable")
        return order, keys[order]

    def around(self, node: int) -> Integers:
        """Return the half-edges that leave a node, anticlockwise."""
        order, keys = self._turns
        begin, end = np.searchsorted(keys, [node * _KEY - 4, node * _KEY + 4])
        return order[begin:end]

    def _faces(self) -> tuple[int, Integers]:
        if not len(self):
            return 0, np.empty(0, dtype=np.int64)
        order, _ = self._turns
        half = len(order)
        first, degree = np.unique(self.tail[order], return_index=True, return_counts=True)[1:]
        before = np.arange(half) - 1
        before[first] = first + degree - 1
        clockwise = np.empty(half, dtype=np.int64)
        clockwise[order] = order[before]
        following = clockwise[np.arange(half) ^ 1]
        loop = _loops(following)
        return self._nested(loop, order)

    def _nested(self, loop: Integers, order: Integers) -> tuple[int, Integers]:
        """Join the outer loop of each connected part to the loop of the face that holds the part."""
        part = merged(len(self.node_xy), self.ends[:, 0], self.ends[:, 1])
        by_place = np.lexsort((self.node_xy[:, 1], self.node_xy[:, 0]))
        parts, first = np.unique(part[by_place], return_index=True)
        westmost = by_place[first]
        # All half-edges of the westmost node point east: the face after the last one lies to its west.
        last = np.searchsorted(self._turns[1], westmost * _KEY + 4) - 1
        outer = loop[order[last]]
        outside = len(loop)
        holder = np.full(len(parts), outside)
        hit, edge = self._seen_to_the_west(westmost, part)
        down = self.xy[edge, 1, 1] < self.xy[edge, 0, 1]
        holder[hit] = loop[2 * edge + ~down]
        faces = numbered(merged(outside + 1, outer, holder))
        return int(faces[outside]), faces[loop]

    def _seen_to_the_west(self, nodes: Integers, part: Integers) -> tuple[Integers, Integers]:
        """Return which nodes see an edge of another part due west, and the nearest such edge of each."""
        x, y = self.node_xy[nodes].T
        far = np.full_like(x, self.node_xy[:, 0].min() - 1.0)
        rays = shapely.linestrings(np.stack([np.stack([far, y], 1), np.stack([x, y], 1)], axis=1))
        ray, edge = self.tree.query(rays)
        (x0, y0), (x1, y1) = self.xy[edge, 0].T, self.xy[edge, 1].T
        # An edge counts from its lower end included to its upper end excluded: as if the ray ran a little higher.
        spans = (np.minimum(y0, y1) <= y[ray]) & (y[ray] < np.maximum(y0, y1))
        spans &= part[self.ends[edge, 0]] != part[nodes[ray]]
        ray, edge, x0, y0, x1, y1 = (values[spans] for values in (ray, edge, x0, y0, x1, y1))
        slope = (x1 - x0) / (y1 - y0)
        where = x0 + (y[ray] - y0) * slope
        west = where < x[ray]
        ray, edge, where, slope = ray[west], edge[west], where[west], slope[west]
        order = np.lexsort((slope, where.round(6), ray))
        ray, edge = ray[order], edge[order]
        last = np.append(ray[1:] != ray[:-1], True) if len(ray) else np.empty(0, dtype=bool)
        return ray[last], edge[last]

    def locate(self, points: Floats) -> tuple[Integers, Floats]:
        """Return the face of each place (n, 2), and how far the nearest edge is.

        On an edge itself, the face on one of its sides.
        """
        if not len(self) or not len(points):
            return np.full(len(points), self.outside), np.full(len(points), np.inf)
        (asked, found), away = self.tree.query_nearest(shapely.points(points), return_distance=True)
        asked, first = np.unique(asked, return_index=True)
        edge, away = found[first], away[first]
        start, step = self.xy[edge, 0], self.xy[edge, 1] - self.xy[edge, 0]
        to = points - start
        length = np.hypot(*step.T)
        along = (to * step).sum(axis=1) / length
        is_left = step[:, 0] * to[:, 1] - step[:, 1] * to[:, 0] > 0
        face = np.where(is_left, self.left[edge], self.right[edge])
        for end, at_end in ((0, along <= _AT_END_METRES), (1, along >= length - _AT_END_METRES)):
            node = self.ends[edge[at_end], end]
            face[at_end] = self._face_seen_from(node, points[at_end])
        return face, away

    def _face_seen_from(self, node: Integers, points: Floats) -> Integers:
        """Return the face that each place is in, as seen from the node it is nearest to."""
        order, keys = self._turns
        step = points - self.node_xy[node]
        position = np.searchsorted(keys, node * _KEY + np.arctan2(step[:, 1], step[:, 0]), side="right") - 1
        wrapped = (position < 0) | (self.tail[order[position]] != node)
        position[wrapped] = np.searchsorted(keys, node[wrapped] * _KEY + 4) - 1
        return np.asarray(self.face[order[position]])


def _loops(following: Integers) -> Integers:
    """Return the smallest number of each cycle of a permutation, by doubling the steps."""
    label = np.arange(len(following))
    while True:
        lower = np.minimum(label, label[following])
        if np.array_equal(lower, label):
            return numbered(label)
        label, following = lower, following[following]
