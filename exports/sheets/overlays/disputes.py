"""The disputes of a period: their rate by area, significant hot and cold areas, or their density."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import shapely

from exports.sheets.overlays import areas, looks
from exports.sheets.overlays.areas import Divisions
from exports.sheets.overlays.changes import changes, counted_of, counted_words, published
from exports.sheets.overlays.overlay import Overlay, method_words
from exports.sheets.plan import SheetPlan
from exports.sheets.strata import Graduation, Stratum
from geo.phrases import Phrase
from geo.wording import based, number
from layers.disclosure import Viewer
from layers.language import N_
from layers.language.tongue import Tongue
from layers.planning import HotspotPlan, hotspot_plan
from layers.planning.plans import choice
from layers.symbology import round_to_2, rounded_breaks

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.hotspots import Hotspots, Spot
    from layers.planning.rates import CaseRate, CaseRates

    Found = Hotspots | CaseRates

Show = Literal["rate", "spots", "density", "compare", "off"]
TITLES: Mapping[Show, str] = MappingProxyType(
    {
        "rate": N_("矛盾纠纷发生率分布图"),
        "spots": N_("矛盾纠纷热点图"),
        "density": N_("矛盾纠纷密度图"),
        "compare": N_("矛盾纠纷变化图"),
        "off": N_("矛盾纠纷分布图"),
    }
)
DISPUTES = "disputes"
CLASSES = 5
STRICT = 0.01


def disputes(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> Overlay | None:
    """What the hotspot page would show, or the density where the plan has the heat of disputes; None where it shows
    nothing, where the viewer sees but a part of the county, and where there are no disputes.

    Raises what ``changes``, ``Planning.hotspots`` and ``Planning.density`` raise.
    """
    show = shown(county, viewer, plan)
    if show == "off":
        return None
    if show == "compare":
        return changes(county, viewer, plan, code)
    made = _Disputes(county, viewer, plan, code, _asked(county, viewer, plan))
    if show == "density":
        return made.density()
    return made.spots() if show == "spots" else made.rates()


def _asked(county: "County", viewer: Viewer, plan: SheetPlan) -> HotspotPlan:
    since, until = plan.span
    words = plan.words_of("by", "neighbours", "band", "alpha")
    words |= {"since": str(since or ""), "until": str(until or "")}
    return hotspot_plan(words | counted_words(county, viewer, plan))


def shown(county: "County", viewer: Viewer, plan: SheetPlan) -> Show:
    """What is shown of the disputes; “off” where there is nothing, or nothing that this viewer may have, and rates where hot
    spots are asked for that this viewer is not told.

    Raises ArgumentError for a way of showing that there is not. What ``Planning.cases`` raises.
    """
    if viewer.scope not in ("", county.code) or county.store.current(DISPUTES) is None:
        return "off"
    if DISPUTES in plan.heat and not published(county, viewer):
        return "density"
    if plan.theme != DISPUTES:
        return "off"
    show = choice(plan.words_of("show").get("show") or "rate", get_args(Show), "show")
    return "rate" if show == "spots" and _refused(county, viewer, plan) else show


def _refused(county: "County", viewer: Viewer, plan: SheetPlan) -> Phrase | None:
    """Why hot spots are not told; None where they are."""
    return county.planning.cases(viewer, _asked(county, viewer, plan)).refusal


class _Disputes:
    def __init__(
        self, county: "County", viewer: Viewer, plan: SheetPlan, code: str, asked: HotspotPlan
    ) -> None:
        self.county, self.viewer, self.plan, self.asked = county, viewer, plan, asked
        self.tongue = Tongue(plan.lang)
        self.divisions = Divisions(county, viewer, asked.by, code)

    def rates(self) -> Overlay:
        """Villages or grids in the classes of their rate."""
        found = self.county.planning.rates(self.viewer, self.asked)
        method = self.tongue.gettext(
            "方法：{since} 至 {until} 的件数 ÷ 人口 × 1,000，按{unit}计；断点为对数自然断点，先取整再计数，下限含在本级。",
            since=found.since, until=found.until, unit=self.divisions.title(self.tongue),
        )  # fmt: skip
        return self._overlay("rate", found, self._rates(found), method)

    def spots(self) -> Overlay:
        """Villages or grids in the classes of their significance."""
        found = self.county.planning.hotspots(self.viewer, self.asked)
        return self._overlay("spots", found, self._spots(found), method_words(self.tongue, found.method))

    def _overlay(self, show: Show, found: "Found", stratum: Stratum, method: str) -> Overlay:
        return Overlay(
            strata=(stratum,), title=self.tongue.gettext(TITLES[show]), period=self._period(found.since, found.until), method=method,
            summary=self._total(found), notes=self._notes(found.note, show), editions=found.editions, demo=found.demo,
            replaces=frozenset({DISPUTES}), follows=frozenset() if self._published else frozenset({DISPUTES}),
            unfiltered=self._published and self.plan.filters(DISPUTES),
        )  # fmt: skip

    def _total(self, found: "Found") -> str:
        """Of the county; where counts are withheld, only of the areas whose counts are published."""
        known = [row for row in found.rows if row.n is not None]
        if self._published and len(known) < len(found.rows):
            return self.tongue.gettext(
                "公布件数的 {n} 个村（社区）合计 {total} 件", n=len(known), total=number(found.total)
            )
        said = self.tongue.gettext(
            "{whole} {total} 件，每千人 {rate} 件",
            whole=self.tongue.of(self.county.divisions.whole),
            total=number(found.total),
            rate=number(found.mean_rate, 1),
        )
        return self.tongue.bracketed(said, self._counted)

    @property
    def _counted(self) -> str:
        """Which disputes are counted, in words."""
        return counted_of(self.county, self.viewer, self.asked, self.tongue)

    def density(self) -> Overlay:
        """Areas of the same tone of the density."""
        found = self.county.planning.density(self.viewer, self.asked)
        per_km2 = found.density.per_km2
        peak = float(np.nanmax(per_km2))
        limits = tuple(round_to_2(peak * (tone / looks.TONES) ** 2) for tone in range(1, looks.TONES))
        legend = looks.tones(limits)
        shapes, classes = _tones(found.density, per_km2, limits)
        codes = tuple(str(index) for index in classes.tolist())
        section = self.tongue.gettext("矛盾纠纷密度（件/km²）")
        stratum = Stratum(
            "density",
            section,
            section,
            "area",
            areas.ORDER,
            "governance",
            shapes,
            classes,
            legend,
            codes,
            ("",) * len(codes),
        )
        return Overlay(
            strata=(stratum,), title=self.tongue.gettext(TITLES["density"]), period=self._period(found.since, found.until),
            method=method_words(self.tongue, found.method), summary=self._dense(found.total), notes=self._notes(found.note, "density"), editions=found.editions, demo=found.demo,
            replaces=frozenset({DISPUTES}), follows=frozenset({DISPUTES}),
        )  # fmt: skip

    def _dense(self, total: int) -> str:
        unit = self.tongue.of(self.county.catalog.layer(DISPUTES).count_unit)
        return self.tongue.bracketed(f"{number(total)} {unit}", self._counted)

    def _rates(self, found: "CaseRates") -> Stratum:
        """Breaks come from the whole county, so that every page of an atlas has the same."""
        known = [row.rate if row.rate is not None and based(row.people) else np.nan for row in found.rows]
        every = np.array(known, dtype=float)
        limits = rounded_breaks(every[np.isfinite(every)], CLASSES, skewed=True)
        states = [len(limits) + 1 + without_rate(row) for row in found.rows]
        classes = np.where(np.isfinite(every), np.searchsorted(limits, every, side="right"), states)
        section = self.tongue.gettext("矛盾纠纷发生率（件/千人）")
        stratum = self.divisions.stratum(section, _codes(found), classes, looks.rates(limits), self.tongue)
        return self.divisions.within(replace(stratum, graduation=Graduation(every, limits, stratum.unit)))

    def _spots(self, found: "Hotspots") -> Stratum:
        strict = self.asked.alpha
        section = self.tongue.gettext("矛盾纠纷热点（Gi*，q ≤ {alpha}）", alpha=f"{strict:g}")
        classes = [_spot(row) for row in found.rows]
        return self.divisions.within(
            self.divisions.stratum(section, _codes(found), classes, looks.SPOTS, self.tongue)
        )

    @property
    def _published(self) -> bool:
        return published(self.county, self.viewer)

    @property
    def _wanted(self) -> str:
        """The way of showing that was asked for."""
        return self.plan.words_of("show").get("show", "")

    def _period(self, since: str, until: str) -> str:
        return self.tongue.span(date.fromisoformat(since), date.fromisoformat(until))

    def _notes(self, note: Phrase | None, show: Show) -> tuple[str, ...]:
        found = []
        refused = _refused(self.county, self.viewer, self.plan) if self._wanted == "spots" else None
        if self._published:
            found.append(self.tongue.gettext("只用公布的各村件数；1–2 件和能反推出它们的数不显示"))
        elif note and show != "rate":
            found.append(self.tongue.of(note))
        if refused:
            found.append(self.tongue.of(refused))
        if show == "density" and self.plan.hidden_of(DISPUTES):
            found.append(self.tongue.gettext("密度按全部类别计，包括图上关掉的类"))
        return tuple(found)


def _codes(found: "Found") -> list[str]:
    return [row.code for row in found.rows]


def _spot(row: "Spot") -> int:
    if row.z is None or row.q is None:
        return 4 + _state(row)
    if row.side == "hot":
        return 0 if row.q <= STRICT else 1
    return 2 if row.side == "cold" else 3


def _state(row: "Spot | CaseRate") -> int:
    """Why an area is in no class; one of ``looks.STATES``."""
    if row.people != row.people:
        return looks.PEOPLE_UNKNOWN
    if not row.people > 0:
        return looks.NOBODY
    return looks.WITHHELD if row.n is None else looks.UNTESTED


def without_rate(row: "CaseRate") -> int:
    """The same of a rate, which needs a base."""
    return looks.SMALL_BASE if row.rate is not None and not based(row.people) else _state(row)


def _tones(density: object, values: np.ndarray, limits: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Cells of one tone as one shape."""
    x, y = density.centres  # type: ignore[attr-defined]
    half = density.cell_m / 2  # type: ignore[attr-defined]
    filled = np.nan_to_num(values) > 0
    tone = np.searchsorted(limits, values, side="right")
    shapes, classes = [], []
    for index in range(len(limits) + 1):
        rows, columns = np.nonzero(filled & (tone == index))
        if len(rows):
            cells = shapely.box(x[columns] - half, y[rows] - half, x[columns] + half, y[rows] + half)
            shapes.append(shapely.coverage_union_all(cells))
            classes.append(index)
    return np.array(shapes, dtype=object), np.array(classes, dtype=np.int64)
