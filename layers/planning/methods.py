"""The sentences that say how a result was made."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from layers.disclosure import Door
from layers.editions.manifest import Edition, source_of
from layers.planning.centres import Centres
from layers.planning.plans import CoveragePlan, Objective, Prefer, SitingPlan
from layers.planning.results import DEMO
from layers.planning.ways import limit_words, speed_kmh
from layers.spec import Text

if TYPE_CHECKING:
    from geo.siting import Siting
    from layers.planning.reached import Reached

INCLUSIVE = "（含）"
OBJECTIVES: Mapping[Objective, str] = MappingProxyType(
    {
        "max-cover": "覆盖的需求最多（MCLP）",
        "set-cover": "用最少的中心全部覆盖（LSCP）",
        "p-median": "到最近中心的总路程最短（p-中位）",
        "p-center": "最远的人到最近中心最近（p-中心）",
    }
)
PREFERENCES: Mapping[Prefer, str] = MappingProxyType(
    {"backup": "同样多时被两处覆盖的最多", "equity": "先让覆盖率最低的乡镇尽量高"}
)


def coverage_method(
    door: Door, plan: CoveragePlan, reached: "Reached", editions: Mapping[str, Edition]
) -> str:
    """How a coverage was worked out: demand, services, distance, data."""
    sentences = [
        reached.basis.words,
        services_words(door, plan, reached.centres),
        reach_words(plan, reached.ways.words),
    ]
    if plan.capacity:
        sentences.append("计容量：由近到远分配，中心满了就轮到下一处，分不到的算未覆盖")
    sentences += [data_words(door, editions)]
    return "。".join(sentences) + "。" + (DEMO if any_demo(editions) else "")


def proposal_method(
    door: Door,
    plan: SitingPlan,
    reached: "Reached",
    candidates: str,
    found: "Siting",
    editions: Mapping[str, Edition],
) -> str:
    """How new centres were chosen: objective, demand, existing centres, candidates, solver, proof, data."""
    coverage = plan.coverage
    goal = OBJECTIVES[plan.objective]
    if plan.prefer:
        goal += f"，{PREFERENCES[plan.prefer]}"
    ways = f"距离按{reached.ways.words}计"
    if plan.objective in ("max-cover", "set-cover"):
        ways = reach_words(coverage, reached.ways.words)
    proof = "已证明最优" if found.optimal else f"未证明最优，差距不超过 {found.gap:.2%}"
    sentences = [
        f"{goal}：现有中心不动，" + ("新增最少" if plan.objective == "set-cover" else f"新增 {plan.add} 处"),
        reached.basis.words,
        services_words(door, coverage, reached.centres),
        candidates,
        ways,
        *(["计容量，每个需求点整个归一处中心"] if coverage.capacity else []),
        f"求解：{found.method}，{proof}，用时 {found.seconds:.1f} 秒",
        "各处增益按逐个加入计，先加增益最大的",
        data_words(door, editions),
    ]
    return "。".join(sentences) + "。" + (DEMO if any_demo(editions) else "")


def services_words(door: Door, plan: CoveragePlan, centres: Centres) -> str:
    """How many centres of which services, and how many beyond the county line."""
    titles = "、".join(door.catalog.layer(layer).title.zh for layer in plan.services)
    extra = [f"县外 {centres.outside} 处也计入"] if centres.outside else []
    extra += [f"拟建 {len(plan.placed)} 处"] if plan.placed else []
    extra += [f"关闭 {len(plan.closed)} 处"] if plan.closed else []
    among = f"（{'，'.join(extra)}）" if extra else ""
    several = (
        ("，每类都要能到" if plan.match == "each" else "，有一类能到即可") if len(plan.services) > 1 else ""
    )
    return f"{titles}共 {len(centres)} 处{among}{several}"


def reach_words(plan: CoveragePlan, ways: str) -> str:
    """What counts as reached."""
    return f"{ways}不超过 {limit_words(plan.limit, plan)}{INCLUSIVE}算覆盖"


def data_words(door: Door, editions: Mapping[str, Edition]) -> str:
    """Editions with their period and source."""
    return "数据：" + "；".join(_edition_words(door, layer, item) for layer, item in editions.items())


def any_demo(editions: Mapping[str, Edition]) -> bool:
    """Whether rows of the sample builder are in any of them."""
    return any(item.demo or item.holds_demo for item in editions.values())


def used_editions(door: Door, layers: Iterable[str]) -> dict[str, Edition]:
    """Current editions of these layers, in order; layers without one are left out."""
    current = door.store.currents()
    return {layer: current[layer] for layer in dict.fromkeys(layers) if layer in current}


def coverage_parameters(plan: CoveragePlan) -> dict[str, Any]:
    """What the result depends on besides the data, by name."""
    answer: dict[str, Any] = {
        "services": list(plan.services),
        "limits": list(plan.limits),
        "unit": plan.unit,
        "match": plan.match,
        "mode": plan.mode,
        "demand": plan.demand,
        "by": plan.by,
        "code": plan.code or None,
        "capacity": plan.capacity,
        "placed": [list(place) for place in plan.placed],
        "closed": list(plan.closed),
    }
    if plan.mode == "detour":
        answer["detour"] = plan.detour
    if plan.mode == "road" or plan.unit == "min":
        answer["travel"] = plan.travel
    if plan.mode != "road" and plan.unit == "min":
        answer["speed_kmh"] = speed_kmh(plan.travel)
    return answer


def proposal_parameters(plan: SitingPlan) -> dict[str, Any]:
    """What a proposal depends on besides the data, by name."""
    own = {
        "add": plan.add,
        "objective": plan.objective,
        "prefer": plan.prefer or None,
        "candidates": plan.candidates if isinstance(plan.candidates, str) else len(plan.candidates),
        "time_limit_s": plan.time_limit_s,
    }
    return coverage_parameters(plan.coverage) | own


def _edition_words(door: Door, layer: str, edition: Edition) -> str:
    spec = door.catalog.layer(layer)
    source = source_of(spec, edition)
    owner = source.zh if isinstance(source, Text) else source
    period = edition.period or "时点没有注明"
    return f"{spec.title.zh} {edition.id}（{period}，{owner}）"
