"""Areas, lengths and shares. Everything is measured in a metric CRS, and only there."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.crs import require_metric

if TYPE_CHECKING:
    import geopandas as gpd

Numbers = NDArray[np.float64]

M2_PER_KM2 = 1_000_000.0
M2_PER_MU = 10_000.0 / 15.0
"""15 亩 are one hectare (1 亩 = 666.67 m²)."""


def area_km2(shapes: "gpd.GeoSeries") -> Numbers:
    """Areas in km², in the plane of the projection.

    Raises:
        NotMetricError, CrsMissingError: ``shapes`` are not in a metric CRS.
    """
    return _area_m2(shapes) / M2_PER_KM2


def area_mu(shapes: "gpd.GeoSeries") -> Numbers:
    """Areas in 亩, in the plane of the projection; raises as ``area_km2``."""
    return _area_m2(shapes) / M2_PER_MU


def share(numerator: ArrayLike, denominator: ArrayLike) -> Numbers:
    """Shares between 0 and 1; NaN where the denominator is 0 or missing."""
    above, below = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    result = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def _area_m2(shapes: "gpd.GeoSeries") -> Numbers:
    require_metric(shapes.crs)
    return np.asarray(shapes.area, dtype=np.float64)
