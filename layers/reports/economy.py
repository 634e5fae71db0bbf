"""The section about the collective economy in the report of a year: indicators of the latest year that they are known of."""

from dataclasses import replace
from typing import TYPE_CHECKING

from layers.areas import indicators
from layers.areas.figures import Figure
from layers.disclosure import Disclosed, Door, RowFilter, Viewer
from layers.editions.manifest import source_of
from layers.reports import sentences, tables
from layers.reports.changes import Change
from layers.reports.document import Block, Column, Heading, Ref, Table, name, said
from layers.reports.periods import Period

if TYPE_CHECKING:
    from layers.planning.planning import Planning

CODES = ("collective_income", "contracts_cleaned", "debts_resolved", "fees_collected")
MAIN = CODES[0]
Found = dict[str, dict[str, Figure]]
"""Indicator → area code → figure."""


def section(planning: "Planning", viewer: Viewer, period: Period) -> list[Block]:
    """The blocks; says so where nothing was collected, nothing at all where the county keeps no such indicators, and
    in a month or a quarter, of which figures of a year say nothing."""
    if period.span != "year":
        return []
    door = planning.door
    known = [code for code in CODES if code in door.catalog.indicators]
    given = _given(door, viewer)
    if given is None or not known:
        return []
    years = sorted({str(text) for text in given.rows["period"].dropna()} & set(_years(period)))
    years = [year for year in years if len(_rows(door, viewer, known, year).rows)]
    if not years:
        return [Heading(1, "集体经济"), said(f"到{period.words}为止，没有采集集体经济指标。")]
    now = _figures(door, viewer, known, years[-1])
    then = _figures(door, viewer, known, str(int(years[-1]) - 1))
    return _blocks(planning, years[-1], now, then)


def left_out(planning: "Planning", viewer: Viewer, period: Period) -> bool:
    """Whether the county has such indicators, and the period is too short for them."""
    known = any(code in planning.catalog.indicators for code in CODES)
    return period.span != "year" and known and _given(planning.door, viewer) is not None


def _blocks(planning: "Planning", year: str, now: Found, then: Found) -> list[Block]:
    county, than = planning.door.county, f"{int(year) - 1}年"
    known = [
        (figure, then.get(code, {}).get(county))
        for code, areas in now.items()
        if (figure := areas.get(county))
    ]
    changes = [
        (planning.areas.name_of(code), Change(figure, then.get(MAIN, {}).get(code), than))
        for code, figure in now.get(MAIN, {}).items()
        if planning.door.divisions.level_of(code) == planning.door.divisions.named("township")
    ]
    first = sentences.yearly(f"{year}年", than, known, whole=str(planning.door.divisions.whole))
    moved = sentences.movers(than, [("乡镇集体经济收入", changes)]) if changes else ""
    if not changes:
        return [Heading(1, "集体经济"), said(first or f"{year}年的指标只到村和乡镇。")]
    return [
        Heading(1, "集体经济"),
        said(first, moved, "各乡镇情况见", Ref("economy"), "。"),
        _table(year, than, changes),
    ]


def _table(year: str, than: str, changes: list[tuple[str, Change]]) -> Table:
    unit = changes[0][1].now.unit
    columns = (
        Column("乡镇", 2.2, numbers=False), Column(f"{year}年", 1.3, decimals=1), Column(than, 1.3, decimals=1),
        Column("增减", 1.3), Column("增幅", 1.3),
    )  # fmt: skip
    rows = [
        (change.now, (name(title), tables.counted(change.now, 1), tables.then(change), tables.amount(change), tables.growth(change)))
        for title, change in changes
    ]  # fmt: skip
    return Table(
        "economy", f"{year}年各乡镇集体经济收入（{unit}）", columns, tables.by_size(rows), ("由村汇总。",)
    )


def _given(door: Door, viewer: Viewer) -> Disclosed | None:
    layer = indicators.LAYER
    if layer not in door.catalog.layers or door.store.current(layer) is None:
        return None
    return door.rows(layer, viewer) if door.access(door.catalog.layer(layer), viewer) == "exact" else None


def _years(period: Period) -> list[str]:
    return [str(year) for year in range(1990, period.until.year + 1)]


def _rows(door: Door, viewer: Viewer, codes: list[str], year: str) -> Disclosed:
    fields = (("indicator", tuple(codes)), ("period", (year,)))
    return door.rows(indicators.LAYER, viewer, RowFilter(fields=fields))


def _figures(door: Door, viewer: Viewer, codes: list[str], year: str) -> Found:
    """Figures of a year by indicator and area, rolled up as in the profiles of areas."""
    given = _rows(door, viewer, codes, year)
    totals = indicators.totals(given, door.catalog)
    answer: Found = {}
    for code in sorted({area for _, area in totals}):
        for definition, figure, _ in indicators.figures(totals, door.catalog, code, given.edition.id):
            said_by = source_of(given.spec, given.edition, str(figure.source or ""))
            answer.setdefault(definition.code, {})[code] = replace(figure, source=said_by)
    return {code: answer[code] for code in codes if code in answer}
