"""How headings are compared: width, spaces, case and the unit behind them do not count."""

import re
import unicodedata

_BRACKETED = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_NOISE = re.compile(r"[\s*_\-—·.、,:：]+")


def normal(text: object) -> str:
    """A heading without spaces, marks of obligation and punctuation, half-width, in lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(text))).lower()


def bare(text: object) -> tuple[str, str | None]:
    """A heading without what stands in brackets, normalised, and the first bracketed text, if any:
    ``面积（亩）`` is ``("面积", "亩")``.
    """
    plain = unicodedata.normalize("NFKC", str(text))
    found = _BRACKETED.search(plain)
    return normal(_BRACKETED.sub("", plain)), None if found is None else found[1].strip()


def is_known(text: object, known: frozenset[str]) -> bool:
    """Whether a heading, with or without its brackets, is among normalised ones."""
    return normal(text) in known or bare(text)[0] in known
