"""Where a given number of centres leaves nobody far away."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from geo.amounts import Indices, Numbers
from geo.phrases import listing, say
from geo.siting.program import solve
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
from geo.siting.setcover import cover_program, greedy_cover, reaching, reduced


def p_center(
    cost: ArrayLike,
    sites: int,
    *,
    fixed: Iterable[int] = (),
    time_limit: float = 60,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Siting:
    """Open ``sites`` columns so that the largest cost of a row to its nearest open one is least.

    The answer is one of the costs in the table: a binary search asks, for one after the other, whether ``sites``
    columns cover everything within it. Minieka, "The m-center problem", SIAM Review 12 (1970).

    Args:
        cost: (rows, candidates), metres or minutes, ``inf`` where there is no way.
        sites: open sites in all, those of ``fixed`` included. That many are opened even where fewer would do.
        fixed: columns that are open already.
        time_limit: seconds of wall time.
        progress: hears of the largest cost and its bound.
        cancel: asked again and again; the best choice so far is returned once it says True.
    Raises:
        InfeasibleError: rows without any way, or more sites are needed for everybody to have one.
        CostError, LimitError, SitesError: arguments that do not fit.
    """
    table = checked_cost(cost)
    existing = checked_fixed(fixed, table.shape[1])
    count = checked_sites(sites, existing, table.shape[1])
    budget = Budget(time_limit, progress, cancel)
    require_reached(table, np.isfinite(table))
    rows = merge_rows(table, np.ones(len(table))).table
    search = _Search(rows, existing, count, budget)
    lowest = search.run()
    chosen = _filled(table, search.chosen, count)
    assignment = nearest_open(table, chosen)
    value = float(table[np.arange(len(table)), assignment].max())
    bound = min(value, lowest)
    method = listing([say("贪心"), say("二分查找"), say("HiGHS 精确求解")], "，")
    return Siting(chosen, assignment, value, bound, bound == value, method, budget.seconds())


class _Search:
    """The best columns so far, and which costs are proven to be too small."""

    def __init__(self, rows: Numbers, existing: tuple[int, ...], count: int, budget: Budget) -> None:
        self.rows, self.existing, self.count, self.budget = rows, existing, count, budget
        # Even with everything open the worst row costs this: no smaller cost can be the answer.
        floor = rows.min(axis=1).max()
        costs = np.unique(rows[np.isfinite(rows)])
        self.costs = costs[costs >= floor]
        self.chosen = self._start()
        self.low, self.high = 0, self._place(self.chosen)

    def run(self) -> float:
        """Halve until the answer is proven or time is up; returns the proven lower bound."""
        self._guess()
        while self.low < self.high and not self.budget.over():
            middle = (self.low + self.high) // 2
            answer = self._ask(float(self.costs[middle]))
            if answer is None:
                break
            if len(answer):
                self._take(answer)
            else:
                self.low = middle + 1
            self.budget.report(float(self.costs[self.high]), float(self.costs[self.low]))
        return float(self.costs[self.low])

    def _start(self) -> Indices:
        """Farthest first (Gonzalez 1985), which needs every row within reach; else the fewest that do."""
        chosen = list(self.existing)
        nearest = self.rows[:, chosen].min(axis=1, initial=np.inf)
        # Within twice the best for true distances (Gonzalez 1985); here only a start, so no promise is needed.
        while len(chosen) < self.count:
            # The row that is worst off now, and the column that is nearest to it.
            column = int(self.rows[nearest.argmax()].argmin())
            if column in chosen:
                break
            chosen.append(column)
            nearest = np.minimum(nearest, self.rows[:, column])
        if np.isfinite(nearest).all():
            return np.asarray(chosen, dtype=np.int64)
        return reaching(self.rows, self.existing, self.count, self.budget)

    def _place(self, chosen: Indices) -> int:
        """Where in the costs the largest one of a choice is."""
        return int(np.searchsorted(self.costs, self.rows[:, chosen].min(axis=1).max()))

    def _take(self, columns: Indices) -> None:
        place = self._place(columns)
        if place < self.high:
            self.chosen, self.high = columns, place

    def _guess(self) -> None:
        """Greedy covers halve the costs first: quick, and they bring the answer near."""
        low = 0
        while low < self.high and not self.budget.over():
            middle = (low + self.high) // 2
            columns = self._greedy(self.rows <= self.costs[middle])
            # A greedy cover that is too large proves nothing, so only the upper end is kept from this search.
            if len(columns) <= self.count:
                self._take(columns)
            else:
                low = middle + 1

    def _greedy(self, reach: Mask) -> Indices:
        left = ~reach[:, list(self.existing)].any(axis=1)
        return np.concatenate([np.asarray(self.existing, dtype=np.int64), greedy_cover(reach[left])])

    def _ask(self, limit: float) -> Indices | None:
        """Columns that cover everything within the limit; none of them: there are none. None: time is up."""
        reach = self.rows <= limit
        rows, columns = reduced(reach, self.existing)
        opened = np.asarray(self.existing, dtype=np.int64)
        most = self.count - len(opened)
        table = reach[np.ix_(rows, columns)]
        if not len(rows):
            return opened
        # Rows that share no column need one each: cheaper than a programme, and most refusals end here.
        if most == 0 or _apart(table) > most:
            return opened[:0]
        guess = greedy_cover(table)
        if len(guess) > most:
            outcome = solve(cover_program(table, most), self.budget)
            if outcome.status == "infeasible":
                return opened[:0]
            if outcome.x is None:
                return None
            guess = np.flatnonzero(outcome.x > 0.5)
        return np.concatenate([opened, columns[guess]])


def _apart(table: Mask) -> int:
    """How many rows share no column with each other: as many columns are needed at least."""
    # Rows with few columns first: they forbid the fewest others, so more of them stand apart.
    order = np.argsort(table.sum(axis=1), kind="stable")
    used = np.zeros(table.shape[1], dtype=bool)
    found = 0
    for row in order:
        if not (table[row] & used).any():
            used |= table[row]
            found += 1
    return found


def _filled(table: Numbers, columns: Indices, count: int) -> tuple[int, ...]:
    """With further columns up to the number asked for, each the one that shortens the ways most."""
    chosen = columns.tolist()
    nearest = table[:, chosen].min(axis=1)
    while len(chosen) < count:
        saved = np.maximum(nearest[:, None] - table, 0.0).sum(axis=0)
        saved[chosen] = -1.0
        chosen.append(int(saved.argmax()))
        nearest = np.minimum(nearest, table[:, chosen[-1]])
    return tuple(sorted(chosen))
