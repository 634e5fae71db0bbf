"""Events per thousand people, steadied where few people live."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Numbers, checked_amounts
from geo.errors import ValuesError
from geo.measure import share

PER = 1000.0


@dataclass(frozen=True, eq=False)
class Rates:
    """Events per ``per`` people. ``raw`` (n,) is NaN where nobody lives, ``smoothed`` (n,) is the mean there."""

    raw: Numbers
    smoothed: Numbers
    mean: float
    per: float


def smoothed_rates(events: ArrayLike, population: ArrayLike, *, per: float = PER) -> Rates:
    """Rates drawn towards the mean of all areas, the more the fewer people an area has (empirical Bayes).

    Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics 40 (1991):
    the global estimator, by moments.

    Args:
        events: (n,) counts.
        population: (n,) people.
    Raises:
        WeightsError: missing or negative events or people.
        ValuesError: nobody lives anywhere.
    """
    people = checked_amounts(population)
    counts = checked_amounts(events, len(people))
    total = people.sum()
    if not total > 0:
        raise ValuesError("所有区域的人口都是 0，算不出发生率。")
    raw = share(counts, people)
    lived = people > 0
    mean = counts[lived].sum() / total
    # By moments; may come out negative, when the areas differ by no more than chance: then all get the mean.
    variance = (people[lived] * (raw[lived] - mean) ** 2).sum() / total - mean * lived.sum() / total
    smoothed = np.full(len(people), mean)
    if variance > 0:
        # The share of an area's own rate: towards 1 with many people, towards 0 with few.
        own = variance / (variance + mean / people[lived])
        smoothed[lived] = mean + own * (raw[lived] - mean)
    return Rates(raw * per, smoothed * per, float(mean * per), per)
