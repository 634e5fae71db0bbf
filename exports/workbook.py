"""Rows as a workbook. It brings openpyxl, so it is imported by who writes one."""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exports.notes import NOTES, ORIGIN, Notes

TYPED = ("=", "#")
"""What openpyxl would take for a formula or an error."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 32_767
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SHEET = "数据"


def write_xlsx(
    heading: Sequence[str],
    rows: Iterable[Sequence[Any]],
    notes: Notes,
    *,
    dates: frozenset[int] = frozenset(),
    percents: frozenset[int] = frozenset(),
) -> bytes:
    """A workbook with typed cells, a frozen header, and a sheet of notes; ``dates`` and ``percents`` are columns of such."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    # Printed alone, the rows still say what they are; & is the footer's own sign.
    origin = "；".join(f"{name}：{said}" for name, said in notes if name in ORIGIN).replace("&", "&&")
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = origin, "&P / &N"
    for number, words in enumerate(heading):
        sheet.column_dimensions[get_column_letter(number + 1)].width = max(10, min(30, 2.2 * len(words) + 4))
    sheet.append([typed_cell(sheet, words, font=Font(bold=True)) for words in heading])
    for row in rows:
        cells = (typed_cell(sheet, value, date=number in dates) for number, value in enumerate(row))
        sheet.append(
            [_percent(sheet, cell) if number in percents else cell for number, cell in enumerate(cells)]
        )
    page = book.create_sheet(NOTES)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 16, 80
    for label, words in notes:
        page.append([typed_cell(page, label, font=Font(bold=True)), typed_cell(page, words)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


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
        value = CONTROLS.sub("", value)[:MAX_CELL]
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
