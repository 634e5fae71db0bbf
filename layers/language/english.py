"""Names of places in English: pinyin of what is its own, the word for what it is; the one rule for pages, sheets and tables."""

import re
from functools import lru_cache

from layers.language.order import number_of
from layers.language.readings import usual_reading

KINDS = (
    ("街道", "Subdistrict"), ("社区", "Community"), ("镇", "Town"), ("乡", "Township"), ("村", "Village"), ("县", "County"),
    ("市", "City"), ("区", "District"), ("省", "Province"), ("网格", "Grid"),
)  # fmt: skip
OWN_AT_LEAST = 2
"""Syllables: a name of one is written together with its kind, and the kind is said again (西村 is Xicun Village)."""
_GRID = re.compile(r"(?P<place>.+?)第(?P<number>[零〇一二三四五六七八九十百]+|\d+)网格")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=16384)
def place_name(name: str, language: str) -> str:
    """The name of a division or settlement in one language: 荣河村 is Ronghe Village, its first grid … Grid 1."""
    if language == "zh" or not _HAN.search(name):
        return name
    if grid := _GRID.fullmatch(name):
        return f"{place_name(grid['place'], language)} Grid {number_of(grid['number'])}"
    for kind, word in KINDS:
        own = name.removesuffix(kind)
        if own and own != name:
            return f"{pinyin(own if len(own) >= OWN_AT_LEAST else name)} {word}"
    return pinyin(name)


def pinyin(text: str) -> str:
    """The Chinese of a text as one word with a capital, an apostrophe where a syllable begins with a vowel: Xi'an."""
    words = _HAN.sub(lambda found: f" {_word(found[0])} ", text).split()
    return " ".join(words)


def _word(han: str) -> str:
    syllables = [usual_reading(letter).rstrip("12345").replace("v", "ü") or letter for letter in han]
    word = "".join(f"'{one}" if place and one[0] in "aoe" else one for place, one in enumerate(syllables))
    return word[0].upper() + word[1:]
