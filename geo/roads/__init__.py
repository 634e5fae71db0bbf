"""Road network, travel time, and what can be reached along roads."""

from geo.roads.isochrones import isochrones, reached_roads
from geo.roads.network import Network, Part, network
from geo.roads.snapping import CAP_M, Snapped, snap
from geo.roads.speeds import SPEEDS, Mode, Speeds
from geo.roads.ways import Direction, cost_matrix, road_costs, travel

__all__ = [
    "CAP_M",
    "SPEEDS",
    "Direction",
    "Mode",
    "Network",
    "Part",
    "Snapped",
    "Speeds",
    "cost_matrix",
    "isochrones",
    "network",
    "reached_roads",
    "road_costs",
    "snap",
    "travel",
]
