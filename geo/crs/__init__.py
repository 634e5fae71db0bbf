"""Coordinate reference systems of Chinese field data: zones, offsets, and what may not be guessed."""

from geo.crs.identify import DISPLAY, STORED, Declared, identify, parse_declared, require_metric
from geo.crs.offsets import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    wgs84_to_gcj02,
)
from geo.crs.scale import MOST_ERROR, better_zone, scale_error
from geo.crs.zones import Zone, matching_zone, zone_at, zone_of

__all__ = [
    "DISPLAY",
    "MOST_ERROR",
    "STORED",
    "Declared",
    "Zone",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "better_zone",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "identify",
    "matching_zone",
    "parse_declared",
    "require_metric",
    "scale_error",
    "wgs84_to_gcj02",
    "zone_at",
    "zone_of",
]
