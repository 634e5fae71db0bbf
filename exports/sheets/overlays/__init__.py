"""Answers of the planner as strata of a sheet: the same results as on the screen."""

from typing import TYPE_CHECKING

from exports.sheets.overlays.coverage import coverage, coverage_title
from exports.sheets.overlays.disputes import TITLES, disputes, shown
from exports.sheets.overlays.overlay import Overlay
from exports.sheets.plan import SheetPlan
from layers.disclosure import Viewer
from layers.language.tongue import Tongue

if TYPE_CHECKING:
    from layers.county import County

__all__ = ["Overlay", "answer_title", "overlay_of"]


def overlay_of(
    county: "County", viewer: Viewer, plan: SheetPlan, code: str, layers: tuple[str, ...]
) -> Overlay | None:
    """What a theme draws over its ``layers``, or the heat of one of them; None for a theme without a question.

    Raises what the planner raises.
    """
    if plan.theme == "coverage":
        return coverage(county, viewer, plan, code)
    if plan.theme == "disputes" or ("disputes" in plan.heat and "disputes" in layers):
        return disputes(county, viewer, plan, code)
    return None


def answer_title(county: "County", viewer: Viewer, plan: SheetPlan) -> str:
    """What sheets of a theme with a question are called, without their place; empty for any other theme.

    Raises what the planner raises for a plan that cannot be.
    """
    if plan.theme == "coverage":
        return coverage_title(county, viewer, plan)
    if plan.theme == "disputes":
        return Tongue(plan.lang).gettext(TITLES[shown(county, viewer, plan)])
    return ""
