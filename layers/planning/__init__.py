"""Coverage, siting and hotspots of the county: editions through the door, then the methods of ``geo``.

Here stand the questions and what is answered; ``planning.Planning``, which answers, brings the methods along and is
imported by who needs it.
"""

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
    "HotspotPlan",
    "Proposal",
    "Reach",
    "SitingPlan",
    "Standard",
    "coverage_plan",
    "hotspot_plan",
]
