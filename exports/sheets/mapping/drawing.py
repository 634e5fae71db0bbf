"""The layers of a sheet as marks, and what of them really shows inside the frame."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.content import Content
from exports.sheets.ground import Ground, clipped
from exports.sheets.mapping import inks
from exports.sheets.mapping.symbols import Moved, Symbol, paint_of, place_symbols
from exports.sheets.page import AnyMark, Shape, Stroke, Words
from exports.sheets.scale import View
from exports.sheets.strata import Shapes, Stratum
from exports.sheets.text import MIDDLE
from layers.disclosure.amounts import Amount

if TYPE_CHECKING:
    from numpy.typing import NDArray

OVER_MM = 3.0
"""What is kept beyond the frame, so that no outline shows where a shape was cut."""
BAND_MM = 2.6
VEIL = 0.66
AREA = "area.0"
COUNT_EM = 1.9
LOWER = {"triangle": 0.14}
"""How much lower than its middle a symbol is widest, in parts of its size."""


@dataclass(frozen=True)
class Shown:
    """One class that shows inside the frame, with how many shapes or points of it do, of the county and ``outside``, and
    what those of the county amount to; ``size`` is that of its symbol."""

    stratum: Stratum
    index: int
    count: int
    size: float = 0.0
    outside: int = 0
    amount: Amount | None = None

    @property
    def name(self) -> str:
        return f"{self.stratum.id}.{self.index}"


@dataclass(frozen=True)
class Mapped:
    """Marks from the ground up: ``below`` the graticule, ``above`` it, then ``symbols``, which names must keep clear of.

    ``shown`` are classes in legend order of each stratum, the strata in drawing order.
    """

    below: tuple[AnyMark, ...]
    above: tuple[AnyMark, ...]
    symbols: tuple[AnyMark, ...]
    placed: tuple[Symbol, ...]
    shown: tuple[Shown, ...]
    moved: Moved
    area_outlined: bool


def map_content(content: Content, view: View, ground: Ground) -> Mapped:
    """Everything of a content that lies in the view."""
    return _Mapping(content, view, ground).mapped()


class _Mapping:
    def __init__(self, content: Content, view: View, ground: Ground) -> None:
        self.content, self.view, self.ground = content, view, ground
        over = view.metres(OVER_MM)
        west, south, east, north = view.bounds
        self.bounds = (west - over, south - over, east + over, north + over)
        self.shown: dict[str, list[Shown]] = {}

    def mapped(self) -> Mapped:
        content = self.content
        below: list[AnyMark] = [*self._land()]
        for stratum in self._of("area"):
            below += self._areas(stratum)
        lines = [mark for stratum in self._of("boundary") for mark in self._boundary(stratum)]
        above: list[AnyMark] = []
        (above if content.whole else below).extend(lines)
        framed = content.whole or content.lined
        below += self._surroundings() if framed else ()
        for stratum in self._of("line"):
            above += self._ways(stratum)
        if framed and not content.whole:
            above += self._outline()
        points = [stratum for stratum in self._of("point") if stratum.drawn]
        placed, moved = place_symbols(points, self.view)
        return Mapped(
            tuple(below), tuple(above), tuple(self._symbols(points, placed)), tuple(placed),
            tuple(one for stratum in content.strata for one in self.shown.get(stratum.id, [])), moved,
            framed and not content.whole,
        )  # fmt: skip

    def _of(self, kind: str) -> list[Stratum]:
        return [stratum for stratum in self.content.strata if stratum.kind == kind]

    def _land(self) -> tuple[Shape, ...]:
        box = self.view.box
        corners = np.array(
            [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
        )
        land = self._cut(np.array([self.content.land], dtype=object))
        return (
            Shape((corners,), fill=inks.OUTSIDE, name="ground"),
            Shape(inks.rings(land, self.view), fill=inks.LAND, name="land"),
        )

    def _surroundings(self) -> tuple[Shape, ...]:
        """Neighbours of a part of the county lie under a veil; a soft band runs outside the area's line."""
        content, view = self.content, self.view
        smooth = shapely.simplify(content.outline, view.metres(0.1))
        around = shapely.difference(
            shapely.buffer(smooth, view.metres(BAND_MM), quad_segs=4), content.outline
        )
        band = self._cut(np.array([around], dtype=object))
        marks = [Shape(inks.rings(band, view), fill=inks.BAND, opacity=0.75, name="area.band")]
        if not content.whole:
            rest = shapely.difference(shapely.box(*self.bounds), content.outline)
            veil = inks.rings(np.array([rest], dtype=object), view)
            marks.insert(0, Shape(veil, fill=inks.OUTSIDE, opacity=VEIL, name="veil"))
        return tuple(marks)

    def _outline(self) -> tuple[Shape, ...]:
        edge = self._cut(np.array([shapely.boundary(self.content.outline)], dtype=object))
        return (
            Shape(inks.lines(edge, self.view), closed=False, stroke=Stroke(inks.COUNTY_LINE, 0.5), name=AREA),
        )

    def _areas(self, stratum: Stratum) -> list[Shape]:
        """One mark a class; shapes that overlap others are marks of their own, or an even-odd fill would cut holes."""
        shapes = self._cut(stratum.shapes)
        there = self._seen(shapes)
        alone = self._clashing(stratum)
        marks = []
        for row in stratum.legend:
            mine = there & (stratum.classes == row.index)
            if mine.any():
                self._show(stratum, row.index, mine)
                groups = [
                    shapes[mine & ~alone],
                    *(shapes[at : at + 1] for at in np.flatnonzero(mine & alone)),
                ]
                name = f"{stratum.id}.{row.index}"
                paths = [inks.rings(group, self.view) for group in groups]
                marks += [inks.area_mark(path, row.paint, name) for path in paths if path]
        return marks

    def _clashing(self, stratum: Stratum) -> "NDArray[np.bool_]":
        if stratum.origin is None or len(stratum) < 2:
            return np.zeros(len(stratum), dtype=bool)
        return self.ground.clashing((stratum.id, stratum.origin.edition, _digest(stratum)), stratum.shapes)

    def _boundary(self, stratum: Stratum) -> list[Shape]:
        if not stratum.drawn:
            return []
        marks: list[Shape] = []
        for row in stratum.legend:
            shapes = stratum.shapes[stratum.classes == row.index]
            if len(shapes):
                lines = self._cut(self._lines(stratum, shapes, single=len(stratum.legend) == 1))
                lines = lines[self._seen(lines)]
                if len(lines):
                    self._show(stratum, row.index, stratum.classes == row.index)
                    marks += inks.boundary_marks(
                        inks.lines(lines, self.view), row.paint, f"{stratum.id}.{row.index}"
                    )
        return marks

    def _lines(self, stratum: Stratum, shapes: Shapes, *, single: bool) -> Shapes:
        """Edges drawn once; what a more important line that is drawn already covers is left to it."""
        if not single or stratum.origin is None:
            return shapely.boundary(shapes)
        above = self._above(stratum)
        places = [(one.id, one.origin.edition) for one in (*above, stratum) if one.origin is not None]

        def _beyond() -> Any:
            rings = [shapely.boundary(one.shapes) for one in above]
            return shapely.union_all(np.concatenate(rings)) if rings else None

        return self.ground.edges(places, shapes, _beyond)

    def _above(self, stratum: Stratum) -> list[Stratum]:
        layers = self.content.divisions.layers  # the most important line first
        if stratum.id not in layers:
            return []
        higher = layers[: layers.index(stratum.id)]
        return [one for one in self._of("boundary") if one.id in higher and one.drawn]

    def _ways(self, stratum: Stratum) -> list[Shape]:
        """Casings of all classes, then their cores, the first class on top."""
        shapes = self._cut(stratum.shapes)
        there = self._seen(shapes)
        casings: list[Shape] = []
        cores: list[Shape] = []
        for row in reversed(stratum.legend):
            mine = there & (stratum.classes == row.index)
            if mine.any():
                self._show(stratum, row.index, mine, first=True)
                paths = inks.lines(shapes[mine], self.view)
                made = inks.line_marks(paths, row.paint, f"{stratum.id}.{row.index}")
                casings += made[:1]
                cores += made[1:]
        return [*casings, *cores]

    def _symbols(self, points: list[Stratum], placed: list[Symbol]) -> list[AnyMark]:
        strata: Mapping[str, Stratum] = {stratum.id: stratum for stratum in points}
        marks: list[AnyMark] = []
        for symbol in placed:
            paint = paint_of(strata[symbol.layer], symbol)
            name = f"{symbol.layer}.{symbol.index}"
            marks.append(inks.symbol_mark(paint, (symbol.x, symbol.y), symbol.size, name))
            if symbol.words or symbol.count > 1:
                marks.append(_number(symbol, paint.fill or inks.INK, paint.symbol or ""))
        for stratum in points:
            self._show_points(stratum, [symbol for symbol in placed if symbol.layer == stratum.id])
        return marks

    def _show_points(self, stratum: Stratum, placed: list[Symbol]) -> None:
        there = np.ones(len(stratum), dtype=bool)
        if not stratum.gathers:
            there = np.isin(np.arange(len(stratum)), [symbol.row for symbol in placed])
        for row in stratum.legend:
            mine = [symbol for symbol in placed if symbol.index == row.index]
            if mine:
                sizes = [symbol.size for symbol in mine if symbol.count == 1 and not symbol.fixed]
                size = min(sizes, default=row.paint.size_mm)
                self._show(stratum, row.index, there & (stratum.classes == row.index), size=size)

    def _show(
        self,
        stratum: Stratum,
        index: int,
        rows: "NDArray[np.bool_]",
        *,
        size: float = 0.0,
        first: bool = False,
    ) -> None:
        own = rows if stratum.outside is None else rows & ~stratum.outside
        amount = None if stratum.amounts is None else stratum.amounts.part(own).total()
        count = int(own.sum())
        shown = self.shown.setdefault(stratum.id, [])
        shown.insert(
            0 if first else len(shown), Shown(stratum, index, count, size, int(rows.sum()) - count, amount)
        )

    def _cut(self, shapes: Shapes) -> Shapes:
        return clipped(shapes, self.bounds)

    def _seen(self, shapes: Shapes) -> "NDArray[np.bool_]":
        """Shapes of which something lies within the frame itself."""
        west, south, east, north = self.view.bounds
        boxes = shapely.bounds(shapes)
        with np.errstate(invalid="ignore"):
            meets = (
                (boxes[:, 0] < east) & (boxes[:, 2] > west) & (boxes[:, 1] < north) & (boxes[:, 3] > south)
            )
        return np.asarray(meets)


def _digest(stratum: Stratum) -> str:
    """Tells which rows of an edition these are."""
    return hashlib.sha256("\n".join(stratum.codes).encode()).hexdigest()[:16]


def _number(symbol: Symbol, ground: str, shape: str) -> Words:
    """How many points a symbol stands for, in its middle."""
    light = sum(int(ground[at : at + 2], 16) * part for at, part in ((1, 0.3), (3, 0.59), (5, 0.11)))
    lower = LOWER.get(shape, 0.0) * symbol.size
    return Words(
        symbol.words or str(symbol.count), symbol.x, symbol.y + lower + COUNT_EM * MIDDLE, COUNT_EM, inks.INK if light > 150 else inks.WHITE,
        weight="bold", align="middle", kind="count",
    )  # fmt: skip
