"""What can be reached along roads, as an area: reached parts of roads with a strip beside them."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.amounts import Indices, Numbers
from geo.nearest import Unit, checked_limit
from geo.roads.network import Network
from geo.roads.snapping import Snapped
from geo.roads.splitting import metres_along, sections
from geo.roads.water import Water
from geo.roads.ways import Direction, travel

STRIP_M = 100.0
"""Beside a reached road: where its houses stand."""
QUARTER_SEGMENTS = 4

Reached = tuple[Indices, Numbers, Numbers]


def isochrones(
    roads: Network,
    services: Snapped,
    limits: Sequence[float],
    *,
    strip_m: float = STRIP_M,
    direction: Direction = "to",
) -> "gpd.GeoDataFrame":
    """The area reached within each limit (inclusive): every road as far as the limit reaches on it, with a
    strip on both sides, and around services beside the roads what is surely nearer straight; dissolved. Holes stay
    holes, nothing is spanned between roads, and nothing reaches over the water of the network but by a road.

    Args:
        limits: in the unit of the network.
        strip_m: half the width of the strip.
    Returns:
        one row a limit: ``limit``, ``unit``, ``length_km`` of reached road, ``geometry``.
    Raises:
        NoServicesError, LimitError.
    """
    rows = []
    for limit in limits:
        piece, begin, end = reached_roads(roads, services, limit, direction=direction)
        lines = _sections(roads, piece, begin, end)
        strips = _own_bank(roads.water, _strips(lines, checked_limit(strip_m)), lines)
        area = shapely.union_all(np.concatenate([strips, _around_services(roads, services, limit)]))
        rows.append((float(limit), roads.unit, float(shapely.length(lines).sum()) / 1000, area))
    limit_column, unit, length, areas = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns: dict[str, Sequence[float | Unit]] = {"limit": limit_column, "unit": unit, "length_km": length}
    return gpd.GeoDataFrame(columns, geometry=list(areas), crs=roads.crs)


def reached_roads(roads: Network, services: Snapped, limit: float, *, direction: Direction = "to") -> Reached:
    """Which parts of which pieces lie within the limit (inclusive) of a service.

    Returns:
        piece, and from which to which share of it (0 at its tail); parts do not overlap.
    Raises:
        NoServicesError, LimitError.
    """
    most = checked_limit(limit)
    left = most - travel(roads, services, limit=limit, direction=direction).distance
    # towards the services one goes from the tail's side backward, from the head's side forward
    at_tail, at_head = roads.backward, roads.forward
    if direction == "from":
        at_tail, at_head = roads.forward, roads.backward
    everything = np.arange(len(roads.lines))
    from_tail = _share(left[roads.tail], at_tail)
    from_head = 1 - _share(left[roads.head], at_head)
    parts = [
        (everything, np.zeros(len(everything)), from_tail),
        (everything, from_head, np.ones(len(everything))),
        _around(roads, services, most, (at_tail, at_head)),
    ]
    return _merged(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _share(left: Numbers, cost: Numbers) -> Numbers:
    """How much of a piece what is left of the limit pays for; nothing where nothing is left."""
    payable = np.isfinite(cost) & (left > 0)
    share = np.divide(left, cost, out=np.zeros(len(cost)), where=payable & (cost > 0))
    return np.clip(share, 0.0, 1.0)


def _around(roads: Network, services: Snapped, most: float, costs: tuple[Numbers, Numbers]) -> Reached:
    """The parts of their own pieces that services reach without passing an end of it."""
    piece, share = services.piece, services.share
    left = most - services.price_m * roads.per_metre
    at_tail, at_head = costs
    ahead, behind = _share(left, at_tail[piece]), _share(left, at_head[piece])
    return piece, np.maximum(share - behind, 0.0), np.minimum(share + ahead, 1.0)


def _merged(piece: Indices, begin: Numbers, end: Numbers) -> Reached:
    """Overlapping parts of a piece made one; empty ones dropped."""
    solid = end > begin
    piece, begin, end = piece[solid], begin[solid], end[solid]
    order = np.lexsort((begin, piece))
    piece, begin, end = piece[order], begin[order], end[order]
    # shares are 0 to 1, so that a running maximum over piece · 2 + share never looks across pieces
    latest = np.maximum.accumulate(piece * 2 + end)
    new = np.r_[True, piece[1:] * 2 + begin[1:] > latest[:-1]][: len(piece)]
    last = np.r_[np.flatnonzero(new)[1:] - 1, len(piece) - 1][: int(new.sum())]
    return piece[new], begin[new], latest[last] - piece[new] * 2


def _sections(roads: Network, piece: Indices, begin: Numbers, end: Numbers) -> Any:
    if not len(piece):
        return np.zeros(0, dtype=object)
    whole = (begin <= 0) & (end >= 1)
    lines = roads.lines[piece]
    partial = np.flatnonzero(~whole)
    if len(partial):
        xy, line = shapely.get_coordinates(lines[partial], return_index=True)
        length = roads.length_m[piece[partial]]
        rows = np.arange(len(partial))
        first, last = begin[partial] * length, end[partial] * length
        lines[partial] = sections(xy, line, metres_along(xy, line), rows, first, last)
    return lines


def _strips(lines: Any, strip_m: float) -> Any:
    return shapely.buffer(lines, strip_m, quad_segs=QUARTER_SEGMENTS)


def _around_services(roads: Network, services: Snapped, limit: float) -> Any:
    """Circles within which everyone goes straight to a service, as far as that stands beside the roads."""
    radius = np.minimum(services.beside_m, checked_limit(limit) / roads.per_metre)
    off = np.flatnonzero((radius > 0) & (services.cap_m > 0))
    spots = shapely.points(services.xy[off])
    return _own_bank(roads.water, shapely.buffer(spots, radius[off], quad_segs=QUARTER_SEGMENTS), spots)


def _own_bank(water: Water | None, shapes: Any, of: Any) -> Any:
    """Shapes without the water in them and without what of them lies beyond it, seen from what each is around."""
    if water is None or not len(shapes):
        return shapes
    near = np.unique(water.touched(shapes)[0])
    # No hull and no buffer over everything: those bridge rivers and fill in what nobody reaches.
    dry = shapely.difference(shapes[near], water.whole)
    banks, owner = shapely.get_parts(dry, return_index=True)
    # Cut along the river, a shape has two banks; only the one with its road or service on it was reached.
    own = shapely.intersects(banks, of[near][owner])
    return np.concatenate([np.delete(shapes, near), banks[own]])
