"""Where a given number of centres makes the way of all people together shortest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, vstack

from geo.amounts import Indices, Numbers, checked_amounts
from geo.phrases import Phrase, listing, say
from geo.siting.cover import RELATIVE
from geo.siting.median import Median, Relaxed, Search, decided, greedy, relax
from geo.siting.program import Program, solve
from geo.siting.request import (
    Mask,
    checked_cost,
    checked_fixed,
    checked_sites,
    merge_rows,
    nearest_open,
    require_reached,
)
from geo.siting.result import Budget, Progress, Siting
from geo.siting.setcover import reaching

ROUNDS = 20
"""Shakes without a better choice before the exact solution starts."""
LARGEST = 3_000_000
"""Assignments that are still handed to the exact solution."""


def p_median(
    cost: ArrayLike,
    weights: ArrayLike,
    sites: int,
    *,
    fixed: Iterable[int] = (),
    time_limit: float = 60,
    gap: float = 0.0,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Siting:
    """Open ``sites`` columns so that the sum of weight × cost to the nearest open one is least.

    Greedy and exchanges give an answer at once, a Lagrangian relaxation bounds it and decides most columns and
    assignments, HiGHS solves the rest exactly. ReVelle & Swain, Geographical Analysis 2 (1970).

    Args:
        cost: (rows, candidates), metres or minutes, ``inf`` where there is no way.
        weights: (rows,), people of each row. Rows with weight 0 need no way.
        sites: open sites in all, those of ``fixed`` included.
        fixed: columns that are open already.
        time_limit: seconds of wall time.
        gap: stop as soon as the value is proven to be within this share of the best one; 0 proves it.
        progress: hears of the value and bound, about ten times a second.
        cancel: asked again and again; the best choice so far is returned once it says True.
    Raises:
        InfeasibleError: rows without any way, or more sites are needed for everybody to have one.
        CostError, WeightsError, LimitError, SitesError: arguments that do not fit.
    """
    table = checked_cost(cost)
    people = checked_amounts(weights, len(table))
    existing = checked_fixed(fixed, table.shape[1])
    count = checked_sites(sites, existing, table.shape[1])
    budget = Budget(time_limit, progress, cancel)
    # Nobody times no way is NaN: rows of nobody leave before anything is multiplied.
    lived = people > 0
    require_reached(np.where(lived[:, None], table, 0.0), np.isfinite(table) | ~lived[:, None])
    free = np.setdiff1d(np.arange(table.shape[1]), existing)
    chosen, bound, method = _choose(table[lived], people[lived], existing, free, count, budget, gap)
    opened = tuple(sorted((*existing, *free[chosen].tolist())))
    assignment = nearest_open(table, opened)
    ways = table[np.arange(len(table)), assignment][lived]
    value = fsum(people[lived] * ways)
    proven = value if bound is None or bound >= value * (1 - RELATIVE) else max(bound, 0.0)
    return Siting(opened, assignment, value, proven, proven == value, method, budget.seconds())


def _choose(
    table: Numbers,
    people: Numbers,
    existing: tuple[int, ...],
    free: Indices,
    count: int,
    budget: Budget,
    gap: float,
) -> tuple[Indices, float | None, Phrase]:
    """Free columns to open, the bound (None: proven best) and the method.

    A row is served by a free column at no more than its nearest fixed one costs: so the fixed ones leave the problem.
    """
    left = count - len(existing)
    if left == 0:
        reaching(table, existing, count, budget)
    merged = merge_rows(table, people)
    settled = merged.table[:, list(existing)].min(axis=1, initial=np.inf)
    costs = np.minimum(merged.table[:, free], settled[:, None]) * merged.weights[:, None]
    way = np.isfinite(costs)
    # A row that costs the same whatever is opened is a constant; leaving it in would only blur the bound.
    undecided = (costs != costs[:, :1]).any(axis=1) if left else np.zeros(len(costs), dtype=bool)
    if left in (0, len(free)) or not undecided.any():
        return np.arange(left), None, say("没有选择余地")
    most = float(np.where(way, costs, 0.0).max(axis=1).sum())
    base = float(costs[~undecided, 0].sum())
    # inf · 0 is NaN and inf breaks the solver: no way becomes dearer than all ways of all rows together.
    median = Median(np.where(way, costs, 2 * most + 1.0)[undecided], left)
    start = greedy(median)
    if median.value(start) > most:
        needed = np.setdiff1d(reaching(table, existing, count, budget), existing)
        # The greedy start left somebody without a way: begin from a choice that reaches everybody instead.
        closed = np.setdiff1d(free, needed)[: left - len(needed)]
        start = np.searchsorted(free, np.sort(np.concatenate([needed, closed])))
    return _solved(Search(median, start, base, budget), gap)


def _solved(search: Search, gap: float) -> tuple[Indices, float | None, Phrase]:
    """Chosen columns, the bound (None: proven best) and the method."""

    def enough(bound: float) -> bool:
        return search.value - bound <= max(gap, RELATIVE) * (search.base + search.value)

    method = say("贪心、交换与拉格朗日界")
    relaxed = None if enough(search.bound) else relax(search, 0.4, enough)
    if not enough(search.bound):
        search.shake(ROUNDS, 0.5)
    if relaxed is not None and not enough(search.bound):
        outcome = _exact(search, relaxed, enough)
        method = listing([method, say("HiGHS 精确求解")], "，") if outcome else method
        if outcome == "proven":
            return search.chosen, None, method
    proven = search.value - search.bound <= RELATIVE * (search.base + search.value)
    return search.chosen, None if proven else search.base + search.bound, method


def _exact(search: Search, relaxed: Relaxed, enough: Callable[[float], bool]) -> str:
    """Solve what the relaxation left open with HiGHS; "" where that is too large, else "proven" or "stopped"."""
    median, budget = search.median, search.budget
    closed, opened, opening = decided(relaxed, median.count, search.value)
    columns = relaxed.columns[~closed]
    rest = _Rest.of(median.table[:, columns], relaxed, opened[~closed], opening[~closed], search.value)
    if len(rest.row) > LARGEST:
        return ""

    def on_bound(bound: float) -> bool:
        search.bound = max(search.bound, min(rest.base + bound, search.value))
        search.report()
        return search.bound < search.value and enough(search.bound)

    start = np.isin(columns, search.chosen)
    outcome = solve(rest.program(median.count), budget, start=rest.point(start), on_bound=on_bound)
    if outcome.x is not None:
        # HiGHS returns whole numbers within a tolerance: 0.9999997 is open.
        found = columns[outcome.x[: len(columns)] > 0.5]
        if len(found) == median.count:
            search.keep(found)
    if outcome.status != "stopped":
        return "proven"
    on_bound(outcome.bound)
    return "stopped"


@dataclass(frozen=True, eq=False)
class _Rest:
    """Assignments that a choice as good as the best one can still use: ``row`` to ``column`` at ``extra`` cost.

    ``base`` is what every row costs at least; ``extra`` is counted from there.
    """

    table: Numbers
    opened: Mask
    row: Indices
    column: Indices
    extra: Numbers
    base: float

    @classmethod
    def of(cls, table: Numbers, relaxed: Relaxed, opened: Mask, opening: Numbers, value: float) -> "_Rest":
        """An assignment raises the relaxation by what its column costs to open and by cost above price.

        Beyond an open column nobody is assigned to a farther one.
        """
        dearer = np.maximum(table - relaxed.price[:, None], 0.0) + opening
        # Reduced-cost fixing: an assignment that lifts the bound above the best value is in no better choice.
        useful = relaxed.bound + dearer <= value * (1 + RELATIVE)
        useful &= table <= table[:, opened].min(axis=1, initial=np.inf)[:, None]
        row, column = np.nonzero(useful)
        # Counted from the cheapest way of each row, the objective is small and HiGHS' tolerances mean something.
        least = np.where(useful, table, np.inf).min(axis=1)
        return cls(table, opened, row, column, table[row, column] - least[row], float(least.sum()))

    def program(self, count: int) -> Program:
        """Variables: the columns, then the assignments. Every row is assigned once, to an open column."""
        rows, columns = self.table.shape
        flows = len(self.row)
        flow, total = np.arange(flows), columns + flows
        assigned = csr_array((np.ones(flows), (self.row, columns + flow)), shape=(rows, total))
        linked = csr_array(
            (
                np.repeat([1.0, -1.0], flows),
                (np.tile(flow, 2), np.concatenate([columns + flow, self.column])),
            ),
            shape=(flows, total),
        )
        chosen = csr_array((np.arange(total) < columns).astype(np.float64)[None, :])
        return Program(
            np.concatenate([np.zeros(columns), self.extra]),
            np.concatenate([self.opened.astype(np.float64), np.zeros(flows)]),
            np.ones(total),
            np.arange(total) < columns,
            csr_array(vstack([assigned, linked, chosen], format="csr")),
            np.concatenate([np.ones(rows), np.full(flows, -np.inf), [count]]),
            np.concatenate([np.ones(rows), np.zeros(flows), [count]]),
        )

    def point(self, start: Mask) -> Numbers:
        """A choice as values of the variables."""
        nearest = np.where(start, self.table, np.inf).argmin(axis=1)
        used = self.column == nearest[self.row]
        return np.concatenate([start.astype(np.float64), used.astype(np.float64)])
