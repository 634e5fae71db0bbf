"""The command print: one map sheet as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exports.sheets.formats import LEAST_DPI, MOST_DPI, USUAL_DPI, checked_format
from geo.errors import ArgumentError
from geo.writing import write_files
from webmap.cli.context import As, Json, check_out, parse_viewer, print_json, print_line, the_county
from webmap.cli.progress import stages

if TYPE_CHECKING:
    from exports.sheets.sheet import Sheet

commands = typer.Typer()


@commands.command("print")
def print_sheet(
    theme: Annotated[str, typer.Argument(metavar="THEME", help="专题：overview、services、coverage、disputes、industry、organisations、environment、my-grid。")],
    out: Annotated[Path, typer.Option(metavar="F", help="写到哪个文件。")],
    area: Annotated[str, typer.Option(metavar="CODE", help="县、乡镇、村或网格的代码，默认整个范围。")] = "",
    paper: Annotated[str, typer.Option(metavar="A4|A3|slide|figure", help="纸张；slide 是 16:9 幻灯片，figure 是报告插图。")] = "A3",
    orientation: Annotated[str, typer.Option(metavar="landscape|portrait", help="横向或纵向。")] = "landscape",
    format: Annotated[str, typer.Option(metavar="pdf|png|svg", help="文件格式，默认看扩展名。")] = "",
    dpi: Annotated[str, typer.Option(metavar="72–600", help="PNG 的分辨率，默认 300。")] = "",
    scale: Annotated[str, typer.Option(metavar="N", help="比例尺 1:N，默认放得下的最大整数比例尺。")] = "",
    title: Annotated[str, typer.Option(help="标题，默认是地点、专题和时段。")] = "",
    words: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="地图网址里的其他参数，可重复，如 since=2026-01-01、f.orchards.crop=apple、parts=legend,km-grid。")] = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """出一幅地图：PDF（矢量）、PNG 或 SVG。"""
    kind, dots = _format(format, out), _dpi(dpi)
    asked = {
        "theme": theme,
        "code": area,
        "paper": paper,
        "orientation": orientation,
        "scale": scale,
        "title": title,
    }
    asked = {name: word for name, word in asked.items() if word} | words_of(words or [])
    with stages() as progress:
        from exports.sheets.draw import draw
        from exports.sheets.plan import sheet_plan

        progress("读取数据", None)
        county = the_county()
        who = parse_viewer(viewer, county)
        sheet = draw(county, who, sheet_plan(asked, county), made_on=county.today())
        progress("写文件", None)
        write_files({out: _body(sheet, kind, dots)})
    if json:
        print_json(document(sheet, kind, out))
        return
    for note in sheet.notes:
        print_line(f"注意：{note}")
    print_line(f"{sheet.title}，1:{sheet.scale}，指纹 {sheet.fingerprint}")
    print_line(f"已写出 {out}")


def document(sheet: "Sheet", kind: str, out: Path) -> dict[str, Any]:
    """What became of a sheet, as plain data."""
    return {
        "title": sheet.title,
        "scale": sheet.scale,
        "paper": sheet.plan.paper,
        "orientation": sheet.plan.orientation,
        "width_mm": sheet.page.width,
        "height_mm": sheet.page.height,
        "named": list(sheet.named),
        "dropped": list(sheet.dropped),
        "no_data": list(sheet.no_data),
        "notes": list(sheet.notes),
        "editions": dict(sheet.editions),
        "demo": sheet.demo,
        "made_on": sheet.made_on.isoformat(),
        "fingerprint": sheet.fingerprint,
        "key": sheet.plan.key,
        "format": kind,
        "file": str(out),
    }


def _format(named: str, out: Path) -> str:
    """The format that was named, else that of the file's ending; raises ArgumentError before any work."""
    kind = checked_format(named.lower() or out.suffix.lower().lstrip(".") or out.name)
    check_out(out)
    return kind


def _dpi(text: str) -> int:
    """Dots per inch; raises ArgumentError."""
    if not text:
        return USUAL_DPI
    if not (text.isascii() and text.isdigit() and LEAST_DPI <= int(text) <= MOST_DPI):
        raise ArgumentError(
            "--dpi 是 {least} 到 {most} 的整数，收到 {value}。",
            least=LEAST_DPI,
            most=MOST_DPI,
            value=text[:20],
        )
    return int(text)


def words_of(pairs: list[str]) -> dict[str, str]:
    """The words of ``--set NAME=VALUE``; raises ArgumentError."""
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise ArgumentError("--set 要写成 名称=值，不是“{pair}”。", pair=pair[:60])
        found[name.strip()] = value
    return found


def _body(sheet: "Sheet", kind: str, dpi: int) -> bytes:
    from exports.sheets.writers import to_pdf, to_png, to_svg

    if kind == "pdf":
        return to_pdf([sheet.page])
    return to_svg(sheet.page) if kind == "svg" else to_png(sheet.page, dpi=dpi)
