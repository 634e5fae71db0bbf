"""Whether a series rises or falls: the test of Mann and Kendall."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Numbers
from geo.hotspots.getis import two_sided
from geo.hotspots.values import checked_values


@dataclass(frozen=True, eq=False)
class Trend:
    """One entry a series: the statistic S, its variance, z (positive when rising) and the two-sided p."""

    s: Numbers
    variance: Numbers
    z: Numbers
    p: Numbers


def mann_kendall(series: ArrayLike) -> Trend:
    """Mann–Kendall test of every row, with the correction for ties and for continuity.

    Mann, Econometrica 13 (1945); Kendall, "Rank Correlation Methods" (1975). The normal approximation is good from
    about ten steps on.

    Args:
        series: (n, steps) or one series (steps,).
    Raises:
        ValuesError: NaN, infinite or no values.
    """
    rows = checked_values(np.atleast_2d(np.asarray(series, dtype=np.float64)), 2)
    steps = rows.shape[1]
    s = np.zeros(len(rows))
    for lag in range(1, steps):
        s += np.sign(rows[:, lag:] - rows[:, :-lag]).sum(axis=1)
    # Without the correction for ties a series of zeros and ones would look surer than it is.
    variance = (steps * (steps - 1) * (2 * steps + 5) - _ties(rows)) / 18.0
    z = np.zeros(len(rows))
    # S goes in steps: one towards 0 is the correction for continuity.
    np.divide(s - np.sign(s), np.sqrt(variance), out=z, where=variance > 0)
    return Trend(s, variance, z, two_sided(z))


def _ties(rows: Numbers) -> Numbers:
    """Sum of t(t − 1)(2t + 5) over the groups of t equal values of each row, added up value by value."""
    ordered = np.sort(rows, axis=1)
    run = np.ones(len(rows))
    total = np.zeros(len(rows))
    for step in range(1, rows.shape[1]):
        run = np.where(ordered[:, step] == ordered[:, step - 1], run + 1, 1)
        total += _term(run) - np.where(run > 1, _term(run - 1), 0.0)
    return total


def _term(size: Numbers) -> Numbers:
    return size * (size - 1) * (2 * size + 5)
