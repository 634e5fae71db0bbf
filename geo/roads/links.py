"""Which places hang together by ways along the network that are short enough, without a table of all pairs."""

import numpy as np
from scipy.sparse import coo_array

from geo.amounts import Indices
from geo.nearest import NONE, inclusive
from geo.roads.network import Network
from geo.roads.snapping import Snapped
from geo.roads.ways import ends_of, same_piece, travel


def road_links(roads: Network, places: Snapped, limit: float) -> Indices:
    """Pairs (k, 2) of places whose way by road is within the limit (inclusive, in the unit of the network): not all of
    them, but enough that what all of them would join is joined.

    The network is divided among its nearest places, in one search. Ways between the places of parts that touch hold a
    minimum spanning tree of all ways (Mehlhorn, "A faster approximation algorithm for the Steiner problem in graphs",
    1988). Streets must be open both ways, as they are on foot.

    Raises:
        LimitError.
    """
    nothing = np.zeros((0, 2), dtype=np.int64)
    if len(places.point) == 0:
        return nothing
    most = inclusive(limit)
    nodes = travel(roads, places, limit=limit)
    arcs = coo_array(roads.graph)
    ends = np.concatenate([roads.tail[places.piece], roads.head[places.piece]])
    own = np.tile(places.point, 2)
    onto = ends_of(roads, places, leaving=True).T.ravel()
    along = same_piece(roads, places, places, "to")
    ways = (
        (nodes.nearest[arcs.row], nodes.nearest[arcs.col], nodes.distance[arcs.row] + arcs.data + nodes.distance[arcs.col]),
        (own, nodes.nearest[ends], onto + nodes.distance[ends]),
        along,
    )  # fmt: skip
    start, end, cost = (np.concatenate(column) for column in zip(*ways, strict=True))
    near = (start != end) & (start != NONE) & (end != NONE) & (cost <= most)
    return np.column_stack([start[near], end[near]])
