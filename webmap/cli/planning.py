"""Commands of the planner: coverage, site, hotspots. What they do stands in ``planner``, which is heavy to import."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from webmap.cli.context import As, Json

commands = typer.Typer()
DEFAULT_WITHIN = "2000m"

Services = Annotated[str, typer.Option(metavar="ID[,ID]", help="服务图层的 id，几个用逗号隔开。")]
Within = Annotated[str, typer.Option(metavar="2000m|15min", help="阈值（含），可写几个，如 1000m,2000m；第一个用于逐区的表。")]  # fmt: skip
Mode = Annotated[str, typer.Option(metavar="straight|detour|road", help="直线、直线 × 绕行系数、沿路网。直线的分钟数按步行速度换算。")]  # fmt: skip
Travel = Annotated[str, typer.Option(metavar="walk|ebike|car", help="步行、电动自行车或开车（开车要 --mode road）。")]  # fmt: skip
Detour = Annotated[float, typer.Option(metavar="FACTOR", help="绕行系数，只用于 --mode detour。")]
Demand = Annotated[str, typer.Option(metavar="population|population_60_plus|households|area", help="算谁：人口、60 岁以上人口、户数或土地面积（亩）。")]  # fmt: skip
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
    services: Services,
    within: Within,
    mode: Mode = "straight",
    demand: Demand = "population",
    by: Annotated[str, typer.Option(metavar="village|township|grid", help="按村、乡镇或网格出表。")] = "village",
    match: Annotated[str, typer.Option(metavar="any|each", help="几类服务时：任一类能到即可，或每类都要能到。")] = "any",
    travel: Travel = "walk",
    detour: Detour = 1.3,
    code: Code = "",
    place: Annotated[str, typer.Option(metavar="LON,LAT[;…]", help="假定新建的中心。")] = "",
    close: Close = "",
    capacity: Capacity = False,
    snap: Snap = "",
    link: Link = "",
    needs: Annotated[bool, typer.Option("--needs", help="另列每个中心独自覆盖多少人，从最可以关的开始。")] = False,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """算服务覆盖：多少人在阈值以内，哪些村没有覆盖，最近的中心有多远。"""
    from webmap.cli import planner

    question = {
        "services": services, "within": within, "mode": mode, "demand": demand, "by": by, "match": match,
        "travel": travel, "detour": str(detour), "code": code, "place": place, "close": close,
        "capacity": "1" if capacity else "", "snap": snap, "link": link,
    }  # fmt: skip
    planner.cover(question, planner.Answer(viewer, out, json), needs=needs)


@commands.command()
def site(
    services: Services,
    add: Annotated[int, typer.Option(metavar="K", help="新增几处；set-cover 是期望的上限。")] = 1,
    objective: Annotated[str, typer.Option(metavar="max-cover|set-cover|p-median|p-center", help="覆盖最多、最少中心全覆盖、总路程最短、最远的最近。")] = "max-cover",
    within: Within = DEFAULT_WITHIN,
    mode: Mode = "straight",
    candidates: Annotated[str, typer.Option(metavar="villages|settlements|gaps|FILE", help="候选地点：各村、需求的各个地点、没有覆盖的地点，或一个名单（CSV、Excel、GeoJSON 等，有 编号、名称、经度、纬度）。")] = "villages",
    crs: Annotated[str | None, typer.Option(metavar="EPSG|wgs84|gcj02|bd09", help="候选名单的坐标系，优先于文件里写的。")] = None,
    demand: Demand = "population",
    prefer: Annotated[str, typer.Option(metavar="backup|equity", help="只用于 max-cover：同样多时双重覆盖最多；或先让最差的乡镇最好。")] = "",
    travel: Travel = "walk",
    detour: Detour = 1.3,
    code: Code = "",
    close: Close = "",
    capacity: Capacity = False,
    snap: Snap = "",
    link: Link = "",
    time_limit: Annotated[float, typer.Option(metavar="SECONDS", help="求解时限（秒）。")] = 60.0,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """选址：现有中心不动，再加几处最好；说明是否已证明最优。"""
    from webmap.cli import planner

    question = {
        "services": services, "within": within, "mode": mode, "demand": demand, "travel": travel,
        "detour": str(detour), "code": code, "close": close, "capacity": "1" if capacity else "",
        "snap": snap, "link": link,
    }  # fmt: skip
    plan = planner.siting_plan(question, add=add, objective=objective, prefer=prefer, time_limit_s=time_limit)
    known = planner.known_candidates(candidates)
    named = None if known else planner.CandidateList(Path(candidates), crs)
    planner.site(replace(plan, candidates=known) if known else plan, planner.Answer(viewer, out, json), named)


@commands.command()
def hotspots(
    since: Annotated[str, typer.Option(metavar="2026-01-31", help="从哪天起（含），默认从最早的记录。")] = "",
    until: Annotated[str, typer.Option(metavar="2026-06-30", help="到哪天止（含），默认到最后的记录。")] = "",
    by: Annotated[str, typer.Option(metavar="village|grid", help="按村或网格。")] = "village",
    neighbours: Annotated[str, typer.Option(metavar="queen|band", help="邻居：界线相接，或一定距离以内。")] = "queen",
    band: Annotated[float, typer.Option(metavar="METRES", help="--neighbours band 的距离。")] = 2000.0,
    alpha: Annotated[float, typer.Option(metavar="ALPHA", help="错误发现率，q 不超过它才算显著。")] = 0.05,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """找纠纷热点：每千人件数平滑后做 Gi*，校正多重检验，并看逐月的趋势。"""
    from webmap.cli import planner

    question = {
        "since": since, "until": until, "by": by, "neighbours": neighbours, "band": str(band), "alpha": str(alpha),
    }  # fmt: skip
    planner.find_hotspots(question, planner.Answer(viewer, out, json))
