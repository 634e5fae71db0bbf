"""The profile of one area: what its page shows, as a report."""

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.wording import based, equal, lower, number, ranked
from layers.areas import Area, Register
from layers.areas.figures import AS_GIVEN, MEASURED, Figure
from layers.areas.parts import Child, Grown, Indicator, Profile
from layers.areas.sections import AREA
from layers.disclosure import Viewer
from layers.disclosure.times import own_period
from layers.divisions import Divisions
from layers.editions.manifest import source_of
from layers.reports import area_disputes, tables
from layers.reports.document import BLANK, Block, Cell, Column, Heading, Map, Ref, Table, name, said
from layers.reports.plans import ReportPlan
from layers.reports.words import with_unit
from layers.spec import Text

if TYPE_CHECKING:
    from layers.planning.planning import Planning

THEME = "overview"
SERVED = frozenset({"farm-service-coops"})
"""Land that these work on is grown by others and counted there."""


def blocks(
    planning: "Planning", viewer: Viewer, plan: ReportPlan
) -> tuple[str, list[Block], tuple[str, ...], tuple[str, ...]]:
    """Title with the name of the area, blocks, the layers behind them, and how they were made; raises UnknownAreaError."""
    profile = planning.areas.profile(plan.code, viewer)
    area = profile.area
    layers = tuple(dict.fromkeys(_layers(profile)))
    made = [
        *_basics(planning.door.divisions, profile),
        *_services(area, profile.services),
        *_industry(profile.industry),
        *area_disputes.section(area, profile.disputes),
        *_indicators(profile.indicators),
        *_children(planning.areas.register(), area, profile.children),
    ]
    return f"{'' if area.code == planning.door.county else area.name}基本情况", made, layers, ()


def _basics(divisions: Divisions, profile: Profile) -> list[Block]:
    area, figures = profile.area, profile.figures
    known = [_named(figure) for figure in figures if figure.value is not None]
    parents = "".join(parent.name for parent in profile.parents)
    where = (
        f"{area.name}（代码 {area.code}）是{parents}的{divisions.named(area.level).called}"
        if parents
        else f"{area.name}（代码 {area.code}）"
    )
    columns = (
        Column("指标", 2.2, numbers=False), Column("数值", 1.4), Column("单位", 0.8, numbers=False),
        Column("时点", 1.6, numbers=False), Column("来源", 2, numbers=False), Column("口径", 1.6, numbers=False),
    )  # fmt: skip
    rows = tuple(
        (name(figure.label.zh), tables.counted(figure), name(figure.unit), name(figure.period or ""),
         name(_source(figure)), name(figure.method.zh))
        for figure in figures
    )  # fmt: skip
    return [
        Heading(1, "基本情况"),
        said(f"{where}，{'，'.join(known)}。" if known else f"{where}。", "各项的时点和来源见", Ref("basics"), "，位置见", Ref("map-area"), "。"),
        Map("map-area", f"{area.name}位置和设施", (("theme", THEME), ("code", area.code))),
        Table("basics", f"{area.name}基本数字", columns, rows, tables.dashed(rows)),
    ]  # fmt: skip


def _services(area: Area, services: tuple[Figure, ...]) -> list[Block]:
    """What is there; services of townships stand apart from those of villages, and after them."""
    known = [figure for figure in services if figure.denominator]
    villages, townships, counties = (
        sorted((figure for figure in known if figure.level == level), key=_value)
        for level in ("village", "township", "county")
    )
    figures = [*villages, *townships, *counties]
    if not figures:
        return []
    bare = [figure.label.zh for figure in figures if not figure.numerator]
    words = [
        f"没有的服务 {len(bare)} 类：{'、'.join(bare)}。" if bare else "",
        _everywhere("村里有" if area.level == "village" else "每个村都有", villages),
        _everywhere("乡镇有" if area.level == "township" else "每个乡镇都有", townships),
    ]
    table = _has_or_not(figures) if area.level == "village" else _how_many_have(figures)
    return [Heading(1, "服务设施"), said(*words, "各类服务见", Ref("services"), "。"), table]


