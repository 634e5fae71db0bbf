"""Nearest and second nearest service of every point, by straight line, and how several services combine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from geo.amounts import SHOWN, Indices, Numbers, as_numbers, listed
from geo.errors import ArgumentError, LimitError, NoServicesError, PositionsError

Mask = NDArray[np.bool_]
Unit = Literal["m", "min"]

SLACK = 1e-9
"""Limits are inclusive: what differs from the limit by rounding only (relative) is within it."""
NONE = -1
RANKED = 6
"""Decimals of a distance: a micrometre."""


@dataclass(frozen=True)
class Nearest:
    """What each of n points has nearest. Rows stay in the order of the points.

    ``nearest`` and ``second`` count rows of the table of services, −1 where there is none within reach;
    ``distance`` and ``second_distance`` are in ``unit``, ``inf`` there. ``second`` is None when it was not
    asked for. ``rejected`` are the positions of points that could not be put on the network.
    """

    nearest: Indices
    distance: Numbers
    second: Indices | None = None
    second_distance: Numbers | None = None
    unit: Unit = "m"
    rejected: tuple[int, ...] = ()

    def scaled(self, factor: float, unit: Unit | None = None) -> "Nearest":
        """The same with every distance times ``factor``: a detour factor, or minutes per metre."""
        checked_limit(factor)
        further = None if self.second_distance is None else self.second_distance * factor
        return replace(self, distance=self.distance * factor, second_distance=further, unit=unit or self.unit)

    def within(self, limit: float) -> Mask:
        """Which points have a service within the limit (inclusive)."""
        return within(self.distance, limit)


def checked_limit(limit: float) -> float:
    """A threshold, detour factor or speed; raises LimitError unless it is a positive finite number."""
    value = as_numbers(limit, LimitError)
    if not (value.ndim == 0 and np.isfinite(value) and value > 0):
        raise LimitError("“{limit}”不能用：要一个大于 0 的数。", limit=limit)
    return float(value)


def inclusive(limit: float) -> float:
    """The largest value that still counts as within the limit."""
    return checked_limit(limit) * (1 + SLACK)


def within(values: Numbers, limit: float) -> Mask:
    """Which values are within the limit, the limit itself included."""
    mask: Mask = values <= inclusive(limit)
    return mask


def checked_points(points: ArrayLike) -> Numbers:
    """Coordinates (n, 2) in metres; raises PositionsError for another shape, NaN or infinite ones."""
    xy = np.ascontiguousarray(points, dtype=np.float64)
    if xy.size == 0:
        return xy.reshape(0, 2)
    if xy.ndim != 2 or xy.shape[1] != 2:
        raise PositionsError("坐标的形状是 {shape}，需要 (n, 2)。", shape=xy.shape)
    if not np.isfinite(xy).all():
        finite = np.isfinite(xy).all(axis=1)
        raise PositionsError(
            "有 {count} 个点没有位置，如{rows}。补上位置，或删去这些行。",
            count=int((~finite).sum()),
            rows=listed(f"第 {row + 1} 行" for row in np.flatnonzero(~finite)[:SHOWN]),
        )
    return xy


def straight(points: ArrayLike, services: ArrayLike, *, second: bool = False) -> Nearest:
    """Nearest service by straight line.

    Args:
        points, services: coordinates (n, 2) and (m, 2) in metres of one projection.
        second: also the second nearest.
    Returns:
        distances in metres, whatever they are: any threshold is looked up afterwards.
    Raises:
        NoServicesError, PositionsError.
    """
    from_xy, to_xy = checked_points(points), checked_points(services)
    if not len(to_xy):
        raise NoServicesError("一个服务点也没有，算不出谁能到达。先导入服务点，或放宽筛选。")
    tree = cKDTree(to_xy)
    # One more than is asked for: only with the next one seen is it known whether the last one stands alone.
    wanted = min(len(to_xy), 2 if second else 1)
    width = min(len(to_xy), wanted + 1)
    distance, row = tree.query(from_xy, k=list(range(1, width + 1)), workers=-1)
    found = _in_columns(row, distance, second)
    tied = np.flatnonzero((distance[:, 1:] <= as_near(distance[:, :-1])).any(axis=1))
    if not len(tied):
        return found
    balls = tree.query_ball_point(from_xy[tied], as_near(distance[tied, wanted - 1]), workers=-1)
    point = np.repeat(np.arange(len(tied)), [len(ball) for ball in balls])
    service = np.concatenate([np.asarray(ball, dtype=np.int64) for ball in balls])
    cost = np.hypot(*(from_xy[tied][point] - to_xy[service]).T)
    return overlaid(found, tied, decided((point, service, cost), len(tied), second=second))


def as_near(distances: Numbers) -> Numbers:
    """Up to where something is as near as these are."""
    most: Numbers = distances + SLACK * np.maximum(distances, 1.0)
    return most


def ranked(distances: Numbers) -> Numbers:
    """Distances to sort by: those that differ by rounding only are one, so that codes decide between them."""
    return np.round(distances, RANKED)


def decided(pairs: tuple[Indices, Indices, Numbers], count: int, *, second: bool) -> Nearest:
    """The nearest service of ``count`` points among listed ways: rows of point, service and cost.

    Of services that are as near the one with the lower row is taken, here and nowhere else: tables of services are
    in the order of their codes. A pair may be listed several times, its cheapest way counts.
    """
    point, service, cost = pairs
    nearest, distance = _lowest(point, service, cost, count)
    if not second:
        return Nearest(nearest, distance)
    others = np.where(service == nearest[point], np.inf, cost)
    return Nearest(nearest, distance, *_lowest(point, service, others, count))


def _lowest(point: Indices, service: Indices, cost: Numbers, count: int) -> tuple[Indices, Numbers]:
    least = np.full(count, np.inf)
    np.minimum.at(least, point, cost)
    near = (cost <= as_near(least)[point]) & (cost < np.inf)
    point, service, cost = point[near], service[near], cost[near]
    row = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(row, point, service)
    own = service == row[point]
    distance = np.full(count, np.inf)
    np.minimum.at(distance, point[own], cost[own])
    return np.where(np.isinf(least), NONE, row), distance


def overlaid(found: Nearest, points: Indices, again: Nearest) -> Nearest:
    """What was found, with some points decided again."""
    found.nearest[points], found.distance[points] = again.nearest, again.distance
    if found.second is not None and again.second is not None:
        found.second[points] = again.second
    if found.second_distance is not None and again.second_distance is not None:
        found.second_distance[points] = again.second_distance
    return found


def _in_columns(rows: Indices, distances: Numbers, second: bool) -> Nearest:
    """The first columns of a table of near services, sorted by distance."""
    nearest, distance = rows[:, 0].astype(np.int64), distances[:, 0].copy()
    if not second:
        return Nearest(nearest, distance)
    if rows.shape[1] < 2:
        return Nearest(nearest, distance, np.full(len(rows), NONE), np.full(len(rows), np.inf))
    return Nearest(nearest, distance, rows[:, 1].astype(np.int64), distances[:, 1].copy())


def any_of(services: Sequence[Nearest]) -> Nearest:
    """One of several services is enough: the nearest of them all.

    Row numbers must speak of one table of services (see ``Services``).
    """
    _alike(services)
    rows = [part.nearest for part in services]
    distances = [part.distance for part in services]
    second = all(part.second is not None for part in services)
    if second:
        rows += [part.second for part in services if part.second is not None]
        distances += [part.second_distance for part in services if part.second_distance is not None]
    count = len(rows[0])
    pairs = np.tile(np.arange(count), len(rows)), np.concatenate(rows), np.concatenate(distances)
    found = decided(pairs, count, second=second)
    return replace(found, unit=services[0].unit, rejected=_rejected(services))


def each_of(services: Sequence[Nearest]) -> Nearest:
    """All of several services are needed: the one that is furthest decides.

    With thresholds that differ, scale each part by 1 / its threshold first and use 1 as the limit.
    ``second`` is what decides when the nearest of every service is closed.
    """
    _alike(services)
    row, distance = _furthest([(part.nearest, part.distance) for part in services])
    found = Nearest(row, distance, unit=services[0].unit, rejected=_rejected(services))
    spare = [
        (part.second, part.second_distance)
        for part in services
        if part.second is not None and part.second_distance is not None
    ]
    if len(spare) < len(services):
        return found
    second, further = _furthest(spare)
    return replace(found, second=second, second_distance=further)


def join(parts: Sequence[Nearest]) -> Nearest:
    """The parts of a split demand, one after the other."""
    _alike(parts, same_length=False)
    seconds = [part.second for part in parts if part.second is not None]
    further = [part.second_distance for part in parts if part.second_distance is not None]
    starts = np.cumsum([0, *(len(part.nearest) for part in parts)])
    return Nearest(
        np.concatenate([part.nearest for part in parts]),
        np.concatenate([part.distance for part in parts]),
        np.concatenate(seconds) if len(seconds) == len(parts) else None,
        np.concatenate(further) if len(further) == len(parts) else None,
        parts[0].unit,
        tuple(int(start) + row for start, part in zip(starts, parts, strict=False) for row in part.rejected),
    )


def _furthest(choices: list[tuple[Indices, Numbers]]) -> tuple[Indices, Numbers]:
    rows = np.column_stack([row for row, _ in choices])
    distances = np.column_stack([distance for _, distance in choices])
    worst = distances.max(axis=1)
    as_far = as_near(distances) >= worst[:, None]
    return np.where(as_far, rows, np.iinfo(np.int64).max).min(axis=1), worst


def _rejected(parts: Sequence[Nearest]) -> tuple[int, ...]:
    return tuple(sorted({row for part in parts for row in part.rejected}))


def _alike(parts: Sequence[Nearest], *, same_length: bool = True) -> None:
    if not parts:
        raise NoServicesError("一类服务也没有选。至少选一类。")
    units = {part.unit for part in parts}
    lengths = {len(part.nearest) for part in parts}
    if len(units) > 1 or (same_length and len(lengths) > 1):
        raise ArgumentError("要合并的结果单位或行数不同：{units}，{lengths}。", units=units, lengths=lengths)
