"""From a plan to a finished sheet."""

from datetime import date
from typing import TYPE_CHECKING

from exports.sheets.composing import compose
from exports.sheets.plan import SheetPlan
from exports.sheets.sheet import Sheet
from layers.disclosure import Viewer

if TYPE_CHECKING:
    from layers.county import County


def draw(
    county: "County",
    viewer: Viewer,
    plan: SheetPlan,
    *,
    made_on: date,
    number: tuple[int, int] | None = None,
    empty: bool = False,
) -> Sheet:
    """The sheet of a plan as a viewer may have it; ``number`` makes it page n of m of an atlas. With ``empty``, and as such
    a page, it is drawn where there is nothing of its theme too, and says so.

    Raises:
        ArgumentError and its kinds: the plan cannot be drawn as it stands; the message says why and what can.
        ForbiddenError, UnknownEditionError, FilterError: as from the door and the planner.
    """
    return compose(county, viewer, plan, made_on, number, empty=empty)
