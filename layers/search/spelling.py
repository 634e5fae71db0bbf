"""How a Chinese name may be typed: full pinyin and initials, every reading of a character that has several."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from layers.language.readings import readings

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
    ways = _ways(name)
    full = tuple(dict.fromkeys(_join(syllables) for syllables in ways))
    initials = tuple(dict.fromkeys(_join([syllable[:1] for syllable in syllables]) for syllables in ways))
    return full, initials


def bare(name: str) -> str:
    """The name without 镇, 乡, 村, 社区 and so on at its end."""
    return SUFFIXES.sub("", name) or name


def _ways(name: str) -> list[list[str]]:
    """The commonest reading of each character first, then with ever more of them read another way."""
    choices = [readings(character) for character in name]
    several = [place for place, known in enumerate(choices) if len(known) > 1]
    answer: list[list[str]] = []
    for changed in range(len(several) + 1):
        for places in combinations(several, changed):
            for others in product(*(choices[place][1:] for place in places)):
                syllables = [known[0] for known in choices]
                for place, other in zip(places, others, strict=True):
                    syllables[place] = other
                answer.append(syllables)
                if len(answer) == MAX_READINGS:
                    return answer
    return answer


def _join(syllables: list[str]) -> Spelling:
    starts, place = [], 0
    for syllable in syllables:
        starts.append(place)
        place += len(syllable)
    return Spelling("".join(syllables), tuple(starts))
