"""Which zoom band a map opens in, by the size of the window: media queries for what a page asks for before its scripts run.

A window for which a panel one line higher decides is in none of them; there the map asks by itself, a little later.
"""

import math
from collections.abc import Iterable, Mapping
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


BESIDE = ((0, 0), (768, 48), (1200, 300), (1360, 664))
"""Least width of a window → what panels beside the map take of it, in px, as in ``layout.css``."""
LEAST_ABOVE, MOST_ABOVE = 156, 220
"""What lies above, below and over the map of a wide window takes between these; on a phone the width decides."""


@lru_cache(maxsize=8)
def media_of(bounds: Box, *, phone: bool) -> Mapping[int, str]:
    """Band → the windows in which west, south, east, north open in it; only bands of usual windows, or of usual phones."""
    windows = PHONES if phone else USUAL
    bands = sorted({band_of(math.floor(_zoom(bounds, window) / STEP) * STEP) for window in windows})
    return MappingProxyType({band: _windows(bounds, band, bands) for band in bands})


def band_of(zoom: float) -> int:
    """The band of a zoom, as ``map/requests.js`` chooses it."""
    return next((band for band in BANDS if band >= zoom - SLACK), BANDS[-1])


def least_zoom(band: int) -> float:
    """Above which zoom a band is chosen; 0 for the first one."""
    at = BANDS.index(band)
    return BANDS[at - 1] + SLACK if at else 0


def _windows(bounds: Box, band: int, bands: list[int]) -> str:
    """Those that are wide and high enough for the band and not for the next one; no narrower ones than usual are asked for."""
    parts = []
    if band != bands[0]:
        parts.append(_from(bounds, least_zoom(band) + STEP + UNSURE, MOST_ABOVE))
    if band != BANDS[-1]:
        parts.append(f"(not ({_from(bounds, band + SLACK + STEP - UNSURE, LEAST_ABOVE)}))")
    return " and ".join(parts)


def _from(bounds: Box, zoom: float, above: int) -> str:
    """Windows in which the map opens at this zoom or a higher one."""
    wide, high = (math.ceil(side * 2**zoom) + MARGIN_PX for side in _sides(bounds))
    widths = [
        f"((min-width:{least}px) and (max-width:{most}px))" if most else f"(min-width:{least}px)"
        for least, most in _widths(wide)
    ]
    wide_enough = widths[0] if len(widths) == 1 else f"({' or '.join(widths)})"
    return f"{wide_enough} and (min-height:{high + above}px)"


def _widths(wide: int) -> list[tuple[int, int | None]]:
    """From which to which width of the window the map is at least so wide."""
    found: list[tuple[int, int | None]] = []
    ends = [least - 1 for least, _ in BESIDE[1:]]
    for (least, beside), most in zip(BESIDE, [*ends, None], strict=True):
        start = max(least, wide + beside)
        if most is not None and start > most:
            continue
        joined = bool(found) and found[-1][1] == start - 1
        found[-1:] = [(found[-1][0], most)] if joined else [*found[-1:], (start, most)]
    return found


def _zoom(bounds: Box, window: tuple[int, int]) -> float:
    """The zoom at which the bounds about fill what is clear of a window."""
    beside = next(px for least, px in reversed(BESIDE) if window[0] >= least)
    clear = (window[0] - beside - MARGIN_PX, window[1] - LEAST_ABOVE - MARGIN_PX)
    return min(math.log2(px / side) for px, side in zip(clear, _sides(bounds), strict=True))


def _sides(bounds: Box) -> Iterable[float]:
    """Width and height in px of the world at zoom 0."""
    west, south, east, north = bounds
    return (east - west) / 360 * WORLD_PX, (_north(north) - _north(south)) * WORLD_PX


def _north(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
