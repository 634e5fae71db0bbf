"""The section about places where disputes gather beyond chance."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import GovmapError
from geo.wording import LEAST, number
from layers.areas.figures import Figure
from layers.disclosure import Viewer
from layers.language.order import name_key
from layers.planning.hotspots import Hotspots, Spot
from layers.planning.plans import HotspotPlan
from layers.reports import tables
from layers.reports.document import Block, Cell, Column, Heading, Map, Ref, Table, name, said
from layers.reports.periods import Period
from layers.reports.words import listed
from layers.spec import Text

if TYPE_CHECKING:
    from layers.areas import Areas
    from layers.planning.planning import Planning

MOST_ROWS = 15
LEAST_Q = 0.0001
LABEL = Text(zh="矛盾纠纷热点", en="hot spots of disputes")
COLUMNS = (
    Column("村（社区）", 2, numbers=False), Column("乡镇", 1.6, numbers=False), Column("件数"),
    Column("每千人件数（平滑后）", 1.6, decimals=2), Column("z", decimals=2), Column("q", 1.2, decimals=4),
)  # fmt: skip


def section(planning: "Planning", viewer: Viewer, period: Period, since: date) -> tuple[list[Block], str]:
    """The blocks, and the sentence on how it was worked out; says why where it cannot be. ``since`` is the first day of
    the period that the data cover: months before it are no months without disputes."""
    plan = HotspotPlan(since=since, until=period.until)
    try:
        given = planning.hotspots(viewer, plan)
    except GovmapError as error:
        return [Heading(1, "热点情况"), said(f"本期没有算热点：{error}")], ""
    found = sorted((row for row in given.rows if row.side == "hot"), key=lambda row: -(row.z or 0.0))
    hot = [row for row in found if (row.n or 0) >= LEAST]
    few = len(found) - len(hot)
    blocks: list[Block] = [
        Heading(1, "热点情况"),
        said(_sentence(planning, given, hot), _too_few(few), *_seen(hot)),
    ]
    if hot:
        words = tuple(_map_words(planning, viewer, period, since).items())
        blocks.append(Map("map-hotspots", f"{period.words}矛盾纠纷热点", words))
        blocks.append(_table(planning, given, hot, period))
    return blocks, given.method


def _too_few(count: int) -> str:
    """Places among hot ones that had next to nothing themselves."""
    return f"另有 {count} 个村（社区）周围多发、本身不足 {LEAST} 件，不作热点。" if count else ""


def _seen(hot: list[Spot]) -> tuple[str | Ref, ...]:
    return ("热点见", Ref("hotspots"), " 和", Ref("map-hotspots"), "。") if hot else ()


def _sentence(planning: "Planning", given: Hotspots, hot: list[Spot]) -> str:
    used = [row for row in given.rows if row.rate is not None]
    cold = sum(row.side == "cold" for row in given.rows)
    level = f"q 不超过 {number(given.plan.alpha, 2)}"
    note = f"{given.note}。" if given.note else ""
    if not hot:
        return f"在参与计算的 {len(used)} 个村（社区）中，没有显著的热点（{level}）。{note}"
    places = listed([row.name for row in hot], 6)
    towns = townships(planning.areas, hot)
    return (
        f"在参与计算的 {len(used)} 个村（社区）中，{len(hot)} 个是热点，{f'{cold} 个' if cold else '没有'}冷点（{level}）。热点是{places}，"
        f"在{'、'.join(towns)}。{note}"
    )


def townships(areas: "Areas", spots: Iterable[Spot]) -> list[str]:
    """Names of the townships of some places, each once, in the order of names."""
    return sorted({areas.name_within(spot.code, "township") for spot in spots}, key=name_key)


def _table(planning: "Planning", given: Hotspots, hot: list[Spot], period: Period) -> Table:
    rows = tuple(_row(planning, given, row, period) for row in hot[:MOST_ROWS])
    more = (f"只列 z 最大的 {MOST_ROWS} 个，共 {len(hot)} 个。",) if len(hot) > MOST_ROWS else ()
    return Table("hotspots", f"{period.words}矛盾纠纷热点村（社区）", COLUMNS, rows, more)


def _row(planning: "Planning", given: Hotspots, row: Spot, period: Period) -> tables.Row:
    count = _figure(given, "n", row.n, "件", period)
    rate = _figure(given, "smoothed", row.smoothed, "件/千人", period)
    z, q = _figure(given, "z", row.z, "", period), _figure(given, "q", row.q, "", period)
    tiny = row.q is not None and row.q < LEAST_Q
    return (
        name(row.name), name(planning.areas.name_within(row.code, "township")), tables.counted(count), tables.counted(rate, 2),
        tables.counted(z, 2), Cell(f"＜{LEAST_Q}", q) if tiny else tables.counted(q, 4),
    )  # fmt: skip


def _figure(given: Hotspots, what: str, value: float | int | None, unit: str, period: Period) -> Figure:
    (layer, edition), *others = given.editions.items()
    method = Text(zh=given.method[:400], en="see the method of the hot spots")
    return Figure(what, LABEL, value, unit, layer, edition, method, period=period.text, also=tuple(others))


def _map_words(planning: "Planning", viewer: Viewer, period: Period, since: date) -> dict[str, str]:
    public = planning.door.access(planning.catalog.layer("disputes"), viewer) == "counts"
    when = {"period": period.text} if public else {"since": str(since), "until": str(period.until)}
    return {"theme": "disputes", **when, "show": "spots"}
