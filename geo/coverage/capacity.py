"""Who gets a place when places are limited: nearest first, what is left over is the gap."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Indices, Numbers
from geo.costs import checked_margins, entries
from geo.measure import share
from geo.nearest import ranked


@dataclass(frozen=True)
class Allocation:
    """What each of n points got from each of m services. A point may be split over several services.

    ``point``, ``service`` and ``amount`` list the flows, nearest first; ``served`` (n,) and ``left`` (n,) add
    up to the demand; ``used`` (m,) is at most the capacity.
    """

    point: Indices
    service: Indices
    amount: Numbers
    served: Numbers
    left: Numbers
    used: Numbers

    @property
    def share(self) -> float:
        """Served share of all demand."""
        return float(share(self.served.sum(), self.served.sum() + self.left.sum()))


def allocate(cost: Any, demand: ArrayLike, capacity: ArrayLike, limit: float | None = None) -> Allocation:
    """Give out places by rising distance over all pairs of point and service.

    No one could change places so that a nearer pair would be served instead: with distances as the ranking of
    both sides this is the stable allocation (Baïou and Balinski, "The stable allocation problem", 2002).
    Equal distances go by the row of the point, then of the service. Places couple all points, so this step
    needs the whole table; ``straight_costs`` and ``road_costs`` make it from parts of the demand.

    Args:
        cost: demand × services, as ``entries`` takes it.
        demand, capacity: amounts (n,) and (m,) in the same unit.
        limit: inclusive, in the unit of ``cost``.
    Raises:
        CostError, WeightsError, LimitError.
    """
    wanted, places = checked_margins(cost, demand, capacity)
    rows, columns, values = entries(cost, limit)
    # Sorted by cost, then row, then column: ties fall the same way on every machine.
    order = np.lexsort((columns, rows, ranked(values)))
    # A plain loop over Python floats: each step depends on the one before, and array scalars are slower.
    left, free = wanted.tolist(), places.tolist()
    flows = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        amount = min(left[row], free[column])
        if amount > 0:
            left[row] -= amount
            free[column] -= amount
            flows.append((row, column, amount))
    point, service, given = zip(*flows, strict=True) if flows else ((), (), ())
    remaining = np.asarray(left, dtype=np.float64)
    return Allocation(
        np.array(point, dtype=np.int64),
        np.array(service, dtype=np.int64),
        np.array(given, dtype=np.float64),
        wanted - remaining,
        remaining,
        places - np.asarray(free, dtype=np.float64),
    )
