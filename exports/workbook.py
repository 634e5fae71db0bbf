"""Rows as a workbook. It brings openpyxl, so it is imported by who writes one."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exports.notes import NOTES, ORIGIN, Notes
from geo.files.formulas import disguised

TYPED = ("=", "#")
"""What openpyxl would take for a formula or an error."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""What a workbook would take for a character: it is written with its underscore escaped."""
MAX_CELL = 32_767
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SHEET = "数据"


@dataclass(frozen=True)
class Sheet:
    """A heading and rows; ``dates`` and ``percents`` are columns of such."""

    heading: Sequence[str]
    rows: Iterable[Sequence[Any]]
    title: str = SHEET
    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


def write_xlsx(sheets: Iterable[Sheet], notes: Notes) -> bytes:
    """A workbook with typed cells, frozen headers, and a sheet of notes at the end."""
    book = Workbook(write_only=True)
    # Printed alone, the rows still say what they are; & is the footer's own sign.
    origin = "；".join(f"{name}：{said}" for name, said in notes if name in ORIGIN).replace("&", "&&")
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet, origin)
    page = book.create_sheet(NOTES)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 80
    for label, words in notes:
        page.append([typed_cell(page, label, font=Font(bold=True)), typed_cell(page, words)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(page: Any, sheet: Sheet, origin: str) -> None:
    page.freeze_panes = "A2"
    page.oddFooter.left.text, page.oddFooter.right.text = origin, "&P / &N"
    for number, words in enumerate(sheet.heading):
        page.column_dimensions[get_column_letter(number + 1)].width = max(10, min(30, 2.2 * len(words) + 4))
    page.append([typed_cell(page, words, font=Font(bold=True)) for words in sheet.heading])
    for row in sheet.rows:
        cells = (typed_cell(page, value, date=number in sheet.dates) for number, value in enumerate(row))
        page.append(
            [_percent(page, cell) if number in sheet.percents else cell for number, cell in enumerate(cells)]
        )


def _percent(sheet: Any, value: Any) -> Any:
    if not isinstance(value, float):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "0.0%"
    return cell


def typed_cell(sheet: Any, value: Any, *, font: Any = None, date: bool = False) -> Any:
    """A cell of the right type; text is never a formula."""
    if isinstance(value, bool):
        value = "是" if value else "否"
    text = isinstance(value, str)
    if text:
        value = ESCAPE.sub(r"_x005F\g<0>", disguised(CONTROLS.sub("", value)))[:MAX_CELL]
    if date and text and DATE.fullmatch(value):
        cell = WriteOnlyCell(sheet, datetime.date.fromisoformat(value))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if font is None and not (text and value.startswith(TYPED)):
        return value
    cell = WriteOnlyCell(sheet, "")
    cell.value = value
    if text:
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell
