"""What to prefer beyond the covered weight: cover twice, or the worst-served group first."""

from dataclasses import dataclass, replace
from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array, eye_array

from geo.amounts import Indices, Numbers
from geo.errors import WeightsError
from geo.phrases import Phrase, listing, say
from geo.siting.program import Outcome, Program, solve
from geo.siting.request import Mask, Merged, merge_rows, nearest_open
from geo.siting.result import Budget, Siting

SLACK = 1e-9
"""Relative room for a first objective while the second one is looked for."""
TOLERANCE = 1e-7


def doubled(
    table: Numbers, reach: Mask, people: Numbers, existing: tuple[int, ...], siting: Siting, budget: Budget
) -> Siting:
    """Among the choices that cover as much as ``siting``, the one that covers most weight twice.

    Hogan & ReVelle, "Concepts and applications of backup coverage", Management Science 32 (1986).
    """
    merged = _merged(reach, people)
    outcome = solve(_twice(merged, existing, siting), budget, start=_twice_start(merged, siting))
    # The first objective was held with slack, so what the solver gives is checked before it is taken.
    found = _opened(outcome, reach.shape[1])
    better = siting.chosen
    if len(found) == len(better) and fsum(people[reach[:, found].any(axis=1)]) >= siting.value * (1 - SLACK):
        twice = [float(people[reach[:, list(columns)].sum(axis=1) > 1].sum()) for columns in (found, better)]
        better = found if twice[0] > twice[1] else better
    return _with(
        siting,
        better,
        table,
        reach,
        people,
        budget,
        proven=outcome.status == "optimal",
        then=say("再求双重覆盖最多"),
    )


def evened(
    table: Numbers,
    reach: Mask,
    people: Numbers,
    groups: NDArray[np.generic],
    existing: tuple[int, ...],
    siting: Siting,
    budget: Budget,
) -> Siting:
    """The choice whose worst-served group has the largest covered share, and of these the one that covers most.

    Raises:
        WeightsError: ``groups`` does not give one group a row.
    """
    if groups.shape != people.shape:
        raise WeightsError(
            "分组需要每行一个，共 {count} 个，现在是 {shape}。", count=len(people), shape=groups.shape
        )
    shares = _Shares.of(reach, people, groups, existing, len(siting.chosen))
    first = solve(shares.program(None), budget, start=shares.point(siting.chosen))
    best = max(
        (_opened(first, reach.shape[1]), siting.chosen),
        key=lambda columns: _rank(columns, shares, len(siting.chosen)),
    )
    second = solve(shares.program(shares.worst(best) - SLACK), budget, start=shares.point(best))
    found = _opened(second, reach.shape[1])
    # Lexicographic in two solves: a weighted sum of both would need a weight that nobody can justify.
    if len(found) == len(best) and shares.worst(found) >= shares.worst(best) - TOLERANCE:
        best = max((found, best), key=shares.missed_less)
    proven = first.status == second.status == "optimal"
    evened = _with(siting, best, table, reach, people, budget, proven=True, then=say("先让最差的组最好"))
    if proven:
        return replace(evened, bound=evened.value, optimal=True)
    bound = siting.bound if first.status != "optimal" else min(siting.bound, fsum(people) - second.bound)
    return replace(evened, bound=max(bound, evened.value), optimal=False)


def _rank(columns: tuple[int, ...], shares: "_Shares", count: int) -> tuple[bool, float]:
    return len(columns) == count, shares.worst(columns)


