"""Who is whose neighbour: shared boundary (queen) or distance band. Areas without any are named."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.spatial import cKDTree
from shapely import STRtree

from geo.amounts import Indices
from geo.crs import require_metric
from geo.errors import NeighboursError
from geo.nearest import SLACK, checked_limit, checked_points

if TYPE_CHECKING:
    import geopandas as gpd

SNAP_M = 0.5
"""Boundaries of neighbours that were drawn twice differ by less."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """``matrix`` (n, n) is 1 where two areas are neighbours, symmetric, without the diagonal.

    ``islands`` are the positions of areas that have no neighbour.
    """

    matrix: "csr_array"
    islands: tuple[int, ...]


def queen(shapes: "gpd.GeoSeries", *, snap_m: float = SNAP_M) -> Neighbours:
    """Areas that share an edge or a corner, or come within ``snap_m`` of each other.

    Raises:
        CrsMissingError, NotMetricError: ``shapes`` are not in a metric CRS.
        NeighboursError: areas without a shape.
    """
    require_metric(shapes.crs)
    areas = shapes.to_numpy()
    missing = int((shapes.isna() | shapes.is_empty).sum())
    if missing:
        raise NeighboursError("有 {count} 个区域没有界线，无法判断相邻。", count=missing)
    # Not `touches`: boundaries drawn twice leave slivers, and neighbours across one would be strangers.
    first, second = STRtree(areas).query(areas, predicate="dwithin", distance=snap_m)
    return _neighbours(first, second, len(areas))


def distance_band(points: ArrayLike, band_m: float) -> Neighbours:
    """Points (n, 2) in metres no farther than ``band_m`` from each other, inclusive.

    Raises:
        PositionsError: points without a finite position.
        LimitError: ``band_m`` is not positive.
    """
    xy = checked_points(points)
    pairs = cKDTree(xy).query_pairs(checked_limit(band_m) * (1 + SLACK), output_type="ndarray")
    return _neighbours(pairs.ravel(), pairs[:, ::-1].ravel(), len(xy))


def _neighbours(first: Indices, second: Indices, count: int) -> Neighbours:
    other = first != second
    matrix = csr_array((np.ones(int(other.sum())), (first[other], second[other])), shape=(count, count))
    return Neighbours(matrix, tuple(np.flatnonzero(np.diff(matrix.indptr) == 0).tolist()))
