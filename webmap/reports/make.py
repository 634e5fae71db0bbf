"""One report as a file."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import ArgumentError
from layers.disclosure import Viewer
from layers.reports import Report, ReportPlan, compose
from layers.reports import report_plan as read_plan
from layers.reports.plans import COVERAGE

if TYPE_CHECKING:
    from webmap.house import House

FORMATS = ("docx", "pdf", "xlsx")
DPI = 300


def report_plan(words: Mapping[str, str], house: "House", viewer: Viewer) -> ReportPlan:
    """The plan of a query string, a job or of command-line options; a coverage question that nobody words is the usual one.

    Raises:
        ArgumentError, LimitError: a word is unknown or cannot be.
    """
    from webmap.coverages import usual_words

    usual = usual_words(house, viewer) if words.get("report") == COVERAGE else {}
    return read_plan(words, usual)


def checked_format(name: str) -> str:
    """Raises ArgumentError for a format that no report has."""
    if name not in FORMATS:
        raise ArgumentError("报告没有格式 {format}，可选：{all}。", format=name[:20], all="、".join(FORMATS))
    return name


def make_report(house: "House", viewer: Viewer, plan: ReportPlan, format: str, *, made_on: date) -> bytes:
    """The report of a plan as docx, pdf or xlsx, as the viewer may have it. The same editions, viewer, plan and date give
    the same bytes.

    Raises:
        ArgumentError: no such format. As ``compose``; FileNotFoundError where fonts were not copied.
    """
    checked_format(format)
    report = compose(house.planning, viewer, plan, made_on=made_on)
    return written(house, viewer, report, format)


def written(house: "House", viewer: Viewer, report: Report, format: str) -> bytes:
    """A report that is composed already, as a file; raises as ``make_report``."""
    from webmap.reports.maps import drawn

    if checked_format(format) == "xlsx":
        from webmap.reports.xlsx import to_xlsx

        return to_xlsx(report, house.door)
    maps = drawn(house, viewer, report)
    if format == "docx":
        from webmap.reports.docx import to_docx

        return to_docx(report, {key: drawing.png(DPI) for key, drawing in maps.items()})
    from webmap.reports.pdf import to_pdf

    return to_pdf(report, {key: drawing.pdf for key, drawing in maps.items()})
