"""Notes of a sheet: sentences, and lists of names, which are cut where there is no room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from exports.sheets.content import Content
from exports.sheets.glyphs import missing_notes
from exports.sheets.mapping import Mapped
from exports.sheets.strata import Stratum
from exports.sheets.text import shortened, wrapped
from geo.wording import number
from layers.language.tongue import Tongue
from layers.symbology import LegendRow

MOST_LISTED = 300
"""Names in a note; the codes of all of them are in the result."""


@dataclass(frozen=True)
class Note:
    """A sentence; with ``names`` they follow it after a colon."""

    head: str
    names: tuple[str, ...] = ()

    def text(self, tongue: Tongue, most: int = MOST_LISTED) -> str:
        """The note with up to ``most`` of its names; where these are not all, it says how many there are."""
        if not self.names:
            return self.head
        listed = tongue.comma.join(self.names[:most])
        if most < len(self.names):
            listed = tongue.gettext(
                "{names}等 {n} 个", names=listed, n=len(self.names), more=len(self.names) - most
            )
        return f"{self.head}{tongue.colon}{listed}"

    def lines(self, width: float, size: float, tongue: Tongue, most: int | None = None) -> list[str]:
        """The note in lines of a width (mm) and a size of letters, at most so many, with as many names as they take."""
        whole = wrapped(self.text(tongue), width, size)
        if most is None or len(whole) <= most:
            return whole
        if most <= 0:
            return []
        low, high = 0, min(len(self.names), MOST_LISTED) - 1
        while low < high:
            middle = (low + high + 1) // 2
            fits = len(wrapped(self.text(tongue, middle), width, size)) <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        cut = wrapped(self.text(tongue, low), width, size) if low > 0 else whole
        return cut if len(cut) <= most else [*cut[: most - 1], shortened(cut[most - 1] + "…", width, size)]


def notes_of(content: Content, mapped: Mapped, tongue: Tongue, made_on: date) -> tuple[Note, ...]:
    """What a reader must know about what is drawn; which areas have no data comes with their names."""
    names = [name for stratum in content.strata for name in stratum.names]
    said = [
        *_time_notes(content, tongue),
        *content.notes,
        *missing_notes(names, tongue),
        *_symbol_notes(content, mapped, tongue),
        *_count_notes(mapped, tongue),
        *_flag_notes(content, tongue, made_on),
    ]
    lists = () if content.overlay is None else content.overlay.lists
    return (
        *map(Note, said),
        *(Note(head, names) for head, names in lists),
        *_no_data_notes(content, mapped, tongue),
    )


def _time_notes(content: Content, tongue: Tongue) -> Iterator[str]:
    """Of what time records are, where the title cannot say it for everything drawn."""
    dated = [stratum for stratum in content.thematic if stratum.days]
    if len(dated) < len(content.thematic) and not content.timed:
        for stratum in dated:
            assert stratum.days is not None
            yield f"{stratum.title}{tongue.colon}{tongue.span(*stratum.days)}"


def no_data_codes(mapped: Mapped) -> tuple[str, ...]:
    """Codes of all areas that are hatched because they have no data, in the order of the legend."""
    found = [code for stratum, row in _no_data(mapped) for code in _of(stratum, row, stratum.codes)]
    return tuple(dict.fromkeys(found))


def _symbol_notes(content: Content, mapped: Mapped, tongue: Tongue) -> Iterator[str]:
    moved = mapped.moved
    if moved.count:
        yield tongue.gettext(
            "{n} 个重合或相互遮盖的符号已移开，最多 {mm} 毫米", n=moved.count, mm=number(moved.most_mm, 1)
        )
    gathered = {symbol.layer for symbol in mapped.placed if symbol.count > 1}
    for stratum in content.strata:
        if stratum.id in gathered:
            yield tongue.gettext(
                "{layer}共 {n} {unit}；符号里的数是该处有多少，形状和颜色取其中最高的一级",
                layer=stratum.title, n=number(len(stratum)), unit=stratum.unit,
            )  # fmt: skip


def _count_notes(mapped: Mapped, tongue: Tongue) -> Iterator[str]:
    """What the counts of the legend leave out: what lies across the county's line, and parcels drawn twice."""
    strata = {shown.stratum.id: shown.stratum for shown in mapped.shown if shown.stratum.unit}
    for name, stratum in strata.items():
        mine = [shown for shown in mapped.shown if shown.stratum.id == name]
        outside = sum(shown.outside for shown in mine)
        twins = sum(shown.amount.twins for shown in mine if shown.amount is not None)
        if outside:
            said = tongue.gettext("县外另有 {n} {unit}，不计入", n=number(outside), unit=stratum.unit)
            yield f"{stratum.title}{tongue.colon}{said}"
        if twins:
            yield tongue.gettext(
                "{layer}：重合的 {n} {unit}只计一次", layer=stratum.title, n=number(twins), unit=stratum.unit
            )


def _flag_notes(content: Content, tongue: Tongue, made_on: date) -> Iterator[str]:
    """Layers that should have been renewed by the day of the sheet, and those worked out; of invented ones the imprint
    says that they are."""
    known = [(stratum.title, stratum.origin) for stratum in content.thematic if stratum.origin is not None]
    late = [title for title, origin in known if origin.due is not None and made_on > origin.due]
    guessed = [title for title, origin in known if origin.estimate and not origin.demo]
    if late:
        yield tongue.gettext("已过更新期：{layers}", layers=tongue.comma.join(late))
    if guessed:
        yield tongue.gettext("推算数：{layers}", layers=tongue.comma.join(guessed))


def _no_data_notes(content: Content, mapped: Mapped, tongue: Tongue) -> Iterator[Note]:
    """One list for each hatch without data, called as in the legend."""
    own = () if content.overlay is None else content.overlay.strata
    for stratum, row in _no_data(mapped):
        names = tuple(name for name in _of(stratum, row, stratum.names) if name)
        state = tongue.of(row.title)
        if names:
            mine = any(stratum.id == one.id for one in own)
            between = "" if tongue.lang == "zh" else ", "
            yield Note(state if mine else f"{stratum.title}{between}{state}", names)


def _no_data(mapped: Mapped) -> Iterator[tuple[Stratum, LegendRow]]:
    for shown in mapped.shown:
        row = shown.stratum.legend[shown.index]
        if shown.stratum.kind == "area" and row.kind == "empty":
            yield shown.stratum, row


def _of(stratum: Stratum, row: LegendRow, values: tuple[str, ...]) -> list[str]:
    return [values[place] for place in np.flatnonzero(stratum.classes == row.index)]
