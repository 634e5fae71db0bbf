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
    distance, row = cKDTree(to_xy).query(from_xy, k=2 if second else 1, workers=-1)
    if not second:
        return Nearest(row, distance)
    rows = np.where(np.isinf(distance), NONE, row)
    return Nearest(rows[:, 0], distance[:, 0].copy(), rows[:, 1], distance[:, 1].copy())


def nearest_two(rows: Indices, distances: Numbers) -> Nearest:
    """The two nearest distinct services out of k candidates for each of n points.

    ``rows`` and ``distances`` are (n, k); a service may stand several times in a row of candidates, and −1
    stands for none.
    """
    points = np.arange(len(rows))
    usable = np.where(rows == NONE, np.inf, distances)
    best = np.argmin(usable, axis=1)
    distance = usable[points, best]
    nearest = np.where(np.isinf(distance), NONE, rows[points, best])
    usable = np.where(rows == nearest[:, None], np.inf, usable)
    runner = np.argmin(usable, axis=1)
    further = usable[points, runner]
    return Nearest(nearest, distance, np.where(np.isinf(further), NONE, rows[points, runner]), further)


def any_of(services: Sequence[Nearest]) -> Nearest:
    """One of several services is enough: the nearest of them all.

    Row numbers must speak of one table of services (see ``Services``).
    """
    _alike(services)
    rows = np.column_stack([part.nearest for part in services])
    distances = np.column_stack([part.distance for part in services])
    if any(part.second is None for part in services):
        best = np.argmin(distances, axis=1)
        points = np.arange(len(best))
        found = Nearest(rows[points, best], distances[points, best])
    else:
        seconds = np.column_stack([part.second for part in services if part.second is not None])
        further = np.column_stack([p.second_distance for p in services if p.second_distance is not None])
        found = nearest_two(np.column_stack([rows, seconds]), np.column_stack([distances, further]))
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
    worst = np.argmax(distances, axis=1)
    points = np.arange(len(worst))
    return rows[points, worst], distances[points, worst]


def _rejected(parts: Sequence[Nearest]) -> tuple[int, ...]:
    return tuple(sorted({row for part in parts for row in part.rejected}))


def _alike(parts: Sequence[Nearest], *, same_length: bool = True) -> None:
    if not parts:
        raise NoServicesError("一类服务也没有选。至少选一类。")
    units = {part.unit for part in parts}
    lengths = {len(part.nearest) for part in parts}
    if len(units) > 1 or (same_length and len(lengths) > 1):
        raise ArgumentError("要合并的结果单位或行数不同：{units}，{lengths}。", units=units, lengths=lengths)
