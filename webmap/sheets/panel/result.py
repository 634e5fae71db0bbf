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
        """As many lines as there is room for, at the bottom of it, the last one cut where more would follow."""
        size = max(LEAST_TEXT, 0.76 * self.em)
        most = int(self.free.height / (NOTE_LEADING * size))
        lines = [line for note in notes for line in wrapped(note, self.free.width, size)]
        if most < 1 or not lines:
            return ()
        if len(lines) > most:
            lines = [*lines[: most - 1], shortened(lines[most - 1] + "…", self.free.width, size)]
        top = self.free.bottom - len(lines) * NOTE_LEADING * size
        return tuple(
            Words(
                line, self.free.left, top + size * (0.9 + at * NOTE_LEADING), size, inks.SECOND, kind="note"
            )
            for at, line in enumerate(lines)
        )
