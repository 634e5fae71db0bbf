"""Command of the map room: atlas."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import ArgumentError
from geo.phrases import listing
from geo.writing import write_files
from webmap.cli.context import As, Json, check_out, parse_viewer, print_json, print_line, the_county
from webmap.cli.progress import Report, stages
from webmap.cli.sheets import words_of

if TYPE_CHECKING:
    from exports.sheets.atlas.making import Atlas

commands = typer.Typer()
PART_FAILED = 1
SETTLED = ("paper", "orientation", "scale")
DRAWING, WRITING = "画各幅", "写文件"


@commands.command()
def atlas(
    theme: Annotated[str, typer.Argument(metavar="THEME", help="专题的 id，如 overview、services、disputes。")],
    by: Annotated[str, typer.Option(metavar="township|village", help="每幅一个乡镇，或一个村（社区）。")],
    out: Annotated[Path, typer.Option(metavar="F.pdf|DIR", help="一个 PDF（首页是索引），或一个文件夹，每幅一个 PDF。")],
    area: Annotated[str, typer.Option(metavar="CODE", help="只做这个区划里的。")] = "",
    only: Annotated[str, typer.Option(metavar="CODE[,CODE]", help="只做这几幅，幅号不变。")] = "",
    name: Annotated[str, typer.Option(metavar="EXPRESSION", help="文件名，可用 {number} {name} {code} {title} {date}，幅号可写位数，如 {number:02d}-{name}。")] = "",
    title: Annotated[str, typer.Option(help="图册的标题，默认由范围和专题拼成。")] = "",
    words: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="地图网址里的其他参数，可重复，如 since=2026-01-01、layers=villages,parks。")] = None,
    json: Json = False,
    viewer: As = "operator",
) -> int:  # fmt: skip
    """做图册：先索引，后每个乡镇或村一幅，分级和颜色全册一致；一幅画不出不影响其余。"""
    from exports.sheets.atlas import atlas_plan
    from exports.sheets.atlas.making import make_atlas

    county = the_county()
    whole = out.suffix.lower() == ".pdf"
    _checked_out(out, whole=whole)
    asked = {
        "theme": theme, "atlas": by, "code": area, "only": only, "title": title, "name": name,
        "format": "pdf" if whole else "zip",
    }  # fmt: skip
    asked = {key: word for key, word in asked.items() if word} | _unsettled(words_of(words or []))
    plan = atlas_plan(asked, county)
    who = parse_viewer(viewer, county)
    with stages() as progress:
        made = make_atlas(county, who, plan, made_on=county.today(), heard=_heard(progress))
        assert made is not None, "nobody stops a command but by ending it"
        progress(WRITING, None)
        write_files(
            {out: made.body()} if whole else {out / file: body for file, body in made.files().items()}
        )
    _tell(made, out, json=json)
    return PART_FAILED if made.failures else 0


def _heard(progress: Report) -> Any:
    def _told(share: float) -> bool:
        progress(DRAWING, share)
        return False

    progress(DRAWING, 0.0)
    return _told


def _unsettled(words: dict[str, str]) -> dict[str, str]:
    """The words, none of which asks for what an atlas has settled."""
    other = [name for name in SETTLED if name in words]
    if other:
        raise ArgumentError(
            "图册都是 A4 纵向，比例尺按每幅的范围定，不能另设 {names}。", names=listing(other)
        )
    return words


def _checked_out(out: Path, *, whole: bool) -> None:
    """Raises ArgumentError for a place that cannot be written, before any work."""
    if whole:
        check_out(out)
    if not whole and out.suffix and not out.is_dir():
        raise ArgumentError("--out {out} 应是 .pdf 文件，或一个文件夹。", out=out.name)
    if not whole and out.exists() and not out.is_dir():
        raise ArgumentError("--out {out} 已有同名文件，换一个文件夹。", out=out.name)


def _tell(made: "Atlas", out: Path, *, json: bool) -> None:
    failed = [
        {"code": one.page.code, "name": one.page.name, "message": str(one.error)} for one in made.failures
    ]
    if json:
        making = made.making()
        print_json(
            {
                "title": made.title, "pages": making.pages, "fingerprint": making.fingerprint,
                "editions": dict(making.editions), "failed": failed,
            }
        )  # fmt: skip
        return
    print_line(f"《{made.title}》已写出 {out}：索引 {len(made.index)} 页，{len(made.sheets)} 幅。")
    for one in failed:
        print_line(f"没有画出：{one['name']}（{one['code']}）：{one['message']}")
