"""Kernel density of points on a grid.

Silverman, "Density Estimation for Statistics and Data Analysis" (1986), kernels as in his equation 4.5; edge
correction by Diggle, Applied Statistics 34 (1985). Binning to a finer grid and convolving by FFT follows Wand,
J. Comp. Graph. Stat. 3 (1994).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo.amounts import Numbers, checked_amounts
from geo.errors import ArgumentError
from geo.hotspots.raster import LARGEST, Extent, Grid, Kernel, KernelName
from geo.nearest import checked_limit, checked_points

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Area = Polygon | MultiPolygon

FINE = 20
"""Nodes of the finer grid to a bandwidth, at least."""
EXACT_PAIRS = 2_000_000
"""Up to so many pairs of a point and a cell every pair is worked out."""
PLACES = 8
"""Beside the boundary a cell of the finer grid is looked at in so many places each way."""
BEND = {"quartic": 2 / 3, "gaussian": 1 / 6}
"""Error of linear binning at the peak, times (step / bandwidth)²: a twelfth of the kernel's curvature there."""
M2_PER_KM2 = 1e6


@dataclass(frozen=True, eq=False)
class Density:
    """``values`` (rows, columns) in ``unit``, the northern row first; NaN outside the boundary, where one was given.

    ``west`` and ``north`` are the outer corner of the first cell, in the metres of the points. ``error`` bounds the
    error of one point's contribution by binning, as a share of the kernel's peak; 0 when every pair was worked out.
    ``outside`` counts the points that lie beyond the boundary and were left out.
    """

    values: Numbers
    west: float
    north: float
    cell_m: float
    bandwidth_m: float
    kernel: KernelName
    error: float
    outside: int
    unit: str = "1/m²"

    @property
    def transform(self) -> tuple[float, float, float, float, float, float]:
        """Column and row to x and y of the cell's north-west corner: x = a·column + b·row + c, y = d·column + e·row + f."""
        return (self.cell_m, 0.0, self.west, 0.0, -self.cell_m, self.north)

    @property
    def per_km2(self) -> Numbers:
        """The values per km²."""
        return self.values * M2_PER_KM2

    @property
    def centres(self) -> tuple[Numbers, Numbers]:
        """x of the columns and y of the rows at the middle of the cells."""
        rows, columns = self.values.shape
        x: Numbers = np.asarray(self.west + (np.arange(columns) + 0.5) * self.cell_m, dtype=np.float64)
        y: Numbers = np.asarray(self.north - (np.arange(rows) + 0.5) * self.cell_m, dtype=np.float64)
        return x, y


def kernel_density(
    points: ArrayLike,
    *,
    cell_m: float,
    bandwidth_m: float,
    kernel: KernelName = "quartic",
    weights: ArrayLike | None = None,
    extent: Extent | None = None,
    boundary: "Area | None" = None,
) -> Density:
    """Points (or their weights) per m² at the middle of every cell.

    Densities of parts of the points on the same ``extent`` add up to that of the whole.

    Args:
        points: (n, 2) in metres of a metric CRS.
        cell_m: width of a cell.
        bandwidth_m: reach of the quartic kernel, standard deviation of the Gaussian.
        kernel: "quartic" or "gaussian".
        weights: (n,), 1 for each point when left out.
        extent: west, south, east, north; that of the boundary or of the points with the kernel's reach around them
            when left out. It is widened to whole cells, evenly on all sides (an odd number of them around points).
        boundary: polygon in the same CRS. Only points inside count, and what the kernel would spread beyond the
            line is made up for: the density is divided by the part of the kernel that lies inside.
    Raises:
        PositionsError: no points to take the extent from, or points without a position.
        LimitError, WeightsError: a width that is not positive; weights that are none.
        ArgumentError: another kernel; a grid that would be too large; the boundary is no polygon.
    """
    if kernel not in BEND:
        raise ArgumentError("没有核函数“{kernel}”，可选：quartic、gaussian。", kernel=kernel)
    xy = checked_points(points)
    amounts = np.ones(len(xy)) if weights is None else checked_amounts(weights, len(xy))
    outside = 0
    if boundary is not None:
        xy, amounts, outside = _inside(xy, amounts, boundary)
    shape = Kernel(kernel, checked_limit(bandwidth_m))
    grid = Grid.of(xy, checked_limit(cell_m), shape.reach, extent, boundary)
    values, error = _values(xy, amounts, grid, shape)
    if boundary is not None:
        values = _corrected(values, grid, shape, boundary)
    return Density(values[::-1], grid.west, grid.north, grid.cell, shape.width, kernel, error, outside)


