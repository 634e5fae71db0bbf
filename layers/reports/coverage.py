"""The coverage report: who is reached by a service, which villages are not, where the largest gaps are."""

from typing import TYPE_CHECKING

from geo.errors import UnknownAreaError
from geo.wording import based, equal, ranked, ratio, restored, share
from geo.wording import number as plain
from layers.areas.figures import Figure
from layers.disclosure import Viewer
from layers.planning.methods import match_words, reach_words
from layers.planning.plans import DEMAND_TITLES, UNIT_WORDS, CoveragePlan
from layers.planning.results import Coverage, Gap, Reach, Row, finite
from layers.planning.standards import Standard
from layers.planning.ways import limit_words, ways_words
from layers.reports import sentences, tables
from layers.reports.document import BLANK, Block, Cell, Column, Heading, Map, Ref, Table, name, said
from layers.reports.plans import ReportPlan
from layers.reports.words import with_unit
from layers.spec import Text

if TYPE_CHECKING:
    from layers.planning.planning import Planning

SHARE = Text(zh="覆盖率", en="share reached")
MOST_VILLAGES, MOST_GAPS, NAMED = 60, 10, 3
BASES = {
    "standard": "依据{where}",
    "suggestion": "是建议值，没有标准条款，只作起点",
    "county": "是县里的规定{where}",
}


def blocks(
    planning: "Planning", viewer: Viewer, plan: ReportPlan
) -> tuple[str, list[Block], tuple[str, ...], tuple[str, ...]]:
    """Title without the name of the place, blocks, the layers behind them, and how they were made; raises as
    ``Planning.coverage``."""
    asked = plan.coverage
    assert asked is not None
    given = planning.coverage(viewer, asked)
    services = "、".join(planning.catalog.layer(layer).title.zh for layer in asked.services)
    layers = tuple(given.editions)
    made = [
        *_overall(planning, given, services),
        *_townships(given, services),
        *_unreached(planning, given),
        *_gaps(planning, viewer, given),
    ]
    methods = (given.method, *(f"注意：{note}。" for note in given.notes))
    return f"{services}覆盖情况报告", made, layers, methods


def share_of(given: Coverage, covered: float, total: float) -> Figure:
    """A share of the demand, with what it is made of."""
    (layer, edition), *others = given.editions.items()
    method = Text(zh=given.method[:400], en="see the method of the coverage")
    return Figure(
        "covered", SHARE, ratio(covered, total), "", layer, edition, method,
        numerator=finite(covered), denominator=finite(total), also=tuple(others), of=given.unit,
    )  # fmt: skip


def amount_of(given: Coverage, what: str, value: float | None, unit: str) -> Figure:
    """Another number of the same question; none where it is infinite or not known."""
    (layer, edition), *others = given.editions.items()
    method = Text(zh=given.method[:400], en="see the method of the coverage")
    known = None if value is None else finite(value)
    return Figure(what, SHARE, known, unit, layer, edition, method, also=tuple(others))


def standard_words(standards: tuple[Standard, ...], plan: CoveragePlan) -> str:
    """Which clause the threshold stands on, or that there is none."""
    wanted = (plan.limit, plan.unit, plan.demand)
    found = [item for item in standards if (item.within, item.unit, item.population) == wanted]
    fits = [item for item in found if not item.services or set(plan.services) <= set(item.services)]
    limit = limit_words(plan.limit, plan)
    if not fits:
        return f"阈值 {limit}由提问的人定，没有对应的标准条款。"
    item = fits[0]
    where = f" {item.document.zh} {item.clause}" if item.document and item.clause else ""
    said_by = BASES[item.basis].format(where=where)
    note = f"。{item.note.zh.rstrip('。')}" if item.note and item.basis == "standard" else ""
    return f"阈值 {limit}{said_by}{note}。"


def _overall(planning: "Planning", given: Coverage, services: str) -> list[Block]:
    plan = given.plan
    whole, reached = DEMAND_TITLES[plan.demand], share_of(given, given.covered, given.total)
    unit, missed = given.unit, given.total - given.covered
    inside = f"在{services}的阈值以内" + ("、分得到名额" if plan.capacity else "")
    rate = f"覆盖率 {with_unit(reached)}；" if based(given.total, unit) else ""
    text = (
        f"{whole} {plain(given.total, 0)} {unit}，其中 {plain(given.covered, 0)} {unit}{inside}，"
        f"{rate}没有覆盖的 {plain(missed, 0)} {unit}。{_ground(plan)}。"
    )
    others = given.limits[1:]
    more = [_at(given, item.limit, item.covered) for item in others]
    gain = sum(given.gain.values())
    way = "增加" if gain >= 0 else "减少"
    level = planning.door.divisions.named(plan.by).called
    first = (
        f"与现状相比，覆盖的{way} {plain(abs(gain), 0)} {unit}，涉及 {len(given.gain)} 个{level}。"
        if given.gain
        else ""
    )
    return [
        Heading(1, "总体情况"),
        said(first, text, f"换用其他阈值：{'，'.join(more)}。" if more else "", _sensitivity(given)),
        said(standard_words(planning.standards(), plan)),
    ]


