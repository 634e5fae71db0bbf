"""Disputes in the profile of an area: the last months for staff, published periods for the public."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from layers.areas import Area
from layers.areas.figures import COUNTED, Figure
from layers.editions import Edition
from layers.editions.manifest import source_of
from layers.reports import tables
from layers.reports.changes import Change
from layers.reports.counts import PUBLISHED, covered_until
from layers.reports.document import Block, Column, Heading, Ref, Table, name, said
from layers.reports.periods import read_period
from layers.reports.words import number, with_unit

if TYPE_CHECKING:
    from layers.planning.planning import Planning

Given = Mapping[str, Any]
Counter = Callable[[int | None, str], Figure]
"""Makes a figure of a count and its period."""
RECENT = 3
HALF = 0.5


def section(planning: "Planning", area: Area, given: Given | None) -> list[Block]:
    """The blocks; ``given`` is what the profile says, None where the county has no disputes."""
    if given is None:
        return []
    head = Heading(1, "矛盾纠纷")
    if given["visibility"] == "none":
        return [head, said(f"矛盾纠纷{given['note']}")]
    if given["visibility"] == "counts":
        return _published(planning, given, head)
    months = given["months"]
    if not months:
        return [head, said("没有矛盾纠纷记录。")]
    return [head, *_monthly(planning, area, given)]


def _monthly(planning: "Planning", area: Area, given: Given) -> list[Block]:
    make, months = _counter(planning, given), given["months"]
    last = covered_until(_edition(planning, given))
    rows = tuple(
        (name(_month(month["month"], last)), tables.counted(make(month["count"], month["month"])))
        for month in months
    )
    whole = (name("合计"), tables.counted(make(given["total"], f"{given['since']}—{given['until']}")))
    rate, still = given.get("per_thousand"), given["open"]
    since, until = read_period(given["since"]).words, _month(given["until"], last)
    words = (
        _trend(make, [month for month in months if read_period(month["month"]).until <= last]),
        f"{since}至{until}共 {number(given['total'])} 件",
        f"，每千人 {number(rate, 2)} 件。" if rate is not None else "。",
        f"没有结案的 {number(sum(still.values()))} 件。" if still is not None else "",
        given["note"] or "",
    )
    columns = (Column("月份", 2.6, numbers=False), Column("件数"))
    return [
        said(*words, "各月件数见", Ref("disputes"), "。"),
        Table("disputes", f"{area.name}各月矛盾纠纷（件）", columns, (*rows, whole), width=HALF),
    ]


def _edition(planning: "Planning", given: Given) -> Edition:
    edition = planning.door.store.current(given["layer"])
    assert edition is not None
    return edition


def _month(text: str, last: date) -> str:
    """2026年11月; “2026年11月（截至 20 日）” where the data end within it."""
    month = read_period(text)
    within = month.since <= last < month.until
    return f"{month.words}（截至 {last.day} 日）" if within else month.words


def _published(planning: "Planning", given: Given, head: Heading) -> list[Block]:
    periods = given["periods"]
    if not periods:
        return [head, said(given["note"] or "还没有公布过完整的季度。")]
    make = _counter(planning, given)
    quarters = [item for item in periods if "Q" in item["period"]]
    words = ""
    if quarters:
        now = make(quarters[-1]["count"], quarters[-1]["period"])
        then = make(quarters[-2]["count"], quarters[-2]["period"]) if len(quarters) > 1 else None
        period = read_period(quarters[-1]["period"])
        count = (
            f"{with_unit(now)}，{Change(now, then, '上季度').words()}"
            if now.value is not None
            else "的件数不公开"
        )
        words = f"{period.words}发生矛盾纠纷{' ' if now.value is not None else ''}{count}。"
    rows = tuple(
        (name(read_period(item["period"]).words), tables.counted(make(item["count"], item["period"])))
        for item in periods
    )
    columns = (Column("时段", numbers=False), Column("件数"))
    return [
        head,
        said(words, "公布的各期件数见", Ref("disputes"), "。"),
        Table("disputes", "公布的矛盾纠纷（件）", columns, rows, tables.hidden(rows), width=HALF),
    ]


def _trend(make: Counter, months: list[dict[str, Any]]) -> str:
    """The last three whole months beside the three before them."""
    if len(months) < 2 * RECENT:
        return ""
    now, then = months[-RECENT:], months[-2 * RECENT : -RECENT]
    change = Change(_sum(make, now), _sum(make, then), f"前 {RECENT} 个月")
    since, until = read_period(now[0]["month"]), read_period(now[-1]["month"])
    same = since.since.year == until.since.year
    ends = f"{until.since.month}月" if same else until.words
    return f"{since.words}至{ends}发生矛盾纠纷 {with_unit(change.now)}，{change.words()}。"


def _sum(make: Counter, months: list[dict[str, Any]]) -> Figure:
    return make(sum(month["count"] for month in months), f"{months[0]['month']}—{months[-1]['month']}")


def _counter(planning: "Planning", given: Given) -> Counter:
    """A function that makes a figure of a count of disputes."""
    layer = given["layer"]
    spec = planning.catalog.layer(layer)
    source = source_of(spec, _edition(planning, given))
    public = given["visibility"] == "counts"

    def make(value: int | None, period: str) -> Figure:
        return Figure(
            layer, spec.title, value, spec.count_unit.zh, layer, given["edition"], PUBLISHED if public else COUNTED,
            period=period, source=source, withheld=public and value is None,
        )  # fmt: skip

    return make
