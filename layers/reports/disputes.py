"""Sections about disputes: how many, where, of which kind and level, and what became of them."""

from dataclasses import replace

from layers.areas.figures import Figure
from layers.catalog import Catalog
from layers.language.order import name_key
from layers.reports import sentences, tables
from layers.reports.changes import Change
from layers.reports.compared import TITLE, Compared, Pick
from layers.reports.counts import Counts
from layers.reports.document import Block, Column, Heading, Map, Ref, Table, name, said
from layers.reports.sentences import Named
from layers.reports.words import with_unit
from layers.spec import Text

RESOLVED = Text(zh="化解率", en="share closed")
CLOSED = Text(zh="已结案", en="closed")
PART, OF_ALL = Text(zh="占比", en="share of all"), Text(zh="该类 ÷ 全部", en="of this kind ÷ all")
OPEN, LATE = Text(zh="未结案", en="open"), Text(zh="超期未结", en="overdue")
THEME = "disputes"
LEVELS = "warning_level"
NO_LEVEL, NO_CATEGORY = "未定级", "未注明类别"
ALL = "合计"


def total(counts: Counts) -> int | None:
    return counts.total


def township(code: str) -> Pick:
    return lambda counts: counts.townships.get(code, 0)


def category(value: str) -> Pick:
    return lambda counts: counts.categories.get(value, 0)


def level(value: str) -> Pick:
    return lambda counts: counts.levels.get(value, 0)


def overview(given: Compared, catalog: Catalog) -> list[Block]:
    """How many, what changed most, and the table of comparisons."""
    every, year = given.change(total), given.change_of_year(total)
    whole = str(given.disputes.door.divisions.whole)
    first = sentences.overview(given.period, every, year, whole=whole)
    if not given.finished:
        seen = given.disputes.seen(given.period)
        first = sentences.unfinished(given.period, seen, every.now, whole=whole)
    groups = [
        ("乡镇", _townships(given)),
        ("类别", _categories(given, catalog)),
        ("预警等级", _levels(given, catalog)),
    ]
    moved = sentences.movers(given.than, [(what, members) for what, members in groups if members])
    return [
        Heading(1, "总体情况"),
        said(first, "主要数字见", Ref("overview"), "。"),
        *([said(moved)] if moved else []),
        _overview_table(given, catalog),
    ]


def townships(given: Compared, *, drawn: bool) -> list[Block]:
    """Where they happened; ``drawn`` with a map of the period."""
    members = _townships(given)
    now = [(title, change.now) for title, change in members]
    words = [
        sentences.rises_and_falls(given.than, members, "乡镇"),
        sentences.most(now, given.figure(given.now, total), "乡镇"),
        sentences.withheld(now, "乡镇"),
    ]
    columns = (
        Column("乡镇", 2, numbers=False), Column("件数"), *_columns(given), Column("人口（人）", 1.6),
        Column("每千人件数", 1.6, decimals=2),
    )  # fmt: skip
    rows = [
        (change.now, _township_row(given, title, change, code))
        for (code, title), (_, change) in zip(given.townships(), members, strict=True)
    ]
    whole = _township_row(given, ALL, given.change(total), given.disputes.door.county)
    every = (*tables.by_size(rows), whole)
    caption = f"{given.period.words}各乡镇矛盾纠纷（件）"
    seen = ("，分布见", Ref("map-disputes")) if drawn else ()
    picture = Map("map-disputes", f"{given.period.words}矛盾纠纷发生率分布", tuple(_map_words(given).items()))
    return [
        Heading(2, "乡镇分布"),
        said(*words, "各乡镇情况见", Ref("townships"), *seen, "。"),
        *([picture] if drawn else []),
        Table("townships", caption, columns, every, tables.hidden(every)),
    ]


def categories(given: Compared, catalog: Catalog) -> list[Block]:
    """Of which kind they were."""
    members = _categories(given, catalog)
    if not members:
        return []
    every = given.figure(given.now, total)
    now = [(title, change.now) for title, change in members]
    columns = (Column("类别", 3, numbers=False), Column("件数"), Column("占比"), *_columns(given))
    rows = [(change.now, _category_row(given, title, change, every)) for title, change in members]
    others = f"；本期和{given.than}都没有的类别不列" if given.before is not None else ""
    sum_of_parts = tables.adds_up([change.now.value or 0 for _, change in members], every.value or 0)
    return [
        Heading(2, "类别分布"),
        said(
            sentences.rises_and_falls(given.than, members, "类别"), sentences.most(now, every, "类别"),
            "各类别情况见", Ref("categories"), "。",
        ),
        Table(
            "categories", f"{given.period.words}各类矛盾纠纷（件）", columns, tables.by_size(rows),
            (f"占比的分母是全部 {with_unit(every)}{others}。", *sum_of_parts),
        ),
    ]  # fmt: skip


