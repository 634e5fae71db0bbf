"""All four models against trying every choice, on random small problems with fixed sites and capacities."""

from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings

from geo.errors import InfeasibleError
from geo.siting import Siting, max_cover, merge_rows, p_center, p_median, set_cover
from tests.geo import siting_cases as brute
from tests.geo.siting_cases import LIMIT, Problem, problems

EXAMPLES = settings(max_examples=120, deadline=None)


def check_open(siting: Siting, problem: Problem, count: int) -> None:
    assert len(siting.chosen) == count
    assert list(siting.chosen) == sorted(set(siting.chosen))
    assert set(problem.fixed) <= set(siting.chosen)
    assert set(siting.assignment.tolist()) <= {*siting.chosen, -1}
    assert siting.optimal
    assert siting.bound == siting.value
    assert siting.gap == 0


@EXAMPLES
@given(problems())
def test_max_cover(problem: Problem) -> None:
    siting = max_cover(problem.cost, problem.weights, LIMIT, problem.sites, fixed=problem.fixed)
    check_open(siting, problem, problem.sites)
    assert siting.value == brute.most_covered(problem)
    assert ((siting.assignment >= 0) == brute.reached(problem, siting.chosen)).all()


@EXAMPLES
@given(problems())
def test_set_cover(problem: Problem) -> None:
    best = brute.fewest(problem)
    if best is None:
        with pytest.raises(InfeasibleError) as caught:
            set_cover(problem.cost, LIMIT, fixed=problem.fixed)
        least = problem.cost.min(axis=1)
        assert caught.value.rows == tuple(np.flatnonzero(least > LIMIT)[: len(caught.value.rows)])
        assert caught.value.limit == (least.max() if np.isfinite(least).all() else None)
        return
    siting = set_cover(problem.cost, LIMIT, fixed=problem.fixed)
    check_open(siting, problem, best)
    assert siting.value == best
    assert (problem.cost[np.arange(len(problem.cost)), siting.assignment] <= LIMIT).all()


@EXAMPLES
@given(problems())
def test_p_median(problem: Problem) -> None:
    best = brute.least_sum(problem)
    if np.isinf(best):
        with pytest.raises(InfeasibleError):
            p_median(problem.cost, problem.weights, problem.sites, fixed=problem.fixed)
        return
    siting = p_median(problem.cost, problem.weights, problem.sites, fixed=problem.fixed)
    check_open(siting, problem, problem.sites)
    assert siting.value == pytest.approx(best, rel=1e-12)


@EXAMPLES
@given(problems())
def test_p_center(problem: Problem) -> None:
    best = brute.least_maximum(problem)
    if np.isinf(best):
        with pytest.raises(InfeasibleError):
            p_center(problem.cost, problem.sites, fixed=problem.fixed)
        return
    siting = p_center(problem.cost, problem.sites, fixed=problem.fixed)
    check_open(siting, problem, problem.sites)
    assert siting.value == best
    assert problem.cost[np.arange(len(problem.cost)), siting.assignment].max() == best


@EXAMPLES
@given(problems(rows=5, columns=4))
def test_max_cover_with_capacity(problem: Problem) -> None:
    siting = max_cover(
        problem.cost,
        problem.weights,
        LIMIT,
        problem.sites,
        fixed=problem.fixed,
        capacity=problem.capacity,
    )
    check_open(siting, problem, problem.sites)
    assert siting.value == brute.most_served_by(problem)
    check_loads(siting, problem, problem.weights)


@EXAMPLES
@given(problems(rows=5, columns=4))
def test_set_cover_with_capacity(problem: Problem) -> None:
    best = brute.fewest_serving(problem)
    if best is None:
        with pytest.raises(InfeasibleError) as caught:
            set_cover(problem.cost, LIMIT, fixed=problem.fixed, capacity=problem.capacity)
        assert caught.value.rows
        return
    siting = set_cover(problem.cost, LIMIT, fixed=problem.fixed, capacity=problem.capacity)
    check_open(siting, problem, best)
    assert siting.value == best
    assert (siting.assignment >= 0).all()
    check_loads(siting, problem, np.ones(len(problem.cost)))


def check_loads(siting: Siting, problem: Problem, weights: np.ndarray) -> None:
    rows = np.flatnonzero(siting.assignment >= 0)
    assert (problem.cost[rows, siting.assignment[rows]] <= LIMIT).all()
    for column in siting.chosen:
        assert fsum(weights[siting.assignment == column]) <= problem.capacity[column]


@EXAMPLES
@given(problems())
def test_backup_is_the_best_of_the_best(problem: Problem) -> None:
    siting = max_cover(problem.cost, problem.weights, LIMIT, problem.sites, fixed=problem.fixed, backup=True)
    best = brute.most_covered(problem)
    assert siting.value == best
    assert siting.optimal
    twice = max(
        brute.covered_twice(problem, columns)
        for columns in brute.choices(problem, problem.sites)
        if fsum(problem.weights[brute.reached(problem, columns)]) == best
    )
    assert brute.covered_twice(problem, siting.chosen) == twice


@EXAMPLES
@given(problems())
def test_equity_lifts_the_worst_group_first(problem: Problem) -> None:
    groups = np.arange(len(problem.weights)) % 3
    siting = max_cover(
        problem.cost, problem.weights, LIMIT, problem.sites, fixed=problem.fixed, groups=groups
    )

    def rank(columns: tuple[int, ...]) -> tuple[float, float]:
        served = problem.weights * brute.reached(problem, columns)
        shares = [
            served[groups == group].sum() / total
            for group in np.unique(groups)
            if (total := problem.weights[groups == group].sum()) > 0
        ]
        return min(shares, default=1.0), served.sum()

    worst, total = max(rank(columns) for columns in brute.choices(problem, problem.sites))
    assert rank(siting.chosen) == (pytest.approx(worst), total)
    assert siting.optimal
    assert siting.value == total


@EXAMPLES
@given(problems())
def test_merged_parts_are_the_whole(problem: Problem) -> None:
    """Rows split in two, merged each, joined and merged again: the same problem."""
    half = len(problem.cost) // 2
    parts = [
        merge_rows(problem.cost[rows], problem.weights[rows]) for rows in (slice(half), slice(half, None))
    ]
    whole = merge_rows(
        np.vstack([part.table for part in parts]), np.concatenate([part.weights for part in parts])
    )
    direct = merge_rows(problem.cost, problem.weights)
    assert whole.table.tolist() == direct.table.tolist()
    assert whole.weights.tolist() == direct.weights.tolist()
    joined = max_cover(whole.table, whole.weights, LIMIT, problem.sites, fixed=problem.fixed)
    assert joined.value == brute.most_covered(problem)
