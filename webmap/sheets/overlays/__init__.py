"""Answers of the planner as strata of a sheet: the same results as on the screen."""

from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from webmap.sheets.overlays.overlay import Overlay
from webmap.sheets.plan import SheetPlan
from webmap.sheets.tongue import Tongue

if TYPE_CHECKING:
    from webmap.house import House

__all__ = ["Overlay", "answer_title", "overlay_of"]


def overlay_of(
    house: "House", viewer: Viewer, plan: SheetPlan, code: str, layers: tuple[str, ...]
) -> Overlay | None:
    """What a theme draws over its ``layers``, or the heat of one of them; None for a theme without a question.

    Raises what the planner raises.
    """
    if plan.theme == "coverage":
        from webmap.sheets.overlays.coverage import coverage

        return coverage(house, viewer, plan, code)
    if plan.theme == "disputes" or ("disputes" in plan.heat and "disputes" in layers):
        from webmap.sheets.overlays.disputes import disputes

        return disputes(house, viewer, plan, code)
    return None


def answer_title(house: "House", viewer: Viewer, plan: SheetPlan) -> str:
    """What sheets of a theme with a question are called, without their place; empty for any other theme.

    Raises what the planner raises for a plan that cannot be.
    """
    if plan.theme == "coverage":
        from webmap.sheets.overlays.coverage import coverage_title

        return coverage_title(house, viewer, plan)
    if plan.theme == "disputes":
        from webmap.sheets.overlays.disputes import TITLES, shown

        return Tongue(plan.lang).gettext(TITLES[shown(house, viewer, plan)])
    return ""
