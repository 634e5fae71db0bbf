"""Map sheets: the picture while somebody chooses, what can be chosen, and the file."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Response, request

from exports.kept import FORMATS as TYPES
from exports.kept import kept_exports
from exports.sheets.atlas import page_of
from exports.sheets.drawings import Drawings
from exports.sheets.formats import FORMATS, LEAST_DPI, MOST_DPI, USUAL_DPI, checked_format
from exports.sheets.made import making_of
from exports.sheets.plan import OWN, QUESTION, sheet_plan
from geo.errors import FilterError
from webmap.api import blueprint
from webmap.api.answers import to_json
from webmap.api.downloads import file_answer
from webmap.api.query import check_names, whole_number
from webmap.service import the_county
from webmap.serving.answers import FRESH, request_tag
from webmap.viewer import current_viewer, exporter

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from exports.sheets.plan import SheetPlan

WORDS = (*OWN, *QUESTION)
"""Parameters of a sheet, as ``SheetPlan.key`` writes them; filters ``f.<layer>.<field>`` beside them."""
ATLAS = ("atlas", "page")
USUAL_PX, LEAST_PX, MOST_PX = 1200, 200, 3200


@blueprint.get("/api/sheets/preview")
def sheet_preview() -> Response:
    """The sheet as a picture; headers say its scale, its fingerprint and how many names are printed."""
    today = date.today()
    tag = request_tag(None, today.isoformat())
    headers = [("ETag", tag), ("Cache-Control", FRESH), ("Vary", "Cookie")]
    if tag in request.environ.get("HTTP_IF_NONE_MATCH", ""):
        return Response(status=304, headers=headers)
    px = whole_number("px", USUAL_PX, least=LEAST_PX, most=MOST_PX)
    drawing = _drawing(("px", *ATLAS), today)
    headers += [(name, str(value)) for name, value in _told(drawing).items()]
    return Response(drawing.picture(px), headers=headers, mimetype="image/png")


@blueprint.get("/api/sheets/options")
def sheet_options() -> Response:
    """What can be chosen for a sheet: papers, scales that fit, parts, areas, pages of an atlas."""
    from webmap.api.choices import choices

    given = choices(the_county(), current_viewer(), plan_of(("atlas",)), by=request.args.get("atlas", ""))
    answer = Response(to_json(given), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/api/sheets/reports")
def sheet_reports() -> Response:
    """Which reports there are, of which periods, and the areas around that of ``code``."""
    from webmap.api.choices import report_choices

    check_names(("code",))
    if code := request.args.get("code", ""):
        the_county().areas.area(code)
    given = report_choices(the_county(), current_viewer(), date.today(), code)
    answer = Response(to_json(given), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/api/sheets/file")
def sheet_file() -> Response:
    """The sheet as a file to take away; it is listed under the exports."""
    kind = checked_format(request.args.get("format") or FORMATS[0])
    dpi = whole_number("dpi", USUAL_DPI, least=LEAST_DPI, most=MOST_DPI)
    drawing = _drawing(("format", "dpi"), date.today())
    making = making_of(drawing, kind, dpi)
    body = drawing.file(kind, dpi=dpi)
    the_county().beside(kept_exports).keep(exporter(), making, body)
    return file_answer(body, TYPES[kind], f"{making.file_name}.{kind}", f"sheet.{kind}")


def plan_of(extra: Iterable[str] = ()) -> "SheetPlan":
    """The plan of this request; ``extra`` are parameters that the route reads itself.

    Raises:
        FilterError: a parameter comes twice. What ``sheet_plan`` raises.
    """
    for name, values in request.args.lists():
        if len(values) > 1:
            raise FilterError("参数 {name} 出现了两次，多个值用逗号隔开。", name=name[:40])
    words = {name: value for name, value in request.args.items() if name not in extra}
    return sheet_plan(words, the_county())


def _drawing(extra: tuple[str, ...], today: date) -> "Drawing":
    """The sheet of this request, or one page of its atlas."""
    plan, number = plan_of(extra), None
    county, viewer = the_county(), current_viewer()
    if "atlas" in extra and request.args.get("atlas"):
        plan, number = page_of(county, plan, by=request.args["atlas"], code=request.args.get("page", ""))
    return county.beside(Drawings).drawing(viewer, plan, made_on=today, number=number)


def _told(drawing: "Drawing") -> dict[str, Any]:
    sheet = drawing.sheet
    return {
        "Sheet-Title": quote(sheet.title),
        "Sheet-Scale": sheet.scale,
        "Sheet-Fingerprint": sheet.fingerprint,
        "Sheet-Named": len(sheet.named),
        "Sheet-Dropped": len(sheet.dropped),
        "Sheet-Bytes": len(drawing.pdf),
    }
