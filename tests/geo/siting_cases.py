"""Random small siting problems, and the best value found by trying every choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import fsum

import numpy as np
from hypothesis import strategies as st

LIMIT = 5.0


@dataclass(frozen=True)
class Problem:
    cost: np.ndarray
    weights: np.ndarray
    sites: int
    fixed: tuple[int, ...]
    capacity: np.ndarray


@st.composite
def problems(draw, rows: int = 7, columns: int = 6) -> Problem:
    """Few distinct costs, so that ties, equal rows and costs exactly at the limit are common."""
    n, m = draw(st.integers(1, rows)), draw(st.integers(1, columns))
    cell = st.sampled_from([0.0, 1.0, 2.5, 3.0, 4.0, 5.0, 5.5, 7.0, 9.0, np.inf])
    cost = np.array(draw(st.lists(st.lists(cell, min_size=m, max_size=m), min_size=n, max_size=n)))
    weight = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 7.0])
    weights = np.array(draw(st.lists(weight, min_size=n, max_size=n)))
    sites = draw(st.integers(1, m))
    fixed = tuple(draw(st.lists(st.integers(0, m - 1), max_size=sites, unique=True)))
    room = st.sampled_from([0.0, 1.0, 2.0, 3.5, 8.0, np.inf])
    return Problem(cost, weights, sites, fixed, np.array(draw(st.lists(room, min_size=m, max_size=m))))


def choices(problem: Problem, count: int) -> Iterator[tuple[int, ...]]:
    """Every set of ``count`` columns that holds the fixed ones."""
    free = sorted(set(range(problem.cost.shape[1])) - set(problem.fixed))
    for more in combinations(free, count - len(problem.fixed)):
        yield (*problem.fixed, *more)


def sizes(problem: Problem) -> range:
    return range(max(len(problem.fixed), 1), problem.cost.shape[1] + 1)


def reached(problem: Problem, columns: tuple[int, ...]) -> np.ndarray:
    return (problem.cost[:, list(columns)] <= LIMIT).any(axis=1)


def covered_twice(problem: Problem, columns: tuple[int, ...]) -> float:
    """Weight of the rows that two columns or more reach."""
    times = (problem.cost[:, list(columns)] <= LIMIT).sum(axis=1)
    return fsum(problem.weights[times > 1])


def most_covered(problem: Problem) -> float:
    return max(
        fsum(problem.weights[reached(problem, columns)]) for columns in choices(problem, problem.sites)
    )


def fewest(problem: Problem) -> int | None:
    return next(
        (
            k
            for k in sizes(problem)
            if any(reached(problem, columns).all() for columns in choices(problem, k))
        ),
        None,
    )


def ways(problem: Problem, columns: tuple[int, ...]) -> np.ndarray:
    return problem.cost[:, list(columns)].min(axis=1)


def least_sum(problem: Problem) -> float:
    lived = problem.weights > 0
    return min(
        float((problem.weights[lived] * ways(problem, columns)[lived]).sum())
        for columns in choices(problem, problem.sites)
    )


def least_maximum(problem: Problem) -> float:
    return min(float(ways(problem, columns).max()) for columns in choices(problem, problem.sites))


def most_served(problem: Problem, columns: tuple[int, ...], weights: np.ndarray) -> float:
    """Every way of sending each row to one open column within the limit, or nowhere."""
    targets = [
        [-1, *(column for column in columns if problem.cost[row, column] <= LIMIT)]
        for row in range(len(weights))
    ]
    best = 0.0
    for plan in product(*targets):
        goes = np.array(plan)
        loads = [fsum(weights[goes == column]) for column in columns]
        if all(load <= problem.capacity[column] for load, column in zip(loads, columns, strict=True)):
            best = max(best, fsum(weights[goes >= 0]))
    return best


def most_served_by(problem: Problem) -> float:
    return max(most_served(problem, columns, problem.weights) for columns in choices(problem, problem.sites))


def fewest_serving(problem: Problem) -> int | None:
    """Rows count one each."""
    ones = np.ones(len(problem.cost))
    return next(
        (
            k
            for k in sizes(problem)
            if any(most_served(problem, columns, ones) == len(ones) for columns in choices(problem, k))
        ),
        None,
    )
