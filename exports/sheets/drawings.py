"""Sheets drawn lately: a preview, the questions about it and the file that follows are one drawing."""

import threading
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.kept import Kept

if TYPE_CHECKING:
    from exports.sheets.plan import SheetPlan
    from exports.sheets.sheet import Sheet
    from layers.county import County

MOST = 8
"""Drawings kept; a sheet with 20,000 cells takes some ten megabytes."""
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Drawing:
    """A sheet and what it becomes."""

    sheet: "Sheet"

    @cached_property
    def pdf(self) -> bytes:
        from exports.sheets.writers import to_pdf

        return to_pdf([self.sheet.page])

    @cached_property
    def _plain(self) -> bytes:
        """The PDF to be rasterised: not compressed, which takes longer than writing it."""
        from exports.sheets.writers.pdf import written

        return written([self.sheet.page], compressed=False)

    def png(self, dpi: float) -> bytes:
        """The sheet at ``dpi``; a preview and the file after it are rasterised from one PDF."""
        from exports.sheets.writers.png import pixels, png, rasterised

        return png(rasterised(self._plain, dpi, size=pixels(self.sheet.page, dpi)), dpi)

    def picture(self, across: int) -> bytes:
        """A PNG ``across`` pixels wide."""
        return self.png(across * MM_PER_INCH / self.sheet.page.width)

    def file(self, kind: str, *, dpi: int) -> bytes:
        """The sheet as pdf, png or svg."""
        if kind == "pdf":
            return self.pdf
        if kind == "png":
            return self.png(dpi)
        from exports.sheets.writers import to_svg

        return to_svg(self.sheet.page)


class Drawings:
    """The latest drawings of one process; one is drawn at a time, so that memory stays bounded."""

    def __init__(self, county: "County") -> None:
        self._county = county
        self._drawn = Kept(MOST)
        self._lock = threading.Lock()

    def drawing(
        self, viewer: Viewer, plan: "SheetPlan", *, made_on: date, number: tuple[int, int] | None = None
    ) -> Drawing:
        """The sheet of a plan as a viewer gets it; ``number`` makes it a page of an atlas (n, of how many).

        Raises what ``exports.sheets.draw.draw`` raises.
        """
        from exports.sheets.draw import draw

        editions = tuple(edition.id for edition in self._county.store.currents().values())
        place = (viewer.key, plan.key, made_on, number, editions, self._county.digest)

        def _make() -> Drawing:
            with self._lock:
                return Drawing(draw(self._county, viewer, plan, made_on=made_on, number=number))

        return self._drawn.get(place, _make)
