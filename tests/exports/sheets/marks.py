"""Marks by hand, and looks at the files that pages become."""

from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image

from exports.sheets.page import AnyMark, Page, Points, Shape
from exports.sheets.writers import to_png
from layers.spec import Colour

A3, A4 = (420.0, 297.0), (210.0, 297.0)
HOSTILE = (
    "{{7*7}}",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "&lt; \" ' (乙) \\ %s",
    "甲\u202e乙\u200f\u2028\x07",
)


def page(*marks: AnyMark, size: tuple[float, float] = (60.0, 40.0), **about: object) -> Page:
    return Page(*size, marks, about)


def square(left: float, top: float, side: float) -> Points:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return np.array(corners, float) + np.array([left, top])


def box(left: float, top: float, side: float, fill: Colour | None = "#0B6470", **how: object) -> Shape:
    return Shape((square(left, top, side),), fill=fill, **how)


def picture(drawn: Page, dpi: int = 254) -> np.ndarray:
    """Pixels (rows, columns, 3) of a page; at 254 dpi there are ten to a millimetre."""
    return np.array(Image.open(BytesIO(to_png(drawn, dpi=dpi))))


def text_of(file: bytes) -> str:
    """What a reader finds on the pages of a PDF."""
    document = pypdfium2.PdfDocument(file)
    try:
        return "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()
