"""The maps of a report: sheets of the size of a figure, drawn from the words that the report gives them."""

from typing import TYPE_CHECKING

from exports.sheets.drawings import Drawings
from exports.sheets.plan import sheet_plan
from layers.disclosure import Viewer
from layers.reports.document import Report

if TYPE_CHECKING:
    from exports.sheets.drawing import Drawing
    from layers.county import County

PAPER = "figure"


def drawn(county: "County", viewer: Viewer, report: Report) -> dict[str, "Drawing"]:
    """Drawings by the key of their map; the numbers on them come from the same questions as the report's.

    Raises:
        What drawing a sheet raises.
    """
    own = "" if report.maker == county.settings.title.zh else report.maker
    return {
        item.key: county.beside(Drawings).drawing(
            viewer,
            sheet_plan({**dict(item.words), "paper": PAPER, "maker": own}, county),
            made_on=report.made_on,
            empty=True,
        )
        for item in report.maps()
    }
