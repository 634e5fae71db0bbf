"""Choose columns so that the weighted sum to the nearest one is least: greedy, exchanges and a Lagrangian bound.

Teitz & Bart, Operations Research 16 (1968), exchanges as in Whitaker, INFOR 21 (1983); the relaxation of the
assignment rows is that of Cornuéjols, Fisher & Nemhauser, Management Science 23 (1977).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geo.amounts import Indices, Numbers
from geo.siting.cover import DEFLECTION, PATIENCE, PROGRESS, RELATIVE, SHORTEN, SHORTEST, STEPS
from geo.siting.request import Mask
from geo.siting.result import Budget

OFFERED = 25
"""Every so many steps of the relaxation the columns it would open are improved by exchanges."""


@dataclass(frozen=True, eq=False)
class Median:
    """Weighted costs (rows, columns), finite; ``count`` columns are to be chosen.

    What cannot be reached costs more than any choice that reaches everybody.
    """

    table: Numbers
    count: int

    def value(self, chosen: Indices) -> float:
        return float(self.table[:, chosen].min(axis=1).sum())


def greedy(median: Median) -> Indices:
    """Columns one after the other, each the one that lowers the sum most."""
    nearest = np.full(len(median.table), median.table.max())
    chosen: list[int] = []
    while len(chosen) < median.count:
        sums = np.minimum(median.table, nearest[:, None]).sum(axis=0)
        sums[chosen] = np.inf
        chosen.append(int(sums.argmin()))
        nearest = np.minimum(nearest, median.table[:, chosen[-1]])
    return np.sort(np.asarray(chosen, dtype=np.int64))


def exchanged(median: Median, chosen: Indices, budget: Budget) -> Indices:
    """Exchange one open column for a closed one as long as that lowers the sum, the best exchange first."""
    chosen = chosen.copy()
    value = median.value(chosen)
    while not budget.over():
        change = _exchange_costs(median, chosen)
        out, into = divmod(int(change.argmin()), median.table.shape[1])
        if not change[out, into] < -RELATIVE * value:
            break
        chosen[out] = into
        value = median.value(chosen)
    return np.sort(chosen)


def _exchange_costs(median: Median, chosen: Indices) -> Numbers:
    """Change of the sum by closing each chosen column and opening each other one, (chosen, columns)."""
    open_costs = median.table[:, chosen]
    order = np.argsort(open_costs, axis=1, kind="stable")[:, :2]
    every = np.arange(len(open_costs))
    first = open_costs[every, order[:, 0]]
    second = open_costs[every, order[:, -1]] if len(chosen) > 1 else np.full(len(first), np.inf)
    by_owner = np.argsort(order[:, 0], kind="stable")
    owners, starts = np.unique(order[by_owner, 0], return_index=True)
    table, first, second = median.table[by_owner], first[by_owner, None], second[by_owner, None]
    # Whitaker's trick: with first and second nearest known, all exchanges are evaluated in one pass.
    stays = np.minimum(table, first) - first
    loses = np.minimum(np.maximum(table, first), second) - first
    change = np.tile(stays.sum(axis=0), (len(chosen), 1))
    # Sorted by owner, so that reduceat sums each owner's rows; owners without rows change nothing.
    change[owners] += np.add.reduceat(loses, starts, axis=0)
    change[:, chosen] = np.inf
    return change


class Search:
    """Best choice so far; other choices are improved by exchanges once each."""

    def __init__(self, median: Median, start: Indices, base: float, budget: Budget) -> None:
        """``base`` is what the other rows cost whatever is chosen."""
        self.median, self.base, self.budget = median, base, budget
        self.chosen, self.value = start, median.value(start)
        self.bound = float(median.table.min(axis=1).sum())
        self._seen: set[bytes] = set()
        self.offer(start)

    def offer(self, chosen: Indices) -> bool:
        chosen = np.sort(chosen)
        if chosen.tobytes() in self._seen:
            return False
        self._seen.add(chosen.tobytes())
        improved = exchanged(self.median, chosen, self.budget)
        self._seen.add(improved.tobytes())
        return self.keep(improved)

    def keep(self, chosen: Indices) -> bool:
        """Keep a choice when it is better."""
        value = self.median.value(chosen)
        if value >= self.value * (1 - RELATIVE):
            return False
        self.chosen, self.value = np.sort(chosen), value
        return True

    def report(self) -> None:
        self.budget.report(self.base + self.value, self.base + self.bound)

    def shake(self, rounds: int, share: float) -> None:
        """Leave the local optimum: replace some columns by chance, improve again (seeded, repeatable)."""
        columns = self.median.table.shape[1]
        chance = np.random.default_rng(columns)
        since = 0
        while since < rounds and not self.budget.over(share):
            out = chance.permutation(self.chosen)
            closed = chance.permutation(np.setdiff1d(np.arange(columns), self.chosen))
            many = min(max(1, round(len(out) * chance.uniform(0.1, 0.4))), len(closed))
            since = 0 if self.offer(np.concatenate([out[many:], closed[:many]])) else since + 1
            self.report()


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A proven lower bound, the price of serving each row there, and what each of the ``columns`` saves (≤ 0).

    Other columns are closed in every choice as good as the best one.
    """

    bound: float
    price: Numbers
    columns: Indices
    saving: Numbers


