"""How one thing answers to what was typed: word by word, in its name, its code, what it lies in, or its kind."""

from dataclasses import dataclass, replace

from layers.language.readings import fold
from layers.search.places import Asked, is_kind
from layers.search.spelling import Spelling, bare, spellings

NAME, CODE, PINYIN, INITIALS = "name", "code", "pinyin", "initials"
EXACT, START, INSIDE, KIND, PLACE = range(5)
"""How well a word answers, the best first."""
SHORTEST_INSIDE = 2
"""Letters that a spelling must share before a match in the middle of a name counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find; ``box`` is west, south, east, north in degrees."""

    layer: str
    key: str
    name: str
    lower: str
    order: str
    kinds: tuple[str, ...]
    area: str
    box: tuple[float, float, float, float] | None
    weight: int
    full: tuple[Spelling, ...]
    initials: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """``rank`` is exact, from the start, inside, or by kind; ``match`` are characters of the name, first and one past;
    ``beside`` are the words that answer by something else than the name, ``kinds`` those that are words for its kind."""

    entry: Entry
    rank: int
    by: str
    match: tuple[int, int]
    matched: str
    beside: int = 0
    kinds: int = 0


@dataclass(frozen=True)
class Wanted:
    """The words that somebody typed, folded."""

    words: list[str]
    asked: Asked

    def hit(self, entry: Entry) -> Hit | None:
        """How an entry answers to all the words; None where one is missing, or all only say where it lies."""
        whole = match(entry, " ".join(self.words))
        if whole is None and len(self.words) > 1:
            whole = match(entry, "".join(self.words))
        kinds = sum(is_kind(entry.kinds, word) for word in self.words)
        if whole is not None:
            return replace(whole, kinds=kinds)
        best: Hit | None = None
        beside = 0
        for word in self.words:
            found = self._word(entry, word)
            if found is None:
                return None
            beside += found.rank >= KIND
            best = found if best is None or found.rank < best.rank else best
        return replace(best, beside=beside, kinds=kinds) if best is not None and best.rank < PLACE else None

    def _word(self, entry: Entry, word: str) -> Hit | None:
        found = match(entry, word) if len(self.words) > 1 else None
        if found is not None:
            return found
        if is_kind(entry.kinds, word):
            return _unmarked(entry, KIND)
        found = self._joined(entry, word)
        if found is None and self.asked.lies_in(entry.area, word):
            return _unmarked(entry, PLACE)
        return found

    def _joined(self, entry: Entry, word: str) -> Hit | None:
        """A word that names what the entry lies in, itself and its kind without blanks between: 解店镇北薛朝村."""
        for rest in self.asked.rests(entry.area, word):
            if len(rest) < SHORTEST_INSIDE:
                continue
            found = match(entry, rest) if rest != word else None
            if found is not None and found.match[0] == 0:
                return found
            shared = _shared(rest, entry.lower)
            if shared >= SHORTEST_INSIDE and is_kind(entry.kinds, rest[shared:]):
                whole = rest[:shared] in (entry.lower, bare(entry.lower))
                return Hit(entry, EXACT if whole else START, NAME, (0, shared), entry.name[:shared])
            if rest != word and is_kind(entry.kinds, rest):
                return _unmarked(entry, KIND)
        return None


def plain(text: str) -> Entry:
    """A text that is looked through, of no layer and no place."""
    return Entry("", "", text, fold(text), "", (), "", None, 0, *spellings(text))


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common from the start."""
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)


def _unmarked(entry: Entry, rank: int) -> Hit:
    return Hit(entry, rank, NAME, (0, 0), "")


def match(entry: Entry, wanted: str) -> Hit | None:
    """How an entry answers to a text in lower case; by name first, then code, then spelling."""
    place = entry.lower.find(wanted)
    if place >= 0:
        end = place + len(wanted)
        whole = wanted in (entry.lower, bare(entry.lower))
        return Hit(
            entry,
            EXACT if whole else START if place == 0 else INSIDE,
            NAME,
            (place, end),
            entry.name[place:end],
        )
    if entry.key.lower().startswith(wanted):
        return Hit(entry, EXACT if entry.key.lower() == wanted else START, CODE, (0, 0), entry.key)
    if not wanted.isascii():
        return None
    for by, ways in ((PINYIN, entry.full), (INITIALS, entry.initials)):
        found = _best(entry, ways, wanted, by)
        if found is not None:
            return found
    return None


def _best(entry: Entry, ways: tuple[Spelling, ...], wanted: str, by: str) -> Hit | None:
    best: Hit | None = None
    short = len(bare(entry.name))
    for way in ways:
        place = way.text.find(wanted)
        while place >= 0 and place not in way.starts:
            place = way.text.find(wanted, place + 1)
        if place < 0 or (place > 0 and len(wanted) < SHORTEST_INSIDE):
            continue
        first, last = way.characters(place, place + len(wanted))
        ends = (*way.starts[1:], len(way.text))
        whole = place == 0 and last in (short, len(entry.name)) and place + len(wanted) == ends[last - 1]
        syllables = way.text[way.starts[first] : ends[last - 1]]
        hit = Hit(entry, EXACT if whole else START if place == 0 else INSIDE, by, (first, last), syllables)
        if best is None or hit.rank < best.rank:
            best = hit
    return best
