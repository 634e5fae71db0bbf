"""Coordinates of a file: whole hundredths of a millimetre, so a path is one string of whole numbers."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from exports.sheets.page import Points
from layers.spec import Symbol
from layers.symbology import SYMBOL_PATHS

UNITS_PER_MM = 100
NEAR_UNITS = 2
"""Points of a path this close together are one: 0.02 mm is a quarter of a pixel at 300 dpi."""
FEW = 8
SHIFT = 2**30

Whole = NDArray[np.int64]
"""(n, 2): x, y in hundredths of a millimetre."""


def units(millimetres: float) -> int:
    return round(millimetres * UNITS_PER_MM)


def number(value: float) -> str:
    """A decimal as short as its five places allow."""
    return f"{value:.5f}".rstrip("0").rstrip(".") or "0"


def rings(paths: Sequence[Points], closed: bool) -> list[list[int]]:
    """x, y, x, y, … of the paths that have a length; of a ring without the repetition of its first point."""
    if not paths:
        return []
    whole = np.rint(np.concatenate(paths) * UNITS_PER_MM).astype(np.int64)
    flats, found, end = whole.ravel().tolist(), [], 0
    for path in paths:
        start, end = end, end + len(path)
        flat = flats[2 * start : 2 * end] if len(path) <= FEW else thinned(whole[start:end]).ravel().tolist()
        if closed and len(flat) > 2 and flat[:2] == flat[-2:]:
            del flat[-2:]
        if len(flat) > 2:
            found.append(flat)
    return found


def thinned(points: Whole) -> Whole:
    """Points in a row that are one, as one. Of those the smallest stays: two neighbours who walk along their common
    edge in opposite directions keep the same."""
    if len(points) <= FEW:
        return points
    cells = points // NEAR_UNITS
    starts = np.flatnonzero(np.concatenate(([True], (cells[1:] != cells[:-1]).any(axis=1))))
    if len(starts) == len(points):
        return points
    keys = (points[:, 0] + SHIFT) * (2 * SHIFT) + points[:, 1] + SHIFT
    kept = np.minimum.reduceat(keys, starts)
    return np.column_stack([kept // (2 * SHIFT), kept % (2 * SHIFT)]) - SHIFT


@lru_cache(maxsize=len(SYMBOL_PATHS))
def symbol_steps(symbol: Symbol) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """A symbol's outline as letters (M, L, C, Z) with their numbers, in its unit box."""
    found = re.findall(r"([MLCZ])([^MLCZ]*)", SYMBOL_PATHS[symbol])
    return tuple((letter, tuple(float(number) for number in numbers.split())) for letter, numbers in found)
