"""The cells of a density, the finer grid that points are binned to, and the kernel that spreads them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from geo.amounts import Numbers
from geo.errors import ArgumentError, PositionsError

KernelName = Literal["quartic", "gaussian"]
Extent = tuple[float, float, float, float]

LARGEST = 40_000_000
"""Nodes of the finer grid; 320 MB each copy."""
TAIL = 5.0
"""A Gaussian ends at so many bandwidths; 4 millionths of it lie beyond."""


@dataclass(frozen=True)
class Kernel:
    name: KernelName
    width: float

    @property
    def reach(self) -> float:
        return self.width if self.name == "quartic" else self.width * TAIL

    def at(self, squared: Numbers) -> Numbers:
        """The kernel at squared distances; its integral over the plane is 1."""
        share = squared / self.width**2
        if self.name == "quartic":
            near: Numbers = 3 / (np.pi * self.width**2) * np.maximum(1 - share, 0.0) ** 2
            return near
        bell: Numbers = np.exp(-share / 2) / (2 * np.pi * self.width**2)
        return np.where(squared <= self.reach**2, bell, 0.0)


@dataclass(frozen=True)
class Grid:
    """South-western corner, width of a cell, columns and rows counted from there."""

    west: float
    south: float
    cell: float
    columns: int
    rows: int

    @property
    def north(self) -> float:
        return self.south + self.rows * self.cell

    @property
    def middles(self) -> tuple[Numbers, Numbers]:
        """x of the columns and y of the rows at the middle of the cells."""
        x: Numbers = np.asarray(self.west + (np.arange(self.columns) + 0.5) * self.cell)
        y: Numbers = np.asarray(self.south + (np.arange(self.rows) + 0.5) * self.cell)
        return x, y

    @classmethod
    def of(cls, xy: Numbers, cell: float, reach: float, extent: Extent | None, boundary: Any) -> "Grid":
        around_points = extent is None and boundary is None
        if around_points and not len(xy):
            raise PositionsError("一个点也没有，不知道画到哪里；给范围（extent）。")
        if around_points:
            extent = (*(xy.min(axis=0) - reach), *(xy.max(axis=0) + reach))
        west, south, east, north = boundary.bounds if extent is None else extent
        if not (np.isfinite([west, south, east, north]).all() and west < east and south < north):
            raise ArgumentError(
                "范围 {extent} 不能用：需要西、南、东、北四个数，西小于东，南小于北。", extent=extent
            )
        columns, rows = (
            max(int(np.ceil(length / cell - 1e-9)), 1) for length in (east - west, north - south)
        )
        if around_points:  # an odd number: the middle of the points is the middle of a cell
            columns, rows = columns // 2 * 2 + 1, rows // 2 * 2 + 1
        if columns * rows > LARGEST:
            raise ArgumentError(
                "{columns} × {rows} 个格太多，加大格宽或缩小范围。", columns=columns, rows=rows
            )
        middle = (west + east) / 2, (south + north) / 2
        return cls(middle[0] - columns * cell / 2, middle[1] - rows * cell / 2, cell, columns, rows)

    def finer(self, parts: int, reach: float) -> "Grid":
        """Each cell cut into ``parts`` × ``parts``, with a margin of the reach and one cell more around."""
        step = self.cell / parts
        margin = self.margin(parts, reach)
        return Grid(
            self.west - margin * step,
            self.south - margin * step,
            step,
            self.columns * parts + 2 * margin,
            self.rows * parts + 2 * margin,
        )

    def margin(self, parts: int, reach: float) -> int:
        return int(np.ceil(reach * parts / self.cell)) + parts
