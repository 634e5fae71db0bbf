"""The legend: a row for every class that shows inside the frame, and none for what does not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from exports.sheets.content import Content
from exports.sheets.corners import cell
from exports.sheets.fonts import text_width
from exports.sheets.histogram import histogram_marks
from exports.sheets.mapping import Mapped, Shown, inks
from exports.sheets.mapping.drawing import AREA
from exports.sheets.mapping.symbols import hollow
from exports.sheets.page import AnyMark, Box, Points, Shape, Stroke, Words
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Stratum
from exports.sheets.text import MIDDLE, wrapped
from geo.wording import number, part
from layers.language.tongue import Tongue
from layers.spec import Paint

HEADING, BETWEEN = 8 / 7, 0.55
"""Heights: a heading in rows, and what comes before it in ems."""
SWATCH, SWATCH_HEIGHT, AFTER = 2.8, 1.15, 0.7
HISTOGRAM = 8.6
FRAME_MM = 0.1
LEADING = 1.22
TOGETHER = 6
"""A section of so few rows is not broken between columns."""
ORDER = ("overlay", "theme", "divisions", "base")


@dataclass(frozen=True)
class Letters:
    """``size`` is the em in mm, ``row`` the height of a row in ems."""

    size: float
    row: float


Draw = Callable[[float, float, float], list[AnyMark]]


@dataclass(frozen=True)
class Entry:
    """A part of the legend that is not broken: ``height`` in mm, drawn at left, top and width. A heading ``keeps``
    with what follows. ``names`` are the classes that it explains."""

    height: float
    draw: Draw
    keeps: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """Entries laid out in a box; ``rest`` found no room."""

    marks: tuple[AnyMark, ...]
    bottom: float
    rest: tuple[Entry, ...]


def entries(content: Content, mapped: Mapped, plan: SheetPlan, letters: Letters, width: float) -> list[Entry]:
    """Every entry in reading order for columns of a width: the theme first, then divisions, then the base map."""
    tongue = Tongue(plan.lang)
    made = _Entries(tongue, letters, width)
    summary = content.overlay.summary if content.overlay is not None else ""
    found: list[Entry] = []
    for section, shown in _sections(content, mapped):
        found.append(made.heading(section))
        if summary and len(found) == 1:
            found.append(made.text(summary))
        rows = [row for one in shown for row in made.rows(one, _beyond(shown, one))]
        graded = next((one.stratum for one in shown if one.stratum.graduation is not None), None)
        if graded is not None and "histogram" in plan.parts:
            rows.append(made.graph(graded))
        sized = next((one.stratum for one in shown if one.stratum.sizes is not None), None)
        if sized is not None:
            rows.append(made.sizes(sized))
        if len(rows) <= TOGETHER or graded is not None:
            rows[:-1] = [replace(row, keeps=True) for row in rows[:-1]]
        found += rows
        if shown[-1].stratum.group == "divisions" and mapped.area_outlined and not _explained(found):
            found.append(made.area(made.tongue.place(content.area.name)))
    if mapped.area_outlined and not _explained(found):
        found.append(made.area(made.tongue.place(content.area.name)))
    return found


def _beyond(shown: Sequence[Shown], one: Shown) -> int:
    """How many places of a layer lie across the county's line, at its last class; 0 at the others."""
    same = [other for other in shown if other.stratum is one.stratum]
    return sum(other.outside for other in same) if same[-1] is one else 0


def _explained(found: Sequence[Entry]) -> bool:
    """Whether the line round the area has its row."""
    return any(AREA in entry.names for entry in found)


def flow(found: Sequence[Entry], box: Box, *, columns: int, gap: float) -> Flow:
    """Entries in columns from the left, of as even a height as they can be; a heading never stands last in one."""
    width = (box.width - gap * (columns - 1)) / columns
    parts, rest = _columns(found, _even_height(found, box.height, columns), columns)
    marks: list[AnyMark] = []
    lowest = box.top
    for column, mine in enumerate(parts):
        y = box.top
        for entry in mine:
            marks += entry.draw(box.left + column * (width + gap), y, width)
            y += entry.height
        lowest = max(lowest, y)
    return Flow(tuple(marks), lowest, tuple(rest))


def _columns(
    found: Sequence[Entry], height: float, columns: int
) -> tuple[list[Sequence[Entry]], Sequence[Entry]]:
    """What stands in each column of a height, and what is left over."""
    parts: list[Sequence[Entry]] = []
    at = 0
    for _ in range(columns):
        first, y = at, 0.0
        while at < len(found):
            need, ahead = found[at].height, at
            while found[ahead].keeps and ahead + 1 < len(found):
                ahead += 1
                need += found[ahead].height
            if y + need > height + 1e-6:
                break
            y += found[at].height
            at += 1
        parts.append(found[first:at])
    return parts, found[at:]