def resolution(given: Compared) -> list[Block]:
    """What became of them, by township."""
    now, period, as_of = given.now, given.period, given.disputes.as_of
    share, still, late = _resolution(given, sum(now.closed.values()), now.total or 0, sum(now.open.values()),
                                     None if now.overdue is None else sum(now.overdue.values()))  # fmt: skip
    columns = (
        Column("乡镇", 2.2, numbers=False), Column("发生"), Column("已结案"), Column("化解率", 1.2), Column("未结案"),
        Column("超期未结", 1.2),
    )  # fmt: skip
    rows, members = [], []
    for code, title in given.townships():
        happened, closed = now.townships.get(code) or 0, now.closed.get(code, 0)
        overdue = None if now.overdue is None else now.overdue.get(code, 0)
        figures = _resolution(given, closed, happened, now.open.get(code, 0), overdue)
        members.append((title, figures[0]))
        rows.append((given.figure(now, township(code)), _resolution_row(given, title, figures)))
    undated = (
        f"{now.undated} 件未结案的没有写化解时限，不算超期。"
        if now.overdue is not None and now.undated
        else ""
    )
    whole = _resolution_row(given, ALL, (share, still, late))
    return [
        Heading(1, "化解情况"),
        said(
            sentences.resolution(period, as_of, share, still, late), undated, sentences.slowest(members),
            "各乡镇化解情况见", Ref("resolution"), "。往期的纠纷已有更长的办理时间，化解率不与往期比较。",
        ),
        Table(
            "resolution", f"{period.words}各乡镇矛盾纠纷化解情况（件）", columns, (*tables.by_size(rows), whole),
            ("化解率 = 已结案 ÷ 发生。",),
        ),
    ]  # fmt: skip


def _resolution(
    given: Compared, closed: int, happened: int, still: int, late: int | None
) -> tuple[Figure, Figure, Figure | None]:
    make = given.disputes.figure
    return (
        given.disputes.share("resolved", RESOLVED, (closed, happened), given.period),
        make("open", OPEN, still, given.period),
        None if late is None else make("overdue", LATE, late, given.period),
    )


def _resolution_row(given: Compared, title: str, figures: tuple[Figure, Figure, Figure | None]) -> tables.Row:
    share, still, late = figures
    closed = given.disputes.figure("closed", CLOSED, int(share.numerator or 0), given.period)
    happened = given.disputes.figure("disputes", TITLE, int(share.denominator or 0), given.period)
    overdue = name("") if late is None else tables.counted(late)
    return (
        name(title), tables.counted(happened), tables.counted(closed), tables.counted(share), tables.counted(still),
        overdue,
    )  # fmt: skip


def _overview_table(given: Compared, catalog: Catalog) -> Table:
    with_year = given.year is not None
    columns = [Column("指标", 3, numbers=False), Column("本期"), *_columns(given)]
    columns += [Column("上年同期", 1.5), Column("同比增幅", 1.6)] if with_year else []
    picks: list[tuple[str, Pick]] = [("矛盾纠纷", total)]
    picks += [(f"{'其中：' if not at else ''}{title}", level(value))
              for at, (value, title) in enumerate(_level_titles(given, catalog))]  # fmt: skip
    rows = []
    for title, pick in picks:
        change, year = given.change(pick), given.change_of_year(pick)
        cells = [name(title), tables.counted(change.now), *_cells(given, change)]
        rows.append((*cells, *([tables.then(year), tables.growth(year)] if with_year else [])))
    return Table(
        "overview", f"{given.period.words}主要数字（件）", tuple(columns), tuple(rows), tables.hidden(rows)
    )


def _columns(given: Compared) -> tuple[Column, ...]:
    """The period before and the change; nothing where they cannot be compared."""
    if given.before is None:
        return ()
    return (Column(given.than, 1.2), Column("增减"), Column("增幅", 1.6))


def _cells(given: Compared, change: Change) -> tables.Row:
    if given.before is None:
        return ()
    return (tables.then(change), tables.amount(change), tables.growth(change))


def _township_row(given: Compared, title: str, change: Change, code: str) -> tables.Row:
    people, rate = given.people(code), given.rate(change.now, code)
    return (
        name(title), tables.counted(change.now), *_cells(given, change), tables.counted(people) if people else name(""),
        tables.counted(rate, 2),
    )  # fmt: skip


def _category_row(given: Compared, title: str, change: Change, every: Figure) -> tables.Row:
    part = _part(given, change.now, every)
    return (name(title), tables.counted(change.now), tables.counted(part), *_cells(given, change))


def _townships(given: Compared) -> list[Named]:
    return [(title, given.change(township(code), "disputes")) for code, title in given.townships()]


def _categories(given: Compared, catalog: Catalog) -> list[Named]:
    titles = catalog.codelists["dispute_category"]
    found = {
        value for counts in (given.now, given.before) if counts is not None for value in counts.categories
    }
    order = [value for value in titles.values() if value in found] + sorted(
        found - set(titles.values()), key=name_key
    )
    return [(titles.title_of(value, "zh") or NO_CATEGORY, given.change(category(value))) for value in order]


def _level_titles(given: Compared, catalog: Catalog) -> list[tuple[str, str]]:
    """Every level in its order, and what is not graded where there is any; nothing for the public."""
    if given.disputes.public:
        return []
    titles = catalog.codelists[LEVELS]
    found = {value for counts in (given.now, given.before) if counts is not None for value in counts.levels}
    named = [(value, f"{titles.title_of(value, 'zh')}预警") for value in titles.values()]
    return named + [
        (value, value or NO_LEVEL) for value in sorted(found - set(titles.values()), key=name_key)
    ]


def _levels(given: Compared, catalog: Catalog) -> list[Named]:
    return [(title, given.change(level(value))) for value, title in _level_titles(given, catalog)]


def _part(given: Compared, figure: Figure, whole: Figure) -> Figure:
    """A category as a share of all."""
    parts = (int(figure.value or 0), int(whole.value or 0))
    return replace(given.disputes.share("part", PART, parts, given.period), method=OF_ALL)


def _map_words(given: Compared) -> dict[str, str]:
    when = {"since": str(given.period.since), "until": str(given.period.until)}
    return {
        "theme": THEME,
        **({"period": given.period.text} if given.disputes.public else when),
        "show": "rate",
    }
