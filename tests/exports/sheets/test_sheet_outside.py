"""Places across the county's line are hollow, and the legend tells how many there are."""

import numpy as np
from shapely import Point

from exports.sheets.mapping.symbols import Symbol, hollow, paint_of
from exports.sheets.strata import Stratum
from layers.spec import Paint, Text
from layers.symbology import LegendRow

FULL = Paint(symbol="square", fill="#0B6470", line="#FFFFFF", line_mm=0.25, size_mm=2.2)
RING = Paint(symbol="ring", fill="#FFFFFF", line="#2C7A4B", line_mm=0.5, size_mm=2.6)


def test_a_full_symbol_keeps_its_colour_as_its_edge_and_a_hollow_one_is_grey() -> None:
    assert (hollow(FULL).symbol, hollow(FULL).fill, hollow(FULL).line) == ("square", "#FFFFFF", "#0B6470")
    assert (hollow(RING).symbol, hollow(RING).fill, hollow(RING).line) == ("ring", "#FFFFFF", "#7F8E96")


def test_only_a_place_that_stands_alone_across_the_line_is_hollow() -> None:
    row = LegendRow(0, Text(zh="中心", en="Centre"), FULL, None, "class")
    places = Stratum(
        id="centres", title="中心", section="", kind="point", order=0, group="services",
        shapes=np.array([Point(0, 0), Point(1, 1)], dtype=object), classes=np.zeros(2, dtype=int), legend=(row,),
        codes=("a", "b"), names=("甲", "乙"), outside=np.array([False, True]),
    )  # fmt: skip
    fills = [
        paint_of(places, Symbol("centres", 0, at, 0, 0, 2, count)).fill
        for at, count in ((0, 1), (1, 1), (1, 2))
    ]
    assert fills == ["#0B6470", "#FFFFFF", "#0B6470"]
