"""A table on a page: a heavy line above and below, a fine one under the headings, numbers to the right."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from exports.sheets.area_table import AreaTable
from exports.sheets.fonts import text_width
from exports.sheets.mapping import inks
from exports.sheets.page import AnyMark, Box, Shape, Stroke, Weight, Words
from exports.sheets.papers import LEAST_TEXT
from exports.sheets.text import MIDDLE, shortened, wrapped
from layers.language.tongue import Tongue

HEAVY_MM, FINE_MM, TINY_MM = 0.4, 0.18, 0.06
ROW, LEAST_ROW, NOTE = 1.62, 1.4, 1.34
"""Heights in ems."""
NAME_SHARE, LEAST_NAME = 0.27, 11.0
HEAD_LINES, LINE = 2, 1.1
"""Of a heading that is too long for its column; height of a line in ems."""
BETWEEN = 5.0
"""Between two tables side by side, mm."""


def table_height(table: AreaTable, em: float) -> float:
    """Height in mm at which a table is comfortable."""
    return em * (ROW * (len(table.rows) + 2) + LINE + NOTE * (len(table.notes) + 1))


def table_marks(table: AreaTable, box: Box, em: float, tongue: Tongue) -> tuple[AnyMark, ...]:
    """The table in a box with its notes under it: rows lower, then smaller, then in two tables side by side, until all
    of them fit; what is left out even so is said."""
    small = max(LEAST_TEXT, 0.82 * em)
    notes = [line for note in table.notes for line in wrapped(note, box.width, small)]
    rows, total = list(table.rows), table.total
    room = box.height - NOTE * small * len(notes) - LINE * em * (_head_lines(table.columns, box, em) - 1)
    halves, size, high = _fitted(len(rows) + 2, room, em)
    most = int(room / (high * size)) - 1
    if halves == 2 and len(rows) + 1 > 2 * most:
        left = len(rows) + 1 - 2 * most
        rows = rows[: 2 * most - 1]
        notes[-1:] = [*notes[-1:], tongue.gettext("另有 {n} 行没有列出", n=left)][-1:]
    width = (box.width - BETWEEN * (halves - 1)) / halves
    split = len(rows) if halves == 1 else -(-(len(rows) + 1) // 2)
    marks: list[AnyMark] = []
    bottom = box.top
    for half, part in enumerate([rows[:split], rows[split:]][:halves]):
        left_edge = box.left + half * (width + BETWEEN)
        last = total if half == halves - 1 else None
        frame = Box(left_edge, box.top, left_edge + width, box.bottom)
        marks += _block(table.columns, part, last, frame, (size, high))
        head = LINE * size * (_head_lines(table.columns, frame, size) - 1)
        bottom = max(bottom, box.top + head + high * size * (len(part) + (2 if last else 1)))
    marks += [
        Words(line, box.left, bottom + small * (1.1 + at * NOTE), small, inks.MUTED, kind="table-note")
        for at, line in enumerate(notes)
    ]
    return tuple(marks)


def _fitted(lines: int, room: float, em: float) -> tuple[int, float, float]:
    """Tables side by side, size of the letters, height of a row in ems."""
    for size in (em, max(LEAST_TEXT, 0.9 * em), LEAST_TEXT):
        for high in (ROW, LEAST_ROW):
            if lines * high * size <= room:
                return 1, size, high
    for size in (max(LEAST_TEXT, 0.9 * em), LEAST_TEXT):
        if (lines / 2 + 1.5) * LEAST_ROW * size <= room:
            return 2, size, LEAST_ROW
    return 2, LEAST_TEXT, LEAST_ROW


def _block(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None,
    box: Box,
    letters: tuple[float, float],
) -> list[AnyMark]:
    size, high = letters
    step = size * high
    rights = _rights(columns, box)
    heading = _wrapped_heads(columns, box, size)
    marks: list[AnyMark] = [_rule(box, box.top, HEAVY_MM)]
    for line in range(len(heading[0])):
        cells = [title[line] for title in heading]
        marks += _row(cells, box, rights, box.top + line * LINE * size, letters, "bold")
    box = replace(box, top=box.top + (len(heading[0]) - 1) * LINE * size)
    for at, row in enumerate(rows, start=1):
        marks += _row(row, box, rights, box.top + at * step, letters, "regular")
    last = len(rows) + 1
    if total is not None:
        marks += _row(total, box, rights, box.top + last * step, letters, "bold")
        marks.append(_rule(box, box.top + last * step, FINE_MM))
        last += 1
    marks += [_rule(box, box.top + at * step, TINY_MM) for at in range(2, len(rows) + 1)]
    return [*marks, _rule(box, box.top + step, FINE_MM), _rule(box, box.top + last * step, HEAVY_MM)]


def _wrapped_heads(columns: Sequence[str], box: Box, size: float) -> list[list[str]]:
    """Every heading in the same number of lines, the last of them lowest; a name stays in one."""
    rights = _rights(columns, box)
    room = (rights[1] - rights[0] if len(rights) > 1 else box.width) - 0.4 * size
    found = [[columns[0]]]
    for title in columns[1:]:
        lines = wrapped(title, room, size, "bold") or [""]
        found.append(
            [*lines[: HEAD_LINES - 1], "".join(lines[HEAD_LINES - 1 :])] if len(lines) > 1 else lines
        )
    most = max(map(len, found))
    return [[""] * (most - len(lines)) + lines for lines in found]


def _head_lines(columns: Sequence[str], box: Box, size: float) -> int:
    return len(_wrapped_heads(columns, box, size)[0])


def _rights(columns: Sequence[str], box: Box) -> list[float]:
    """Right ends of the columns after the first."""
    name = max(NAME_SHARE * box.width, LEAST_NAME)
    each = (box.width - name) / max(1, len(columns) - 1)
    return [box.left + name + each * (at + 1) for at in range(len(columns) - 1)]


def _row(
    cells: Sequence[str],
    box: Box,
    rights: Sequence[float],
    top: float,
    letters: tuple[float, float],
    weight: Weight,
) -> list[AnyMark]:
    size, high = letters
    y = top + size * (high / 2 + MIDDLE)
    room = rights[0] - box.left - 4 * size if rights else box.width
    name = shortened(cells[0], max(room, LEAST_NAME), size, weight)
    marks: list[AnyMark] = [Words(name, box.left + 0.4 * size, y, size, weight=weight, kind="table")]
    each = (rights[1] - rights[0]) if len(rights) > 1 else box.width
    for cell, right in zip(cells[1:], rights, strict=True):
        fitted = size * min(1.0, each / (text_width(cell, size, weight) + 0.5 * size)) if cell else size
        now = max(LEAST_TEXT, fitted)
        marks.append(Words(cell, right - 0.3 * size, y, now, weight=weight, align="end", kind="table"))
    return marks


def _rule(box: Box, y: float, width: float) -> Shape:
    line = np.array([(box.left, y), (box.right, y)])
    return Shape(
        (line,),
        closed=False,
        stroke=Stroke(inks.INK if width > TINY_MM else inks.LINE, width),
        name="table.rule",
    )
