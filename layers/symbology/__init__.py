"""One look for screen and paper: classes, colours and symbols as data, in millimetres."""

from layers.breaks import breaks_for, natural_breaks, round_to_2, rounded_breaks
from layers.symbology.legend import LegendRow, classes, classify, present, range_title
from layers.symbology.ramps import RAMPS, ramp
from layers.symbology.symbols import SYMBOL_PATHS

__all__ = [
    "RAMPS",
    "SYMBOL_PATHS",
    "LegendRow",
    "breaks_for",
    "classes",
    "classify",
    "natural_breaks",
    "present",
    "ramp",
    "range_title",
    "round_to_2",
    "rounded_breaks",
]
