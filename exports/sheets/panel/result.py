"""A finished panel, and the notes that go into what it leaves free."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.sheets.mapping import inks
from exports.sheets.notes import Note
from exports.sheets.page import AnyMark, Box, Words
from exports.sheets.papers import LEAST_TEXT
from layers.language.tongue import Tongue

NOTE_LEADING = 1.34


@dataclass(frozen=True)
class Panel:
    """``marks`` of everything but the notes, for which ``free`` is left; ``on_map`` are boxes that it covers there."""

    marks: tuple[AnyMark, ...]
    free: Box
    on_map: tuple[Box, ...]
    em: float

    def notes(self, notes: Sequence[Note], tongue: Tongue) -> tuple[Words, ...]:
        """Every note that there is room for, at the bottom of it; the longest are cut first, so that each is begun."""
        size, width = max(LEAST_TEXT, 0.76 * self.em), self.free.width
        most = int(self.free.height / (NOTE_LEADING * size))
        rooms = rooms_of([len(note.lines(width, size, tongue)) for note in notes], most)
        lines = [
            line for note, room in zip(notes, rooms, strict=True) for line in note.lines(width, size, tongue, room)
        ]  # fmt: skip
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
