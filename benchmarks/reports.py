"""Reports beside the map sheet that an office prints with them: the quarter's report with its maps, DOCX and PDF."""

from benchmarks.commands import sample_home
from benchmarks.harness import Row, against, interleaved
from benchmarks.sheets import DAY
from exports.reports.make import make_report, report_plan
from exports.sheets.draw import draw
from exports.sheets.plan import SheetPlan
from exports.sheets.writers import to_png
from layers.county import open_county
from layers.disclosure import Viewer
from webmap.settings import load_settings

SHEET = SheetPlan(theme="overview")
RUNS = 5


def rows() -> list[Row]:
    county = open_county(load_settings(home=sample_home()).of_county())
    viewer = Viewer("operator", county.code)
    plan = report_plan({"report": "governance", "period": "2026Q3"}, county, viewer)

    def _sheet() -> object:
        return to_png(draw(county, viewer, SHEET, made_on=DAY).page)

    found = []
    for kind in ("docx", "pdf"):

        def _report(kind: str = kind) -> object:
            return make_report(county, viewer, plan, kind, made_on=DAY)

        _report()
        _sheet()
        ours, peer = interleaved(_report, _sheet, runs=RUNS)
        name = f"governance report of a quarter with its maps, {kind.upper()}"
        found.append(
            against(name, ours, ("an A3 sheet, PNG at 300 dpi", peer), unit="s", at_most=1, runs=RUNS)
        )
    return found
