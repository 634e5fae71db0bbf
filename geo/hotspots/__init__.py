"""Where events gather: local statistics, density, trend, and how sure that is."""

from geo.hotspots.density import Density, kernel_density
from geo.hotspots.emerging import CLASSES, Emerging, emerging
from geo.hotspots.getis import FEWEST, GetisOrd, Spots, corrected, getis_ord, spots
from geo.hotspots.neighbours import Neighbours, distance_band, queen
from geo.hotspots.rates import Rates, smoothed_rates
from geo.hotspots.trend import Trend, mann_kendall

__all__ = [
    "CLASSES",
    "FEWEST",
    "Density",
    "Emerging",
    "GetisOrd",
    "Neighbours",
    "Rates",
    "Spots",
    "Trend",
    "corrected",
    "distance_band",
    "emerging",
    "getis_ord",
    "kernel_density",
    "mann_kendall",
    "queen",
    "smoothed_rates",
    "spots",
]
