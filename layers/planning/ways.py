"""How far it is: straight, straight times a detour factor, or along roads; in metres or minutes."""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.spatial.distance import cdist

from geo.costs import straight_costs
from geo.coverage import ByRoad, Straight, reached_area
from geo.errors import NetworkError, UnknownEditionError
from geo.phrases import Phrase, say
from geo.roads import cost_matrix, isochrones, network, road_costs, road_links, snap, water_of
from geo.roads.speeds import EBIKE_KMH, WALK_KMH
from layers.disclosure import Door, Viewer
from layers.kept import Kept
from layers.planning.plans import RIVERS, ROADS, UNIT_WORDS, CoveragePlan, Travel, number
from layers.planning.results import Reason

if TYPE_CHECKING:
    from geo.roads import Snapped, Water

TRAVEL_WORDS: Mapping[Travel, Phrase] = MappingProxyType(
    {"walk": say("步行"), "ebike": say("电动自行车"), "car": say("开车")}
)


@dataclass(frozen=True)
class StraightWays:
    """Straight lines, in the unit of the plan."""

    measure: "Straight"
    words: Phrase

    def costs(self, points: Any, services: Any, limit: float) -> Any:
        """Costs within the limit as a sparse table, points (n, 2) × places (m, 2)."""
        table = straight_costs(points, services, limit / self.measure.per_metre)
        table.data *= self.measure.per_metre
        return table

    def table(self, points: Any, services: Any) -> Any:
        """All costs as a dense table, points (n, 2) × places (m, 2)."""
        return cdist(points, services) * self.measure.per_metre

    def area(self, services: Any, limit: float) -> Any:
        """Everywhere within the limit of a service (m, 2): a polygon in metres."""
        return reached_area(services, limit / self.measure.per_metre)

    def straight_m(self, limit: float) -> float:
        """How far away, straight, a place can be that is within the limit."""
        return limit / self.measure.per_metre

    def off_road(self, points: Any) -> tuple[Reason, ...]:
        """Why each point is not on the roads: a straight line needs none."""
        nothing: Reason = ""
        return (nothing,) * len(points)

    def notes(self) -> tuple[Phrase, ...]:
        return ()


@dataclass(frozen=True, eq=False)
class RoadWays:
    """Ways along the roads of an edition, and straight where that is nearer than a road."""

    measure: "ByRoad"
    words: Phrase

    def costs(self, points: Any, services: Any, limit: float) -> Any:
        return road_costs(self.measure.roads, self._on_road(points), self._on_road(services), limit)

    def table(self, points: Any, services: Any) -> Any:
        return cost_matrix(self.measure.roads, self._on_road(points), self._on_road(services))

    def area(self, services: Any, limit: float) -> Any:
        """Reached roads with a strip beside them that does not cross a river."""
        found = isochrones(self.measure.roads, self._on_road(services), [limit])
        return found.geometry.iloc[0]

    def straight_m(self, limit: float) -> float:
        """How far away, straight, a place could be that is within the limit: all the way as on the fastest road."""
        roads = self.measure.roads
        pieces = np.minimum(roads.forward, roads.backward) / roads.length_m
        return limit / float(min(pieces.min(), roads.per_metre))

    def links(self, points: Any, limit: float) -> Any:
        """Pairs (k, 2) of points whose way is within the limit, as ``road_links``."""
        return road_links(self.measure.roads, self._on_road(points), limit)

    def off_road(self, points: Any) -> tuple[Reason, ...]:
        """Why each point is not on the roads; "" for those that are."""
        snapped = self._on_road(points)
        reasons = np.full(len(snapped.xy), "", dtype=object)
        rejected = np.array(snapped.rejected, dtype=np.int64)
        reasons[rejected] = np.where(snapped.behind_water[rejected], "water", "road")
        return tuple(reasons)

    def notes(self) -> tuple[Phrase, ...]:
        """Whether the network hangs together."""
        apart = self.measure.roads.parts[1:]
        if not apart:
            return ()
        length = sum(part.length_km for part in apart)
        return (say("路网有 {n} 块（共 {km} 公里）和主网不相连", n=len(apart), km=f"{length:.1f}"),)

    def _on_road(self, xy: Any) -> "Snapped":
        return snap(self.measure.roads, xy, cap_m=self.measure.cap_m)


Ways = StraightWays | RoadWays


