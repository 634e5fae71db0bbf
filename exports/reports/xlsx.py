"""The tables of a report as a workbook: typed cells, a frozen header, a sheet of notes."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from exports.notes import NOTES
from exports.reports.archive import settled
from exports.reports.docx.writer import mark
from exports.reports.text import printable
from exports.workbook import typed_cell
from geo.wording import based, exact, growth_tenths, rounded, tenths
from layers.areas.figures import Figure
from layers.reports.changes import CHANGE, GROWTH
from layers.reports.document import Cell, Column, Report, Table
from layers.reports.words import day

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from layers.disclosure import Door

MOST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
WIDE, CHARACTER = 14.0, 2.2


def to_xlsx(report: Report, door: "Door") -> bytes:
    """A sheet a table; withheld and missing numbers stay the words that the report has for them."""
    book = Workbook(write_only=True)
    numbers = report.numbers()
    for table in report.tables():
        title = f"{numbers[table.key]} {printable(table.caption)}"
        sheet = book.create_sheet(NOT_IN_NAMES.sub("", title)[:MOST_NAME])
        _fill(sheet, table, f"{printable(report.title)}　{mark(report)}".strip())
    _notes(book.create_sheet(NOTES), report, door)
    book.properties.title, book.properties.subject = printable(report.title), mark(report)
    book.properties.keywords = "演示数据" if report.demo else ""
    book.properties.creator = ""
    made = datetime(report.made_on.year, report.made_on.month, report.made_on.day)
    book.properties.created = made
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue(), report.made_on)


def _fill(sheet: "Worksheet", table: Table, footer: str) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer.replace("&", "&&"), "&P / &N"
    for number, column in enumerate(table.columns):
        width = max(
            WIDE, CHARACTER * len(column.title), *(CHARACTER * len(row[number].text) for row in table.rows)
        )
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(width, 48.0)
    head = [typed_cell(sheet, printable(column.title), font=Font(bold=True)) for column in table.columns]
    for cell, column in zip(head, table.columns, strict=True):
        cell.alignment = Alignment(horizontal="right" if column.numbers else "left", wrap_text=True)
    sheet.append(head)
    for row in table.rows:
        sheet.append([_cell(sheet, cell, column) for cell, column in zip(row, table.columns, strict=True)])


def _cell(sheet: "Worksheet", cell: Cell, column: Column) -> Any:
    """The number itself with the format of its column; words where there is none."""
    figure = cell.figure
    if figure is None and (day_of := _day(cell.text)) is not None:
        made = WriteOnlyCell(sheet, day_of)
        made.number_format, made.alignment = "yyyy-mm-dd", Alignment(horizontal="left")
        return made
    if figure is None or figure.value is None or figure.value - figure.value != 0:
        return _words(sheet, cell.text, column)
    value = written(figure, column.decimals)
    if value is None:
        return _words(
            sheet, "" if figure.share and not based(figure.denominator, figure.of) else cell.text, column
        )
    made = WriteOnlyCell(sheet, value)
    made.number_format = number_format(figure, column.decimals)
    return made


def _words(sheet: "Worksheet", text: str, column: Column) -> Any:
    made = WriteOnlyCell(sheet, "")
    made.value, made.data_type = printable(text), "s"
    made.alignment = Alignment(horizontal="right" if column.numbers else "left")
    return made


def written(figure: Figure, decimals: int | None) -> float | None:
    """The number with the digits that the report has; None where it has none, or words."""
    if not figure.share:
        known = exact(figure.value)
        return None if known is None else float(rounded(known, _decimals(figure, decimals)))
    if not based(figure.denominator, figure.of):
        return None
    if figure.id.endswith(GROWTH):
        then = figure.denominator or 0
        shown = growth_tenths(then, then + (figure.numerator or 0))
    else:
        shown = tenths(figure.numerator, figure.denominator)
    return None if shown is None else float(shown / 100)


def _decimals(figure: Figure, decimals: int | None) -> int:
    if decimals is not None:
        return decimals
    return 0 if float(figure.value or 0).is_integer() else 1


def _day(text: str) -> date | None:
    """The day that a cell names, None where it names another thing."""
    if DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number_format(figure: Figure, decimals: int | None) -> str:
    """How a spreadsheet shows the number: as the report does."""
    if figure.share:
        return '+0.0%;"−"0.0%;0.0%' if figure.id.endswith(GROWTH) else "0.0%"
    decimals = _decimals(figure, decimals)
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'+{plain};"−"{plain};0' if figure.id.endswith(CHANGE) else plain


def _notes(sheet: "Worksheet", report: Report, door: "Door") -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 110
    for label, words in _lines(report, door):
        sheet.append([typed_cell(sheet, label, font=Font(bold=True)), typed_cell(sheet, printable(words))])


def _lines(report: Report, door: "Door") -> Iterator[tuple[str, str]]:
    numbers = report.numbers()
    yield "题目", report.title
    if report.number:
        yield "文号", report.number
        yield "单位", report.maker
    if mark(report):
        yield "提示", mark(report)
    for table in report.tables():
        yield numbers[table.key], f"{table.caption}。{table.foot}"
        for words, columns in _definitions(table).items():
            yield f"{numbers[table.key]} {'、'.join(columns)}", words
    for layer, edition in report.editions.items():
        yield f"版本 {door.catalog.layer(layer).title.zh}", edition
    yield "条件", report.query
    yield "日期", day(report.made_on)
    yield "报告编号", report.fingerprint


def _definitions(table: Table) -> dict[str, dict[str, None]]:
    """Each way in which numbers of the table were made, with periods and sources: the titles of its columns."""
    found: dict[str, dict[str, None]] = {}
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            if cell.figure is not None:
                found.setdefault(_made(cell.figure), {})[column.title] = None
    return found


def _made(figure: Figure) -> str:
    source = figure.source if isinstance(figure.source, str) or figure.source is None else figure.source.zh
    parts = (
        figure.method.zh,
        f"期 {figure.period}" if figure.period else "",
        f"源 {source}" if source else "",
    )
    return "；".join(part.rstrip("。") for part in parts if part)
