"""Two-step floating catchment areas: supply per head that people can reach.

2SFCA: Luo and Wang, "Measures of spatial accessibility to health care in a GIS environment" (2003).
E2SFCA with zones: Luo and Qi, "An enhanced two-step floating catchment area method" (2009).
E2SFCA with Gaussian decay: Dai, "Black residential segregation, disparities in spatial access to health care
facilities, and late-stage breast cancer diagnosis in metropolitan Detroit" (2010).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Indices, Limbs, Numbers, floats, limbs, totals
from geo.costs import checked_margins, entries
from geo.decays import ZONES, Decay
from geo.errors import ArgumentError
from geo.nearest import SLACK, checked_limit


@dataclass(frozen=True)
class Access:
    """``access`` (n,) is supply per unit of demand at each point, 0 out of reach; ``ratio`` (m,) supply over
    the weighted demand in the catchment of each service, 0 where that is nobody; ``unused`` are the
    services whose catchment holds nobody.
    """

    access: Numbers
    ratio: Numbers
    unused: tuple[int, ...]
    limit: float
    decay: Decay | None


def two_step(
    cost: Any,
    supply: ArrayLike,
    demand: ArrayLike,
    limit: float,
    *,
    decay: Decay | None = None,
    catchments: Limbs | None = None,
) -> Access:
    """Accessibility by 2SFCA, or by E2SFCA when a ``decay`` is given.

    The sum of demand × access is the supply of all services that anyone reaches.

    Args:
        cost: demand × supply in metres or minutes: an array with ``inf``, or a scipy sparse table.
        supply, demand: amounts (m,) and (n,), such as beds and people.
        limit: inclusive, in the unit of ``cost``.
        decay: None weighs all within the limit alike; ``step`` in three zones; ``gaussian`` from 1 at the
            service to 0 at the limit.
        catchments: when ``cost`` and ``demand`` are a part of all: the sum of ``catchment_demand`` over all
            parts. None takes them for the whole.
    Raises:
        CostError, WeightsError, LimitError; ArgumentError for another decay.
    """
    people, places = checked_margins(cost, demand, supply)
    rows, columns, weights = _weighted(cost, limit, decay)
    if catchments is None:
        catchments = _catchments(rows, columns, weights, people, len(places))
    wanted = floats(catchments)
    # A service that nobody reaches has a ratio of 0, not inf: it serves nobody.
    ratio = np.divide(places, wanted, out=np.zeros(len(places)), where=wanted > 0)
    access = np.bincount(rows, weights * ratio[columns], minlength=len(people)).astype(np.float64)
    unused = tuple(np.flatnonzero(wanted <= 0).tolist())
    return Access(access, ratio, unused, float(limit), decay)


def catchment_demand(cost: Any, demand: ArrayLike, limit: float, *, decay: Decay | None = None) -> Limbs:
    """The weighted demand in each catchment, from a part of the demand.

    Returns:
        whole numbers (m, 4) that add up over the parts without rounding: sum them and hand them to
        ``two_step`` with each part.
    Raises:
        as ``two_step``.
    """
    services = np.shape(cost)[-1] if len(np.shape(cost)) == 2 else 0
    people, _ = checked_margins(cost, demand, np.zeros(services))
    rows, columns, weights = _weighted(cost, limit, decay)
    return _catchments(rows, columns, weights, people, services)


def _catchments(rows: Indices, columns: Indices, weights: Numbers, people: Numbers, services: int) -> Limbs:
    return totals(limbs(weights * people[rows]), columns, services)


def _weighted(cost: Any, limit: float, decay: Decay | None) -> tuple[Indices, Indices, Numbers]:
    """Pairs within the limit and how much each one counts; pairs that count nothing are left out."""
    rows, columns, values = entries(cost, checked_limit(limit))
    weights = _decayed(values / limit, decay)
    counts = weights > 0
    return rows[counts], columns[counts], weights[counts]


def _decayed(shares: Numbers, decay: Decay | None) -> Numbers:
    """Weights by distance as a share of the limit, 0 to 1."""
    if decay is None:
        return np.ones(len(shares))
    if decay == "step":
        inner_ends = [end * (1 + SLACK) for end, _ in ZONES[:-1]]
        return np.array([weight for _, weight in ZONES])[np.searchsorted(inner_ends, shares)]
    if decay == "gaussian":
        # Dai's kernel: the bell minus its value at the limit, so that it ends at 0 there and does not jump.
        floor = np.exp(-0.5)
        weights: Numbers = np.maximum((np.exp(-0.5 * shares**2) - floor) / (1 - floor), 0.0)
        return weights
    raise ArgumentError("没有衰减方式“{decay}”，可选 step、gaussian，或不写。", decay=decay)
