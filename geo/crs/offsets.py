"""GCJ-02 and BD-09, the shifted systems of Chinese web maps, to and from WGS84; vectorised.

The forward formulas are the published reverse-engineered ones; no official text exists. The way back is a
fixed-point iteration on the forward formula, so a round trip closes to better than a millimetre.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
BAIDU_PI = np.pi * 3000.0 / 180.0
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""The box inside which the shift is applied."""
CLOSE_ENOUGH_DEG = 1e-11
ROUNDS = 30


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """WGS84 degrees as GCJ-02 degrees; points outside the box around China stay as they are."""
    x, y = _pair(lon, lat)
    east, north = x - 105.0, y - 35.0
    d_lat = _shift_lat(east, north)
    d_lon = _shift_lon(east, north)
    sine = np.sin(np.radians(y))
    magic = 1 - ECCENTRICITY_SQUARED * sine * sine
    meridian_m = AXIS_M * (1 - ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))
    parallel_m = AXIS_M / np.sqrt(magic) * np.cos(np.radians(y))
    # The published code knows no border: it shifts all of this box and nothing outside.
    inside = (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)
    shifted_lon = np.where(inside, x + np.degrees(d_lon / parallel_m), x)
    return shifted_lon, np.where(inside, y + np.degrees(d_lat / meridian_m), y)


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """GCJ-02 degrees as WGS84 degrees."""
    return _inverse(wgs84_to_gcj02, *_pair(lon, lat))


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """GCJ-02 degrees as BD-09 degrees."""
    x, y = _pair(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * BAIDU_PI)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * BAIDU_PI)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """BD-09 degrees as GCJ-02 degrees."""
    return _inverse(gcj02_to_bd09, *_pair(lon, lat))


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """BD-09 degrees as WGS84 degrees."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _pair(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def _inverse(forward: Callable[[ArrayLike, ArrayLike], Pair], lon: Degrees, lat: Degrees) -> Pair:
    # Over a small step the shift changes by a few per cent of it at most, so adding what is missed contracts fast.
    x, y = lon, lat
    for _ in range(ROUNDS):
        there_lon, there_lat = forward(x, y)
        miss_lon, miss_lat = lon - there_lon, lat - there_lat
        x, y = x + miss_lon, y + miss_lat
        if np.nanmax(np.abs([miss_lon, miss_lat]), initial=0.0) < CLOSE_ENOUGH_DEG:
            break
    return x, y


def _shift_lat(x: Degrees, y: Degrees) -> Degrees:
    pi = np.pi
    shift = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    shift = shift + (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    shift = shift + (20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    return np.asarray(shift + (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3)


def _shift_lon(x: Degrees, y: Degrees) -> Degrees:
    pi = np.pi
    shift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    shift = shift + (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    shift = shift + (20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    return np.asarray(shift + (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3)
