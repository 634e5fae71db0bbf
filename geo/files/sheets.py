"""Sheets as people fill them in: titles above, headings over several rows, totals below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from geo.errors import FileEmptyError
from geo.files.headings import is_known, normal
from geo.files.table import Note

Cells = list[list[str]]
Merged = tuple[tuple[int, int], tuple[int, int]]

SEARCHED_ROWS = 30
TALLEST_HEADER = 3
WHOLE = 1e16
"""Up to here a float holds every whole number."""
_TOTAL = re.compile(r"^(本页)?(合计|小计|总计|共计|累计)\d*(户|人|个|亩)?$")
_FOOTER = re.compile(
    r"^(填表人|填报人|制表人?|审核人?|负责人|联系人|填报日期|填表日期|说明|备注说明|注\d*)[:：]"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as text. ``first`` is the number of its first row as people count, ``merged`` its merged
    ranges as ((row, column), (row, column)) from 0, both ends included.
    """

    name: str
    cells: Cells
    merged: tuple[Merged, ...] = ()
    numbers: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Found:
    """A sheet taken apart: headings, data rows with their numbers, and what was left out or filled in."""

    headings: list[str]
    cells: Cells
    rows: list[int]
    notes: list[Note]
    score: int


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without ``.0``, days as ``2026-01-31``, truth as ``true``/``false``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < WHOLE else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, (date, time, timedelta)):
        return cell.isoformat() if not isinstance(cell, timedelta) else str(cell)
    return str(cell)


def take_apart(sheet: Sheet, known: frozenset[str]) -> Found:
    """Headings and data rows of a sheet. The header is the block of at most three rows, among the first
    thirty, in which most columns bear a known heading; when none does, the first row with two filled cells.

    Raises:
        FileEmptyError: there is nothing but empty cells, or nothing below the header.
    """
    if not any(cell.strip() for row in sheet.cells for cell in row):
        raise FileEmptyError("表“{name}”是空的。", name=sheet.name)
    numbers = sheet.numbers or tuple(range(1, len(sheet.cells) + 1))
    top, bottom, score = _header(sheet, known)
    headings = _labels(sheet, top, bottom, known)
    filled, notes = _fill_merged(sheet, bottom, numbers)
    kept, rows = [], []
    for number, row in list(zip(numbers, filled, strict=True))[bottom:]:
        why = _left_out(row)
        if why is None:
            kept.append([*row, *[""] * (len(headings) - len(row))][: len(headings)])
            rows.append(number)
        elif why:
            notes.append(Note("row-skipped", number, why))
    if not kept:
        raise FileEmptyError("表“{name}”只有表头，没有数据行。", name=sheet.name)
    used = [i for i, heading in enumerate(headings) if heading or any(row[i].strip() for row in kept)]
    names = unique([headings[i] or f"第{i + 1}列" for i in used])
    return Found(names, [[row[i] for i in used] for row in kept], rows, notes, score)


def unique(names: Sequence[str]) -> list[str]:
    """Names made different by ``_2``, ``_3`` … where they repeat."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result


def _header(sheet: Sheet, known: frozenset[str]) -> tuple[int, int, int]:
    """First row of the header, first row of the data, and how many columns were recognised."""
    best = (0, 0, 0)
    top_rows = min(SEARCHED_ROWS, len(sheet.cells))
    for top in range(top_rows):
        for bottom in range(top + 1, min(top + TALLEST_HEADER, len(sheet.cells)) + 1):
            if bottom > top + 1 and not _is_heading_row(sheet.cells[bottom - 1], known):
                break
            labels = _labels(sheet, top, bottom, known)
            score = len({normal(label) for label in labels if is_known(label, known)})
            if (score, top - bottom) > (best[2], best[0] - best[1]) and score:
                best = (top, bottom, score)
    if best[2]:
        return best
    for top in range(top_rows):
        if sum(bool(cell.strip()) for cell in sheet.cells[top]) >= 2:
            return top, top + 1, 0
    return 0, 1, 0


def _is_heading_row(row: list[str], known: frozenset[str]) -> bool:
    """Whether at least half of the filled cells are known headings; rows of data hold one at most by chance."""
    filled = [cell for cell in row if cell.strip()]
    return 2 * sum(is_known(cell, known) for cell in filled) >= max(len(filled), 1)


def _labels(sheet: Sheet, top: int, bottom: int, known: frozenset[str]) -> list[str]:
    """One heading per column: the lowest known cell of the block, else its cells joined downwards."""
    width = max(len(row) for row in sheet.cells)
    block = [[*row, *[""] * (width - len(row))] for row in sheet.cells[top:bottom]]
    labels = []
    for column in range(width):
        parts = list(dict.fromkeys(" ".join(row[column].split()) for row in block if row[column].strip()))
        lowest = next((part for part in reversed(parts) if is_known(part, known)), None)
        labels.append(lowest or "".join(parts))
    return labels


def _fill_merged(sheet: Sheet, bottom: int, numbers: Sequence[int]) -> tuple[Cells, list[Note]]:
    """Cells merged downwards repeat their value in each row that they span."""
    cells = [list(row) for row in sheet.cells]
    notes = []
    for (top, left), (last, right) in sheet.merged:
        if top < bottom or last == top or left != right or not cells[top][left].strip():
            continue
        for row in range(top + 1, min(last, len(cells) - 1) + 1):
            cells[row][left] = cells[top][left]
        text = f"合并单元格“{cells[top][left][:20]}”按同值填到第 {numbers[top]}–{numbers[min(last, len(cells) - 1)]} 行。"
        notes.append(Note("merged-filled", numbers[top], text))
    return cells, notes


def _left_out(row: list[str]) -> str | None:
    """Why a row is no data: empty text for a blank row, None when it is data."""
    filled = [cell for cell in row if cell.strip()]
    if not filled:
        return ""
    if any(_TOTAL.match(normal(cell)) for cell in filled[:2]):
        return f"第一格是“{filled[0].strip()[:10]}”，是合计行，没有导入。"
    if len(filled) <= 2 and len(row) > 2 and _FOOTER.match(filled[0].strip()):
        return f"“{filled[0].strip()[:12]}”是表尾说明，没有导入。"
    return None
