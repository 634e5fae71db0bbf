"""Hot and cold spots: the local statistics of Getis and Ord, and which of them are significant."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.amounts import Numbers, as_numbers
from geo.errors import LimitError, ValuesError
from geo.hotspots.values import checked_neighbours, checked_values

Note = Literal["", "all-equal", "too-few"]

FEWEST = 30
"""With fewer cells the normal distribution is no fit for the statistic (Ord & Getis 1995)."""
ALPHA = 0.05
EQUAL = 1e-12
"""Relative spread below which all values count as equal."""


@dataclass(frozen=True, eq=False)
class GetisOrd:
    """``z`` (n,) is large where high values gather and small where low ones do; ``p`` (n,) is two-sided.

    ``note`` is "all-equal" when nothing can gather (z is 0) and "too-few" below ``FEWEST`` cells; p is 1 in both
    cases: no significance is claimed. Where z is not defined (an island without itself, or everything is a
    neighbour) it is NaN, and p is 1.
    """

    z: Numbers
    p: Numbers
    note: Note = ""


def getis_ord(values: ArrayLike, weights: Any, *, star: bool = True) -> GetisOrd:
    """Gi* of every cell, or Gi with ``star=False``, as a z-value with its two-sided p.

    Getis & Ord, Geographical Analysis 24 (1992); Ord & Getis, Geographical Analysis 27 (1995). The mean and variance
    under randomisation are analytic; there are no permutations.

    Args:
        values: (n,), one number a cell.
        weights: (n, n) sparse or dense, 1 for a neighbour and 0 else, without the diagonal.
        star: whether a cell counts as its own neighbour.
    Raises:
        ValuesError: NaN, infinite or no values.
        NeighboursError: the matrix does not fit, is not binary, or has a diagonal.
    """
    numbers = checked_values(values)
    matrix = checked_neighbours(weights, len(numbers))
    if np.ptp(numbers) <= EQUAL * np.abs(numbers).max():
        return GetisOrd(np.zeros(len(numbers)), np.ones(len(numbers)), "all-equal")
    z = _star(numbers, matrix) if star else _plain(numbers, matrix)
    few = len(numbers) < FEWEST
    return GetisOrd(z, np.ones(len(z)) if few else two_sided(z), "too-few" if few else "")


def _star(values: Numbers, matrix: Any) -> Numbers:
    count = len(values)
    # Binary weights: their sum and the sum of their squares are the number of neighbours, itself included.
    near = np.diff(matrix.indptr) + 1.0
    # Around the mean first: the sums stay small and nothing is lost by cancellation.
    shifted = values - values.mean()
    spread = shifted.std() * np.sqrt(np.maximum(near * (count - near), 0.0) / (count - 1))
    return _ratio(matrix @ shifted + shifted, spread)


def _plain(values: Numbers, matrix: Any) -> Numbers:
    """The mean and variance are those of the other cells."""
    count = len(values)
    if count < 3:
        return np.full(count, np.nan)
    near = np.diff(matrix.indptr).astype(np.float64)
    shifted = values - values.mean()
    # Gi leaves the cell itself out of mean and variance (Getis & Ord 1992); Gi* does not.
    mean = -shifted / (count - 1)
    variance = ((shifted**2).sum() - shifted**2) / (count - 1) - mean**2
    spread = np.sqrt(np.maximum(variance * near * (count - 1 - near), 0.0) / (count - 2))
    return _ratio(matrix @ shifted - near * mean, spread)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    result = np.full(len(above), np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def two_sided(z: Numbers) -> Numbers:
    """Two-sided p of standard normal values; 1 where there is none."""
    from scipy.special import ndtr

    # Two-sided and analytic: 999 permutations give no p below 0.001, too much for a correction over thousands of cells.
    p: Numbers = np.where(np.isnan(z), 1.0, 2.0 * ndtr(-np.abs(z)))
    return p


def corrected(p: ArrayLike) -> Numbers:
    """Smallest false discovery rate at which each p is still called significant, in the same shape.

    Benjamini & Hochberg, JRSS B 57 (1995), bit for bit as ``scipy.stats.false_discovery_control``, whose package takes
    longer to import than the rest of the question to be answered.

    Raises:
        ValuesError: what is missing or not between 0 and 1.
    """
    values = as_numbers(p, ValuesError)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValuesError("p 值要在 0 与 1 之间，有的不是。")
    order = np.argsort(values, axis=None)
    ranks = np.arange(1, values.size + 1, dtype=float)
    rising = values.ravel()[order] * (values.size / ranks)
    q = np.empty(values.size)
    q[order] = np.clip(np.minimum.accumulate(rising[::-1])[::-1], 0.0, 1.0)
    return q.reshape(values.shape)


@dataclass(frozen=True, eq=False)
class Spots:
    """``side`` (n,) is 1 for a significant hot spot, −1 for a cold one, 0 for neither; it follows the sign of z."""

    z: Numbers
    p: Numbers
    q: Numbers
    side: NDArray[np.int8]
    note: Note


def spots(values: ArrayLike, weights: Any, *, alpha: float = ALPHA) -> Spots:
    """Hot and cold spots by Gi* with the false discovery rate held at ``alpha``; raises as ``getis_ord``."""
    level = checked_alpha(alpha)
    found = getis_ord(values, weights)
    q = corrected(found.p)
    # Neighbourhoods overlap, so the tests are not independent, and q is an approximation.
    side = np.where(q <= level, np.sign(np.nan_to_num(found.z)), 0).astype(np.int8)
    return Spots(found.z, found.p, q, side, found.note)


def checked_alpha(alpha: float) -> float:
    """A level of significance; raises LimitError unless it lies between 0 and 1."""
    if not 0 < alpha < 1:
        raise LimitError("显著性水平“{limit}”不能用：要在 0 与 1 之间，如 0.05。", limit=alpha)
    return float(alpha)
