"""Sentences of reports, made from figures by rules: plain, what changed first, every share with its parts."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from geo.wording import (
    BASE,
    LEAST,
    MEASURED,
    MOST_TIED,
    Ranked,
    based,
    equal,
    exact,
    lower,
    number,
    percent,
    ranked,
    share,
    signed,
)
from layers.areas.figures import Figure
from layers.reports.changes import Change
from layers.reports.periods import Period, read_period
from layers.reports.words import day, listed, shown, with_unit

Named = tuple[str, Change]
Group = tuple[str, Sequence[Named]]
"""What the members are (“乡镇”, “类别”), and the change of each."""
Shares = Sequence[tuple[str, Figure]]


def overview(period: Period, total: Change, year: Change | None, *, whole: str = "全县") -> str:
    """How many happened, beside the period before and the same one of the year before."""
    if total.now.value is None:
        return f"{period.words}{whole}矛盾纠纷的件数不公开。"
    parts = [f"{period.words}，{whole}发生矛盾纠纷 {with_unit(total.now)}", total.words()]
    if year is not None:
        parts.append(year.words())
    return "；".join([f"{parts[0]}，{parts[1]}", *parts[2:]]) + "。"


def unfinished(
    period: Period, seen: tuple[date, date, tuple[str, ...]], total: Figure, *, whole: str = "全县"
) -> str:
    """How many happened in a period of which the data cover but some days, or not every month between."""
    first, last, missing = seen
    began = [f"{day(first)}起有数据"] if first > period.since else []
    ended = [f"截至 {day(last)}"] if last < period.until else []
    silent = [f"{'、'.join(read_period(month).words for month in missing)}没有采集"] if missing else []
    when = "，".join([*began, *ended, *silent])
    return f"{period.words}（{when}），{whole}发生矛盾纠纷 {with_unit(total)}；{period.noun}的数据不完整，不与往期比较。"


def movers(than: str, groups: Sequence[Group]) -> str:
    """Of each group the members that changed most, the largest change first; empty where nothing can be compared."""
    best = []
    for what, members in groups:
        moved = [(name, change) for name, change in members if _matters(change.amount, change.now.unit)]
        most = max((abs(change.amount or 0) for _, change in moved), default=0)
        first = [(name, change) for name, change in moved if abs(change.amount or 0) == most]
        if first:
            best.append((most, _most_moved(what, first)))
    best.sort(key=lambda item: -item[0])
    return f"与{than}相比，{'；'.join(words for _, words in best)}。" if best else ""


def rises_and_falls(than: str, members: Sequence[Named], what: str) -> str:
    """How many rose, fell and stayed, and which rose and fell most."""
    known = [(name, change.amount) for name, change in members if change.amount is not None]
    if not known:
        return ""
    unit = members[0][1].now.unit
    up = [(name, n) for name, n in known if n > 0]
    down = [(name, -n) for name, n in known if n < 0]
    level = len(known) - len(up) - len(down)
    sides = [(some, word) for some, word in ((up, "增加"), (down, "减少")) if some]
    counts = [_how_many(some, word, what, unit) for some, word in sides] + (
        [f"{level} 个持平"] if level else []
    )
    most = [words for some, word in sides if (words := _moved_more(some, word, unit))]
    return f"与{than}相比，" + "，".join(counts) + ("；" + "；".join(most) if most else "") + "。"


def most(members: Shares, total: Figure, what: str) -> str:
    """Which have the most, with their part of the whole; few cases have no rank."""
    known = [(name, figure) for name, figure in members if figure.value]
    if not known or not total.value:
        return ""
    if len(known) == 1:
        return f"只涉及{known[0][0]} {with_unit(known[0][1])}。"
    if len(known) == len(members) and equal(figure.value for _, figure in known):
        return f"各{what}件数相同，都是 {with_unit(known[0][1])}。"
    enough = [(name, figure) for name, figure in known if (figure.value or 0) >= LEAST]
    if not enough:
        return f"涉及 {len(known)} 个{what}，都不足 {LEAST} {total.unit}，不排名次。"
    top = ranked(enough, key=_value)
    if not top.named:
        return f"件数最多的{what}有 {top.tied} 个，各 {with_unit(enough[0][1])}。"
    names = top.words(_with_name, with_unit)
    whole = "" if top.tied or len(top.named) == len(known) else _of_all(top, total)
    return f"件数最多的{what}是{names}{whole}。"


def withheld(members: Sequence[tuple[str, Figure]], what: str) -> str:
    """How many are not published."""
    hidden = sum(figure.withheld and figure.value is None for _, figure in members)
    return f"{hidden} 个{what}的件数不公开，没有参与比较和排序，也没有推算。" if hidden else ""


def resolution(period: Period, as_of: date, share: Figure, still: Figure, late: Figure | None) -> str:
    """How many of the period's disputes are closed, open and overdue by the day of the data."""
    closed = f"{number(share.numerator or 0)} {still.unit}"
    if share.value is None:
        return f"截至 {day(as_of)}，{period.noun}没有需要化解的纠纷。"
    rate = f"，化解率 {with_unit(share)}" if based(share.denominator) else ""
    said = f"截至 {day(as_of)}，{period.noun}发生的矛盾纠纷已结案 {closed}{rate}；未结案 {with_unit(still)}"
    if late is None:
        return f"{said}，化解时限没有采集，不计超期。"
    if not still.value:
        return f"{said}。"
    if late.value == still.value:
        return f"{said}，{'都' if (still.value or 0) > 1 else '已'}超过化解时限。"
    part = f"，占未结案的 {_share(late, still)}" if late.value and based(still.value) else ""
    return f"{said}，其中超过化解时限的 {with_unit(late)}{part}。"


