"""The frame: two neatlines, the graticule with its labels on four sides, the kilometre grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer

from exports.sheets.corners import rectangle
from exports.sheets.fonts import text_width
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Points, Shape, Stroke, Words
from exports.sheets.papers import LEAST_TEXT, Layout
from exports.sheets.scale import View
from layers.spec import Colour

OUTER_MM, INNER_MM, SINGLE_MM = 0.85, 0.2, 0.35
LINE_MM = 0.1
MINUTES = (0.25, 0.5, 1, 2, 5, 10, 15, 20, 30, 60)
KILOMETRES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
LEAST_APART_MM, LEAST_SQUARE_MM = 26.0, 18.0
SAMPLES, PAD = 24, 0.02
GRID_COLOUR: Colour = "#8FA6B2"
KM_COLOUR: Colour = "#A98F6C"


@dataclass(frozen=True)
class Tick:
    """Where a line meets the frame: ``side`` left, right, top or bottom, ``at`` mm along it."""

    side: str
    at: float
    text: str


def neatlines(layout: Layout) -> tuple[Shape, ...]:
    """A heavy outer and a fine inner line; one line where there is no band between them."""
    if layout.paper.band == 0:
        return (_ring(layout.map, SINGLE_MM, "neatline"),)
    return _ring(layout.frame.inset(OUTER_MM / 2), OUTER_MM, "neatline.outer"), _ring(
        layout.map, INNER_MM, "neatline"
    )


def graticule(view: View, crs: str) -> tuple[tuple[Shape, ...], tuple[Tick, ...]]:
    """Meridians and parallels at a round interval, with where they meet the frame."""
    to_metres = Transformer.from_crs("EPSG:4490", crs, always_xy=True)
    lons, lats = _degrees(view, to_metres)
    step = _interval(view, lats)
    paths: list[Points] = []
    ticks: list[Tick] = []
    for lon in _multiples(lons, step):
        # Neither is straight in the zone: across a county a parallel bends by tenths of a millimetre.
        xy = to_metres.transform(np.full(SAMPLES, lon), np.linspace(*lats, SAMPLES))
        for path in _inside(view, np.column_stack(xy)):
            paths.append(path)
            ticks += _ends(view.box, path, _degree_text(lon), ("top", "bottom"))
    for lat in _multiples(lats, step):
        xy = to_metres.transform(np.linspace(*lons, SAMPLES), np.full(SAMPLES, lat))
        for path in _inside(view, np.column_stack(xy)):
            paths.append(path)
            ticks += _ends(view.box, path, _degree_text(lat), ("left", "right"))
    stroke = Stroke(GRID_COLOUR, LINE_MM, (1.2, 1.0), opacity=0.8)
    return (Shape(tuple(paths), closed=False, stroke=stroke, name="graticule"),) if paths else (), tuple(
        ticks
    )


def kilometre_grid(view: View) -> tuple[tuple[Shape, ...], tuple[Tick, ...]]:
    """Lines at round kilometres of the zone."""
    step = next(km * 1000 for km in KILOMETRES if view.mm_per_m * km * 1000 >= LEAST_SQUARE_MM)
    west, south, east, north = view.bounds
    paths, ticks = [], []
    for x in _multiples((west, east), step):
        path = view.to_mm([(x, south), (x, north)])
        paths.append(path)
        ticks += _ends(view.box, path, f"{x / 1000:,.10g}", ("top", "bottom"))
    for y in _multiples((south, north), step):
        path = view.to_mm([(west, y), (east, y)])
        paths.append(path)
        ticks += _ends(view.box, path, f"{y / 1000:.10g}", ("left", "right"))
    stroke = Stroke(KM_COLOUR, LINE_MM, opacity=0.7)
    return (Shape(tuple(paths), closed=False, stroke=stroke, name="km-grid"),), tuple(ticks)


def tick_marks(layout: Layout, degrees: Sequence[Tick], kilometres: Sequence[Tick]) -> tuple[AnyMark, ...]:
    """Labels in the band between the neatlines; a kilometre that would meet a degree, or a corner, is left out."""
    size = max(LEAST_TEXT, 0.46 * layout.paper.band)
    taken: dict[str, list[tuple[float, float]]] = {}
    marks: list[AnyMark] = []
    for ticks, colour, least in ((degrees, inks.INK, size), (kilometres, "#6E5A3C", LEAST_TEXT)):
        for tick in ticks:
            half = text_width(tick.text, least) / 2 + 0.6
            low, high = _side(layout.map, tick.side)
            span = (tick.at - half, tick.at + half)
            # Degrees are asked first: where both meet, the kilometre gives way.
            met = any(span[0] < end and start < span[1] for start, end in taken.get(tick.side, ()))
            if not met and span[0] > low and span[1] < high:
                taken.setdefault(tick.side, []).append(span)
                marks.append(_label(layout, tick, least, colour))
    return tuple(marks)


def _label(layout: Layout, tick: Tick, size: float, colour: Colour) -> Words:
    middle, lower = layout.paper.band / 2, 0.36 * size
    box = layout.map
    if tick.side in ("top", "bottom"):
        y = box.top - middle + lower if tick.side == "top" else box.bottom + middle + lower
        return Words(tick.text, tick.at, y, size, colour, align="middle", kind="graticule")
    x = box.left - middle + lower if tick.side == "left" else box.right + middle + lower
    return Words(tick.text, x, tick.at, size, colour, align="middle", angle=-90.0, kind="graticule")


def _side(box: Box, side: str) -> tuple[float, float]:
    return (box.left, box.right) if side in ("top", "bottom") else (box.top, box.bottom)


def _ring(box: Box, width: float, name: str) -> Shape:
    return Shape((rectangle(box),), stroke=Stroke(inks.INK, width), name=name)


def _degrees(view: View, to_metres: object) -> tuple[tuple[float, float], tuple[float, float]]:
    """Longitudes and latitudes that the view spans, and a little more: a parallel is highest between two samples."""
    west, south, east, north = view.bounds
    t = np.linspace(0, 1, 9)
    x = np.concatenate([west + (east - west) * t] * 2 + [np.full(9, west), np.full(9, east)])
    y = np.concatenate([np.full(9, south), np.full(9, north)] + [south + (north - south) * t] * 2)
    lon, lat = to_metres.transform(x, y, direction="INVERSE")  # type: ignore[attr-defined]
    return _padded(lon), _padded(lat)


def _padded(degrees: Points) -> tuple[float, float]:
    low, high = float(degrees.min()), float(degrees.max())
    return low - PAD * (high - low), high + PAD * (high - low)


def _interval(view: View, lats: tuple[float, float]) -> float:
    """Degrees between lines: the smallest round interval whose parallels do not crowd."""
    mm_per_degree = 111_000 * view.mm_per_m
    for minutes in MINUTES:
        if mm_per_degree * minutes / 60 >= LEAST_APART_MM:
            return minutes / 60
    return 1.0


def _multiples(ends: tuple[float, float], step: float) -> Iterator[float]:
    first, last = int(np.ceil(ends[0] / step)), int(np.floor(ends[1] / step))
    return (at * step for at in range(first, last + 1))


def _inside(view: View, metres: Points) -> list[Points]:
    line = shapely.LineString(view.to_mm(metres))
    box = view.box
    # clip_by_rect puts the ends exactly on the edge, which is how ticks are told from ends inside.
    cut = shapely.clip_by_rect(line, box.left, box.top, box.right, box.bottom)
    return [shapely.get_coordinates(part) for part in shapely.get_parts(cut) if part.length > 0]


def _ends(box: Box, path: Points, text: str, sides: tuple[str, str]) -> list[Tick]:
    """The ends of a line that lie on the sides which its labels belong to."""
    edges = {"top": (1, box.top), "bottom": (1, box.bottom), "left": (0, box.left), "right": (0, box.right)}
    found = []
    for side in sides:
        axis, edge = edges[side]
        for end in (path[0], path[-1]):
            if abs(float(end[axis]) - edge) < 1e-6:
                found.append(Tick(side, float(end[1 - axis]), text))
                break
    return found


def _degree_text(degrees: float) -> str:
    """110°25′, 110°25′30″."""
    seconds = round(degrees * 3600)
    whole, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{whole}°{minutes:02d}′" + (f"{left:02d}″" if left else "")
