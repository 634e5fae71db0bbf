"""Ways along the network: nearest services of every point, and tables of all ways within a limit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from geo.amounts import Indices, Numbers
from geo.errors import NoServicesError
from geo.nearest import NONE, Nearest, inclusive, nearest_two
from geo.roads.network import Network
from geo.roads.snapping import Snapped

Direction = Literal["to", "from"]
"""``to`` the service, as people go; ``from`` it, as an ambulance does. They differ by one-way streets."""

CHUNK_BYTES = 2**27


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
    count = len(services.piece)
    if not count:
        raise NoServicesError("一个服务点也没有，算不出路程。先导入服务点，或放宽筛选。")
    # Services are nodes of their own behind the others: one Dijkstra from all of them, `min_only`, is enough.
    graph = _with_services(roads, services, direction)
    most = np.inf if limit is None else inclusive(limit)
    found = _at_nodes(graph, len(roads.nodes), np.arange(count), most)
    if second:
        found = _with_second(graph, len(roads.nodes), count, most, found)
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
    table = np.full((len(demand.piece), len(services.piece)), np.inf)
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
    shape = (len(demand.piece), len(services.piece))
    return coo_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)


def ends_of(roads: Network, points: Snapped, *, leaving: bool) -> Numbers:
    """Cost (n, 2) between points and the tail and head of their piece, the leg beside the road included.

    ``leaving`` is from the point to the end, otherwise from the end to the point. At an end itself it is
    just the leg, whatever the direction of the street.
    """
    forward, backward = roads.forward[points.piece], roads.backward[points.piece]
    at_tail, at_head = (backward, forward) if leaving else (forward, backward)
    leg = points.leg_m * roads.per_metre
    with np.errstate(invalid="ignore"):  # inf · 0 at an end of a one-way street
        to_tail = np.where(points.share == 0, 0.0, at_tail * points.share)
        to_head = np.where(points.share == 1, 0.0, at_head * (1 - points.share))
    return np.column_stack([to_tail, to_head]) + leg[:, None]


def same_piece(
    roads: Network, services: Snapped, demand: Snapped, direction: Direction
) -> tuple[Indices, Indices, Numbers]:
    """Point, service and cost of every pair on one piece that can go straight along it."""
    by_piece = np.argsort(services.piece, kind="stable")
    first = np.searchsorted(services.piece[by_piece], demand.piece, side="left")
    last = np.searchsorted(services.piece[by_piece], demand.piece, side="right")
    many = np.where(demand.piece == NONE, 0, last - first)
    point = np.repeat(np.arange(len(many)), many)
    step = np.arange(len(point)) - np.repeat(np.cumsum(many) - many, many)
    service = by_piece[first[point] + step]
    ahead = services.share[service] - demand.share[point]
    if direction == "from":
        ahead = -ahead
    piece = demand.piece[point]
    along = np.where(ahead > 0, roads.forward[piece], np.where(ahead < 0, roads.backward[piece], 0.0))
    legs = (demand.leg_m[point] + services.leg_m[service]) * roads.per_metre
    cost = along * np.abs(ahead) + legs
    passable = np.isfinite(cost)
    return point[passable], service[passable], cost[passable]


def _with_services(roads: Network, services: Snapped, direction: Direction) -> csr_array:
    """The graph with a node for each service after the others, turned so that ways start at the services."""
    # Towards a centre, distances are searched from it in the turned graph: one-way streets turn with it.
    graph = roads.reversed if direction == "to" else roads.graph
    nodes, count = len(roads.nodes), len(services.piece)
    costs = ends_of(roads, services, leaving=direction == "from")
    ends = np.column_stack([roads.tail[services.piece], roads.head[services.piece]])
    loop = ends[:, 0] == ends[:, 1]
    costs[loop] = np.column_stack([costs[loop].min(axis=1), np.full(int(loop.sum()), np.inf)])
    passable = np.isfinite(costs)
    starts = graph.indptr[-1] + np.cumsum(passable.sum(axis=1))
    data = np.concatenate([graph.data, costs[passable]])
    indices = np.concatenate([graph.indices, ends[passable]]).astype(np.int32, copy=False)
    pointers = np.concatenate([graph.indptr, starts]).astype(np.int32, copy=False)
    return csr_array((data, indices, pointers), shape=(nodes + count, nodes + count))


def _at_nodes(graph: csr_array, nodes: int, chosen: Indices, most: float) -> Nearest:
    """The nearest of the chosen services for each node."""
    distance, _, start = dijkstra(
        graph, indices=nodes + chosen, min_only=True, return_predecessors=True, limit=most
    )
    return Nearest(np.where(start[:nodes] < 0, NONE, start[:nodes] - nodes), distance[:nodes])


def _with_second(graph: csr_array, nodes: int, count: int, most: float, first: Nearest) -> Nearest:
    everyone = np.arange(count)
    second = np.full(nodes, NONE, dtype=np.int64)
    further = np.full(nodes, np.inf)
    for bit in range((count - 1).bit_length()):
        for side in (0, 1):
            other = _at_nodes(graph, nodes, everyone[(everyone >> bit) & 1 == side], most)
            # The second nearest has another row number, so it differs in some bit and is found on that bit's other side.
            better = (other.nearest != first.nearest) & (other.distance < further)
            second[better], further[better] = other.nearest[better], other.distance[better]
    return replace(first, second=second, second_distance=further)


def _at_points(
    roads: Network, services: Snapped, demand: Snapped, nodes: Nearest, direction: Direction
) -> Nearest:
    """From nodes to the points between them."""
    tail, head = roads.tail[demand.piece], roads.head[demand.piece]
    to_tail, to_head = ends_of(roads, demand, leaving=direction == "to").T
    rows = [nodes.nearest[tail], nodes.nearest[head]]
    costs = [nodes.distance[tail] + to_tail, nodes.distance[head] + to_head]
    if nodes.second is not None and nodes.second_distance is not None:
        rows += [nodes.second[tail], nodes.second[head]]
        costs += [nodes.second_distance[tail] + to_tail, nodes.second_distance[head] + to_head]
    choice, cost = np.column_stack(rows), np.column_stack(costs)
    found = _two_or_one(choice, cost, nodes.second is not None)
    # Between two points on one piece the way over its ends is a detour.
    point, service, direct = same_piece(roads, services, demand, direction)
    if len(point):
        found = _overlaid(found, (choice, cost), (point, service, direct))
    return found


def _two_or_one(choice: Indices, cost: Numbers, second: bool) -> Nearest:
    if second:
        return nearest_two(choice, cost)
    best = np.argmin(cost, axis=1)[:, None]
    distance = np.take_along_axis(cost, best, axis=1)[:, 0]
    row = np.take_along_axis(choice, best, axis=1)[:, 0]
    return Nearest(np.where(np.isinf(distance), NONE, row), distance)


def _overlaid(
    found: Nearest, usual: tuple[Indices, Numbers], direct: tuple[Indices, Indices, Numbers]
) -> Nearest:
    """The points that share a piece with services, decided again with the direct ways among the choices."""
    point, service, cost = direct
    points, row, many = np.unique(point, return_inverse=True, return_counts=True)
    width = usual[0].shape[1]
    choices = np.full((len(points), width + int(many.max())), NONE, dtype=np.int64)
    costs = np.full(choices.shape, np.inf)
    choices[:, :width], costs[:, :width] = usual[0][points], usual[1][points]
    column = width + np.arange(len(point)) - np.repeat(np.cumsum(many) - many, many)
    choices[row, column], costs[row, column] = service, cost
    again = _two_or_one(choices, costs, found.second is not None)
    found.nearest[points], found.distance[points] = again.nearest, again.distance
    if found.second is not None and again.second is not None:
        found.second[points] = again.second
    if found.second_distance is not None and again.second_distance is not None:
        found.second_distance[points] = again.second_distance
    return found


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
    count = len(services.piece)
    if not count:
        raise NoServicesError("一个服务点也没有，算不出路程。先导入服务点，或放宽筛选。")
    most = np.inf if limit is None else inclusive(limit)
    graph = _with_services(roads, services, direction)
    tail, head = roads.tail[demand.piece], roads.head[demand.piece]
    to_tail, to_head = ends_of(roads, demand, leaving=direction == "to").T
    point, service, direct = same_piece(roads, services, demand, direction)
    # Dijkstra's table of distances is dense: 300 centres × 200,000 nodes would be half a gigabyte at once.
    chunk = max(1, CHUNK_BYTES // (8 * (len(roads.nodes) + count + len(demand.piece))))
    for start in range(0, count, chunk):
        some = np.arange(start, min(start + chunk, count))
        distance = dijkstra(graph, indices=len(roads.nodes) + some, limit=most)
        costs = np.minimum(distance[:, tail] + to_tail, distance[:, head] + to_head)
        here = (service >= start) & (service < start + chunk)
        np.minimum.at(costs, (service[here] - start, point[here]), direct[here])
        yield some, np.where(costs > most, np.inf, costs)
