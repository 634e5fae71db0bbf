"""The sentences that say how a result was made."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.phrases import Chain, Phrase, listing, say, sentences
from geo.wording import number, proportion
from layers.disclosure import Door
from layers.editions.manifest import Edition, source_of
from layers.planning.centres import Centres
from layers.planning.plans import DEMAND_TITLES, CoveragePlan, Objective, Prefer, SitingPlan
from layers.planning.results import DEMO
from layers.planning.ways import limit_words, speed_kmh, ways_words

if TYPE_CHECKING:
    from geo.siting import Siting
    from layers.planning.reached import Reached

OBJECTIVES: Mapping[Objective, Phrase] = MappingProxyType(
    {
        "max-cover": say("覆盖的需求最多（MCLP）"),
        "set-cover": say("用最少的中心全部覆盖（LSCP）"),
        "p-median": say("到最近中心的总路程最短（p-中位）"),
        "p-center": say("最远的人到最近中心最近（p-中心）"),
    }
)
PREFERENCES: Mapping[Prefer, Phrase] = MappingProxyType(
    {"backup": say("同样多时被两处覆盖的最多"), "equity": say("先让覆盖率最低的乡镇尽量高")}
)


def coverage_method(
    door: Door, plan: CoveragePlan, reached: "Reached", editions: Mapping[str, Edition], *also: Phrase
) -> Chain:
    """How a coverage was worked out: demand, services, distance, what else was, data."""
    said = [
        reached.basis.words,
        services_words(door, plan, reached.centres),
        reach_words(plan, reached.ways.words),
    ]
    if plan.capacity:
        said.append(say("计容量：由近到远分配，中心满了就轮到下一处，分不到的算未覆盖"))
    return sentences([*said, *also, *data_words(door, editions)])


def proposal_method(
    door: Door,
    plan: SitingPlan,
    reached: "Reached",
    candidates: Phrase,
    found: "Siting",
    editions: Mapping[str, Edition],
) -> Chain:
    """How new centres were chosen: objective, demand, existing centres, candidates, solver, proof, data."""
    coverage = plan.coverage
    ways = say("距离按{ways}计", ways=reached.ways.words)
    if plan.objective in ("max-cover", "set-cover"):
        ways = reach_words(coverage, reached.ways.words)
    return sentences(
        [
            _goal_words(plan),
            reached.basis.words,
            services_words(door, coverage, reached.centres),
            candidates,
            ways,
            *([say("计容量，每个需求点整个归一处中心")] if coverage.capacity else []),
            say(
                "求解：{how}，{proof}，用时 {seconds} 秒",
                how=found.method,
                proof=proof_words(found),
                seconds=number(found.seconds, 1),
            ),
            say("各处增益按逐个加入计，先加增益最大的"),
            *data_words(door, editions),
        ]
    )


def proof_words(found: "Siting") -> Phrase:
    """What is known of how good a choice is."""
    if found.optimal:
        return say("已证明最优")
    return say("未证明最优，差距不超过 {gap}", gap=proportion(found.gap, 2))


def _goal_words(plan: SitingPlan) -> Phrase:
    goal = listing([OBJECTIVES[plan.objective], *([PREFERENCES[plan.prefer]] if plan.prefer else [])], "，")
    if plan.objective == "set-cover":
        return say("{goal}：现有中心不动，新增最少", goal=goal)
    return say("{goal}：现有中心不动，新增 {n} 处", goal=goal, n=plan.add)


def services_words(door: Door, plan: CoveragePlan, centres: Centres) -> Phrase:
    """How many centres of which services, and how many beyond the county line."""
    titles = listing(door.catalog.layer(layer).title for layer in plan.services)
    extra = [say("县外 {n} 处也计入", n=centres.outside)] if centres.outside else []
    extra += [say("拟建 {n} 处", n=len(plan.placed))] if plan.placed else []
    extra += [say("关闭 {n} 处", n=len(plan.closed))] if plan.closed else []
    words = say("{services}共 {n} 处", services=titles, n=len(centres))
    if extra:
        words = say("{centres}（{among}）", centres=words, among=listing(extra, "，"))
    if len(plan.services) > 1:
        words = listing([words, match_words(plan)], "，")
    return words


def question_words(door: Door, plan: CoveragePlan) -> Chain:
    """The question of a plan: which services, how far, who."""
    titles = listing(door.catalog.layer(layer).title for layer in plan.services)
    match = [match_words(plan)] if len(plan.services) > 1 else []
    return listing([titles, *match, reach_words(plan, ways_words(plan)), DEMAND_TITLES[plan.demand]], "；")


def match_words(plan: CoveragePlan) -> Phrase:
    """Whether one of several services is enough."""
    return say("每类都要能到") if plan.match == "each" else say("有一类能到即可")


def link_words(plan: CoveragePlan, *, water: bool) -> Phrase:
    """Which places that are not reached form a gap."""
    if water:
        return say("没有覆盖的地点相距不超过 {link} 米、中间不隔水（有路绕过去也不超过的除外）算一片空白，宽过一个新中心够得着的范围就分成几片", link=number(plan.link))  # fmt: skip
    return say(
        "没有覆盖的地点相距不超过 {link} 米算一片空白，宽过一个新中心够得着的范围就分成几片",
        link=number(plan.link),
    )


def reach_words(plan: CoveragePlan, ways: str) -> Phrase:
    """What counts as reached."""
    return say("{ways}不超过 {limit}（含）算覆盖", ways=ways, limit=limit_words(plan.limit, plan))


def data_words(door: Door, editions: Mapping[str, Edition]) -> tuple[Phrase, ...]:
    """Editions with their period and source; that they are a demonstration, where they are."""
    used = listing((_edition_words(door, layer, item) for layer, item in editions.items()), "；")
    return say("数据：{editions}", editions=used), *((DEMO,) if any_demo(editions) else ())


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
    if plan.mode == "road":
        answer["snap_m"] = plan.snap
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


def _edition_words(door: Door, layer: str, edition: Edition) -> Phrase:
    spec = door.catalog.layer(layer)
    return say(
        "{layer} {edition}（{period}，{source}）",
        layer=spec.title, edition=edition.id, period=edition.period or say("时点没有注明"), source=source_of(spec, edition),
    )  # fmt: skip
