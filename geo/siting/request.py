"""What is asked: checked arrays, and rows that are alike merged into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import index
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.amounts import SHOWN, Indices, Numbers, as_numbers, listed
from geo.errors import CostError, InfeasibleError, SitesError, WeightsError
from geo.nearest import NONE, as_near

Mask = NDArray[np.bool_]


def checked_cost(cost: ArrayLike) -> Numbers:
    """Costs (rows, candidates) as floats ≥ 0, ``inf`` where there is no way.

    Raises:
        CostError: no rows or no candidates, another shape, NaN or negative values.
    """
    table = as_numbers(cost, CostError)
    if table.ndim != 2 or 0 in table.shape:
        raise CostError("距离表的形状是 {shape}，需要“需求行 × 候选列”，各至少一个。", shape=table.shape)
    bad = ~(table >= 0)
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise CostError(
            "距离表有 {count} 处缺失或为负，如第 {row} 行第 {column} 列（{value}）。到不了的填 inf。",
            count=int(bad.sum()),
            row=int(row) + 1,
            column=int(column) + 1,
            value=table[row, column],
        )
    return table


def checked_fixed(fixed: Iterable[int], candidates: int) -> tuple[int, ...]:
    """Existing sites in rising order; raises SitesError for columns that are not there or named twice."""
    try:
        columns = sorted(index(column) for column in fixed)
    except TypeError as reason:
        raise SitesError("现有中心“{fixed}”不能用：要候选的列号，都是整数。", fixed=fixed) from reason
    wrong = [column for column in columns if not 0 <= column < candidates]
    if wrong:
        raise SitesError(
            "现有中心（列 {columns}）不在 {count} 个候选之列，列号从 0 到 {last}。",
            columns=listed(wrong[:SHOWN]),
            count=candidates,
            last=candidates - 1,
        )
    if len(set(columns)) < len(columns):
        raise SitesError("现有中心有重复的列：{columns}。", columns=listed(columns))
    return tuple(columns)


def checked_sites(sites: int, fixed: tuple[int, ...], candidates: int) -> int:
    """Number of open sites, the fixed ones included; raises SitesError where it cannot be."""
    try:
        count = index(sites)
    except TypeError as reason:
        raise SitesError("中心个数“{sites}”不能用：要一个整数。", sites=sites) from reason
    if count < 1 or count > candidates:
        raise SitesError(
            "要 {sites} 个中心，候选有 {count} 个：在 1 与 {count} 之间选。", sites=count, count=candidates
        )
    if count < len(fixed):
        raise SitesError(
            "要 {sites} 个中心，但现有的已有 {fixed} 个；个数包含现有的。", sites=count, fixed=len(fixed)
        )
    return count


def checked_capacity(capacity: ArrayLike, candidates: int) -> Numbers:
    """Capacities (candidates,), one number for all allowed, ``inf`` for no limit; raises WeightsError."""
    values = as_numbers(capacity, WeightsError)
    if values.ndim == 0:
        values = np.full(candidates, float(values))
    if values.shape != (candidates,) or not (values >= 0).all():
        raise WeightsError(
            "容量需要每个候选一个、不为负的数，共 {count} 个；没有上限就填 inf。", count=candidates
        )
    return values


@dataclass(frozen=True, eq=False)
class Merged:
    """Rows that were alike are one. ``row_of`` gives each old row its new one, ``weights`` are added up."""

    table: NDArray[Any]
    weights: Numbers
    row_of: Indices


def merge_rows(table: NDArray[Any], weights: Numbers) -> Merged:
    """One row for all rows that are equal in every column, with the sum of their weights.

    The rows of parts may be merged first, put below each other and merged again: siting on the result is siting
    on the whole.

    Args:
        table: (rows, columns), costs or whether a column reaches the row.
        weights: (rows,).
    """
    plain = np.packbits(table, axis=1) if table.dtype == np.bool_ else table + 0.0
    keys = (
        np.ascontiguousarray(plain).view(np.dtype((np.void, plain.dtype.itemsize * plain.shape[1]))).ravel()
    )
    _, first, row_of = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    merged = place[row_of.ravel()]
    sums: Numbers = np.bincount(merged, weights, len(order)).astype(np.float64)
    return Merged(table[first[order]], sums, merged.astype(np.int64))


def require_reached(table: Numbers, reach: Mask) -> None:
    """Raise InfeasibleError naming the rows that no candidate reaches, with the smallest limit that would do."""
    rows = np.flatnonzero(~reach.any(axis=1))
    if not len(rows):
        return
    nearest = table[rows].min(axis=1)
    cut = rows[np.isinf(nearest)]
    if not len(cut):
        raise InfeasibleError(
            "有 {count} 行在阈值内到不了任何候选，如{shown}。阈值至少要 {limit:g}，或在附近补候选。",
            rows=tuple(rows.tolist()),
            limit=float(nearest.max()),
            count=len(rows),
            shown=_shown(rows),
        )
    if len(cut) == len(rows):
        raise InfeasibleError(
            "有 {count} 行到不了任何候选，如{shown}。补候选或检查路网，或去掉这些行。",
            rows=tuple(rows.tolist()),
            count=len(rows),
            shown=_shown(rows),
        )
    raise InfeasibleError(
        "有 {count} 行在阈值内到不了任何候选，其中 {cut} 行没有路可到，如{shown}：补候选或检查路网，或去掉这些行；"
        "其余各行阈值至少要 {others:g}。",
        rows=tuple(rows.tolist()),
        count=len(rows),
        cut=len(cut),
        shown=_shown(cut),
        others=float(nearest[np.isfinite(nearest)].max()),
    )


def _shown(rows: Indices) -> str:
    return listed(f"第 {row + 1} 行" for row in rows[:SHOWN])


def nearest_open(table: Numbers, chosen: tuple[int, ...], reach: Mask | None = None) -> Indices:
    """The nearest open column of each row, −1 where none reaches it; the lower column of two as near."""
    columns = np.sort(np.asarray(chosen, dtype=np.int64))
    costs = table[:, columns]
    if reach is not None:
        costs = np.where(reach[:, columns], costs, np.inf)
    least = costs.min(axis=1)
    best = (costs <= as_near(least)[:, None]).argmax(axis=1)
    assignment: Indices = np.where(np.isinf(least), NONE, columns[best])
    return assignment
