"""The planner asked from the command line: the plan, its answer on the screen and as a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from exports.access import access_table
from exports.coverage import coverage_table
from exports.hotspots import CLASSES, TRENDS, ZH, counted, hotspot_table
from exports.proposals import proposal_table
from exports.tables import FORMATS, Table
from geo.decays import Decay
from geo.errors import ArgumentError
from geo.phrases import listing
from geo.siting import Progress
from geo.wording import based, number, percent, proportion, signed
from geo.writing import write_files
from layers.county import County
from layers.planning import Candidate, Coverage, CoveragePlan, Proposal, SitingPlan, hotspot_plan
from layers.planning.access import Accessibility
from layers.planning.candidates import SETTLEMENTS, listed_sites
from layers.planning.hotspots import Hotspots
from layers.planning.methods import question_words
from layers.planning.plans import CONDITION, Candidates, choice
from layers.planning.proposals import value_words
from layers.planning.usual import siting_plan, usual_plan
from layers.statements import Choice
from layers.viewer import Viewer
from webmap.cli.context import check_out, parse_viewer, print_json, print_line, print_table, the_county
from webmap.cli.progress import Report, stages
from webmap.cli.sheets import words_of

SHOWN_ROWS = 60
SHOWN_VILLAGES = 10


@dataclass(frozen=True)
class Answer:
    """For whom an answer is (``ROLE[:CODE]``), into which file it is written besides, and whether it is printed as JSON."""

    viewer: str
    out: Path | None
    json: bool


@dataclass(frozen=True)
class CandidateList:
    """A list of places to choose from, and the coordinates that were named for it."""

    file: Path
    crs: str | None


def cover(words: Mapping[str, str], answer: Answer, *, needs: bool, decay: str) -> None:
    """Who is reached; ``needs`` lists besides what only each centre reaches.

    Raises:
        ArgumentError: a word or the file cannot be. As ``Planning.coverage``.
    """
    if decay:
        raise ArgumentError("--decay 只用于 --access。")
    county, who = _county_for(answer)
    plan = usual_plan(county.planning, who, words)
    _check_out(answer.out)
    with stages() as progress:
        progress("量距离", None)
        given = county.planning.coverage(who, plan)
        only = county.planning.needs(who, plan) if needs else ()
        _write(progress, answer.out, lambda: coverage_table(county.planning, who, given))
    if answer.json:
        print_json(given.to_json() | ({"needs": [need._asdict() for need in only]} if needs else {}))
        return
    if only:
        rows = [(need.code, need.name, _count(need.alone)) for need in only[:SHOWN_ROWS]]
        print_table(("编号", "中心", f"只有它覆盖/{given.unit}"), rows)
    _print_question(county, plan)
    _print_coverage(given, answer.out)


def is_known(candidates: str) -> bool:
    """Whether a word stands for places, as an empty one for the usual ones; others name a file."""
    return candidates in ("", *get_args(Candidates))


def reach_supply(words: Mapping[str, str], decay: str, answer: Answer, *, needs: bool) -> None:
    """How much supply there is for whoever can reach it.

    Raises:
        ArgumentError: a word or the file cannot be. As ``Planning.access``.
    """
    if needs:
        raise ArgumentError("--needs 和 --access 分开问。")
    falling = choice(decay, get_args(Decay), "--decay") if decay else None
    county, who = _county_for(answer)
    plan = usual_plan(county.planning, who, words)
    _check_out(answer.out)
    with stages() as progress:
        progress("量距离", None)
        given = county.planning.access(who, plan, falling)
        _write(progress, answer.out, lambda: access_table(county.door, who, given))
    if answer.json:
        print_json(given.to_json())
        return
    _print_question(county, plan)
    _print_access(given, answer.out)


def site(words: Mapping[str, str], answer: Answer, candidates: CandidateList | None) -> None:
    """The best new centres for a coverage question, among ``candidates`` or the places that the words name.

    Raises:
        ArgumentError: a word or the file cannot be. As ``listed_sites`` and ``Planning.site``.
    """
    county, who = _county_for(answer)
    plan = siting_plan(county.planning, who, words)
    _check_out(answer.out)
    with stages() as progress:
        progress("读取数据", None)
        if candidates is not None:
            plan = replace(plan, candidates=_listed(county, plan.coverage.services[0], candidates))
        given = county.planning.site(who, plan, progress=_heard(progress, plan))
        _write(progress, answer.out, lambda: proposal_table(county.door, given))
    if answer.json:
        print_json(given.to_json())
    else:
        _print_question(county, plan.coverage)
        _print_proposal(given, answer.out)


def find_hotspots(words: Mapping[str, str], answer: Answer) -> None:
    """Where disputes gather.

    Raises:
        ArgumentError: a word or the file cannot be. As ``Planning.hotspots``.
    """
    plan = hotspot_plan(words)
    _check_out(answer.out)
    with stages() as progress:
        progress("读取数据", None)
        county, who = _county_for(answer)
        progress("计算", None)
        given = county.planning.hotspots(who, plan)
        _write(progress, answer.out, lambda: hotspot_table(county.door, who, given))
    if answer.json:
        print_json(given.to_json())
    else:
        _print_hotspots(given, counted(county.door, who, plan), answer.out)


def conditions(pairs: list[str]) -> dict[str, str]:
    """Which disputes only, of ``--set f.disputes.FIELD=VALUE``; raises ArgumentError for any other name."""
    words = words_of(pairs)
    other = next((name for name in words if not name.startswith(CONDITION)), None)
    if other is not None:
        raise ArgumentError("--set 只认 f.disputes.字段=值，不认识 {name}。", name=other[:40])
    return words


def _county_for(answer: Answer) -> tuple[County, Viewer]:
    county = the_county()
    return county, parse_viewer(answer.viewer, county)


def _listed(county: County, service: str, candidates: CandidateList) -> tuple[Candidate, ...]:
    """Candidates of a file, with the headings of the first service, or of settlements where that has no points."""
    spec = county.catalog.layer(service)
    if spec.geometry != "point":
        spec = county.catalog.layer(SETTLEMENTS)
    return listed_sites(spec, candidates.file, crs=candidates.crs)


def _heard(progress: Report, plan: SitingPlan) -> Callable[[Progress], None]:
    def _report(now: Progress) -> None:
        stage = f"求解：现值 {value_words(now.value, plan)}，界 {value_words(now.bound, plan)}"
        progress(stage, min(1.0, now.seconds / plan.time_limit_s))

    progress("量距离", None)
    return _report


def _check_out(out: Path | None) -> None:
    """Raises ArgumentError for a file that cannot be written, before any work."""
    if out is None:
        return
    if out.suffix.lower().lstrip(".") not in FORMATS:
        raise ArgumentError(
            "--out {out} 的扩展名不行，可选：{all}。",
            out=out.name,
            all=listing(f".{name}" for name in FORMATS),
        )
    check_out(out)


def _write(progress: Report, out: Path | None, table: Callable[[], Table]) -> None:
    """The table as a file of its ending, where one was named."""
    if out is None:
        return
    progress("写文件", None)
    _, make = FORMATS[out.suffix.lower().lstrip(".")]
    write_files({out: make(table())})


def _print_question(county: County, plan: CoveragePlan) -> None:
    """What was asked, with what nobody typed filled in."""
    print_line(f"问题：{question_words(county.door, plan)}")


def _print_coverage(given: Coverage, out: Path | None) -> None:
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
        (row.code, row.name, _count(row.demand), _count(row.covered), percent(row.covered, row.demand, unit=given.unit, cell=True), row.nearest, _count(row.distance))
        for row in rows
    ])  # fmt: skip
    if rows is not given.rows:
        print_line(f"以上按乡镇；全部 {len(given.rows)} 行用 --json 或 --out 看。")
    for limit in given.limits:
        print_line(
            f"{limit.limit:g} {length}以内：{_count(limit.covered)} / {_count(given.total)} {given.unit}{_rate(limit.covered, given)}"
        )
    if given.unreached:
        some = [f"{row.name}（{_count(row.demand)} {given.unit}，需 {_count(row.needed)} {length}）" for row in given.unreached[:SHOWN_VILLAGES]]  # fmt: skip
        more = f" 等 {len(given.unreached)} 个" if len(given.unreached) > SHOWN_VILLAGES else ""
        print_line(f"没有人到得了的村：{'、'.join(some)}{more}")
    if given.gain:
        print_line(
            f"比现状：{signed(sum(given.gain.values()), 0)} {given.unit}，{len(given.gain)} 个区有变化"
        )
    if given.nobody:
        print_line(f"{given.nobody}。")
    _print_end(given.notes, given.method, out)


def _print_access(given: Accessibility, out: Path | None) -> None:
    shown = given.rows[:SHOWN_ROWS]
    print_table(("代码", "名称", f"总数/{given.unit}", given.rate_unit, f"可达性为 0/{given.unit}"), [
        (row.code, row.name, _count(row.demand), number(row.access, 2), _count(row.without)) for row in shown
    ])  # fmt: skip
    if len(shown) < len(given.rows):
        print_line(
            f"以上是前 {len(shown)} 行；全部 {len(given.rows)} 行用 --json 或 --out 看，按乡镇用 --by township。"
        )
    print_line(
        f"平均 {number(given.mean, 2)} {given.rate_unit}；可达性为 0 的 {_count(given.without)} / {_count(given.total)} {given.unit}"
    )
    if given.unused:
        print_line(
            f"没有人够得着的中心：{'、'.join(given.unused[:SHOWN_VILLAGES])}（{len(given.unused)} 处）"
        )
    _print_end(given.notes, given.method, out)


def _print_proposal(given: Proposal, out: Path | None) -> None:
    print_table(
        ("编号", "新增", "经度", "纬度", "增益"),
        [(site.code, site.name, site.lon, site.lat, None if site.gain is None else value_words(site.gain, given.plan)) for site in given.chosen],
    )  # fmt: skip
    before = "没有" if given.before is None else value_words(given.before, given.plan)
    proof = (
        "已证明最优"
        if given.optimal
        else f"未证明最优，界 {value_words(given.bound, given.plan)}，差距不超过 {proportion(given.gap, 2)}"
    )
    print_line(f"目标值 {value_words(given.value, given.plan)}（原来 {before}）：{proof}")
    _print_end(given.notes, given.method, out)


def _print_hotspots(given: Hotspots, choices: Sequence[Choice], out: Path | None) -> None:
    print_line(given.title)
    if choices:
        print_line(f"计的是：{'，'.join(choice.words(ZH) for choice in choices)}")
    found = sorted((row for row in given.rows if row.side != "none"), key=lambda row: -(row.z or 0.0))
    print_table(("代码", "名称", "件数", "每千人（平滑后）", "z", "q", "类别", "趋势"), [
        (row.code, row.name, row.n, number(row.smoothed, 2), number(row.z, 2), number(row.q, 4), CLASSES[row.side], TRENDS[row.trend])
        for row in found[:SHOWN_ROWS]
    ])  # fmt: skip
    hot = sum(row.side == "hot" for row in given.rows)
    cold = sum(row.side == "cold" for row in given.rows)
    print_line(
        f"{len(given.rows)} 个单元，{number(given.total)} 件，每千人 {number(given.mean_rate, 2)} 件；热点 {hot} 个，冷点 {cold} 个。"
    )
    _print_end((given.note,) if given.note else (), given.method, out)


def _print_end(notes: tuple[str, ...], method: str, out: Path | None) -> None:
    for note in notes:
        print_line(f"注意：{note}")
    print_line(f"方法：{method}")
    if out is not None:
        print_line(f"已写出 {out}")


def _count(value: float) -> str:
    return "到不了" if value == float("inf") else number(value, 0)


def _rate(covered: float, given: Coverage) -> str:
    """The share in per cent after its parts, where there are enough."""
    return f"，{percent(covered, given.total, unit=given.unit)}" if based(given.total, given.unit) else ""
