"""The planner: one object per process that answers plans and keeps what does not change between them."""

from typing import TYPE_CHECKING

from layers.disclosure import Viewer
from layers.planning import access, coverage, gaps, hotspots, nearby, shapes, siting
from layers.planning.access import Accessibility
from layers.planning.cases import Cases, count_cases
from layers.planning.gaps import Found
from layers.planning.groundwork import BASES, Groundwork
from layers.planning.hotspots import DensityMap, Hotspots
from layers.planning.plans import CoveragePlan, HotspotPlan, SitingPlan
from layers.planning.proposals import Proposal
from layers.planning.rates import CaseRates, case_rates
from layers.planning.results import Coverage, Nearby, Need, Place, Reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.decays import Decay
    from geo.siting import Progress


class Planning(Groundwork):
    """Answers of the planner as a viewer may have them."""

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

    def access(self, viewer: Viewer, plan: CoveragePlan, decay: "Decay | None" = None) -> Accessibility:
        """Supply per 1,000 of the demand within the first limit: 2SFCA, or E2SFCA with a ``decay``.

        Raises:
            As ``coverage``; ArgumentError where each of several services is asked for, or for another decay.
        """
        return access.answer(self, viewer, plan, decay)

    def shapes(self, viewer: Viewer, plan: CoveragePlan) -> Reach:
        """The reached area and the gaps, ranked; raises as ``coverage``."""
        return shapes.answer(self, viewer, plan)

    def near(
        self, viewer: Viewer, theme: str, *, code: str = "", spot: tuple[float, float] | None = None
    ) -> Nearby:
        """The nearest services of a theme; see ``nearby.nearby``, also for what it raises."""
        return nearby.nearby(self, viewer, theme, code=code, spot=spot)

    def places(self, viewer: Viewer, plan: CoveragePlan) -> tuple[Place, ...]:
        """The centres of a plan, each once, the closed ones last; raises as ``coverage``."""
        return shapes.places(self, viewer, plan)

    def gaps(self, viewer: Viewer, plan: CoveragePlan) -> Found:
        """Who is not reached within the first limit, and the gaps that they form.

        Raises:
            As ``coverage``; UnknownAreaError where the line of the area is not known.
        """
        return gaps.answer(self, viewer, plan)

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

    def cases(self, viewer: Viewer, plan: HotspotPlan) -> Cases:
        """Disputes by area beside the people who live there, without judging them.

        Raises as ``hotspots``, but for what is withheld.
        """
        place = ("cases", viewer.key, plan, *self.editions("disputes", *BASES))
        return self.kept.get(place, lambda: count_cases(self.door, viewer, plan, self.crs))

    def rates(self, viewer: Viewer, plan: HotspotPlan) -> CaseRates:
        """Disputes by area and per 1,000 people, and whether hot spots of them are told.

        Raises as ``cases``; FilterError where no area has both a count and people.
        """
        return case_rates(self.door, plan, self.cases(viewer, plan))

    def hotspots(self, viewer: Viewer, plan: HotspotPlan) -> Hotspots:
        """Areas where disputes gather, significant ones marked, with the trend by month.

        Raises:
            ForbiddenError: the viewer sees only a part of the county, or nothing. WithheldError: a count of the period
            is withheld from this viewer; ``rates`` has the others.
            FilterError: nothing in the period; for the public, what is not published.
            UnknownEditionError: no disputes or areas yet. ValuesError, NeighboursError: unfit data.
        """
        place = ("hotspots", viewer.key, plan, *self.editions("disputes", *BASES))
        return self.kept.get(place, lambda: hotspots.answer(self, viewer, plan))

    def density(
        self, viewer: Viewer, plan: HotspotPlan, *, cell_m: float = 250.0, bandwidth_m: float = 1500.0
    ) -> DensityMap:
        """Disputes per km² of the period and the conditions of a plan, from the places that the viewer may see.

        Raises:
            ForbiddenError: the viewer sees no places. FilterError: nothing in the period, or a condition that there is
            not. LimitError, ArgumentError: widths that cannot be, or a grid that would be too large.
        """
        chosen = plan.since, plan.until, plan.fields, plan.text
        place = ("density", viewer.key, *chosen, cell_m, bandwidth_m, *self.editions("disputes", *BASES))
        return self.kept.get(
            place, lambda: hotspots.density(self, viewer, plan, cell_m=cell_m, bandwidth_m=bandwidth_m)
        )
