"""The panel beside or below the map: locator, legend, scale, notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.errors import LegendError
from layers.disclosure import Viewer
from webmap.sheets import lawful
from webmap.sheets.content import Content
from webmap.sheets.corners import rectangle
from webmap.sheets.furniture import bar_height, locator_marks, scale_marks
from webmap.sheets.legend import Entry, Flow, entries, flow
from webmap.sheets.mapping import Mapped, inks
from webmap.sheets.page import AnyMark, Box, Shape, Stroke, Words
from webmap.sheets.papers import LEAST_TEXT, Layout
from webmap.sheets.plan import SheetPlan
from webmap.sheets.scale import View
from webmap.sheets.text import centred, shortened, wrapped
from webmap.sheets.tongue import Tongue

if TYPE_CHECKING:
    from webmap.house import House

PAD, GAP = 1.1, 1.6
"""Inside a frame, and between columns, in ems."""
TITLE = 2.6
NOTE_LEADING = 1.34
Locator = Callable[[Box], tuple[AnyMark, ...]]
MOST_CONTINUED = 4
"""Columns of the part of a legend that is continued on the map."""


@dataclass(frozen=True)
class Panel:
    """``marks`` of everything but the notes, for which ``free`` is left; ``on_map`` are boxes that it covers there."""

    marks: tuple[AnyMark, ...]
    free: Box
    on_map: tuple[Box, ...]
    em: float

    def notes(self, notes: Sequence[str]) -> tuple[Words, ...]:
        """As many lines as there is room for, the last one cut where more would follow."""
        size = max(LEAST_TEXT, 0.76 * self.em)
        most = int(self.free.height / (NOTE_LEADING * size))
        lines = [line for note in notes for line in wrapped(note, self.free.width, size)]
        if most < 1 or not lines:
            return ()
        if len(lines) > most:
            lines = [*lines[: most - 1], shortened(lines[most - 1] + "…", self.free.width, size)]
        top = self.free.bottom - len(lines) * NOTE_LEADING * size
        return tuple(
            Words(
                line, self.free.left, top + size * (0.9 + at * NOTE_LEADING), size, inks.SECOND, kind="note"
            )
            for at, line in enumerate(lines)
        )


def panel_of(
    house: "House",
    viewer: Viewer,
    plan: SheetPlan,
    content: Content,
    mapped: Mapped,
    view: View,
    layout: Layout,
    taken: Sequence[Box] = (),
) -> Panel:
    """The panel of a sheet; ``taken`` are boxes on the map that it must leave free.

    Raises:
        LegendError: the legend does not fit even in columns and continued on the map.
    """
    making = _Making(plan, content, mapped, view, layout)
    making.taken = tuple(taken)
    lined = not lawful.unlined(plan)

    def locator(box: Box) -> tuple[AnyMark, ...]:
        return locator_marks(house, viewer, content, box, making.em, making.tongue, lined=lined)

    return making.beside(locator) if layout.beside else making.below(locator)


class _Making:
    def __init__(self, plan: SheetPlan, content: Content, mapped: Mapped, view: View, layout: Layout) -> None:
        self.plan, self.content, self.mapped, self.view, self.layout = plan, content, mapped, view, layout
        self.tongue = Tongue(plan.lang)
        self.em = layout.paper.text
        self.taken: tuple[Box, ...] = ()

    def beside(self, locator: Locator) -> Panel:
        """From the top: locator, then one frame with legend, notes and scale."""
        em, box = self.em, self.layout.panel
        marks: list[AnyMark] = []
        top = box.top
        if self._has_locator:
            place = Box(box.left, box.top, box.right, box.top + self.layout.paper.locator * box.width)
            marks += locator(place)
            top = place.bottom + 0.9 * em
        frame = Box(box.left, top, box.right, box.bottom)
        framed = self.layout.paper.band > 0
        if framed:
            marks.append(
                Shape((rectangle(frame),), fill=inks.WHITE, stroke=Stroke(inks.INK, 0.2), name="panel")
            )
        pad = PAD * em if framed else 0.25 * em
        inner = Box(frame.left + pad, frame.top + 0.4 * em, frame.right - pad, frame.bottom - 0.4 * em)
        bar = Box(inner.left, inner.bottom - bar_height(em, self.plan.parts), inner.right, inner.bottom)
        marks += scale_marks(self.view, bar, em, self.plan.parts, self.tongue)
        column = Box(inner.left, inner.top, inner.right, bar.top - 0.5 * em)
        return self._finished(marks, column, columns=(1, 2))

    def below(self, locator: Locator) -> Panel:
        """From the left: locator and scale, then legend in columns, notes under it."""
        em, box = self.em, self.layout.panel
        width = 0.27 * box.width
        left = Box(box.left, box.top, box.left + width, box.bottom)
        high = bar_height(em, self.plan.parts)
        marks: list[AnyMark] = []
        if self._has_locator:
            place = Box(
                left.left,
                left.top,
                left.right,
                min(left.top + self.layout.paper.locator * width, left.bottom - high - em),
            )
            marks += locator(place)
        marks += scale_marks(
            self.view,
            Box(left.left, left.bottom - high, left.right, left.bottom),
            em,
            self.plan.parts,
            self.tongue,
        )
        frame = Box(left.right + GAP * em, box.top, box.right, box.bottom)
        marks.append(Shape((rectangle(frame),), fill=inks.WHITE, stroke=Stroke(inks.INK, 0.2), name="panel"))
        inner = Box(
            frame.left + PAD * em, frame.top + 0.4 * em, frame.right - PAD * em, frame.bottom - 0.6 * em
        )
        return self._finished(marks, inner, columns=(3, 4))

    @property
    def _has_locator(self) -> bool:
        return "locator" in self.plan.parts and self.layout.paper.band > 0

    def _finished(self, marks: list[AnyMark], box: Box, *, columns: tuple[int, ...]) -> Panel:
        """The legend in a box, in as many columns as it takes, continued on the map; notes get the rest."""
        em = self.em
        if "legend" not in self.plan.parts:
            return Panel(tuple(marks), box, (), em)
        head = Box(box.left, box.top, box.right, box.top + TITLE * em)
        marks.append(
            centred(self.tongue.gettext("图　例"), head, 1.3 * em, weight="bold", kind="legend-title")
        )
        place = Box(box.left, head.bottom, box.right, box.bottom)
        found, used = self._flowed(place, columns)
        marks += found.marks
        free = Box(box.left, min(found.bottom + 0.8 * em, box.bottom), box.right, box.bottom)
        if not found.rest:
            return Panel(tuple(marks), free, (), em)
        more, covered = self._continued(found.rest, used, place.width)
        return Panel((*marks, *more), free, (covered,), em)

    def _flowed(self, place: Box, columns: tuple[int, ...]) -> tuple[Flow, float]:
        """The first arrangement in which everything fits, else the last one; with the size of its letters."""
        first, more = columns
        large = ((first, 1.16),) if first > 1 else ()
        for count, share in (
            *large,
            (first, 1.0),
            (first, 0.9),
            (first, 0.8),
            (more, 0.9),
            (more, 0.8),
            (more, 0.7),
        ):
            size = max(LEAST_TEXT, share * self.em)
            width = (place.width - GAP * size * (count - 1)) / count
            rows = entries(self.content, self.mapped, self.plan, size, width)
            found = flow(rows, place, columns=count, gap=GAP * size)
            if not found.rest:
                break
        return found, size

    def _continued(self, rest: Sequence[Entry], em: float, width: float) -> tuple[tuple[AnyMark, ...], Box]:
        """What the panel has no room for, in a box on the map where the area is not.

        Raises:
            LegendError: there is no such place.
        """
        area = shapely.transform(self.content.outline, self.view.to_mm)
        shapely.prepare(area)
        inner = self.view.box.inset(1.5)
        for columns in range(1, MOST_CONTINUED + 1):
            across = columns * width + (columns - 1) * GAP * em
            room = Box(0, 0, across, inner.height - (2 * PAD + TITLE) * em)
            if across + 2 * PAD * em > inner.width:
                break
            need = flow(rest, room, columns=columns, gap=GAP * em)
            size = (across + 2 * PAD * em, need.bottom + (2 * PAD + TITLE) * em)
            places = [] if need.rest else _corners(inner, *size)
            for box in places:
                taken = any(box.crosses(other) for other in self.taken)
                if not taken and not area.intersects(shapely.box(box.left, box.top, box.right, box.bottom)):
                    return self._boxed(rest, box, columns, em), box
        raise LegendError("图例有 {n} 行放不下。少选几个图层，或换大一号的纸。", n=len(rest))

    def _boxed(self, rest: Sequence[Entry], box: Box, columns: int, em: float) -> tuple[AnyMark, ...]:
        pad = PAD * em
        head = Box(box.left, box.top + 0.4 * pad, box.right, box.top + 0.4 * pad + TITLE * em)
        place = Box(box.left + pad, head.bottom, box.right - pad, box.bottom)
        words = centred(self.tongue.gettext("图例（续）"), head, 1.1 * em, weight="bold", kind="legend-title")
        frame = Shape(
            (rectangle(box),), fill=inks.WHITE, stroke=Stroke(inks.INK, 0.2), name="panel.continued"
        )
        return frame, words, *flow(rest, place, columns=columns, gap=GAP * em).marks


def _corners(inner: Box, width: float, height: float) -> list[Box]:
    """The four corners of the map as boxes of a size, the lower ones first."""
    return [
        Box(left, top, left + width, top + height)
        for top in (inner.bottom - height, inner.top)
        for left in (inner.right - width, inner.left)
    ]