def _even_height(found: Sequence[Entry], most: float, columns: int) -> float:
    """The least height of columns that takes as much as ``most`` does."""
    if columns == 1:
        return most
    left = len(_columns(found, most, columns)[1])
    low, high = 0.0, most
    while high - low > 0.2:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_columns(found, middle, columns)[1]) == left else (middle, high)
    return high


def _sections(content: Content, mapped: Mapped) -> list[tuple[str, list[Shown]]]:
    """Headings with their classes, in reading order; strata of one heading stand together."""
    found: dict[str, list[Shown]] = {}
    ranked = sorted(mapped.shown, key=lambda one: _rank(content, one.stratum))
    for one in ranked:
        found.setdefault(one.stratum.section, []).append(one)
    return list(found.items())


def _rank(content: Content, stratum: Stratum) -> tuple[int, float]:
    mine = content.overlay is not None and any(stratum is one for one in content.overlay.strata)
    kind = "overlay" if mine else stratum.group if stratum.group in ORDER else "theme"
    return ORDER.index(kind), -stratum.order if kind == "divisions" else stratum.place


class _Entries:
    """Makes entries in one size of letters."""

    def __init__(self, tongue: Tongue, letters: Letters, width: float) -> None:
        self.tongue, self.em, self.width = tongue, letters.size, width
        self.row_height = letters.row
        self.heading_height = HEADING * letters.row

    def heading(self, text: str) -> Entry:
        em = self.em
        lines = wrapped(text, self.width, em, "bold")
        height = em * (self.heading_height + BETWEEN + LEADING * (len(lines) - 1))

        def draw(left: float, top: float, _width: float) -> list[AnyMark]:
            y = top + em * (BETWEEN + self.heading_height / 2 + MIDDLE)
            return [
                Words(line, left, y + at * LEADING * em, em, weight="bold", kind="legend-heading")
                for at, line in enumerate(lines)
            ]

        return Entry(height, draw, keeps=True)

    def text(self, text: str) -> Entry:
        em = self.em
        size = max(LEAST_TEXT, 0.9 * em)
        lines = wrapped(text, self.width, size)

        def draw(left: float, top: float, _width: float) -> list[AnyMark]:
            return [
                Words(line, left, top + em * (1.0 + at * LEADING), size, inks.SECOND, kind="legend-summary")
                for at, line in enumerate(lines)
            ]

        return Entry(em * (0.5 + LEADING * len(lines)), draw, keeps=True)

    def rows(self, shown: Shown, beyond: int) -> list[Entry]:
        """The row of a class; after it so many places of its layer that lie across the county's line, hollow as they are."""
        stratum = shown.stratum
        if not beyond or stratum.kind != "point":
            return [self.row(shown)]

        def sample(x: float, y: float) -> list[AnyMark]:
            paint, size = hollow(stratum.legend[shown.index].paint), min(shown.size or 2.4, 1.5 * self.em)
            return [
                inks.symbol_mark(paint, (x + SWATCH * self.em / 2, y), size, f"legend.{shown.name}.outside")
            ]

        count = self.tongue.counted(number(beyond), stratum.unit)
        return [self.row(shown), self._row(self.tongue.gettext("县外，不计入"), count, sample, ())]

    def row(self, shown: Shown) -> Entry:
        row = shown.stratum.legend[shown.index]
        title = self.tongue.of(row.title)
        return self._row(
            title, self._counted(shown, title), lambda x, y: swatch(shown, x, y, self.em), (shown.name,)
        )

    def _counted(self, shown: Shown, title: str) -> str:
        """“1,234 亩 · 35 块” where it fits beside the title, else what they amount to; how many of them report, where
        not all do."""
        unit, amount = shown.stratum.unit, shown.amount
        count = self.tongue.counted(number(shown.count), unit) if unit else ""
        if amount is None or not amount.reported:
            return count
        said = self.tongue.counted(part(amount.value), self.tongue.gettext(amount.unit))
        if not amount.whole:
            return self.tongue.gettext("{amount}（已报 {parts}）", amount=said, parts=amount.parts())
        both = f"{said} · {count}"
        beside = self.width - (SWATCH + AFTER) * self.em - text_width(title, self.em)
        return both if count and self._width_of(both) <= beside else said

    def _width_of(self, count: str) -> float:
        """Room that a count takes at the end of its row."""
        return text_width(count, max(LEAST_TEXT, 0.86 * self.em)) + 0.6 * self.em if count else 0.0

    def area(self, name: str) -> Entry:
        def sample(x: float, y: float) -> list[AnyMark]:
            return _area_sample(x, y, self.em)

        return self._row(self.tongue.gettext("本图范围（{name}）", name=name), "", sample, (AREA,))

    def graph(self, stratum: Stratum) -> Entry:
        em = self.em

        def draw(left: float, top: float, width: float) -> list[AnyMark]:
            box = Box(left, top + 0.8 * em, left + width, top + HISTOGRAM * em)
            return histogram_marks(stratum, box, em, self.tongue)

        return Entry((HISTOGRAM + 0.5) * em, draw)

    def sizes(self, stratum: Stratum) -> Entry:
        """How much circles of some sizes say, side by side."""
        em, paint = self.em, stratum.legend[0].paint
        samples = stratum.sizes.samples if stratum.sizes is not None else ()
        height = max((mm for mm, _ in samples), default=0.0) + 0.6 * em
        small = max(LEAST_TEXT, 0.86 * em)

        def draw(left: float, top: float, _width: float) -> list[AnyMark]:
            marks: list[AnyMark] = []
            x, middle = left, top + height / 2
            hollow = paint.model_copy(update={"fill": inks.WHITE})
            for mm, words in samples:
                marks.append(inks.symbol_mark(hollow, (x + mm / 2, middle), mm, f"legend.{stratum.id}.size"))
                marks.append(
                    Words(words, x + mm + 0.4 * em, middle + MIDDLE * small, small, kind="legend-count")
                )
                x += mm + 1.2 * em + text_width(words, small)
            return marks

        return Entry(height, draw)

    def _row(
        self, title: str, count: str, sample: Callable[[float, float], list[AnyMark]], names: tuple[str, ...]
    ) -> Entry:
        em = self.em
        small = max(LEAST_TEXT, 0.86 * em)
        indent = (SWATCH + AFTER) * em
        lines = wrapped(title, self.width - indent - self._width_of(count), em) or [title]
        height = em * (self.row_height + LEADING * (len(lines) - 1))

        def draw(left: float, top: float, width: float) -> list[AnyMark]:
            middle = top + height / 2
            y = middle - (len(lines) - 1) * LEADING * em / 2 + MIDDLE * em
            marks = sample(left, middle)
            marks += [
                Words(line, left + indent, y + at * LEADING * em, em, kind="legend")
                for at, line in enumerate(lines)
            ]
            if count:
                right = left + width
                marks.append(
                    Words(
                        count,
                        right,
                        middle + MIDDLE * small,
                        small,
                        inks.MUTED,
                        align="end",
                        kind="legend-count",
                    )
                )
            return marks

        return Entry(height, draw, names=names)


