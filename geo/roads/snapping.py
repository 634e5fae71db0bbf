"""Points put on the network: at the nearest place on a road, or at the nearest junction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from geo.amounts import SHOWN, Indices, Numbers, listed
from geo.errors import NoRoadError
from geo.nearest import NONE, checked_limit, checked_points, inclusive
from geo.roads.network import Network

CAP_M = 500.0
"""Further from a road than this, a point is not on the network."""
AT_END_M = 1e-6
"""Closer to the end of a piece than this is at its end, where every road that meets there can be taken."""


@dataclass(frozen=True)
class Snapped:
    """Where n points stand on the network.

    ``piece`` (n,) is the piece of road, −1 for a reject; ``share`` (n,) how far along it, 0 at its tail and 1
    at its head; ``leg_m`` (n,) the straight way from the point to there, ``inf`` for a reject.
    """

    piece: Indices
    share: Numbers
    leg_m: Numbers

    @property
    def rejected(self) -> tuple[int, ...]:
        """Positions of the points without a road within the cap."""
        return tuple(np.flatnonzero(self.piece == NONE).tolist())

    def part(self, rows: slice | Indices) -> "Snapped":
        """Some of the points."""
        return Snapped(self.piece[rows], self.share[rows], self.leg_m[rows])


def snap(
    roads: Network, points: ArrayLike, *, cap_m: float = CAP_M, to: Literal["edge", "node"] = "edge"
) -> Snapped:
    """Put points on the network; those without a road within ``cap_m`` (inclusive) are ``rejected``.

    Args:
        points: coordinates (n, 2) in the CRS of the network.
        to: ``edge`` takes the nearest place on a road, ``node`` the nearest end of a piece.
    Raises:
        PositionsError, LimitError.
    """
    xy = checked_points(points)
    checked_limit(cap_m)
    piece, share = (_on_edges if to == "edge" else _at_nodes)(roads, xy)
    places = shapely.line_interpolate_point(roads.lines[piece], share, normalized=True)
    leg = np.atleast_1d(shapely.distance(places, shapely.points(xy)))
    # Without a cap a point in the hills snaps to a far road and seems to stand on it; the leg always counts.
    near = leg <= inclusive(cap_m)
    return Snapped(np.where(near, piece, NONE), share, np.where(near, leg, np.inf))


def require_road(snapped: Snapped, names: Sequence[str] | None = None, *, cap_m: float = CAP_M) -> Snapped:
    """Refuse services that have no road; raises NoRoadError with their names or rows."""
    lost = snapped.rejected
    if lost:
        named = [f"第 {row + 1} 行" if names is None else names[row] for row in lost[:SHOWN]]
        raise NoRoadError(
            "{count} 个服务点 {cap} 米内没有路：{names}。核对位置，补上道路，或放宽距离。",
            count=len(lost),
            cap=f"{cap_m:g}",
            names=listed(named),
        )
    return snapped


def _on_edges(roads: Network, xy: Numbers) -> tuple[Indices, Numbers]:
    tree, rows = roads.entrances
    spots = shapely.points(xy)
    piece = np.zeros(len(xy), dtype=np.int64)
    if len(xy):
        spot, found = tree.query_nearest(spots, all_matches=False)
        piece[spot] = rows[found]
    length = roads.length_m[piece]
    metres = shapely.line_locate_point(roads.lines[piece], spots)
    # A hair before a junction one may still turn off there; a share of 0.9999999 would bind to a one-way street.
    metres = np.where(metres <= AT_END_M, 0.0, np.where(metres >= length - AT_END_M, length, metres))
    return piece, metres / length


def _at_nodes(roads: Network, xy: Numbers) -> tuple[Indices, Numbers]:
    """The nearest node, told as an end of one of its pieces."""
    rows = roads.entrances[1]
    nodes, first = np.unique(np.concatenate([roads.tail[rows], roads.head[rows]]), return_index=True)
    _, near = cKDTree(roads.nodes[nodes]).query(xy)
    end = first[near]
    return rows[end % len(rows)], (end >= len(rows)).astype(np.float64)
