"""Text as the files can hold it."""

import re
import unicodedata

NO_BREAK = "\u00a0"
PERCENT = re.compile(r"(?<=\d) (?=%)")
FRACTION = re.compile(r"(?<=\d) (?=/ \d)|(?<=\d /) (?=\d)")
SIGNED_FROM_RIGHT = BEGINS_AFTER = 2.0
"""In letters: how far a signature stands from the edge, and how far behind its first letter the date begins."""
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Controls, marks of direction, halves of pairs and what is no character."""


def printable(text: str) -> str:
    """What of a text leaves ink or space; breaks and tabs are spaces."""
    if text.isprintable():
        return text
    return "".join(
        " " if sign in "\t\n\r" else sign
        for sign in text
        if sign in "\t\n\r" or unicodedata.category(sign) not in HIDDEN
    )


def width(text: str) -> float:
    """How many letters of the body a line takes: signs of a typewriter are half as wide."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def signed(maker: str, made: str) -> tuple[float, float]:
    """How many letters maker and date stand from the right edge (GB/T 9704, 7.3.5.2): the maker two, the date beginning
    two letters after it; the date two where it is the longer one, or alone."""
    if not maker:
        return 0.0, SIGNED_FROM_RIGHT
    after = width(maker) - BEGINS_AFTER - width(made)
    more = max(0.0, -after)
    return SIGNED_FROM_RIGHT + more, SIGNED_FROM_RIGHT + after + more


def kept_together(text: str, *, fractions: bool = False) -> str:
    """A number and its sign of per cent stay on one line; ``fractions``: a numerator and its denominator too, for setters
    that spread a loose line over its spaces and not over its letters."""
    tied = PERCENT.sub(NO_BREAK, text)
    return FRACTION.sub(NO_BREAK, tied) if fractions else tied
