"""Polygons as small images, all in one pass, so that any box can be asked how much of it lies inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.sheets.labels.name import Numbers, Places

FINEST_MM = 0.25
ACROSS = 88
"""Pixels along the side of an area as wide as high, where they would not be finer than ``FINEST_MM``."""


@dataclass(frozen=True)
class Raster:
    """An image of one polygon. Pixel (row, column) has its middle at ``x[column]``, ``y[row]``; ``inside`` is exact
    for these middles, either way for one on the boundary."""

    x: Numbers
    y: Numbers
    pixel: float
    inside: NDArray[np.bool_]
    sums: Places

    def share(self, width: float, height: float) -> Numbers:
        """For a box of this size about each pixel: the share of its ground within the polygon, 0–1."""
        rows, columns = self.inside.shape
        high, wide = int(height / 2 / self.pixel), int(width / 2 / self.pixel)
        top, bottom = _window(rows, high)
        left, right = _window(columns, wide)
        strips = self.sums[bottom] - self.sums[top]
        counts = strips[:, right] - strips[:, left]
        return counts / ((2 * high + 1) * (2 * wide + 1))


def _window(size: int, reach: int) -> tuple[Places, Places]:
    places = np.arange(size)
    return np.maximum(places - reach, 0), np.minimum(places + reach + 1, size)


def rasters(areas: Sequence[Any], middles: Numbers, frame: tuple[float, float, float, float]) -> list[Raster]:
    """One image per polygon, clipped to the frame (left, top, right, bottom).

    ``middles`` (n, 2) are points that are to be middles of pixels, one a polygon: a name that can stand in the
    middle of its area then stands there exactly.
    """
    bounds = shapely.bounds(np.asarray(areas, dtype=object))
    low = np.maximum(bounds[:, :2], frame[:2])
    high = np.minimum(bounds[:, 2:], frame[2:])
    pixels = np.maximum(FINEST_MM, np.sqrt((high - low).prod(axis=1)) / ACROSS)
    first = np.ceil((low - middles) / pixels[:, None])
    last = np.floor((high - middles) / pixels[:, None])
    counts = np.maximum(0, last - first + 1).astype(int)
    starts = middles + first * pixels[:, None]
    flat, offsets = _filled(areas, starts, pixels, counts)
    made = []
    for index, (columns, rows) in enumerate(counts):
        part = flat[offsets[index] : offsets[index + 1]].reshape(rows, columns + 1)[:, :columns]
        x = starts[index, 0] + np.arange(columns) * pixels[index]
        y = starts[index, 1] + np.arange(rows) * pixels[index]
        made.append(Raster(x, y, float(pixels[index]), part, _sums(part)))
    return made


def _sums(inside: NDArray[np.bool_]) -> Places:
    rows, columns = inside.shape
    sums = np.zeros((rows + 1, columns + 1), np.int64)
    np.cumsum(np.cumsum(inside, axis=0), axis=1, out=sums[1:, 1:])
    return sums


def _filled(areas: Sequence[Any], starts: Numbers, pixels: Numbers, counts: Places) -> tuple[Any, Places]:
    """All images in one row of pixels, a spare column after each line, and where each image begins.

    Even–odd rule: a pixel is inside where the boundary was crossed an odd number of times on the way to it.
    """
    offsets = np.concatenate([[0], np.cumsum(counts[:, 1] * (counts[:, 0] + 1))])
    ends, owner = _edges(areas)
    u, v = ((ends - starts[owner, None, :]) / pixels[owner, None, None]).transpose(2, 0, 1)
    # Half-open in v, so that a vertex between two edges is crossed once and level edges not at all.
    top = np.clip(np.ceil(v.min(axis=1)), 0, counts[owner, 1]).astype(int)
    bottom = np.clip(np.ceil(v.max(axis=1)), 0, counts[owner, 1]).astype(int)
    edge = np.repeat(np.arange(len(owner)), bottom - top)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(bottom - top) - (bottom - top), bottom - top) + top[edge]
    slope = (u[edge, 1] - u[edge, 0]) / (v[edge, 1] - v[edge, 0])
    crossing = u[edge, 0] + (row - v[edge, 0]) * slope
    width = counts[owner[edge], 0]
    column = np.clip(np.floor(crossing) + 1, 0, width).astype(int)
    # The spare column takes what is crossed beyond the image, so that the next line begins even again.
    toggles = np.bincount(offsets[owner[edge]] + row * (width + 1) + column, minlength=offsets[-1])
    return (np.cumsum(toggles) & 1).astype(bool), offsets


def _edges(areas: Sequence[Any]) -> tuple[Numbers, Places]:
    """(n, 2, 2) ends of all edges of all rings, and the polygon that each belongs to."""
    rings, owner = shapely.get_rings(np.asarray(areas, dtype=object), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return np.stack([points[:-1][same], points[1:][same]], axis=1), owner[ring[1:][same]]
