"""The index of an atlas: where each sheet lies, and a list with the pages of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets import lawful
from exports.sheets.atlas.pages import AtlasPage, AtlasPlan, By
from exports.sheets.furniture import footer_marks, stamp
from exports.sheets.glyphs import legible
from exports.sheets.ground import Ground
from exports.sheets.page import Align, AnyMark, Box, Page, Points, Shape, Stroke, Weight, Words
from exports.sheets.papers import layout
from exports.sheets.scale import View, scale_text, view_of
from exports.sheets.text import MIDDLE, shortened
from exports.sheets.titles import title_words
from layers.disclosure import RowFilter, Viewer
from layers.language import N_
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

INK, QUIET, LINE = "#17252E", "#5F6E78", "#4C5B63"
DRAWN, NOT_DRAWN = "#E3F0F1", "#F1F3F3"
MAP_MM, BELOW_MM = 150.0, 8.0
"""Height of the map, and what is left below it."""
TITLE, TEXT, STEP, BETWEEN = 6.2, 2.3, 4.4, 6.0
"""Title and list, from one line of it to the next, between two columns of it; mm."""
SIMPLE_MM, MARK_MM = 0.1, 14.0
"""How far lines are simplified; room that the handling mark keeps on both sides of the title."""


@dataclass(frozen=True)
class Column:
    """A column of the list: where it begins and ends as shares of the list's width."""

    heading: str
    left: float
    right: float
    align: Align


COLUMNS: Mapping[By, tuple[int, float, tuple[Column, ...]]] = {
    "township": (
        2,
        3.2,
        (
            Column(N_("幅号"), 0.0, 0.1, "end"),
            Column(N_("名称"), 0.13, 0.45, "start"),
            Column(N_("代码"), 0.45, 0.67, "start"),
            Column(N_("比例尺"), 0.67, 0.88, "end"),
            Column(N_("页码"), 0.88, 1.0, "end"),
        ),
    ),
    "village": (
        4,
        1.9,
        (
            Column(N_("幅号"), 0.0, 0.16, "end"),
            Column(N_("名称"), 0.19, 0.83, "start"),
            Column(N_("页码"), 0.83, 1.0, "end"),
        ),
    ),
}
"""How many lists stand side by side, the size of a number on the map, and what a line of the list says."""


@dataclass(frozen=True)
class Entry:
    """A page and the N of its 1:N; None where it could not be drawn."""

    page: AtlasPage
    scale: int | None


@dataclass(frozen=True)
class Title:
    """What stands round the index."""

    text: str
    fingerprint: str
    made_on: date
    demo: bool


def heading_words(title: str) -> tuple[Words, ...]:
    """The title above an index; raises TitleError where it is too long."""
    box = layout("A4", "portrait").title
    assert box is not None, "A4 has room for a title"
    return title_words(title, Box(box.left + MARK_MM, box.top, box.right - MARK_MM, box.bottom), TITLE)


def index_pages(
    county: "County", viewer: Viewer, plan: AtlasPlan, entries: Sequence[Entry], title: Title
) -> tuple[Page, ...]:
    """The first pages of the file: a map with the numbers of the sheets, then the list, on as many as it takes."""
    return _Index(county, viewer, plan, entries, title).pages()


