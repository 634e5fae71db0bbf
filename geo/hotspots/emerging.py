"""How hot spots come and go: monthly Gi* in space and time, and a class for each area.

The classes are those of Esri's "Emerging Hot Spot Analysis", without its oscillating one: a past as a cold spot
does not matter here.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.amounts import Numbers
from geo.errors import LimitError
from geo.hotspots.getis import ALPHA, EQUAL, FEWEST, Note, checked_alpha, corrected, two_sided
from geo.hotspots.trend import Trend, mann_kendall
from geo.hotspots.values import checked_neighbours, checked_values

CLASSES = (
    "none",
    "new",
    "consecutive",
    "intensifying",
    "persistent",
    "diminishing",
    "sporadic",
    "historical",
)
MOSTLY = 0.9
"""Share of the months that counts as nearly always."""


@dataclass(frozen=True, eq=False)
class Emerging:
    """``classes`` (areas,) are names of ``CLASSES``; z, p, q and ``hot`` are (areas, months).

    ``trend`` is the Mann–Kendall test of each area's z over the months. A month's neighbours are those of the area
    in the same month and in the ``lag`` months before it.
    """

    classes: NDArray[np.str_]
    z: Numbers
    p: Numbers
    q: Numbers
    hot: NDArray[np.bool_]
    trend: Trend
    lag: int
    note: Note


def emerging(
    cube: ArrayLike,
    weights: Any,
    *,
    lag: int = 1,
    alpha: float = ALPHA,
    side: Literal["hot", "cold"] = "hot",
) -> Emerging:
    """Class of every area from its monthly values.

    - new: hot in the last month, never before.
    - consecutive: hot in the last two months or more without a break, never before, in less than 90 % of all.
    - intensifying, diminishing, persistent: hot in the last month and in 90 % of all, and z rises, falls, or neither.
    - sporadic: hot in the last month, and on and off before.
    - historical: not hot in the last month, but in 90 % of all.

    A month is hot where Gi* over the whole cube is significantly high, the false discovery rate over all areas and
    months held at ``alpha``; a trend counts with p ≤ ``alpha``.

    Args:
        cube: (areas, months), counts or rates, the last month last.
        weights: (areas, areas), 1 for a neighbour, without the diagonal.
        lag: how many months before a month count as its neighbours; 0 for none.
        side: "cold" gives the classes of cold spots.
    Raises:
        ValuesError, NeighboursError, LimitError: arguments that do not fit.
    """
    values = checked_values(cube, 2)
    matrix = checked_neighbours(weights, len(values))
    level = checked_alpha(alpha)
    if not 0 <= lag < values.shape[1]:
        raise LimitError("回看 {limit} 个月不能用：要在 0 与月数减 1 之间。", limit=lag)
    note: Note = ""
    if np.ptp(values) <= EQUAL * np.abs(values).max():
        note = "all-equal"
    elif len(values) < FEWEST:
        note = "too-few"
    z = np.zeros(values.shape) if note == "all-equal" else _space_time(values, matrix, lag)
    p = np.ones(z.shape) if note else two_sided(z)
    # One correction over the whole cube: area by area it would forget that thousands of cells are tested.
    q = corrected(p)
    hot = (q <= level) & (z > 0 if side == "hot" else z < 0)
    trend = mann_kendall(np.nan_to_num(z))
    strength = trend.z if side == "hot" else -trend.z
    change = np.where(trend.p <= level, np.sign(strength), 0)
    return Emerging(_classes(hot, change), z, p, q, hot, trend, lag, note)


def _space_time(values: Numbers, matrix: Any, lag: int) -> Numbers:
    """Gi* where a cell is an area in a month."""
    months = values.shape[1]
    shifted = values - values.mean()
    around = matrix @ shifted + shifted
    sums = np.zeros_like(around)
    for back in range(lag + 1):
        # A month looks back, never ahead: what is hot now may not depend on what is not known yet.
        sums[:, back:] += around[:, : months - back]
    # The first months have fewer neighbours behind them; their spread is that of the smaller window.
    times = np.minimum(np.arange(months), lag) + 1.0
    near = (np.diff(matrix.indptr) + 1.0)[:, None] * times
    cells = values.size
    spread = shifted.std() * np.sqrt(np.maximum(near * (cells - near), 0.0) / (cells - 1))
    z = np.full(values.shape, np.nan)
    np.divide(sums, spread, out=z, where=spread > 0)
    return z


def _classes(hot: NDArray[np.bool_], change: Numbers) -> NDArray[np.str_]:
    """``change`` (areas,) is 1, −1 or 0 for a significant rise, fall or neither."""
    months = hot.shape[1]
    times, last = hot.sum(axis=1), hot[:, -1]
    # Length of the last unbroken run: the product of the months from the end turns 0 at the first break.
    run = np.cumprod(hot[:, ::-1], axis=1).sum(axis=1)
    mostly = times >= MOSTLY * months
    return np.select(
        [
            last & (times == 1) & (months > 1),
            last & ~mostly & (run == times),
            last & mostly & (change > 0),
            last & mostly & (change < 0),
            last & mostly,
            last,
            mostly,
        ],
        ["new", "consecutive", "intensifying", "diminishing", "persistent", "sporadic", "historical"],
        default="none",
    )