def slowest(members: Shares) -> str:
    """Where a smaller share is closed than elsewhere, among those with enough cases."""
    known = [(name, figure) for name, figure in members if figure.value is not None]
    enough = _enough(known)
    if len(enough) < 2:
        return ""
    among = "" if len(enough) == len(known) else f"在发生不少于 {BASE} 件的 {len(enough)} 个乡镇中，"
    if equal(_part(figure) for _, figure in enough):
        return f"{among}化解率各乡镇相同，都是 {shown(enough[0][1])}。"
    low = ranked(lower(enough, _part), key=_part, rising=True)
    if not low.named:
        return f"{among}化解率较低的有 {low.tied} 个，都是 {shown(low.value or enough[0][1])}。"
    return f"{among}化解率较低的是{low.words(_with_name, shown)}。"


def yearly(
    year: str, than: str, known: Sequence[tuple[Figure, Figure | None]], *, whole: str = "全县"
) -> str:
    """Figures of the latest year beside those of the year before; what has none there stands together at the end."""
    parts = [
        f"{_spoken(now)} {with_unit(now)}，{Change(now, then, than).words()}" for now, then in known if then
    ]
    alone = "、".join(f"{_spoken(now)} {with_unit(now)}" for now, then in known if not then)
    if alone:
        parts.append(f"{alone}（{than}没有采集，不作比较）")
    return f"集体经济指标按年统计，最近一期是{year}：{whole}{'；'.join(parts)}。" if parts else ""


def lowest_shares(members: Shares, title: str) -> str:
    """Which areas have the lowest shares, and which the highest, among those with enough people."""
    known = [(name, figure) for name, figure in members if figure.value is not None]
    enough = _enough(known)
    if len(enough) < 2:
        return ""
    among = "" if len(enough) == len(known) else f"在基数不少于 {BASE} 的 {len(enough)} 个乡镇中，"
    best = max((figure for _, figure in enough), key=_part)
    top = [name for name, figure in enough if _part(figure) == _part(best)]
    if len(top) == len(enough):
        return f"{among}各乡镇{title}相同，都是 {shown(best)}。"
    low = ranked(lower(enough, _part), key=_part, rising=True)
    last = (
        f"是{low.words(_with_name, shown)}"
        if low.named
        else f"有 {low.tied} 个，都是 {shown(low.value or best)}"
    )
    first = f"有 {len(top)} 个，都是 {shown(best)}" if len(top) > MOST_TIED else f"是{listed(top)}，"
    if len(top) <= MOST_TIED:
        first += with_unit(best) if len(top) == 1 else f"都是 {shown(best)}"
    return f"{among}{title}最低的{last}；最高的{first}。"


