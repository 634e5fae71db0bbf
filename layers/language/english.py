"""Names of places in English: pinyin of what is its own, the word for what it is; the one rule for pages, sheets and tables."""

import re
from functools import lru_cache

from layers.language.numbers import LINKS, singular
from layers.language.order import number_of
from layers.language.readings import usual_reading
from layers.spec import Text

KINDS = (
    ("街道", "Subdistrict"), ("社区", "Community"), ("镇", "Town"), ("乡", "Township"), ("村", "Village"), ("县", "County"),
    ("市", "City"), ("区", "District"), ("省", "Province"), ("网格", "Grid"),
)  # fmt: skip
OWN_AT_LEAST = 2
"""Syllables: a name of one is written together with its kind, and the kind is said again (西村 is Xicun Village)."""
PLACES = ("街道", "社区", "镇", "乡", "村", "县")
"""What the name of a place ends with, in the names of what lies there."""
Kinds = tuple[tuple[str, str], ...]
_PLACED = re.compile(rf"(?P<place>.{{2,}}(?:{'|'.join(PLACES)}))(?![庄民内道部级])(?P<rest>.+)")
"""Not where the last character belongs to what follows: 村庄, 村民, 乡道."""
_NUMBERED = re.compile(r"(?P<place>.+?)第(?P<number>[零〇一二三四五六七八九十百]+|\d+)")
_NUMBER = re.compile(r"(\d+)号")
_GRID = re.compile(r"(?P<place>.*?)第(?P<number>[零〇一二三四五六七八九十百]+|\d+)网格")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=16384)
def place_name(name: str, language: str) -> str:
    """The name of a division or settlement in one language: 荣河村 is Ronghe Village, its first grid … Grid 1."""
    if language == "zh" or not _HAN.search(name):
        return name
    if grid := _GRID.fullmatch(name):
        return f"{place_name(grid['place'], language)} Grid {number_of(grid['number'])}".strip()
    for kind, word in KINDS:
        own = name.removesuffix(kind)
        if own and own != name:
            return f"{pinyin(own if len(own) >= OWN_AT_LEAST else name)} {word}"
    return pinyin(name)


@lru_cache(maxsize=16384)
def facility_name(name: str, kinds: Kinds, language: str) -> str:
    """The name of what lies at a place: the place by its rule, and the word for what it is where one of ``kinds`` ends the
    name; what is neither is pinyin. 荣河村党群服务中心 is Ronghe Village Party-mass Service Centre."""
    if language == "zh" or not _HAN.search(name):
        return name
    if "·" in name:
        place, _, own = name.partition("·")
        if not own.startswith("第"):
            return f"{facility_name(own, kinds, language)}, {place_name(place, language)}"
        return facility_name(f"{place}{own}", kinds, language)
    for kind, word in kinds:
        own = name.removesuffix(kind)
        if own and own != name:
            numbered = _NUMBERED.fullmatch(own)
            if numbered:
                return f"{_at_a_place(numbered['place'])} {word} {number_of(numbered['number'])}"
            return f"{_at_a_place(own)} {word}"
    return _at_a_place(name)


@lru_cache(maxsize=256)
def kinds_of(title: Text, also: tuple[str, ...]) -> Kinds:
    """Words for one row of a layer, the longest first, with the one English word for it: the title in the singular."""
    plural = title.en.split(" (")[0].split(" ")
    word = " ".join(
        one if one in LINKS else f"{one[0].upper()}{one[1:]}" for one in (*plural[:-1], singular(plural[-1]))
    )
    return tuple(
        (one, word) for one in sorted({title.zh.split("（")[0], *also}, key=lambda one: (-len(one), one))
    )


def _at_a_place(text: str) -> str:
    """A name that begins with a place: the place, and the rest in pinyin."""
    if text.endswith(PLACES) or _GRID.fullmatch(text):
        return place_name(text, "en")
    found = _PLACED.fullmatch(text)
    return f"{place_name(found['place'], 'en')} {pinyin(found['rest'])}" if found else pinyin(text)


def pinyin(text: str) -> str:
    """The Chinese of a text as one word with a capital, an apostrophe where a syllable begins with a vowel: Xi'an."""
    words = _HAN.sub(lambda found: f" {_word(found[0])} ", _NUMBER.sub(r" No. \1 ", text)).split()
    return " ".join(words)


def _word(han: str) -> str:
    syllables = [usual_reading(letter).rstrip("12345").replace("v", "ü") or letter for letter in han]
    word = "".join(f"'{one}" if place and one[0] in "aoe" else one for place, one in enumerate(syllables))
    return word[0].upper() + word[1:]
