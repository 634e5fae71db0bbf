"""The command report: a governance, coverage or area report as a document."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exports.reports.formats import checked_format
from geo.writing import write_files
from webmap.cli.context import As, Json, check_out, parse_viewer, print_json, print_line, the_county
from webmap.cli.progress import stages
from webmap.cli.sheets import words_of

if TYPE_CHECKING:
    from layers.reports import Report
    from layers.reports.document import Cell, Table

commands = typer.Typer()


@commands.command()
def report(
    out: Annotated[Path, typer.Option(metavar="F.docx|.pdf|.xlsx", help="写到哪个文件，格式看扩展名；xlsx 只有附表。")],
    kind: Annotated[str, typer.Option(metavar="governance|coverage|profile", help="治理情况、服务覆盖、一个区的基本情况。")] = "governance",
    period: Annotated[str, typer.Option(metavar="2026-10|2026Q3|2026", help="治理情况报告的时段，默认最近一个完整的季度。")] = "",
    area: Annotated[str, typer.Option("--area", "--code", metavar="CODE", help="基本情况报告是哪里的；覆盖报告只算哪里。")] = "",
    services: Annotated[str, typer.Option(metavar="ID[,ID]", help="覆盖报告的服务图层，几个用逗号隔开。")] = "",
    within: Annotated[str, typer.Option(metavar="2000m|15min", help="覆盖报告的阈值（含）。")] = "",
    words: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="其他参数，可重复：署名 maker=县综治中心，覆盖问题的 mode=road、demand=households 等。")] = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """做报告，中文，公文格式：DOCX 可以改，PDF 可以印，XLSX 是附表。"""
    form = _form(out)
    asked = {"report": kind, "period": period, "code": area, "services": services, "within": within}
    asked = {name: word for name, word in asked.items() if word} | words_of(words or [])
    with stages() as progress:
        from exports.reports.make import make_report, report_plan

        progress("读取数据，画图", None)
        county = the_county()
        who = parse_viewer(viewer, county)
        made = make_report(county, who, report_plan(asked, county, who), form, made_on=county.today())
        progress("写文件", None)
        write_files({out: made.body})
    if json:
        print_json(document(made.report, form, out))
        return
    for line in made.report.text().splitlines():
        print_line(line)
    print_line(f"已写出 {out}")


def document(report: "Report", form: str, out: Path) -> dict[str, Any]:
    """A report as plain data, figures unrounded."""
    from layers.reports.document import Heading, Paragraph, numbered

    numbers = report.numbers()
    text = [block for block in numbered(report.blocks) if isinstance(block, Heading | Paragraph)]
    return {
        "kind": report.kind,
        "title": report.title,
        "key": report.query,
        "demo": report.demo,
        "made_on": report.made_on.isoformat(),
        "editions": dict(report.editions),
        "fingerprint": report.fingerprint,
        "text": [block.text if isinstance(block, Heading) else block.text_with(numbers) for block in text],
        "tables": [_table(table, numbers[table.key]) for table in report.tables()],
        "maps": [{"number": numbers[item.key], "caption": item.caption, "words": dict(item.words)} for item in report.maps()],
        "format": form,
        "file": str(out),
    }  # fmt: skip


def _table(table: "Table", number: str) -> dict[str, Any]:
    return {
        "number": number,
        "caption": table.caption,
        "columns": [column.title for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
    }


def _cell(cell: "Cell") -> Any:
    figure = cell.figure
    if figure is None:
        return cell.text
    return figure.to_json("zh") | {
        "text": cell.text,
        "editions": figure.editions,
        "withheld": figure.withheld,
    }


def _form(out: Path) -> str:
    """The format of the file's ending; raises ArgumentError before any work."""
    check_out(out)
    return checked_format(out.suffix.lower().lstrip(".") or out.name)
