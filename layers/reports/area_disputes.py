"""Disputes in the profile of an area: the last months for staff, published periods for the public."""

from geo.wording import number
from layers.areas import Area
from layers.areas.cases import Cases, PublishedCases, RecentCases, counted
from layers.areas.figures import Figure
from layers.extent import Extent, month_span
from layers.reports import tables
from layers.reports.changes import Change
from layers.reports.document import Block, Column, Heading, Ref, Table, name, said
from layers.reports.periods import read_period
from layers.reports.words import with_unit
from layers.spec import Text

RECENT = 3
HALF = 0.5


def section(area: Area, cases: Cases | None) -> list[Block]:
    """The blocks; ``cases`` is what the profile says, None where the county has no disputes."""
    if cases is None:
        return []
    head = Heading(1, "矛盾纠纷")
    if isinstance(cases, PublishedCases):
        return [head, *_published(cases)]
    if not isinstance(cases, RecentCases):
        return [head, said(f"矛盾纠纷{_note(cases)}")]
    if not cases.months:
        return [head, said("没有矛盾纠纷记录。")]
    return [head, *_monthly(area, cases)]


def _monthly(area: Area, cases: RecentCases) -> list[Block]:
    extent = cases.extent
    rows = tuple((name(_month(_of(month), extent)), tables.counted(month)) for month in cases.months)
    first, final = _of(cases.months[0]), _of(cases.months[-1])
    whole = (name("合计"), tables.counted(counted(cases, cases.total, f"{first}—{final}")))
    rate, still = cases.per_thousand, cases.open
    words = (
        _trend(cases, [month for month in cases.months if extent.covers(*month_span(_of(month)))]),
        f"{_month(first, extent)}至{_month(final, extent)}共 {number(cases.total)} 件",
        f"，每千人 {number(rate, 2)} 件。" if rate is not None else "。",
        f"没有结案的 {number(sum(still.values()))} 件。" if still is not None else "",
        _note(cases),
    )
    columns = (Column("月份", 2.6, numbers=False), Column("件数"))
    return [
        said(*words, "各月件数见", Ref("disputes"), "。"),
        Table("disputes", f"{area.name}各月矛盾纠纷（件）", columns, (*rows, whole), width=HALF),
    ]


def _note(cases: Cases) -> str:
    return cases.note.zh if isinstance(cases.note, Text) else cases.note


def _of(figure: Figure) -> str:
    """The period of a count; every count has one."""
    return figure.period or ""


def _month(text: str, extent: Extent) -> str:
    """2026年11月; “2026年11月（截至 20 日）” where the data end within it, “（28 日起）” where they begin."""
    words, (first, last) = read_period(text).words, month_span(text)
    part = extent.part(first, last)
    if part is None or part == (first, last):
        return words
    return f"{words}（{part[0].day} 日起）" if part[0] > first else f"{words}（截至 {part[1].day} 日）"


def _published(cases: PublishedCases) -> list[Block]:
    if not cases.periods:
        return [said(_note(cases) or "还没有公布过完整的季度。")]
    quarters = [figure for figure in cases.periods if "Q" in _of(figure)]
    words = ""
    if quarters:
        now, then = quarters[-1], quarters[-2] if len(quarters) > 1 else None
        count = (
            f"{with_unit(now)}，{Change(now, then, '上季度').words()}"
            if now.value is not None
            else "的件数不公开"
        )
        words = f"{read_period(_of(now)).words}发生矛盾纠纷{' ' if now.value is not None else ''}{count}。"
    rows = tuple((name(read_period(_of(figure)).words), tables.counted(figure)) for figure in cases.periods)
    columns = (Column("时段", numbers=False), Column("件数"))
    return [
        said(words, "公布的各期件数见", Ref("disputes"), "。"),
        Table("disputes", "公布的矛盾纠纷（件）", columns, rows, tables.hidden(rows), width=HALF),
    ]


def _trend(cases: Cases, months: list[Figure]) -> str:
    """The last three whole months beside the three before them."""
    if len(months) < 2 * RECENT:
        return ""
    now, then = months[-RECENT:], months[-2 * RECENT : -RECENT]
    change = Change(_sum(cases, now), _sum(cases, then), f"前 {RECENT} 个月")
    since, until = read_period(_of(now[0])), read_period(_of(now[-1]))
    same = since.since.year == until.since.year
    ends = f"{until.since.month}月" if same else until.words
    return f"{since.words}至{ends}发生矛盾纠纷 {with_unit(change.now)}，{change.words()}。"


def _sum(cases: Cases, months: list[Figure]) -> Figure:
    total = sum(int(month.value or 0) for month in months)
    return counted(cases, total, f"{_of(months[0])}—{_of(months[-1])}")
