"""Text as the files can hold it."""

import re
import unicodedata

NO_BREAK = "\u00a0"
PERCENT = re.compile(r"(?<=\d) (?=%)")
FRACTION = re.compile(r"(?<=\d) (?=/ \d)|(?<=\d /) (?=\d)")
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


def kept_together(text: str, *, fractions: bool = False) -> str:
    """A number and its sign of per cent stay on one line; ``fractions``: a numerator and its denominator too, for setters
    that spread a loose line over its spaces and not over its letters."""
    tied = PERCENT.sub(NO_BREAK, text)
    return FRACTION.sub(NO_BREAK, tied) if fractions else tied
