"""A report for a viewer: the plan's kind decides what stands in it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import ForbiddenError
from layers.disclosure import Viewer
from layers.planning.methods import any_demo, used_editions
from layers.reports import coverage, governance, profile
from layers.reports.counts import Disputes
from layers.reports.document import Block, Map, Report, Table
from layers.reports.periods import read_period
from layers.reports.plans import Kind, ReportPlan
from layers.reports.sources import named, sources
from layers.reports.tables import small
from layers.reports.version import VERSION

if TYPE_CHECKING:
    from layers.planning.planning import Planning

UNREVIEWED = "图没有审图号；公开本报告以前，把图送审或者去掉图。"
Made = tuple[str, list[Block], tuple[str, ...], tuple[str, ...]]
"""Title without the name of the place, blocks, the layers behind them, and sentences on how they were made."""
Maker = Callable[["Planning", Viewer, ReportPlan], Made]
MAKERS: Mapping[Kind, Maker] = {
    "governance": governance.blocks,
    "coverage": coverage.blocks,
    "profile": profile.blocks,
}


def check(planning: "Planning", viewer: Viewer, plan: ReportPlan) -> None:
    """Raises, before any work, for a place or a layer that is not known, and for a period or a signature that the viewer cannot have."""
    _check_maker(viewer, plan)
    code = plan.coverage.code if plan.coverage is not None else plan.code
    if code:
        planning.areas.area(code)
    for layer in plan.coverage.services if plan.coverage is not None else ():
        planning.catalog.layer(layer)
    if plan.kind == "governance":
        disputes = Disputes(planning.door, viewer)
        disputes.check(read_period(plan.period) if plan.period else disputes.usual())


def compose(
    planning: "Planning", viewer: Viewer, plan: ReportPlan, *, made_on: date, maker: str = ""
) -> Report:
    """The report as data; ``made_on`` is the date printed at its end, ``maker`` who stands above it where the plan names
    nobody.

    Raises:
        As the questions it asks: ForbiddenError, FilterError, ArgumentError and its kinds; the message says what can be had.
    """
    _check_maker(viewer, plan)
    title, made, layers, methods = MAKERS[plan.kind](planning, viewer, plan)
    if viewer.role == "public" and any(isinstance(block, Map) for block in made):
        methods = (*methods, UNREVIEWED)
    blocks = tuple(_sourced(planning, block) for block in [*made, *sources(planning.door, layers, methods)])
    place = _place(planning, plan)
    editions = used_editions(planning.door, layers)
    ids = {layer: edition.id for layer, edition in editions.items()}
    return Report(
        kind=plan.kind, title=f"{place}{title}", query=plan.key, blocks=blocks, editions=ids,
        demo=any_demo(editions), staff=viewer.role != "public", made_on=made_on,
        fingerprint=_fingerprint(plan, viewer, ids, (made_on, maker)), maker=plan.maker or maker, number=plan.number,
    )  # fmt: skip


def _check_maker(viewer: Viewer, plan: ReportPlan) -> None:
    if plan.maker and viewer.role == "public":
        raise ForbiddenError("署名（maker）由工作人员写，公开的身份不能写。")
    if plan.number and viewer.role == "public":
        raise ForbiddenError("文号（number）由工作人员写，公开的身份不能写。")


def _sourced(planning: "Planning", block: Block) -> Block:
    """A table of numbers with what they come from, unless a column of its own says it row by row, and with the note on
    shares that are not written."""
    if not isinstance(block, Table):
        return block
    block = replace(block, notes=(*block.notes, *small(block.rows)))
    if any(column.title == "来源" for column in block.columns):
        return block
    figures = (cell.figure for row in block.rows for cell in row if cell.figure is not None)
    layers = dict.fromkeys(layer for figure in figures for layer in figure.editions)
    return replace(block, source=named(planning.door, layers))


def _place(planning: "Planning", plan: ReportPlan) -> str:
    """What stands before the title: the county, or the area of a coverage question."""
    if plan.coverage is not None and plan.coverage.code:
        return planning.areas.area(plan.coverage.code).name
    return planning.areas.name_of(planning.door.county)


def _fingerprint(
    plan: ReportPlan, viewer: Viewer, editions: Mapping[str, str], made: tuple[date, str]
) -> str:
    """Eight hex digits over everything that decides what the report says."""
    parts = [VERSION, plan.key, viewer.key, dict(editions), made[0].isoformat(), made[1]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]
