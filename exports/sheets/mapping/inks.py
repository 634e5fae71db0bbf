"""Paints of the declarations as strokes and fills of the page, both in millimetres."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.sheets.page import Mark, Points, Shape, Stroke
from exports.sheets.scale import View
from layers.spec import CORE_SHARE, Colour, Dash, Paint

LAND: Colour = "#FCFBF7"
OUTSIDE: Colour = "#EEF1EE"
COUNTY_LINE: Colour = "#5B3A57"
BAND: Colour = "#E3D2E6"
GAP: Colour = "#A6195C"
INK: Colour = "#17252E"
SECOND: Colour = "#44545F"
MUTED: Colour = "#5F6E78"
LINE: Colour = "#C3CDD1"
WHITE: Colour = "#FFFFFF"

DASHES: Mapping[Dash, tuple[float, ...]] = MappingProxyType(
    {
        "solid": (),
        "dash": (1.6, 1.05),
        "dot": (0.4, 0.65),
        "county": (2.9, 0.95, 0.65, 0.95),
        "township": (1.85, 0.75, 0.4, 0.75, 0.4, 0.75),
    }
)
"""The screen's dashes: the county a heavy dash and one dot, the township a finer one and two."""
UNDERLAY_MM = 0.22
CASED = ("county", "township")


def stroke_of(paint: Paint) -> Stroke | None:
    """The line of a paint, None where it has none."""
    if paint.line is None or not paint.line_mm:
        return None
    return Stroke(paint.line, paint.line_mm, DASHES[paint.dash])


def area_mark(paths: tuple[Points, ...], paint: Paint, name: str) -> Shape:
    """Polygons filled, hatched and outlined as one."""
    hatched = paint.hatch != "none"
    return Shape(
        paths, fill=paint.fill, opacity=paint.fill_opacity, stroke=stroke_of(paint), hatch=paint.hatch,
        hatch_colour=(paint.hatch_line or paint.line) if hatched else None, name=name,
    )  # fmt: skip


def line_marks(paths: tuple[Points, ...], paint: Paint, name: str) -> tuple[Shape, ...]:
    """A line, or its casing and its core."""
    outer = stroke_of(paint)
    if outer is None:
        return ()
    casing = Shape(paths, closed=False, stroke=outer, name=name)
    if paint.fill is None:
        return (casing,)
    core = Stroke(paint.fill, paint.line_mm * CORE_SHARE, outer.dash)
    return casing, Shape(paths, closed=False, stroke=core, name=f"{name}.core")


def boundary_marks(paths: tuple[Points, ...], paint: Paint, name: str) -> tuple[Shape, ...]:
    """A boundary; under dashes lies land, so that they stand out on any fill."""
    line = stroke_of(paint)
    if line is None:
        return ()
    drawn = Shape(paths, closed=False, stroke=line, name=name)
    if paint.dash not in CASED:
        return (drawn,)
    under = Stroke(LAND, paint.line_mm + 2 * UNDERLAY_MM, opacity=0.7)
    return Shape(paths, closed=False, stroke=under, name=f"{name}.under"), drawn


def symbol_mark(paint: Paint, place: tuple[float, float], size: float, name: str) -> Mark:
    """A point symbol with its middle at a place in mm."""
    return Mark(paint.symbol or "circle", place[0], place[1], size, paint.fill, stroke_of(paint), name)


def rings(shapes: NDArray[Any], view: View) -> tuple[Points, ...]:
    """All rings of polygons in metres as paths on the page."""
    return _split(shapely.get_rings(_parts(shapes, shapely.GeometryType.POLYGON)), view)


def lines(shapes: NDArray[Any], view: View) -> tuple[Points, ...]:
    """All lines in metres as paths on the page."""
    return _split(_parts(shapes, shapely.GeometryType.LINESTRING), view)


def _parts(shapes: NDArray[Any], kind: int) -> NDArray[Any]:
    """Single geometries of one kind; a part is a copy, so what is single already is not taken apart."""
    if (shapely.get_type_id(shapes) == kind).all():
        return shapes
    parts = shapely.get_parts(shapely.get_parts(shapes))
    return np.asarray(parts[shapely.get_type_id(parts) == kind])


def _split(paths: NDArray[Any], view: View) -> tuple[Points, ...]:
    if not len(paths):
        return ()
    xy, index = shapely.get_coordinates(paths, return_index=True)
    ends = np.flatnonzero(np.diff(index)) + 1
    return tuple(np.split(view.to_mm(xy), ends))
