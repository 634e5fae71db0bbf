"""What stands on a sheet beside the map: north arrow, scale, locator, stamp, footer."""

from exports.sheets.furniture.bar import bar_height, scale_marks
from exports.sheets.furniture.footer import footer_marks
from exports.sheets.furniture.locator import locator_marks
from exports.sheets.furniture.north import north_arrow
from exports.sheets.furniture.stamp import stamp, stamp_ground

__all__ = [
    "bar_height",
    "footer_marks",
    "locator_marks",
    "north_arrow",
    "scale_marks",
    "stamp",
    "stamp_ground",
]
