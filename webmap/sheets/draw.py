"""From a plan to a finished sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from webmap.sheets.page import Page
from webmap.sheets.plan import SheetPlan

if TYPE_CHECKING:
    from webmap.house import House


@dataclass(frozen=True)
class Sheet:
    """A page and what is known about it. ``named`` and ``dropped`` are codes of areas whose names were printed, or
    found no room, ``no_data`` of those hatched for want of data; ``notes`` are printed on it too, as far as there is room; ``editions`` are those that it was drawn from."""

    page: Page
    plan: SheetPlan
    title: str
    scale: int
    named: tuple[str, ...]
    dropped: tuple[str, ...]
    no_data: tuple[str, ...]
    notes: tuple[str, ...]
    editions: Mapping[str, str]
    fingerprint: str
    demo: bool
    made_on: date


def draw(
    house: "House", viewer: Viewer, plan: SheetPlan, *, made_on: date, number: tuple[int, int] | None = None
) -> Sheet:
    """The sheet of a plan as a viewer may have it; ``number`` makes it page n of m of an atlas.

    Raises:
        ArgumentError and its kinds: the plan cannot be drawn as it stands; the message says why and what can.
        ForbiddenError, UnknownEditionError, FilterError: as from the door and the planner.
    """
    from webmap.sheets.composing import compose

    return compose(house, viewer, plan, made_on, number)