def _ground(plan: CoveragePlan) -> str:
    """What counts as reached: how distance is measured, of which services, with places or without."""
    words: str = reach_words(plan, ways_words(plan))
    if len(plan.services) > 1:
        words += f"，{match_words(plan)}"
    return words + ("；计容量，中心满了轮到下一处" if plan.capacity else "")


def _at(given: Coverage, limit: float, covered: float) -> str:
    return f"{limit_words(limit, given.plan)}时 {share(covered, given.total, given.unit)}"


def _sensitivity(given: Coverage) -> str:
    """How the share changes with half and with twice the threshold; nothing where places are counted, of which the
    curve knows nothing."""
    plan = given.plan
    if plan.capacity:
        return ""
    known = zip(given.curve.at, given.curve.shares, strict=True)
    wanted = {plan.limit / 2, plan.limit * 2} - set(plan.limits)
    parts = [
        _at(given, limit, restored(part, given.total)) for limit, part in sorted(known) if limit in wanted
    ]
    return f"阈值改变，覆盖率随之改变：{'，'.join(parts)}。" if parts else ""


def _townships(given: Coverage, services: str) -> list[Block]:
    plan, unit = given.plan, given.unit
    length = UNIT_WORDS[plan.unit]
    columns = (
        Column("乡镇", 2.2, numbers=False), Column(f"{DEMAND_TITLES[plan.demand]}（{unit}）", 1.6, decimals=0),
        Column(f"已覆盖（{unit}）", 1.5, decimals=0), Column("覆盖率", 1.2), Column(f"未覆盖（{unit}）", 1.5, decimals=0),
        Column(f"平均（{length}）", 1.5, decimals=0),
    )  # fmt: skip
    shares = [(row.name, share_of(given, row.covered, row.demand)) for row in given.townships]
    ranked = sorted(given.townships, key=lambda row: (row.share if row.share == row.share else 2.0, row.code))
    rows = tuple(_row(given, row.name, row) for row in ranked)
    whole = (*_cells(given, "合计", given.covered, given.total), BLANK)
    return [
        Heading(1, "分乡镇情况"),
        said(
            sentences.lowest_shares(shares, "覆盖率"), "各乡镇情况见", Ref("coverage"), "，分布见", Ref("map-coverage"), "。",
        ),
        Map("map-coverage", f"{services}覆盖（{limit_words(plan.limit, plan)}）", _map_words(plan)),
        Table("coverage", f"各乡镇{services}覆盖情况", columns, (*rows, whole) if len(rows) > 1 else rows,
              ("按覆盖率由低到高；平均是到最近一处的平均距离或时间，“—”到不了或没有数。",)),
    ]  # fmt: skip


def _row(given: Coverage, title: str, row: Row) -> tables.Row:
    mean = amount_of(given, "distance", row.distance, UNIT_WORDS[given.plan.unit])
    return (*_cells(given, title, row.covered, row.demand), tables.counted(mean, 0))


def _cells(given: Coverage, title: str, covered: float, total: float) -> tables.Row:
    unit = given.unit
    return (
        name(title), tables.counted(amount_of(given, "demand", total, unit), 0),
        tables.counted(amount_of(given, "reached", covered, unit), 0), tables.counted(share_of(given, covered, total)),
        tables.counted(amount_of(given, "missed", total - covered, unit), 0),
    )  # fmt: skip


