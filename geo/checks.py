"""Findings on geometry, one per row; what can be repaired without asking is repaired."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[Any]
Family = Literal["point", "line", "polygon"]
Severity = Literal["blocking", "warning"]

FAMILIES: dict[Family, tuple[str, ...]] = {
    "point": ("Point",),
    "line": ("LineString", "MultiLineString"),
    "polygon": ("Polygon", "MultiPolygon"),
}
TITLES: dict[Family, str] = {"point": "点", "line": "线", "polygon": "面"}
DIMENSIONS: dict[Family, int] = {"point": 0, "line": 1, "polygon": 2}
REASONS = {
    "Self-intersection": "边界自己相交",
    "Ring Self-intersection": "环自己相交",
    "Hole lies outside shell": "洞在外环之外",
    "Nested holes": "洞里套洞",
    "Nested shells": "面重叠在面里",
    "Duplicate Rings": "环重复",
    "Interior is disconnected": "内部不连通",
    "Too few points in geometry component": "点数不够成面",
    "Invalid Coordinate": "坐标不是数",
    "Ring is not closed": "环没有闭合",
}


@dataclass(frozen=True)
class Problem:
    """One finding: ``position`` counts rows from 0, None speaks of the whole table.

    ``remedy`` as of an error (``geo.errors.REMEDIES``). ``place`` is where, in degrees, when that is not the middle of
    the row.
    """

    position: int | None
    severity: Severity
    rule: str
    message: str
    remedy: str = ""
    place: tuple[float, float] | None = None


def check_shapes(shapes: Shapes, family: Family) -> tuple[Shapes, list[Problem]]:
    """Missing, empty, of the wrong kind, invalid (repaired where possible) and repeated geometries.

    ``shapes`` is an array of geometries or None, in any CRS. The copy returned is two-dimensional, single
    points instead of multipoints of one part, and valid where it could be made so.
    """
    flat = flattened(shapes)
    problems = _missing(flat)
    flat, wrong = _of_family(flat, family)
    flat, invalid = _valid(flat, family, skip=wrong)
    problems += [_wrong_kind(int(i), flat[i], family) for i in np.flatnonzero(wrong)]
    problems += invalid
    if family != "point":
        problems += _repeated(flat)
    return flat, problems


def flattened(shapes: Shapes) -> Shapes:
    """The geometries without heights; the same array when none has any."""
    if not shapely.has_z(shapes).any():
        return shapes
    return np.asarray(shapely.force_2d(shapes), dtype=object)


def overlaps(shapes: Shapes, *, least_m2: float = 1.0) -> list[tuple[int, int, float]]:
    """Pairs of polygons that share more than ``least_m2``: positions and area in m².

    ``shapes`` are polygons in a metric CRS; None is skipped.
    """
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    pairs = first < second
    first, second = first[pairs], second[pairs]
    touching = shapely.touches(shapes[first], shapes[second])
    first, second = first[~touching], second[~touching]
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    return [
        (int(a), int(b), float(m2)) for a, b, m2 in zip(first, second, shared, strict=True) if m2 > least_m2
    ]


def _missing(shapes: Shapes) -> list[Problem]:
    gone, empty = shapely.is_missing(shapes), shapely.is_empty(shapes)
    said = {
        True: "没有几何（空值）。补上位置，或删去这一行。",
        False: "几何是空的。重新绘制，或删去这一行。",
    }
    return [
        Problem(int(i), "blocking", "geometry-missing", said[bool(gone[i])])
        for i in np.flatnonzero(gone | empty)
    ]


def _of_family(shapes: Shapes, family: Family) -> tuple[Shapes, NDArray[np.bool_]]:
    """Multipoints of one part as points; and which rows are of another kind than ``family``."""
    kinds = shapely.get_type_id(shapes)
    if family == "point":
        single = (kinds == shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
        shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
        kinds = shapely.get_type_id(shapes)
    good = [shapely.GeometryType[name.upper()] for name in FAMILIES[family]]
    present = (kinds >= 0) & ~shapely.is_empty(shapes)
    return shapes, present & ~np.isin(kinds, good)


def _wrong_kind(position: int, shape: Any, family: Family) -> Problem:
    parts = "（一行有多个点）" if family == "point" and shape.geom_type == "MultiPoint" else ""
    text = f"这个图层要{TITLES[family]}，文件里是 {shape.geom_type}{parts}。"
    return Problem(position, "blocking", "geometry-type", text)


def _valid(shapes: Shapes, family: Family, *, skip: NDArray[np.bool_]) -> tuple[Shapes, list[Problem]]:
    broken = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes) & ~skip)
    if not len(broken):
        return shapes, []
    finite = np.array([bool(np.isfinite(shapely.get_coordinates(shape)).all()) for shape in shapes[broken]])
    repaired = np.full(len(broken), None, dtype=object)
    repaired[finite] = _parts(shapely.make_valid(shapes[broken][finite], method="structure"), family)
    problems = []
    for position, shape, better in zip(broken, shapes[broken], repaired, strict=True):
        why, where = _reason(shape)
        if better is None or better.is_empty:
            text = f"几何无效，修不好：{why}{where}。重新绘制。"
            problems.append(Problem(int(position), "blocking", "geometry-unreadable", text))
        else:
            problems.append(
                Problem(int(position), "warning", "geometry-invalid", f"几何无效，已修正：{why}{where}。")
            )
    fixed = shapes.copy()
    fixed[broken] = repaired
    return fixed, problems


def _parts(shapes: Shapes, family: Family) -> Shapes:
    """Only the parts of the right dimension, None where there is none: repairs may leave lines and points."""
    wanted = DIMENSIONS[family]
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    kept = shapes.copy()
    for i in np.flatnonzero(mixed):
        parts = [part for part in shapely.get_parts(shapes[i]) if shapely.get_dimensions(part) == wanted]
        kept[i] = shapely.union_all(parts) if parts else None
    kept[shapely.get_dimensions(kept) != wanted] = None
    return kept


def _reason(shape: Any) -> tuple[str, str]:
    said = shapely.is_valid_reason(shape)
    name, _, place = said.partition("[")
    where = f"，在 ({place.rstrip(']').replace(' ', ', ')})" if place else ""
    return REASONS.get(name, name), where


def earliest(shapes: Shapes) -> NDArray[np.int64]:
    """For each shape the place of the first that is exactly the same, its own where there is none before it.

    ``shapes`` is an array of geometries or None, in any CRS; what is missing or empty is the same as nothing else.
    """
    found = np.arange(len(shapes), dtype=np.int64)
    present = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    west, south, east, north = shapely.bounds(shapes[present]).T
    places = (west + east) + 1j * (south + north)
    _, group, size = np.unique(places, return_inverse=True, return_counts=True)
    seen: dict[int, list[int]] = {}
    for at in np.flatnonzero(size[group] > 1):
        position, others = int(present[at]), seen.setdefault(int(group[at]), [])
        same = next((other for other in others if shapes[position].equals(shapes[other])), None)
        if same is None:
            others.append(position)
        else:
            found[position] = same
    return found


def _repeated(shapes: Shapes) -> list[Problem]:
    first = earliest(shapes)
    return [
        Problem(
            int(position), "warning", "geometry-duplicate", f"几何和第 {first[position] + 1} 个要素完全相同。"
        )
        for position in np.flatnonzero(first != np.arange(len(first)))
    ]
