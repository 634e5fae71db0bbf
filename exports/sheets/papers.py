"""The papers and what stands where on each, in millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from exports.sheets.page import Box
from geo.errors import ArgumentError

PaperId = Literal["A4", "A3", "slide", "figure"]
Orientation = Literal["landscape", "portrait"]
LEAST_TEXT = 1.8
"""The smallest em on any sheet, mm: 5 pt."""


@dataclass(frozen=True)
class Paper:
    """One paper in landscape. ``rim`` is left white all round; ``side`` is the width of the column beside the map,
    ``strip`` the height of the panel below it in portrait; ``band`` lies between the two neatlines, 0 for a single
    one; ``text`` is the em of the legend, ``heading`` that of the title, 0 where the title is a caption elsewhere;
    ``locator`` is the height of the locator in parts of its width.
    """

    width: float
    height: float
    rim: float
    side: float
    strip: float
    band: float
    text: float
    heading: float
    footer: float
    clear: float
    locator: float = 0.72
    turns: bool = True


PAPERS: Mapping[PaperId, Paper] = MappingProxyType(
    {
        "A3": Paper(420, 297, 11, 66, 86, 5.2, 2.9, 8.4, 13.4, 4),
        "A4": Paper(297, 210, 8, 49, 60, 4.4, 2.2, 6.2, 11.2, 3.5),
        "slide": Paper(338.7, 190.5, 5, 60, 0, 3.8, 2.9, 7.2, 7, 3.5, locator=0.56, turns=False),
        "figure": Paper(156, 105, 0.4, 30.5, 0, 0, 1.9, 0, 5.2, 2.5, turns=False),
    }
)
GAP = 3.0
"""Between the frame and what stands beside or below it."""
LEAST_STRIP, MOST_STRIP = 1.25, 1.75
"""Height of what stands below the map on a page of an atlas, in parts of that on a single sheet."""
PANEL_SHARE = 0.42
BROAD = 1.6
"""A broad panel, in parts of the usual one."""


@dataclass(frozen=True)
class Layout:
    """Boxes of one sheet. ``frame`` is the outer neatline and ``map`` the inner one; ``panel`` takes legend, locator
    and scale, beside the map or below it (``beside``), with a ``table`` at its right on a page of an atlas; ``clear``
    is kept free between the area and the inner neatline.
    """

    paper: Paper
    width: float
    height: float
    title: Box | None
    frame: Box
    map: Box
    panel: Box
    footer: Box
    beside: bool
    table: Box | None = None

    @property
    def clear(self) -> float:
        return self.paper.clear


def layout(paper: PaperId, orientation: Orientation, *, broad: bool = False) -> Layout:
    """Where things stand on a single sheet; with a ``broad`` panel at the cost of the map.

    Raises:
        ArgumentError: the paper does not turn.
    """
    kind = PAPERS[paper]
    if broad:
        kind = replace(kind, side=kind.side * BROAD, strip=kind.strip * BROAD)
    if orientation == "landscape":
        return _beside(kind)
    if not kind.turns:
        raise ArgumentError("纸张 {paper} 只有横向。", paper=paper)
    return _below(kind, kind.strip)


def atlas_layout(paper: PaperId, table_height: float) -> Layout:
    """A page of an atlas in portrait: the map above, the panel and a table of a height (mm) below it."""
    kind = PAPERS[paper]
    plain = _below(kind, min(max(table_height, kind.strip * LEAST_STRIP), kind.strip * MOST_STRIP))
    middle = plain.panel.left + PANEL_SHARE * plain.panel.width
    panel = replace(plain.panel, right=middle - GAP)
    return replace(plain, panel=panel, table=replace(plain.panel, left=middle))


def _beside(kind: Paper) -> Layout:
    title, body, footer = _bands(kind, kind.width, kind.height)
    gap = GAP if kind.heading else 1.2
    frame = Box(body.left, body.top, body.right - kind.side - gap, body.bottom)
    panel = Box(frame.right + gap, body.top, body.right, body.bottom)
    return Layout(kind, kind.width, kind.height, title, frame, frame.inset(kind.band), panel, footer, True)


def _below(kind: Paper, strip: float) -> Layout:
    title, body, footer = _bands(kind, kind.height, kind.width)
    frame = Box(body.left, body.top, body.right, body.bottom - strip - GAP)
    panel = Box(body.left, frame.bottom + GAP, body.right, body.bottom)
    return Layout(kind, kind.height, kind.width, title, frame, frame.inset(kind.band), panel, footer, False)


def _bands(kind: Paper, width: float, height: float) -> tuple[Box | None, Box, Box]:
    """Title, body and footer, one below the other."""
    rim = kind.rim
    top = rim + kind.heading * 1.9 if kind.heading else rim
    title = Box(rim, rim, width - rim, top) if kind.heading else None
    footer = Box(rim, height - rim - kind.footer, width - rim, height - rim)
    return title, Box(rim, top, width - rim, footer.top - (1.8 if kind.heading else 0.8)), footer
