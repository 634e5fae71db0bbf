"""Lines cut where they join: at shared ends, at shared vertices, and where one road ends on another.

Two roads that cross without a shared vertex are a bridge over a road: they are not joined.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geo.amounts import Indices, Numbers

MILLIMETRE = 1e-3
"""Vertices that agree to this are the same vertex."""


@dataclass(frozen=True)
class Cuts:
    """Where lines are cut: ``line``, ``at`` metres from its start, and the node there; sorted by the first two."""

    line: Indices
    at: Numbers
    node: Indices


@dataclass(frozen=True)
class Pieces:
    """Lines between two nodes: geometry, row of the line each comes from, and its first and last node."""

    lines: Any
    source: Indices
    tail: Indices
    head: Indices
    nodes: Numbers


def split(lines: Any, tolerance_m: float) -> Pieces:
    """Cut lines at their junctions.

    Args:
        lines: array of LineStrings in metres, none of them empty.
        tolerance_m: ends that come this close to each other, or to another road, touch.
    Returns:
        pieces and ``nodes`` (k, 2). Closed pieces shorter than the tolerance are left out.
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    first = np.r_[True, line[1:] != line[:-1]]
    last = np.r_[first[1:], True]
    along = metres_along(xy, line)
    special = first | last | _shared(xy)
    node, places = _clustered(xy[special], tolerance_m)
    vertices = Cuts(line[special], along[special], node)
    cuts = _touching(lines, xy[special], vertices, (first | last)[special], tolerance_m)
    return _cut(xy, line, along, cuts, places, tolerance_m)


def metres_along(xy: Numbers, line: Indices) -> Numbers:
    """Metres from the start of its line to each vertex; vertices of a line stand together."""
    first = np.r_[True, line[1:] != line[:-1]]
    steps = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T)
    steps[first] = 0.0
    running = np.cumsum(steps)
    starts = np.maximum.accumulate(np.where(first, np.arange(len(xy)), 0))
    along: Numbers = running - running[starts]
    return along


def _shared(xy: Numbers) -> Any:
    """Vertices that stand more than once, on any lines; successive repeats are not counted twice."""
    # Compared as whole millimetres: the same vertex of two files differs in the last bits.
    keys = np.round(xy / MILLIMETRE).astype(np.int64)
    _, group, counts = np.unique(_as_one(keys), return_inverse=True, return_counts=True)
    repeats = np.r_[False, group[1:] == group[:-1]]
    counts = counts - np.bincount(group[repeats], minlength=len(counts))
    return counts[group] > 1


def _as_one(keys: Indices) -> Any:
    """Pairs of whole numbers as single values that can be sorted fast."""
    shifted = keys - keys.min(axis=0)
    width = int(shifted[:, 1].max(initial=0)) + 1
    return shifted[:, 0] * width + shifted[:, 1]


def _clustered(xy: Numbers, tolerance_m: float) -> tuple[Indices, Numbers]:
    """Node of each place, and the position of each node: places within the tolerance are one node."""
    _, first, group = np.unique(
        _as_one(np.round(xy / MILLIMETRE).astype(np.int64)), return_index=True, return_inverse=True
    )
    distinct = xy[first]
    # Joined transitively, so that a chain of ends each within the tolerance is one node, not several.
    pairs = cKDTree(distinct).query_pairs(tolerance_m, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(first), len(first)))
    count, node = connected_components(links, directed=False)
    places = np.empty((count, 2))
    places[node[::-1]] = distinct[::-1]
    return node[group].astype(np.int64), places  # pairs of nodes are numbered later: 32 bits would overflow


