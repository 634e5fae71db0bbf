"""Several values in one text, between commas, as addresses and commands carry them."""

import re
from collections.abc import Iterable

_PARTS = re.compile(r"((?:\\[,\\]|[^,])*)(,|$)")
_ESCAPED = re.compile(r"\\([,\\])")


def separated(text: str) -> tuple[str, ...]:
    """The values between commas; a comma that belongs to a value is written ``\\,``, a backslash before it ``\\\\``."""
    values = []
    for found in _PARTS.finditer(text):
        values.append(_ESCAPED.sub(r"\1", found[1]))
        if not found[2]:
            break
    return tuple(values)


def joined(values: Iterable[str]) -> str:
    """The text that ``separated`` takes apart into these values."""
    return ",".join(value.replace("\\", "\\\\").replace(",", "\\,") for value in values)