def swatch(shown: Shown, x: float, y: float, em: float) -> list[AnyMark]:
    """A sample of a class with its left middle at x, y: the same marks as on the map."""
    stratum, name = shown.stratum, f"legend.{shown.name}"
    paint = stratum.legend[shown.index].paint
    width, height = SWATCH * em, SWATCH_HEIGHT * em
    if stratum.kind == "point":
        size = min(shown.size or paint.size_mm, 1.5 * em)
        return [inks.symbol_mark(paint, (x + width / 2, y), size, name)]
    if stratum.kind == "area":
        sample = cell(x, y - height / 2, width, height)
        return [inks.area_mark((sample,), paint, name), *_framed(sample, paint)]
    line = (np.array([(x, y), (x + width, y)]),)
    if stratum.kind == "line":
        return list(inks.line_marks(line, paint, name))
    marks: list[AnyMark] = list(inks.boundary_marks(line, paint, name))
    if paint.dash == "county":
        band = cell(x, y, width, 0.55 * em)
        marks.insert(0, Shape((band,), fill=inks.BAND, opacity=0.75, name="legend.band"))
    return marks


def _framed(sample: Points, paint: Paint) -> list[AnyMark]:
    """A fine frame round what has no edge of its own, which may be as pale as the paper."""
    if inks.stroke_of(paint) is not None:
        return []
    return [Shape((sample,), stroke=Stroke(inks.LINE, FRAME_MM), name="legend.frame")]


def _area_sample(x: float, y: float, em: float) -> list[AnyMark]:
    width, height = SWATCH * em, SWATCH_HEIGHT * em
    return [
        Shape((cell(x - 0.2 * em, y - height / 2 - 0.2 * em, width + 0.4 * em, height + 0.4 * em),), fill=inks.BAND, name="legend.band"),
        Shape((cell(x, y - height / 2, width, height),), fill=inks.LAND, stroke=Stroke(inks.COUNTY_LINE, 0.5), name=f"legend.{AREA}"),
    ]  # fmt: skip
