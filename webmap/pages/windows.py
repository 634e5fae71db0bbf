"""Which zoom band a map opens in, by the size of the window: media queries for what a page asks for before its scripts run.

A window for which a panel one line higher decides is in none of them; there the map asks by itself, a little later.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from layers.bands import BANDS

Box = tuple[float, ...]
SLACK = 0.4
"""A band may be enlarged this far, as in ``map/requests.js``."""
STEP = 0.1
"""Between zooms of the map."""
UNSURE = 0.06
"""Zooms on either side of the next band that are left to the map."""
WORLD_PX = 256
MARGIN_PX = 20
PHONES = ((360, 640), (430, 932))
USUAL = (*PHONES, (1024, 768), (1366, 768), (1440, 900), (1920, 1080), (2560, 1440))
"""Windows whose bands are asked for early."""


@dataclass(frozen=True)
class Layout:
    """What panels beside and over the map take of windows from ``least`` to ``most`` px of width."""

    least: int
    most: int | None
    width: int
    height: int


LAYOUTS = (
    Layout(0, 767, 0, 0),  # a phone: the width alone decides
    Layout(768, 1199, 48, 156),
    Layout(1200, 1359, 300, 206),
    Layout(1360, None, 664, 206),
)


@lru_cache(maxsize=8)
def media_of(bounds: Box, *, phone: bool) -> Mapping[int, str]:
    """Band → the windows in which west, south, east, north open in it; only bands of usual windows, or of usual phones."""
    windows = PHONES if phone else USUAL
    bands = sorted({band_of(math.floor(_zoom(bounds, window) / STEP) * STEP) for window in windows})
    return MappingProxyType({band: _windows(bounds, band) for band in bands})


def band_of(zoom: float) -> int:
    """The band of a zoom, as ``map/requests.js`` chooses it."""
    return next((band for band in BANDS if band >= zoom - SLACK), BANDS[-1])


def _windows(bounds: Box, band: int) -> str:
    place = BANDS.index(band)
    lower = _from(bounds, BANDS[place - 1] + SLACK + STEP + UNSURE) if place else ""
    upper = _from(bounds, band + SLACK + STEP - UNSURE) if band != BANDS[-1] else ""
    return " and ".join([*([f"({lower})"] if lower else []), *([f"(not ({upper}))"] if upper else [])])


def _from(bounds: Box, zoom: float) -> str:
    """Windows in which the map opens at this zoom or a higher one."""
    wide, high = (math.ceil(side * 2**zoom) + MARGIN_PX for side in _sides(bounds))
    return " or ".join(
        f"((min-width:{max(layout.least, wide + layout.width)}px) and (min-height:{high + layout.height}px)"
        + (f" and (max-width:{layout.most}px))" if layout.most else ")")
        for layout in LAYOUTS
        if layout.most is None or wide + layout.width <= layout.most
    )


def _zoom(bounds: Box, window: tuple[int, int]) -> float:
    """The zoom at which the bounds just fill what is clear of a window."""
    layout = next(one for one in reversed(LAYOUTS) if window[0] >= one.least)
    clear = (window[0] - layout.width - MARGIN_PX, window[1] - layout.height - MARGIN_PX)
    return min(math.log2(px / side) for px, side in zip(clear, _sides(bounds), strict=True))


def _sides(bounds: Box) -> Iterable[float]:
    """Width and height in px of the world at zoom 0."""
    west, south, east, north = bounds
    return (east - west) / 360 * WORLD_PX, (_north(north) - _north(south)) * WORLD_PX


def _north(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