def _enough(members: Shares) -> list[tuple[str, Figure]]:
    """Shares of bases on which per cent can be said."""
    return [(name, figure) for name, figure in members if based(figure.denominator, figure.of)]


def _part(figure: Figure) -> Fraction:
    """A share as an exact number, so that ties are ties."""
    return (exact(figure.numerator) or Fraction(0)) / (exact(figure.denominator) or Fraction(1))


def _value(figure: Figure) -> float:
    return figure.value or 0


def _with_name(name: str, figure: Figure) -> str:
    return f"{name} {with_unit(figure)}"


def _share(part: Figure, whole: Figure) -> str:
    return share(part.value or 0, whole.value or 0)


def _of_all(top: Ranked[Figure], total: Figure) -> str:
    """What the named have together, as a part of all."""
    some, every = sum(_value(figure) for _, figure in top.named), total.value or 0
    parts, together = f"{number(some)} / {number(every)} {total.unit}", "合计" if len(top.named) > 1 else ""
    if based(every):
        return f"，{together}占全部的 {percent(some, every)}（{parts}）"
    return f"，{together} {parts}" if together else ""


def _matters(amount: float | None, unit: str) -> bool:
    """Whether a change may have a rank: one or two cases more say nothing."""
    return bool(amount) and (unit in MEASURED or abs(amount or 0) >= LEAST)


def _most_moved(what: str, first: Sequence[Named]) -> str:
    """Whoever changed most; all that are tied."""
    if len(first) == 1:
        return f"{what}中变化最大的是{first[0][0]}，{_moved(first[0][1])}"
    if len(first) <= MOST_TIED:
        return (
            f"{what}中变化最大的是{'、'.join(f'{name}（{signed(change.amount)}）' for name, change in first)}"
        )
    change = first[0][1]
    size = f"{number(abs(change.amount or 0))} {change.now.unit}".rstrip()
    ways = {(other.amount or 0) > 0 for _, other in first}
    way = "增减都是" if len(ways) > 1 else "各增加" if True in ways else "各减少"
    return f"变化最大的有 {len(first)} 个{what}，{way} {size}"


def _how_many(some: Sequence[tuple[str, float]], word: str, what: str, unit: str) -> str:
    """“3 个乡镇增加”; “5 个乡镇各增加 1 件” where all of them did alike."""
    amount, alike = some[0][1], _alike(some)
    if not alike and (len(some) > 1 or _matters(amount, unit)):
        return f"{len(some)} 个{what}{word}"
    few = alike and len(some) <= MOST_TIED and _matters(amount, unit)
    names = f"（{'、'.join(name for name, _ in some)}）" if few else ""
    return f"{len(some)} 个{what}{'各' if alike else ''}{word} {number(amount)} {unit}{names}"


def _moved_more(some: Sequence[tuple[str, float]], word: str, unit: str) -> str:
    """Which moved more than others; empty where all did alike, or none enough."""
    enough = [(name, n) for name, n in some if _matters(n, unit)]
    if not enough or _alike(some):
        return ""
    top = ranked(enough)
    if not top.named:
        return f"{word}最多的有 {top.tied} 个，各 {number(enough[0][1])} {unit}"
    first = f"{word}{'较多' if len(some) > 1 else ''}的是"
    return f"{first}{top.words(lambda name, n: f'{name}（{number(n)} {unit}）', lambda n: f'{number(n)} {unit}')}"


def _alike(some: Sequence[tuple[str, float]]) -> bool:
    return equal(n for _, n in some)


def _spoken(figure: Figure) -> str:
    """The label without the catchword before it: “清理合同金额” of “清：清理合同金额”."""
    return figure.label.zh.rpartition("：")[2]


def _moved(change: Change) -> str:
    now, then, amount = change.now, change.then, change.amount or 0
    was = shown(then) if then is not None else ""
    way = "增加" if amount > 0 else "减少"
    return f"{way} {number(abs(amount))} {now.unit}（由 {was} {now.unit}到 {shown(now)} {now.unit}）"
