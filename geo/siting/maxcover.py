"""Where a given number of centres reaches the most people."""

from collections.abc import Callable, Iterable
from math import fsum

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, eye_array, hstack, vstack

from geo.amounts import Indices, Numbers, checked_amounts
from geo.errors import ArgumentError
from geo.nearest import within
from geo.phrases import Phrase, listing, say
from geo.siting.capacitated import capacitated_max_cover
from geo.siting.cover import RELATIVE, Cover, Search, decided, relax
from geo.siting.program import Program, solve
from geo.siting.request import (
    Mask,
    checked_capacity,
    checked_cost,
    checked_fixed,
    checked_sites,
    nearest_open,
)
from geo.siting.result import Budget, Progress, Siting
from geo.siting.second import doubled, evened

ROUNDS = 30
"""Shakes without a better choice before the exact solution starts."""


def max_cover(
    cost: ArrayLike,
    weights: ArrayLike,
    limit: float,
    sites: int,
    *,
    fixed: Iterable[int] = (),
    capacity: ArrayLike | None = None,
    time_limit: float = 60,
    gap: float = 0.0,
    backup: bool = False,
    groups: ArrayLike | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Siting:
    """Open ``sites`` columns so that the weight within ``limit`` of an open one is most (MCLP).

    Greedy and swaps give an answer at once, a Lagrangian relaxation bounds it and decides most columns, HiGHS
    solves the rest exactly. Church & ReVelle (1974).

    Args:
        cost: (rows, candidates), metres or minutes, ``inf`` where there is no way.
        weights: (rows,), people of each row.
        limit: inclusive, in the unit of ``cost``.
        sites: open sites in all, those of ``fixed`` included. That many are opened even where fewer would do.
        fixed: columns that are open already.
        capacity: people each candidate can serve, (candidates,) or one number. A row then goes to one site as a
            whole or is not served, and the rows are dealt out so that the served weight is most.
        time_limit: seconds of wall time.
        gap: stop as soon as the value is proven to be within this share of the best one; 0 proves it.
        backup: among the best choices, the one that covers most weight twice (Hogan & ReVelle 1986).
        groups: (rows,), for example the township of each row. The smallest covered share of a group is made as
            large as possible first, the covered weight second.
        progress: hears of the value and bound, about ten times a second.
        cancel: asked again and again; the best choice so far is returned once it says True.
    Raises:
        CostError, WeightsError, LimitError, SitesError: arguments that do not fit.
        ArgumentError: options that exclude each other.
    """
    table = checked_cost(cost)
    people = checked_amounts(weights, len(table))
    reach = within(table, limit)
    existing = checked_fixed(fixed, table.shape[1])
    count = checked_sites(sites, existing, table.shape[1])
    if (capacity is not None) + backup + (groups is not None) > 1:
        raise ArgumentError("容量、双重覆盖和公平三项只能选一项。")
    budget = Budget(time_limit, progress, cancel)
    if capacity is not None:
        room = checked_capacity(capacity, table.shape[1])
        return capacitated_max_cover(table, reach, people, room, count, existing, budget)
    siting = _cover(table, reach, people, count, existing, budget, gap)
    if backup:
        return doubled(table, reach, people, existing, siting, budget)
    if groups is not None:
        return evened(table, reach, people, np.asarray(groups), existing, siting, budget)
    return siting


def _cover(
    table: Numbers,
    reach: Mask,
    people: Numbers,
    count: int,
    existing: tuple[int, ...],
    budget: Budget,
    gap: float,
) -> Siting:
    """The rows that fixed columns reach are settled; the others and the free columns are the problem."""
    # What an existing centre reaches is covered whatever is added, so it leaves the problem.
    settled = reach[:, list(existing)].any(axis=1)
    free = np.setdiff1d(np.arange(table.shape[1]), existing)
    cover = Cover.of(reach[~settled][:, free], people[~settled], count - len(existing))
    base = float(people[settled].sum())
    if cover.count in (0, len(free)) or not len(cover.weights):
        chosen, bound, method = np.arange(cover.count), None, say("没有选择余地")
    else:
        chosen, bound, method = _solved(cover, base, budget, gap)
    opened = tuple(sorted((*existing, *free[chosen].tolist())))
    assignment = nearest_open(table, opened, reach)
    value = fsum(people[assignment >= 0])
    proven = value if bound is None else max(value, base + bound)
    # People are whole: a bound of 1000.7 is one of 1000, which often proves the value at once.
    if bound is not None and (people == np.floor(people)).all():
        proven = max(value, float(np.floor(proven * (1 + RELATIVE))))
    proven = value if proven <= value * (1 + RELATIVE) else min(proven, fsum(people))
    return Siting(opened, assignment, value, proven, proven == value, method, budget.seconds())


def _solved(cover: Cover, base: float, budget: Budget, gap: float) -> tuple[Indices, float | None, Phrase]:
    """Chosen columns, the bound (None: proven best) and the method."""
    search = Search(cover, base, budget)

    def enough(bound: float) -> bool:
        return bound - search.value <= max(gap * (base + bound), RELATIVE * bound)

    relaxed = relax(cover, search, budget, 0.4, enough)
    if not enough(search.bound):
        search.shake(ROUNDS, 0.5)
    if enough(search.bound):
        proven = search.bound <= search.value * (1 + RELATIVE)
        return search.chosen, None if proven else search.bound, say("贪心、交换与拉格朗日界")
    closed, opened = decided(relaxed, cover.count, search.value)
    chosen, bound = _exact(search, ~closed & ~opened, np.flatnonzero(opened), enough)
    return chosen, bound, listing([say("贪心、交换与拉格朗日界"), say("HiGHS 精确求解")], "，")


def _exact(
    search: Search, undecided: Mask, opened: Indices, enough: Callable[[float], bool]
) -> tuple[Indices, float | None]:
    """Choose among the undecided columns with HiGHS, beginning with the best choice so far."""
    cover, budget = search.cover, search.budget
    settled = cover.times(opened) > 0
    columns = np.flatnonzero(undecided)
    rest = Cover.of(
        cover.matrix[~settled][:, columns].toarray() > 0, cover.weights[~settled], cover.count - len(opened)
    )
    # HiGHS minimises what is missed; the bound of what is covered is the rest of everything that can be.
    most = float(cover.weights[settled].sum() + rest.weights.sum())

    def on_bound(missed: float) -> bool:
        search.bound = min(search.bound, max(most - missed, search.value))
        search.report()
        return search.bound > search.value and enough(search.bound)

    # A start within the undecided columns: the decided ones are the same in every choice as good.
    start = np.isin(columns, search.chosen).astype(np.float64)
    missed = (rest.matrix @ start == 0).astype(np.float64)
    outcome = solve(missed_program(rest), budget, start=np.concatenate([start, missed]), on_bound=on_bound)
    if outcome.x is not None:
        search.keep(np.concatenate([opened, columns[outcome.x[: len(columns)] > 0.5]]))
    if outcome.status != "stopped":
        return search.chosen, None
    on_bound(outcome.bound)
    return search.chosen, search.bound


def missed_program(cover: Cover) -> Program:
    """Minimise the weight that is missed: variables are the columns, then what of each row is missed."""
    rows, columns = cover.matrix.shape
    together = csr_array(np.concatenate([np.ones(columns), np.zeros(rows)])[None, :])
    return Program(
        cost=np.concatenate([np.zeros(columns), cover.weights]),
        lower=np.zeros(columns + rows),
        upper=np.ones(columns + rows),
        whole=np.arange(columns + rows) < columns,
        matrix=csr_array(vstack([hstack([cover.matrix, eye_array(rows)]), together], format="csr")),
        row_lower=np.concatenate([np.ones(rows), [cover.count]]),
        row_upper=np.concatenate([np.full(rows, np.inf), [cover.count]]),
    )