def _inside(xy: Numbers, amounts: Numbers, boundary: "Area") -> tuple[Numbers, Numbers, int]:
    if boundary.geom_type not in ("Polygon", "MultiPolygon") or boundary.is_empty:
        raise ArgumentError("边界是 {kind}，需要面。", kind=boundary.geom_type)
    shapely.prepare(boundary)
    inside = shapely.intersects_xy(boundary, xy[:, 0], xy[:, 1])
    return xy[inside], amounts[inside], int((~inside).sum())


def _values(xy: Numbers, amounts: Numbers, grid: Grid, kernel: Kernel) -> tuple[Numbers, float]:
    """Densities, the southern row first, and the bound of their error."""
    # Exact wherever the pairs are few, or the finer grid would be too large.
    window = (2 * int(np.ceil(kernel.reach / grid.cell)) + 1) ** 2
    parts = _parts(grid, kernel)
    fine = grid.finer(parts, kernel.reach)
    if len(xy) * window <= EXACT_PAIRS or fine.columns * fine.rows > LARGEST:
        return _pair_by_pair(xy, amounts, grid, kernel), 0.0
    nodes = _binned(xy, amounts, fine)
    spread = _spread(nodes, fine, kernel)
    return _sampled(spread, grid, parts, kernel), BEND[kernel.name] * (fine.cell / kernel.width) ** 2


def _parts(grid: Grid, kernel: Kernel) -> int:
    """An odd number, so that the middle of a cell is a node."""
    return int(np.ceil(FINE * grid.cell / kernel.width)) // 2 * 2 + 1


def _pair_by_pair(xy: Numbers, amounts: Numbers, grid: Grid, kernel: Kernel) -> Numbers:
    """Every point to every cell in its reach, one offset of the cell after the other."""
    column = np.floor((xy[:, 0] - grid.west) / grid.cell)
    row = np.floor((xy[:, 1] - grid.south) / grid.cell)
    reach = int(np.ceil(kernel.reach / grid.cell))
    values = np.zeros(grid.rows * grid.columns)
    for down in range(-reach, reach + 1):
        y = grid.south + (row + down + 0.5) * grid.cell
        for across in range(-reach, reach + 1):
            x = grid.west + (column + across + 0.5) * grid.cell
            here = (row + down >= 0) & (row + down < grid.rows) & (column + across >= 0)
            here &= column + across < grid.columns
            squared = (x[here] - xy[here, 0]) ** 2 + (y[here] - xy[here, 1]) ** 2
            cell = ((row[here] + down) * grid.columns + column[here] + across).astype(np.int64)
            values += np.bincount(cell, amounts[here] * kernel.at(squared), len(values))
    return values.reshape(grid.rows, grid.columns)


def _binned(xy: Numbers, amounts: Numbers, fine: Grid) -> Numbers:
    """Each point dealt out to the four nodes around it, by nearness. Nodes are the middles of the cells."""
    across = (xy[:, 0] - fine.west) / fine.cell - 0.5
    up = (xy[:, 1] - fine.south) / fine.cell - 0.5
    here = (across >= 0) & (across < fine.columns - 1) & (up >= 0) & (up < fine.rows - 1)
    across, up, amounts = across[here], up[here], amounts[here]
    column, row = across.astype(np.int64), up.astype(np.int64)
    # Linear binning: its error falls with the square of the step, that of nearest-node binning only linearly.
    right, above = across - column, up - row
    node = row * fine.columns + column
    nodes = np.zeros(fine.rows * fine.columns)
    for offset, part in (
        (0, (1 - right) * (1 - above)),
        (1, right * (1 - above)),
        (fine.columns, (1 - right) * above),
        (fine.columns + 1, right * above),
    ):
        nodes += np.bincount(node + offset, amounts * part, len(nodes))
    return nodes.reshape(fine.rows, fine.columns)


