"""How few centres reach everybody."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geo.amounts import Indices, Numbers, checked_amounts
from geo.errors import InfeasibleError, LimitError
from geo.nearest import within
from geo.phrases import listing, say
from geo.siting.capacitated import capacitated_set_cover
from geo.siting.program import Program, solve
from geo.siting.request import (
    Mask,
    checked_capacity,
    checked_cost,
    checked_fixed,
    merge_rows,
    nearest_open,
    require_reached,
)
from geo.siting.result import Budget, Progress, Siting

ROUNDING = 1e-6
COMPARED = 2_000_000_000
"""Pairs of rows (or columns) times columns (rows) that may be compared to find the dominated ones."""


def set_cover(
    cost: ArrayLike,
    limit: float,
    *,
    fixed: Iterable[int] = (),
    capacity: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    time_limit: float = 60,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Siting:
    """Open the fewest columns so that every row has one within ``limit`` (LSCP).

    Dominated rows and columns are dropped, a greedy cover is the start, HiGHS proves the rest. Toregas, Swain,
    ReVelle & Bergman, "The location of emergency service facilities", Operations Research 19 (1971).

    Args:
        cost: (rows, candidates), metres or minutes, ``inf`` where there is no way.
        limit: inclusive, in the unit of ``cost``.
        fixed: columns that are open already; they count.
        capacity: how much each candidate can serve, (candidates,) or one number, in the unit of ``weights``. Each
            row goes to one site as a whole, not always the nearest.
        weights: (rows,), people of each row, used with ``capacity`` only; 1 for each row when left out.
        time_limit: seconds of wall time.
        progress: hears of the number of sites and the bound, about ten times a second.
        cancel: asked again and again; the best choice so far is returned once it says True.
    Raises:
        InfeasibleError: rows that no candidate reaches, with the smallest limit that would do; too little capacity.
        CostError, WeightsError, LimitError, SitesError: arguments that do not fit.
    """
    table = checked_cost(cost)
    reach = within(table, limit)
    existing = checked_fixed(fixed, table.shape[1])
    people = np.ones(len(table)) if weights is None else checked_amounts(weights, len(table))
    budget = Budget(time_limit, progress, cancel)
    require_reached(table, reach)
    if capacity is not None:
        room = checked_capacity(capacity, table.shape[1])
        return capacitated_set_cover(table, reach, people, room, existing, budget)
    chosen, bound = fewest(reach, existing, budget)
    assignment = nearest_open(table, chosen)
    method = listing([say("贪心"), say("HiGHS 精确求解")], "，")
    count = float(len(chosen))
    return Siting(chosen, assignment, count, bound, bound == count, method, budget.seconds())


def fewest(reach: Mask, existing: tuple[int, ...], budget: Budget) -> tuple[tuple[int, ...], float]:
    """The fewest columns (fixed ones included) that reach every row, and a lower bound of their number."""
    rows, columns = reduced(reach, existing)
    opened = np.asarray(existing, dtype=np.int64)
    if not len(rows):
        return existing, float(len(existing))
    table = reach[np.ix_(rows, columns)]
    guess = greedy_cover(table)
    start = np.zeros(len(columns))
    start[guess] = 1.0
    total = float(len(existing))

    def on_bound(bound: float) -> bool:
        budget.report(total + len(guess), total + bound)
        # The number is whole, so a bound of 6.2 is one of 7; the slack keeps 6.0000001 from becoming 7.
        return bool(np.ceil(bound - ROUNDING) >= len(guess))

    outcome = solve(cover_program(table), budget, start=start, on_bound=on_bound)
    found = guess if outcome.x is None else np.flatnonzero(outcome.x > 0.5)
    best = found if len(found) < len(guess) else guess
    bound = float(len(best))
    if outcome.status != "optimal":
        bound = min(bound, max(np.ceil(outcome.bound - ROUNDING), 1.0))
    return tuple(sorted(np.concatenate([opened, columns[best]]).tolist())), total + bound


def reaching(costs: Numbers, existing: tuple[int, ...], count: int, budget: Budget) -> Indices:
    """At most ``count`` columns, the existing ones included, that give every row a way (a finite cost).

    Raises:
        InfeasibleError: there are none; ``sites`` is how many it takes at least.
        LimitError: the time was too short to find out.
    """
    columns, needed = fewest(np.isfinite(costs), existing, budget)
    if needed > count:
        raise InfeasibleError(
            "{count} 个中心不够：要让每一行都到得了，至少要 {sites} 个。", sites=int(needed), count=count
        )
    if len(columns) > count:
        raise LimitError(
            "在 {limit:g} 秒内没有找到让每一行都到得了的 {count} 个中心，放宽时限。",
            limit=budget.time_limit,
            count=count,
        )
    return np.asarray(columns, dtype=np.int64)


def cover_program(table: Mask, most: int | None = None) -> Program:
    """Minimise the number of columns that reach every row; with ``most`` any such choice of at most so many."""
    rows, columns = table.shape
    lower, upper = np.ones(rows), np.full(rows, np.inf)
    if most is not None:
        table = np.vstack([table, np.ones((1, columns), dtype=bool)])
        lower, upper = np.append(lower, 0.0), np.append(upper, float(most))
    return Program(
        np.ones(columns) if most is None else np.zeros(columns),
        np.zeros(columns),
        np.ones(columns),
        np.ones(columns, dtype=bool),
        csr_array(table, dtype=np.float64),
        lower,
        upper,
    )


def greedy_cover(table: Mask) -> Indices:
    """Columns that reach most of what is left, one after the other, without those that turn out needless."""
    # A product of float32 counts exactly up to 2²⁴ rows and is far quicker than one of booleans.
    amounts = table.astype(np.float32)
    left = np.ones(len(table), dtype=np.float32)
    chosen: list[int] = []
    while left.any():
        chosen.append(int((left @ amounts).argmax()))
        left[table[:, chosen[-1]]] = 0
    # What was taken early may be covered twice by what came later.
    times = table[:, chosen].sum(axis=1)
    for column in tuple(chosen):
        rest = times - table[:, column]
        if rest.all():
            chosen.remove(column)
            times = rest
    return np.sort(np.asarray(chosen, dtype=np.int64))


def reduced(reach: Mask, existing: tuple[int, ...]) -> tuple[Indices, Indices]:
    """Rows and columns that still matter.

    Left out are rows that an existing column reaches or whose reach holds that of another row, and columns that
    reach no more than another one does.
    """
    rows = np.flatnonzero(~reach[:, list(existing)].any(axis=1))
    columns = np.setdiff1d(np.arange(reach.shape[1]), existing)
    table = reach[np.ix_(rows, columns)]
    # Dropping rows makes more columns dominated and the other way round: again until neither finds any.
    while True:
        keep_rows = _minimal(table)
        table, rows = table[keep_rows], rows[keep_rows]
        keep_columns = _minimal(~table.T)
        table, columns = table[:, keep_columns], columns[keep_columns]
        if keep_rows.all() and keep_columns.all():
            return rows, columns


def _minimal(table: Mask) -> Mask:
    """Which rows hold no other row as a subset; of equal ones the first."""
    keep = np.zeros(len(table), dtype=bool)
    if not len(table):
        return keep
    firsts = np.unique(merge_rows(table, np.ones(len(table))).row_of, return_index=True)[1]
    keep[firsts] = True
    if len(firsts) ** 2 * table.shape[1] > COMPARED:
        return keep
    amounts: Numbers = table[firsts].astype(np.float32)
    # Row i holds row j where they have as many columns in common as j has.
    common = amounts @ amounts.T
    size = amounts.sum(axis=1)
    holds = common >= size[None, :] - 0.5
    np.fill_diagonal(holds, False)
    keep[firsts[holds.any(axis=1)]] = False
    return keep
