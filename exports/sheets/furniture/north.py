"""The arrow to true north."""

import math

import numpy as np

from exports.sheets.fonts import text_width
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Points, Shape, Stroke, Words
from layers.language.tongue import Tongue

LINE_MM = 0.15


def arrow_size(em: float) -> tuple[float, float]:
    """Width and height of the arrow with its letter, in mm."""
    return 3.4 * em, 6.4 * em


def north_arrow(box: Box, em: float, degrees: float, tongue: Tongue) -> tuple[AnyMark, ...]:
    """An arrow in a box, its point ``degrees`` clockwise from the top of the page, the letter above it."""
    x = box.middle[0]
    letter = tongue.gettext("北")
    size = 1.5 * em
    foot, tip = box.bottom, box.top + 1.75 * em
    half, notch = 0.95 * em, 1.1 * em
    turn = math.radians(degrees)
    middle = (x, (foot + tip) / 2)

    def placed(*points: tuple[float, float]) -> Points:
        shift = np.array(points) - middle
        turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        moved: Points = shift @ turned + middle
        return moved

    stroke = Stroke(inks.INK, LINE_MM)
    dark = placed((x, tip), (x - half, foot), (x, foot - notch))
    light = placed((x, tip), (x + half, foot), (x, foot - notch))
    assert text_width(letter, size, "bold") <= box.width
    return (
        Shape((dark,), fill=inks.INK, stroke=stroke, name="north.dark"),
        Shape((light,), fill=inks.WHITE, stroke=stroke, name="north.light"),
        Words(
            letter,
            x,
            box.top + 1.4 * em,
            size,
            weight="bold",
            align="middle",
            halo=inks.OUTSIDE,
            halo_mm=0.4,
            kind="north",
        ),
    )
