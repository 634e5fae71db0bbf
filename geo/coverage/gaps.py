"""Reached areas by radius, the gaps between them with the people inside, and what would reach the rest."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike

from geo.amounts import Numbers, floats, limbs, totals
from geo.coverage.demand import Demand
from geo.errors import ArgumentError, NoServicesError
from geo.nearest import Mask, checked_limit, checked_points

if TYPE_CHECKING:
    pass

QUARTER_SEGMENTS = 16
SEGMENTS = 4 * QUARTER_SEGMENTS
SPOT_M = 25.0
"""Drawn around who is not covered where the shape of the reach leaves no gap at all."""


def circle_factor(segments: int) -> float:
    """How much larger the radius of a regular polygon must be to have the area of the circle."""
    angle = 2 * np.pi / segments
    return float(np.sqrt(angle / np.sin(angle)))


def reached_area(services: ArrayLike, radius: float) -> Any:
    """Union of the circles around the services.

    Each circle is a polygon of 64 corners with the area of the true circle (the usual inscribed one has
    0.9984 of it); its border is within 0.13 % of the radius. Who is reached is decided by distance, never by
    this shape.

    Args:
        services: coordinates (m, 2) in metres.
        radius: metres.
    Raises:
        NoServicesError, PositionsError, LimitError.
    """
    xy = checked_points(services)
    if not len(xy):
        raise NoServicesError("一个服务点也没有，没有可达范围。先导入服务点，或放宽筛选。")
    # GEOS inscribes its polygon: with the radius as it is, every circle would be 0.16 % too small.
    wide = checked_limit(radius) * circle_factor(SEGMENTS)
    return shapely.union_all(shapely.buffer(shapely.points(xy), wide, quad_segs=QUARTER_SEGMENTS))


def gaps(
    county: Any, reached: Any, demand: Demand, covered: Mask, *, crs: Any, least_m2: float = 1.0
) -> "gpd.GeoDataFrame":
    """The parts of the county that no service reaches, the one with the most people first.

    Args:
        county: polygon of the county; ``reached`` what ``reached_area`` or an isochrone gave; both in ``crs``.
        demand, covered: the points and which of them are covered. People are counted by this mask, so
            that the gaps together hold exactly who is not covered; a point that the shape of the reach just
            takes in belongs to the gap next to it.
        least_m2: slivers below this are left out, unless they hold people.
    Returns:
        ``rank`` (from 1), ``demand`` (uncovered), ``points``, ``codes`` (areas they belong to, joined by
        ``;``), ``area_km2``, ``geometry``.
    Raises:
        ArgumentError: the mask is for other points.
    """
    if len(covered) != len(demand.xy):
        raise ArgumentError(
            "{points} 个点，{rows} 行结果：不是同一批点。", points=len(demand.xy), rows=len(covered)
        )
    pieces = shapely.get_parts(shapely.difference(county, reached))
    # Where reach and county share a boundary the difference leaves points and lines behind.
    pieces = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON]
    left = demand.part(~covered & shapely.intersects_xy(county, demand.xy[:, 0], demand.xy[:, 1]))
    if not len(pieces) and len(left.xy):
        spots = shapely.buffer(shapely.points(left.xy), SPOT_M)
        pieces = shapely.get_parts(shapely.intersection(county, shapely.union_all(spots)))
    home = _home(pieces, left.xy)
    people = floats(totals(limbs(left.weights), home, len(pieces)))
    points = np.bincount(home, minlength=len(pieces))
    area_m2 = shapely.area(pieces)
    order = np.lexsort((-area_m2, -people))
    order = order[(area_m2[order] >= least_m2) | (points[order] > 0)]
    by_piece = np.split(left.area[np.argsort(home, kind="stable")], np.cumsum(points)[:-1])
    codes = [";".join(left.codes[np.unique(by_piece[piece])]) for piece in order]
    columns = {
        "rank": np.arange(1, len(order) + 1),
        "demand": people[order],
        "points": points[order],
        "codes": codes,
        "area_km2": area_m2[order] / 1e6,
    }
    return gpd.GeoDataFrame(columns, geometry=pieces[order], crs=crs)


def _home(pieces: Any, points: Numbers) -> Any:
    """The piece each point lies in, or else the nearest one."""
    if not len(points):
        return np.zeros(0, dtype=np.int64)
    tree = shapely.STRtree(pieces)
    # One piece a point, also for one on a common edge: people are never counted twice.
    point, piece = tree.query_nearest(shapely.points(points), all_matches=False)
    home = np.empty(len(points), dtype=np.int64)
    home[point] = piece
    return home