def _unreached(planning: "Planning", given: Coverage) -> list[Block]:
    """Villages of which nobody is reached, with the smallest limit that would reach somebody."""
    head = Heading(1, "没有覆盖的村")
    bare, unit, length = given.unreached, given.unit, UNIT_WORDS[given.plan.unit]
    if not bare:
        return [head, said("每个村（社区）都至少有一部分覆盖到了。")]
    people = sum(row.demand for row in bare)
    top = ranked([(row.name, row.demand) for row in bare]).words(
        lambda title, demand: f"{title}（{plain(demand, 0)} {unit}）",
        lambda demand: f"{plain(demand, 0)} {unit}",
    )
    most = f"，{'最多的' if len(bare) > 1 else ''}是{top}" if not equal(row.demand for row in bare) else ""
    text = f"{len(bare)} 个村（社区）完全没有覆盖，共 {plain(people, 0)} {unit}{most}。"
    columns = (
        Column("村（社区）", 1.8, numbers=False), Column("乡镇", 1.5, numbers=False),
        Column(f"{DEMAND_TITLES[given.plan.demand]}（{unit}）", 1.5, decimals=0), Column("最近的中心", 2.6, numbers=False),
        Column(f"至少需要（{length}）", 1.5, decimals=0),
    )  # fmt: skip
    rows = tuple(
        (
            name(row.name), name(planning.areas.name_within(row.code, "township")),
            tables.counted(amount_of(given, "demand", row.demand, unit), 0), name(row.nearest),
            tables.counted(amount_of(given, "needed", row.needed, length), 0),
        )
        for row in bare[:MOST_VILLAGES]
    )  # fmt: skip
    notes = ["“至少需要”是最先有人到得了的最小阈值，“—”再大也到不了。"]
    if len(bare) > MOST_VILLAGES:
        notes.append(f"只列人最多的 {MOST_VILLAGES} 个，共 {len(bare)} 个。")
    table = Table("unreached", "没有覆盖的村（社区）", columns, rows, tuple(notes))
    return [head, said(text, "详见", Ref("unreached"), "。"), table]


def _gaps(planning: "Planning", viewer: Viewer, given: Coverage) -> list[Block]:
    """Where those out of reach live together, and where a new centre would do most for each."""
    head = Heading(1, "空白片区")
    try:
        reach: Reach = planning.shapes(viewer, given.plan)
    except UnknownAreaError as error:
        return [head, said(f"没有画空白区：{error}")]
    found, unit, length = reach.gaps[:MOST_GAPS], given.unit, UNIT_WORDS[given.plan.unit]
    if not found:
        return [head, said("没有空白片区，阈值以外没有人。")]
    columns = (
        Column("空白片区", 2.2, numbers=False), Column(f"未覆盖（{unit}）", 1.4, decimals=0),
        Column(f"最远（{length}）", 1.3, decimals=0), Column("建议位置", 2.6, numbers=False),
        Column(f"新增覆盖（{unit}）", 1.5, decimals=0),
    )  # fmt: skip
    rows = tuple(_gap(given, gap, length) for gap in found)
    notes = (
        "“最远”是其中最远的地点到最近的中心，“—”到不了；“新增覆盖”是在建议位置新建一处，阈值以内新覆盖的。",
    )
    return [
        head,
        said(_gap_words(reach, unit), f"前 {len(found)} 片见" if len(reach.gaps) > len(found) else "详见", Ref("gaps"), "。"),
        Table("gaps", f"没有覆盖的{unit}最多的空白片区", columns, rows, notes),
    ]  # fmt: skip


def _gap(given: Coverage, gap: Gap, length: str) -> tuple[Cell, ...]:
    site = gap.site
    return (
        name(gap.name), tables.counted(amount_of(given, "missed", gap.people, given.unit), 0),
        tables.counted(amount_of(given, "farthest", gap.farthest, length), 0), name(site.title if site else ""),
        tables.counted(amount_of(given, "gain", site.gain if site else None, given.unit), 0),
    )  # fmt: skip


def _gap_words(reach: Reach, unit: str) -> str:
    """How many gaps there are, the largest, and what a centre there would do."""
    gaps = reach.gaps
    top = ranked([(gap.name, gap.people) for gap in gaps]).words(
        lambda title, people: f"{title}（{plain(people, 0)} {unit}）", lambda people: f"{plain(people, 0)} {unit}"
    )  # fmt: skip
    most = f"，{f'没有覆盖的{unit}数最多的' if len(gaps) > NAMED else ''}是{top}"
    text = f"没有覆盖的地点相距不超过 {plain(reach.linked_m)} 米的连成一片，共 {len(gaps)} 片{most}。"
    site = gaps[0].site
    if site is None or gaps[0].people in [gap.people for gap in gaps[1:2]]:
        return text
    return f"{text}在{gaps[0].name}这一片的{site.title}新建一处，阈值以内可新增覆盖 {plain(site.gain, 0)} {unit}。"


def _map_words(plan: CoveragePlan) -> tuple[tuple[str, str], ...]:
    return tuple(({"theme": "coverage"} | plan.query()).items())
