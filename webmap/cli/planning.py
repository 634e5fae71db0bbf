"""Commands of the planner: coverage, site, hotspots. What they do stands in ``planner``, which is heavy to import."""

from pathlib import Path
from typing import Annotated

import typer

from webmap.cli.context import As, Json

commands = typer.Typer()

Services = Annotated[
    str,
    typer.Option(
        metavar="ID[,ID]",
        help="服务图层的 id，几个用逗号隔开。不写的，这些和下面的条件都按本县默认，和页面一样。",
    ),
]
Within = Annotated[str, typer.Option(metavar="2000m|15min", help="阈值（含），可写几个，如 1000m,2000m；第一个用于逐区的表。不写按本县默认。")]  # fmt: skip
Mode = Annotated[str, typer.Option(metavar="straight|detour|road", help="直线、直线 × 绕行系数、沿路网，不写按绕行系数。直线的分钟数按步行速度换算。")]  # fmt: skip
Travel = Annotated[str, typer.Option(metavar="walk|ebike|car", help="步行（默认）、电动自行车或开车（开车要 --mode road）。")]  # fmt: skip
Detour = Annotated[
    float | None, typer.Option(metavar="FACTOR", help="绕行系数，默认 1.3，只用于 --mode detour。")
]
Demand = Annotated[str, typer.Option(metavar="population|population_60_plus|households|area", help="算谁：人口、60 岁以上人口、户数或土地面积（亩）；默认人口。")]  # fmt: skip
Code = Annotated[str, typer.Option(metavar="CODE", help="只算这个乡镇、村或网格；外面的中心照样计入。")]
Close = Annotated[str, typer.Option(metavar="LAYER:KEY[;…]", help="假定关闭的现有中心。")]
Capacity = Annotated[bool, typer.Option("--capacity", help="计容量：由近到远分配，满了就轮到下一处。")]
Snap = Annotated[
    str, typer.Option(metavar="800m", help="离路多远以内走得到路上，默认 500m，只用于 --mode road。")
]
Link = Annotated[
    str, typer.Option(metavar="1500m", help="没有覆盖的地点相距多远以内算一片空白，默认 1500m。")
]
Out = Annotated[Path | None, typer.Option(metavar="F.xlsx|.csv|.geojson|.gpkg", help="另存为文件，格式看扩展名。")]  # fmt: skip


@commands.command()
def coverage(
    services: Services = "",
    within: Within = "",
    mode: Mode = "",
    demand: Demand = "",
    by: Annotated[str, typer.Option(metavar="village|township|grid", help="按村（默认）、乡镇或网格出表。")] = "",
    match: Annotated[str, typer.Option(metavar="any|each", help="几类服务时：任一类能到即可（默认），或每类都要能到。")] = "",
    travel: Travel = "",
    detour: Detour = None,
    code: Code = "",
    place: Annotated[str, typer.Option(metavar="LON,LAT[;…]", help="假定新建的中心。")] = "",
    close: Close = "",
    capacity: Capacity = False,
    snap: Snap = "",
    link: Link = "",
    needs: Annotated[bool, typer.Option("--needs", help="另列每个中心独自覆盖多少人，从最可以关的开始。")] = False,
    access: Annotated[bool, typer.Option("--access", help="改算可达性：够得着的供给摊到每千人有多少（两步移动搜寻法）。")] = False,
    decay: Annotated[str, typer.Option(metavar="step|gaussian", help="可达性随距离衰减：分三段，或按高斯函数；只用于 --access。")] = "",
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """算服务覆盖：多少人在阈值以内，哪些村没有覆盖，最近的中心有多远。"""
    from webmap.cli import planner

    question = {
        "services": services, "within": within, "mode": mode, "demand": demand, "by": by, "match": match,
        "travel": travel, "detour": _text(detour), "code": code, "place": place, "close": close,
        "capacity": "1" if capacity else "", "snap": snap, "link": link,
    }  # fmt: skip
    answer = planner.Answer(viewer, out, json)
    if access:
        planner.reach_supply(question, decay, answer, needs=needs)
    else:
        planner.cover(question, answer, needs=needs, decay=decay)


@commands.command()
def site(
    services: Services = "",
    add: Annotated[int | None, typer.Option(metavar="K", help="新增几处，默认 3；set-cover 是期望的上限。")] = None,
    objective: Annotated[str, typer.Option(metavar="max-cover|set-cover|p-median|p-center", help="覆盖最多（默认）、最少中心全覆盖、总路程最短、最远的最近。")] = "",
    within: Within = "",
    mode: Mode = "",
    candidates: Annotated[str, typer.Option(metavar="villages|settlements|gaps|FILE", help="候选地点：各村（默认）、需求的各个地点、没有覆盖的地点，或一个名单（CSV、Excel、GeoJSON 等，有 编号、名称、经度、纬度）。")] = "",
    crs: Annotated[str | None, typer.Option(metavar="EPSG|wgs84|gcj02|bd09", help="候选名单的坐标系，优先于文件里写的。")] = None,
    demand: Demand = "",
    prefer: Annotated[str, typer.Option(metavar="backup|equity", help="只用于 max-cover：同样多时双重覆盖最多；或先让最差的乡镇最好。")] = "",
    travel: Travel = "",
    detour: Detour = None,
    code: Code = "",
    close: Close = "",
    capacity: Capacity = False,
    snap: Snap = "",
    link: Link = "",
    time_limit: Annotated[float | None, typer.Option(metavar="SECONDS", help="求解时限（秒），默认 60。")] = None,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """选址：现有中心不动，再加几处最好；说明是否已证明最优。"""
    from webmap.cli import planner

    question = {
        "services": services, "within": within, "mode": mode, "demand": demand, "travel": travel,
        "detour": _text(detour), "code": code, "close": close, "capacity": "1" if capacity else "",
        "snap": snap, "link": link, "add": _text(add), "objective": objective, "prefer": prefer,
        "seconds": _text(time_limit),
    }  # fmt: skip
    named = None if planner.is_known(candidates) else planner.CandidateList(Path(candidates), crs)
    words = question if named else question | {"candidates": candidates}
    planner.site(words, planner.Answer(viewer, out, json), named)


@commands.command()
def hotspots(
    since: Annotated[str, typer.Option(metavar="2026-01-31", help="从哪天起（含），默认从最早的记录；公众默认最近公布的一季。")] = "",
    until: Annotated[str, typer.Option(metavar="2026-06-30", help="到哪天止（含），默认到最后的记录。")] = "",
    by: Annotated[str, typer.Option(metavar="village|grid", help="按村（默认）或网格。")] = "",
    neighbours: Annotated[str, typer.Option(metavar="queen|band", help="邻居：界线相接（默认），或一定距离以内。")] = "",
    band: Annotated[float | None, typer.Option(metavar="METRES", help="--neighbours band 的距离，默认 3000。")] = None,
    alpha: Annotated[float | None, typer.Option(metavar="ALPHA", help="错误发现率，q 不超过它才算显著，默认 0.05。")] = None,
    words: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="只算符合条件的，可重复，如 f.disputes.warning_level=red。")] = None,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """找纠纷热点：每千人件数平滑后做 Gi*，校正多重检验，并看逐月的趋势。"""
    from webmap.cli import planner

    question = {
        "since": since, "until": until, "by": by, "neighbours": neighbours, "band": _text(band), "alpha": _text(alpha),
    }  # fmt: skip
    planner.find_hotspots(question | planner.conditions(words or []), planner.Answer(viewer, out, json))


def _text(value: float | None) -> str:
    """A number as a word of a question; empty for one that nobody typed."""
    return "" if value is None else str(value)
