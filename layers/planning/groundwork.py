"""What every answer of the planner stands on: the rows of the editions as a viewer may have them, and the ways."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geo.coverage import reach
from geo.errors import UnknownAreaError
from layers.areas import Areas
from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.kept import Kept
from layers.planning.centres import Centres, existing_centres, with_proposals
from layers.planning.demand import Basis, demand_basis
from layers.planning.plans import LINK_M, RIVERS, ROADS, CoveragePlan, DemandKind
from layers.planning.reached import Reached, part_of
from layers.planning.standards import Register, Standard, load_standards
from layers.planning.ways import RoadWays, Ways, crossings, road_ways, straight_ways

if TYPE_CHECKING:
    from pathlib import Path

    from geo.roads import Water

KEPT = 64
BASES = ("counties", "villages", "settlements", "grids")


class Groundwork:
    """Demand, centres and ways of plans.

    ``metric_crs`` is the county's zone; ``declarations`` the folder of the county's own ``standards.toml``.
    What does not depend on the threshold is kept by editions, viewer and plan.
    """

    def __init__(
        self, door: Door, areas: Areas, *, metric_crs: str, declarations: "Path | None" = None
    ) -> None:
        self.door = door
        self.catalog: Catalog = door.catalog
        self.areas = areas
        self.crs = metric_crs
        self._declarations = declarations
        self.kept = Kept(KEPT)

    def register(self) -> Register:
        """Standards and capacities; raises DeclarationError for a wrong file of the county."""
        return load_standards(self._declarations)

    def standards(self) -> tuple[Standard, ...]:
        """Service standards, the county's own among them."""
        return self.register().standards

    def basis(self, viewer: Viewer, kind: DemandKind) -> Basis:
        """Demand of the whole county."""
        place = ("basis", viewer.key, kind, *self.editions(*BASES))
        return self.kept.get(place, lambda: demand_basis(self.door, viewer, kind, self.crs))

    def centres(self, viewer: Viewer, plan: CoveragePlan) -> Centres:
        """The centres of a plan, proposals among them."""
        existing = self.existing(viewer, plan.services)
        if not plan.placed and not plan.closed:
            return existing
        return with_proposals(existing, plan, self.crs, self.door.outline(self.door.county))

    def existing(self, viewer: Viewer, services: tuple[str, ...]) -> Centres:
        """The centres as they are."""
        register = self.register()
        place = ("centres", viewer.key, services, register.capacities, *self.editions("counties", *services))
        return self.kept.get(place, lambda: existing_centres(self.door, viewer, services, self.crs, register))

    def ways(self, viewer: Viewer, plan: CoveragePlan) -> Ways:
        """How far it is, for a plan."""
        if plan.mode == "road":
            return road_ways(self.door, viewer, plan, self.crs, self.kept)
        return straight_ways(plan)

    def crossings(self, viewer: Viewer, plan: CoveragePlan) -> tuple["Water | None", RoadWays | None]:
        """Water that parts places that are not reached, and the ways on foot across it; None for what is not known."""
        return crossings(self.door, viewer, plan, self.crs, self.kept)

    def reached(self, viewer: Viewer, plan: CoveragePlan) -> Reached:
        """What does not depend on the threshold; kept for all of them."""
        stem = replace(plan, limits=(1.0,), by="village", capacity=False, link=LINK_M)
        layers = (*BASES, ROADS, RIVERS, *plan.services)
        register = self.register()
        place = ("reached", viewer.key, stem, register.capacities, *self.editions(*layers))
        return self.kept.get(place, lambda: self._reached(viewer, stem))

    def line(self, code: str) -> Any:
        """Polygon of an area, the county when empty, in metres; raises UnknownAreaError where it is not known."""
        shape = self.outline(code)
        if shape is None:
            raise UnknownAreaError(
                "没有 {code} 的界线，画不出空白区。先导入县界。", code=code or self.door.county
            )
        return shape

    def outline(self, code: str) -> Any:
        """Polygon of an area, the county when empty, in metres; None when it is not known."""
        shape = self.door.outline(code or self.door.county)
        return None if shape is None else gpd.GeoSeries([shape], crs="EPSG:4490").to_crs(self.crs).iloc[0]

    def _reached(self, viewer: Viewer, plan: CoveragePlan) -> Reached:
        basis = self.basis(viewer, plan.demand)
        demand, rows = part_of(basis, plan.code)
        centres, ways = self.centres(viewer, plan), self.ways(viewer, plan)
        kinds = plan.services if plan.match == "each" else ()
        nearest = reach(demand, centres.points, ways.measure, kinds=kinds, how=plan.match)
        return Reached(
            plan,
            basis,
            demand,
            rows,
            centres,
            ways,
            nearest,
            self.areas.name_of,
            self.door.catalog,
            self.crs,
        )

    def editions(self, *layers: str) -> tuple[str, ...]:
        """Which edition of each layer is current; "" where there is none."""
        current = self.door.store.currents()
        return tuple(current[layer].id if layer in current else "" for layer in layers)