def straight_ways(plan: CoveragePlan) -> StraightWays:
    """Ways of a plan that does not follow roads."""
    factor = plan.detour if plan.mode == "detour" else 1.0
    if plan.unit == "m":
        return StraightWays(Straight(factor), ways_words(plan))
    return StraightWays(Straight(factor, speed_kmh(plan.travel)), ways_words(plan))


def road_ways(door: Door, viewer: Viewer, plan: CoveragePlan, crs: str, kept: Kept) -> RoadWays:
    """Ways along the current edition of the roads.

    Raises:
        UnknownEditionError: no roads yet. NetworkError: none that can be used.
    """
    edition = _edition(door, ROADS)
    if not edition:
        raise UnknownEditionError("按路网算要先导入道路图层（roads）；没有路网时用直线或绕行系数。")
    rows = door.rows(ROADS, viewer).rows
    rivers, barriers = _edition(door, RIVERS), _barriers(door, viewer, crs, kept)
    place = ("network", viewer.key, *edition, rivers, plan.travel, plan.unit)
    graph = kept.get(place, lambda: network(rows.to_crs(crs), plan.travel, unit=plan.unit, barriers=barriers))
    return RoadWays(ByRoad(graph, plan.snap), ways_words(plan))


def crossings(
    door: Door, viewer: Viewer, plan: CoveragePlan, crs: str, kept: Kept
) -> tuple["Water | None", RoadWays | None]:
    """Water that parts places, and the ways on foot, in metres, that lead across it; None for what is not known."""
    barriers = _barriers(door, viewer, crs, kept)
    if barriers is None:
        return None, None
    if _edition(door, ROADS) and door.access(door.catalog.layer(ROADS), viewer) == "exact":
        on_foot = replace(plan, mode="road", travel="walk", unit="m")
        with suppress(NetworkError):  # how far it is straight can be told all the same
            ways = road_ways(door, viewer, on_foot, crs, kept)
            return ways.measure.roads.water, ways
    return kept.get(("water", viewer.key, *_edition(door, RIVERS)), lambda: water_of(barriers)), None


def _barriers(door: Door, viewer: Viewer, crs: str, kept: Kept) -> Any:
    return kept.get(("rivers", viewer.key, *_edition(door, RIVERS)), lambda: _rivers(door, viewer, crs))


def _rivers(door: Door, viewer: Viewer, crs: str) -> Any:
    """What nobody crosses beside a road; None where no rivers are known."""
    if not _edition(door, RIVERS) or door.access(door.catalog.layer(RIVERS), viewer) != "exact":
        return None
    rows = door.rows(RIVERS, viewer).rows
    return rows.to_crs(crs).geometry.union_all() if len(rows) else None


def _edition(door: Door, layer: str) -> tuple[str, ...]:
    edition = door.store.current(layer) if layer in door.catalog.layers else None
    return (edition.id,) if edition else ()


def speed_kmh(travel: Travel) -> float:
    """Speed on foot or by e-bike; cars have one by class of road only."""
    return WALK_KMH if travel == "walk" else EBIKE_KMH


def ways_words(plan: CoveragePlan) -> Phrase:
    """How distance or time is measured."""
    travel, snap_m = TRAVEL_WORDS[plan.travel], number(plan.snap)
    if plan.mode == "road":
        if plan.unit == "m":
            return say("沿路网{travel}的路程（含到路边的一段，最长 {snap} 米）", travel=travel, snap=snap_m)
        return say("沿路网{travel}的时间（含到路边的一段，最长 {snap} 米）", travel=travel, snap=snap_m)
    words = say("直线距离")
    if plan.mode == "detour":
        words = say("直线距离 × {factor}（绕行系数）", factor=number(plan.detour))
    if plan.unit == "m":
        return words
    speed = number(speed_kmh(plan.travel))
    return say("{travel}时间（{ways}，时速 {speed} 公里）", travel=travel, ways=words, speed=speed)


def limit_words(limit: float, plan: CoveragePlan) -> Phrase:
    """A limit as people read it."""
    return say("{n} {unit}", n=number(limit), unit=UNIT_WORDS[plan.unit])


def rounded_up(limit: float, plan: CoveragePlan) -> float:
    """The next whole metre or tenth of a minute that is enough."""
    return float(math.ceil(limit)) if plan.unit == "m" else math.ceil(limit * 10) / 10
