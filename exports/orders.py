"""Jobs whose result is a file that is kept: atlases and reports, new or made again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from exports.drafts import draft_name, kept_drafts
from exports.kept import Making, kept_exports
from exports.reports.formats import FORMATS, checked_format
from exports.sheets import lawful
from exports.sheets.atlas import atlas_pages, atlas_plan
from exports.sheets.glyphs import check_typed
from exports.versions import VERSIONS
from geo.errors import StoreError, UnknownEditionError
from layers.disclosure import Viewer
from layers.jobs import Job, Report, described
from layers.language import N_

if TYPE_CHECKING:
    from exports.kept import Export
    from exports.reports.make import Composed
    from layers.county import County
    from layers.reports import ReportPlan

WHO, AGAIN, DATA = "who", "again", "data"
"""Words of such a job beside those of its plan: whose export it is, the token of what is made again, its data."""
PREVIEW = "preview"
"""Word of a report that is only looked at: its draft is kept, and no export."""
NOT_OF_THE_PLAN = ("format", "lang", PREVIEW)
"""Words of a report beside its plan; the language of the page that asks for it does not matter, reports are in Chinese."""
THEN, NOW = "then", "now"
DRAWING, WRITING = N_("正在画各幅"), N_("正在写报告")


@dataclass(frozen=True)
class Order:
    """What a job is to make: the words of the plan, the editions of an earlier day (None: the current ones), the date
    printed on it, and the export that it repeats."""

    words: Mapping[str, str]
    editions: Mapping[str, str] | None
    made_on: date
    before: "Export | None"


@dataclass(frozen=True)
class Product:
    """A file with the record of how it was made, and a small picture of its first page, None where it has no pages."""

    making: Making
    body: bytes
    picture: bytes | None


def check_atlas(words: Mapping[str, str], county: "County", viewer: "Viewer") -> object:
    """Raises for an atlas that cannot be, or may not be public."""
    plan = atlas_plan(words, county)
    lawful.check(plan.sheet, viewer)
    check_typed(plan.sheet)
    return atlas_pages(county, plan)


def check_report(words: Mapping[str, str], county: "County", viewer: "Viewer") -> object:
    """Raises for a report that cannot be: unknown words, a place that is not there, a period that this viewer cannot have."""
    from layers.reports.compose import check

    plan, _ = report_of(words, county, viewer)
    check(county.planning, viewer, plan)
    return plan


def make_atlas_export(county: "County", job: Job, report: Report) -> Mapping[str, Any]:
    """Draw an atlas and keep it; a cancelled one leaves nothing."""
    from exports.pictures import small_page
    from exports.sheets.atlas.making import make_atlas

    order = order_of(county, job)

    def _heard(share: float) -> bool:
        report(share, DRAWING)
        return report.cancelled()

    atlas = make_atlas(
        county, _viewer(job), atlas_plan(order.words, county), made_on=order.made_on, editions=order.editions, heard=_heard
    )  # fmt: skip
    if atlas is None:
        return {}
    failed = [
        {"page": one.page.code, "name": one.page.name, "error": described(one.error)}
        for one in atlas.failures
    ]
    picture = small_page(atlas.index[0])
    return _kept(county, job, order, Product(atlas.making(), atlas.body(), picture)) | {"failed": failed}


def report_of(words: Mapping[str, str], county: "County", viewer: "Viewer") -> "tuple[ReportPlan, str]":
    """The plan of a report and the format of its file.

    Raises:
        ArgumentError, LimitError: a word is unknown or cannot be.
    """
    from exports.reports.make import report_plan

    kind = checked_format(words.get("format") or FORMATS[0])
    asked = {name: word for name, word in words.items() if name not in NOT_OF_THE_PLAN}
    return report_plan(asked, county, viewer), kind


def make_report_export(county: "County", job: Job, report: Report) -> Mapping[str, Any]:
    """Write a report and keep it, or the draft of it that is looked at first; what was written for the look is not written
    again."""
    from exports.pictures import PAGE_PX
    from exports.reports.make import Composed

    order = order_of(county, job)
    then = county.as_of(order.editions) if order.editions is not None else county
    viewer = _viewer(job)
    plan, kind = report_of(order.words, then, viewer)
    report(0.1, WRITING)
    drafts, name = county.beside(kept_drafts), draft_name(then, viewer, plan, order.made_on)
    found = drafts.file(name, kind)
    if found is not None and PREVIEW not in job.plan:
        return _kept(county, job, order, Product(*found, drafts.small(name)))
    composed = Composed(then, viewer, plan, order.made_on)
    product = _product(composed, plan, kind, order)
    if PREVIEW not in job.plan:
        return _kept(county, job, order, product)
    drafts.keep(name, (composed.picture(PAGE_PX), composed.small_picture()), product.making, product.body)
    return {"size": len(product.body)}


def _product(composed: "Composed", plan: "ReportPlan", kind: str, order: Order) -> Product:
    made = composed.made(kind)
    making = Making(
        kind="report", format=kind, title=made.title, query=urlencode([*parse_qsl(plan.key), ("format", kind)]),
        fingerprint=made.fingerprint, editions=dict(made.editions), made_on=order.made_on, demo=made.demo,
        version=VERSIONS["report"],
    )  # fmt: skip
    return Product(making, made.body, None if kind == "xlsx" else composed.small_picture())


def order_of(county: "County", job: Job) -> Order:
    """The order of a job: its own words, or those of an export, from the data of its day where they still are.

    Raises:
        UnknownExportError: what is to be made again is no longer there.
    """
    words = {name: word for name, word in job.plan.items() if name not in (WHO, AGAIN, DATA, PREVIEW)}
    if AGAIN not in job.plan:
        return Order(words, None, county.today(), None)

    before = county.beside(kept_exports).get(job.plan[AGAIN], job.plan[WHO])
    editions, made_on = then_or_now(county, before, job.plan.get(DATA, THEN))
    return Order(before.making.words, editions, made_on, before)


def then_or_now(county: "County", before: "Export", data: str) -> tuple[Mapping[str, str] | None, date]:
    """Editions and date for what is made again: its own, or today's where that is wanted or they are gone."""
    if data == NOW:
        return None, county.today()
    try:
        county.as_of(before.making.editions)
    except (UnknownEditionError, StoreError):
        return None, county.today()
    return before.making.editions, before.making.made_on


def changed(before: "Export", editions: Mapping[str, str]) -> list[str]:
    """Layers of which an export shows another edition."""
    return [layer for layer, edition in before.making.editions.items() if editions.get(layer) != edition]


def _kept(county: "County", job: Job, order: Order, made: Product) -> dict[str, Any]:
    making = made.making
    export = county.beside(kept_exports).keep(job.plan[WHO], making, made.body, made.picture)
    found: dict[str, Any] = {"export": export.token, "pages": making.pages, "size": export.size}
    if order.before is not None:
        found["same"] = export.sha256 == order.before.sha256
        found["changed"] = changed(order.before, making.editions)
    return found


def _viewer(job: Job) -> "Viewer":
    return Viewer(job.role, job.scope)  # type: ignore[arg-type]
