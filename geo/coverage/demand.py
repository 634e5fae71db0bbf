"""Who needs a service and where the services are: points with weights, codes and, if known, capacities."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.amounts import Indices, Numbers, checked_amounts
from geo.crs import require_metric
from geo.errors import ArgumentError, NoServicesError
from geo.nearest import Mask, checked_points

if TYPE_CHECKING:
    import geopandas as gpd

Texts = NDArray[np.str_]

QUANTUM = 2.0**-20
"""People are spread in whole multiples of this, so that the parts add up to the area's number exactly."""


@dataclass(frozen=True)
class Demand:
    """Points that need a service. An area may have several points; every point belongs to one area.

    ``xy`` (n, 2) in metres, ``weights`` (n,) people or another amount, ``area`` (n,) position in ``codes``
    (k,), the finest code known of each (grid 15, village 12, township 9 or county 6 digits).
    """

    xy: Numbers
    weights: Numbers
    area: Indices
    codes: Texts

    def part(self, rows: Any) -> "Demand":
        """Some of the points, by slice, mask or positions."""
        return Demand(self.xy[rows], self.weights[rows], self.area[rows], self.codes)


@dataclass(frozen=True)
class Services:
    """Places that offer a service: ``xy`` (m, 2) in metres; ``kinds`` (m,) which service each one offers,
    ``capacities`` (m,) how many people it can serve, ``outside`` (m,) whether it lies beyond the county line.
    The last three are None when not known.
    """

    xy: Numbers
    kinds: Texts | None = None
    capacities: Numbers | None = None
    outside: Mask | None = None

    def of(self, kind: str) -> Indices:
        """Rows that offer one service; raises NoServicesError when there is none."""
        rows = np.arange(len(self.xy)) if self.kinds is None else np.flatnonzero(self.kinds == kind)
        if not len(rows):
            raise NoServicesError("没有“{kind}”的服务点。先导入，或换一类服务。", kind=kind)
        return rows


def demand_of(xy: ArrayLike, weights: ArrayLike, codes: ArrayLike) -> Demand:
    """Demand from arrays: coordinates (n, 2) in metres, weights (n,), codes (n,) as text.

    Raises:
        PositionsError, WeightsError; ArgumentError when there is not one code a point.
    """
    points = checked_points(xy)
    texts = np.asarray(codes, dtype=np.str_)
    if texts.shape != (len(points),):
        raise ArgumentError("{points} 个点，{codes} 个代码：要一样多。", points=len(points), codes=texts.size)
    known, area = np.unique(texts, return_inverse=True)
    return Demand(points, checked_amounts(weights, len(points)), area, known)


def demand_points(rows: "gpd.GeoDataFrame", weight: str, *, code: str = "code") -> Demand:
    """Demand of a table in a metric CRS; polygons stand for a point on their surface.

    Raises:
        CrsMissingError, NotMetricError, PositionsError, WeightsError.
    """
    require_metric(rows.crs)
    return demand_of(_points(rows), rows[weight].to_numpy(dtype=np.float64, na_value=np.nan), rows[code])


def spread_demand(
    areas: "gpd.GeoDataFrame", places: "gpd.GeoDataFrame", weight: str, *, of: str, by: str | None = None
) -> Demand:
    """Spread the weight of each area over its places (settlements), so that far hamlets are not lost.

    Args:
        areas: metric CRS, with ``code`` and ``weight``.
        places: metric CRS; column ``of`` is the code of the area a place lies in, column ``by`` what the
            weight is shared in proportion to (people, households, floor area); without it, or where it
            adds up to nothing, every place gets the same.
    Returns:
        one point a place, and one point on the surface of each area without places. The parts of an area add
        up to its weight exactly.
    Raises:
        CrsMissingError, NotMetricError, PositionsError, WeightsError.
    """
    require_metric(places.crs)
    whole = demand_points(areas, weight)
    codes = areas["code"].to_numpy(dtype=np.str_)
    order = np.argsort(codes, kind="stable")
    homes = places[of].to_numpy(dtype=np.str_)
    slot = np.minimum(np.searchsorted(codes[order], homes), len(codes) - 1)
    owner = order[slot]
    # searchsorted gives a place for codes that are not there too; those places belong to no area.
    placed = codes[owner] == homes
    owner, spots = owner[placed], _points(places)[placed]
    keys = np.ones(len(owner)) if by is None else checked_amounts(places[by].to_numpy()[placed])
    parts = _shares(whole.weights, owner, keys)
    alone = np.setdiff1d(np.arange(len(codes)), owner)
    return demand_of(
        np.vstack([spots, whole.xy[alone]]),
        np.concatenate([parts, whole.weights[alone]]),
        np.concatenate([homes[placed], codes[alone]]),
    )


def service_points(
    rows: "gpd.GeoDataFrame", *, kind: str | None = None, capacity: str | None = None, county: Any = None
) -> Services:
    """Services of a table in a metric CRS.

    Args:
        kind, capacity: columns that name the service of each row and how many people it can serve.
        county: polygon in the same CRS; services beyond it count, and are marked ``outside``.
    Raises:
        CrsMissingError, NotMetricError, NoServicesError, PositionsError, WeightsError.
    """
    require_metric(rows.crs)
    if not len(rows):
        raise NoServicesError("服务点的表是空的。先导入服务点，或放宽筛选。")
    xy = checked_points(_points(rows))
    return Services(
        xy,
        None if kind is None else rows[kind].to_numpy(dtype=np.str_),
        None if capacity is None else checked_amounts(rows[capacity].to_numpy(dtype=np.float64)),
        None if county is None else ~shapely.intersects_xy(county, xy),
    )


def _points(rows: "gpd.GeoDataFrame") -> Numbers:
    # A point on the surface, not the centroid: that of a bent village may lie in its neighbour.
    shapes = rows.geometry.to_numpy()
    plain = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = shapes if plain.all() else np.where(plain, shapes, shapely.point_on_surface(shapes))
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])


def _shares(weights: Numbers, owner: Indices, keys: Numbers) -> Numbers:
    """Parts of the weights by key, in whole quanta; what rounding leaves over goes to the largest place."""
    sums = np.bincount(owner, keys, minlength=len(weights))
    keys = np.where(sums[owner] > 0, keys, 1.0)
    sums = np.bincount(owner, keys, minlength=len(weights))
    # In whole quanta and rounded down, so that what is left over is exact and never negative.
    parts: Numbers = np.floor(weights[owner] * (keys / sums[owner]) / QUANTUM) * QUANTUM
    left = weights - np.bincount(owner, parts, minlength=len(weights))
    order = np.lexsort((-parts, owner))
    served, first = np.unique(owner[order], return_index=True)
    parts[order[first]] += left[served]
    return parts
