"""Commands on the store: init, layers, editions, rollback."""

from typing import Annotated

import typer

from layers.county import County
from layers.editions import Edition
from layers.spec import LayerSpec
from layers.viewer import Viewer
from webmap.cli.context import As, Json, parse_viewer, print_json, print_line, print_table, the_county

commands = typer.Typer()


@commands.command()
def init(
    sample: Annotated[bool, typer.Option("--sample", help="同时建立演示数据（已导入的数据不动）。")] = False,
) -> None:
    """建立数据目录，可重复运行。"""
    county = the_county()
    county.store.create()
    if sample:
        from webmap.cli.sample import publish_sample

        for line in publish_sample(county.settings, county.store):
            print_line(line)
    print_line(f"数据目录已就绪：{county.settings.home}")


@commands.command()
def layers(json: Json = False, viewer: As = "operator") -> None:
    """列出全部图层。"""
    county = the_county()
    who = parse_viewer(viewer, county)
    current = county.store.currents()
    rows = []
    for spec in county.catalog:
        edition = current.get(spec.id)
        rows.append(
            {
                "id": spec.id,
                "title": spec.title.get(county.settings.language),
                "geometry": spec.geometry,
                "count": _count(county, spec, edition, who),
                "edition": None if edition is None else edition.id,
                "access": spec.access.of(who.role),
            }
        )
    if json:
        print_json(rows)
    else:
        headings = ("图层", "名称", "几何", "数量", "版本", "权限")
        print_table(headings, [tuple(row.values()) for row in rows])


def _count(county: County, spec: LayerSpec, edition: Edition | None, viewer: Viewer) -> int | None:
    """Rows that the viewer may see; None where only counts or nothing at all may be seen."""
    if spec.access.of(viewer.role) not in ("exact", "grid"):
        return None
    if edition is None:
        return 0
    if viewer.scope in ("", county.code):
        return edition.rows
    return len(county.door.rows(spec.id, viewer).rows)


@commands.command()
def editions(layer: Annotated[str, typer.Argument(metavar="LAYER")], json: Json = False) -> None:
    """列出一个图层发布过的版本，最新的在前。"""
    county = the_county()
    current = county.store.current(layer)
    rows = [
        {
            "edition": item.id,
            "current": current is not None and item.id == current.id,
            "rows": item.rows,
            "published_at": item.published_at,
            "published_by": item.published_by,
            "source": item.source,
            "source_sha256": item.source_sha256,
            "period": item.period,
            "demo": item.demo,
            "findings": item.findings,
        }
        for item in county.store.history(layer)
    ]
    if json:
        print_json(rows)
        return
    table = [
        (row["edition"], "当前" if row["current"] else "", row["rows"], row["published_at"], row["source"], "演示" if row["demo"] else "")
        for row in rows
    ]  # fmt: skip
    print_table(("版本", "", "行数", "发布时间", "来源", ""), table)


@commands.command()
def rollback(
    layer: Annotated[str, typer.Argument(metavar="LAYER")],
    edition: Annotated[str, typer.Argument(metavar="EDITION")],
    json: Json = False,
) -> None:
    """把一个图层退回到以前的版本。"""
    chosen = the_county().store.rollback(layer, edition)
    if json:
        print_json({"layer": layer, "edition": chosen.id, "rows": chosen.rows})
    else:
        print_line(f"图层 {layer} 的当前版本是 {chosen.id}，{chosen.rows} 行。")
