"""The index of an atlas: where each page lies, and a list with the pages of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.disclosure import RowFilter, Viewer
from webmap.sheets import lawful
from webmap.sheets.atlas.pages import AtlasPage, AtlasPlan
from webmap.sheets.page import AnyMark, Box, Page, Points, Shape, Stroke, Words
from webmap.sheets.papers import layout
from webmap.sheets.scale import View, view_of
from webmap.sheets.tongue import Tongue
from webmap.translations import N_

if TYPE_CHECKING:
    from webmap.house import House

LAYERS = {"township": "townships", "village": "villages"}
INK, QUIET = "#17252E", "#5F6E78"
MADE, NOT_MADE = "#E3F0F1", "#F1F3F3"
LINE = "#4C5B63"
TITLE, NUMBER, TEXT = 6.2, {"township": 3.4, "village": 1.9}, 2.3
STEP = 4.4
"""From one line of the list to the next, mm."""
COLUMN = 46.0
HEADINGS = (N_("幅号"), N_("名称"), N_("页码"))


@dataclass(frozen=True)
class Entry:
    """A page and whether it was drawn."""

    page: AtlasPage
    drawn: bool


def index_pages(
    house: "House", viewer: Viewer, plan: AtlasPlan, entries: Sequence[Entry], *, title: str, made_on: date
) -> tuple[Page, ...]:
    """The first pages of the file: a map of the sheets with their numbers, then the list, on as many pages as it takes."""
    return _Index(house, viewer, plan, entries, title, made_on).pages()


class _Index:
    def __init__(
        self,
        house: "House",
        viewer: Viewer,
        plan: AtlasPlan,
        entries: Sequence[Entry],
        title: str,
        made_on: date,
    ) -> None:
        self.house, self.viewer, self.plan, self.entries, self.made_on = house, viewer, plan, entries, made_on
        self.tongue = Tongue(plan.sheet.lang)
        self.place = layout("A4", "portrait")
        self.title = title

    def pages(self) -> tuple[Page, ...]:
        """Page numbers in the list count the pages of the index itself."""
        map_box = Box(
            self.place.frame.left, self.place.frame.top, self.place.frame.right, self.place.frame.top + 150
        )
        first = Box(map_box.left, map_box.bottom + 8, map_box.right, self.place.footer.top - 3)
        more = Box(first.left, self.place.frame.top + 2, first.right, first.bottom)
        lots = self._lots(first, more)
        after = len(lots)
        numbers = _numbers(self.entries, after)
        made = []
        for at, lot in enumerate(lots):
            marks = [*self._heading(), *self._footer(at + 1)]
            if at == 0:
                marks += self._map(map_box)
            marks += self._list(lot, first if at == 0 else more, numbers)
            made.append(
                Page(
                    self.place.width,
                    self.place.height,
                    tuple(marks),
                    {"title": self.title, "date": self.made_on},
                )
            )
        return tuple(made)

    # ---- the map ----

    def _map(self, box: Box) -> list[AnyMark]:
        given = self.house.door.rows(
            LAYERS[self.plan.by], self.viewer, RowFilter(code=self.plan.sheet.code or None)
        )
        shapes = dict(zip(given.rows["code"], self.house.ground.shapes(given, self.viewer), strict=True))
        known = {
            code: shape for code, shape in shapes.items() if shape is not None and not shapely.is_empty(shape)
        }
        bounds = tuple(shapely.total_bounds(list(known.values())))
        view = _fitted(bounds, box.inset(4))
        lined = LAYERS[self.plan.by] not in lawful.unlined(self.plan.sheet)
        marks: list[AnyMark] = [Shape((_corners(box),), stroke=Stroke(INK, 0.35), name="index.frame")]
        drawn = {entry.page.code for entry in self.entries if entry.drawn}
        for code, shape in known.items():
            marks.append(
                Shape(
                    _rings(shape, view), fill=MADE if code in drawn else NOT_MADE,
                    stroke=Stroke(LINE, 0.2) if lined else None, name="index.area",
                )
            )  # fmt: skip
        return marks + self._numbered(known, view, drawn)

    def _numbered(self, known: dict[str, Any], view: View, drawn: set[str]) -> list[AnyMark]:
        size = NUMBER[self.plan.by]
        marks: list[AnyMark] = []
        for entry in self.entries:
            if entry.page.code not in known:
                continue
            spot = shapely.maximum_inscribed_circle(known[entry.page.code], tolerance=50)
            x, y = view.to_mm([shapely.get_coordinates(spot)[0]])[0]
            marks.append(
                Words(
                    str(entry.page.number), float(x), float(y) + size * 0.36, size,
                    colour=INK if entry.page.code in drawn else QUIET, weight="bold", align="middle",
                    halo="#FFFFFF", halo_mm=0.35, kind="index", of=entry.page.code,
                )
            )  # fmt: skip
        return marks

    # ---- the list ----

    def _lots(self, first: Box, more: Box) -> list[Sequence[Entry]]:
        """Entries by pages of the index."""
        lots, rest, room = [], list(self.entries), first
        while rest or not lots:
            count = _rows(room) * _columns(room)
            lots.append(rest[:count])
            rest, room = rest[count:], more
        return lots

    def _list(self, lot: Sequence[Entry], box: Box, numbers: dict[str, int]) -> list[AnyMark]:
        columns = _columns(box)
        width = (box.width + 6) / columns
        rows = max(1, -(-len(lot) // columns))
        marks: list[AnyMark] = []
        for column in range(min(columns, -(-len(lot) // rows))):
            left = box.left + column * width
            marks += self._line(left, left + width - 6, box.top, HEADINGS, bold=True)
            marks.append(
                Shape(
                    (np.array([[left, box.top + 1.3], [left + width - 6, box.top + 1.3]]),),
                    closed=False,
                    stroke=Stroke(INK, 0.2),
                    name="index.rule",
                )
            )
            for row, entry in enumerate(lot[column * rows : (column + 1) * rows], start=1):
                page = str(numbers[entry.page.code]) if entry.drawn else self.tongue.gettext("没有画出")
                texts = (str(entry.page.number), entry.page.name, page)
                marks += self._line(
                    left, left + width - 6, box.top + row * STEP + 1, texts, of=entry.page.code
                )
        return marks

    def _line(
        self, left: float, right: float, y: float, texts: Sequence[str], *, bold: bool = False, of: str = ""
    ) -> list[AnyMark]:
        number, name, page = texts if of else (self.tongue.gettext(text) for text in texts)
        weight = "bold" if bold else "regular"
        more: dict[str, Any] = {"colour": INK, "weight": weight, "kind": "list", "of": of}
        return [
            Words(number, left + 7, y, TEXT, align="end", **more),
            Words(name, left + 9, y, TEXT, **more),
            Words(page, right, y, TEXT, align="end", **more),
        ]

    # ---- round the page ----

    def _heading(self) -> list[AnyMark]:
        box = self.place.title
        assert box is not None
        return [
            Words(
                self.title,
                box.middle[0],
                box.bottom - 3.2,
                TITLE,
                colour=INK,
                weight="bold",
                align="middle",
                kind="title",
            )
        ]

    def _footer(self, number: int) -> list[AnyMark]:
        box = self.place.footer
        left = self.tongue.gettext(
            "索引，共 {n} 幅；着色的画在这一册里。", n=self.entries[0].page.of if self.entries else 0
        )
        right = f"{self.tongue.day(self.made_on)}　{lawful.mark(self.plan.sheet, self.tongue)}"
        y = box.top + 3
        return [
            Words(left, box.left, y, 2.0, colour=QUIET, kind="footer"),
            Words(right, box.right, y, 2.0, colour=QUIET, align="end", kind="footer"),
            Words(
                lawful.review(self.plan.sheet, self.tongue),
                box.left,
                y + 3.4,
                2.0,
                colour=QUIET,
                kind="footer",
            ),
            Words(f"— {number} —", box.right, y + 3.4, 2.0, colour=QUIET, align="end", kind="page-number"),
        ]


def _numbers(entries: Sequence[Entry], after: int) -> dict[str, int]:
    """Page of the file on which each drawn area stands."""
    drawn = [entry.page.code for entry in entries if entry.drawn]
    return {code: after + at for at, code in enumerate(drawn, start=1)}


def _rows(box: Box) -> int:
    return int((box.height - 2) / STEP)


def _columns(box: Box) -> int:
    return int(box.width / COLUMN)


def _fitted(bounds: tuple[float, ...], box: Box) -> View:
    """The plane in which an extent just fills a box; no round scale, since nobody measures on an index."""
    west, south, east, north = bounds
    scale = max((east - west) / box.width, (north - south) / box.height) * 1000
    return view_of((west, south, east, north), box, max(1, int(scale) + 1))


def _rings(shape: Any, view: View) -> tuple[Points, ...]:
    simple = shapely.simplify(shape, view.metres(0.1))
    return tuple(
        view.to_mm(shapely.get_coordinates(ring))
        for part in shapely.get_parts(simple)
        for ring in (part.exterior, *part.interiors)
    )


def _corners(box: Box) -> Points:
    return np.array(
        [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]
    )
