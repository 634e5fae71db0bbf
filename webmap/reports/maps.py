"""The maps of a report: sheets of the size of a figure, drawn from the words that the report gives them."""

from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.reports.document import Report

if TYPE_CHECKING:
    from webmap.house import House
    from webmap.sheets.drawings import Drawing

PAPER = "figure"


def drawn(house: "House", viewer: Viewer, report: Report) -> dict[str, "Drawing"]:
    """Drawings by the key of their map; the numbers on them come from the same questions as the report's.

    Raises:
        What drawing a sheet raises.
    """
    from webmap.sheets.plan import sheet_plan

    own = "" if report.maker == house.settings.title.zh else report.maker
    return {
        item.key: house.sheets.drawing(
            viewer,
            sheet_plan({**dict(item.words), "paper": PAPER, "maker": own}, house),
            made_on=report.made_on,
        )
        for item in report.maps()
    }
