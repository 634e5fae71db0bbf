"""Choose columns that cover the most weight: greedy, swaps, and a bound by Lagrangian relaxation.

Church & ReVelle, "The maximal covering location problem", Papers of the RSA 32 (1974); the relaxation of the
covering rows is that of Galvão & ReVelle, EJOR 88 (1996), its multipliers are found by a projected subgradient.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from geo.amounts import Indices, Numbers
from geo.siting.request import Mask, merge_rows
from geo.siting.result import Budget

DEFLECTION = 0.3
"""Weight of the newest subgradient in the direction."""
PATIENCE = 15
"""Steps without progress before the step is shortened."""
SHORTEN = 0.7
STEPS = 2000
OFFERED = 50
"""Every so many steps of the relaxation the columns it would open are improved by swaps."""
SHORTEST = 1e-3
PROGRESS = 1e-3
"""Share of the gap that a step has to close to count as progress."""
RELATIVE = 1e-9
"""What is closer than this is equal."""


@dataclass(eq=False)
class Cover:
    """Choose ``count`` of the columns of a 0/1 matrix (rows, columns) so that the covered ``weights`` are most."""

    matrix: "csr_array"
    weights: Numbers
    count: int
    columns_rows: "csr_array" = field(init=False)

    def __post_init__(self) -> None:
        self.columns_rows = self.matrix.T.tocsr()

    @classmethod
    def of(cls, reach: Mask, weights: Numbers, count: int) -> "Cover":
        """Rows that no column reaches or nobody lives in are dropped, rows that are alike merged."""
        useful = reach.any(axis=1) & (weights > 0)
        merged = merge_rows(reach[useful], weights[useful])
        return cls(csr_array(merged.table, dtype=np.float64), merged.weights, count)

    @property
    def columns(self) -> int:
        return int(self.matrix.shape[1])

    def times(self, chosen: Indices) -> Numbers:
        """How many of the chosen columns reach each row."""
        open_columns = np.zeros(self.columns)
        open_columns[chosen] = 1.0
        counts: Numbers = self.matrix @ open_columns
        return counts

    def value(self, chosen: Indices) -> float:
        return float(self.weights[self.times(chosen) > 0].sum())


def greedy(cover: Cover, start: Indices | None = None) -> Indices:
    """Columns one after the other, each the one that adds most."""
    chosen: list[int] = [] if start is None else start.tolist()
    # Within 1 − 1/e of the best (Nemhauser, Wolsey & Fisher 1978); up to 4 % off in practice, so swaps follow.
    bare = cover.weights * (cover.times(np.asarray(chosen, dtype=np.int64)) == 0)
    while len(chosen) < cover.count:
        gains = cover.columns_rows @ bare
        gains[chosen] = -1.0
        best = int(gains.argmax())
        chosen.append(best)
        rows = cover.columns_rows.indices[slice(*cover.columns_rows.indptr[best : best + 2])]
        bare[rows] = 0.0
    return np.sort(np.asarray(chosen, dtype=np.int64))


def swapped(cover: Cover, chosen: Indices, budget: Budget) -> Indices:
    """Exchange one open column for a closed one as long as that covers more, the best exchange first."""
    chosen = chosen.copy()
    while not budget.over():
        delta = _exchange_gains(cover, chosen)
        out, into = divmod(int(delta.argmax()), cover.columns)
        # A gain of rounding errors alone would swap for ever.
        if not delta[out, into] > RELATIVE * cover.weights.sum():
            break
        chosen[out] = into
    return np.sort(chosen)


def _exchange_gains(cover: Cover, chosen: Indices) -> Numbers:
    """Covered weight won by closing each chosen column and opening each other one, (chosen, columns)."""
    counts = cover.times(chosen)
    position = np.zeros(cover.columns)
    position[chosen] = np.arange(len(chosen))
    # Only rows with a single open column are lost when it closes, unless the new one reaches them too.
    alone = np.flatnonzero(counts == 1)
    owner = (cover.matrix @ position)[alone].astype(np.int64)
    weights = cover.weights[alone]
    shape = (len(chosen), len(counts))
    owned = csr_array((weights, (owner, alone)), shape=shape)
    loss = np.bincount(owner, weights, len(chosen))
    gain = cover.columns_rows @ (cover.weights * (counts == 0))
    delta: Numbers = (owned @ cover.matrix).toarray() + gain - loss[:, None]
    delta[:, chosen] = -np.inf
    return delta


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A proven upper bound and what each column is worth at its multipliers."""

    bound: float
    worth: Numbers


