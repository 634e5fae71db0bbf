"""The disputes of two periods set against each other, area by area."""

from typing import TYPE_CHECKING

import numpy as np

from exports.hotspots import counted
from exports.sheets.overlays import looks
from exports.sheets.overlays.areas import Divisions
from exports.sheets.overlays.overlay import Overlay
from exports.sheets.plan import TEXT, SheetPlan
from geo.errors import ArgumentError, FilterError
from geo.wording import number
from layers.disclosure import Viewer
from layers.language.lists import joined
from layers.language.tongue import Tongue
from layers.periods import is_period, span_of
from layers.planning import HotspotPlan, hotspot_plan
from layers.planning.plans import parts

if TYPE_CHECKING:
    from layers.county import County
    from layers.planning.cases import Cases

DISPUTES = "disputes"
MUCH = 3


def changes(county: "County", viewer: Viewer, plan: SheetPlan, code: str) -> Overlay:
    """How many more or fewer there are in the second period: ``compare`` names two, else the last two are taken.

    Raises:
        ArgumentError: what is compared are not two periods. FilterError: there are not two, or nothing in one of them.
    """
    tongue, words = Tongue(plan.lang), plan.words_of("by") | counted_words(county, viewer, plan)
    names = _pair(county, viewer, plan)
    before, after = (_cases(county, viewer, words, name) for name in names)
    divisions = Divisions(county, viewer, hotspot_plan(words).by, code)
    said = [tongue.period(name) for name in names]
    layers = (DISPUTES, divisions.level.layer)
    editions = {layer: edition for layer in layers if (edition := county.store.current(layer)) is not None}
    section = tongue.gettext("矛盾纠纷件数变化（{a} → {b}）", a=said[0], b=said[1])
    stratum = divisions.stratum(
        section, after.areas["code"].tolist(), _classes(after.counts - before.counts), looks.CHANGES, tongue
    )
    counts = counted_of(county, viewer, hotspot_plan(words), tongue)
    return Overlay(
        strata=(divisions.within(stratum),), title=tongue.gettext("矛盾纠纷变化图"), period=f"{said[0]} → {said[1]}",
        method=tongue.gettext("方法：{a}与{b}的件数之差，按{unit}计，没有作显著性检验。", a=said[0], b=said[1], unit=divisions.title(tongue)),
        summary=tongue.bracketed(_summary(before, after, tongue, tongue.of(county.divisions.whole)), counts), editions={layer: edition.id for layer, edition in editions.items()},
        demo=any(edition.holds_demo for edition in editions.values()), replaces=frozenset({DISPUTES}),
        follows=frozenset() if published(county, viewer) else frozenset({DISPUTES}),
        unfiltered=published(county, viewer) and plan.filters(DISPUTES),
    )  # fmt: skip


def counted_words(county: "County", viewer: Viewer, plan: SheetPlan) -> dict[str, str]:
    """The conditions of the plan for a count of disputes; none for whoever gets published counts, which follow none."""
    if published(county, viewer):
        return {}
    return {
        f"f.{layer}.{field}": values[0] if field == TEXT else joined(values)
        for layer, field, values in plan.fields
        if layer == DISPUTES
    }


def counted_of(county: "County", viewer: Viewer, plan: HotspotPlan, tongue: Tongue) -> str:
    """Which disputes a plan counts, in words; empty for published counts."""
    return tongue.comma.join(choice.words(tongue) for choice in counted(county.door, viewer, plan))


def published(county: "County", viewer: Viewer) -> bool:
    """Whether the viewer gets published counts only."""
    return county.door.access(county.catalog.layer(DISPUTES), viewer) == "counts"


def _pair(county: "County", viewer: Viewer, plan: SheetPlan) -> tuple[str, str]:
    """The two periods, the earlier one first where nobody chose: published quarters for the public, else months."""
    asked = parts(plan.words_of("compare").get("compare", ""), ",")
    if asked:
        if len(asked) != 2 or not all(map(is_period, asked)):
            raise ArgumentError(
                "compare 的“{text}”不对，写两个时段，如 2026Q2,2026Q3 或 2026-09,2026-10。",
                text=",".join(asked)[:40],
            )
        return asked[0], asked[1]
    if published(county, viewer):
        known = [period for period in county.door.periods(DISPUTES) if "Q" in period]
    else:
        known = list(county.planning.cases(viewer, hotspot_plan(plan.words_of("by"))).months)
    if len(known) < 2:
        raise FilterError("不足两个时段，不能对比。")
    return known[-2], known[-1]


def _cases(county: "County", viewer: Viewer, words: dict[str, str], period: str) -> "Cases":
    since, until = span_of(period)
    return county.planning.cases(viewer, hotspot_plan(words | {"since": str(since), "until": str(until)}))


def _classes(change: np.ndarray) -> np.ndarray:
    """Places in ``looks.CHANGES``; what is not known in one of the periods is in the last."""
    known = np.nan_to_num(change)
    found = np.select([known >= MUCH, known > 0, known <= -MUCH, known < 0], [0, 1, 2, 3], default=4)
    return np.where(np.isnan(change), len(looks.CHANGES) - 1, found)


def _summary(before: "Cases", after: "Cases", tongue: Tongue, whole: str) -> str:
    """Sums of the areas that are known in both periods."""
    both = ~(np.isnan(before.counts) | np.isnan(after.counts))
    a, b = (number(cases.counts[both].sum()) for cases in (before, after))
    if both.all():
        return tongue.gettext("{whole} {a} 件 → {b} 件", whole=whole, a=a, b=b)
    return tongue.gettext("两期都公布的 {n} 个村（社区）：{a} 件 → {b} 件", n=int(both.sum()), a=a, b=b)