def _spread(nodes: Numbers, fine: Grid, kernel: Kernel) -> Numbers:
    """The convolution of the nodes with the kernel, by FFT; the margin takes what wraps around."""
    from scipy.fft import irfft2, next_fast_len, rfft2

    # The FFT convolves in a circle; the margin of one reach around the grid takes what comes in from behind.
    rows, columns = next_fast_len(fine.rows, real=True), next_fast_len(fine.columns, real=True)
    y = np.minimum(np.arange(rows), rows - np.arange(rows)) * fine.cell
    x = np.minimum(np.arange(columns), columns - np.arange(columns)) * fine.cell
    stamp = kernel.at(y[:, None] ** 2 + x[None, :] ** 2)
    product = rfft2(nodes, s=(rows, columns)) * rfft2(stamp)
    spread: Numbers = irfft2(product, s=(rows, columns))
    # Rounding of the FFT leaves −1e−17 where nobody is: a density is not negative.
    return np.maximum(spread[: fine.rows, : fine.columns], 0.0)


def _sampled(spread: Numbers, grid: Grid, parts: int, kernel: Kernel) -> Numbers:
    """The nodes in the middle of the cells."""
    first = grid.margin(parts, kernel.reach) + parts // 2
    rows = first + np.arange(grid.rows) * parts
    columns = first + np.arange(grid.columns) * parts
    return spread[np.ix_(rows, columns)]


def _corrected(values: Numbers, grid: Grid, kernel: Kernel, boundary: "Area") -> Numbers:
    """Divided by the part of the kernel around each cell that lies inside; NaN where the cell does not."""
    parts = _parts(grid, kernel)
    while parts > 1 and (fine := grid.finer(parts, kernel.reach)).columns * fine.rows > LARGEST // 4:
        parts -= 2
    fine = grid.finer(parts, kernel.reach)
    within = _sampled(_spread(_inside_share(fine, boundary), fine, kernel), grid, parts, kernel)
    whole = _mass(fine, kernel)
    lies = shapely.intersects_xy(boundary, *np.meshgrid(*grid.middles))
    result = np.full(values.shape, np.nan)
    np.divide(values * whole, within, out=result, where=lies & (within > 0))
    return result


def _inside_share(fine: Grid, boundary: "Area") -> Numbers:
    """How much of each cell of the finer grid lies inside; cells beside the line are looked at in places."""
    from scipy.ndimage import maximum_filter, minimum_filter

    x, y = np.meshgrid(*fine.middles)
    inside = shapely.intersects_xy(boundary, x, y)
    share: Numbers = inside.astype(np.float64)
    beside = maximum_filter(inside, 3) != minimum_filter(inside, 3)
    offsets = ((np.arange(PLACES) + 0.5) / PLACES - 0.5) * fine.cell
    across, up = np.meshgrid(offsets, offsets)
    share[beside] = shapely.intersects_xy(
        boundary, x[beside][:, None] + across.ravel(), y[beside][:, None] + up.ravel()
    ).mean(axis=1)
    return share


def _mass(fine: Grid, kernel: Kernel) -> float:
    """What the kernel adds up to on the nodes of the finer grid."""
    reach = int(np.ceil(kernel.reach / fine.cell))
    offsets = np.arange(-reach, reach + 1) * fine.cell
    return float(kernel.at(offsets[:, None] ** 2 + offsets[None, :] ** 2).sum())
