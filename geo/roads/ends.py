"""Ends of roads that nearly meet another road: drawn a little too short or too long, they join nothing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geo.amounts import Indices
from geo.roads.network import TOLERANCE_M
from geo.roads.splitting import MILLIMETRE

NEAR_M = 5.0
"""An end that comes this close to another road was meant to meet it."""


@dataclass(frozen=True)
class LooseEnd:
    """An end of line ``line`` that stops ``gap_m`` short of line ``other``, or ``beyond`` it by as much."""

    line: int
    other: int
    at: tuple[float, float]
    gap_m: float
    beyond: bool


def loose_ends(lines: Any) -> list[LooseEnd]:
    """The ends that join no other line and come within ``NEAR_M`` of one; of several the nearest.

    Args:
        lines: LineStrings in metres, None where there is none.
    """
    rows = np.flatnonzero(~(shapely.is_missing(lines) | shapely.is_empty(lines)))
    ends = np.column_stack([shapely.get_point(lines[rows], position) for position in (0, -1)]).ravel()
    owner = np.repeat(rows, 2)
    end, other = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=NEAR_M)
    end, other = end[other != owner[end]], other[other != owner[end]]
    gap = shapely.distance(ends[end], lines[other])
    joined = np.isin(end, end[gap <= TOLERANCE_M]) | shapely.is_closed(lines[owner[end]])
    end, other, gap = end[~joined], other[~joined], gap[~joined]
    crossing = _crossings(lines, ends[end], owner[end], other)
    order = np.lexsort((other, gap, end))
    nearest = order[np.r_[True, np.diff(end[order]) > 0][: len(order)]]
    found = []
    for one in nearest[~_meeting(lines, crossing, owner[end], other)[nearest]]:
        spot, cross = ends[end[one]], crossing[one]
        beyond = cross is not None
        away = float(shapely.distance(spot, cross)) if beyond else float(gap[one])
        found.append(LooseEnd(int(owner[end[one]]), int(other[one]), (spot.x, spot.y), away, beyond))
    return found


def _crossings(lines: Any, ends: Any, own: Indices, other: Indices) -> Any:
    """Where each line crosses the other near its end, None where it does not."""
    shared = shapely.intersection(lines[own], lines[other])
    nearest = shapely.get_point(shapely.shortest_line(ends, shared), -1)
    near = shapely.distance(ends, nearest) <= NEAR_M
    return np.where(near, nearest, None)


def _meeting(lines: Any, crossing: Any, own: Indices, other: Indices) -> Any:
    """Whether both lines have a vertex where they cross: that is a junction, and what follows a stub."""

    def vertex(rows: Indices) -> Any:
        corners = _corners(lines[rows]) if len(rows) else lines[rows]
        return shapely.distance(corners, crossing) <= MILLIMETRE

    return vertex(own) & vertex(other)


def _corners(lines: Any) -> Any:
    xy, line = shapely.get_coordinates(lines, return_index=True)
    spots: Any = shapely.points(xy)
    return shapely.multipoints(spots, indices=line)
