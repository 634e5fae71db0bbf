"""Round scales, which of them fit, and the plane of the map: metres of the county's zone to millimetres on the page."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyproj import Transformer

from exports.sheets.page import Box, Points
from geo.errors import ScaleError
from geo.phrases import listing

STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5)
"""What a round scale may begin with."""
LEAST, MOST = 200, 5_000_000
MM_PER_M = 1000.0

Bounds = tuple[float, float, float, float]
"""West, south, east, north in metres."""


def round_scales() -> Iterator[int]:
    """Every round N of 1:N, the largest scale first."""
    for power in range(2, 7):
        for step in STEPS:
            scale = round(step * 10**power)
            if LEAST <= scale <= MOST:
                yield scale


def room(box: Box, clear: float) -> tuple[float, float]:
    """Width and height in mm that an area may take within a box."""
    return box.width - 2 * clear, box.height - 2 * clear


def fits(bounds: Bounds, box: Box, clear: float, scale: int) -> bool:
    """Whether an area at 1:scale leaves ``clear`` mm free on every side of a box."""
    width, height = room(box, clear)
    west, south, east, north = bounds
    across, up = (side * MM_PER_M / scale for side in (east - west, north - south))
    return across <= width and up <= height


def best_scale(bounds: Bounds, box: Box, clear: float) -> int:
    """The largest round scale that fits; raises ScaleError when none does."""
    for scale in round_scales():
        if fits(bounds, box, clear, scale):
            return scale
    raise ScaleError("这个范围太大，最小的比例尺 1:{most} 也放不下。", most=MOST)


def chosen_scale(bounds: Bounds, box: Box, clear: float, wanted: int | None) -> int:
    """The scale that was asked for, the best one when none was.

    Raises:
        ScaleError: the area does not fit at that scale; says which do.
    """
    best = best_scale(bounds, box, clear)
    if wanted is None or fits(bounds, box, clear, wanted):
        return wanted or best
    smaller = [scale for scale in round_scales() if scale >= best][:3]
    raise ScaleError(
        "1:{scale} 在这张纸上放不下。放得下的最大比例尺是 1:{best}，也可选 {others}，或换大一号的纸。",
        scale=wanted, best=best, others=listing(f"1:{scale}" for scale in smaller[1:]),
    )  # fmt: skip


@dataclass(frozen=True)
class View:
    """The map's plane. ``box`` is the inner neatline in mm, ``west`` and ``north`` the metres at its top left."""

    box: Box
    scale: int
    west: float
    north: float

    @property
    def mm_per_m(self) -> float:
        return MM_PER_M / self.scale

    @property
    def bounds(self) -> Bounds:
        """Metres at the edges of the box."""
        width, height = self.metres(self.box.width), self.metres(self.box.height)
        return self.west, self.north - height, self.west + width, self.north

    @property
    def middle(self) -> tuple[float, float]:
        """Metres in the middle of the box."""
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    def metres(self, millimetres: float) -> float:
        """How long a length on paper is on the ground."""
        return millimetres * self.scale / MM_PER_M

    def to_mm(self, xy: Any) -> Points:
        """Metres (n, 2), x east and y north, to millimetres on the page."""
        places = np.asarray(xy, dtype=np.float64)
        left, top = self.box.left - self.west * self.mm_per_m, self.box.top + self.north * self.mm_per_m
        return np.column_stack([left + places[:, 0] * self.mm_per_m, top - places[:, 1] * self.mm_per_m])


def view_of(bounds: Bounds, box: Box, scale: int) -> View:
    """The plane with the middle of an area in the middle of the box."""
    west, south, east, north = bounds
    half_width, half_height = box.width / 2 * scale / MM_PER_M, box.height / 2 * scale / MM_PER_M
    return View(box, scale, (west + east) / 2 - half_width, (south + north) / 2 + half_height)


def true_north(crs: str, x: float, y: float) -> float:
    """Degrees clockwise from the top of the page to true north, at a place in metres of ``crs``.

    Top of the page is grid north; west of the central meridian true north leans to the right.
    """
    to_degrees = Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
    lon, lat = to_degrees.transform(x, y)
    # Measured, not by the formula of the convergence: it holds for any zone that the county declares.
    east, north = to_degrees.transform(lon, lat + 0.01, direction="INVERSE")
    return math.degrees(math.atan2(east - x, north - y))


def scale_text(scale: int) -> str:
    """1:200 000, with thin spaces."""
    return "1:" + f"{scale:,}".replace(",", "\u2009")
