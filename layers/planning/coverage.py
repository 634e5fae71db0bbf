"""A plan's answer, put together from what is kept: lookups at the limit, words, and the gain of proposals."""

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.amounts import floats, limbs, totals
from geo.phrases import Phrase, say
from layers.disclosure import Viewer
from layers.planning.centres import required_capacities
from layers.planning.methods import any_demo, coverage_method, coverage_parameters, used_editions
from layers.planning.plans import DEMAND_TITLES, RIVERS, ROADS, CoveragePlan
from layers.planning.reached import Reached
from layers.planning.results import Coverage, LimitShare, Use
from layers.planning.ways import limit_words, rounded_up

if TYPE_CHECKING:
    from geo.coverage import Allocation
    from layers.planning.groundwork import Groundwork


def answer(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan) -> Coverage:
    """Who is reached; see ``Planning.coverage``."""
    reached = ground.reached(viewer, plan)
    places = reached.allocated(plan.limit) if plan.capacity else None
    rows = _rows(reached, plan.by, plan.limit, places)
    villages = rows if plan.by == "village" else _rows(reached, "village", plan.limit, places)
    townships = rows if plan.by == "township" else _rows(reached, "township", plan.limit, places)
    shares = _limits(plan, reached)
    covered, total = shares[0].covered, reached.total
    editions = used_editions(ground.door, layers_of(plan, reached))
    return Coverage(
        plan=plan,
        covered=covered,
        total=total,
        share=shares[0].share,
        unit=reached.basis.unit,
        period=reached.basis.period,
        method=coverage_method(ground.door, plan, reached, editions),
        parameters=coverage_parameters(plan),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
        rows=rows,
        townships=townships,
        unreached=unreached(villages),
        limits=shares,
        curve=reached.curve,
        detours=reached.detours(plan.limit),
        notes=reached.notes,
        gain=_gain(ground, viewer, plan, rows),
        lost=reached.lost,
        nobody=nobody_words(plan, covered, total, rows),
        uses=() if places is None else _uses(reached, places),
    )


def nobody_words(plan: CoveragePlan, covered: float, total: float, rows: tuple[Any, ...]) -> Phrase | None:
    """That there is nobody to be reached, or that nobody is and how near the nearest centre lies; None otherwise."""
    if total <= 0:
        return say("这里没有{kind}，没有可以算的", kind=DEMAND_TITLES[plan.demand])
    if covered > 0:
        return None
    nearest = min((row.needed for row in rows if row.demand > 0), default=float("inf"))
    limit = limit_words(plan.limit, plan)
    if nearest == float("inf"):
        return say("{limit}内一个地点也没有到达，一个中心也到不了", limit=limit)
    if nearest <= plan.limit:
        return say("{limit}内一个地点也没有到达：中心没有容量", limit=limit)
    return say(
        "{limit}内一个地点也没有到达，离中心最近的也要 {way}",
        limit=limit, way=limit_words(rounded_up(nearest, plan), plan),
    )  # fmt: skip


def layers_of(plan: CoveragePlan, reached: Reached) -> tuple[str, ...]:
    """Layers whose editions stand behind a coverage."""
    roads = (ROADS, RIVERS) if plan.mode == "road" else ()
    return (*reached.basis.layers, *plan.services, *roads)


def unreached(villages: tuple[Any, ...]) -> tuple[Any, ...]:
    """Villages with people of whom nobody is reached, the largest first."""
    bare = [row for row in villages if row.covered == 0 and row.demand > 0]
    return tuple(sorted(bare, key=lambda row: (-row.demand, row.code)))


def _rows(reached: Reached, by: Any, limit: float, places: "Allocation | None") -> tuple[Any, ...]:
    level = reached.level(by)
    return level.rows(limit) if places is None else level.filled(served(reached, places, reached.digits(by)))


def served(reached: Reached, places: "Allocation", digits: int) -> Any:
    """Amount that got a place, by area of one level, in the order of the codes."""
    codes, group = np.unique(reached.demand.codes.astype(f"<U{digits}"), return_inverse=True)
    return floats(totals(limbs(places.served), group[reached.demand.area], len(codes)))


def _limits(plan: CoveragePlan, reached: Reached) -> tuple[LimitShare, ...]:
    """Covered demand and its share within each limit of the plan."""
    covered = [
        float(reached.allocated(limit).served.sum()) if plan.capacity else reached.covered(limit)
        for limit in plan.limits
    ]
    return tuple(
        LimitShare(limit, part, part / reached.total if reached.total > 0 else float("nan"))
        for limit, part in zip(plan.limits, covered, strict=True)
    )


def _gain(
    ground: "Groundwork", viewer: Viewer, plan: CoveragePlan, rows: tuple[Any, ...]
) -> dict[str, float]:
    """What the proposals change, by area; empty without proposals."""
    if not plan.placed and not plan.closed:
        return {}
    before = plan.without_proposals()
    reached = ground.reached(viewer, before)
    places = reached.allocated(plan.limit) if plan.capacity else None
    old = {row.code: row.covered for row in _rows(reached, plan.by, plan.limit, places)}
    changes = {row.code: row.covered - old[row.code] for row in rows}
    return {code: change for code, change in changes.items() if abs(change) > 0}


def _uses(reached: Reached, places: "Allocation") -> tuple[Use, ...]:
    centres = reached.centres
    capacities = required_capacities(centres)
    columns = (centres.keys, centres.names, capacities.tolist(), places.used.tolist())
    return tuple(Use(*use) for use in zip(*columns, strict=True))
