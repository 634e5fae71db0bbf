"""Places that lie together: those near each other, and no water between them but where a road leads across."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay, QhullError, cKDTree

from geo.amounts import Indices, Numbers
from geo.nearest import NONE, checked_points, inclusive
from geo.roads.water import Water

MOST_PAIRS = 2_000_000
"""Of places within the linking distance that are listed one by one: 32 MB."""
TESTED = 20_000
"""Lines that are held against the water at a time."""


def clusters(
    points: ArrayLike, link_m: float, *, water: Water | None = None, bridged: Indices | None = None
) -> Indices:
    """Which cluster each place belongs to, numbered from 0 in the order of their first places.

    Two places belong together when the straight line between them is at most ``link_m`` long and crosses no water, and
    whenever something else that does joins them. With more than ``MOST_PAIRS`` pairs each place is held against its
    nearest ones and its neighbours all round alone; those join all that no water parts.

    Args:
        points: coordinates (n, 2) in metres.
        link_m: inclusive.
        bridged: pairs (k, 2) that belong together whatever lies between, as of ``road_links``.
    Raises:
        PositionsError, LimitError.
    """
    xy = checked_points(points)
    pairs = _near(xy, inclusive(link_m))
    links = np.zeros((0, 2), dtype=np.int64) if bridged is None else bridged
    if water is None:
        return _joined(len(xy), np.vstack([links, pairs]))
    return _dry(xy, links, pairs, water)


def _dry(xy: Numbers, links: Indices, pairs: Indices, water: Water) -> Indices:
    """Clusters by links, and by those of the pairs between which there is no water."""
    land = water.land(xy)
    start, end = land[pairs.T]
    # Of a county that rivers cut through, nearly all lines that lead through water end here.
    pairs = pairs[(start == end) | (start == NONE) | (end == NONE)]
    pairs = pairs[np.argsort(_metres(xy, pairs))]
    while True:
        home = _joined(len(xy), links)
        # What already hangs together is not asked about again: along a river few lines are left to look at.
        pairs = pairs[home[pairs[:, 0]] != home[pairs[:, 1]]]
        if not len(pairs):
            return home
        some, pairs = pairs[:TESTED], pairs[TESTED:]
        links = np.vstack([links, some[~water.between(xy[some[:, 0]], xy[some[:, 1]])]])


def _near(xy: Numbers, most_m: float) -> Indices:
    """Pairs of places within a distance."""
    if len(xy) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    tree = cKDTree(xy)
    if tree.count_neighbors(tree, most_m) <= 2 * MOST_PAIRS:
        found: Indices = tree.query_pairs(most_m, output_type="ndarray").astype(np.int64)
        return found
    pairs = np.vstack([_around(xy), _nearest(tree, max(1, MOST_PAIRS // len(xy)))])
    near: Indices = pairs[_metres(xy, pairs) <= most_m]
    return near


def _metres(xy: Numbers, pairs: Indices) -> Numbers:
    far: Numbers = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    return far


def _nearest(tree: Any, many: int) -> Indices:
    """Pairs of each place and its nearest ones."""
    _, rows = tree.query(tree.data, k=range(2, min(many + 1, tree.n) + 1))
    return np.column_stack([np.repeat(np.arange(tree.n), rows.shape[1]), rows.ravel()]).astype(np.int64)


def _around(xy: Numbers) -> Indices:
    """Pairs of neighbours all round (Delaunay), which hold the shortest tree over all places."""
    try:
        found = Delaunay(xy - xy.mean(axis=0))
    except QhullError:  # in one line
        along = np.lexsort((xy[:, 1], xy[:, 0]))
        return np.column_stack([along[:-1], along[1:]])
    corners = found.simplices
    sides = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]], found.coplanar[:, [0, 2]]])
    return np.unique(np.sort(sides, axis=1), axis=0).astype(np.int64)


def _joined(count: int, links: Indices) -> Indices:
    """Connected components, numbered in the order of their first places."""
    graph = coo_array((np.ones(len(links), dtype=bool), (links[:, 0], links[:, 1])), shape=(count, count))
    return numbered(connected_components(graph, directed=False)[1])


def numbered(groups: Indices) -> Indices:
    """Groups numbered from 0 in the order of their first members."""
    _, first, home = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[home]
