"""What is asked of the planner until somebody chooses: the one default of page, API, commands, reports, sheets and tables."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from geo.errors import NoServicesError
from layers.disclosure import Viewer
from layers.planning.plans import (
    COVERAGE_LEFT_OUT,
    Candidates,
    CoveragePlan,
    Objective,
    Prefer,
    SitingPlan,
    choice,
    coverage_plan,
    parse_number,
)
from layers.planning.services import services_for

if TYPE_CHECKING:
    from layers.planning.planning import Planning

FIRST_STANDARD = "rural-2km"
USUAL = {**COVERAGE_LEFT_OUT, "mode": "detour"}
"""What words of a coverage question stand for that are left out: nobody walks as the crow flies. Keys of plans that are
kept name their mode, so they mean what they meant."""
USUAL_SITING: Mapping[str, str] = MappingProxyType(
    {"add": "3", "objective": "max-cover", "prefer": "", "candidates": "villages", "seconds": "60"}
)
"""What words of a search for new centres stand for that are left out: three more for most people, one place a village."""


def usual_words(planning: "Planning", viewer: Viewer) -> dict[str, str]:
    """The question that nobody has changed yet; without services when there are none."""
    standards = {item.id: item for item in planning.standards()}
    first = standards.get(FIRST_STANDARD) or next(iter(standards.values()), None)
    services = services_for(planning.door, viewer)
    within = f"{first.within:g}{first.unit}" if first else "2000m"
    return USUAL | {"services": services[0].id if services else "", "within": within}


def usual_plan(planning: "Planning", viewer: Viewer, words: Mapping[str, str]) -> CoveragePlan:
    """The plan of some words of a coverage question; those left out or empty are the usual ones.

    Raises:
        NoServicesError: no service is named and there is none with data. What ``coverage_plan`` raises.
    """
    asked = usual_words(planning, viewer) | {name: word for name, word in words.items() if word}
    if not asked["services"]:
        raise NoServicesError("没有一类服务有数据，算不出覆盖。先导入服务设施。")
    return coverage_plan(asked, planning.door.divisions)


def siting_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words of a search alone, those left out or empty as usual."""
    return {name: words.get(name) or usual for name, usual in USUAL_SITING.items()}


def siting_plan(planning: "Planning", viewer: Viewer, words: Mapping[str, str]) -> SitingPlan:
    """The plan of a search: the words of a coverage question, and those of ``USUAL_SITING``; those left out or empty are
    the usual ones.

    Raises:
        ArgumentError, LimitError: a value that cannot be. NoServicesError: no service is named and there is none.
    """
    asked = siting_words(words)
    question = {name: word for name, word in words.items() if name not in USUAL_SITING}
    return SitingPlan(
        coverage=usual_plan(planning, viewer, question),
        add=int(parse_number(asked["add"], "add")),
        objective=choice(asked["objective"], get_args(Objective), "objective"),
        prefer=choice(asked["prefer"], get_args(Prefer), "prefer"),
        candidates=choice(asked["candidates"], get_args(Candidates), "candidates"),
        time_limit_s=parse_number(asked["seconds"], "seconds"),
    )
