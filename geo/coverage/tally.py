"""Coverage by area as numerators that add up: tallies of parts of the demand join to the tally of the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.amounts import LIMBS, Indices, Limbs, Numbers, floats, limbs, totals
from geo.coverage.demand import Demand, Texts
from geo.errors import ArgumentError
from geo.measure import share
from geo.nearest import NONE, Nearest, Unit

TOTAL, LOST, MOMENT, SECOND_LOST, SECOND_MOMENT, FIXED = range(6)
"""Columns of the sums; the covered amount of each limit follows."""


@dataclass(frozen=True)
class Votes:
    """How much of an area has which service nearest: rows of (area, service), amount and number of points."""

    area: Indices
    service: Indices
    amount: Limbs
    points: Indices


@dataclass(frozen=True)
class Share:
    """A share with its numerator and denominator; NaN of nobody."""

    covered: float
    total: float

    @property
    def value(self) -> float:
        return float(share(self.covered, self.total))


@dataclass(frozen=True)
class Tally:
    """Sums by area (k of them) for several limits at once; everything in it is a sum, minimum or maximum."""

    codes: Texts
    limits: tuple[float, ...]
    unit: Unit
    sums: Limbs
    points: Indices
    least: Numbers
    farthest: Numbers
    second_least: Numbers
    nearest: Votes
    second: Votes

    def total(self, limit: float) -> Share:
        """Covered and total amount of all areas within one of the limits."""
        whole = floats(self.sums.sum(axis=0))
        return Share(float(whole[self._column(limit)]), float(whole[TOTAL]))

    def table(self, limit: float, level: int | None = None) -> "pd.DataFrame":
        """One row an area, in the order of the codes.

        Args:
            limit: one of ``limits``.
            level: digits of the code to roll up to (grid 15, village 12, township 9, county 6); None keeps
                the areas of the demand.
        Returns:
            ``code, points, demand, covered, share, nearest, distance, second, second_distance, least,
            farthest``. ``nearest`` is the row of the service that most of the demand has nearest, ``distance``
            the mean over the demand, ``inf`` as soon as some of it reaches no service at all; ``least`` and
            ``farthest`` are those of its points. Where the demand is 0, ``distance`` is ``least``, and
            ``second_distance`` the least of its points too.
        """
        rolled = self if level is None else self._rolled(level)
        sums = floats(rolled.sums)
        demand, covered = sums[:, TOTAL], sums[:, rolled._column(limit)]
        columns = {
            "code": rolled.codes,
            "points": rolled.points,
            "demand": demand,
            "covered": covered,
            "share": share(covered, demand),
            "nearest": _winners(rolled.nearest, len(rolled.codes)),
            "distance": _means(sums, LOST, MOMENT, rolled.least),
            "second": _winners(rolled.second, len(rolled.codes)),
            "second_distance": _means(sums, SECOND_LOST, SECOND_MOMENT, rolled.second_least),
            "least": rolled.least,
            "farthest": rolled.farthest,
        }
        return pd.DataFrame(columns)

    def _column(self, limit: float) -> int:
        if limit not in self.limits:
            raise ArgumentError("没有按 {limit} 统计过，只有 {limits}。", limit=limit, limits=self.limits)
        return FIXED + self.limits.index(limit)

    def _rolled(self, level: int) -> "Tally":
        codes, group = np.unique(self.codes.astype(f"<U{level}"), return_inverse=True)
        return _regrouped([self], codes, [group])


def tally(demand: Demand, nearest: Nearest, limits: Sequence[float]) -> Tally:
    """Sum up what is covered by area within each limit (inclusive).

    Raises:
        LimitError; ArgumentError when ``nearest`` was made for other points.
    """
    if len(nearest.distance) != len(demand.xy):
        raise ArgumentError(
            "{points} 个点，{rows} 行距离：不是同一批点。", points=len(demand.xy), rows=len(nearest.distance)
        )
    areas, weights = len(demand.codes), limbs(demand.weights)
    columns = (totals(column, demand.area, areas) for column in _columns(demand, weights, nearest, limits))
    sums = np.stack(list(columns), axis=1)
    least, farthest = np.full(areas, np.inf), np.full(areas, -np.inf)
    # Unlike fancy assignment, `.at` takes every row of an area, not the last one alone.
    np.minimum.at(least, demand.area, nearest.distance)
    np.maximum.at(farthest, demand.area, nearest.distance)
    second_least = np.full(areas, np.inf)
    if nearest.second_distance is not None:
        np.minimum.at(second_least, demand.area, nearest.second_distance)
    return Tally(
        demand.codes,
        tuple(float(limit) for limit in limits),
        nearest.unit,
        sums,
        np.bincount(demand.area, minlength=areas),
        least,
        farthest,
        second_least,
        _votes(demand.area, nearest.nearest, weights),
        _votes(demand.area, nearest.second, weights),
    )


def join_tallies(parts: Sequence[Tally]) -> Tally:
    """The tally of the whole demand from those of its parts, in any order.

    Raises:
        ArgumentError: none, or of different limits or units.
    """
    if len({(part.limits, part.unit) for part in parts}) != 1:
        raise ArgumentError("要合并的统计阈值或单位不同，或者一份也没有。")
    codes = np.unique(np.concatenate([part.codes for part in parts]))
    return _regrouped(parts, codes, [np.searchsorted(codes, part.codes) for part in parts])


def _regrouped(parts: Sequence[Tally], codes: Texts, groups: Sequence[Indices]) -> Tally:
    """Tallies added up; ``groups`` says for each area of each part which of ``codes`` it goes to."""
    count = len(codes)
    # Whole numbers throughout: float sums would differ in the last digit with the order of the parts.
    sums = np.zeros((count, *parts[0].sums.shape[1:]), dtype=np.int64)
    points = np.zeros(count, dtype=np.int64)
    least, farthest = np.full(count, np.inf), np.full(count, -np.inf)
    second_least = np.full(count, np.inf)
    for part, group in zip(parts, groups, strict=True):
        np.add.at(sums, group, part.sums)
        np.add.at(points, group, part.points)
        np.minimum.at(least, group, part.least)
        np.maximum.at(farthest, group, part.farthest)
        np.minimum.at(second_least, group, part.second_least)
    first = _joined_votes([part.nearest for part in parts], groups)
    second = _joined_votes([part.second for part in parts], groups)
    return Tally(
        codes, parts[0].limits, parts[0].unit, sums, points, least, farthest, second_least, first, second
    )


def _columns(demand: Demand, exact: Limbs, nearest: Nearest, limits: Sequence[float]) -> Iterator[Limbs]:
    """What is summed up, in the order of the columns; one at a time, as each is as long as the demand."""
    yield exact
    yield from _moments(demand.weights, exact, nearest.distance)
    if nearest.second_distance is None:
        yield from (exact, exact * 0)
    else:
        yield from _moments(demand.weights, exact, nearest.second_distance)
    for limit in limits:
        yield exact * nearest.within(limit)[:, None]


def _moments(weights: Numbers, exact: Limbs, distance: Numbers) -> Iterator[Limbs]:
    """What reaches nothing, and amount times distance of the rest."""
    # inf · 0 is NaN: what reaches nothing is summed up apart, and makes the mean infinite in the end.
    lost = np.isinf(distance)
    yield exact * lost[:, None]
    yield limbs(weights * np.where(lost, 0.0, distance))


def _means(sums: Numbers, lost: int, moment: int, empty: Numbers) -> Numbers:
    demand = sums[:, TOTAL]
    means = np.divide(sums[:, moment], demand, out=empty.copy(), where=demand > 0)
    return np.where(sums[:, lost] > 0, np.inf, means)


def _votes(area: Indices, service: Indices | None, weights: Limbs) -> Votes:
    if service is None:
        nothing = np.zeros(0, dtype=np.int64)
        return Votes(nothing, nothing, np.zeros((0, LIMBS), dtype=np.int64), nothing)
    known = service != NONE
    return _summed(area[known], service[known], weights[known], np.ones(int(known.sum()), dtype=np.int64))


def _summed(area: Indices, service: Indices, amount: Limbs, points: Indices) -> Votes:
    width = int(service.max(initial=0)) + 1
    pairs, group = np.unique(area * width + service, return_inverse=True)
    counts = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(counts, group, points)
    return Votes(pairs // width, pairs % width, totals(amount, group, len(pairs)), counts)


def _joined_votes(parts: Sequence[Votes], groups: Sequence[Indices]) -> Votes:
    return _summed(
        np.concatenate([group[part.area] for part, group in zip(parts, groups, strict=True)]),
        np.concatenate([part.service for part in parts]),
        np.concatenate([part.amount for part in parts]),
        np.concatenate([part.points for part in parts]),
    )


def _winners(votes: Votes, areas: int) -> Indices:
    """The service with the largest amount of each area, then the most points, then the smallest row."""
    winners = np.full(areas, NONE, dtype=np.int64)
    # Ascending, so that of each area the last assignment below is the winner.
    order = np.lexsort((-votes.service, votes.points, floats(votes.amount), votes.area))
    winners[votes.area[order]] = votes.service[order]
    return winners
