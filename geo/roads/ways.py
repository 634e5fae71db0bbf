"""Ways along the network: nearest services of every point, and tables of all ways within a limit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.amounts import Indices, Numbers
from geo.errors import NoServicesError
from geo.nearest import NONE, SLACK, Nearest, decided, inclusive
from geo.roads.network import Network
from geo.roads.snapping import Snapped

Direction = Literal["to", "from"]
"""``to`` the service, as people go; ``from`` it, as an ambulance does. They differ by one-way streets."""

CHUNK_BYTES = 2**27
ACROSS = float(np.sqrt(2))
"""Cost of a metre beside the roads where one could take them: in a grid of streets cutting across gains nothing."""
NUDGE_M = 1e-9
"""Longer than that of the row before are the ways of a service while they are searched."""
MOST_NUDGE_M = 1e-6


def travel(
    roads: Network,
    services: Snapped,
    demand: Snapped | None = None,
    *,
    limit: float | None = None,
    second: bool = False,
    direction: Direction = "to",
) -> Nearest:
    """Nearest service along the network, in the unit of the network, with the ways to and from the road.

    One run of Dijkstra's algorithm from all services at once. The second nearest takes 2·log₂(m) more: the two
    nearest services differ in some bit of their row number, so it is the nearest of those on the other side
    of one of the bits.

    Args:
        demand: None takes the nodes of the network themselves.
        limit: inclusive; what is further has nothing. Without one, any limit can be looked up afterwards.
    Raises:
        NoServicesError, LimitError.
    """
    count = _count(services)
    # Services are nodes of their own behind the others: one Dijkstra from all of them, `min_only`, is enough.
    graph, nudge = _with_services(roads, services, direction)
    most = np.inf if limit is None else inclusive(limit)
    search = _Search(graph, len(roads.nodes), nudge, most)
    found = search.nearest(np.arange(count))
    if second:
        found = _with_second(search, count, found)
    if demand is not None:
        found = _at_points(roads, services, demand, found, direction)
        found = replace(_cut_off(found, most), rejected=demand.rejected)
    return replace(found, unit=roads.unit)


def cost_matrix(
    roads: Network,
    demand: Snapped,
    services: Snapped,
    limit: float | None = None,
    *,
    direction: Direction = "to",
) -> Numbers:
    """All ways as a dense table, demand × services, in the unit of the network; ``inf`` where there is none
    within the limit (inclusive). For a part of the demand it is that part of the rows.

    Raises:
        NoServicesError, LimitError.
    """
    table = np.full((len(demand.xy), len(services.xy)), np.inf)
    for columns, costs in _columns(roads, demand, services, limit, direction):
        table[:, columns] = costs.T
    return table


def road_costs(
    roads: Network, demand: Snapped, services: Snapped, limit: float, *, direction: Direction = "to"
) -> coo_array:
    """All ways within the limit (inclusive) as a sparse table, demand × services; a stored 0 is a way of 0.

    Raises:
        NoServicesError, LimitError.
    """
    rows, columns, values = [], [], []
    for some, costs in _columns(roads, demand, services, limit, direction):
        service, point = np.nonzero(np.isfinite(costs))
        rows.append(point)
        columns.append(some[service])
        values.append(costs[service, point])
    shape = (len(demand.xy), len(services.xy))
    return coo_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)


def ends_of(roads: Network, points: Snapped, *, leaving: bool) -> Numbers:
    """Cost (e, 2) between the points of entrances and the tail and head of their pieces, the legs included.

    ``leaving`` is from the point to the end, otherwise from the end to the point. At an end itself it is
    just the leg, whatever the direction of the street.
    """
    forward, backward = roads.forward[points.piece], roads.backward[points.piece]
    at_tail, at_head = (backward, forward) if leaving else (forward, backward)
    leg = points.price_m * roads.per_metre
    with np.errstate(invalid="ignore"):  # inf · 0 at an end of a one-way street
        to_tail = np.where(points.share == 0, 0.0, at_tail * points.share)
        to_head = np.where(points.share == 1, 0.0, at_head * (1 - points.share))
    return np.column_stack([to_tail, to_head]) + leg[:, None]


def same_piece(
    roads: Network, services: Snapped, demand: Snapped, direction: Direction
) -> tuple[Indices, Indices, Numbers]:
    """Point, service and cost of every two entrances on one piece that can go straight along it."""
    by_piece = np.argsort(services.piece, kind="stable")
    # Counted by piece: a search for each of a million entrances takes longer than all else here.
    count = np.bincount(services.piece, minlength=len(roads.lines))
    first, many = (np.cumsum(count) - count)[demand.piece], count[demand.piece]
    here = np.repeat(np.arange(len(many)), many)
    step = np.arange(len(here)) - np.repeat(np.cumsum(many) - many, many)
    there = by_piece[first[here] + step]
    ahead = services.share[there] - demand.share[here]
    if direction == "from":
        ahead = -ahead
    piece = demand.piece[here]
    along = np.where(ahead > 0, roads.forward[piece], np.where(ahead < 0, roads.backward[piece], 0.0))
    legs = (demand.price_m[here] + services.price_m[there]) * roads.per_metre
    cost = along * np.abs(ahead) + legs
    passable = np.isfinite(cost)
    return demand.point[here][passable], services.point[there][passable], cost[passable]


def beside(roads: Network, services: Snapped, demand: Snapped) -> tuple[Indices, Indices, Numbers]:
    """Point, service and cost of every pair that can go straight, beside the roads.

    By the triangle inequality the straight line is never longer than legs and road, so it cannot always count: it
    would count everywhere. It costs itself up to the sum of what both points are from their roads, which they go
    beside the roads anyway; each metre beyond costs ``ACROSS``. It may be as long as the cap where both stand on a
    road, twice that where both are as far from one as they may be, and in proportion between.
    """
    cap_m = min(demand.cap_m, services.cap_m)
    if not (cap_m and len(demand.xy)):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    found = cKDTree(demand.xy).sparse_distance_matrix(
        cKDTree(services.xy), inclusive(2 * cap_m), output_type="ndarray"
    )
    point, service, metres = found["i"].astype(np.int64), found["j"].astype(np.int64), found["v"]
    legs = demand.beside_m[point] + services.beside_m[service]
    near = metres <= (cap_m + legs / 2) * (1 + SLACK)
    if roads.water is not None:
        near[near] = ~roads.water.between(demand.xy[point[near]], services.xy[service[near]])
    point, service, metres, legs = point[near], service[near], metres[near], legs[near]
    price = metres + (ACROSS - 1) * np.maximum(metres - legs, 0.0)
    return point, service, price * roads.per_metre


def _count(services: Snapped) -> int:
    if not len(services.xy):
        raise NoServicesError("一个服务点也没有，算不出路程。先导入服务点，或放宽筛选。")
    return len(services.xy)


def _with_services(roads: Network, services: Snapped, direction: Direction) -> tuple[csr_array, Numbers]:
    """The graph with a node for each service after the others, turned so that ways start at the services; and what
    was added to the ways of each service so that of two that are as near the first is found."""
    # Towards a centre, distances are searched from it in the turned graph: one-way streets turn with it.
    graph = roads.reversed if direction == "to" else roads.graph
    nodes, count = len(roads.nodes), len(services.xy)
    nudge: Numbers = np.arange(count, dtype=np.float64) * (
        min(NUDGE_M, MOST_NUDGE_M / count) * roads.per_metre
    )
    costs = ends_of(roads, services, leaving=direction == "from").ravel()
    ends = np.column_stack([roads.tail[services.piece], roads.head[services.piece]]).ravel()
    owner = np.repeat(services.point, 2)
    order = np.lexsort((costs, ends, owner))
    order = order[np.isfinite(costs[order])]
    owner, ends, costs = owner[order], ends[order], costs[order]
    first = np.r_[True, (np.diff(owner) > 0) | (np.diff(ends) > 0)][: len(owner)]
    owner, ends, costs = owner[first], ends[first], costs[first]
    starts = graph.indptr[-1] + np.searchsorted(owner, np.arange(1, count + 1))
    data = np.concatenate([graph.data, costs + nudge[owner]])
    indices = np.concatenate([graph.indices, ends]).astype(np.int32, copy=False)
    pointers = np.concatenate([graph.indptr, starts]).astype(np.int32, copy=False)
    return csr_array((data, indices, pointers), shape=(nodes + count, nodes + count)), nudge


@dataclass(frozen=True)
class _Search:
    """Searches from services, which are the nodes of the graph behind its first ``nodes``."""

    graph: csr_array
    nodes: int
    nudge: Numbers
    most: float

    def nearest(self, chosen: Indices) -> Nearest:
        """The nearest of the chosen services for each node."""
        distance, _, start = dijkstra(
            self.graph, indices=self.nodes + chosen, min_only=True, return_predecessors=True,
            limit=self.most + self.nudge[-1],
        )  # fmt: skip
        found = start[: self.nodes] >= 0
        row = np.where(found, start[: self.nodes] - self.nodes, NONE)
        exact = np.where(found, distance[: self.nodes] - self.nudge[row], np.inf)
        return _cut_off(Nearest(row, np.maximum(exact, 0.0)), self.most)


def _with_second(search: _Search, count: int, first: Nearest) -> Nearest:
    everyone = np.arange(count)
    second = np.full(search.nodes, NONE, dtype=np.int64)
    further = np.full(search.nodes, np.inf)
    for bit in range((count - 1).bit_length()):
        for side in (0, 1):
            other = search.nearest(everyone[(everyone >> bit) & 1 == side])
            # The second nearest has another row number, so it differs in some bit and is found on that bit's other side.
            better = (other.nearest != first.nearest) & (other.distance < further)
            second[better], further[better] = other.nearest[better], other.distance[better]
    return replace(first, second=second, second_distance=further)


def _at_points(
    roads: Network, services: Snapped, demand: Snapped, nodes: Nearest, direction: Direction
) -> Nearest:
    """From nodes to the points between them: over every entrance, along one piece, and beside the roads."""
    ends = roads.tail[demand.piece], roads.head[demand.piece]
    costs = ends_of(roads, demand, leaving=direction == "to").T
    found = [(nodes.nearest, nodes.distance)]
    if nodes.second is not None and nodes.second_distance is not None:
        found.append((nodes.second, nodes.second_distance))
    ways = [
        (demand.point, row[end], distance[end] + cost)
        for row, distance in found
        for end, cost in zip(ends, costs, strict=True)
    ]
    # Between two points on one piece the way over its ends is a detour.
    ways += [same_piece(roads, services, demand, direction), beside(roads, services, demand)]
    pairs = tuple(np.concatenate(column) for column in zip(*ways, strict=True))
    return decided((pairs[0], pairs[1], pairs[2]), len(demand.xy), second=nodes.second is not None)


def _cut_off(found: Nearest, most: float) -> Nearest:
    far = found.distance > most
    found = replace(
        found,
        nearest=np.where(far, NONE, found.nearest),
        distance=np.where(far, np.inf, found.distance),
    )
    if found.second is None or found.second_distance is None:
        return found
    far = found.second_distance > most
    return replace(
        found,
        second=np.where(far, NONE, found.second),
        second_distance=np.where(far, np.inf, found.second_distance),
    )


def _columns(
    roads: Network, demand: Snapped, services: Snapped, limit: float | None, direction: Direction
) -> Iterator[tuple[Indices, Numbers]]:
    """Some services at a time, and the cost from each to every point (services × points)."""
    count, points = _count(services), len(demand.xy)
    most = np.inf if limit is None else inclusive(limit)
    graph, nudge = _with_services(roads, services, direction)
    tail, head = roads.tail[demand.piece], roads.head[demand.piece]
    to_tail, to_head = ends_of(roads, demand, leaving=direction == "to").T
    straight = (same_piece(roads, services, demand, direction), beside(roads, services, demand))
    point, service, direct = (np.concatenate(column) for column in zip(*straight, strict=True))
    on_road = np.flatnonzero(np.diff(demand.starts))
    # Dijkstra's table of distances is dense: 300 centres × 200,000 nodes would be half a gigabyte at once.
    chunk = max(1, CHUNK_BYTES // (8 * (len(roads.nodes) + count + len(demand.point) + points)))
    for start in range(0, count, chunk):
        some = np.arange(start, min(start + chunk, count))
        distance = dijkstra(graph, indices=len(roads.nodes) + some, limit=most + nudge[-1])
        distance = np.maximum(distance - nudge[some, None], 0.0)
        costs = np.full((len(some), points), np.inf)
        if len(on_road):
            over = np.minimum(distance[:, tail] + to_tail, distance[:, head] + to_head)
            costs[:, on_road] = np.minimum.reduceat(over, demand.starts[on_road], axis=1)
        here = (service >= start) & (service < start + chunk)
        np.minimum.at(costs, (service[here] - start, point[here]), direct[here])
        yield some, np.where(costs > most, np.inf, costs)
