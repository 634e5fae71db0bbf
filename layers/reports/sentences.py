"""Sentences of reports, made from figures by rules: plain, what changed first, every share with its parts."""

from collections.abc import Sequence
from datetime import date

from layers.areas.figures import Figure
from layers.reports.changes import Change, largest
from layers.reports.periods import Period, read_period
from layers.reports.words import day, listed, number, percent, shown, with_unit

Named = tuple[str, Change]
Group = tuple[str, Sequence[Named]]
"""What the members are (“乡镇”, “类别”), and the change of each."""
MOST_NAMED = 3


def overview(period: Period, total: Change, year: Change | None) -> str:
    """How many happened, beside the period before and the same one of the year before."""
    if total.now.value is None:
        return f"{period.words}全县矛盾纠纷的件数不公开。"
    parts = [f"{period.words}，全县发生矛盾纠纷 {with_unit(total.now)}", total.words()]
    if year is not None:
        parts.append(year.words())
    return "；".join([f"{parts[0]}，{parts[1]}", *parts[2:]]) + "。"


def unfinished(period: Period, seen: tuple[date, date, tuple[str, ...]], total: Figure) -> str:
    """How many happened in a period of which the data cover but some days, or not every month between."""
    first, last, missing = seen
    began = [f"{day(first)}起有数据"] if first > period.since else []
    ended = [f"截至 {day(last)}"] if last < period.until else []
    silent = [f"{'、'.join(read_period(month).words for month in missing)}没有采集"] if missing else []
    when = "，".join([*began, *ended, *silent])
    return f"{period.words}（{when}），全县发生矛盾纠纷 {with_unit(total)}；{period.noun}的数据不完整，不与往期比较。"


def movers(than: str, groups: Sequence[Group]) -> str:
    """Of each group the member that changed most, the largest change first; empty where nothing can be compared."""
    best = []
    for what, members in groups:
        names = {id(change): name for name, change in members}
        moved = largest([change for _, change in members])
        if moved:
            best.append((what, names[id(moved[0])], moved[0]))
    best.sort(key=lambda item: -abs(item[2].amount or 0))
    if not best:
        return ""
    said = [f"{what}中变化最大的是{name}，{_moved(change)}" for what, name, change in best]
    return f"与{than}相比，" + "；".join(said) + "。"


def rises_and_falls(than: str, members: Sequence[Named], what: str) -> str:
    """How many rose, fell and stayed, and which rose and fell most."""
    known = [(name, change.amount) for name, change in members if change.amount is not None]
    if not known:
        return ""
    up = sorted(((name, n) for name, n in known if n > 0), key=lambda item: -item[1])
    down = sorted(((name, n) for name, n in known if n < 0), key=lambda item: item[1])
    level = len(known) - len(up) - len(down)
    counts = [f"{len(some)} 个{what}{word}" for some, word in ((up, "增加"), (down, "减少")) if some] + (
        [f"{level} 个持平"] if level else []
    )
    most = [f"{word}较多的是{_amounts(some)}" for some, word in ((up, "增加"), (down, "减少")) if some]
    return f"与{than}相比，" + "，".join(counts) + ("；" + "；".join(most) if most else "") + "。"


def most(members: Sequence[tuple[str, Figure]], total: Figure, what: str) -> str:
    """Which have the most, with their part of the whole."""
    known = [(name, figure) for name, figure in members if figure.value]
    known.sort(key=lambda item: -(item[1].value or 0))
    if not known or not total.value:
        return ""
    top = known[:MOST_NAMED]
    names = "、".join(f"{name} {with_unit(figure)}" for name, figure in top)
    if len(known) == 1:
        return f"只涉及{names}。"
    part = sum(figure.value or 0 for _, figure in top)
    whole = (
        f"，合计占全部的 {percent(part / total.value)}（{number(part)} / {number(total.value)} {total.unit}）"
    )
    return f"件数最多的{what}是{names}{whole if len(known) > MOST_NAMED else ''}。"


