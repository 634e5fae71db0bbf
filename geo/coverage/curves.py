"""Coverage at any threshold or detour factor, looked up: sorted distances with cumulative weights, per area."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.amounts import LIMBS, Indices, Limbs, Numbers, floats, limbs
from geo.coverage.demand import Demand, Texts
from geo.errors import ArgumentError
from geo.nearest import Nearest, Unit, inclusive


@dataclass(frozen=True)
class Curves:
    """For k areas, how much is covered within any limit, exactly, without asking for distances again.

    ``distances`` (n,) ascend within each area; area i has those from ``starts[i]`` to ``starts[i + 1]``;
    ``cumulative`` (n + 1, 4) are running sums over all rows, as whole numbers.
    """

    codes: Texts
    starts: Indices
    distances: Numbers
    cumulative: Limbs
    unit: Unit

    def total(self) -> Numbers:
        """Amount of each area (k,)."""
        return floats(self.cumulative[self.starts[1:]] - self.cumulative[self.starts[:-1]])

    def covered(self, limit: float) -> Numbers:
        """Amount within the limit (inclusive) of each area (k,); a lookup of microseconds."""
        # A difference of two running sums of whole numbers: exact, whatever the threshold.
        ends = self._ends(inclusive(limit))
        return floats(self.cumulative[ends] - self.cumulative[self.starts[:-1]])

    def _ends(self, limit: float) -> Indices:
        """Binary search in all areas at once: the first row of each that is beyond the limit."""
        low, high = self.starts[:-1].copy(), self.starts[1:].copy()
        while (low < high).any():
            middle = (low + high) // 2
            open_ = low < high
            right = open_.copy()
            right[open_] = self.distances[middle[open_]] <= limit
            low, high = np.where(right, middle + 1, low), np.where(right, high, np.minimum(high, middle))
        return low


def curves(demand: Demand, nearest: Nearest, level: int | None = None) -> Curves:
    """Sort the distances of each area once.

    ``level`` is the digits of the code to roll up to (6 for one curve of the county); None keeps the areas of
    the demand.

    Raises:
        ArgumentError: ``nearest`` was made for other points.
    """
    if len(nearest.distance) != len(demand.xy):
        raise ArgumentError(
            "{points} 个点，{rows} 行距离：不是同一批点。", points=len(demand.xy), rows=len(nearest.distance)
        )
    codes, area = demand.codes, demand.area
    if level is not None:
        codes, group = np.unique(codes.astype(f"<U{level}"), return_inverse=True)
        area = group[area]
    return _curves(codes, area, nearest.distance, limbs(demand.weights), nearest.unit)


def join_curves(parts: Sequence[Curves]) -> Curves:
    """The curves of the whole demand from those of its parts.

    Raises:
        ArgumentError: none, or of different units.
    """
    if len({part.unit for part in parts}) != 1:
        raise ArgumentError("要合并的曲线单位不同，或者一条也没有。")
    codes = np.unique(np.concatenate([part.codes for part in parts]))
    areas = [np.repeat(np.searchsorted(codes, part.codes), np.diff(part.starts)) for part in parts]
    weights = [np.diff(part.cumulative, axis=0) for part in parts]
    distances = [part.distances for part in parts]
    return _curves(
        codes, np.concatenate(areas), np.concatenate(distances), np.concatenate(weights), parts[0].unit
    )


def _curves(codes: Texts, area: Indices, distances: Numbers, weights: Limbs, unit: Unit) -> Curves:
    order = np.lexsort((distances, area))
    cumulative = np.zeros((len(order) + 1, LIMBS), dtype=np.int64)
    np.cumsum(weights[order], axis=0, out=cumulative[1:])
    starts = np.searchsorted(area[order], np.arange(len(codes) + 1))
    return Curves(codes, starts, distances[order], cumulative, unit)
