"""Answers of the planner as strata of a sheet: the same results as on the screen."""

from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from webmap.sheets.overlays.overlay import Overlay
from webmap.sheets.plan import SheetPlan

if TYPE_CHECKING:
    from webmap.house import House

__all__ = ["Overlay", "overlay_of"]


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
