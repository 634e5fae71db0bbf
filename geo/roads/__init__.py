"""Road network, travel time, and what can be reached along roads."""

from geo.roads.isochrones import isochrones, reached_roads
from geo.roads.links import road_links
from geo.roads.network import Network, Part, network
from geo.roads.snapping import CAP_M, Snapped, snap
from geo.roads.speeds import SPEEDS, Mode, Speeds
from geo.roads.water import Water, water_of
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
    "Water",
    "cost_matrix",
    "isochrones",
    "network",
    "reached_roads",
    "road_costs",
    "road_links",
    "snap",
    "travel",
    "water_of",
]