def withheld(members: Sequence[tuple[str, Figure]], what: str) -> str:
    """How many are not published."""
    hidden = sum(figure.withheld and figure.value is None for _, figure in members)
    return f"{hidden} 个{what}的件数不公开，没有参与比较和排序，也没有推算。" if hidden else ""


def resolution(period: Period, as_of: date, share: Figure, still: Figure, late: Figure | None) -> str:
    """How many of the period's disputes are closed, open and overdue by the day of the data."""
    closed = f"{number(share.numerator or 0)} {still.unit}"
    if share.value is None:
        return f"截至 {day(as_of)}，{period.noun}没有需要化解的纠纷。"
    said = (
        f"截至 {day(as_of)}，{period.noun}发生的矛盾纠纷已结案 {closed}，化解率 {with_unit(share)}；"
        f"未结案 {with_unit(still)}"
    )
    if late is None:
        return f"{said}，化解时限没有采集，不计超期。"
    if not still.value:
        return f"{said}。"
    if late.value == still.value:
        return f"{said}，{'都' if (still.value or 0) > 1 else '已'}超过化解时限。"
    part = f"占未结案的 {percent((late.value or 0) / still.value)}（{number(late.value or 0)} / {number(still.value)}）"
    return f"{said}，其中超过化解时限的 {with_unit(late)}" + (f"，{part}。" if late.value else "。")


def slowest(members: Sequence[tuple[str, Figure]]) -> str:
    """Where the smallest share is closed."""
    known = [(name, figure) for name, figure in members if figure.value is not None]
    low = sorted(known, key=lambda item: (item[1].value or 0, item[0]))[:MOST_NAMED]
    if len(known) < 2 or low[0][1].value == max(figure.value or 0 for _, figure in known):
        return ""
    return "化解率较低的是" + "、".join(f"{name} {with_unit(figure)}" for name, figure in low) + "。"


def yearly(year: str, than: str, known: Sequence[tuple[Figure, Figure | None]]) -> str:
    """Figures of the latest year beside those of the year before; what has none there stands together at the end."""
    parts = [
        f"{_spoken(now)} {with_unit(now)}，{Change(now, then, than).words()}" for now, then in known if then
    ]
    alone = "、".join(f"{_spoken(now)} {with_unit(now)}" for now, then in known if not then)
    if alone:
        parts.append(f"{alone}（{than}没有采集，不作比较）")
    return f"最近一期是{year}：全县{'；'.join(parts)}。" if parts else ""


def lowest_shares(members: Sequence[tuple[str, Figure]], title: str) -> str:
    """Which areas have the lowest shares, and which the highest."""
    known = [(name, figure) for name, figure in members if figure.value is not None]
    if len(known) < 2:
        return ""
    ranked = sorted(known, key=lambda item: (item[1].value or 0, item[0]))
    best = ranked[-1][1]
    top = [name for name, figure in ranked if figure.value == best.value]
    if len(top) == len(ranked):
        return f"各乡镇{title}相同，都是 {shown(best)}。"
    low = "、".join(f"{name} {with_unit(figure)}" for name, figure in ranked[: -len(top)][:MOST_NAMED])
    high = with_unit(best) if len(top) == 1 else f"都是 {shown(best)}"
    return f"{title}最低的是{low}；最高的是{listed(top, MOST_NAMED)}，{high}。"


def _spoken(figure: Figure) -> str:
    """The label without the catchword before it: “清理合同金额” of “清：清理合同金额”."""
    return figure.label.zh.rpartition("：")[2]


def _moved(change: Change) -> str:
    now, then, amount = change.now, change.then, change.amount or 0
    was = shown(then) if then is not None else ""
    way = "增加" if amount > 0 else "减少"
    return f"{way} {number(abs(amount))} {now.unit}（由 {was} {now.unit}到 {shown(now)} {now.unit}）"


def _amounts(some: list[tuple[str, float]]) -> str:
    return "、".join(f"{name}（{number(abs(n))} 件）" for name, n in some[:MOST_NAMED])