@dataclass
class _Index:
    county: "County"
    viewer: Viewer
    plan: AtlasPlan
    entries: Sequence[Entry]
    title: Title

    def __post_init__(self) -> None:
        self.tongue = Tongue(self.plan.sheet.lang)
        self.place = layout("A4", "portrait")
        self.across, self.number_mm, self.columns = COLUMNS[self.plan.by]

    def pages(self) -> tuple[Page, ...]:
        """Page numbers in the list count the pages of the index itself."""
        frame = self.place.frame
        lower = self.place.footer.top - 3
        map_box = Box(frame.left, frame.top, frame.right, frame.top + MAP_MM)
        first = Box(frame.left, map_box.bottom + BELOW_MM, frame.right, lower)
        more = Box(frame.left, frame.top + 2, frame.right, lower)
        lots = self._lots(first, more)
        numbers = _numbers(self.entries, len(lots))
        made = []
        for at, lot in enumerate(lots):
            marks = [*self._around(at + 1), *(self._map(map_box) if at == 0 else ())]
            marks += self._list(lot, first if at == 0 else more, numbers)
            made.append(Page(self.place.width, self.place.height, legible(marks), self._about))
        return tuple(made)

    @property
    def _about(self) -> dict[str, Any]:
        title, say = self.title, self.tongue.gettext
        keywords = [title.fingerprint, lawful.mark(self.plan.sheet, self.viewer, self.tongue)]
        keywords += [say("演示数据")] if title.demo else []
        return {
            "title": title.text,
            "subject": title.text,
            "keywords": keywords,
            "date": title.made_on,
            "lang": self.tongue.tag,
        }

    # ---- the map ----

    def _map(self, box: Box) -> list[AnyMark]:
        """Areas with their numbers; lines between them only where the law lets them stand."""
        code = self.plan.sheet.code
        given = self.county.door.rows(self._layer, self.viewer, RowFilter(code=code or None))
        shapes = zip(given.rows["code"], self.county.beside(Ground).shapes(given, self.viewer), strict=True)
        known = {code: shape for code, shape in shapes if shape is not None and not shapely.is_empty(shape)}
        view = _fitted(shapely.total_bounds(list(known.values())).tolist(), box.inset(4))
        marks = self._areas(known, view)
        if self.title.demo:
            marks.append(stamp(self.tongue.gettext("演示数据"), box))
        marks.append(Shape((_corners(box),), stroke=Stroke(INK, 0.35), name="index.frame"))
        return marks + [mark for entry in self.entries for mark in self._number(entry, known, view)]

    @property
    def _layer(self) -> str:
        return self.county.divisions.named(self.plan.by).layer

    @property
    def _lined(self) -> bool:
        return self._layer not in lawful.unlined(self.plan.sheet, self.county.divisions)

    def _areas(self, known: Mapping[str, Any], view: View) -> list[AnyMark]:
        """Each area by itself, or all in one, so that no line between them stands in the file."""
        if not self._lined:
            whole = shapely.union_all(list(known.values()))
            return [Shape(_rings(whole, view), fill=DRAWN, name="index.area")]
        drawn = {entry.page.code for entry in self.entries if entry.scale}
        return [
            Shape(
                _rings(shape, view), fill=DRAWN if code in drawn else NOT_DRAWN, stroke=Stroke(LINE, 0.2), name="index.area"
            )
            for code, shape in known.items()
        ]  # fmt: skip

    def _number(self, entry: Entry, known: Mapping[str, Any], view: View) -> list[AnyMark]:
        """The number of a sheet in its area, with the name below it where there is room for both."""
        page, size = entry.page, self.number_mm
        if page.code not in known:
            return []
        middle = shapely.maximum_inscribed_circle(known[page.code], tolerance=view.metres(0.5))
        x, y = (float(part) for part in view.to_mm(shapely.get_coordinates(middle)[:1])[0])
        more: dict[str, Any] = {
            "colour": INK if entry.scale else QUIET, "align": "middle", "halo": "#FFFFFF", "halo_mm": 0.3, "kind": "index",
        }  # fmt: skip
        if self.plan.by == "village":
            return [Words(str(page.number), x, y + MIDDLE * size, size, weight="bold", of=page.code, **more)]
        return [
            Words(str(page.number), x, y - 0.1 * size, size, weight="bold", of=page.code, **more),
            Words(self.tongue.place(page.name), x, y + 0.95 * size, 0.75 * size, **more),
        ]

    # ---- the list ----

    def _lots(self, first: Box, more: Box) -> list[Sequence[Entry]]:
        """Entries by pages of the index."""
        lots: list[Sequence[Entry]] = []
        rest, room = list(self.entries), first
        while rest or not lots:
            count = int((room.height - 2) / STEP) * self.across
            lots.append(rest[:count])
            rest, room = rest[count:], more
        return lots

    def _list(self, lot: Sequence[Entry], box: Box, numbers: Mapping[str, int]) -> list[AnyMark]:
        width = (box.width - (self.across - 1) * BETWEEN) / self.across
        rows = max(1, -(-len(lot) // self.across))
        marks: list[AnyMark] = []
        for at in range(-(-len(lot) // rows)):
            left = box.left + at * (width + BETWEEN)
            headings = tuple(self.tongue.gettext(column.heading) for column in self.columns)
            marks += self._line(headings, Box(left, box.top, left + width, box.top), bold=True)
            marks.append(_rule(left, left + width, box.top + 1.3))
            for row, entry in enumerate(lot[at * rows : (at + 1) * rows], start=1):
                y = box.top + row * STEP + 1
                marks += self._line(
                    self._said(entry, numbers), Box(left, y, left + width, y), of=entry.page.code
                )
        return marks

    def _said(self, entry: Entry, numbers: Mapping[str, int]) -> tuple[str, ...]:
        """What the list says of a sheet, column by column."""
        page = entry.page
        said = {
            "幅号": str(page.number),
            "名称": self.tongue.place(page.name),
            "代码": page.code,
            "比例尺": scale_text(entry.scale) if entry.scale else "—",
            "页码": str(numbers[page.code]) if entry.scale else self.tongue.gettext("没有画出"),
        }
        return tuple(said[column.heading] for column in self.columns)

    def _line(self, texts: Sequence[str], box: Box, *, bold: bool = False, of: str = "") -> list[AnyMark]:
        weight: Weight = "bold" if bold else "regular"
        marks: list[AnyMark] = []
        for column, text in zip(self.columns, texts, strict=True):
            left, right = box.left + column.left * box.width, box.left + column.right * box.width
            said = shortened(text, right - left, TEXT) if column.align == "start" else text
            x = left if column.align == "start" else right
            marks.append(Words(said, x, box.top, TEXT, INK, weight, column.align, kind="list", of=of))
        return marks

    # ---- round the page ----

    def _around(self, number: int) -> list[AnyMark]:
        """Title, handling mark, footer with the page number."""
        box, sheet, say = self.place.title, self.plan.sheet, self.tongue
        assert box is not None, "A4 has room for a title"
        mark = lawful.mark(sheet, self.viewer, say)
        heading = [
            *heading_words(self.title.text),
            Words(mark, box.right, box.top + TEXT, TEXT, INK, "bold", "end", kind="handling"),
        ]
        count = self.entries[0].page.of
        demo = say.gettext("（演示数据，不是真实情况）") if self.title.demo else ""
        left = [
            say.gettext("索引：全册 {n} 幅，着色的画在这个文件里{demo}。", n=count, demo=demo)
            if self._lined
            else say.gettext("索引：全册 {n} 幅，有页码的画在这个文件里{demo}。", n=count, demo=demo)
        ]
        right = [
            say.day(self.title.made_on),
            lawful.review(sheet, say),
            say.gettext("{mark}　指纹 {fingerprint}", mark=mark, fingerprint=self.title.fingerprint),
        ]
        foot = self.place.footer
        page = Words(
            f"— {number} —", foot.middle[0], foot.bottom - 1, TEXT, QUIET, align="middle", kind="page-number"
        )
        return [*heading, *footer_marks(left, right, foot, TEXT), page]


def _numbers(entries: Sequence[Entry], after: int) -> dict[str, int]:
    """Page of the file on which each area that was drawn stands."""
    drawn = [entry.page.code for entry in entries if entry.scale]
    return {code: after + at for at, code in enumerate(drawn, start=1)}


def _fitted(bounds: Sequence[float], box: Box) -> View:
    """The plane in which an extent just fills a box; at no round scale, since nobody measures on an index."""
    west, south, east, north = bounds
    scale = max((east - west) / box.width, (north - south) / box.height) * 1000
    return view_of((west, south, east, north), box, max(1, int(scale) + 1))


def _rings(shape: Any, view: View) -> tuple[Points, ...]:
    simple = shapely.simplify(shape, view.metres(SIMPLE_MM))
    return tuple(
        view.to_mm(shapely.get_coordinates(ring))
        for part in shapely.get_parts(simple)
        for ring in (part.exterior, *part.interiors)
    )


def _rule(left: float, right: float, y: float) -> Shape:
    return Shape(
        (np.array([[left, y], [right, y]]),), closed=False, stroke=Stroke(INK, 0.2), name="index.rule"
    )


def _corners(box: Box) -> Points:
    return np.array(
        [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]
    )
