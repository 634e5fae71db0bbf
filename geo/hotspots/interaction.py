"""Whether events that are near in space are also near in time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from geo.amounts import Numbers
from geo.errors import ValuesError
from geo.hotspots.values import checked_values
from geo.nearest import SLACK, checked_limit, checked_points

PERMUTATIONS = 999


@dataclass(frozen=True)
class Knox:
    """``pairs`` are near in both; ``expected`` is how many that would be if space and time had nothing to do with
    each other. ``p`` is one-sided: as many pairs or more when the times are dealt out by chance."""

    pairs: int
    expected: float
    p: float
    near_in_space: int
    near_in_time: int
    permutations: int


def knox(
    points: ArrayLike,
    times: ArrayLike,
    *,
    space_m: float,
    time: float,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> Knox:
    """Knox's test for interaction of space and time.

    Knox, "The detection of space-time interactions", Applied Statistics 13 (1964).

    Args:
        points: (n, 2) in metres. times: (n,) in the unit of ``time``, such as days.
        space_m, time: largest distance and lag of a near pair, both inclusive.
        permutations: how often the times are shuffled (seeded, repeatable).
    Raises:
        PositionsError, ValuesError, LimitError: arguments that do not fit.
    """
    xy, when = checked_points(points), checked_values(times)
    if len(xy) != len(when):
        raise ValuesError("有 {points} 个点、{times} 个时间，两者要一样多。", points=len(xy), times=len(when))
    most = checked_limit(time) * (1 + SLACK)
    first, second = cKDTree(xy).query_pairs(checked_limit(space_m) * (1 + SLACK), output_type="ndarray").T
    chance = np.random.default_rng(seed)

    def count(order: Numbers) -> int:
        return int((np.abs(order[first] - order[second]) <= most).sum())

    pairs = count(when)
    as_many = sum(count(chance.permutation(when)) >= pairs for _ in range(permutations))
    ordered = np.sort(when)
    near_in_time = int((np.searchsorted(ordered, ordered + most, "right") - np.arange(len(when)) - 1).sum())
    every = max(len(when) * (len(when) - 1) / 2, 1)
    p = (as_many + 1) / (permutations + 1)
    return Knox(pairs, len(first) * near_in_time / every, p, len(first), near_in_time, permutations)
