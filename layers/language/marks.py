"""Signs that turn the direction of writing round: taken off what is imported, kept from spreading where names are shown."""

import re
import unicodedata

CONTROLS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Bidirectional controls, which turn the words behind them round, and signs of no width: nobody sees them."""
RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
FIRST, LAST = "\u2068", "\u2069"


def isolated(name: str) -> str:
    """A name that cannot turn round the words beside it, for texts that have no markup; most are as they are."""
    plain = CONTROLS.sub("", name)
    turned = any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in plain)
    return f"{FIRST}{plain}{LAST}" if turned else plain
