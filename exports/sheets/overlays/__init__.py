"""Answers of the planner as strata of a sheet: the same results as on the screen."""

from typing import TYPE_CHECKING, Literal, get_args

from exports.sheets.overlays.access import access, access_title
from exports.sheets.overlays.coverage import coverage, coverage_title
from exports.sheets.overlays.disputes import TITLES, disputes, shown
from exports.sheets.overlays.overlay import Overlay
from exports.sheets.plan import SheetPlan
from layers.disclosure import Viewer
from layers.language.tongue import Tongue
from layers.planning.plans import choice

if TYPE_CHECKING:
    from layers.county import County

Show = Literal["reach", "access"]
"""What is shown of a coverage question: who is reached, or how much there is for them."""

__all__ = ["Overlay", "answer_title", "overlay_of"]


def overlay_of(
    county: "County", viewer: Viewer, plan: SheetPlan, code: str, layers: tuple[str, ...]
) -> Overlay | None:
    """What a theme draws over its ``layers``, or the heat of one of them; None for a theme without a question.

    Raises what the planner raises.
    """
    if plan.theme == "coverage":
        draw = access if _shown(plan) == "access" else coverage
        return draw(county, viewer, plan, code)
    if plan.theme == "disputes" or ("disputes" in plan.heat and "disputes" in layers):
        return disputes(county, viewer, plan, code)
    return None


def answer_title(county: "County", viewer: Viewer, plan: SheetPlan) -> str:
    """What sheets of a theme with a question are called, without their place; empty for any other theme.

    Raises what the planner raises for a plan that cannot be.
    """
    if plan.theme == "coverage":
        title = access_title if _shown(plan) == "access" else coverage_title
        return title(county, viewer, plan)
    if plan.theme == "disputes":
        return Tongue(plan.lang).gettext(TITLES[shown(county, viewer, plan)])
    return ""


def _shown(plan: SheetPlan) -> Show:
    """What the sheet of a coverage question shows; raises ArgumentError for anything that there is not."""
    return choice(plan.words_of("show").get("show") or "reach", get_args(Show), "show")
