"""Commands on data: import, check, template, photo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import ArgumentError, DataError, GovmapError
from webmap.cli.context import As, Json, parse_viewer, print_json, print_line, print_table, the_county
from webmap.cli.findings import print_findings
from webmap.cli.hints import with_hint
from webmap.cli.progress import stages

if TYPE_CHECKING:
    from layers.intake import ImportResult
    from layers.intake.findings import Finding
    from layers.intake.health import Health
    from layers.intake.merge import Mode

commands = typer.Typer()
SHOWN_FINDINGS = 30

LayerArgument = Annotated[str, typer.Argument(metavar="LAYER", help="图层的 id，用 layers 命令看。")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="Shapefile、GeoPackage、GeoJSON、KML/KMZ、FileGDB、CSV、Excel、GeoParquet；Shapefile 和 FileGDB 可压缩。")]  # fmt: skip


@commands.command("import")
def import_file(
    layer: LayerArgument,
    file: FileArgument,
    mode: Annotated[str | None, typer.Option(metavar="replace|upsert", help="replace 整体替换；upsert 按编号增加和修改，不删除。")] = None,
    area: Annotated[str | None, typer.Option(metavar="CODE", help="只替换这个乡镇或村的行。")] = None,
    crs: Annotated[str | None, typer.Option(metavar="EPSG|wgs84|gcj02|bd09", help="坐标系，优先于文件里写的。")] = None,
    encoding: Annotated[str | None, typer.Option(help="文字编码，如 gbk、utf-8。")] = None,
    sheet: Annotated[str | None, typer.Option(help="工作表、图层或压缩包里的文件名。")] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", metavar="列名=field", help="指明某一列是哪个字段，可重复；列名= 表示不导入。")] = None,
    period: Annotated[str | None, typer.Option(help="数据的时点，如 2026 或 2026Q3。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不发布。")] = False,
    json: Json = False,
) -> None:  # fmt: skip
    """把一个文件导入图层：全部检查通过才发布，否则什么都不变。"""
    from layers.intake import ImportOptions, Intake

    options = ImportOptions(
        mode=_mode(mode), area=area, crs=crs, encoding=encoding, sheet=sheet, mapping=_mapping(mapping or []),
        dry_run=dry_run, period=period,
    )  # fmt: skip
    county = the_county()
    intake = Intake(
        county.store, county.code, county.settings.metric_crs, time_zone=county.settings.time_zone
    )
    with stages() as progress:
        result = intake.run(layer, file, options, progress)
    if json:
        print_json(result.to_json())
    else:
        _print_result(result)
    if result.blocking:
        raise _refusal(result)


@commands.command()
def check(json: Json = False, viewer: As = "operator") -> None:
    """检查全部图层的数据：几何、位置、代码、缺项，以及各乡镇的数量。"""
    from layers.intake.health import check_health

    county = the_county()
    who = parse_viewer(viewer, county)
    with stages() as progress:
        health = check_health(county.door, who, county.settings.metric_crs, progress)
    if json:
        print_json(health.to_json())
    else:
        _print_health(health)
    if health.blocking:
        raise DataError("现有数据里有 {n} 处必须改的问题。", n=health.blocking)


@commands.command()
def template(
    layer: LayerArgument,
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="写到哪里。")],
) -> None:
    """写出一个图层的填报模板（Excel）。"""
    from layers.template import write_template

    county = the_county()
    spec = county.catalog.layer(layer)
    if out.suffix.lower() != ".xlsx" or not out.parent.is_dir():
        raise ArgumentError("{out} 应是已有文件夹里的 .xlsx 文件名。", out=out)
    write_template(spec, county.catalog, out)
    print_line(f"已写出 {out}")


@commands.command()
def photo(
    layer: LayerArgument,
    key: Annotated[str, typer.Argument(metavar="KEY", help="要素的编号。")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JPEG、PNG 或 WebP。")],
    json: Json = False,
) -> None:
    """给一个要素加照片：缩小，去掉拍摄位置等信息。"""
    from layers.photos import add_photo

    name = add_photo(the_county().store, layer, key, file)
    if json:
        print_json({"layer": layer, "key": key, "photo": name})
    else:
        print_line(f"已加照片 {name}")


def _mode(text: str | None) -> "Mode | None":
    if text is None or text == "replace" or text == "upsert":
        return text  # type: ignore[return-value]
    raise ArgumentError("--mode 只能是 replace 或 upsert，不是“{mode}”。", mode=text)


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or not heading.strip():
            raise ArgumentError("--map 要写成 列名=field，不是“{pair}”。", pair=pair)
        mapping[heading.strip()] = field.strip()
    return mapping


def _refusal(result: "ImportResult") -> GovmapError:
    """The error that ends a blocked import; its code is the finding's where that is an error of its own."""
    first, count = result.blocking[0], len(result.blocking)
    where = "" if first.row is None else f"第 {first.row} 行："
    error = DataError(
        "{source} 没有导入，有 {n} 处必须先改。{where}{message}", source=result.source, n=count, where=where, message=first.message, remedy=first.remedy
    )  # fmt: skip
    if first.rule.startswith("crs-"):
        error.code = first.rule
    return error


def _hinted(findings: "tuple[Finding, ...]") -> list[dict[str, object]]:
    """Findings, and what to type against each."""
    return [
        {**finding.to_json(), "message": with_hint(finding.message, finding.remedy)} for finding in findings
    ]


def _print_health(health: "Health") -> None:
    document = health.to_json()
    said = [{"layer": one.layer, **found} for one in health.layers for found in _hinted(one.findings)]
    print_findings(said, most=SHOWN_FINDINGS)
    rows = [
        (one["layer"], one["edition"], one["rows"], one["findings"], one["note"])
        for one in document["layers"]
    ]
    print_table(("图层", "版本", "行数", "问题", "说明"), rows)
    counted = [(one["code"], one["name"], sum(one["counts"].values())) for one in document["townships"]]
    print_table(("乡镇代码", "乡镇", "各图层合计行数"), counted)


def _print_result(result: "ImportResult") -> None:
    mapped = "、".join(f"{heading}→{field}" for heading, field in result.mapping.items())
    for label, text in (
        ("坐标系", result.crs_evidence), ("编码", result.encoding), ("列", mapped), ("没有导入的列", "、".join(result.unmapped)),
    ):  # fmt: skip
        if text:
            print_line(f"{label}：{text}")
    print_findings(_hinted(result.findings), most=SHOWN_FINDINGS)
    counts = f"增加 {result.added}，修改 {result.changed}，删除 {result.removed}"
    if result.blocking:
        print_line(f"读到 {result.rows_read} 行，没有发布，原有数据不变。")
    elif result.dry_run:
        print_line(f"读到 {result.rows_read} 行，可以导入：{counts}。（--dry-run，没有发布）")
    else:
        print_line(f"已发布 {result.layer} 的版本 {result.edition}：{result.rows_published} 行，{counts}。")