def relax(search: Search, share: float, enough: Callable[[float], bool]) -> Relaxed:
    """The largest Lagrangian bound that the steps find, begun from the best choice so far.

    The price of a row rises while no column takes it and falls while several do, the more the heavier it is. Every
    ``OFFERED`` steps columns that cannot be open any more are left out.
    """
    table, count, budget = search.median.table, search.median.count, search.budget
    columns = np.arange(table.shape[1])
    # Good first prices: between what a row pays now and what it would pay if its centre closed.
    two = np.sort(table[:, search.chosen], axis=1)[:, :2]
    price = best_price = two.mean(axis=1)
    pace = np.maximum(table.min(axis=1), price)
    pace = pace / pace.mean() if pace.any() else np.ones_like(pace)
    best = Relaxed(-np.inf, price, columns, np.zeros(len(columns)))
    direction, step, idle = np.zeros(len(table)), 1.0, 0
    for turn in range(STEPS):
        saving = np.minimum(table - price[:, None], 0.0).sum(axis=0)
        top = np.argpartition(saving, count - 1)[:count]
        bound = float(price.sum() + saving[top].sum())
        idle = 0 if bound > best.bound + PROGRESS * abs(search.value - best.bound) else idle + 1
        if bound > best.bound:
            best, best_price = Relaxed(bound, price, columns, saving), price
            search.bound = max(search.bound, bound)
        if turn % OFFERED == 0:
            search.offer(columns[top])
            search.report()
        slope = 1.0 - (table[:, top] < price[:, None]).sum(axis=1)
        length = float(slope**2 @ pace)
        if length == 0 or step < SHORTEST or enough(best.bound) or budget.over(share):
            break
        if idle >= PATIENCE:
            # Start again from the best prices: an ascent that lost its way does not come back by shorter steps alone.
            step, idle, price = step * SHORTEN, 0, best_price
        direction = slope if turn == 0 else (1 - DEFLECTION) * direction + DEFLECTION * slope
        price = price + step * (search.value - bound) / length * pace * direction
        if turn % OFFERED == OFFERED - 1:
            stay = ~decided(best, count, search.value)[0]
            if len(best.columns) == len(columns) and not stay.all():
                table, columns = table[:, stay], columns[stay]
                best = Relaxed(best.bound, best.price, columns, best.saving[stay])
    search.offer(best.columns[np.argpartition(best.saving, count - 1)[:count]])
    return best


def decided(relaxed: Relaxed, count: int, value: float) -> tuple[Mask, Mask, Numbers]:
    """Columns that every choice as good as ``value`` leaves closed, those it opens, and the cost of opening each.

    Opening (closing) a column against the relaxation raises the bound by the difference in saving to the worst of
    the best ``count`` (the best of the others); where that exceeds ``value``, the column is decided.
    """
    order = np.argsort(relaxed.saving, kind="stable")
    inside = relaxed.saving[order[count - 1]]
    outside = relaxed.saving[order[count]] if count < len(order) else np.inf
    most = value * (1 + RELATIVE)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[:count]] = True
    opening = np.where(chosen, 0.0, relaxed.saving - inside)
    closed: Mask = relaxed.bound + opening > most
    opened: Mask = chosen & (relaxed.bound + outside - relaxed.saving > most)
    return closed, opened, opening
