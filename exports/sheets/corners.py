"""Small shapes that several parts of a sheet are made of."""

import numpy as np

from exports.sheets.page import Box, Points


def rectangle(box: Box) -> Points:
    """The corners of a box, clockwise from the top left."""
    return np.array(
        [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    )


def cell(left: float, top: float, width: float, height: float) -> Points:
    """The corners of a rectangle by its top left corner and its sides."""
    return rectangle(Box(left, top, left + width, top + height))
