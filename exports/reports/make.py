"""One report as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from exports.reports.formats import checked_format
from exports.reports.maps import drawn
from layers.disclosure import Viewer
from layers.planning.usual import usual_words
from layers.reports import Report, ReportPlan
from layers.reports import report_plan as read_plan
from layers.reports.compose import compose
from layers.reports.plans import COVERAGE

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from layers.county import County

DPI = 300


def report_plan(words: Mapping[str, str], county: "County", viewer: Viewer) -> ReportPlan:
    """The plan of a query string, a job or of command-line options; a coverage question that nobody words is the usual one.

    Raises:
        ArgumentError, LimitError: a word is unknown or cannot be.
    """
    usual = usual_words(county.planning, viewer) if words.get("report") == COVERAGE else {}
    return read_plan(words, usual, county.divisions)


@dataclass(frozen=True)
class Made:
    """A report as a file. ``editions`` are those behind its numbers and behind what its maps draw."""

    report: Report
    body: bytes
    editions: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.report.title

    @property
    def fingerprint(self) -> str:
        return self.report.fingerprint

    @property
    def demo(self) -> bool:
        return self.report.demo


def make_report(county: "County", viewer: Viewer, plan: ReportPlan, format: str, *, made_on: date) -> Made:
    """The report of a plan as docx, pdf or xlsx, as the viewer may have it. The same editions, viewer, plan and date give
    the same bytes.

    Raises:
        ArgumentError: no such format. As ``compose``; FileNotFoundError where fonts were not copied.
    """
    checked_format(format)
    report = compose(county.planning, viewer, plan, made_on=made_on, maker=county.settings.title.zh)
    if format == "xlsx":
        from exports.reports.xlsx import to_xlsx

        return Made(report, to_xlsx(report, county.door), report.editions)
    maps = drawn(county, viewer, report)
    sheets = [drawing.sheet for drawing in maps.values()]
    report = replace(report, demo=report.demo or any(sheet.demo for sheet in sheets))
    behind = {layer: edition for sheet in sheets for layer, edition in sheet.editions.items()}
    return Made(report, _written(report, maps, format), {**behind, **report.editions})


def _written(report: Report, maps: Mapping[str, "Drawing"], format: str) -> bytes:
    if format == "docx":
        from exports.reports.docx import to_docx

        return to_docx(report, {key: drawing.png(DPI) for key, drawing in maps.items()})
    from exports.reports.pdf import to_pdf

    return to_pdf(report, {key: drawing.pdf for key, drawing in maps.items()})
