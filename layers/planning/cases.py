"""Disputes counted by area and month, as the viewer may know them, beside the people who live there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from geo.errors import FilterError, ForbiddenError, NothingThereError
from geo.phrases import Phrase, listing, say
from layers.disclosure import Door, RowFilter, Viewer
from layers.divisions import STANDARD
from layers.extent import Extent, months_of
from layers.planning.plans import HotspotPlan, SpotsBy

if TYPE_CHECKING:
    import geopandas as gpd

DISPUTES = "disputes"
AREAS: Mapping[SpotsBy, str] = {by: STANDARD.named(by).layer for by in get_args(SpotsBy)}
WORDS: Mapping[SpotsBy, Phrase] = {by: STANDARD.named(by).called for by in get_args(SpotsBy)}
"""Layer and words of a level, which are the same everywhere."""


@dataclass(frozen=True, eq=False)
class Cases:
    """Areas in the order of their codes with people and counts. ``areas`` is in metres, with ``code``, ``name`` and
    ``people``; ``counts`` (n,) is NaN where the count is withheld; ``monthly`` (n, months) counts every whole
    month, None where only periods are published. ``lost`` rows carry no code of an area.
    """

    areas: "gpd.GeoDataFrame"
    counts: Any
    months: tuple[str, ...]
    monthly: Any
    since: date
    until: date
    lost: int
    note: Phrase | None

    @property
    def used(self) -> Any:
        """Areas (n,) that are worked with: the count is known and people live there."""
        people = self.areas["people"].to_numpy()
        return ~np.isnan(self.counts) & (np.nan_to_num(people) > 0) & self.shaped

    @property
    def shaped(self) -> Any:
        """Areas (n,) of which the shape is known."""
        return ~(self.areas.geometry.isna() | self.areas.geometry.is_empty).to_numpy()

    @property
    def refusal(self) -> Phrase | None:
        """Why hot spots cannot be told: a count that is withheld would pass for none; None where all are known."""
        withheld = int(np.isnan(self.counts).sum())
        if not withheld:
            return None
        return say(
            "{since} 至 {until} 有 {n} 个村（社区）的件数不公开，算热点会把它们当成没有，所以不提供热点。可以看各村（社区）公开的件数。",
            since=self.since, until=self.until, n=withheld,
        )  # fmt: skip


def count_cases(door: Door, viewer: Viewer, plan: HotspotPlan, crs: str) -> Cases:
    """Count the disputes of a period, those alone that meet the conditions of the plan.

    Staff count records, all of them unless a time is asked for, within whole months for the trend. The public gets the
    published villages of one whole quarter or year, the latest quarter unless another is asked for, and nothing is worked
    out from what is withheld.

    Raises:
        ForbiddenError: the viewer sees only a part of the county, or nothing.
        FilterError: the public asked for grids, for a part by conditions, or for what is no published period; a condition
            that the layer does not have.
        NothingThereError: no disputes in the period, or none that meet the conditions.
        UnknownEditionError: no disputes or areas yet.
    """
    if viewer.scope not in ("", door.county):
        raise ForbiddenError(
            "只看本网格的身份算不出{whole}的热点，需要时找县综治中心。", whole=door.divisions.whole
        )
    spec = door.catalog.layer(DISPUTES)
    if door.access(spec, viewer) == "counts":
        return _published(door, viewer, plan, crs)
    given = door.rows(DISPUTES, viewer, chosen_rows(plan))
    digits = door.divisions.named(plan.by).digits
    return _counted(given.rows, _areas(door, viewer, plan, crs), plan, door.extent(DISPUTES), digits)


def chosen_rows(plan: HotspotPlan) -> RowFilter:
    """Which disputes a plan counts."""
    return RowFilter(since=plan.since, until=plan.until, fields=plan.fields, text=plan.text)


def nothing(plan: HotspotPlan) -> NothingThereError:
    """What is said where there is nothing to count."""
    if plan.conditions:
        return NothingThereError("这个时段没有符合条件的矛盾纠纷，换一个时段或清除筛选。")
    return NothingThereError("这个时段没有矛盾纠纷记录，换一个时段。")


def _areas(door: Door, viewer: Viewer, plan: HotspotPlan, crs: str) -> "gpd.GeoDataFrame":
    rows = door.rows(AREAS[plan.by], viewer).rows
    people = rows["population"].to_numpy(dtype=float, na_value=float("nan"))
    table = rows[["code", "name", "geometry"]].assign(people=people)
    return table.sort_values("code").reset_index(drop=True).to_crs(crs)


def _counted(
    rows: "pd.DataFrame", areas: "gpd.GeoDataFrame", plan: HotspotPlan, extent: Extent, digits: int
) -> Cases:
    if not len(rows):
        raise nothing(plan)
    days = pd.to_datetime(rows["happened_on"])
    since, until = covered(plan, extent, (days.min().date(), days.max().date()))
    codes = rows["grid_code"].fillna("").astype(str).str[:digits]
    if plan.by == "village" and "village_code" in rows:
        codes = rows["village_code"].fillna("").astype(str).where(rows["village_code"].notna(), codes)
    place = pd.Index(areas["code"]).get_indexer(pd.Index(codes))
    months = extent.whole_months(since, until)
    month = pd.Index(months).get_indexer(pd.Index(days.dt.strftime("%Y-%m")))
    known = place >= 0
    monthly = np.zeros((len(areas), len(months)))
    np.add.at(monthly, (place[known & (month >= 0)], month[known & (month >= 0)]), 1)
    counts = np.bincount(place[known], minlength=len(areas)).astype(float)
    note = _gaps(plan, extent, (since, until))
    return Cases(areas, counts, months, monthly, since, until, int((~known).sum()), note)


def covered(plan: HotspotPlan, extent: Extent, found: tuple[date, date]) -> tuple[date, date]:
    """The time that the counts speak of: what was asked for, as far as the data cover it or records are known."""
    first, last = (min(extent.since or found[0], found[0]), max(extent.until or found[1], found[1]))
    return max(plan.since or first, first), min(plan.until or last, last)


def _gaps(plan: HotspotPlan, extent: Extent, span: tuple[date, date]) -> Phrase | None:
    """What of the time asked for is not covered."""
    said = []
    if (plan.since and plan.since < span[0]) or (plan.until and plan.until > span[1]):
        said.append(
            say("记录只覆盖 {since} 至 {until}", since=span[0].isoformat(), until=span[1].isoformat())
        )
    missing = [month for month in extent.missing if month in set(months_of(*span))]
    if missing:
        said.append(say("没有采集的月份不算：{months}", months=listing(missing)))
    return listing(said, "；") if said else None


def _published(door: Door, viewer: Viewer, plan: HotspotPlan, crs: str) -> Cases:
    if plan.by != "village":
        raise FilterError("公开的纠纷件数只到村，不能按网格看。")
    if plan.conditions:
        raise FilterError("对公众只公布各村的总件数，不能按条件筛选。")
    periods = {_span(period): period for period in door.periods(DISPUTES)}
    if not periods:
        raise FilterError("还没有公布过完整的季度，暂无可算的件数。")
    wanted = (plan.since, plan.until)
    if wanted == (None, None):
        quarters = [span for span, period in periods.items() if "Q" in period]
        wanted = (quarters or list(periods))[-1]
    if wanted not in periods:
        raise FilterError(
            "对公众只公布整季和整年的件数，可选：{periods}。",
            periods=listing(f"{since} 至 {until}" for since, until in periods),
        )
    period = periods[wanted]
    table = door.counts(viewer, period, "village", DISPUTES).set_index("code")["count"]
    areas = _areas(door, viewer, plan, crs)
    counts = areas["code"].map(table.astype("Float64")).to_numpy(dtype=float, na_value=np.nan)
    hidden = int(np.isnan(counts).sum())
    note = listing(
        [
            say("只用公布的各村件数"),
            *([say("{n} 个村的件数不公布，没有参与计算，也没有推算", n=hidden)] if hidden else []),
        ],
        "；",
    )
    assert wanted[0] is not None and wanted[1] is not None
    return Cases(areas, counts, (), None, wanted[0], wanted[1], 0, note)


def _span(period: str) -> tuple[date | None, date | None]:
    """First and last day of ``2026`` or ``2026Q3``."""
    span = pd.Period(period, freq="Q" if "Q" in period else "Y")
    return span.start_time.date(), span.end_time.date()
