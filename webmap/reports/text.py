"""Text as the files can hold it."""

import re
import unicodedata

NO_BREAK = "\u00a0"
TIED = re.compile(r"(?<=\d) (?=%)|(?<=\d) (?=/ \d)|(?<=\d /) (?=\d)")
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


def kept_together(text: str) -> str:
    """A number and its sign of per cent, a numerator and its denominator stay on one line."""
    return TIED.sub(NO_BREAK, text)
