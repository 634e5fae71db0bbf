"""Who is reached: villages by their share, gaps, the edge of what is reached, the centres."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.ground import Ground
from exports.sheets.overlays import looks
from exports.sheets.overlays.overlay import Overlay, method_words
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Kind, Stratum
from exports.sheets.tongue import Tongue
from geo.phrases import Phrase
from geo.wording import based, part, percent
from geo.wording import number as whole
from layers.disclosure import Viewer
from layers.planning.plans import CoveragePlan, DemandKind, Mode, Travel, number
from layers.planning.usual import usual_plan
from layers.spec import Text
from layers.symbology import LegendRow

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.results import Coverage, Place, Reach

DEMANDS: Mapping[DemandKind, Text] = MappingProxyType(
    {
        "population": Text(zh="人口", en="population"),
        "population_60_plus": Text(zh="60 岁以上人口", en="people aged 60 and over"),
        "households": Text(zh="户数", en="households"),
        "area": Text(zh="土地", en="land"),
    }
)
TRAVELS: Mapping[Travel, Text] = MappingProxyType(
    {
        "walk": Text(zh="步行", en="on foot"),
        "ebike": Text(zh="电动车", en="by e-bike"),
        "car": Text(zh="开车", en="by car"),
    }
)
LEAST_PEOPLE, LEAST_KM2 = 0.5, 0.05
"""A gap smaller than both is not drawn."""
PLACED = "placed"
BESIDE_M = 40.0
"""An edge this close to the line of the area runs along it."""


def coverage(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> Overlay:
    """What the coverage page would show.

    Raises:
        NoServicesError: there is no service with data. What ``Planning.coverage`` and ``Planning.shapes`` raise.
    """
    area = "" if code == county.code else code
    return _Coverage(county, viewer, plan, _asked(county, viewer, plan, area)).overlay()


def coverage_title(county: "County", viewer: Viewer, plan: SheetPlan) -> str:
    """What the sheet of a plan is called; raises as ``coverage``."""
    return _Coverage(county, viewer, plan, _asked(county, viewer, plan, "")).title()


def _asked(county: "County", viewer: Viewer, plan: SheetPlan, area: str) -> CoveragePlan:
    return usual_plan(county.planning, viewer, plan.words_of() | {"by": "village", "code": area})


class _Coverage:
    def __init__(self, county: "County", viewer: Viewer, plan: SheetPlan, asked: CoveragePlan) -> None:
        self.county, self.viewer, self.plan, self.asked = county, viewer, plan, asked
        self.tongue = Tongue(plan.lang)

    def overlay(self) -> Overlay:
        found = self.county.planning.coverage(self.viewer, self.asked)
        reach = self.county.planning.shapes(self.viewer, self.asked)
        demand = self.tongue.of(DEMANDS[self.asked.demand])
        strata = (self._shares(found), self._gaps(reach), self._edge(reach), self._centres(reach.centres))
        return Overlay(
            strata=tuple(stratum for stratum in strata if len(stratum)),
            title=self.title(),
            period=self._period(), method=method_words(self.tongue, found.method), summary=self._summary(found, demand),
            notes=tuple(self.tongue.of(note) for note in found.notes), editions=dict(found.editions) | dict(reach.editions),
            demo=found.demo or reach.demo, replaces=frozenset(self.asked.services),
        )  # fmt: skip

    def title(self) -> str:
        """“党群服务中心人口覆盖图”."""
        titles = (self.tongue.of(self.county.catalog.layer(layer).title) for layer in self.asked.services)
        return self.tongue.gettext(
            "{services}{demand}覆盖图",
            services=self.tongue.comma.join(titles), demand=self.tongue.of(DEMANDS[self.asked.demand]),
        )  # fmt: skip

    def _shares(self, found: "Coverage") -> Stratum:
        given = self.county.door.rows("villages", self.viewer)
        shapes = dict(zip(given.keys(), self.county.beside(Ground).shapes(given, self.viewer), strict=True))
        rows = [row for row in found.rows if shapes.get(row.code) is not None]
        classes = [_class(row.demand, row.share) for row in rows]
        demand = self.tongue.of(DEMANDS[self.asked.demand])
        section = self.tongue.gettext(
            "{demand}覆盖率（{limit}）", demand=demand, limit=limit_words(self.asked, self.tongue)
        )
        return self._stratum(
            "coverage", section, "area", looks.COVERAGE, [shapes[row.code] for row in rows], classes,
            codes=[row.code for row in rows], names=[row.name for row in rows], unit=self.tongue.gettext("村"),
        )  # fmt: skip

    def _gaps(self, reach: "Reach") -> Stratum:
        gaps = [gap for gap in reach.gaps if gap.people >= LEAST_PEOPLE or gap.area_km2 >= LEAST_KM2]
        shapes = self.county.beside(Ground).projected([gap.geometry for gap in gaps])
        classes = [0 if gap.people >= LEAST_PEOPLE else 1 for gap in gaps]
        section = self.tongue.gettext("空白和中心")
        return self._stratum(
            "gaps", section, "area", looks.GAPS, shapes, classes, unit=self.tongue.gettext("片"), order=12.0
        )

    def _edge(self, reach: "Reach") -> Stratum:
        """The edge of what is reached, where it does not run along the line of the area."""
        edge = self.county.beside(Ground).projected([shapely.boundary(reach.reached)])
        outline = self.county.planning.outline(self.asked.code)
        edge = shapely.difference(edge, shapely.buffer(shapely.boundary(outline), BESIDE_M, quad_segs=2))
        section = self.tongue.gettext("空白和中心")
        return self._stratum("reach", section, "line", looks.REACH, edge, [0] * len(edge), order=13.0)

    def _centres(self, centres: "tuple[Place, ...]") -> Stratum:
        shapes = self.county.beside(Ground).projected(
            shapely.points([(one.lon, one.lat) for one in centres]) if centres else []
        )
        classes = [
            3 if one.layer == PLACED else 2 if not one.open else 1 if one.outside else 0 for one in centres
        ]
        return self._stratum(
            "centres", self.tongue.gettext("空白和中心"), "point", looks.CENTRES, shapes, classes,
            codes=[f"{one.layer}:{one.key}" for one in centres], unit=self.tongue.gettext("处"), order=90.0,
        )  # fmt: skip

    def _stratum(
        self,
        name: str,
        section: str,
        kind: Kind,
        legend: tuple[LegendRow, ...],
        shapes: Any,
        classes: list[int],
        *,
        codes: list[str] | None = None,
        names: list[str] | None = None,
        unit: str = "",
        order: float = 11.0,
    ) -> Stratum:
        table = np.empty(len(shapes), dtype=object)
        table[:] = list(shapes)
        keys = tuple(codes or [str(row) for row in range(len(table))])
        found = Stratum(
            name, section, section, kind, order, "services", table, np.array(classes, dtype=np.int64), legend, keys,
            tuple(names or [""] * len(keys)), unit=unit,
        )  # fmt: skip
        usable = ~(shapely.is_missing(table) | shapely.is_empty(table))
        return found.part(usable)

    def _summary(self, found: "Coverage", demand: str) -> str:
        covered, total = part(found.covered), part(found.total)
        if self.tongue.lang == "zh":
            total = f"{total} {found.unit}"
        if not based(found.total, found.unit):
            return self.tongue.gettext(
                "{demand}覆盖 {covered} / {total}", demand=demand, covered=covered, total=total
            )
        share = percent(found.covered, found.total, unit=found.unit)
        return self.tongue.gettext(
            "{demand}覆盖率 {share}，{covered} / {total}",
            demand=demand, share=self.tongue.of(share) if isinstance(share, Phrase) else share, covered=covered, total=total,
        )  # fmt: skip

    def _period(self) -> str:
        current = self.county.store.currents()
        periods = sorted(current[layer].period or "" for layer in self.asked.services if layer in current)
        return self.tongue.period(periods[-1][:7]) if periods and periods[-1] else ""


def limit_words(plan: CoveragePlan, tongue: Tongue) -> str:
    """The first limit and how distances are taken: “2,000 米，绕行系数 1.3”."""
    value = number(plan.limit) if plan.limit != int(plan.limit) else whole(plan.limit)
    limit = tongue.gettext("{n} 米", n=value) if plan.unit == "m" else tongue.gettext("{n} 分钟", n=value)
    ways: Mapping[Mode, str] = {
        "straight": tongue.gettext("直线距离"),
        "detour": tongue.gettext("绕行系数 {n}", n=number(plan.detour)),
        "road": tongue.gettext("沿路网，{travel}", travel=tongue.of(TRAVELS[plan.travel])),
    }
    return f"{limit}{'，' if tongue.lang == 'zh' else ', '}{ways[plan.mode]}"


def _class(demand: float, share: float) -> int:
    if not demand > 0:
        return len(looks.SHARES)
    return next(index for index, least in enumerate(looks.SHARES) if share >= least)
