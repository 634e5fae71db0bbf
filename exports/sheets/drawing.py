"""A sheet and the files that it becomes."""

from dataclasses import dataclass
from functools import cached_property

from exports.pictures import small_picture
from exports.sheets.sheet import Sheet
from exports.sheets.writers import to_pdf, to_svg
from exports.sheets.writers.pdf import written
from exports.sheets.writers.png import pixels, png, rasterised

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Drawing:
    """A sheet and what it becomes."""

    sheet: Sheet

    @cached_property
    def pdf(self) -> bytes:
        return to_pdf([self.sheet.page])

    @cached_property
    def _plain(self) -> bytes:
        """The PDF to be rasterised: not compressed, which takes longer than writing it."""
        return written([self.sheet.page], compressed=False)

    def png(self, dpi: float) -> bytes:
        """The sheet at ``dpi``; a preview and the file after it are rasterised from one PDF."""
        return png(rasterised(self._plain, dpi, size=pixels(self.sheet.page, dpi)), dpi)

    def picture(self, across: int) -> bytes:
        """A PNG ``across`` pixels wide."""
        return self.png(across * MM_PER_INCH / self.sheet.page.width)

    @property
    def small(self) -> bytes:
        """The sheet as a list shows it."""
        page = self.sheet.page
        return small_picture(self._plain, page.width, page.height)

    def file(self, kind: str, *, dpi: int) -> bytes:
        """The sheet as pdf, png or svg."""
        if kind == "pdf":
            return self.pdf
        if kind == "png":
            return self.png(dpi)
        return to_svg(self.sheet.page)
