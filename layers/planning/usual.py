"""What is asked of the planner until somebody chooses."""

from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.planning.plans import COVERAGE_LEFT_OUT
from layers.planning.services import services_for

if TYPE_CHECKING:
    from layers.planning.planning import Planning

FIRST_STANDARD = "rural-2km"
USUAL = {**COVERAGE_LEFT_OUT, "mode": "detour"}
"""What the page asks for until somebody chooses: nobody walks as the crow flies."""


def usual_words(planning: "Planning", viewer: Viewer) -> dict[str, str]:
    """The question of the page that nobody has changed yet; without services when there are none."""
    standards = {item.id: item for item in planning.standards()}
    first = standards.get(FIRST_STANDARD) or next(iter(standards.values()), None)
    services = services_for(planning.door, viewer)
    within = f"{first.within:g}{first.unit}" if first else "2000m"
    return USUAL | {"services": services[0].id if services else "", "within": within}
