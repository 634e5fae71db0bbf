"""How true lengths are in a projection at the place where it is used."""

import numpy as np
from pyproj import CRS, Proj

from geo.crs.identify import require_metric
from geo.crs.zones import Zone, zone_at

MOST_ERROR = 0.0015
"""Share of a length. A 3° Gauss–Krüger zone is off by up to 0.035 % within its 1.5° (at the equator), a 6° zone by up to
0.14 % within its 3°, UTM by 0.1 %: each passes where it belongs. One 6° beside its meridian is off by 0.37 % at 35° N."""
STEPS = 5

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def scale_error(crs: str, bounds: Bounds) -> float:
    """By what share of its length a line within bounds is measured wrongly, at worst.

    ``inf`` where the projection has no place for them.

    Raises:
        NotMetricError: ``crs`` is no projection in metres.
    """
    require_metric(crs)
    west, south, east, north = bounds
    lon, lat = np.meshgrid(np.linspace(west, east, STEPS), np.linspace(south, north, STEPS))
    factors = Proj(CRS.from_user_input(crs)).get_factors(lon.ravel(), lat.ravel())
    scales = np.concatenate([factors.meridional_scale, factors.parallel_scale])
    return float(np.abs(scales - 1).max())


def better_zone(crs: str, bounds: Bounds) -> Zone | None:
    """The 3° zone in the middle of the bounds where ``crs`` errs more than ``MOST_ERROR`` and that zone less than ``crs``;
    None where ``crs`` may stay, as in a prefecture too wide for any zone.

    Raises as ``scale_error``.
    """
    error, zone = scale_error(crs, bounds), zone_at((bounds[0] + bounds[2]) / 2)
    if zone is None or error <= MOST_ERROR:
        return None
    return zone if scale_error(f"EPSG:{zone.epsg}", bounds) < error else None
