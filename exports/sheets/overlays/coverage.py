"""Who is reached: villages, and within them the places that are not; the gaps they form, the edge of the reach, the centres."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from exports.sheets.ground import Ground
from exports.sheets.overlays import looks
from exports.sheets.overlays.asked import Asked, round_limit
from exports.sheets.overlays.overlay import Overlay, method_words
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Sizes, Stratum
from geo.phrases import Phrase, say
from geo.wording import based, part, percent
from geo.wording import number as whole
from layers.disclosure import Viewer
from layers.disclosure.amounts import Quantities
from layers.language import told
from layers.planning.naming import settlement
from layers.planning.plans import number
from layers.spec import Text
from layers.symbology import LegendRow

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.results import Coverage, Gap, Reach, Row

NUMBERED = 10
"""Gaps that have a number on the map: the first ones."""
LARGE_MM, LEAST_MM = 5.0, 0.8
"""Across the large circle of the legend, and across the smallest one."""
BESIDE_M = 40.0
"""An edge this close to the line of the area runs along it."""


def coverage(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> Overlay:
    """What the coverage page would show.

    Raises:
        NoServicesError: there is no service with data. What ``Planning.coverage`` and ``Planning.shapes`` raise.
    """
    return _Coverage(county, viewer, plan, code).overlay()


def coverage_title(county: "County", viewer: Viewer, plan: SheetPlan) -> str:
    """What the sheet of a plan is called; raises as ``coverage``."""
    return _Coverage(county, viewer, plan).title()


class _Coverage(Asked):
    def overlay(self) -> Overlay:
        found = self.county.planning.coverage(self.viewer, self.asked)
        reach = self.county.planning.shapes(self.viewer, self.asked)
        strata = (
            self._villages(found), self._edge(reach), self._hulls(reach), self._left(found, reach),
            self.centres(self.tongue.gettext("服务和空白"), reach.centres), self._badges(reach),
        )  # fmt: skip
        return Overlay(
            strata=tuple(stratum for stratum in strata if len(stratum)),
            title=self.title(), nobody="" if found.nobody is None else self.tongue.of(found.nobody),
            period=self.period(), method=method_words(self.tongue, found.method), summary=self._summary(found),
            notes=tuple(self.tongue.of(note) for note in found.notes), lists=self._lists(found, reach),
            editions=dict(found.editions) | dict(reach.editions),
            demo=found.demo or reach.demo, replaces=frozenset(self.asked.services),
        )  # fmt: skip

    def title(self) -> str:
        """“党群服务中心覆盖图：人口，2,000 米，绕行系数 1.3”."""
        return self.tongue.gettext(
            "{services}覆盖图：{demand}，{limit}",
            services=self.services,
            demand=self.demand,
            limit=self.limit,
        )

    def _villages(self, found: "Coverage") -> Stratum:
        """Every village that the viewer may see: by who is reached, and those that were not asked about."""
        rows = {row.code: row for row in found.rows}
        section = self.tongue.gettext("村（到达的{demand}）", demand=self.demand)
        return self.villages("coverage", section, looks.COVERAGE, lambda code: _class(rows.get(code)))

    def _hulls(self, reach: "Reach") -> Stratum:
        """The first gaps, which have a number."""
        shapes = self.county.beside(Ground).projected([gap.geometry for gap in reach.gaps[:NUMBERED]])
        section = self.tongue.gettext("服务和空白")
        return self.stratum(
            "gaps", section, "line", looks.HULLS, shapely.boundary(shapes), [0] * len(shapes),
            unit=self.tongue.gettext("片"), order=14.0,
        )  # fmt: skip

    def _badges(self, reach: "Reach") -> Stratum:
        """Numbers at the upper ends of the hulls."""
        first = reach.gaps[:NUMBERED]
        hulls = self.county.beside(Ground).projected([gap.geometry for gap in first])
        tops = [_top(hull) for hull in hulls]
        section = self.tongue.gettext("服务和空白")
        return self.stratum(
            "numbers", section, "point", looks.BADGES, tops, [0] * len(tops), order=95.0,
            badges=tuple(str(gap.rank) for gap in first),
        )  # fmt: skip

    def _left(self, found: "Coverage", reach: "Reach") -> Stratum:
        """Places that are not reached: circles whose area says how many people, coloured by how far they are."""
        left = reach.places
        shapes = self.county.beside(Ground).projected(
            shapely.points(np.column_stack([left.lon, left.lat])) if left.lon else []
        )
        section = self.tongue.gettext("没有到达的{places}", places=self._places(reach.level))
        unit = self.tongue.gettext("个")
        amounts = np.asarray(left.amounts, dtype=float)
        largest = reach.sizes[-1]
        samples = tuple(
            (_across(size, largest), f"{whole(size)} {self.tongue.gettext(found.unit)}")
            for size in reach.sizes
        )
        return self.stratum(
            "left", section, "point", self._left_looks(reach), shapes, list(left.classes), codes=list(left.codes),
            names=[self.tongue.of(settlement(name)) for name in left.names], unit=unit, order=80.0, place=0,
            sizes=Sizes(np.array([_across(amount, largest) for amount in amounts]), samples),
            amounts=Quantities(found.unit, amounts, np.zeros(len(amounts), dtype=bool)),
        )  # fmt: skip

    def _left_looks(self, reach: "Reach") -> tuple[LegendRow, ...]:
        """Classes of places with their limits in words."""
        limit, first, second = (round_limit(one) for one in (self.asked.limit, *reach.breaks))
        between = say("{a}–{b} 米") if self.asked.unit == "m" else say("{a}–{b} 分钟")
        beyond = say("{a} 米以上", a=second) if self.asked.unit == "m" else say("{a} 分钟以上", a=second)
        titles = (
            Phrase(between.template, {"a": limit, "b": first}), Phrase(between.template, {"a": first, "b": second}),
            beyond, say("到不了"), say("方案新到达"),
        )  # fmt: skip
        return looks.rows(
            *(
                (Text(zh=str(title), en=str(told(title, "en"))), paint)
                for title, paint in zip(titles, looks.LEFT, strict=True)
            )
        )

    def _places(self, layer: str) -> str:
        return self.tongue.of(self.county.catalog.layer(layer).title)

    def _lists(self, found: "Coverage", reach: "Reach") -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The numbered gaps, with the place in each where a centre would reach most."""
        if not reach.gaps:
            return ()
        head = self.tongue.gettext(
            "空白片区（相距 {km} 公里内连成一片，不跨河，共 {n} 片）",
            km=number(reach.linked_m / 1000),
            n=len(reach.gaps),
        )
        unit = self.tongue.gettext(found.unit)
        return ((head, tuple(self._gap_words(gap, unit) for gap in reach.gaps[:NUMBERED])),)

    def _gap_words(self, gap: "Gap", unit: str) -> str:
        people = self.tongue.counted(part(gap.people), unit)
        name = self.tongue.of(gap.name)
        if gap.site is None:
            return self.tongue.gettext("{rank}. {name} {people}", rank=gap.rank, name=name, people=people)
        return self.tongue.gettext(
            "{rank}. {name} {people}（建在{site}，新增 {gain} {unit}）",
            rank=gap.rank, name=name, people=people, site=self.tongue.of(gap.site.title), gain=part(gap.site.gain), unit=unit,
        )  # fmt: skip

    def _edge(self, reach: "Reach") -> Stratum:
        """The edge of what is reached, where it does not run along the line of the area."""
        edge = self.county.beside(Ground).projected([shapely.boundary(reach.reached)])
        outline = self.county.planning.outline(self.asked.code)
        edge = shapely.difference(edge, shapely.buffer(shapely.boundary(outline), BESIDE_M, quad_segs=2))
        section = self.tongue.gettext("服务和空白")
        return self.stratum("reach", section, "line", looks.REACH, edge, [0] * len(edge), order=13.0)

    def _summary(self, found: "Coverage") -> str:
        demand, covered, total = self.demand, part(found.covered), part(found.total)
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


def _class(row: "Row | None") -> int:
    """Place in the classes of villages; None was not asked about."""
    if row is None:
        return looks.APART
    if row.demand != row.demand:
        return looks.UNKNOWN
    if row.demand <= 0:
        return looks.EMPTY
    if row.covered <= 0:
        return looks.NONE_REACHED
    return looks.ALL_REACHED if row.covered >= row.demand else looks.SOME_REACHED


def _across(amount: float, largest: float) -> float:
    """Millimetres across of a circle whose area says an amount."""
    return max(LEAST_MM, LARGE_MM * math.sqrt(amount / largest))


def _top(hull: Any) -> Any:
    """The northernmost corner of a hull."""
    corners = shapely.get_coordinates(hull)
    return shapely.points(corners[corners[:, 1].argmax()])
