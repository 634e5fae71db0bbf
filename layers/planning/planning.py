"""The planner: one object per process that answers plans and keeps what does not change between them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from layers.areas import Areas
from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.planning import coverage, hotspots, shapes, siting
from layers.planning.centres import Centres, existing_centres, with_proposals
from layers.planning.demand import Basis, demand_basis
from layers.planning.hotspots import DensityMap, Hotspots
from layers.planning.kept import Kept
from layers.planning.plans import CoveragePlan, DemandKind, HotspotPlan, SitingPlan
from layers.planning.proposals import Proposal
from layers.planning.reached import Reached, part_of
from layers.planning.results import Coverage, Need, Reach
from layers.planning.standards import Register, Standard, load_standards
from layers.planning.ways import ROADS, Ways, road_ways, straight_ways

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.siting import Progress

KEPT = 64
BASES = ("counties", "villages", "settlements", "grids")


class Planning:
    """Answers of the planner as a viewer may have them.

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

    def coverage(self, viewer: Viewer, plan: CoveragePlan) -> Coverage:
        """Who is reached.

        Raises:
            ArgumentError, LimitError, NoServicesError: the plan cannot be answered as it stands.
            UnknownLayerError, UnknownEditionError, UnknownAreaError, ForbiddenError: nothing there, or not for
            this viewer. WeightsError: figures are missing.
        """
        return coverage.answer(self, viewer, plan)

    def needs(self, viewer: Viewer, plan: CoveragePlan) -> tuple[Need, ...]:
        """What only each centre reaches within the first limit, the least first: which one could be closed.

        Raises:
            As ``coverage``; ArgumentError where each of several services is asked for.
        """
        return self.reached(viewer, plan).needs(plan.limit)

    def shapes(self, viewer: Viewer, plan: CoveragePlan) -> Reach:
        """The reached area and the gaps, ranked; raises as ``coverage``."""
        return shapes.answer(self, viewer, plan)

    def site(
        self,
        viewer: Viewer,
        plan: SitingPlan,
        *,
        progress: "Callable[[Progress], None] | None" = None,
        cancelled: "Callable[[], bool] | None" = None,
    ) -> Proposal:
        """The best new centres beside the existing ones.

        ``progress`` hears of the best value and the bound about ten times a second; once ``cancelled`` says True, the
        best so far is returned.

        Raises:
            As ``coverage``. InfeasibleError: no choice does what was asked; says which villages are left out and
            what would help. SitesError, CostError: the plan does not fit the candidates.
        """
        return siting.answer(self, viewer, plan, progress, cancelled)

    def hotspots(self, viewer: Viewer, plan: HotspotPlan) -> Hotspots:
        """Areas where disputes gather, significant ones marked, with the trend by month.

        Raises:
            ForbiddenError: the viewer sees only a part of the county, or nothing.
            FilterError: nothing in the period; for the public, what is not published.
            UnknownEditionError: no disputes or areas yet. ValuesError, NeighboursError: unfit data.
        """
        place = ("hotspots", viewer.key, plan, *self._editions("disputes", *BASES))
        return self.kept.get(place, lambda: hotspots.answer(self, viewer, plan))

    def density(
        self, viewer: Viewer, plan: HotspotPlan, *, cell_m: float = 250.0, bandwidth_m: float = 1500.0
    ) -> DensityMap:
        """Disputes per km² of the period of a plan, from the places that the viewer may see.

        Raises:
            ForbiddenError: the viewer sees no places. FilterError: nothing in the period. LimitError,
            ArgumentError: widths that cannot be, or a grid that would be too large.
        """
        place = (
            "density",
            viewer.key,
            plan.since,
            plan.until,
            cell_m,
            bandwidth_m,
            *self._editions("disputes", *BASES),
        )
        return self.kept.get(
            place, lambda: hotspots.density(self, viewer, plan, cell_m=cell_m, bandwidth_m=bandwidth_m)
        )

    def basis(self, viewer: Viewer, kind: DemandKind) -> Basis:
        """Demand of the whole county."""
        place = ("basis", viewer.key, kind, *self._editions(*BASES))
        return self.kept.get(place, lambda: demand_basis(self.door, viewer, kind, self.crs))

    def centres(self, viewer: Viewer, plan: CoveragePlan) -> Centres:
        """The centres of a plan, proposals among them."""
        existing = self.existing(viewer, plan.services)
        if not plan.placed and not plan.closed:
            return existing
        return with_proposals(existing, plan, self.crs, self.outline(""))

    def existing(self, viewer: Viewer, services: tuple[str, ...]) -> Centres:
        """The centres as they are."""
        register = self.register()
        place = ("centres", viewer.key, services, register.capacities, *self._editions("counties", *services))
        return self.kept.get(place, lambda: existing_centres(self.door, viewer, services, self.crs, register))

    def ways(self, viewer: Viewer, plan: CoveragePlan) -> Ways:
        """How far it is, for a plan."""
        if plan.mode == "road":
            return road_ways(self.door, viewer, plan, self.crs, self.kept)
        return straight_ways(plan)

    def reached(self, viewer: Viewer, plan: CoveragePlan) -> Reached:
        """What does not depend on the threshold; kept for all of them."""
        stem = replace(plan, limits=(1.0,), by="village", capacity=False)
        layers = (*BASES, ROADS, *plan.services)
        register = self.register()
        place = ("reached", viewer.key, stem, register.capacities, *self._editions(*layers))
        return self.kept.get(place, lambda: self._reached(viewer, stem))

    def outline(self, code: str) -> Any:
        """Polygon of an area, the county when empty, in metres; None when it is not known."""
        import geopandas as gpd

        shape = self.door.outline(code or self.door.county)
        return None if shape is None else gpd.GeoSeries([shape], crs="EPSG:4490").to_crs(self.crs).iloc[0]

    def _reached(self, viewer: Viewer, plan: CoveragePlan) -> Reached:
        from geo.coverage import reach

        basis = self.basis(viewer, plan.demand)
        demand = part_of(basis, plan.code)
        centres, ways = self.centres(viewer, plan), self.ways(viewer, plan)
        ways.check(centres)
        kinds = plan.services if plan.match == "each" else ()
        nearest = reach(demand, centres.points, ways.measure, kinds=kinds, how=plan.match)
        return Reached(plan, basis, demand, centres, ways, nearest, self.areas.name_of)

    def _editions(self, *layers: str) -> tuple[str, ...]:
        current = self.door.store.currents()
        return tuple(current[layer].id if layer in current else "" for layer in layers)
