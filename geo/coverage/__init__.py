"""Who is reached by a service, by how much, and which places that are not lie together."""

from geo.coverage.capacity import Allocation, allocate
from geo.coverage.circles import reached_area
from geo.coverage.classes import breaks, classes, sizes
from geo.coverage.clusters import clusters
from geo.coverage.curves import Curves, curves, join_curves
from geo.coverage.demand import Demand, Services, demand_of, demand_points, service_points, spread_demand
from geo.coverage.measure import ByRoad, Measure, Straight, reach
from geo.coverage.parts import parts
from geo.coverage.tally import Share, Tally, join_tallies, tally

__all__ = [
    "Allocation",
    "ByRoad",
    "Curves",
    "Demand",
    "Measure",
    "Services",
    "Share",
    "Straight",
    "Tally",
    "allocate",
    "breaks",
    "classes",
    "clusters",
    "curves",
    "demand_of",
    "demand_points",
    "join_curves",
    "join_tallies",
    "parts",
    "reach",
    "reached_area",
    "service_points",
    "sizes",
    "spread_demand",
    "tally",
]
