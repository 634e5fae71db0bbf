"""Small pictures of what was made: its first page."""

from exports.sheets.page import Page
from exports.sheets.writers.pdf import written
from exports.sheets.writers.png import png, rasterised

THUMB_PX = 320
"""Pixels along the longer side of what stands in a list."""
PAGE_PX = 1240
"""Pixels across a page that is read on a screen: A4 at 150 to the inch."""
A4_MM = (210.0, 297.0)
MM_PER_INCH = 25.4


def picture_of(pdf: bytes, width: float, height: float, across: int) -> bytes:
    """The first page of a PDF, ``width`` by ``height`` mm, as PNG so many pixels across."""
    dpi = across * MM_PER_INCH / width
    return png(rasterised(pdf, dpi, size=(across, max(1, round(across * height / width)))), dpi)


def small_picture(pdf: bytes, width: float, height: float) -> bytes:
    """The first page of a PDF for a list."""
    return picture_of(pdf, width, height, round(THUMB_PX * min(1.0, width / height)))


def small_page(page: Page) -> bytes:
    """A page of an atlas or a sheet for a list."""
    return small_picture(written([page], compressed=False), page.width, page.height)
