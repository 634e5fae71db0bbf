"""How a Chinese name may be typed: full pinyin and initials, every reading of a character that has several."""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import combinations, product
from types import ModuleType
from typing import Any

MAX_READINGS = 16
"""Spellings kept of one name; the commonest comes first."""
SUFFIXES = re.compile(r"(镇|乡|县|村|社区|村委会|居委会|村民委员会|居民委员会)$")


@dataclass(frozen=True)
class Spelling:
    """One way to spell a name. ``starts`` holds, for each character, where its syllable begins in ``text``."""

    text: str
    starts: tuple[int, ...]

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """First and one past the last character whose syllables cover ``text[start:end]``."""
        first = sum(1 for place in self.starts if place <= start) - 1
        last = sum(1 for place in self.starts if place < end)
        return max(first, 0), last


@lru_cache(maxsize=65536)
def spellings(name: str) -> tuple[tuple[Spelling, ...], tuple[Spelling, ...]]:
    """Full spellings and initials of a name, in lower case."""
    readings = _readings(name)
    full = tuple(dict.fromkeys(_join(syllables) for syllables in readings))
    initials = tuple(dict.fromkeys(_join([syllable[:1] for syllable in syllables]) for syllables in readings))
    return full, initials


def bare(name: str) -> str:
    """The name without 镇, 乡, 村, 社区 and so on at its end."""
    return SUFFIXES.sub("", name) or name


def _readings(name: str) -> list[list[str]]:
    """The commonest reading of each character first, then with ever more of them read another way."""
    choices = [_of_character(character) for character in name]
    several = [place for place, readings in enumerate(choices) if len(readings) > 1]
    answer: list[list[str]] = []
    for changed in range(len(several) + 1):
        for places in combinations(several, changed):
            for others in product(*(choices[place][1:] for place in places)):
                syllables = [readings[0] for readings in choices]
                for place, other in zip(places, others, strict=True):
                    syllables[place] = other
                answer.append(syllables)
                if len(answer) == MAX_READINGS:
                    return answer
    return answer


@lru_cache(maxsize=16384)
def _of_character(character: str) -> tuple[str, ...]:
    found = _pypinyin().pinyin(character, style=_pypinyin().Style.NORMAL, heteronym=True, errors=list)
    return tuple(dict.fromkeys(reading.lower() for reading in found[0])) if found else (character.lower(),)


@lru_cache(maxsize=1)
def _pypinyin() -> Any:
    """pypinyin without its dictionary of phrases: every reading is looked up anyway, and it takes 60 MB and a second."""
    phrases: Any = ModuleType("pypinyin.phrases_dict")
    phrases.phrases_dict = {}
    sys.modules.setdefault(phrases.__name__, phrases)
    return import_module("pypinyin")


def _join(syllables: list[str]) -> Spelling:
    starts, place = [], 0
    for syllable in syllables:
        starts.append(place)
        place += len(syllable)
    return Spelling("".join(syllables), tuple(starts))
