"""Shapes for the screen: projected to world pixels, thinned with shared edges kept together, written as small
whole numbers.

A world pixel at zoom ``z`` is 1/(256·2^z) of the Web Mercator square (EPSG:3857 sphere), x to the east and y to
the south. Coordinates are written in quarters of it. Input is always longitude and latitude in degrees.
"""

from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Numbers = NDArray[np.float64]
Kind = Literal["polygon", "line", "point"]

TILE_PX = 256
QUARTERS = 4
TOLERANCE_PX = 0.7
"""Half to three quarters of a pixel: below what an eye or a screen resolves."""
AREA_ROOT = 1.4
"""A coverage is thinned by the area of triangles: its root that looks like the same distance elsewhere."""
LEAST_PART_PX2 = 1.0
LATITUDE_LIMIT = 85.0511287798066


def to_world(degrees: Numbers, zoom: int) -> Numbers:
    """Longitude and latitude (n, 2) in degrees to world pixels (n, 2) at a zoom."""
    width = TILE_PX * 2.0**zoom
    latitude = np.radians(np.clip(degrees[:, 1], -LATITUDE_LIMIT, LATITUDE_LIMIT))
    x = (degrees[:, 0] + 180.0) / 360.0 * width
    y = (1.0 - np.arcsinh(np.tan(latitude)) / np.pi) / 2.0 * width
    return np.column_stack([x, y])


def to_degrees(pixels: Numbers, zoom: int) -> Numbers:
    """World pixels (n, 2) at a zoom back to longitude and latitude in degrees."""
    width = TILE_PX * 2.0**zoom
    longitude = pixels[:, 0] / width * 360.0 - 180.0
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * pixels[:, 1] / width))))
    return np.column_stack([longitude, latitude])


def project(geometries: Geometries, zoom: int) -> Geometries:
    """Geometries in degrees to world pixels at a zoom."""
    moved: Geometries = shapely.transform(geometries, lambda degrees: to_world(degrees, zoom))
    return moved


def thin(geometries: Geometries, *, coverage: bool, tolerance: float = TOLERANCE_PX) -> Geometries:
    """Simplify geometries in pixels. Neighbours of a ``coverage`` keep the same shared edge.

    Args:
        geometries: in any unit; ``tolerance`` is in the same unit.
        coverage: polygons that share edges and do not overlap, such as villages.
    Returns:
        as many geometries, in the same order; none of them empty that was not empty before.
    """
    if coverage and len(geometries) > 1:
        # Simplified one by one, neighbours would part along their edge and show slivers of ground.
        thinned = shapely.coverage_simplify(geometries, tolerance * AREA_ROOT)
    else:
        thinned = shapely.simplify(geometries, tolerance, preserve_topology=False)
    lost = shapely.is_empty(thinned) | shapely.is_missing(thinned)
    lost &= ~(shapely.is_empty(geometries) | shapely.is_missing(geometries))
    if lost.any():
        thinned = np.where(lost, shapely.envelope(geometries), thinned)
    result: Geometries = thinned
    return result


def clip(geometries: Geometries, box: tuple[float, float, float, float]) -> Geometries:
    """Geometries cut at a box (west, top, east, bottom) in pixels; empty where nothing is inside."""
    cut: Geometries = shapely.clip_by_rect(geometries, *box)
    return cut


def encode(geometries: Geometries, kind: Kind) -> list[Any]:
    """Geometries in pixels as nested lists of whole quarter pixels, one entry a geometry.

    A point is ``[x, y]``. A line or polygon is a list of parts or rings, each
    ``[x0, y0, dx1, dy1, …]``; rings are closed and holes are rings too. Rings under one square pixel are left
    out, but never all of a geometry's. An empty geometry gives ``[]``.
    """
    if kind == "point":
        return _points(geometries)
    if kind == "line":
        parts, owner = shapely.get_parts(geometries, return_index=True)
        straight = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
        return _paths(parts[straight], owner[straight], len(geometries), closed=False)
    parts, owner = shapely.get_parts(geometries, return_index=True)
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, place = shapely.get_rings(parts[flat], return_index=True)
    return _paths(rings, owner[flat][place], len(geometries), closed=True)


