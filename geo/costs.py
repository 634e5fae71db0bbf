"""Tables of distances or minutes, demand × services: dense with ``inf``, or sparse with what is within reach."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, issparse
from scipy.spatial import cKDTree

from geo.amounts import Indices, Numbers, checked_amounts
from geo.errors import CostError, NoServicesError
from geo.nearest import checked_points, inclusive


def straight_costs(points: ArrayLike, services: ArrayLike, limit: float) -> "coo_array":
    """All straight distances within the limit (inclusive) as a sparse table (n, m) in metres.

    A distance of 0 is an entry like any other.

    Raises:
        NoServicesError, PositionsError, LimitError.
    """
    from_xy, to_xy = checked_points(points), checked_points(services)
    if not len(to_xy):
        raise NoServicesError("一个服务点也没有，算不出距离。先导入服务点，或放宽筛选。")
    found = cKDTree(from_xy).sparse_distance_matrix(cKDTree(to_xy), inclusive(limit), output_type="ndarray")
    return coo_array((found["v"], (found["i"], found["j"])), shape=(len(from_xy), len(to_xy)))


def entries(cost: Any, limit: float | None = None) -> tuple[Indices, Indices, Numbers]:
    """Row, column and value of every entry of a table that is finite and within the limit (inclusive).

    Args:
        cost: array (n, m), ``inf`` where there is no way; or a scipy sparse table, where what is not stored
            is out of reach and a stored 0 is a distance of 0.
    Raises:
        CostError: not two-dimensional, NaN or negative values, or a pair stored twice. LimitError.
    """
    most = np.inf if limit is None else inclusive(limit)
    if issparse(cost):
        table = cost.tocoo()
        rows, columns = table.row.astype(np.int64), table.col.astype(np.int64)
        values = np.asarray(table.data, dtype=np.float64)
        if len(np.unique(rows * table.shape[1] + columns)) < len(rows):
            raise CostError("表里有一对起讫点出现了两次。每对只留最小的一个。")
        _check(values)
        near = np.isfinite(values) & (values <= most)
        return rows[near], columns[near], values[near]
    dense = np.asarray(cost, dtype=np.float64)
    if dense.ndim != 2:
        raise CostError("距离表的形状是 {shape}，需要 需求点 × 服务点。", shape=dense.shape)
    _check(dense)
    rows, columns = np.nonzero(np.isfinite(dense) & (dense <= most))
    return rows, columns, dense[rows, columns]


def checked_margins(cost: Any, demand: ArrayLike, supply: ArrayLike) -> tuple[Numbers, Numbers]:
    """Amounts of the rows and of the columns of a table; raises WeightsError where they do not fit it."""
    shape = np.shape(cost)
    if len(shape) != 2:
        raise CostError("距离表的形状是 {shape}，需要 需求点 × 服务点。", shape=shape)
    return checked_amounts(demand, shape[0]), checked_amounts(supply, shape[1])


def _check(values: Numbers) -> None:
    bad = ~(values >= 0)
    if bad.any():
        raise CostError(
            "距离表里有 {count} 个值为负或不是数。到不了的写 inf。", count=int(np.count_nonzero(bad))
        )
