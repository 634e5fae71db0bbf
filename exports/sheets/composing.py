"""The parts of a sheet put together: map, panel, names, frame, title, footer."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from exports.sheets import lawful
from exports.sheets.area_table import AreaTable, area_table
from exports.sheets.content import Content, gather, layers_of
from exports.sheets.corners import rectangle
from exports.sheets.fingerprints import fingerprint
from exports.sheets.frame import graticule, kilometre_grid, neatlines, tick_marks
from exports.sheets.furniture import footer_marks, north_arrow, stamp, stamp_ground
from exports.sheets.furniture.north import arrow_size
from exports.sheets.glyphs import check_typed, legible
from exports.sheets.ground import Ground
from exports.sheets.imprint import Imprint
from exports.sheets.labels import Placement, place
from exports.sheets.mapping import Mapped, inks, map_content
from exports.sheets.naming import clear_of, names_of, symbol_boxes
from exports.sheets.notes import Note, no_data_codes, notes_of
from exports.sheets.page import AnyMark, Box, Group, Page, Shape, Words
from exports.sheets.panel import Panel, panel_of
from exports.sheets.papers import PAPERS, Layout, atlas_layout, layout
from exports.sheets.plan import SheetPlan
from exports.sheets.scale import View, chosen_scale, true_north, view_of
from exports.sheets.sheet import Sheet
from exports.sheets.tabling import table_height, table_marks
from exports.sheets.text import MIDDLE
from exports.sheets.titles import Title, title_of, title_words
from geo.errors import EmptySheetError, LegendError, ScaleError
from geo.phrases import listing
from layers.disclosure import Viewer
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

CORNERS = ("ne", "nw", "se", "sw")
MARK_EMS = 6.5
"""Room that the handling mark and the page number keep on both sides of the title."""


def compose(
    county: "County",
    viewer: Viewer,
    plan: SheetPlan,
    made_on: date,
    number: tuple[int, int] | None,
    *,
    empty: bool = False,
) -> Sheet:
    """See ``exports.sheets.draw.draw``."""
    lawful.check(plan, viewer)
    check_typed(plan)
    reader = lawful.reader(plan, viewer)
    if reader != viewer and viewer.scope != county.code:
        plan = replace(plan, code=plan.code or viewer.scope)
    empty = empty or number is not None
    content = gather(county, reader, plan, empty=empty)
    if reader != viewer:
        said = Tongue(plan.lang).gettext("公开用图只画公众能看的内容")
        content = replace(content, notes=(said, *content.notes))
    made = _Composition(county, reader, plan, content, made_on, number, empty)
    try:
        return made.sheet()
    except LegendError as error:
        try:
            return replace(made, broad=True).sheet()
        except (LegendError, ScaleError):
            raise error from None


@dataclass
class _Composition:
    county: "County"
    viewer: Viewer
    plan: SheetPlan
    content: Content
    made_on: date
    number: tuple[int, int] | None
    empty: bool = False
    """Whether nothing of the theme need be on it."""
    broad: bool = False
    """Whether the panel takes room of the map, for a legend that finds none."""

    def __post_init__(self) -> None:
        self.tongue = Tongue(self.plan.lang)
        self.table = self._area_table()
        self.em = PAPERS[self.plan.paper].text
        self.layout = self._laid_out()
        if self.table is not None:
            editions = dict(sorted({**self.content.editions, **self.table.editions}.items()))
            self.content = replace(self.content, editions=editions, demo=self.content.demo or self.table.demo)

    def _area_table(self) -> AreaTable | None:
        """The table below the map: on pages of an atlas in portrait."""
        if self.number is None or self.plan.orientation == "landscape":
            return None
        return area_table(self.county, self.viewer, self.plan, layers_of(self.county, self.plan))

    def _laid_out(self) -> Layout:
        if self.table is None:
            return layout(self.plan.paper, self.plan.orientation, broad=self.broad)
        return atlas_layout(self.plan.paper, table_height(self.table, self.em))

    def sheet(self) -> Sheet:
        self._check_something()
        placement = self._placement
        panel = self._panel
        marks = legible(self._marks(placement, panel))
        page = Page(self.layout.width, self.layout.height, marks, self._about)
        return Sheet(
            page=page,
            plan=self.plan,
            title=self._title,
            own_title=self._titled.own,
            locked=self._titled.locked,
            scale=self._view.scale,
            named=self._codes(placement.placed),
            dropped=self._dropped,
            no_data=no_data_codes(self._mapped),
            notes=tuple(note.text(self.tongue) for note in self._notes),
            editions=self.content.editions,
            fingerprint=self._fingerprint,
            demo=self.content.demo,
            made_on=self.made_on,
            barren=self.content.barren,
        )

    def _check_something(self) -> None:
        """Rows that all lie beyond the frame make an empty map."""
        thematic = self.content.thematic
        if self.empty or not thematic or any(one.stratum.thematic for one in self._mapped.shown):
            return
        raise EmptySheetError(
            "{layers}都在图幅之外，画出来是一张空图。换一个范围或比例尺，或换图层。",
            layers=listing(dict.fromkeys(stratum.title for stratum in thematic)),
        )

    def _codes(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Codes of areas of the sheet; names of points and neighbours are not counted."""
        mine = self.content.area.code
        return tuple(code for code in codes if code.isdigit() and code.startswith(mine))

    @cached_property
    def _view(self) -> View:
        bounds = tuple(float(edge) for edge in shapely.bounds(self.content.outline))
        scale = chosen_scale(bounds, self.layout.map, self.layout.clear, self.plan.scale)  # type: ignore[arg-type]
        return view_of(bounds, self.layout.map, scale)  # type: ignore[arg-type]

    @cached_property
    def _mapped(self) -> Mapped:
        return map_content(self.content, self._view, self.county.beside(Ground))

    @cached_property
    def _titled(self) -> Title:
        return title_of(self.plan, self.content, self.county)

    @cached_property
    def _title(self) -> str:
        title = self._titled.text(self.tongue)
        if not self.content.barren:
            return title
        return self.tongue.gettext("{title}（没有可画的记录）", title=title)

    @cached_property
    def _fingerprint(self) -> str:
        return fingerprint(
            self.county, self.viewer, self.plan, self.content.editions, self.made_on, self.number
        )

    @cached_property
    def _arrow(self) -> Box:
        """The corner of the map that the area leaves free; the top right one when it fills them all."""
        width, height = arrow_size(self.em)
        inner = self._view.box.inset(2.0)
        boxes = {
            "ne": Box(inner.right - width, inner.top, inner.right, inner.top + height),
            "nw": Box(inner.left, inner.top, inner.left + width, inner.top + height),
            "se": Box(inner.right - width, inner.bottom - height, inner.right, inner.bottom),
            "sw": Box(inner.left, inner.bottom - height, inner.left + width, inner.bottom),
        }
        area = shapely.transform(self.content.outline, self._view.to_mm)
        free = [
            boxes[corner] for corner in CORNERS if not area.intersects(shapely.box(*_flat(boxes[corner])))
        ]
        return free[0] if free else boxes["ne"]

    @cached_property
    def _placement(self) -> Placement:
        names = names_of(self.content, self._mapped, self._view, self.em, self.plan.parts)
        if self.content.demo:
            names = clear_of(names, stamp_ground(self.tongue.gettext("演示数据"), self._view.box))
        obstacles = [self._arrow, *symbol_boxes(self._mapped), *self._panel.on_map]
        return place(names, obstacles, self._view.box)

    @cached_property
    def _panel(self) -> Panel:
        return panel_of(
            self.county,
            self.viewer,
            self.plan,
            self.content,
            self._mapped,
            self._view,
            self.layout,
            (self._arrow,),
        )

    @cached_property
    def _notes(self) -> tuple[Note, ...]:
        """About what is drawn, then which names found no room."""
        notes = notes_of(self.content, self._mapped, self.tongue, self.made_on)
        codes = self._dropped
        if not codes:
            return notes
        names = tuple(self.tongue.place(self.county.areas.name_of(code)) for code in codes)
        return (*notes, Note(self.tongue.gettext("图上没有注出 {n} 个名称", n=len(codes)), names))

    @cached_property
    def _dropped(self) -> tuple[str, ...]:
        return self._codes(tuple(one.code for one in self._placement.dropped if one.reason != "outside"))

    @property
    def _about(self) -> dict[str, object]:
        keywords = [self._fingerprint, lawful.mark(self.plan, self.viewer, self.tongue)]
        if self.content.demo:
            keywords.append(self.tongue.gettext("演示数据"))
        return {
            "title": self._title,
            "subject": self._title,
            "keywords": keywords,
            "date": self.made_on,
            "lang": self.tongue.tag,
        }

    def _marks(self, placement: Placement, panel: Panel) -> tuple[AnyMark, ...]:
        view, tongue = self._view, self.tongue
        lines, degrees = graticule(view, self.county.beside(Ground).crs) if self._has_graticule else ((), ())
        grid, kilometres = kilometre_grid(view) if "km-grid" in self.plan.parts else ((), ())
        mapped = self._mapped
        on_map: list[AnyMark] = [*mapped.below, *lines, *grid, *mapped.above]
        if self.content.demo:
            on_map.append(stamp(tongue.gettext("演示数据"), view.box))
        on_map += [*mapped.symbols, *placement.marks]
        north = true_north(self.county.beside(Ground).crs, *view.middle)
        on_map += north_arrow(self._arrow, self.em, north, tongue)
        sheet = Box(0, 0, self.layout.width, self.layout.height)
        ticks = tick_marks(self.layout, degrees, kilometres) if self.layout.paper.band else ()
        return (
            Shape((rectangle(sheet),), fill=inks.WHITE, name="paper"),
            Group(tuple(on_map), clip=view.box, name="map"),
            *neatlines(self.layout), *ticks, *panel.marks, *panel.notes(self._notes, self.tongue),
            *self._tabled(),
            *self._heading(), *self._footer(),
        )  # fmt: skip

    def _tabled(self) -> tuple[AnyMark, ...]:
        if self.table is None or self.layout.table is None:
            return ()
        return table_marks(self.table, self.layout.table, self.em, self.tongue)

    @property
    def _has_graticule(self) -> bool:
        return "graticule" in self.plan.parts and self.layout.paper.band > 0

    def _heading(self) -> tuple[Words, ...]:
        """Title, handling mark and page number; none on a paper whose title is a caption elsewhere."""
        box, em = self.layout.title, self.em
        if box is None:
            return ()
        size = 1.05 * em
        marks = [
            Words(
                lawful.mark(self.plan, self.viewer, self.tongue),
                box.right,
                box.top + size,
                size,
                weight="bold",
                align="end",
                kind="handling",
            )
        ]
        if self.number is not None:
            text = self.tongue.gettext("第 {n} 幅 / 共 {m} 幅", n=self.number[0], m=self.number[1])
            marks.append(
                Words(
                    text,
                    box.right,
                    box.bottom - (1 - MIDDLE) * size,
                    size,
                    inks.SECOND,
                    align="end",
                    kind="number",
                )
            )
        room = MARK_EMS * em
        return (
            *title_words(
                self._title,
                Box(box.left + room, box.top, box.right - room, box.bottom),
                self.layout.paper.heading,
            ),
            *marks,
        )

    def _footer(self) -> tuple[AnyMark, ...]:
        said = Imprint(self.county, self.viewer, self.plan, self.content, self.made_on, self._fingerprint)
        box = self.layout.footer
        if self.layout.title is None:
            return footer_marks(said.brief(), (), box, self.em)
        return footer_marks(said.left(), said.right(), box, self.em)


def _flat(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
