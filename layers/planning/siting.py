"""Where the next centres go: the existing ones stay, candidates are added, and what they bring is told one by one."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from geo import siting
from geo.amounts import SHOWN
from geo.errors import ArgumentError, InfeasibleError
from geo.nearest import within
from geo.phrases import Phrase, listing, say
from geo.wording import number, proportion
from layers.disclosure import Viewer
from layers.planning.candidates import SETTLEMENTS, demand_sites, village_sites
from layers.planning.centres import STORED, Centres, required_capacities
from layers.planning.coverage import layers_of
from layers.planning.demand import VILLAGES
from layers.planning.methods import any_demo, proposal_method, proposal_parameters, used_editions
from layers.planning.plans import DEMAND_TITLES, Candidate, SitingPlan
from layers.planning.proposals import Chosen, Existing, Proposal, value_unit
from layers.planning.reached import Reached
from layers.planning.results import Lost
from layers.planning.ways import limit_words, rounded_up

if TYPE_CHECKING:
    from geo.siting import Progress, Siting
    from layers.planning.groundwork import Groundwork

    Heard = Callable[[Progress], None]

DEALING_S = 10.0
MOST_CELLS = 30_000_000
"""Of the table demand × candidates: 240 MB."""


@dataclass(frozen=True, eq=False)
class Problem:
    """What is handed to the solver. Rows are demand points with people; the first ``fixed`` columns are the
    existing centres, the others the candidates."""

    cost: Any
    weights: Any
    rows: Any
    fixed: int
    candidates: tuple[Candidate, ...]
    capacity: Any


def answer(
    ground: "Groundwork",
    viewer: Viewer,
    plan: SitingPlan,
    progress: "Heard | None",
    cancelled: Callable[[], bool] | None,
) -> Proposal:
    """The best new centres; see ``Planning.site``."""
    reached = ground.reached(viewer, plan.coverage)
    candidates, words = _candidates(ground, viewer, plan, reached)
    problem = _problem(ground, plan, reached, candidates)
    try:
        found = _solve(plan, problem, reached, progress, cancelled)
    except InfeasibleError as error:
        raise explained(ground, plan, reached, problem, error) from error
    before, gains = _gains(plan, problem, found.chosen)
    editions = used_editions(ground.door, (*layers_of(plan.coverage, reached), *_sources(plan)))
    return Proposal(
        plan=plan,
        objective=plan.objective,
        value=found.value,
        bound=found.bound,
        optimal=found.optimal,
        gap=found.gap,
        before=before,
        unit=value_unit(plan),
        total=float(problem.weights.sum()),
        fixed=tuple(_existing(reached.centres, row) for row in range(problem.fixed)),
        chosen=tuple(Chosen(*candidates[column - problem.fixed], gain) for column, gain in gains),
        method=proposal_method(ground.door, plan, reached, words, found, editions),
        parameters=proposal_parameters(plan),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
        notes=(*reached.notes, *_notes(plan, found, problem)),
        seconds=found.seconds,
        lost=_still_lost(reached, problem, found.chosen),
    )


def _candidates(
    ground: "Groundwork", viewer: Viewer, plan: SitingPlan, reached: Reached
) -> tuple[tuple[Candidate, ...], Phrase]:
    """The places that may be chosen, and what they are."""
    if not isinstance(plan.candidates, str):
        return plan.candidates, say("候选为名单里的 {n} 处", n=len(plan.candidates))
    if plan.candidates == "gaps":
        rows = np.flatnonzero(reached.left(plan.coverage.limit, capacity=plan.coverage.capacity) > 0)
        if not len(rows):
            raise ArgumentError("阈值以外没有人，没有空白里的候选地点。")
        words = say("候选为没有覆盖的 {n} 个地点", n=len(rows))
    elif plan.candidates == "settlements" and reached.basis.layer != VILLAGES:
        rows = np.arange(len(reached.demand.xy))
        layer = ground.catalog.layer(reached.basis.layer)
        words = say("候选为需求的 {n} 个地点（{layer}等）", n=len(rows), layer=layer.title)
    else:
        return village_sites(ground.door, viewer, plan.coverage.code)
    return demand_sites(reached, rows, ground.areas.name_of, ground.door.divisions), words


def _sources(plan: SitingPlan) -> tuple[str, ...]:
    """Layers behind the candidates that are not behind the demand anyway."""
    return (VILLAGES, SETTLEMENTS) if plan.candidates == "villages" else ()


def _still_lost(reached: Reached, problem: Problem, chosen: tuple[int, ...]) -> tuple[Lost, ...]:
    """Who reaches nothing with the new centres either, and the existing ones without a road."""
    without = np.isinf(problem.cost[:, list(chosen)].min(axis=1))
    codes = set(reached.basis.keys[reached.rows[problem.rows[without]]].tolist())
    return tuple(place for place in reached.lost if place.kind == "service" or place.code in codes)


def _problem(
    ground: "Groundwork", plan: SitingPlan, reached: Reached, candidates: tuple[Candidate, ...]
) -> Problem:
    centres, demand = reached.centres, reached.demand
    if plan.objective != "set-cover" and plan.add > len(candidates):
        raise ArgumentError("要新增 {add} 个，候选只有 {count} 个。", add=plan.add, count=len(candidates))
    rows = np.flatnonzero(demand.weights > 0)
    if not len(rows):
        raise ArgumentError("{kind}全是 0，没有要服务的人。", kind=DEMAND_TITLES[plan.coverage.demand])
    if len(rows) * (len(centres) + len(candidates)) > MOST_CELLS:
        raise ArgumentError(
            "需求点 {rows} 个、候选和现有中心 {columns} 个，表太大。按乡镇分开算（code），或减少候选。",
            rows=len(rows), columns=len(centres) + len(candidates),
        )  # fmt: skip
    spots = gpd.GeoSeries(
        gpd.points_from_xy([site.lon for site in candidates], [site.lat for site in candidates]), crs=STORED
    ).to_crs(ground.crs)
    places = np.vstack([centres.points.xy, np.column_stack([spots.x, spots.y])])
    cost = reached.ways.table(demand.xy[rows], places)
    capacity = None
    if plan.coverage.capacity:
        known = required_capacities(centres)
        capacity = np.concatenate([known, np.full(len(candidates), float(np.median(known)))])
    return Problem(cost, demand.weights[rows], rows, len(centres), candidates, capacity)


def _solve(
    plan: SitingPlan,
    problem: Problem,
    reached: Reached,
    progress: "Heard | None",
    cancelled: Callable[[], bool] | None,
) -> "Siting":
    limit, sites = plan.coverage.limit, problem.fixed + plan.add
    common: dict[str, Any] = {
        "fixed": range(problem.fixed), "time_limit": plan.time_limit_s, "progress": progress, "cancel": cancelled,
    }  # fmt: skip
    if plan.objective == "max-cover":
        options: dict[str, Any] = {"capacity": problem.capacity, "backup": plan.prefer == "backup"}
        if plan.prefer == "equity":
            options["groups"] = _townships(reached, problem.rows)
        return siting.max_cover(problem.cost, problem.weights, limit, sites, **options, **common)
    if plan.objective == "set-cover":
        weights = None if problem.capacity is None else problem.weights
        return siting.set_cover(problem.cost, limit, capacity=problem.capacity, weights=weights, **common)
    if plan.objective == "p-median":
        return siting.p_median(problem.cost, problem.weights, sites, **common)
    return siting.p_center(problem.cost, sites, **common)


def _townships(reached: Reached, rows: Any) -> Any:
    demand = reached.demand
    return demand.codes[demand.area[rows]].astype(f"<U{reached.digits('township')}")


def _gains(
    plan: SitingPlan, problem: Problem, chosen: tuple[int, ...]
) -> tuple[float | None, tuple[tuple[int, float | None], ...]]:
    """The value of the existing centres alone, and the new columns in the order in which each adds most, with what
    it adds to those before it. Gains count covered demand for both covers."""
    new = [column for column in chosen if column >= problem.fixed]
    if problem.capacity is not None:
        before, gains = _served_gains(plan, problem, new)
    else:
        before, gains = _nearest_gains(plan, problem, new)
    return (float(problem.fixed) if plan.objective == "set-cover" else before), gains


def _nearest_gains(
    plan: SitingPlan, problem: Problem, new: list[int]
) -> tuple[float | None, tuple[tuple[int, float | None], ...]]:
    gains: list[tuple[int, float | None]] = []
    nearest = problem.cost[:, : problem.fixed].min(axis=1)
    before = now = _worth(plan, problem, nearest)
    while new:
        values = [_worth(plan, problem, np.minimum(nearest, problem.cost[:, column])) for column in new]
        best = int(np.argmax(values))
        column = new.pop(best)
        gains.append((column, values[best] - now if np.isfinite(now) else None))
        nearest, now = np.minimum(nearest, problem.cost[:, column]), values[best]
    return (abs(before) if np.isfinite(before) else None), tuple(gains)


def _worth(plan: SitingPlan, problem: Problem, nearest: Any) -> float:
    """The objective for the way of each row to its nearest centre, the larger the better."""
    if plan.objective == "p-center":
        return -float(nearest.max())
    if plan.objective == "p-median":
        return -float((problem.weights * nearest).sum())
    return float(problem.weights[within(nearest, plan.coverage.limit)].sum())


def _served_gains(
    plan: SitingPlan, problem: Problem, new: list[int]
) -> tuple[float | None, tuple[tuple[int, float | None], ...]]:
    """With capacities: the new columns one after the other, each time with the rows dealt out anew."""
    from geo.siting import max_cover

    values = []
    for count in range(len(new) + 1):
        opened = [*range(problem.fixed), *new[:count]]
        found = max_cover(
            problem.cost, problem.weights, plan.coverage.limit, len(opened), fixed=opened, capacity=problem.capacity,
            time_limit=DEALING_S,
        )  # fmt: skip
        values.append(found.value)
    steps = zip(new, values[1:], values, strict=False)
    return values[0], tuple((column, after - earlier) for column, after, earlier in steps)


def _existing(centres: Centres, row: int) -> Existing:
    lon, lat = centres.degrees[row].tolist()
    outside = centres.points.outside
    return Existing(
        centres.keys[row], centres.names[row], lon, lat, False if outside is None else bool(outside[row])
    )


def _notes(plan: SitingPlan, found: "Siting", problem: Problem) -> tuple[Phrase, ...]:
    notes = []
    new = len(found.chosen) - problem.fixed
    if plan.objective == "set-cover" and new > plan.add:
        notes.append(say("全部覆盖至少要新增 {n} 处，多于要求的 {add} 处", n=new, add=plan.add))
    if not found.optimal:
        notes.append(
            say(
                "没有证明是最优，与最优的差距不超过 {gap}；加长时限可以继续求解", gap=proportion(found.gap, 2)
            )
        )
    return tuple(notes)


def explained(
    ground: "Groundwork", plan: SitingPlan, reached: Reached, problem: Problem, error: InfeasibleError
) -> InfeasibleError:
    """The solver's rows as villages, and what would make the question answerable."""
    facts: dict[str, Any] = {"rows": error.rows, "limit": error.limit, "sites": error.sites}
    facts |= _named(ground, reached, problem, list(error.rows))
    if error.sites is not None:
        return InfeasibleError(
            "新增 {add} 个不够：要让人人都有路可到，至少要新增 {needed} 个。",
            **facts, add=plan.add, needed=error.sites - problem.fixed,
        )  # fmt: skip
    if error.limit is not None:
        return InfeasibleError(
            "{count} 个村（{names}）有人在 {within} 内到不了任何中心或候选。阈值放宽到 {needed}，或在附近补候选，就能全部覆盖。",
            **facts, within=limit_words(plan.coverage.limit, plan.coverage), needed=limit_words(rounded_up(error.limit, plan.coverage), plan.coverage),
        )  # fmt: skip
    if not error.rows:
        return error
    nearest = problem.cost[list(error.rows)].min(axis=1)
    if math.isfinite(nearest.max()):
        return InfeasibleError(
            "所有候选都开也装不下：{count} 个村（{names}）还有 {left} {unit}没有位置。加大容量、放宽阈值，或补候选。",
            **facts, left=number(problem.weights[list(error.rows)].sum(), 0), unit=reached.basis.unit,
        )  # fmt: skip
    return InfeasibleError(
        "{count} 个村（{names}）有人沿路网到不了任何中心或候选。检查那里的道路是否连通，或改用直线、绕行系数（mode）。",
        **facts
        | _named(
            ground,
            reached,
            problem,
            [row for row, way in zip(error.rows, nearest, strict=True) if math.isinf(way)],
        ),
    )


def _named(ground: "Groundwork", reached: Reached, problem: Problem, rows: list[int]) -> dict[str, Any]:
    """How many villages some rows of the problem lie in, and the names of the first."""
    demand = reached.demand
    lost = demand.codes[demand.area[problem.rows[rows]]].tolist()
    codes = sorted({ground.door.divisions.cut(code, "village") for code in lost})
    names: Phrase = listing(ground.areas.name_of(code) for code in codes[:SHOWN])
    return {"count": len(codes), "names": say("{names}等", names=names) if len(codes) > SHOWN else names}
