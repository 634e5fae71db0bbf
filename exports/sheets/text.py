"""Lines of text that fit a width."""

from collections.abc import Iterator

from exports.sheets.fonts import text_width
from exports.sheets.page import Align, Box, Weight, Words

FORBIDDEN_FIRST = "，。、；：？！）》”’」』%‰°′″)]},.;:?!·–"
"""Signs that begin no line."""
FORBIDDEN_LAST = "（《“‘「『([{"
MIDDLE = 0.36
"""From the middle of a line of Chinese down to its base line, in ems."""


def wrapped(text: str, width: float, size: float, weight: Weight = "regular") -> list[str]:
    """The text in lines no wider than ``width`` mm, broken between Chinese characters and at spaces."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and text_width((line + piece).rstrip(), size, weight) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """Parts that stay on one line: a Chinese character with the signs that cling to it, or a run of Latin letters."""
    piece = ""
    for sign in text:
        joins = bool(piece) and (
            sign in FORBIDDEN_FIRST or piece[-1] in FORBIDDEN_LAST or (_latin(sign) and _latin(piece[-1]))
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _latin(sign: str) -> bool:
    return sign.isascii() and not sign.isspace()


def shortened(text: str, width: float, size: float, weight: Weight = "regular") -> str:
    """The text, cut with “…” where it is too wide."""
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(text + "…", size, weight) > width:
        text = text[:-1]
    return text + "…"


def centred(
    text: str, box: Box, size: float, *, weight: Weight = "regular", align: Align = "middle", kind: str = ""
) -> Words:
    """A line in the middle of a box."""
    x = {"start": box.left, "middle": box.middle[0], "end": box.right}[align]
    return Words(text, x, box.middle[1] + MIDDLE * size, size, weight=weight, align=align, kind=kind)
