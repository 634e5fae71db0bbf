"""A report as data: headings, paragraphs, tables, maps. Writers turn it into DOCX, PDF and XLSX.

Every number in a table is a figure with its numerator, denominator, period, source and editions; a paragraph is
words and references to tables and maps by their key, so that a writer can number them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from layers.areas.figures import Figure
from layers.reports.words import shown

Level = Literal[1, 2]
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True)
class Ref:
    """Stands for the number of a table or a map: “表 1”, “图 2”."""

    key: str


@dataclass(frozen=True)
class Heading:
    """``text`` with its ordinal: 一、 on the first level, （一） on the second."""

    level: Level
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words and references in their order."""

    parts: tuple[str | Ref, ...]

    def text_with(self, numbers: Mapping[str, str]) -> str:
        """As plain text; ``numbers`` says what stands for each key."""
        return "".join(numbers[part.key] if isinstance(part, Ref) else part for part in self.parts)


@dataclass(frozen=True)
class Column:
    """``width`` is its part of the whole; numbers stand at the right."""

    title: str
    width: float = 1.0
    numbers: bool = True
    decimals: int | None = None


@dataclass(frozen=True)
class Cell:
    """What one cell says; ``figure`` is the number behind it, None for a name."""

    text: str
    figure: Figure | None = None


BLANK = Cell("")
"""Where nothing can stand: the mean of a sum, the unit of a share."""


@dataclass(frozen=True)
class Table:
    """Three lines, header repeated on each page; ``caption`` without its number, ``width`` as a part of the text's,
    ``source`` of its numbers where no column names it."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    width: float = 1.0
    source: str = ""

    @property
    def foot(self) -> str:
        """What stands under it: “注：…。来源：…。”; empty where there is nothing to say."""
        said = (
            f"注：{''.join(self.notes)}" if self.notes else "",
            f"来源：{self.source}。" if self.source else "",
        )
        return "".join(said)


@dataclass(frozen=True)
class Map:
    """A map sheet of the size of a figure; ``words`` are those of a sheet's plan."""

    key: str
    caption: str
    words: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Table | Map


@dataclass(frozen=True)
class Report:
    """One report. ``query`` is the key of its plan; ``editions`` maps layers to what the numbers come from;
    ``staff``: it holds what is not for the public; ``maker`` stands above the date, ``number`` (文号) in the head that a document with one has."""

    kind: str
    title: str
    query: str
    blocks: tuple[Block, ...]
    editions: Mapping[str, str]
    demo: bool
    staff: bool
    made_on: date
    fingerprint: str = ""
    maker: str = ""
    number: str = ""

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def maps(self) -> tuple[Map, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Map))

    def figures(self) -> Iterator[Figure]:
        """Every number of the tables, in their order."""
        for table in self.tables():
            yield from (cell.figure for row in table.rows for cell in row if cell.figure is not None)

    def numbers(self) -> dict[str, str]:
        """“表 1”, “图 1” by key, each kind counted on its own in the order of the report."""
        answer = {table.key: f"表 {number}" for number, table in enumerate(self.tables(), start=1)}
        return answer | {item.key: f"图 {number}" for number, item in enumerate(self.maps(), start=1)}

    def text(self) -> str:
        """Headings and paragraphs as plain text, a line each."""
        numbers = self.numbers()
        lines = [self.title]
        for block in numbered(self.blocks):
            if isinstance(block, Heading):
                lines.append(block.text)
            elif isinstance(block, Paragraph):
                lines.append(block.text_with(numbers))
        return "\n".join(lines)


def numbered(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The same blocks with the ordinals of GB/T 9704 before their headings."""
    first = second = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
        elif block.level == 1:
            first, second = first + 1, 0
            yield Heading(1, f"{_ordinal(first)}、{block.text}")
        else:
            second += 1
            yield Heading(2, f"（{_ordinal(second)}）{block.text}")


def said(*parts: str | Ref) -> Paragraph:
    """A paragraph without its empty parts."""
    return Paragraph(tuple(part for part in parts if part))


def name(text: str) -> Cell:
    """A cell of words; “—” where there are none."""
    return Cell(text or "—")


def row(cells: tuple[Cell | Figure, ...], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    """Cells of one row; figures are written as their columns say."""
    return tuple(
        Cell(shown(cell, column.decimals), cell) if isinstance(cell, Figure) else cell
        for cell, column in zip(cells, columns, strict=True)
    )


def _ordinal(number: int) -> str:
    if number <= 10:
        return ORDINALS[number - 1]
    tens, ones = divmod(number, 10)
    return (ORDINALS[tens - 1] if tens > 1 else "") + "十" + (ORDINALS[ones - 1] if ones else "")
