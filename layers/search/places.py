"""What a search knows beside the name of a thing: the names of what it lies in, and the words for its kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from layers.divisions import Divisions
from layers.language.readings import fold
from layers.search.spelling import bare, spellings
from layers.spec import LayerSpec

SHORTEST_KIND, SHORTEST_SPELT = 2, 3
"""Characters, and letters of a spelling, that must be typed before the word for a kind answers: one would be all of its rows."""
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word as it may be typed: its characters, full pinyin and initials."""

    text: str
    full: tuple[str, ...]
    initials: tuple[str, ...]

    def begins(self, word: str) -> bool:
        """Whether a word is its beginning."""
        return self.text.startswith(word) or any(way.startswith(word) for way in (*self.full, *self.initials))

    def rests(self, word: str) -> Iterable[str]:
        """What is left of a word that begins with all of this one."""
        return {word[len(way) :] for way in (self.text, *self.full) if word.startswith(way)}


@lru_cache(maxsize=8192)
def term(text: str) -> Term:
    """A name or a word for a kind."""
    plain = fold(text)
    full, initials = spellings(plain)
    return Term(
        plain, tuple(way.text for way in full), tuple(way.text for way in initials if len(way.text) > 1)
    )


def kind_words(spec: LayerSpec) -> tuple[str, ...]:
    """The words for the rows of a layer: its title in both languages, and what the declaration says also."""
    said = (spec.title.zh, *spec.also, *_WORDS.findall(spec.title.en.lower()))
    return tuple(dict.fromkeys(said))


@lru_cache(maxsize=4096)
def is_kind(kinds: tuple[str, ...], word: str) -> bool:
    """Whether a word says what kind of thing some rows are."""
    if len(word) < (SHORTEST_SPELT if word.isascii() else SHORTEST_KIND):
        return False
    inside = not word.isascii()
    return any(one.begins(word) or (inside and word in one.text) for one in map(term, kinds))


@dataclass(frozen=True)
class Places:
    """The names of divisions by code, with and without their 镇 or 村."""

    names: Mapping[str, str]
    divisions: Divisions
    _above: dict[str, tuple[tuple[Term, ...], ...]] = field(default_factory=dict)

    def above(self, area: str) -> tuple[tuple[Term, ...], ...]:
        """The ways to name each division that an area lies in, the largest first, and the area itself."""
        if area not in self._above:
            codes = [code for code in self.divisions.prefixes(area) if code in self.names]
            ways = [dict.fromkeys((self.names[code], bare(self.names[code]))) for code in codes]
            self._above[area] = tuple(tuple(term(text) for text in texts) for texts in ways)
        return self._above[area]


@dataclass(frozen=True)
class Asked:
    """One search in these places: what was found out about an area and a word is not worked out again."""

    places: Places
    _lies: dict[tuple[str, str], bool] = field(default_factory=dict)
    _rests: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def lies_in(self, area: str, word: str) -> bool:
        """Whether a word begins the name of something that an area is or lies in."""
        place = (area, word)
        if place not in self._lies:
            self._lies[place] = any(one.begins(word) for names in self.places.above(area) for one in names)
        return self._lies[place]

    def rests(self, area: str, word: str) -> tuple[str, ...]:
        """The word, and what is left of it without the names of what an area lies in, the longest first."""
        place = (area, word)
        if place not in self._rests:
            left = {word}
            for names in self.places.above(area):
                left |= {rest for one in names for given in left for rest in one.rests(given)}
            self._rests[place] = tuple(sorted(left, key=lambda rest: (-len(rest), rest)))
        return self._rests[place]