class Search:
    """Best choice so far; other choices are improved by swaps once each."""

    def __init__(self, cover: Cover, base: float, budget: Budget) -> None:
        """``base`` is the weight that is covered whatever is chosen."""
        self.cover, self.base, self.budget = cover, base, budget
        self.chosen = swapped(cover, greedy(cover), budget)
        self.value = cover.value(self.chosen)
        self.bound = float(cover.weights.sum())
        self._seen: set[bytes] = set()

    def offer(self, chosen: Indices) -> bool:
        """Improve a choice by swaps and keep it when it is better."""
        chosen = np.sort(chosen)
        if chosen.tobytes() in self._seen:
            return False
        self._seen.add(chosen.tobytes())
        return self.keep(swapped(self.cover, chosen, self.budget))

    def keep(self, chosen: Indices) -> bool:
        """Keep a choice when it is better."""
        value = self.cover.value(chosen)
        if value <= self.value * (1 + RELATIVE):
            return False
        self.chosen, self.value = np.sort(chosen), value
        return True

    def report(self) -> None:
        self.budget.report(self.base + self.value, self.base + self.bound)

    def shake(self, rounds: int, share: float) -> None:
        """Leave the local optimum: replace some columns by chance, improve again (seeded, repeatable)."""
        # seeded by the size of the problem: the same question gives the same answer on every machine
        chance = np.random.default_rng(len(self.cover.weights))
        since = 0
        while since < rounds and not self.budget.over(share):
            out = chance.permutation(self.chosen)
            keep = out[max(1, round(len(out) * chance.uniform(0.1, 0.4))) :]
            closed = np.setdiff1d(np.arange(self.cover.columns), self.chosen)
            into = chance.permutation(closed)[: len(self.chosen) - len(keep)]
            if len(keep) + len(into) < self.cover.count:
                return
            since = 0 if self.offer(np.concatenate([keep, into])) else since + 1
            self.report()


def relax(
    cover: Cover, search: Search, budget: Budget, share: float, enough: Callable[[float], bool]
) -> Relaxed:
    """The smallest Lagrangian bound that the steps find; choices on the way are offered to ``search``."""
    # A price per covering row, between 0 and its weight; any prices give a valid bound, good ones a tight one.
    price = cover.weights / 2
    pace = cover.weights / cover.weights.mean()
    best = Relaxed(np.inf, np.zeros(cover.columns))
    direction, step, idle = np.zeros(len(price)), 1.0, 0
    for turn in range(STEPS):
        worth = cover.columns_rows @ price
        top = np.argpartition(-worth, cover.count - 1)[: cover.count]
        # With the covering rows priced in, the best choice is simply the columns that are worth most.
        bound = float((cover.weights - price).sum() + worth[top].sum())
        idle = 0 if bound < best.bound - PROGRESS * abs(best.bound - search.value) else idle + 1
        if bound < best.bound:
            best = Relaxed(bound, worth)
            search.bound = min(search.bound, bound)
        if turn % OFFERED == 0:
            search.offer(top)
            search.report()
        slope = cover.times(top) - 1.0
        # Subgradients zigzag; a deflected direction remembers the last ones (Camerini, Fratta & Maffioli 1975).
        direction = slope if turn == 0 else (1 - DEFLECTION) * direction + DEFLECTION * slope
        # Prices at their limits cannot move further out; counted in, they would only shorten the step.
        stuck = ((price <= 0) & (direction > 0)) | ((price >= cover.weights) & (direction < 0))
        move = np.where(stuck, 0.0, direction)
        length = float(move**2 @ pace)
        if length == 0 or step < SHORTEST or enough(best.bound) or budget.over(share):
            break
        if idle >= PATIENCE:
            step, idle = step * SHORTEN, 0
        # Polyak's step: as long as the gap that is left, scaled by the share of it that is believed.
        price = np.clip(price - step * (bound - search.value) / length * pace * move, 0.0, cover.weights)
    search.offer(np.argpartition(-best.worth, cover.count - 1)[: cover.count])
    return best


def decided(relaxed: Relaxed, count: int, value: float) -> tuple[Mask, Mask]:
    """Columns that every choice as good as ``value`` leaves closed, and those that it opens.

    Forcing a column into (out of) the best ``count`` costs the bound the difference in worth to the worst inside
    (the best outside); where that falls below ``value``, the column is decided.
    """
    order = np.argsort(-relaxed.worth, kind="stable")
    inside = relaxed.worth[order[count - 1]]
    outside = relaxed.worth[order[count]] if count < len(order) else -np.inf
    least = value * (1 - RELATIVE)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[:count]] = True
    closed: Mask = ~chosen & (relaxed.bound - (inside - relaxed.worth) < least)
    opened: Mask = chosen & (relaxed.bound - (relaxed.worth - outside) < least)
    return closed, opened
