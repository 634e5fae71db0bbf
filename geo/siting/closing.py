"""Which open centre is missed least, and who is reached twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Numbers, checked_amounts
from geo.errors import SitesError
from geo.nearest import within
from geo.siting.request import checked_cost, checked_fixed


@dataclass(frozen=True, eq=False)
class Closing:
    """What closing one of the ``open`` columns would cost.

    ``losses`` (open,) is the weight that only this column reaches: it adds up over parts of the rows. ``column`` is
    the one with the smallest loss, of two alike the one that reaches less.
    """

    open: tuple[int, ...]
    losses: Numbers
    column: int


def least_needed(cost: ArrayLike, weights: ArrayLike, limit: float, open: Iterable[int]) -> Closing:
    """The open column whose closing leaves the least weight without one within ``limit`` (inclusive).

    Args:
        cost: (rows, candidates), metres or minutes, ``inf`` where there is no way.
        weights: (rows,), people of each row.
        open: columns that are open now.
    Raises:
        CostError, WeightsError, LimitError, SitesError: arguments that do not fit; nothing is open.
    """
    table = checked_cost(cost)
    people = checked_amounts(weights, len(table))
    columns = checked_fixed(open, table.shape[1])
    if not columns:
        raise SitesError("没有开着的中心，无从比较。")
    reach = within(table[:, list(columns)], limit)
    alone = reach & (reach.sum(axis=1) == 1)[:, None]
    # fsum: exact, so that the order of the rows cannot decide between two centres that are alike.
    losses = np.array([fsum(people[rows]) for rows in alone.T])
    reached = np.array([fsum(people[rows]) for rows in reach.T])
    best = int(np.lexsort((reached, losses))[0])
    return Closing(columns, losses, columns[best])
