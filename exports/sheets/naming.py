"""Which names a sheet wants: areas, waters along their line, roads with a number, points where they are few."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from exports.sheets.content import Content
from exports.sheets.fonts import text_width
from exports.sheets.ground import clipped
from exports.sheets.labels import Name
from exports.sheets.labels.name import Kind
from exports.sheets.mapping import Mapped, inks
from exports.sheets.page import Box
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.scale import View
from exports.sheets.strata import Stratum
from layers.divisions import Level

TOWNSHIP, VILLAGE, RIVER, GRID, POINT, NEIGHBOUR, ROAD, ROAD_NAME = 40.0, 10.0, 8.0, 4.0, 2.0, 3.0, 5.0, 1.0
"""Weights: what has to give way to what."""
MOST_POINTS, MORE_POINTS = 12, 40
"""Layers with more points on the sheet are not named one by one; over a whole county fewer are."""
HALO_MM = 0.35
WATER = "#2F6F95"
ROAD_NUMBER = re.compile(r"(?<![A-Za-z0-9])[GSXYCZ]\d{1,4}(?!\d)", re.IGNORECASE)
SHORTEST_ROAD_MM = 30.0
"""A road without a number has its name along it where it is as long as that."""
SHIELDS = {"G": "#B3261E", "S": "#B87A00"}
COMPACT = 3.0
"""A water less than so many times as long as wide is named like an area."""
GRID_FIGURES = 2
"""At least so many in the number of a grid."""
SAMPLES = 60


def names_of(content: Content, mapped: Mapped, view: View, em: float, parts: frozenset[str]) -> list[Name]:
    """All names in the order of their layers."""
    naming = _Naming(content, view, em)
    found: list[Name] = []
    for stratum in content.strata:
        level = content.divisions.of_layer(stratum.id)
        if level is not None and level.name == "township" and "names" in parts:
            found += naming.townships(stratum)
        elif level is not None and level.name in ("village", "grid") and "village-names" in parts:
            found += naming.inner(stratum, level)
        elif stratum.id == "rivers" and "names" in parts:
            found += naming.waters(stratum)
        elif stratum.id == "roads" and "names" in parts:
            found += naming.roads(stratum)
    if "point-names" in parts:
        found += _points(content, mapped, em)
    return found


class _Naming:
    def __init__(self, content: Content, view: View, em: float) -> None:
        self.content, self.view, self.em = content, view, em
        self.divisions, self.code = content.divisions, content.area.code

    def townships(self, stratum: Stratum) -> Iterator[Name]:
        for code, name, area in self._areas(stratum):
            if code.startswith(self.code) and len(self.code) < len(code):
                yield self._name(code, name, "township", TOWNSHIP, (1.4, 1.05), area, weight="bold")
            elif not self.code.startswith(code):
                yield self._neighbour(code, name, area)

    def inner(self, stratum: Stratum, level: Level) -> Iterator[Name]:
        """Villages, or grids: those of the area in ink, those around a village in grey."""
        above = self.divisions.above(level)
        near = above is not None and len(self.code) >= above.digits
        kind: Kind = "village" if level.name == "village" else "grid"
        if kind == "grid" and not near:
            yield from self._grid_numbers(stratum)
            return
        for code, name, area in self._areas(stratum):
            if code.startswith(self.code) and len(self.code) < level.digits:
                size = (1.12, 0.8) if near else (0.84, 0.6)
                weight = "bold" if near and kind == "village" else "regular"
                priority = VILLAGE if kind == "village" else GRID
                yield self._name(code, name, kind, priority, size, area, weight=weight)
            elif len(self.code) == level.digits and code != self.code:
                yield self._neighbour(code, name, area)

    def _grid_numbers(self, stratum: Stratum) -> Iterator[Name]:
        """On the sheet of a township: grids by number, where a village has more than one. A county has too many."""
        if not self.divisions.is_below(self.code, "county"):
            return
        counts = Counter(self.divisions.cut(code, "village") for code in stratum.codes)
        for code, _, area in self._areas(stratum):
            village = self.divisions.cut(code, "village")
            if code.startswith(self.code) and counts[village] > 1:
                number = code[len(village) :].lstrip("0").zfill(GRID_FIGURES)
                yield self._name(code, number, "grid", GRID, (0.72, 0.6), area, colour=inks.MUTED)

    def waters(self, stratum: Stratum) -> Iterator[Name]:
        for code, name, area in self._areas(stratum):
            line, width = middle_line(area)
            if line is None:
                yield self._name(code, name, "grid", RIVER, (0.95, 0.7), area, colour=WATER)
            else:
                size = max(LEAST_TEXT, 1.05 * self.em)
                offset = 0.0 if width > 1.1 * size else width / 2 + 0.9 * size
                yield Name(
                    code, name, "river", RIVER, size, LEAST_TEXT, line=line, offset=offset, colour=WATER, halo=inks.WHITE,
                    halo_mm=HALO_MM, spacing=0.4 * size, every=160.0,
                )  # fmt: skip

    def roads(self, stratum: Stratum) -> Iterator[Name]:
        """Roads that carry an official number get its shield, long ones without a number their name along them."""
        rows: dict[tuple[str, str], list[int]] = {}
        for row, (code, name) in enumerate(zip(stratum.codes, stratum.names, strict=True)):
            found = ROAD_NUMBER.fullmatch(code) or ROAD_NUMBER.search(name)
            number = found.group().upper() if found else ""
            rows.setdefault((number, "" if number else name), []).append(row)
        size = max(LEAST_TEXT, 0.72 * self.em)
        for (number, name), places in sorted(rows.items()):
            if not number and not name:
                continue
            parts = clipped(stratum.shapes[places], self.view.bounds)
            line = self._page(shapely.line_merge(shapely.union_all(parts)))
            if number:
                yield Name(
                    number, number, "road", ROAD, size, LEAST_TEXT, line=line, weight="bold", colour=inks.WHITE,
                    plate=SHIELDS.get(number[0], "#44545F"), edge=inks.WHITE,
                )  # fmt: skip
            elif line.length >= SHORTEST_ROAD_MM:
                yield Name(
                    f"{stratum.id}:{stratum.codes[places[0]]}", name, "road", ROAD_NAME, size, LEAST_TEXT, line=line,
                    offset=0.95 * size, colour=inks.SECOND, halo=inks.WHITE, halo_mm=0.3,
                )  # fmt: skip

    def _areas(self, stratum: Stratum) -> Iterator[tuple[str, str, Any]]:
        """Code, name and polygon on the page of every named area that the map shows."""
        cut = clipped(stratum.shapes, self.view.bounds)
        for code, name, shape in zip(stratum.codes, stratum.names, cut, strict=True):
            if name and not shapely.is_empty(shape):
                yield code, name, self._page(shape)

    def _page(self, shape: Any) -> Any:
        return shapely.transform(shape, self.view.to_mm)

    def _name(
        self,
        code: str,
        text: str,
        kind: Kind,
        priority: float,
        sizes: tuple[float, float],
        area: Any,
        **look: Any,
    ) -> Name:
        size, least = (max(LEAST_TEXT, part * self.em) for part in sizes)
        return Name(
            code, text, kind, priority, size, least, area=area, halo=inks.WHITE, halo_mm=HALO_MM, **look
        )

    def _neighbour(self, code: str, text: str, area: Any) -> Name:
        size = max(LEAST_TEXT, 1.1 * self.em)
        return Name(
            code, text, "neighbour", NEIGHBOUR, size, LEAST_TEXT, area=area, colour=inks.MUTED, spacing=0.35 * size,
            halo=inks.OUTSIDE, halo_mm=HALO_MM,
        )  # fmt: skip


def _points(content: Content, mapped: Mapped, em: float) -> Iterator[Name]:
    """Names of symbols of layers that have few of them, where they say more than the legend and the village do."""
    size = max(LEAST_TEXT, 0.72 * em)
    most = MORE_POINTS if content.divisions.is_below(content.area.code, "county") else MOST_POINTS
    places = {name for stratum in content.strata if stratum.group == "divisions" for name in stratum.names}
    for stratum in content.strata:
        placed = [symbol for symbol in mapped.placed if symbol.layer == stratum.id]
        if stratum.kind != "point" or stratum.gathers or len(placed) > most:
            continue
        for symbol in placed:
            text = stratum.names[symbol.row]
            if text and not _said(text, stratum.title, places):
                yield Name(
                    f"{stratum.id}:{stratum.codes[symbol.row]}", text, "point", POINT, size, LEAST_TEXT,
                    at=(symbol.x, symbol.y), half=symbol.size / 2, colour=inks.SECOND, halo=inks.WHITE, halo_mm=0.3,
                )  # fmt: skip


def clear_of(names: Iterable[Name], ground: Box) -> list[Name]:
    """The same names, those of neighbours and roads kept off the ground of the stamp; what lies in the area goes first."""
    return [_off(name, ground) if name.kind in ("neighbour", "road") else name for name in names]


def _off(name: Name, ground: Box) -> Name:
    across = text_width(name.text, name.size, name.weight, name.spacing) / 2
    wide = shapely.box(
        ground.left - across, ground.top - name.size, ground.right + across, ground.bottom + name.size
    )
    part = "area" if name.area is not None else "line"
    return replace(name, **{part: shapely.difference(getattr(name, part), wide)})


def _said(name: str, title: str, places: set[str]) -> bool:
    """Whether a name is only that of a place and of its layer: 荣河镇综治中心, 何庄村卫生室."""
    lengths = range(2, len(name) + 1)
    kind = title.casefold()
    return any(name[:length] in places and name[length:].strip().casefold() in kind for length in lengths)


def symbol_boxes(mapped: Mapped) -> list[Box]:
    """Ground of the symbols, which no name may touch."""
    return [symbol.box for symbol in mapped.placed]


def middle_line(area: Any) -> tuple[Any, float]:
    """The line along the middle of a long water with its mean width in mm; None for a compact one.

    The outline is cut at the two corners that lie farthest apart, and what lies opposite on both banks is halved.
    """
    parts = shapely.get_parts(area)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    if not len(parts):
        return None, 0.0
    water = parts[int(np.argmax(shapely.area(parts)))]
    ring = shapely.get_coordinates(shapely.get_exterior_ring(water))[:-1]
    corners = shapely.get_coordinates(shapely.convex_hull(water))[:-1]
    apart = np.linalg.norm(corners[:, None] - corners[None, :], axis=2)
    one, two = np.unravel_index(int(apart.argmax()), apart.shape)
    first = int(np.linalg.norm(ring - corners[one], axis=1).argmin())
    ring = np.roll(ring, -first, axis=0)
    second = int(np.linalg.norm(ring - corners[two], axis=1).argmin())
    if not 0 < second < len(ring) - 1:
        return None, 0.0
    banks = (
        shapely.LineString(ring[: second + 1]),
        shapely.LineString(np.vstack([ring[second:], ring[:1]])[::-1]),
    )
    at = np.linspace(0, 1, SAMPLES)
    left, right = (
        shapely.get_coordinates(shapely.line_interpolate_point(bank, at, normalized=True)) for bank in banks
    )
    line = shapely.simplify(shapely.LineString((left + right) / 2), 0.3)
    width = float(water.area / line.length) if line.length else 0.0
    return (line, width) if line.length > COMPACT * width else (None, width)
