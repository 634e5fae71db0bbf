"""Points put on the network: every place where a point could come onto a road, and what that costs.

A point comes onto a road at its nearest place. Several roads may be about as near, and the nearest may lead nowhere:
the nearest place on every arm of road within the cap is an entrance, and the cheapest way over all of them counts.

The way there costs its length. Where the nearest place of an arm is its end and the road goes on from there nearer to
the point, it is the way to the line of the arm and along it: no shorter than over the road, so that it does not matter
in which pieces a road was drawn. Of roads that hang together, a metre further than the nearest costs ``FURTHER``.
Costs change steadily, by at most 2 m a metre, as a point moves, and leap only at the cap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from geo.amounts import Indices, Numbers
from geo.nearest import Mask, checked_limit, checked_points, inclusive
from geo.roads.entrances import AT_END_M, BANK
from geo.roads.network import Network

CAP_M = 500.0
"""Further from a road than this, a point is not on the network."""
FURTHER = 1.1
"""Cost of a metre to another road than the nearest, beyond what it is to that."""
BEYOND = 1.4
"""Cost of a metre along the line of an arm beyond its end. With ``FURTHER`` as large as 2 m a metre let them be; dearer
is better: fewer entrances are worth looking at."""
ROUNDING = 1e-12
CHUNK_M2 = 1e9
"""Of circles with the radius of the cap around points that are looked at together."""


@dataclass(frozen=True)
class Snapped:
    """Where n points can come onto the network.

    ``xy`` (n, 2) in metres. Entrance i is one of point ``point[i]`` (ascending): ``share[i]`` of piece ``piece[i]``
    (0 at its tail, 1 at its head), ``leg_m[i]`` metres from the point, which cost as much as ``price_m[i]``.
    ``beside_m`` (n,) is how far the point is from its road: from the longest part of the network within ``cap_m``;
    the cap where there is none. ``behind_water`` (n,) are points whose roads within the cap lie across water.
    """

    xy: Numbers
    point: Indices
    piece: Indices
    share: Numbers
    leg_m: Numbers
    price_m: Numbers
    beside_m: Numbers
    behind_water: Mask
    cap_m: float

    @classmethod
    def standing(cls, roads: Network, piece: Indices, share: Numbers) -> "Snapped":
        """Points that stand on these places of the roads and go by road only."""
        places = shapely.line_interpolate_point(roads.lines[piece], share, normalized=True)
        nothing = np.zeros(len(piece))
        return cls(
            shapely.get_coordinates(places), np.arange(len(piece)), piece, share, nothing, nothing, nothing,
            np.zeros(len(piece), dtype=bool), 0.0,
        )  # fmt: skip

    @property
    def rejected(self) -> tuple[int, ...]:
        """Positions of the points without a road within the cap."""
        return tuple(np.flatnonzero(np.diff(self.starts) == 0).tolist())

    @cached_property
    def starts(self) -> Indices:
        """Where the entrances of each point begin, and the last ones end (n + 1)."""
        return np.searchsorted(self.point, np.arange(len(self.xy) + 1))

    def part(self, rows: slice | Indices) -> "Snapped":
        """Some of the points."""
        chosen = np.arange(len(self.xy))[rows]
        many = np.diff(self.starts)[chosen]
        point = np.repeat(np.arange(len(chosen)), many)
        own = self.starts[chosen][point] + np.arange(len(point)) - np.repeat(np.cumsum(many) - many, many)
        return Snapped(
            self.xy[chosen], point, self.piece[own], self.share[own], self.leg_m[own], self.price_m[own],
            self.beside_m[chosen], self.behind_water[chosen], self.cap_m,
        )  # fmt: skip


@dataclass(frozen=True)
class _Legs:
    """Straight ways from points to places on pieces; ``square_m`` is what each costs against other roads."""

    point: Indices
    piece: Indices
    share: Numbers
    leg_m: Numbers
    square_m: Numbers

    def of(self, rows: Mask | Indices) -> "_Legs":
        return _Legs(
            self.point[rows], self.piece[rows], self.share[rows], self.leg_m[rows], self.square_m[rows]
        )


def snap(
    roads: Network, points: ArrayLike, *, cap_m: float = CAP_M, to: Literal["edge", "node"] = "edge"
) -> Snapped:
    """Put points on the network; those without a road within ``cap_m`` (inclusive) are ``rejected``.

    A leg never leads through the water of the network, and never onto a bridge.

    Args:
        points: coordinates (n, 2) in the CRS of the network.
        to: ``edge`` takes places on roads, ``node`` the nearest end of a piece alone.
    Raises:
        PositionsError, LimitError.
    """
    xy = checked_points(points)
    most = inclusive(cap_m)
    if to == "node":
        legs = _at_nodes(roads, xy)
        chunks = [legs.of(legs.leg_m <= most)]
    else:
        chunks = list(_on_arms(roads, xy, most))
    behind_water, beside_m = np.zeros(len(xy), dtype=bool), np.full(len(xy), checked_limit(cap_m))
    found, prices = [], []
    for every in chunks:
        legs = every.of(_on_land(roads, xy, every))
        behind_water[np.setdiff1d(every.point, legs.point)] = True
        price_m, nearest_m = _prices(roads, legs)
        beside_m[np.unique(legs.point)] = nearest_m
        kept = _without_detours(roads, legs, price_m * roads.per_metre)
        found.append(legs.of(kept))
        prices.append(price_m[kept])
    point, piece, share, leg_m = (
        np.concatenate([getattr(legs, name) for legs in found] or [np.zeros(0, dtype=kind)])
        for name, kind in (("point", np.int64), ("piece", np.int64), ("share", float), ("leg_m", float))
    )
    price = np.concatenate(prices or [np.zeros(0)])
    return Snapped(xy, point, piece, share, leg_m, price, beside_m, behind_water, float(cap_m))


def _on_arms(roads: Network, xy: Numbers, most: float) -> Iterator[_Legs]:
    """The ways to the nearest place on every arm of road within the cap, for some points at a time."""
    entrances = roads.entrances
    spots: Any = shapely.points(xy)
    chunk = max(1, int(CHUNK_M2 / (np.pi * most**2)))
    for start in range(0, len(xy), chunk):
        some = spots[start : start + chunk]
        point, arm = entrances.tree.query(some, predicate="dwithin", distance=most)
        piece = entrances.piece[arm]
        along = shapely.line_locate_point(entrances.arms[arm], some[point])
        leg = shapely.distance(entrances.arms[arm], some[point])
        metres, length = entrances.begin_m[arm] + along, roads.length_m[piece]
        # A hair before a junction one may still turn off there; a share of 0.9999999 would bind to a one-way street.
        metres = np.where(metres <= AT_END_M, 0.0, np.where(metres >= length - AT_END_M, length, metres))
        square = _square(roads, (point, arm), xy[start : start + chunk], (along, leg))
        yield _Legs(start + point, piece, metres / length, leg, square)


def _square(
    roads: Network, pairs: tuple[Indices, Indices], xy: Numbers, found: tuple[Numbers, Numbers]
) -> Numbers:
    """What legs cost: to the line of an arm and along it where its end is the nearest place but not of all arms there."""
    (point, arm), (along, leg), entrances = pairs, found, roads.entrances
    last = along >= entrances.length_m[arm] - AT_END_M
    at_end = np.flatnonzero((along <= AT_END_M) | last)
    side = last[at_end].astype(np.int64)
    joint = entrances.joints[arm[at_end], side]
    at_end, side, joint = at_end[joint != BANK], side[joint != BANK], joint[joint != BANK]
    _, group, count = np.unique(
        point[at_end] * len(entrances.many) + joint, return_inverse=True, return_counts=True
    )
    passing = count[group] < entrances.many[joint]
    at_end, side = at_end[passing], side[passing]
    beyond = xy[point[at_end]] - entrances.ends[arm[at_end], side]
    ahead = entrances.outward[arm[at_end], side]
    square: Numbers = leg.copy()
    aside = np.abs(beyond[:, 0] * ahead[:, 1] - beyond[:, 1] * ahead[:, 0])
    square[at_end] = aside + BEYOND * np.abs((beyond * ahead).sum(axis=1))
    return square


def _at_nodes(roads: Network, xy: Numbers) -> _Legs:
    """The nearest node, told as an end of one of its pieces."""
    rows = np.flatnonzero(roads.open_to_points)
    nodes, first = np.unique(np.concatenate([roads.tail[rows], roads.head[rows]]), return_index=True)
    leg, near = cKDTree(roads.nodes[nodes]).query(xy)
    end = first[near]
    share = (end >= len(rows)).astype(np.float64)
    return _Legs(np.arange(len(xy)), rows[end % len(rows)], share, leg, leg)


def _on_land(roads: Network, xy: Numbers, legs: _Legs) -> Mask:
    if roads.water is None:
        return np.ones(len(legs.point), dtype=bool)
    places = shapely.line_interpolate_point(roads.lines[legs.piece], legs.share, normalized=True)
    return ~roads.water.between(xy[legs.point], shapely.get_coordinates(places))


def _prices(roads: Network, legs: _Legs) -> tuple[Numbers, Numbers]:
    """What each leg costs in metres, and how far each of the points is from the longest part of the network."""
    part = roads.part[roads.tail[legs.piece]]
    _, group = np.unique(legs.point * len(roads.nodes) + part, return_inverse=True)
    nearest = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(nearest, group, legs.leg_m)
    # Against the nearest of its own part: a lane that leads nowhere makes no other road further.
    price = legs.square_m + (FURTHER - 1) * (legs.square_m - nearest[group])
    order = np.lexsort((part, legs.point))
    first = order[np.r_[True, np.diff(legs.point[order]) > 0][: len(order)]]
    return price, nearest[group[first]]


def _without_detours(roads: Network, legs: _Legs, cost: Numbers) -> Indices:
    """The legs, by point, that are not at least as dear as another leg and the road from there."""
    along = np.maximum(roads.forward, roads.backward)
    rows = np.lexsort((legs.share, legs.piece, legs.point))
    while len(rows):
        point, piece, share = legs.point[rows], legs.piece[rows], legs.share[rows]
        alike = (point[1:] == point[:-1]) & (piece[1:] == piece[:-1])
        between = _stretch(along[piece[1:]], share[1:] - share[:-1])
        later = alike & (cost[rows[:-1]] + between <= cost[rows[1:]])
        earlier = alike & ~later & (cost[rows[1:]] + between <= cost[rows[:-1]])
        keep = ~(np.r_[False, later] | np.r_[earlier, False])
        if keep.all():
            break
        rows = rows[keep]
    return _cheapest_at_ends(roads, legs.of(rows), cost[rows], along, rows)


def _cheapest_at_ends(roads: Network, legs: _Legs, cost: Numbers, along: Numbers, rows: Indices) -> Indices:
    """The rows of legs that cannot be had cheaper over an end of their piece."""
    if not len(rows):
        return rows
    to_tail = _stretch(along[legs.piece], legs.share)
    to_head = _stretch(along[legs.piece], 1 - legs.share)
    nodes = np.concatenate([roads.tail[legs.piece], roads.head[legs.piece]])
    offers = np.concatenate([cost + to_tail, cost + to_head])
    _, place = np.unique(np.tile(legs.point, 2) * len(roads.nodes) + nodes, return_inverse=True)
    best = np.full(int(place.max()) + 1, np.inf)
    np.minimum.at(best, place, offers)
    tail, head = place[: len(rows)], place[len(rows) :]
    other = np.minimum(best[tail] + to_tail, best[head] + to_head)
    keep = other >= cost * (1 - ROUNDING)
    # Roads that meet at the entrance are one entrance.
    end = np.where(legs.share == 0, tail, np.where(legs.share == 1, head, -1 - np.arange(len(rows))))
    order = np.lexsort((~keep, end))
    keep[order] &= np.r_[True, np.diff(end[order]) != 0]
    return rows[keep]


def _stretch(whole: Numbers, share: Numbers) -> Numbers:
    """The cost of a share of pieces; nothing of a one-way street costs nothing."""
    return np.multiply(whole, share, out=np.zeros(len(share)), where=share > 0)