@dataclass(frozen=True, eq=False)
class _Shares:
    """Rows merged by what reaches them and by group; ``share`` (groups, rows) is what a row is of its group."""

    reach: "csr_array"
    weights: Numbers
    share: "csr_array"
    existing: tuple[int, ...]
    count: int

    @classmethod
    def of(
        cls, reach: Mask, people: Numbers, groups: NDArray[np.generic], existing: tuple[int, ...], count: int
    ) -> "_Shares":
        _, group = np.unique(groups, return_inverse=True)
        of_group = group[:, None] == np.arange(group.max() + 1)
        live = people > 0
        merged = merge_rows(np.hstack([reach, of_group])[live], people[live])
        columns = reach.shape[1]
        amounts = merged.table[:, columns:].T * merged.weights
        totals = amounts.sum(axis=1)
        # A group of nobody has no share; left in, 0 ÷ 0 would be the worst of all.
        lived = totals > 0
        share = csr_array(amounts[lived] / totals[lived, None])
        rows = csr_array(merged.table[:, :columns], dtype=np.float64)
        return cls(rows, merged.weights, share, existing, count)

    def _missed(self, columns: tuple[int, ...]) -> Numbers:
        missed: Numbers = (self.reach @ _indicator(columns, self.reach.shape[1]) == 0).astype(np.float64)
        return missed

    def worst(self, columns: tuple[int, ...]) -> float:
        """The smallest covered share of a group."""
        return float(1 - (self.share @ self._missed(columns)).max(initial=0.0))

    def missed_less(self, columns: tuple[int, ...]) -> float:
        return -float(self.weights @ self._missed(columns))

    def point(self, columns: tuple[int, ...]) -> Numbers:
        opened = _indicator(columns, self.reach.shape[1])
        return np.concatenate([opened, self._missed(columns), [self.worst(columns)]])

    def program(self, least: float | None) -> Program:
        """Variables: columns, what of each row is missed, the smallest share. With ``least`` that share is held."""
        rows, columns = self.reach.shape
        groups = self.share.shape[0]
        matrix = block_array(
            [
                [self.reach, eye_array(rows), None],
                [csr_array(np.ones((1, columns))), None, None],
                [None, self.share, csr_array(np.ones((groups, 1)))],
            ],
            format="csr",
        )
        cost = np.zeros(columns + rows + 1)
        lower = np.zeros(columns + rows + 1)
        lower[list(self.existing)] = 1.0
        if least is None:
            cost[-1] = -1.0
        else:
            cost[columns : columns + rows] = self.weights
            lower[-1] = max(least, 0.0)
        return Program(
            cost,
            lower,
            np.ones(columns + rows + 1),
            np.arange(columns + rows + 1) < columns,
            csr_array(matrix),
            np.concatenate([np.ones(rows), [self.count], np.full(groups, -np.inf)]),
            np.concatenate([np.full(rows, np.inf), [self.count], np.ones(groups)]),
        )


def _merged(reach: Mask, people: Numbers) -> Merged:
    useful = reach.any(axis=1) & (people > 0)
    return merge_rows(reach[useful], people[useful])


def _indicator(columns: tuple[int, ...], count: int) -> Numbers:
    opened = np.zeros(count)
    opened[list(columns)] = 1.0
    return opened


def _twice(merged: Merged, existing: tuple[int, ...], siting: Siting) -> Program:
    """Variables: columns, covered once, covered twice. The weight covered once is held."""
    rows, columns = merged.table.shape
    matrix = block_array(
        [
            [csr_array(merged.table, dtype=np.float64), -eye_array(rows), -eye_array(rows)],
            [csr_array(np.ones((1, columns))), None, None],
            [None, csr_array(merged.weights[None, :] / max(siting.value, 1.0)), None],
        ],
        format="csr",
    )
    lower = np.zeros(columns + 2 * rows)
    lower[list(existing)] = 1.0
    # Divided by the value, the row that holds the weight is of size 1, as the solver's tolerance expects.
    held = siting.value / max(siting.value, 1.0) * (1 - SLACK)
    return Program(
        np.concatenate([np.zeros(columns + rows), -merged.weights]),
        lower,
        np.ones(columns + 2 * rows),
        np.arange(columns + 2 * rows) < columns,
        csr_array(matrix),
        np.concatenate([np.zeros(rows), [len(siting.chosen), held]]),
        np.concatenate([np.full(rows, np.inf), [len(siting.chosen), np.inf]]),
    )


def _twice_start(merged: Merged, siting: Siting) -> Numbers:
    opened = _indicator(siting.chosen, merged.table.shape[1])
    times = merged.table @ opened
    return np.concatenate([opened, (times > 0).astype(np.float64), (times > 1).astype(np.float64)])


def _opened(outcome: Outcome, columns: int) -> tuple[int, ...]:
    if outcome.x is None:
        return ()
    return tuple(np.flatnonzero(outcome.x[:columns] > 0.5).tolist())


def _with(
    siting: Siting,
    chosen: tuple[int, ...],
    table: Numbers,
    reach: Mask,
    people: Numbers,
    budget: Budget,
    *,
    proven: bool,
    then: Phrase,
) -> Siting:
    assignment: Indices = nearest_open(table, chosen, reach)
    value = fsum(people[assignment >= 0])
    method = listing([siting.method, then], "，")
    optimal = siting.optimal and proven
    return Siting(chosen, assignment, value, max(siting.bound, value), optimal, method, budget.seconds())
