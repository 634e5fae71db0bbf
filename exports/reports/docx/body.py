"""The blocks of a report as paragraphs and tables; captions count themselves, references follow them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exports.reports.docx import styles
from exports.reports.docx.xml import el, field, paragraph, run, twips
from exports.reports.text import kept_together, signed
from layers.reports.document import Block, Cell, Column, Heading, Map, Paragraph, Ref, Report, Table, numbered
from layers.reports.words import day

WIDTH_MM = 156.0
THICK, THIN = 12, 6
"""Lines of a three-line table in eighths of a point: 1.5 pt outside, 0.75 pt under the header."""
DEMO = "（演示数据，不是真实情况）"
UNDER_FIGURE = 240
MOST_TIED = 12
"""So many rows of a last table stay with the signature under it, which must not stand on a page of its own."""
FIRST_BOOKMARK = 900_000_000
Pictures = Mapping[str, Callable[[], Any]]
"""Key of a map → what makes its drawing element."""


def blocks(report: Report, pictures: Pictures) -> Iterator[Any]:
    """Every element of the body but the section's properties."""
    numbers = report.numbers()
    places = {key: index for index, key in enumerate(numbers)}
    if report.number:
        yield paragraph(styles.UNIT, [run(report.maker)])
        yield paragraph(styles.ISSUE, [run(report.number)])
    yield paragraph(styles.TITLE, [run(report.title)])
    if report.demo:
        yield paragraph(styles.WARNING, [run(DEMO)])
    for block in numbered(report.blocks):
        yield from _block(block, numbers, places, pictures, report.blocks[-1])
    made = day(report.made_on)
    of_maker, of_date = signed(report.maker, made)
    if report.maker:
        yield paragraph(styles.MAKER, [run(report.maker)], _from_right(of_maker))
    yield paragraph(styles.DATE if report.maker else styles.MAKER, [run(made)], _from_right(of_date))
    yield paragraph(styles.NOTE, [run(f"报告编号 {report.fingerprint}")])


def _block(
    block: Block, numbers: Mapping[str, str], places: Mapping[str, int], pictures: Pictures, last: Block
) -> Iterator[Any]:
    if isinstance(block, Heading):
        style = styles.FIRST if block.level == 1 else styles.SECOND
        yield paragraph(style, [run(block.text)])
    elif isinstance(block, Paragraph):
        runs: list[Any] = []
        for part in block.parts:
            runs += _reference(part, numbers, places) if isinstance(part, Ref) else [run(kept_together(part))]
        yield paragraph(styles.BODY, runs)
    elif isinstance(block, Table):
        tied = block is last
        yield paragraph(styles.CAPTION, _caption(block, numbers, places))
        yield _table(block, tied=tied)
        yield _note(block, tied=tied)
    elif isinstance(block, Map):
        yield paragraph(styles.PICTURE, [el("r", pictures[block.key]())])
        under = el("spacing", after=UNDER_FIGURE)
        yield paragraph(styles.CAPTION, _caption(block, numbers, places), el("keepNext", val=0), under)


def _note(table: Table, *, tied: bool) -> Any:
    """What stands under a table, as wide as the table; nothing but its distance where there is nothing to say."""
    side = twips(WIDTH_MM * (1 - table.width) / 2)
    properties = [*([el("keepNext")] if tied else []), *([el("ind", left=side, right=side)] if side else [])]
    return paragraph(styles.NOTE, [run(kept_together(table.foot))] if table.foot else [], *properties)


def _from_right(letters: float) -> Any:
    return el("ind", rightChars=round(letters * 100), right=round(letters * styles.LETTER))


def _caption(block: Table | Map, numbers: Mapping[str, str], places: Mapping[str, int]) -> list[Any]:
    """“表 1” as a counting field within a bookmark, then the words."""
    label, number = numbers[block.key].split(" ")
    place = places[block.key]
    mark = FIRST_BOOKMARK + place
    return [
        el("bookmarkStart", id=place, name=f"_Ref{mark}"),
        run(f"{label} "),
        *field(f"SEQ {label} \\* ARABIC", number),
        el("bookmarkEnd", id=place),
        run(f"　{block.caption}"),
    ]


def _reference(ref: Ref, numbers: Mapping[str, str], places: Mapping[str, int]) -> list[Any]:
    return field(f"REF _Ref{FIRST_BOOKMARK + places[ref.key]} \\h", numbers[ref.key])


def _table(table: Table, *, tied: bool) -> Any:
    """The last rows come along with what stands below; ``tied`` to what follows: a short one as a whole."""
    whole, shares = twips(WIDTH_MM * table.width), [column.width for column in table.columns]
    widths = [int(whole * share / sum(shares)) for share in shares]
    widths[-1] += whole - sum(widths)
    head = [Cell(column.title) for column in table.columns]
    count = len(table.rows)
    bound = set(range(count)) if tied and count <= MOST_TIED else {0, 1, count - 3, count - 2, count - 1}
    frame = el(
        "tblPr",
        el("tblW", w=whole, type="dxa"),
        el("jc", val="center"),
        el("tblBorders", _line("top", THICK), _line("bottom", THICK)),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=80, type="dxa"), el("right", w=80, type="dxa")),
    )
    return el(
        "tbl", frame, el("tblGrid", *(el("gridCol", w=width) for width in widths)),
        _row(head, table.columns, widths, header=True),
        *(_row(row, table.columns, widths, tied=place in bound) for place, row in enumerate(table.rows)),
    )  # fmt: skip


def _row(
    cells: Any, columns: tuple[Column, ...], widths: list[int], *, header: bool = False, tied: bool = True
) -> Any:
    """One row; ``tied`` to the next, so that neither the first nor the last of a table stands alone on a page."""
    properties = [el("cantSplit"), *([el("tblHeader")] if header else [])]
    return el(
        "tr", el("trPr", *properties),
        *(_cell(cell, column, width, header=header, tied=tied) for cell, column, width in zip(cells, columns, widths, strict=True)),
    )  # fmt: skip


def _cell(cell: Cell, column: Column, width: int, *, header: bool, tied: bool) -> Any:
    style = styles.NUMBER if column.numbers else styles.CELL
    frame = [el("tcW", w=width, type="dxa")]
    if header:
        frame += [el("tcBorders", _line("bottom", THIN))]
    frame += [el("vAlign", val="center")]
    return el(
        "tc",
        el("tcPr", *frame),
        paragraph(style, [run(kept_together(cell.text))], *([el("keepNext")] if tied else [])),
    )


def _line(side: str, size: int) -> Any:
    return el(side, val="single", sz=size, space=0, color="000000")
