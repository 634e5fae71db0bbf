"""A page becomes a file: PDF with vectors and text that can be searched, SVG, PNG. Same page, same bytes."""

from exports.sheets.writers.pdf import to_pdf
from exports.sheets.writers.png import to_png
from exports.sheets.writers.svg import to_svg

__all__ = ["to_pdf", "to_png", "to_svg"]
