"""The legend in the room that a panel gives it, and what is continued on the map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely

from exports.sheets.content import Content
from exports.sheets.corners import rectangle
from exports.sheets.legend import Entry, Flow, Letters, entries, flow
from exports.sheets.mapping import Mapped, inks
from exports.sheets.page import AnyMark, Box, Shape, Stroke
from exports.sheets.panel.result import Panel
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.plan import SheetPlan
from exports.sheets.scale import View
from exports.sheets.text import centred
from geo.errors import LegendError
from layers.language.tongue import Tongue

PAD, GAP, TITLE = 1.1, 1.6, 2.6
"""Inside a frame, between columns, and the height of the heading, in ems."""
LEAST_COLUMN = 9.0
"""In ems: the title of a class does not stand letter under letter in a column as wide as that."""
MOST_CONTINUED = 4
"""Columns of the part of a legend that is continued on the map."""
Tries = tuple[tuple[int, float, float], ...]
"""Numbers of columns with the size of the letters in parts of the usual one, and the height of a row in ems; the one
liked best first."""


@dataclass(frozen=True)
class _Flowed:
    """An arrangement in letters of ``em`` mm and columns of ``width`` mm."""

    flow: Flow
    em: float
    width: float


@dataclass(frozen=True)
class Legends:
    """What a legend is made of; ``taken`` are boxes on the map that it must leave free."""

    plan: SheetPlan
    content: Content
    mapped: Mapped
    view: View
    em: float
    taken: tuple[Box, ...]

    def finished(self, marks: Sequence[AnyMark], box: Box, tries: Tries) -> Panel:
        """A panel with the legend in a box, continued on the map where it is too long; notes get the rest. Where the map
        has no room for that either, the histogram gives way.

        Raises:
            LegendError: it does not fit even so.
        """
        em, tongue = self.em, Tongue(self.plan.lang)
        if "legend" not in self.plan.parts:
            return Panel(tuple(marks), box, (), em)
        head = Box(box.left, box.top, box.right, box.top + TITLE * em)
        title = centred(tongue.gettext("图　例"), head, 1.3 * em, weight="bold", kind="legend-title")
        place = Box(box.left, head.bottom, box.right, box.bottom)
        flowed = self._flowed(place, tries)
        found = flowed.flow
        free = Box(box.left, min(found.bottom + 0.8 * em, box.bottom), box.right, box.bottom)
        drawn = (*marks, title, *found.marks)
        if not found.rest:
            return Panel(drawn, free, (), em)
        try:
            more, covered = self._continued(found.rest, flowed.em, flowed.width)
        except LegendError:
            if "histogram" not in self.plan.parts:
                raise
            plain = replace(self.plan, parts=self.plan.parts - {"histogram"})
            return replace(self, plan=plain).finished(marks, box, tries)
        return Panel((*drawn, *more), free, (covered,), em)

    def _flowed(self, place: Box, tries: Tries) -> _Flowed:
        """The first arrangement in which everything fits, else the one that leaves the least; narrow columns are liked
        least."""
        every = []
        ways = [(columns, Letters(max(LEAST_TEXT, share * self.em), row)) for columns, share, row in tries]
        for columns, letters in sorted(
            ways, key=lambda way: _width(place, *way) < LEAST_COLUMN * way[1].size
        ):
            width = _width(place, columns, letters)
            rows = entries(self.content, self.mapped, self.plan, letters, width)
            found = _Flowed(flow(rows, place, columns=columns, gap=GAP * letters.size), letters.size, width)
            if not found.flow.rest:
                return found
            every.append(found)
        return min(every, key=lambda one: sum(entry.height for entry in one.flow.rest))

    def _continued(self, rest: Sequence[Entry], em: float, width: float) -> tuple[tuple[AnyMark, ...], Box]:
        """What the panel has no room for, in a corner of the map where the area is not."""
        area = shapely.transform(self.content.outline, self.view.to_mm)
        shapely.prepare(area)
        inner = self.view.box.inset(1.5)
        for columns in range(1, MOST_CONTINUED + 1):
            across = columns * width + (columns - 1) * GAP * em
            room = Box(0, 0, across, inner.height - (2 * PAD + TITLE) * em)
            need = flow(rest, room, columns=columns, gap=GAP * em)
            size = (across + 2 * PAD * em, need.bottom + (2 * PAD + TITLE) * em)
            if need.rest or size[0] > inner.width:
                continue
            for box in _corners(inner, *size):
                taken = any(box.crosses(other) for other in self.taken)
                if not taken and not area.intersects(shapely.box(box.left, box.top, box.right, box.bottom)):
                    return self._boxed(rest, box, columns, em), box
        raise LegendError("图例有 {n} 行放不下。少选几个图层，或换大一号的纸。", n=len(rest))

    def _boxed(self, rest: Sequence[Entry], box: Box, columns: int, em: float) -> tuple[AnyMark, ...]:
        pad = PAD * em
        head = Box(box.left, box.top + 0.4 * pad, box.right, box.top + 0.4 * pad + TITLE * em)
        place = Box(box.left + pad, head.bottom, box.right - pad, box.bottom)
        title = Tongue(self.plan.lang).gettext("图例（续）")
        words = centred(title, head, 1.1 * em, weight="bold", kind="legend-title")
        frame = Shape(
            (rectangle(box),), fill=inks.WHITE, stroke=Stroke(inks.INK, 0.2), name="panel.continued"
        )
        return frame, words, *flow(rest, place, columns=columns, gap=GAP * em).marks


def _width(place: Box, columns: int, letters: Letters) -> float:
    """Of one of so many columns."""
    return (place.width - GAP * letters.size * (columns - 1)) / columns


def _corners(inner: Box, width: float, height: float) -> list[Box]:
    """The four corners of the map as boxes of a size, the lower ones first."""
    return [
        Box(left, top, left + width, top + height)
        for top in (inner.bottom - height, inner.top)
        for left in (inner.right - width, inner.left)
    ]