def label_points(polygons: Geometries) -> Geometries:
    """A point well inside each polygon: the middle of its largest circle, else any inner point.

    Uses the largest inscribed circle up to 2,000 polygons and a point on the surface beyond.
    """
    inside: Geometries = shapely.point_on_surface(polygons)
    if len(polygons) > 2000:
        return inside
    usable = shapely.area(polygons) > 0
    if usable.any():
        circles = shapely.maximum_inscribed_circle(polygons[usable])
        inside[usable] = shapely.get_point(circles, 0)
    return inside


def quarter_pixels(points: Geometries) -> list[list[int] | None]:
    """Points in pixels as absolute ``[x, y]`` in quarters; None for an empty one."""
    return [None if np.isnan(x) else [int(x), int(y)] for x, y in _rounded(points)]


def _points(geometries: Geometries) -> list[Any]:
    plain = np.where(shapely.get_type_id(geometries) == 0, geometries, shapely.point_on_surface(geometries))
    return [[] if np.isnan(x) else [int(x), int(y)] for x, y in _rounded(plain)]


def _rounded(points: Geometries) -> Numbers:
    known = np.array(points, dtype=object)
    known[shapely.is_empty(known)] = None
    pixels = np.column_stack([shapely.get_x(known), shapely.get_y(known)])
    return np.asarray(np.round(pixels * QUARTERS))


def _paths(lines: Geometries, owner: NDArray[np.int64], count: int, *, closed: bool) -> list[Any]:
    """Lines grouped by their owner, delta-coded, without repeated points and without tiny rings."""
    answer: list[Any] = [[] for _ in range(count)]
    if not len(lines):
        return answer
    pixels, line = shapely.get_coordinates(lines, return_index=True)
    whole = np.round(pixels * QUARTERS).astype(np.int64)
    starts = np.r_[True, line[1:] != line[:-1]]
    whole, line, starts = _without_repeats(whole, line, starts)
    firsts = np.flatnonzero(starts)
    lengths = np.diff(np.r_[firsts, len(whole)])
    keep = _large_enough(whole, firsts, owner[line[firsts]]) if closed else np.ones(len(firsts), dtype=bool)
    steps = np.diff(whole, axis=0, prepend=whole[:1])
    steps[firsts] = whole[firsts]
    numbers = steps.ravel().tolist()
    for first, length, index, kept in zip(
        firsts.tolist(), lengths.tolist(), owner[line[firsts]].tolist(), keep.tolist(), strict=True
    ):
        if kept:
            answer[index].append(numbers[2 * first : 2 * (first + length)])
    return answer


def _without_repeats(
    whole: NDArray[np.int64], line: NDArray[np.int64], starts: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    moved = np.r_[True, (whole[1:] != whole[:-1]).any(axis=1)] | starts
    return whole[moved], line[moved], starts[moved]


def _large_enough(
    whole: NDArray[np.int64], firsts: NDArray[np.int64], owner: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Rings of at least one square pixel, and each owner's largest whatever its size."""
    following = np.r_[whole[1:], whole[:1]]
    local = whole - np.repeat(whole[firsts], np.diff(np.r_[firsts, len(whole)]), axis=0)
    after = following - np.repeat(whole[firsts], np.diff(np.r_[firsts, len(whole)]), axis=0)
    last = np.r_[firsts[1:], len(whole)] - 1
    after[last] = 0
    cross = local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]
    areas = np.abs(np.add.reduceat(cross, firsts)) / 2
    order = np.lexsort((-areas, owner))
    largest = np.zeros(len(firsts), dtype=bool)
    largest[order[np.r_[True, owner[order][1:] != owner[order][:-1]]]] = True
    return np.asarray((areas >= LEAST_PART_PX2 * QUARTERS**2) | largest)
