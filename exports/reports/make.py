"""One report as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from exports.pictures import A4_MM, picture_of, small_picture
from exports.reports.formats import checked_format
from exports.reports.maps import drawn
from exports.sheets.glyphs import check_printable
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
        ArgumentError, LimitError: a word is unknown or cannot be. GlyphError: a number or a unit that cannot be printed.
    """
    usual = usual_words(county.planning, viewer) if words.get("report") == COVERAGE else {}
    plan = read_plan(words, usual, county.divisions)
    for text in (plan.number, plan.maker):
        check_printable(text)
    return plan


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
    return Composed(county, viewer, plan, made_on).made(format)


class Composed:
    """A report that is worked out once and written in any format, or looked at.

    Raises, when it is made: as ``compose``.
    """

    def __init__(self, county: "County", viewer: Viewer, plan: ReportPlan, made_on: date) -> None:
        self._county, self._viewer = county, viewer
        self._report = compose(county.planning, viewer, plan, made_on=made_on, maker=county.settings.title.zh)

    def made(self, format: str) -> Made:
        """It as a file of a format."""
        if format == "xlsx":
            from exports.reports.xlsx import to_xlsx

            return Made(self._report, to_xlsx(self._report, self._county.door), self._report.editions)
        sheets = [drawing.sheet for drawing in self._maps.values()]
        behind = {layer: edition for sheet in sheets for layer, edition in sheet.editions.items()}
        body = self._pdf if format == "pdf" else self._docx()
        return Made(self._with_maps, body, {**behind, **self._report.editions})

    def picture(self, across: int) -> bytes:
        """Its first page as it is printed, a PNG."""
        return picture_of(self._pdf, *A4_MM, across)

    def small_picture(self) -> bytes:
        """The same for a list."""
        return small_picture(self._pdf, *A4_MM)

    @cached_property
    def _maps(self) -> Mapping[str, "Drawing"]:
        return drawn(self._county, self._viewer, self._report)

    @cached_property
    def _with_maps(self) -> Report:
        demo = any(drawing.sheet.demo for drawing in self._maps.values())
        return replace(self._report, demo=self._report.demo or demo)

    @cached_property
    def _pdf(self) -> bytes:
        from exports.reports.pdf import to_pdf

        return to_pdf(self._with_maps, {key: drawing.pdf for key, drawing in self._maps.items()})

    def _docx(self) -> bytes:
        from exports.reports.docx import to_docx

        return to_docx(self._with_maps, {key: drawing.png(DPI) for key, drawing in self._maps.items()})
