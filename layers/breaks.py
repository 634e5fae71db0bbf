"""Class limits of graduated styles, worked out once, when an edition is published."""

from collections.abc import Iterable, Sequence
from math import expm1, floor, log1p, log10
from typing import TYPE_CHECKING

import numpy as np

from layers.spec import LayerSpec

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = 800  # values from which natural breaks are worked out; more are thinned to even ranks


def breaks_for(spec: LayerSpec, rows: "pd.DataFrame") -> tuple[float, ...] | None:
    """Inner class limits of a graduated style, lower limit inclusive: natural breaks, rounded to two digits.

    Limits are rounded first and classes counted after, so a printed limit is the limit used. Limits that
    would leave a class empty after rounding are dropped. None for other styles and for given classes.
    """
    style = spec.style
    if style.kind != "graduated" or style.classes or style.field is None:
        return None
    return rounded_breaks(rows[style.field].dropna(), style.breaks)


def rounded_breaks(values: Iterable[float], count: int, *, skewed: bool = False) -> tuple[float, ...]:
    """Inner limits of up to ``count`` classes: natural breaks, rounded to two digits; none leaves a class empty.

    ``skewed``: values from 0 up that crowd near it are classed by their logarithm, log(1 + value).
    """
    ordered = sorted(float(value) for value in values)
    if not ordered:
        return ()
    natural = natural_breaks([log1p(value) for value in ordered] if skewed else ordered, count)
    return _rounded(ordered, (expm1(at) if skewed else at for at in natural))


def quantile_breaks(values: Iterable[float], count: int) -> tuple[float, ...]:
    """Inner limits of up to ``count`` classes of about as many values each, rounded to two digits; none leaves a class
    empty."""
    ordered = sorted(float(value) for value in values)
    if not ordered:
        return ()
    return _rounded(ordered, np.quantile(ordered, np.arange(1, count) / count).tolist())


def _rounded(ordered: Sequence[float], natural: Iterable[float]) -> tuple[float, ...]:
    """Limits rounded to two digits, without those that would leave a class of the sorted values empty."""
    limits: list[float] = []
    for limit in map(round_to_2, natural):
        least = limits[-1] if limits else float("-inf")
        if any(least <= value < limit for value in ordered) and ordered[-1] >= limit:
            limits.append(limit)
    return tuple(limits)


def natural_breaks(values: Sequence[float], count: int) -> list[float]:
    """Limits between ``count`` classes with the least sum of squares within (Fisher), midway in the gaps.

    ``values`` are sorted. More than ``SAMPLE`` different values are thinned to even ranks, ends kept.
    """
    v, weight = np.unique(np.asarray(values, dtype=float), return_counts=True)
    if len(v) > SAMPLE:
        v = np.unique(
            np.quantile(np.asarray(values, dtype=float), np.linspace(0, 1, SAMPLE), method="nearest")
        )
        weight = np.ones(len(v), dtype=np.int64)
    n, count = len(v), min(count, len(v))
    # Sums of squares of large values lose their digits; about the mean they do not.
    centred = v - v.mean()
    w, s, q = (np.concatenate(([0.0], np.cumsum(x))) for x in (weight, weight * centred, weight * centred**2))
    i, j = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = np.where(i < j, (q[j] - q[i]) - (s[j] - s[i]) ** 2 / (w[j] - w[i]), np.inf)
    best, cuts = cost[0], []
    for _ in range(count - 1):
        # Fisher's exact optimum by dynamic programming (1958), not Jenks' exchanges, which stop at the nearest one.
        total = best[:, None] + cost
        cuts.append(total.argmin(axis=0))
        best = total.min(axis=0)
    ends = [n]
    for cut in reversed(cuts):
        ends.append(int(cut[ends[-1]]))
    return [float((v[end - 1] + v[end]) / 2) for end in reversed(ends[1:])]


def round_to_2(value: float) -> float:
    """Rounded to two significant digits: 1234 → 1200, 0.0567 → 0.057."""
    return 0.0 if value == 0 else float(round(value, 1 - floor(log10(abs(value)))))
