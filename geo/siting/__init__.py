"""Where the next centres go: cover everybody, cover most, shortest ways, nobody far away."""

from geo.siting.closing import Closing, least_needed
from geo.siting.maxcover import max_cover
from geo.siting.pcenter import p_center
from geo.siting.pmedian import p_median
from geo.siting.request import Merged, merge_rows
from geo.siting.result import Progress, Siting
from geo.siting.setcover import set_cover

__all__ = [
    "Closing",
    "Merged",
    "Progress",
    "Siting",
    "least_needed",
    "max_cover",
    "merge_rows",
    "p_center",
    "p_median",
    "set_cover",
]
