"""Clusters divided into parts that one new centre could reach."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geo.amounts import Indices, Numbers
from geo.coverage.clusters import numbered
from geo.nearest import checked_points, inclusive

MOST_PAIRS = 2_000_000
"""Of places that could be a middle and places around them that are weighed: 32 MB."""


def parts(points: ArrayLike, weights: ArrayLike, home: Indices, radius_m: float) -> Indices:
    """Which part each place belongs to, numbered from 0 in the order of their first places.

    A cluster all of whose places lie within ``radius_m`` of one of them stays whole. Of a wider one that place becomes a
    middle which has most weight around it, then again of what is left (the greedy cover, Chvátal 1979); each place goes
    to the nearest of the middles, so that all of a part lie within ``radius_m`` of one.

    Args:
        points: coordinates (n, 2) in metres.
        weights: (n,), not negative.
        home: the cluster of each place (n,), from ``clusters``.
        radius_m: inclusive; with more than ``MOST_PAIRS`` pairs that near, fewer places are tried as middles.
    Raises:
        PositionsError, LimitError.
    """
    xy, within = checked_points(points), inclusive(radius_m)
    # Sums of whole numbers do not depend on their order. A place without anybody counts a thousandth: it comes last.
    worth = np.rint(np.asarray(weights, dtype=float) * 1000).astype(np.int64) + 1
    part = np.zeros(len(xy), dtype=np.int64)
    done = 0
    for rows in _members(home):
        middles = _middles(xy[rows], worth[rows], within)
        _, nearest = cKDTree(xy[rows][middles]).query(xy[rows])
        part[rows] = done + nearest
        done += len(middles)
    return numbered(part)


def _members(home: Indices) -> list[Indices]:
    """The places of each cluster, in their order."""
    order = np.argsort(home, kind="stable")
    found: list[Indices] = np.split(order, np.cumsum(np.bincount(home))[:-1])
    return found if len(home) else []


def _middles(xy: Numbers, worth: Indices, within: float) -> Indices:
    """Places so that each place is near one; of equal ones the first is taken."""
    tried, around = _around(xy, worth, within)
    sums = around @ worth
    whole = np.flatnonzero(np.diff(around.indptr) == len(xy))
    if len(whole):
        return tried[whole[[np.argmax(sums[whole])]]]
    found, left, seen_from = [], np.ones(len(xy), dtype=bool), around.T.tocsr()
    while sums.max(initial=0) > 0:
        best = int(np.argmax(sums))
        found.append(tried[best])
        new = _row(around, best)
        new = new[left[new]]
        left[new] = False
        for place in new.tolist():
            sums[_row(seen_from, place)] -= worth[place]
    return np.array(found, dtype=np.int64)


def _around(xy: Numbers, worth: Indices, within: float) -> tuple[Indices, csr_array]:
    """Places that could be a middle, and a table of them × the places that each has around it. Of a great many only some
    could be one: each place has to lie near one of them still, so those are thinned out that have another beside them."""
    tree = cKDTree(xy)
    tried = np.arange(len(xy))
    if tree.count_neighbors(tree, within) > MOST_PAIRS:
        cells = np.floor(xy / (within / 4)).astype(np.int64)
        order = np.lexsort((tried, -worth, cells[:, 1], cells[:, 0]))
        tried = np.sort(order[np.unique(cells[order], axis=0, return_index=True)[1]])
    found = cKDTree(xy[tried]).sparse_distance_matrix(tree, within, output_type="ndarray")
    shape = (len(tried), len(xy))
    return tried, csr_array((np.ones(len(found), dtype=np.int64), (found["i"], found["j"])), shape=shape)


def _row(table: csr_array, row: int) -> Indices:
    """Columns of a row."""
    columns: Indices = table.indices[table.indptr[row] : table.indptr[row + 1]]
    return columns
