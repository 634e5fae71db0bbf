"""A report for a viewer: the plan's kind decides what stands in it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.planning.methods import any_demo, used_editions
from layers.reports import coverage, governance, profile
from layers.reports.document import Block, Report
from layers.reports.plans import Kind, ReportPlan

if TYPE_CHECKING:
    from layers.planning import Planning

VERSION = "1"
"""Goes into the fingerprint; raise it when what stands in a report changes."""
Maker = Callable[["Planning", Viewer, ReportPlan], tuple[str, list[Block], tuple[str, ...]]]
MAKERS: Mapping[Kind, Maker] = {
    "governance": governance.blocks,
    "coverage": coverage.blocks,
    "profile": profile.blocks,
}


def compose(planning: "Planning", viewer: Viewer, plan: ReportPlan, *, made_on: date) -> Report:
    """The report as data; ``made_on`` is the date printed at its end.

    Raises:
        As the questions it asks: ForbiddenError, FilterError, ArgumentError and its kinds; the message says what can be had.
    """
    title, blocks, layers = MAKERS[plan.kind](planning, viewer, plan)
    place = _place(planning, plan)
    editions = used_editions(planning.door, layers)
    ids = {layer: edition.id for layer, edition in editions.items()}
    return Report(
        kind=plan.kind, title=f"{place}{title}", query=plan.key, blocks=tuple(blocks), editions=ids,
        demo=any_demo(editions), staff=viewer.role != "public", made_on=made_on,
        fingerprint=_fingerprint(plan, viewer, ids, made_on),
    )  # fmt: skip


def _place(planning: "Planning", plan: ReportPlan) -> str:
    """What stands before the title: the county, or the area of a coverage question."""
    if plan.coverage is not None and plan.coverage.code:
        return planning.areas.area(plan.coverage.code).name
    return planning.areas.name_of(planning.door.county)


def _fingerprint(plan: ReportPlan, viewer: Viewer, editions: Mapping[str, str], made_on: date) -> str:
    """Eight hex digits over everything that decides what the report says."""
    parts = [VERSION, plan.key, viewer.key, dict(editions), made_on.isoformat()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]
