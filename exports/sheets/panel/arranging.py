"""Where locator, legend and scale stand: beside the map, below it, or below it with a table at their side."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from exports.sheets import lawful
from exports.sheets.content import Content
from exports.sheets.corners import rectangle
from exports.sheets.furniture import bar_height, locator_marks, scale_marks
from exports.sheets.mapping import Mapped, inks
from exports.sheets.page import AnyMark, Box, Shape, Stroke
from exports.sheets.panel.legends import GAP, PAD, Legends
from exports.sheets.panel.result import Panel
from exports.sheets.papers import Layout
from exports.sheets.plan import SheetPlan
from exports.sheets.scale import View
from layers.disclosure import Viewer
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

ROW, TIGHT = 1.75, 1.4
"""Heights of a row in ems."""
BESIDE = (
    *((1, share, ROW) for share in (1.0, 0.9, 0.8, 0.72)), *((2, share, ROW) for share in (0.9, 0.8, 0.7)),
    (1, 0.72, TIGHT), (2, 0.7, TIGHT),
)  # fmt: skip
BELOW = (
    *((3, share, ROW) for share in (1.16, 1.0, 0.9, 0.8)), *((4, share, ROW) for share in (0.9, 0.8, 0.7)),
    (3, 0.8, TIGHT), (4, 0.7, TIGHT),
)  # fmt: skip
TABLED = (
    *((2, share, ROW) for share in (1.0, 0.9, 0.82)),
    (3, 0.82, ROW),
    (2, 0.82, TIGHT),
    (3, 0.82, TIGHT),
)
"""Columns of the legend, the size of its letters and the height of its rows, as they are tried."""
LEFT_SHARE, HALF = 0.27, 0.5


def panel_of(
    county: "County",
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
    legends = Legends(plan, content, mapped, view, layout.paper.text, tuple(taken))
    lined, tongue = not lawful.unlined(plan, county.divisions), Tongue(plan.lang)

    def locator(box: Box) -> tuple[AnyMark, ...]:
        return locator_marks(county, viewer, content, box, legends.em, tongue, lined=lined)

    arranging = _Arranging(legends, layout, locator)
    if layout.table is not None:
        return arranging.beside_table()
    return arranging.beside() if layout.beside else arranging.below()


class _Arranging:
    def __init__(
        self, legends: Legends, layout: Layout, locator: Callable[[Box], tuple[AnyMark, ...]]
    ) -> None:
        self.legends, self.layout, self.locator = legends, layout, locator
        self.em = legends.em
        self.parts = legends.plan.parts

    def beside(self) -> Panel:
        """From the top: locator, then one frame with legend, notes and scale."""
        em, box = self.em, self.layout.panel
        marks: list[AnyMark] = []
        top = box.top
        if self._has_locator:
            place = Box(box.left, box.top, box.right, box.top + self.layout.paper.locator * box.width)
            marks += self.locator(place)
            top = place.bottom + 0.9 * em
        frame = Box(box.left, top, box.right, box.bottom)
        framed = self.layout.paper.band > 0
        marks += [_framed(frame)] if framed else []
        pad = PAD * em if framed else 0.25 * em
        inner = Box(frame.left + pad, frame.top + 0.4 * em, frame.right - pad, frame.bottom - 0.4 * em)
        bar = Box(inner.left, inner.bottom - self._bar_height, inner.right, inner.bottom)
        marks += self._scale(bar)
        column = Box(inner.left, inner.top, inner.right, bar.top - 0.5 * em)
        return self.legends.finished(marks, column, BESIDE)

    def below(self) -> Panel:
        """From the left: locator and scale, then legend in columns, notes under it."""
        em, box = self.em, self.layout.panel
        width = LEFT_SHARE * box.width
        bar = Box(box.left, box.bottom - self._bar_height, box.left + width, box.bottom)
        marks: list[AnyMark] = []
        if self._has_locator:
            low = min(box.top + self.layout.paper.locator * width, bar.top - em)
            marks += self.locator(Box(box.left, box.top, bar.right, low))
        marks += self._scale(bar)
        frame = Box(bar.right + GAP * em, box.top, box.right, box.bottom)
        marks.append(_framed(frame))
        inner = Box(
            frame.left + PAD * em, frame.top + 0.4 * em, frame.right - PAD * em, frame.bottom - 0.6 * em
        )
        return self.legends.finished(marks, inner, BELOW)

    def beside_table(self) -> Panel:
        """Left of a table: locator and scale side by side, the legend under them."""
        em, box = self.em, self.layout.panel
        width = HALF * box.width
        low = box.top + max(self.layout.paper.locator * width + 1.9 * em, self._bar_height)
        marks: list[AnyMark] = []
        bar = Box(box.left, low - self._bar_height, box.right, low)
        if self._has_locator:
            marks += self.locator(Box(box.left, box.top, box.left + width, low))
            bar = Box(box.left + width + GAP * em, low - self._bar_height, box.right, low)
        marks += self._scale(bar)
        inner = Box(box.left, low + 0.8 * em, box.right, box.bottom)
        return self.legends.finished(marks, inner, TABLED)

    @property
    def _has_locator(self) -> bool:
        return "locator" in self.parts and self.layout.paper.band > 0

    @property
    def _bar_height(self) -> float:
        return bar_height(self.em, self.parts)

    def _scale(self, box: Box) -> tuple[AnyMark, ...]:
        return scale_marks(self.legends.view, box, self.em, self.parts, Tongue(self.legends.plan.lang))


def _framed(box: Box) -> Shape:
    return Shape((rectangle(box),), fill=inks.WHITE, stroke=Stroke(inks.INK, 0.2), name="panel")
