"""Map sheets: the picture while somebody chooses, what can be chosen, and the file."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar
from urllib.parse import quote

from flask import Response, request
from pydantic import Field

from exports.kept import FORMATS as TYPES
from exports.kept import kept_exports
from exports.orders import report_of
from exports.reports.formats import FORMATS as REPORT_FORMATS
from exports.sheets.atlas import page_of
from exports.sheets.atlas.pages import By
from exports.sheets.drawings import Drawings
from exports.sheets.formats import FORMATS, LEAST_DPI, MOST_DPI, USUAL_DPI, checked_format
from exports.sheets.made import making_of
from exports.sheets.papers import Orientation, PaperId
from exports.sheets.plan import Handling, sheet_plan
from layers.reports.plans import Kind
from webmap.api import blueprint, members
from webmap.api.answers import to_json
from webmap.api.coverage import CoverageQuery
from webmap.api.downloads import file_answer
from webmap.api.hotspots import SpotsQuery
from webmap.api.models import Model, Named
from webmap.api.operations import Operation, Tagged
from webmap.api.query import TEXT, Query, Read, asked, listed, whole
from webmap.service import the_county
from webmap.serving.answers import FRESH, request_tag
from webmap.serving.headers import same_tag
from webmap.viewer import current_viewer, exporter

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from exports.sheets.plan import SheetPlan

USUAL_PX, LEAST_PX, MOST_PX = 1200, 200, 3200


class SheetQuery(CoverageQuery, SpotsQuery):
    """A sheet, as ``SheetPlan.key`` writes it; ``sheet_plan`` judges words and names, those of the screen among them."""

    form: ClassVar[str] = "f.<layer>.<field>"
    free: ClassVar[bool] = True
    usual: ClassVar[Mapping[str, str]] = {**SpotsQuery.usual, **CoverageQuery.usual}
    theme: str = Field("", description="The named map that is drawn")
    layers: str = Field("", description="Layer ids, with commas; empty for what the theme shows at first")
    period: str = Field("", description="2026Q3 or 2026, for layers given out as counts")
    hide: str = Field("", description="Classes left out: layer:class:class, with commas")
    heat: str = Field("", description="Layers of which the density is drawn, with commas")
    paper: Annotated[str, listed(PaperId)] = Field("", description="Paper")
    orientation: Annotated[str, listed(Orientation)] = Field("", description="Of the paper")
    scale: str = Field("", description="N of 1:N; empty for the largest round one that fits")
    title: str = Field("", description="Title; empty for one made from place, theme and period")
    dated: str = Field("", description="1: the period of what is drawn stands behind that title too")
    maker: str = Field("", description="Who made it, for the footer")
    parts: str = Field("", description="What stands on it, with commas; none for the least")
    handling: Annotated[str, listed(Handling)] = Field("", description="Mark")
    review_number: str = Field("", description="Number of the map review (审图号)")
    confirmed: str = Field("", description="1: it is confirmed that none is needed")
    reason: str = Field("", description="Why none is needed")
    show: str = Field("", description="How the hotspot page shows disputes")
    compare: str = Field("", description="Two periods that are set against each other, with a comma")


class OptionsQuery(SheetQuery):
    atlas: Annotated[str, listed(By)] = Field("", description="Areas of which an atlas has a page each")


class PreviewQuery(OptionsQuery):
    page: str = Field("", description="Code of the area whose page is drawn; empty for the first")
    px: Annotated[int, whole(LEAST_PX, MOST_PX)] = Field(USUAL_PX, description="Pixels across")


class FileQuery(SheetQuery):
    format: Annotated[
        str, Read(lambda text, _: checked_format(text), {"type": "string", "enum": list(FORMATS)})
    ] = Field(FORMATS[0], description="Kind of file")
    dpi: Annotated[int, whole(LEAST_DPI, MOST_DPI)] = Field(USUAL_DPI, description="Resolution of a PNG")


class ReportsQuery(Query):
    code: Annotated[str, Read(lambda text, _: the_county().areas.area(text).code, TEXT)] = Field(
        "", description="Area around which those of a profile are listed"
    )


class ReportPageQuery(CoverageQuery):
    """A report as a job takes it; ``report_of`` judges words and names."""

    free: ClassVar[bool] = True
    report: Annotated[str, listed(Kind)] = Field("", description="Which report; governance when empty")
    period: str = Field("", description="2026-10, 2026Q3 or 2026; empty for the latest complete quarter")
    number: str = Field("", description="Number of the document (文号)")
    maker: str = Field("", description="The unit that issues and signs it")
    format: Annotated[str, listed(REPORT_FORMATS)] = Field(
        "", description="Kind of file; the page looks alike"
    )


class PaperChoice(Model):
    id: PaperId = Field(description="Word for `paper`")
    title: members.Title
    width: float = Field(description="mm, in landscape")
    height: float = Field(description="mm, in landscape")
    turns: bool = Field(description="Whether portrait is possible")


class PartChoice(Model):
    id: str = Field(description="Word for `parts`")
    title: members.Title
    usual: bool = Field(description="Whether it stands on the paper unless something else is said")


class ScaleChoice(Model):
    scale: int = Field(description="N of 1:N")
    fits: bool = Field(description="Whether the area fits the paper")


class LayerChoice(Model):
    id: members.LayerId
    title: members.Title
    on: bool = Field(description="Whether it is drawn")


class TurnChoice(Model):
    orientation: Orientation = Field(description="Word for `orientation`")
    scale: int = Field(description="N of the largest round 1:N at which the area fits")
    share: float = Field(
        description="Part of the map frame that the bounds of the area take when they just fit, 0–1"
    )
    better: bool = Field(description="Whether the area could be drawn larger than the other way")


class AtlasPage(Named):
    number: int = Field(description="From 1")


class AtlasChoice(Model):
    by: str = Field(description="Areas of which each has a page")
    pages: list[AtlasPage] = Field(description="In the order of the file")


class SheetChoices(Model):
    """What can be chosen for a sheet."""

    title_most: int = Field(description="Signs of a title at most")
    papers: list[PaperChoice] = Field(description="Papers that can be chosen")
    parts: list[PartChoice] = Field(description="What can stand on the sheet")
    areas: list[Named] = Field(description="The county, and what lies below it towards the chosen area")
    layers: list[LayerChoice] = Field(
        description="Those of the theme that this viewer may have, in its order"
    )
    turns: list[TurnChoice] = Field(description="Both orientations; empty for a paper that does not turn")
    scales: list[ScaleChoice] = Field(description="From those that are just too large to smaller ones")
    may_confirm: bool = Field(description="Whether this viewer may confirm that no review is needed")
    atlas: AtlasChoice | None = Field(None, description="Only when one is asked for")


class PeriodChoice(Model):
    id: str = Field(description="2026-10, 2026Q3 or 2026")
    title: members.Title


class ReportKind(Model):
    id: Kind = Field(description="Word for `report`")
    title: members.Title
    about: members.Words
    contents: list[str] = Field(description="What stands in it, in order")
    periods: list[PeriodChoice] = Field(description="The newest first; empty where none is asked for")
    area: bool = Field(description="Whether it is about an area")


class ReportChoices(Model):
    """Which reports there are."""

    kinds: list[ReportKind] = Field(description="Those that this viewer can have")
    areas: list[Named] = Field(description="Townships, and what lies below them on the way to `code`")
    may_sign: bool = Field(description="Whether this viewer may write the number and the unit of a report")
    most_number: int = Field(description="Signs of a number at most")
    most_maker: int = Field(description="Signs of a unit at most")
    maker: str = Field(description="The unit that signs where none is written")


@blueprint.get("/api/sheets/preview")
@Tagged(asks=PreviewQuery, kinds=("image/png",))
def sheet_preview() -> Response:
    """The sheet as a picture; headers say its scale, its fingerprint and how many names are printed."""
    today = the_county().today()
    tag = request_tag(None, today.isoformat())
    headers = [("ETag", tag), ("Cache-Control", FRESH), ("Vary", "Cookie")]
    if same_tag(tag, request.environ.get("HTTP_IF_NONE_MATCH", "")):
        return Response(status=304, headers=headers)
    wanted = asked(PreviewQuery)
    plan, number = plan_of(wanted), None
    if wanted.atlas:
        plan, number = page_of(the_county(), plan, by=wanted.atlas, code=wanted.page)
    drawing = _drawing(plan, today, number)
    headers += [(name, str(value)) for name, value in _told(drawing).items()]
    return Response(drawing.picture(wanted.px), headers=headers, mimetype="image/png")


@blueprint.get("/api/sheets/options")
@Operation(SheetChoices, asks=OptionsQuery)
def sheet_options() -> Response:
    """What can be chosen for a sheet: papers, scales that fit, parts, areas, pages of an atlas."""
    from webmap.api.choices import choices

    wanted = asked(OptionsQuery)
    given = choices(the_county(), current_viewer(), plan_of(wanted), by=wanted.atlas)
    answer = Response(to_json(given), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/api/sheets/reports")
@Operation(ReportChoices, asks=ReportsQuery)
def sheet_reports() -> Response:
    """Which reports there are, of which periods, and the areas around that of ``code``."""
    from webmap.api.choices import report_choices

    given = report_choices(the_county(), current_viewer(), the_county().today(), asked(ReportsQuery).code)
    answer = Response(to_json(given), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/api/sheets/reports/page")
@Tagged(asks=ReportPageQuery, kinds=("image/png",), also={204: None})
def report_page() -> Response:
    """The first page of a report as it is printed; 204 until a job with ``preview`` has made it."""
    from exports.drafts import draft_name, kept_drafts

    asked(ReportPageQuery)
    county, viewer = the_county(), current_viewer()
    plan, _ = report_of(dict(request.args.items()), county, viewer)
    name = draft_name(county, viewer, plan, county.today())
    picture = county.beside(kept_drafts).picture(name)
    headers = [("ETag", f'"{name}"'), ("Cache-Control", FRESH), ("Vary", "Cookie")]
    if picture is None:
        return Response(status=204, headers=[("Cache-Control", "no-store")])
    if name in request.environ.get("HTTP_IF_NONE_MATCH", ""):
        return Response(status=304, headers=headers)
    return Response(picture, headers=headers, mimetype="image/png")


@blueprint.get("/api/sheets/file")
@Operation(asks=FileQuery, kinds=tuple(TYPES[name] for name in FORMATS), also={507: None})
def sheet_file() -> Response:
    """The sheet as a file to take away; it is listed under the exports."""
    wanted = asked(FileQuery)
    kind, dpi = wanted.format, wanted.dpi
    drawing = _drawing(plan_of(wanted), the_county().today())
    making = making_of(drawing, kind, dpi)
    body = drawing.file(kind, dpi=dpi)
    the_county().beside(kept_exports).keep(exporter(), making, body, drawing.small)
    return file_answer(body, TYPES[kind], f"{making.file_name}.{kind}", f"sheet.{kind}")


def plan_of(wanted: SheetQuery) -> "SheetPlan":
    """The plan of this request, without what the route reads itself; raises what ``sheet_plan`` raises."""
    own = {*wanted.names()} - {*SheetQuery.names()}
    words = {name: value for name, value in request.args.items() if name not in own}
    return sheet_plan(words, the_county())


def _drawing(plan: "SheetPlan", today: date, number: tuple[int, int] | None = None) -> "Drawing":
    """A sheet, or the page of an atlas with its number and how many there are."""
    return the_county().beside(Drawings).drawing(current_viewer(), plan, made_on=today, number=number)


def _told(drawing: "Drawing") -> dict[str, Any]:
    sheet = drawing.sheet
    return {
        "Sheet-Title": quote(sheet.title),
        "Sheet-Title-Own": quote(sheet.own_title),
        "Sheet-Title-Locked": quote("\n".join(sheet.locked)),
        "Sheet-Scale": sheet.scale,
        "Sheet-Fingerprint": sheet.fingerprint,
        "Sheet-Named": len(sheet.named),
        "Sheet-Dropped": len(sheet.dropped),
        "Sheet-Bytes": len(drawing.pdf),
    }
