"""The pale stamp across sample data."""

from exports.sheets.fonts import text_width
from exports.sheets.page import Box, Words

COLOUR = "#8A4B0F"
OPACITY = 0.26
SPACING = 0.22
RISES, FALLS = 0.9, 0.14
"""How far letters reach above and below their base line, in ems."""


def stamp(text: str, box: Box) -> Words:
    """Large pale letters across the lower part of the map."""
    size = min(0.055 * box.height + 0.018 * box.width, 0.5 * box.width / (len(text) * (1 + SPACING)))
    width = text_width(text, size, "bold", SPACING * size)
    x = box.right - 0.035 * box.width - width
    return Words(
        text,
        x,
        box.bottom - 0.05 * box.height,
        size,
        COLOUR,
        weight="bold",
        spacing=SPACING * size,
        opacity=OPACITY,
        kind="stamp",
    )


def stamp_ground(text: str, box: Box) -> Box:
    """What the letters of the stamp cover."""
    mark = stamp(text, box)
    right = mark.x + text_width(text, mark.size, "bold", mark.spacing)
    return Box(mark.x, mark.y - RISES * mark.size, right, mark.y + FALLS * mark.size)
