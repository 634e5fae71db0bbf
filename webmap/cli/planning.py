"""Commands of the planner: coverage, site, hotspots."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from geo.errors import ArgumentError
from geo.writing import write_files
from webmap.cli.context import (
    As,
    Json,
    check_out,
    parse_viewer,
    print_json,
    print_line,
    print_table,
    the_county,
)
from webmap.cli.progress import Report, stages

if TYPE_CHECKING:
    from exports.tables import Table
    from geo.siting import Progress
    from layers.county import County
    from layers.disclosure import Viewer
    from layers.planning import Candidate, Coverage, Proposal, SitingPlan
    from layers.planning.hotspots import Hotspots

commands = typer.Typer()
SHOWN_ROWS = 60
SHOWN_VILLAGES = 10
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
    needs: Annotated[bool, typer.Option("--needs", help="另列每个中心独自覆盖多少人，从最可以关的开始。")] = False,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """算服务覆盖：多少人在阈值以内，哪些村没有覆盖，最近的中心有多远。"""
    from layers.planning.plans import coverage_plan

    plan = coverage_plan(
        {
            "services": services, "within": within, "mode": mode, "demand": demand, "by": by, "match": match,
            "travel": travel, "detour": str(detour), "code": code, "place": place, "close": close,
            "capacity": "1" if capacity else "",
        },
        the_county().divisions,
    )  # fmt: skip
    _checked_out(out)
    with stages() as progress:
        progress("读取数据", None)
        county, who = _county_for(viewer)
        progress("量距离", None)
        given = county.planning.coverage(who, plan)
        only = county.planning.needs(who, plan) if needs else ()
        if out is not None:
            from exports.coverage import coverage_table

            progress("写文件", None)
            _write(coverage_table(county.door, who, given), out)
    if json:
        print_json(given.to_json() | ({"needs": [need._asdict() for need in only]} if needs else {}))
        return
    if only:
        rows = [(need.code, need.name, _count(need.alone)) for need in only[:SHOWN_ROWS]]
        print_table(("编号", "中心", f"只有它覆盖/{given.unit}"), rows)
    _print_coverage(given, out)


@commands.command()
def site(
    services: Services,
    add: Annotated[int, typer.Option(metavar="K", help="新增几处；set-cover 是期望的上限。")] = 1,
    objective: Annotated[str, typer.Option(metavar="max-cover|set-cover|p-median|p-center", help="覆盖最多、最少中心全覆盖、总路程最短、最远的最近。")] = "max-cover",
    within: Within = DEFAULT_WITHIN,
    mode: Mode = "straight",
    candidates: Annotated[str, typer.Option(metavar="villages|FILE", help="候选地点：各村，或一个名单（CSV、Excel、GeoJSON 等，有 编号、名称、经度、纬度）。")] = "villages",
    crs: Annotated[str | None, typer.Option(metavar="EPSG|wgs84|gcj02|bd09", help="候选名单的坐标系，优先于文件里写的。")] = None,
    demand: Demand = "population",
    prefer: Annotated[str, typer.Option(metavar="backup|equity", help="只用于 max-cover：同样多时双重覆盖最多；或先让最差的乡镇最好。")] = "",
    travel: Travel = "walk",
    detour: Detour = 1.3,
    code: Code = "",
    close: Close = "",
    capacity: Capacity = False,
    time_limit: Annotated[float, typer.Option(metavar="SECONDS", help="求解时限（秒）。")] = 60.0,
    out: Out = None,
    json: Json = False,
    viewer: As = "operator",
) -> None:  # fmt: skip
    """选址：现有中心不动，再加几处最好；说明是否已证明最优。"""
    from layers.planning.plans import Objective, Prefer, SitingPlan, choice, coverage_plan

    covered = coverage_plan(
        {
            "services": services, "within": within, "mode": mode, "demand": demand, "travel": travel,
            "detour": str(detour), "code": code, "close": close, "capacity": "1" if capacity else "",
        },
        the_county().divisions,
    )  # fmt: skip
    goal = choice(objective, get_args(Objective), "--objective")
    wish = choice(prefer, get_args(Prefer), "--prefer")
    plan = SitingPlan(covered, add, goal, wish, time_limit_s=time_limit)
    _checked_out(out)
    with stages() as progress:
        progress("读取数据", None)
        county, who = _county_for(viewer)
        if candidates != "villages":
            from dataclasses import replace

            plan = replace(plan, candidates=_listed(county, services, Path(candidates), crs))
        given = county.planning.site(who, plan, progress=_heard(progress, plan))
        if out is not None:
            from exports.proposals import proposal_table

            progress("写文件", None)
            _write(proposal_table(county.door, given), out)
    if json:
        print_json(given.to_json())
    else:
        _print_proposal(given, out)


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
    from layers.planning.plans import hotspot_plan

    plan = hotspot_plan(
        {
            "since": since, "until": until, "by": by, "neighbours": neighbours, "band": str(band), "alpha": str(alpha),
        }
    )  # fmt: skip
    _checked_out(out)
    with stages() as progress:
        progress("读取数据", None)
        county, who = _county_for(viewer)
        progress("计算", None)
        given = county.planning.hotspots(who, plan)
        if out is not None:
            from exports.hotspots import hotspot_table

            progress("写文件", None)
            _write(hotspot_table(county.door, who, given), out)
    if json:
        print_json(given.to_json())
    else:
        _print_hotspots(given, out)


def _county_for(viewer: str) -> tuple["County", "Viewer"]:
    from layers.disclosure import Viewer

    county = the_county()
    return county, Viewer(*parse_viewer(viewer, county))


def _listed(county: "County", services: str, file: Path, crs: str | None) -> "tuple[Candidate, ...]":
    """Candidates of a file, with the headings of the first service, or of settlements where that has no points."""
    from layers.planning.candidates import SETTLEMENTS, listed_sites

    spec = county.catalog.layer(services.split(",")[0].strip())
    if spec.geometry != "point":
        spec = county.catalog.layer(SETTLEMENTS)
    return listed_sites(spec, file, crs=crs)


def _heard(progress: Report, plan: "SitingPlan") -> "Callable[[Progress], None]":
    def _report(now: "Progress") -> None:
        stage = f"求解：现值 {now.value:,.0f}，界 {now.bound:,.0f}"
        progress(stage, min(1.0, now.seconds / plan.time_limit_s))

    progress("量距离", None)
    return _report


def _checked_out(out: Path | None) -> None:
    """Raises ArgumentError for a file that cannot be written, before any work."""
    from exports.tables import FORMATS

    if out is None:
        return
    if out.suffix.lower().lstrip(".") not in FORMATS:
        raise ArgumentError(
            "--out {out} 的扩展名不行，可选：{all}。",
            out=out.name,
            all="、".join(f".{name}" for name in FORMATS),
        )
    check_out(out)


def _write(table: "Table", out: Path) -> None:
    from exports.tables import FORMATS

    _, make = FORMATS[out.suffix.lower().lstrip(".")]
    write_files({out: make(table)})


def _print_coverage(given: "Coverage", out: Path | None) -> None:
    length = "米" if given.plan.unit == "m" else "分钟"
    rows = given.rows if len(given.rows) <= SHOWN_ROWS else given.townships
    headings = (
        "代码",
        "名称",
        f"总数/{given.unit}",
        f"已覆盖/{given.unit}",
        "覆盖率",
        "最近的中心",
        f"平均/{length}",
    )
    print_table(headings, [
        (row.code, row.name, _count(row.demand), _count(row.covered), _percent(row.share), row.nearest, _count(row.distance))
        for row in rows
    ])  # fmt: skip
    if rows is not given.rows:
        print_line(f"以上按乡镇；全部 {len(given.rows)} 行用 --json 或 --out 看。")
    for limit in given.limits:
        print_line(
            f"{limit.limit:g} {length}以内：{_count(limit.covered)} / {_count(given.total)} {given.unit}，{_percent(limit.share)}"
        )
    if given.unreached:
        some = [f"{row.name}（{_count(row.demand)} {given.unit}，需 {_count(row.needed)} {length}）" for row in given.unreached[:SHOWN_VILLAGES]]  # fmt: skip
        more = f" 等 {len(given.unreached)} 个" if len(given.unreached) > SHOWN_VILLAGES else ""
        print_line(f"没有人到得了的村：{'、'.join(some)}{more}")
    if given.gain:
        print_line(f"比现状：{sum(given.gain.values()):+,.0f} {given.unit}，{len(given.gain)} 个区有变化")
    _print_end(given.notes, given.method, out)


def _print_proposal(given: "Proposal", out: Path | None) -> None:
    print_table(
        ("编号", "新增", "经度", "纬度", "增益"),
        [(site.code, site.name, site.lon, site.lat, None if site.gain is None else _count(site.gain)) for site in given.chosen],
    )  # fmt: skip
    before = "没有" if given.before is None else f"{_count(given.before)} {given.unit}"
    proof = (
        "已证明最优" if given.optimal else f"未证明最优，界 {_count(given.bound)}，差距不超过 {given.gap:.2%}"
    )
    print_line(f"目标值 {_count(given.value)} {given.unit}（原来 {before}）：{proof}")
    _print_end(given.notes, given.method, out)


def _print_hotspots(given: "Hotspots", out: Path | None) -> None:
    from exports.hotspots import CLASSES, TRENDS

    print_line(given.title)
    found = sorted((row for row in given.rows if row.side != "none"), key=lambda row: -(row.z or 0.0))
    print_table(("代码", "名称", "件数", "每千人", "z", "q", "类别", "趋势"), [
        (row.code, row.name, row.n, f"{row.rate:.2f}", f"{row.z:.2f}", f"{row.q:.4f}", CLASSES[row.side], TRENDS[row.trend])
        for row in found[:SHOWN_ROWS]
    ])  # fmt: skip
    hot = sum(row.side == "hot" for row in given.rows)
    cold = sum(row.side == "cold" for row in given.rows)
    print_line(
        f"{len(given.rows)} 个单元，{given.total:,} 件，每千人 {given.mean_rate:.2f} 件；热点 {hot} 个，冷点 {cold} 个。"
    )
    _print_end((given.note,) if given.note else (), given.method, out)


def _print_end(notes: tuple[str, ...], method: str, out: Path | None) -> None:
    for note in notes:
        print_line(f"注意：{note}")
    print_line(f"方法：{method}")
    if out is not None:
        print_line(f"已写出 {out}")


def _count(value: float) -> str:
    return "到不了" if value == float("inf") else f"{value:,.0f}"


def _percent(share: float) -> str:
    return "—" if share != share else f"{share:.1%}"
