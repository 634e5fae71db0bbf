"""What stands on a sheet beside the map: north arrow, scale, locator, stamp, footer."""

from webmap.sheets.furniture.bar import bar_height, scale_marks
from webmap.sheets.furniture.footer import footer_marks
from webmap.sheets.furniture.locator import locator_marks
from webmap.sheets.furniture.north import north_arrow
from webmap.sheets.furniture.stamp import stamp, stamp_ground

__all__ = [
    "bar_height",
    "footer_marks",
    "locator_marks",
    "north_arrow",
    "scale_marks",
    "stamp",
    "stamp_ground",
]
