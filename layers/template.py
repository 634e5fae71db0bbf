"""The spreadsheet to fill in for one layer: Chinese headings, notes, drop-down lists, a page of instructions.

Headings stand alone in the first row, so the filled sheet imports as it is; units and required marks are in
the notes of the headings and on the instructions sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from layers.catalog import Catalog
from layers.spec import CodeList, FieldSpec, LayerSpec

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

DATA, LISTS, GUIDE = "数据", "代码表", "填表说明"
LAST_ROW = 20_000
TYPE_NAMES = {
    "text": "文字", "integer": "整数", "number": "数字", "date": "日期", "year": "年份",
    "boolean": "是或否", "code": "选一项", "codes": "选几项", "phone": "电话",
}  # fmt: skip
FORMATS = {"integer": "0", "number": "General", "year": "0", "date": "yyyy-mm-dd"}
DEGREES = {"经度": (73.0, 136.0), "纬度": (3.0, 54.0)}


@dataclass(frozen=True)
class Column:
    """One heading of the sheet; ``limits`` are the smallest and largest number that may be typed."""

    heading: str
    note: str
    kind: str
    codes: CodeList | None = None
    limits: tuple[float | None, float | None] = (None, None)
    required: bool = False


def write_template(spec: LayerSpec, catalog: Catalog, target: Path | IO[bytes]) -> None:
    """Write the ``.xlsx`` template of a layer to a path or an open binary file."""
    book = Workbook()
    sheet = book.active
    sheet.title = DATA
    columns = list(columns_of(spec, catalog))
    ranges = _write_lists(book, columns)
    for number, column in enumerate(columns, start=1):
        _write_column(sheet, number, column, ranges.get(column.heading))
    sheet.freeze_panes = "A2"
    _write_guide(book, spec, columns)
    book.save(target)


def columns_of(spec: LayerSpec, catalog: Catalog) -> Iterator[Column]:
    """The columns of the template: every field, and the coordinates of a point layer."""
    for field in spec.fields:
        codes = catalog.codes_of(field)
        note = "；".join(_notes(field))
        limits = (field.minimum, field.maximum)
        yield Column(field.title.zh, note, field.type, codes, limits, field.required)
    if spec.geometry == "point":
        for heading, limits in DEGREES.items():
            note = "必填；单位：度；十进制，例如 110.8306；导入时说明坐标系，不说明就按 CGCS2000"
            yield Column(heading, note.replace("110.8306", "35.4232") if heading == "纬度" else note,
                         "number", None, limits, True)  # fmt: skip


def _notes(field: FieldSpec) -> Iterator[str]:
    yield "必填" if field.required else "选填"
    yield TYPE_NAMES[field.type]
    if field.unit:
        yield f"单位：{field.unit}"
    if field.minimum is not None and field.maximum is not None:
        yield f"{field.minimum:g}–{field.maximum:g}"
    if field.type == "codes":
        yield "几项之间用分号隔开"
    if field.type == "date":
        yield "例如 2026-11-20"
    if field.sensitivity == "internal":
        yield "内部资料，公众看不到"
    if field.sensitivity == "personal":
        yield "个人信息，页面、打印和下载都不显示"
    if field.note:
        yield field.note.zh.rstrip("。")


def _write_column(sheet: "Worksheet", number: int, column: Column, list_range: str | None) -> None:
    letter = get_column_letter(number)
    cell = _put(sheet, 1, number, column.heading)
    fill, ink = ("0B6470", "FFFFFF") if column.required else ("E3F0F1", "17252E")
    cell.fill, cell.font = PatternFill("solid", fgColor=fill), Font(bold=True, color=ink)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.comment = Comment(_clean(column.note), "", width=260, height=110)
    sheet.column_dimensions[letter].width = max(12, 2 * len(column.heading) + 4)
    sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, "@")
    rule = _validation(column, list_range)
    if rule is not None:
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _validation(column: Column, list_range: str | None) -> "DataValidation | None":
    """What may be typed: an item of the list, yes or no, a number between the limits."""
    if list_range is not None:
        rule = DataValidation(type="list", formula1=list_range, allow_blank=True)
        rule.showErrorMessage = column.kind != "codes"
        rule.errorTitle, rule.error = "不在代码表里", "从下拉列表里选一项。"
        return rule
    if column.kind == "boolean":
        return DataValidation(type="list", formula1='"是,否"', allow_blank=True, showErrorMessage=True)
    low, high = column.limits
    if column.kind not in ("integer", "number") or low is None:
        return None
    rule = DataValidation(type="whole" if column.kind == "integer" else "decimal", allow_blank=True)
    rule.operator = "greaterThanOrEqual" if high is None else "between"
    rule.formula1, rule.formula2 = f"{low:g}", None if high is None else f"{high:g}"
    rule.showErrorMessage, rule.errorTitle = True, "数值不对"
    rule.error = f"填不小于 {low:g} 的数。" if high is None else f"填 {low:g} 到 {high:g} 之间的数。"
    return rule


def _write_lists(book: "Workbook", columns: list[Column]) -> dict[str, str]:
    """The code lists on a hidden sheet; heading → range, so a list may be longer than 255 characters."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    ranges: dict[str, str] = {}
    for number, column in enumerate((c for c in columns if c.codes is not None), start=1):
        codes = column.codes
        if codes is None or not codes.items:
            continue
        _put(sheet, 1, number, codes.title.zh)
        for row, item in enumerate(codes.items, start=2):
            _put(sheet, row, number, item.title.zh)
        letter = get_column_letter(number)
        ranges[column.heading] = f"'{LISTS}'!${letter}$2:${letter}${len(codes.items) + 1}"
    return ranges


def _write_guide(book: "Workbook", spec: LayerSpec, columns: list[Column]) -> None:
    sheet = book.create_sheet(GUIDE)
    lines = [
        f"{spec.title.zh}：{spec.description.zh}",
        f"在“{DATA}”表里一行填一个，表头不要改。深色表头是必填，浅色是选填。",
        "编号是文字，不要丢掉前面的 0；同一个编号只出现一次。",
        _place_hint(spec),
        f"数据由{spec.source.owner.zh}负责。",
    ]
    for row, line in enumerate(lines, start=1):
        _put(sheet, row, 1, line)
    start = len(lines) + 2
    for number, heading in enumerate(("列", "怎么填", "可选项"), start=1):
        _put(sheet, start, number, heading).font = Font(bold=True)
    for row, column in enumerate(columns, start=start + 1):
        items = "、".join(item.title.zh for item in column.codes.items) if column.codes else ""
        for number, text in enumerate((column.heading, column.note, items), start=1):
            _put(sheet, row, number, text)
    for letter, width in (("A", 26), ("B", 60), ("C", 90)):
        sheet.column_dimensions[letter].width = width


def _place_hint(spec: LayerSpec) -> str:
    if spec.geometry == "point":
        return "位置填在经度、纬度两列，十进制度。"
    if spec.geometry == "none":
        return "这个图层没有图形，按区划代码和地图相连。"
    return "这个图层的图形从 Shapefile、GeoPackage 等文件导入；这张表用来核对列名和代码。"


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> "Cell":
    """A cell that stays text whatever it begins with, so nothing typed in a declaration becomes a formula."""
    cell: Cell = sheet.cell(row=row, column=column)
    cell.value = _clean(text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return cell


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
