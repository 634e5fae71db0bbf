"""How a Chinese name may be typed: full pinyin and initials, every reading of a character that has several."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MAX_READINGS = 12
"""Spellings kept of one name; the likeliest comes first."""
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
    """The likeliest reading by phrase, then with each other reading of each character in turn."""
    from pypinyin import Style, lazy_pinyin

    likely = lazy_pinyin(name, style=Style.NORMAL, errors=_each)
    if len(likely) != len(name):
        likely = [_of_character(character)[0] for character in name]
    likely = [syllable.lower() for syllable in likely]
    answer = [likely]
    for place, character in enumerate(name):
        for other in _of_character(character):
            if other != likely[place] and len(answer) < MAX_READINGS:
                answer.append([*likely[:place], other, *likely[place + 1 :]])
    return answer


@lru_cache(maxsize=16384)
def _of_character(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors=_each)
    return tuple(dict.fromkeys(reading.lower() for reading in found[0])) if found else (character.lower(),)


def _each(text: str) -> Any:
    """Characters without a reading stand for themselves, one by one."""
    return list(text)


def _join(syllables: list[str]) -> Spelling:
    starts, place = [], 0
    for syllable in syllables:
        starts.append(place)
        place += len(syllable)
    return Spelling("".join(syllables), tuple(starts))
