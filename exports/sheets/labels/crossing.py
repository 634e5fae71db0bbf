"""Which rectangles share ground: an exact test, and the graph of ways that exclude each other.

A rectangle is a row of five: middle x, y, half width, half height, clockwise angle in radians.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from exports.sheets.labels.name import Numbers, Places, Ways

GAP_MM = (0.7, 0.24)
"""Between two names in a line, and one above the other: they are not read as one, and no halo eats into a letter."""
HAIR = 1e-9
AT_ONCE = 500_000
"""Pairs of boxes that are compared in one go."""


def outer(boxes: Numbers) -> Numbers:
    """(n, 4): the upright rectangle about each: left, top, right, bottom."""
    cos, sin = np.abs(np.cos(boxes[:, 4])), np.abs(np.sin(boxes[:, 4]))
    wide = boxes[:, 2] * cos + boxes[:, 3] * sin
    high = boxes[:, 2] * sin + boxes[:, 3] * cos
    return np.column_stack([boxes[:, 0] - wide, boxes[:, 1] - high, boxes[:, 0] + wide, boxes[:, 1] + high])


def roomy(boxes: Numbers) -> Numbers:
    """Larger by half the gap to the next name, so that two which are apart keep it between them."""
    larger: Numbers = boxes + np.array([0.0, 0.0, GAP_MM[0] / 2, GAP_MM[1] / 2, 0.0])
    return larger


def cross(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    """Whether the insides of each pair of rectangles share any ground; touching edges do not.

    Two rectangles are apart when their shadows on a side of one of them are (separating axes).
    """
    apart = np.zeros(len(one), bool)
    gap = other[:, :2] - one[:, :2]
    for box in (one, other):
        for turn in (0.0, np.pi / 2):
            axis = np.stack([np.cos(box[:, 4] + turn), np.sin(box[:, 4] + turn)], axis=1)
            between = np.abs((gap * axis).sum(axis=1))
            # Names set edge to edge touch exactly; without the hair rounding decides whether they clash.
            apart |= between >= _shadow(one, axis) + _shadow(other, axis) - HAIR
    return ~apart


def _shadow(box: Numbers, axis: Numbers) -> Numbers:
    """Half the length of a rectangle's shadow on an axis."""
    cos, sin = np.cos(box[:, 4]), np.sin(box[:, 4])
    across = np.abs(cos * axis[:, 0] + sin * axis[:, 1])
    down = np.abs(cos * axis[:, 1] - sin * axis[:, 0])
    return box[:, 2] * across + box[:, 3] * down


def touching(boxes: Numbers, taken: Numbers) -> Places:
    """Rows of ``boxes`` that cross any of the ``taken``, ascending."""
    if not len(boxes) or not len(taken):
        return np.empty(0, np.int64)
    around: Any = shapely.box(*outer(taken).T)
    mine, theirs = shapely.STRtree(around).query(shapely.box(*outer(boxes).T))
    return np.unique(mine[cross(boxes[mine], taken[theirs])])


@dataclass(frozen=True)
class Ground:
    """All ways of all wishes in one table. Ways of wish ``i`` are ``starts[i]`` to ``starts[i + 1]``; ``owner`` says
    whose each is; ``clashes`` (ways × ways) has a one where two ways of different wishes exclude each other."""

    starts: Places
    owner: Places
    cost: Numbers
    clashes: csr_array

    def excluded(self, first: int, last: int) -> Places:
        """Ways that any of the ways from ``first`` to before ``last`` excludes."""
        rows: Places = self.clashes.indices[self.clashes.indptr[first] : self.clashes.indptr[last]]
        return rows


def ground(ways: Sequence[Ways]) -> Ground:
    """The table of these wishes."""
    counts = np.array([len(way) for way in ways], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])
    owner = np.repeat(np.arange(len(ways)), counts)
    cost = np.concatenate([np.empty(0), *(way.cost for way in ways)])
    boxes = roomy(np.concatenate([np.empty((0, 5)), *(way.boxes for way in ways)]))
    of = np.concatenate(
        [np.empty(0, int), *(way.of + start for way, start in zip(ways, starts[:-1], strict=True))]
    )
    one, other = _pairs(boxes, owner[of], len(ways))
    one, other = of[one], of[other]
    ones = np.ones(2 * len(one), np.float64)
    clashes = csr_array((ones, (np.r_[one, other], np.r_[other, one])), shape=(len(owner), len(owner)))
    # Letters of one name may clash with another name several times; the graph only says whether.
    clashes.sum_duplicates()
    clashes.data[:] = 1.0
    return Ground(starts, owner, cost, clashes)


def _pairs(boxes: Numbers, owner: Places, count: int) -> tuple[Places, Places]:
    """Rows of boxes of different owners that cross. Owners whose surroundings meet are compared box by box."""
    limits = outer(boxes)
    firsts = np.searchsorted(owner, np.arange(count + 1))
    filled = np.flatnonzero(firsts[1:] > firsts[:-1])
    if len(filled) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    low = np.minimum.reduceat(limits[:, :2], firsts[filled])
    high = np.maximum.reduceat(limits[:, 2:], firsts[filled])
    around = shapely.box(*np.hstack([low, high]).T)
    one, other = shapely.STRtree(around).query(around)
    # Each pair once; the matrix is made symmetric in the end.
    one, other = filled[one[one < other]], filled[other[one < other]]
    sizes = (firsts[one + 1] - firsts[one]) * (firsts[other + 1] - firsts[other])
    parts = np.searchsorted(np.cumsum(sizes), np.arange(AT_ONCE, sizes.sum(), AT_ONCE))
    found = [
        _crossing(boxes, limits, *_product(firsts, mine, theirs))
        for mine, theirs in zip(np.split(one, parts), np.split(other, parts), strict=True)
    ]
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    return left, right


def _crossing(boxes: Numbers, limits: Numbers, left: Places, right: Places) -> tuple[Places, Places]:
    """Those of these pairs of rows that cross."""
    near = (limits[left, :2] < limits[right, 2:]).all(axis=1) & (limits[right, :2] < limits[left, 2:]).all(
        axis=1
    )
    left, right = left[near], right[near]
    hits = cross(boxes[left], boxes[right])
    return left[hits], right[hits]


def _product(firsts: Places, one: Places, other: Places) -> tuple[Places, Places]:
    """Every row of each ``one`` with every row of its ``other``."""
    mine, theirs = firsts[one + 1] - firsts[one], firsts[other + 1] - firsts[other]
    sizes = mine * theirs
    pair = np.repeat(np.arange(len(one)), sizes)
    step = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return firsts[one][pair] + step // theirs[pair], firsts[other][pair] + step % theirs[pair]