def _everywhere(whole: str, figures: list[Figure]) -> str:
    """The services that are in every village, or in every township."""
    full = [
        figure.label.zh for figure in sorted(figures, key=_value) if figure.numerator == figure.denominator
    ]
    return f"{whole}的服务 {len(full)} 类：{'、'.join(full)}。" if full else ""


def _value(figure: Figure) -> float:
    return figure.value or 0


def _has_or_not(figures: list[Figure]) -> Table:
    """The services of one village."""
    columns = (
        Column("服务", 3.2, numbers=False), Column("有没有", numbers=False), Column("时点", 1.6, numbers=False),
        Column("来源", 2, numbers=False),
    )  # fmt: skip
    rows = tuple(
        (name(figure.label.zh), name("有" if figure.value else "没有"), name(figure.period or ""), name(_source(figure)))
        for figure in figures
    )  # fmt: skip
    return Table("services", "村里的各类服务", columns, rows)


def _how_many_have(figures: list[Figure]) -> Table:
    """The services of an area by the villages that have them, some by townships or counties."""
    columns = (
        Column("服务", 3.2, numbers=False), Column("有的"), Column("全部"), Column("比例", 1.2),
        Column("时点", 1.6, numbers=False), Column("来源", 2, numbers=False),
    )  # fmt: skip
    rows = tuple(
        (name(figure.label.zh), tables.counted(_part(figure, "numerator")), tables.counted(_part(figure, "denominator")),
         tables.counted(figure), name(figure.period or ""), name(_source(figure)))
        for figure in figures
    )  # fmt: skip
    apart = [
        f"{'、'.join(figure.label.zh for figure in figures if figure.level == level)}按{word}"
        for level, word in (("township", "乡镇"), ("county", "县"))
        if any(figure.level == level for figure in figures)
    ]
    said = f"（{'，'.join(apart)}）" if apart else ""
    return Table("services", f"各类服务至少有一处的村{said}", columns, rows)


def _industry(every: tuple[Grown, ...]) -> list[Block]:
    parts = [part for part in every if part.figure.layer not in SERVED]
    if not parts:
        return []
    unit = parts[0].figure.unit
    known = [(part.figure.label.zh, value) for part in parts if (value := part.figure.value) is not None]
    top = ranked(known)
    named = [f"{label} {number(value, 0)} {unit}" for label, value in top.named]
    tied = [f"并列的还有 {top.tied} 类，各 {number(top.value, 0)} {unit}"] if top.tied else []
    columns = (
        Column("品种或类别", 2.8, numbers=False), Column(f"面积（{unit}）", 1.4, decimals=0), Column("个数"),
        Column("时点", 1.6, numbers=False), Column("来源", 2, numbers=False), Column("口径", 1.8, numbers=False),
    )  # fmt: skip
    rows = tuple(
        (name(part.figure.label.zh), tables.counted(part.figure, 0), tables.counted(_rows(part)),
         name(part.figure.period or ""), name(_source(part.figure)), name(part.figure.method.zh))
        for part in parts
    )  # fmt: skip
    missing = sum(part.rows - part.amount.reported for part in parts)
    words = f"有 {missing} 个没有报面积，不在合计里。" if missing else ""
    largest = f"面积最大的是{tables.enumerated([*named, *tied])}。" if named or tied else ""
    return [
        Heading(1, "产业"),
        said(largest, words, "各项见", Ref("industry"), "。"),
        Table("industry", "产业面积", columns, rows, tables.dashed(rows)),
    ]


def _indicators(indicators: tuple[Indicator, ...]) -> list[Block]:
    figures = [one.figure for one in indicators if one.figure.value is not None]
    if not figures:
        return []
    columns = (
        Column("指标", 3.6, numbers=False), Column("数值", 1.2), Column("单位", 0.9, numbers=False), Column("分子"), Column("分母"),
        Column("时点", 1.2, numbers=False), Column("来源", 1.6, numbers=False),
    )  # fmt: skip
    rows = tuple(
        (name(figure.label.zh), tables.counted(figure), name(figure.unit) if figure.unit else BLANK,
         *_fraction(figure), name(figure.period or ""), name(_source(figure)))
        for figure in figures
    )  # fmt: skip
    return [
        Heading(1, "指标"),
        said(_lowest(figures), "各项指标见", Ref("indicators"), "。"),
        Table("indicators", "最近一期指标", columns, rows),
    ]


