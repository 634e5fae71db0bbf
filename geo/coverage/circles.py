"""Reached areas by radius."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo.errors import NoServicesError
from geo.nearest import checked_limit, checked_points

QUARTER_SEGMENTS = 16
SEGMENTS = 4 * QUARTER_SEGMENTS


def circle_factor(segments: int) -> float:
    """How much larger the radius of a regular polygon must be to have the area of the circle."""
    angle = 2 * np.pi / segments
    return float(np.sqrt(angle / np.sin(angle)))


def reached_area(services: ArrayLike, radius: float) -> Any:
    """Union of the circles around the services.

    Each circle is a polygon of 64 corners with the area of the true circle (the usual inscribed one has
    0.9984 of it); its border is within 0.13 % of the radius. Who is reached is decided by distance, never by
    this shape.

    Args:
        services: coordinates (m, 2) in metres.
        radius: metres.
    Raises:
        NoServicesError, PositionsError, LimitError.
    """
    xy = checked_points(services)
    if not len(xy):
        raise NoServicesError("一个服务点也没有，没有可达范围。先导入服务点，或放宽筛选。")
    # GEOS inscribes its polygon: with the radius as it is, every circle would be 0.16 % too small.
    wide = checked_limit(radius) * circle_factor(SEGMENTS)
    return shapely.union_all(shapely.buffer(shapely.points(xy), wide, quad_segs=QUARTER_SEGMENTS))
