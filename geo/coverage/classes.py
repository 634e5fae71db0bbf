"""How far those who are not reached are: classes between round limits beyond the one that was asked for."""

import numpy as np

from geo.amounts import Indices, Numbers
from geo.nearest import SLACK, checked_limit, inclusive

ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
STEPS = {1: (0.2, 0.5, 1.0), 2: (0.5, 1.0, 2.0), 3: (0.5, 1.5, 3.0), 5: (1.0, 3.0, 5.0)}
"""Steps of a legend of sizes by the leading digit of its largest."""
NO_WAY = 3
"""Class of those who reach nothing at all."""


def breaks(limit: float) -> tuple[float, float]:
    """Two round limits beyond one: near 4/3 and near twice of it, as 20 and 30 minutes after 15.

    The round numbers lie close enough together that the limit is below the first and the first below the second,
    whatever the limit.

    Raises:
        LimitError.
    """
    within = checked_limit(limit)
    return _round(within * 4 / 3), _round(within * 2)


def classes(ways: Numbers, limits: tuple[float, float]) -> Indices:
    """0 within the first limit, 1 within the second (both inclusive), 2 beyond, ``NO_WAY`` for ``inf``."""
    first, second = (inclusive(limit) for limit in limits)
    beyond = (ways > first).astype(np.int64) + (ways > second)
    return np.where(np.isinf(ways), NO_WAY, beyond)


def sizes(usual: float) -> tuple[float, float, float]:
    """Three round amounts whose circles stand in a legend, the largest near what a place usually holds.

    Raises:
        LimitError: nothing is usual.
    """
    wanted = max(1.0, checked_limit(usual))
    power = 10.0 ** np.floor(np.log10(wanted))
    digit = max(step for step in STEPS if step * power <= wanted * (1 + SLACK))
    first, second, third = (max(1.0, float(np.rint(step * power))) for step in STEPS[digit])
    return first, second, third


def _round(value: float) -> float:
    """The nearest of the round numbers, of two the larger."""
    scale = 10.0 ** np.floor(np.log10(value))
    digits = value / scale
    near = min(ROUND, key=lambda known: (round(abs(known - digits) / SLACK), -known))
    return float(f"{near * scale:.12g}")