def _lowest(figures: list[Figure]) -> str:
    """The lowest shares; of an area that can only reach one or not, those that it does not."""
    shares = [figure for figure in figures if figure.share and figure.value is not None]
    missed = [_title(figure) for figure in shares if figure.denominator == 1 and not figure.value]
    many = [(_title(figure), figure) for figure in shares if based(figure.denominator, figure.of)]
    words = f"没有达到的有 {len(missed)} 项：{tables.enumerated(missed)}。" if missed else ""
    low = ranked(lower(many, _value), key=_value, rising=True) if len(many) > 3 else None
    if low is not None and low.named:
        words += f"比例较低的是{tables.enumerated([f'{title} {with_unit(figure)}' for title, figure in low.named])}。"
    return words


def _title(figure: Figure) -> str:
    """The label in a sentence: in quotes where it has two parts."""
    label = figure.label.zh
    return f"“{label}”" if "：" in label else label


def _children(register: Register, area: Area, below: tuple[Child, ...]) -> list[Block]:
    if not below:
        return []
    title = str(register.divisions.named(below[0].area.level).called)
    columns = (
        Column(title, 2, numbers=False), Column("代码", 2, numbers=False), Column("人口（人）", 1.3), Column("60 岁以上（人）", 1.5),
        Column("户数（户）", 1.3), Column("面积（km²）", 1.3, decimals=1),
    )  # fmt: skip
    rows = tuple(
        (name(child.area.name), name(child.area.code),
         *(tables.counted(_people(child, key)) for key in ("population", "population_60_plus", "households")),
         tables.counted(_size(register, child.area), 1))
        for child in below
    )  # fmt: skip
    known = [(child.area.name, people) for child in below if (people := _people(child, "population").value)]
    top = ranked(known).words(
        lambda title, people: f"{title} {number(people)} 人", lambda people: f"{number(people)} 人"
    )
    words = f"人口最多的是{top}，" if len(known) > 1 and not equal(people for _, people in known) else ""
    return [
        Heading(1, f"下辖{title}"),
        said(f"下辖 {len(below)} 个{title}，", words, "名单见", Ref("children"), "。"),
        Table("children", f"{area.name}下辖{title}", columns, rows, tables.dashed(rows)),
    ]


def _people(child: Child, key: str) -> Figure:
    """People of a division below; a figure without a value where villages do not say."""
    return child.people[key] or Figure(key, AREA, None, "", "villages", "", AS_GIVEN)


def _size(register: Register, area: Area) -> Figure:
    """The size of a division, as its own layer draws it."""
    given = register.given[area.layer]
    return Figure("area_km2", AREA, area.area_km2, "km²", area.layer, given.edition.id, MEASURED,
                  period=own_period(given), source=source_of(given.spec, given.edition))  # fmt: skip


def _layers(profile: Profile) -> list[str]:
    figures = (
        *profile.figures,
        *profile.services,
        *(part.figure for part in profile.industry),
        *(one.figure for one in profile.indicators),
    )
    return [figure.layer for figure in figures] + (
        [] if profile.disputes is None else [profile.disputes.spec.id]
    )


def _part(figure: Figure, which: str) -> Figure:
    """Numerator or denominator as a figure of its own."""
    value = getattr(figure, which)
    return Figure(f"{figure.id}-{which}", figure.label, value, "个", figure.layer, figure.edition, figure.method,
                  period=figure.period, source=figure.source)  # fmt: skip


def _rows(part: Grown) -> Figure:
    """How many parcels a class has."""
    return replace(part.figure, id=f"{part.figure.layer}-rows", value=part.rows, unit="个")


def _fraction(figure: Figure) -> tuple[Cell, Cell]:
    """Numerator and denominator, where it has them."""
    if figure.denominator is None:
        return BLANK, BLANK
    return tables.counted(_part(figure, "numerator")), tables.counted(_part(figure, "denominator"))


def _named(figure: Figure) -> str:
    """Label and number in a sentence; a closing bracket needs no space after it."""
    label = figure.label.zh
    return f"{label}{'' if label.endswith('）') else ' '}{with_unit(figure)}"


def _source(figure: Figure) -> str:
    return figure.source.zh if isinstance(figure.source, Text) else figure.source or ""
