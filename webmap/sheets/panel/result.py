"""A finished panel, and the notes that go into what it leaves free."""

from collections.abc import Sequence
from dataclasses import dataclass

from webmap.sheets.mapping import inks
from webmap.sheets.page import AnyMark, Box, Words
from webmap.sheets.papers import LEAST_TEXT
from webmap.sheets.text import shortened, wrapped

NOTE_LEADING = 1.34


@dataclass(frozen=True)
class Panel:
    """``marks`` of everything but the notes, for which ``free`` is left; ``on_map`` are boxes that it covers there."""

    marks: tuple[AnyMark, ...]
    free: Box
    on_map: tuple[Box, ...]
    em: float

    def notes(self, notes: Sequence[str]) -> tuple[Words, ...]:
        """Every note that there is room for, at the bottom of it; the longest are cut first, so that each is begun."""
        size = max(LEAST_TEXT, 0.76 * self.em)
        most = int(self.free.height / (NOTE_LEADING * size))
        whole = [wrapped(note, self.free.width, size) for note in notes]
        rooms = rooms_of([len(lines) for lines in whole], most)
        lines = []
        for told, room in zip(whole, rooms, strict=True):
            cut = (
                [shortened(told[room - 1] + "…", self.free.width, size)]
                if 0 < room < len(told)
                else told[room - 1 : room]
            )
            lines += [*told[: max(room - 1, 0)], *cut]
        top = self.free.bottom - len(lines) * NOTE_LEADING * size
        return tuple(
            Words(
                line, self.free.left, top + size * (0.9 + at * NOTE_LEADING), size, inks.SECOND, kind="note"
            )
            for at, line in enumerate(lines)
        )


def rooms_of(wanted: Sequence[int], most: int) -> list[int]:
    """How many lines each note gets of ``most``: what it wants, the longest giving way first, the last ones none."""
    given = list(wanted)
    while sum(given) > max(most, 0):
        longest = max(given)
        given[len(given) - 1 - given[::-1].index(longest)] -= 1
    return given
