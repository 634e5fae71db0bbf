"""Coverage, siting and hotspots of the county: editions through the door, then the methods of ``geo``."""

from layers.planning.hotspots import DensityMap, Hotspots
from layers.planning.planning import Planning
from layers.planning.plans import (
    Candidate,
    CoveragePlan,
    HotspotPlan,
    SitingPlan,
    coverage_plan,
    hotspot_plan,
)
from layers.planning.proposals import Proposal
from layers.planning.results import Coverage, Reach
from layers.planning.standards import Standard

__all__ = [
    "Candidate",
    "Coverage",
    "CoveragePlan",
    "DensityMap",
    "HotspotPlan",
    "Hotspots",
    "Planning",
    "Proposal",
    "Reach",
    "SitingPlan",
    "Standard",
    "coverage_plan",
    "hotspot_plan",
]
