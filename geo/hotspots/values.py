"""Checked input of the hotspot functions."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geo.amounts import SHOWN, Numbers, as_numbers, listed
from geo.errors import NeighboursError, ValuesError


def checked_values(values: ArrayLike, dimensions: int = 1) -> Numbers:
    """Finite numbers; raises ValuesError for NaN, infinite ones, another shape or none at all."""
    numbers = as_numbers(values, ValuesError)
    if numbers.ndim != dimensions or numbers.size == 0:
        raise ValuesError(
            "数值的形状是 {shape}，需要 {dimensions} 维、至少一个。",
            shape=numbers.shape,
            dimensions=dimensions,
        )
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        raise ValuesError(
            "有 {count} 个数值缺失或不是有限的数，如{places}。没有发生的填 0，没有数据的先去掉。",
            count=len(bad),
            places=listed("第 " + "，".join(str(at + 1) for at in place) + " 个" for place in bad[:SHOWN]),
        )
    return numbers


def checked_neighbours(weights: Any, count: int) -> "csr_array":
    """A 0/1 matrix (count, count) without the diagonal; raises NeighboursError for any other."""
    try:
        matrix = csr_array(weights, dtype=np.float64)
    except (TypeError, ValueError) as reason:
        raise NeighboursError(
            "邻接关系要一个 0/1 矩阵，给的是 {kind}。", kind=type(weights).__name__
        ) from reason
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    if matrix.shape != (count, count):
        raise NeighboursError(
            "邻接矩阵的形状是 {shape}，数值有 {count} 个，两者要一致。", shape=matrix.shape, count=count
        )
    if not (matrix.data == 1).all():
        raise NeighboursError("邻接矩阵只能有 0 和 1，不要按行标准化。")
    if matrix.diagonal().any():
        raise NeighboursError("邻接矩阵的对角线要空着：是否计入自身由 star 决定。")
    return matrix