def _touching(lines: Any, xy: Numbers, cuts: Cuts, ends: Any, tolerance_m: float) -> Cuts:
    """The cuts, and those that roads make by ending on another one."""
    nodes, which = np.unique(cuts.node[ends], return_index=True)
    spots = shapely.points(xy[ends][which])
    spot, line = shapely.STRtree(lines).query(spots, predicate="dwithin", distance=tolerance_m)
    count = int(cuts.node.max()) + 1
    # An end touches its own line at the end: that cut is there already.
    known = np.isin(line * count + nodes[spot], cuts.line * count + cuts.node)
    spot, line = spot[~known], line[~known]
    at = shapely.line_locate_point(lines[line], spots[spot])
    all_lines = np.concatenate([cuts.line, line])
    all_at = np.concatenate([cuts.at, at])
    all_nodes = np.concatenate([cuts.node, nodes[spot]])
    order = np.lexsort((all_at, all_lines))
    return Cuts(all_lines[order], all_at[order], all_nodes[order])


def _cut(
    xy: Numbers, line: Indices, along: Numbers, cuts: Cuts, places: Numbers, tolerance_m: float
) -> Pieces:
    """Pieces between successive cuts of a line; vertices in between are kept."""
    same = (cuts.line[1:] == cuts.line[:-1]) & (cuts.at[1:] > cuts.at[:-1])
    start = np.flatnonzero(same)
    tail, head, source = cuts.node[start], cuts.node[start + 1], cuts.line[start]
    lines = sections(xy, line, along, source, cuts.at[start], cuts.at[start + 1])
    # A loop road begins and ends at one node too, and stays: only stubs within the tolerance go.
    stub = (tail == head) & (shapely.length(lines) <= tolerance_m)
    return Pieces(lines[~stub], source[~stub], tail[~stub], head[~stub], places)


def sections(
    xy: Numbers, line: Indices, along: Numbers, source: Indices, begin: Numbers, end: Numbers
) -> Any:
    """Sections of lines as LineStrings, one a row of ``source``, ``begin`` and ``end``.

    Args:
        xy, line, along: vertices of all lines, the line of each, metres from its start; in order.
        source, begin, end: the line and from which to which metre of it.
    """
    starts = np.searchsorted(line, np.arange(int(line[-1]) + 2))
    low = _rank(along, starts[source], starts[source + 1], begin, inclusive=True)
    high = _rank(along, starts[source], starts[source + 1], end, inclusive=False)
    inner = np.maximum(high - low, 0)
    size = inner + 2
    offset = np.cumsum(size) - size
    corners = np.empty((int(size.sum()), 2))
    corners[offset] = _at(xy, along, starts, source, begin)
    corners[offset + size - 1] = _at(xy, along, starts, source, end)
    row = np.repeat(np.arange(len(source)), inner)
    step = np.arange(int(inner.sum())) - np.repeat(np.cumsum(inner) - inner, inner)
    corners[offset[row] + 1 + step] = xy[low[row] + step]
    return shapely.linestrings(corners, indices=np.repeat(np.arange(len(source)), size))


def _rank(along: Numbers, low: Indices, high: Indices, value: Numbers, *, inclusive: bool) -> Indices:
    """Binary search in every line at once: its first vertex beyond (``inclusive``) or at the metre."""
    low, high = low.copy(), high.copy()
    while (low < high).any():
        middle = (low + high) // 2
        there = along[np.minimum(middle, len(along) - 1)]
        right = (low < high) & ((there <= value) if inclusive else (there < value))
        low, high = np.where(right, middle + 1, low), np.where(right | (low >= high), high, middle)
    return low


def _at(xy: Numbers, along: Numbers, starts: Indices, source: Indices, metres: Numbers) -> Numbers:
    """The place at so many metres along a line."""
    after = _rank(along, starts[source] + 1, starts[source + 1] - 1, metres, inclusive=False)
    before = after - 1
    stretch = along[after] - along[before]
    share = np.divide(metres - along[before], stretch, out=np.zeros(len(source)), where=stretch > 0)
    place: Numbers = xy[before] + np.clip(share, 0.0, 1.0)[:, None] * (xy[after] - xy[before])
    return place
