"""Which areas have more disputes than chance would bring, how that changes by month, and where they lie densest."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.errors import FilterError, ForbiddenError, WithheldError
from geo.hotspots import distance_band, emerging, kernel_density, queen, smoothed_rates, spots
from geo.phrases import Chain, Phrase, PlaceName, listing, say, sentences
from layers.disclosure import Viewer
from layers.editions import Edition
from layers.planning.cases import AREAS, DISPUTES, WORDS, Cases, chosen_rows, count_cases, covered, nothing
from layers.planning.methods import any_demo, data_words, used_editions
from layers.planning.plans import CONDITION, HotspotPlan, number
from layers.planning.results import finite

if TYPE_CHECKING:
    from geo.hotspots import Density, Emerging, Neighbours, Rates, Spots
    from layers.planning.groundwork import Groundwork

SIDES: Mapping[int, str] = MappingProxyType({1: "hot", -1: "cold", 0: "none"})
LAG = 1
LEAST_MONTHS = 3
GOOD_MONTHS = 10


class Spot(NamedTuple):
    """One area. ``n`` and everything after ``people`` is None where the count is withheld or nobody lives; ``rate``
    and ``smoothed`` are per 1,000 people; ``trend`` is one of ``geo.hotspots.CLASSES``, ``hot_months`` how many
    months were hot, ``cluster`` the rank of the hot areas that it lies among."""

    code: str
    name: str
    people: float
    n: int | None
    rate: float | None
    smoothed: float | None
    z: float | None
    p: float | None
    q: float | None
    side: str
    trend: str
    hot_months: int
    cluster: int | None = None


class Cluster(NamedTuple):
    """Hot areas that are neighbours of each other: ``areas`` of them with ``n`` disputes, called after the one with most."""

    rank: int
    code: str
    name: str
    areas: int
    n: int


@dataclass(frozen=True)
class Hotspots:
    """Areas in the order of their codes; ``clusters`` those hot ones that lie together, the most disputes first; ``note`` says what a reader must know, ``months`` counts the whole county by
    whole month (empty where only periods are published)."""

    plan: HotspotPlan
    title: str
    since: str
    until: str
    total: int
    mean_rate: float
    method: Chain
    parameters: Mapping[str, Any]
    editions: Mapping[str, str]
    demo: bool
    note: Phrase
    months: tuple[tuple[str, int], ...]
    rows: tuple[Spot, ...]
    clusters: tuple[Cluster, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data, unrounded."""
        return {
            "title": self.title,
            "since": self.since,
            "until": self.until,
            "total": self.total,
            "mean_rate": self.mean_rate,
            "method": self.method,
            "parameters": dict(self.parameters),
            "editions": dict(self.editions),
            "demo": self.demo,
            "note": self.note,
            "months": [{"month": month, "count": count} for month, count in self.months],
            "clusters": [one._asdict() for one in self.clusters],
            "rows": [_row_json(row) for row in self.rows],
        }


@dataclass(frozen=True)
class DensityMap:
    """Disputes per km² on a grid in the metres of ``crs``: ``total`` of them, within the time that the data cover."""

    plan: HotspotPlan
    since: str
    until: str
    total: int
    density: "Density"
    crs: str
    method: Chain
    editions: Mapping[str, str]
    demo: bool
    note: Phrase


def answer(ground: "Groundwork", viewer: Viewer, plan: HotspotPlan) -> Hotspots:
    """Hot and cold spots; see ``Planning.hotspots``."""
    cases = count_cases(ground.door, viewer, plan, ground.crs)
    if cases.refusal is not None:
        raise WithheldError("{why}", why=cases.refusal)
    used = cases.used
    if not used.any():
        raise FilterError("没有一个{unit}既有件数又有人口，算不出发生率。", unit=WORDS[plan.by])
    neighbours = _neighbours(cases, used, plan)
    rates, spots = _spots(cases, used, neighbours, plan)
    emerging = _emerging(cases, used, neighbours, plan)
    editions = used_editions(ground.door, (DISPUTES, AREAS[plan.by]))
    rows, clusters = _clustered(
        _rows(cases, used, rates, spots, emerging), np.flatnonzero(used), spots, neighbours
    )
    return Hotspots(
        plan=plan,
        title=say(
            "{since} 至 {until} 矛盾纠纷热点（按{unit}，每千人件数）",
            since=cases.since, until=cases.until, unit=WORDS[plan.by],
        ),
        since=str(cases.since),
        until=str(cases.until),
        total=int(cases.counts[used].sum()),
        mean_rate=rates.mean,
        method=_method(ground, plan, cases, emerging, editions),
        parameters=_parameters(plan, cases),
        editions={layer: edition.id for layer, edition in editions.items()},
        demo=any_demo(editions),
        note=listing(_notes(plan, cases, used, neighbours, spots, emerging), "；"),
        months=() if cases.monthly is None else tuple(
            zip(cases.months, cases.monthly.sum(axis=0).astype(int).tolist(), strict=True)
        ),
        rows=rows,
        clusters=clusters,
    )  # fmt: skip


def density(
    ground: "Groundwork", viewer: Viewer, plan: HotspotPlan, *, cell_m: float, bandwidth_m: float
) -> DensityMap:
    """Density of the disputes of a plan; see ``Planning.density``."""
    door = ground.door
    if door.access(door.catalog.layer(DISPUTES), viewer) == "counts":
        raise ForbiddenError("公开的只有各村件数，没有位置，不能画密度。")
    given = door.rows(DISPUTES, viewer, chosen_rows(plan))
    points = given.rows[~(given.rows.geometry.isna() | given.rows.geometry.is_empty)].to_crs(ground.crs)
    if not len(points):
        raise nothing(plan)
    days = points["happened_on"].dt.date
    since, until = covered(plan, door.extent(DISPUTES), (days.min(), days.max()))
    found = kernel_density(
        np.column_stack([points.geometry.x, points.geometry.y]),
        cell_m=cell_m, bandwidth_m=bandwidth_m, boundary=ground.outline(""),
    )  # fmt: skip
    editions = used_editions(door, (DISPUTES, "counties"))
    notes = [given.note.rstrip("。")] if given.note else []
    notes += [say("{n} 件在县界外，没有计入", n=found.outside)] if found.outside else []
    words = say(
        "四次核密度，搜索半径 {radius} 米，格网 {cell} 米，县界处校正边缘，单位 件/平方公里",
        radius=number(bandwidth_m),
        cell=number(cell_m),
    )
    return DensityMap(
        plan, str(since), str(until), len(points) - found.outside, found, ground.crs, sentences([words, *data_words(door, editions)]),
        {layer: edition.id for layer, edition in editions.items()}, any_demo(editions), listing(notes, "；"),
    )  # fmt: skip


def _neighbours(cases: Cases, among: Any, plan: HotspotPlan) -> "Neighbours":
    shapes = cases.areas.geometry[among]
    if plan.neighbours == "queen":
        return queen(shapes)
    points = shapes.representative_point()
    return distance_band(np.column_stack([points.x, points.y]), plan.band_m)


def _spots(cases: Cases, used: Any, neighbours: "Neighbours", plan: HotspotPlan) -> tuple["Rates", "Spots"]:
    rates = smoothed_rates(cases.counts[used], cases.areas["people"].to_numpy()[used])
    return rates, spots(rates.smoothed, neighbours.matrix, alpha=plan.alpha)


def _emerging(cases: Cases, used: Any, neighbours: "Neighbours", plan: HotspotPlan) -> "Emerging | None":
    """Classes from smoothed monthly rates; None with fewer than three whole months."""
    if cases.monthly is None or len(cases.months) < LEAST_MONTHS:
        return None
    people = cases.areas["people"].to_numpy()[used]
    rates = [smoothed_rates(month, people).smoothed for month in cases.monthly[used].T]
    return emerging(np.column_stack(rates), neighbours.matrix, lag=LAG, alpha=plan.alpha)


def _rows(
    cases: Cases, used: Any, rates: "Rates", spots: "Spots", emerging: "Emerging | None"
) -> tuple[Spot, ...]:
    place = np.cumsum(used) - 1
    columns = zip(
        cases.areas["code"].tolist(), cases.areas["name"].tolist(), cases.areas["people"].tolist(),
        cases.counts.tolist(), used.tolist(), place.tolist(), strict=True,
    )  # fmt: skip
    rows = []
    for code, name, people, count, counts, at in columns:
        n = None if count != count else int(count)
        if not counts:
            rows.append(Spot(code, name, people, n, None, None, None, None, None, "none", "none", 0))
            continue
        rows.append(
            Spot(
                code, name, people, n, float(rates.raw[at]), float(rates.smoothed[at]),
                finite(float(spots.z[at])), float(spots.p[at]), float(spots.q[at]), SIDES[int(spots.side[at])],
                "none" if emerging is None else str(emerging.classes[at]),
                0 if emerging is None else int(emerging.hot[at].sum()),
            )
        )  # fmt: skip
    return tuple(rows)


def _clustered(
    rows: tuple[Spot, ...], places: Any, spots: "Spots", neighbours: "Neighbours"
) -> tuple[tuple[Spot, ...], tuple[Cluster, ...]]:
    """Rows with the rank of their cluster, and the clusters."""
    from scipy.sparse.csgraph import connected_components

    hot = np.flatnonzero(spots.side > 0)
    if not len(hot):
        return rows, ()
    _, of = connected_components(neighbours.matrix[hot][:, hot], directed=False)
    parts = [places[hot[of == one]].tolist() for one in range(int(of.max()) + 1)]
    parts.sort(key=lambda part: (-sum(rows[at].n or 0 for at in part), rows[part[0]].code))
    made, clusters = list(rows), []
    for rank, part in enumerate(parts, 1):
        first = min((rows[at] for at in part), key=lambda row: (-(row.n or 0), row.code))
        clusters.append(Cluster(rank, first.code, first.name, len(part), sum(rows[at].n or 0 for at in part)))
        for at in part:
            made[at] = rows[at]._replace(cluster=rank)
    return tuple(made), tuple(clusters)


def _notes(
    plan: HotspotPlan,
    cases: Cases,
    used: Any,
    neighbours: "Neighbours",
    spots: "Spots",
    emerging: "Emerging | None",
) -> list[Phrase]:
    unit = WORDS[plan.by]
    notes = [cases.note] if cases.note else []
    if spots.note:
        notes.append(
            say("不足 30 个{unit}，不作显著性判断", unit=unit)
            if spots.note == "too-few"
            else say("各{unit}平滑后的率都一样，没有热点", unit=unit)
        )
    empty = int((~used & ~np.isnan(cases.counts)).sum())
    if empty:
        notes.append(say("{n} 个{unit}没有人口或界线，没有参与计算", n=empty, unit=unit))
    if cases.lost:
        notes.append(say("{n} 件没有可用的{unit}代码，没有计入", n=cases.lost, unit=unit))
    notes += _alone(plan, cases, used, neighbours)
    if cases.monthly is not None:
        if emerging is None:
            notes.append(say("不足 {n} 个整月，没有算趋势", n=LEAST_MONTHS))
        elif len(cases.months) < GOOD_MONTHS:
            notes.append(say("只有 {n} 个整月，升降的检验不够可靠", n=len(cases.months)))
    return notes


def _alone(plan: HotspotPlan, cases: Cases, used: Any, neighbours: "Neighbours") -> list[Phrase]:
    """Areas beside which there is nothing, and those beside which nothing is worked with."""
    if not neighbours.islands:
        return []
    unit, places = WORDS[plan.by], np.flatnonzero(used)[list(neighbours.islands)]
    every = np.flatnonzero(cases.shaped)
    islands = set(every[list(_neighbours(cases, cases.shaped, plan).islands)].tolist())
    alone = [at for at in places.tolist() if at in islands]
    beside = [at for at in places.tolist() if at not in islands]
    said = []
    if alone:
        said.append(
            say(
                "{n} 个{unit}没有邻居，只和自己比：{names}",
                n=len(alone),
                unit=unit,
                names=_first(cases, alone),
            )
        )
    if beside:
        said.append(
            say(
                "{n} 个{unit}的邻居都没有参与计算，只和自己比：{names}", n=len(beside), unit=unit, names=_first(cases, beside),
            )
        )  # fmt: skip
    return said


def _first(cases: Cases, places: list[int]) -> Phrase:
    """Names of the first five."""
    first = listing(map(PlaceName, cases.areas["name"].to_numpy()[places[:5]]))
    return say("{names}等", names=first) if len(places) > 5 else first


def _method(
    ground: "Groundwork",
    plan: HotspotPlan,
    cases: Cases,
    emerging: "Emerging | None",
    editions: Mapping[str, Edition],
) -> Chain:
    near = (
        say("界线相接（queen）")
        if plan.neighbours == "queen"
        else say("代表点相距不超过 {n} 米", n=number(plan.band_m))
    )
    said = [
        say(
            "{since} 至 {until} 的件数按{unit}计，每千人件数用经验贝叶斯平滑（Marshall 1991）",
            since=cases.since, until=cases.until, unit=WORDS[plan.by],
        ),
        say(
            "热点用 Gi*（Getis-Ord），邻居为{near}并含自身，解析 z、双侧 p，Benjamini-Hochberg 校正，q 不超过 {alpha} 为显著",
            near=near, alpha=number(plan.alpha),
        ),
    ]  # fmt: skip
    if emerging is not None:
        said.append(
            say(
                "趋势用 {n} 个整月的平滑率做时空 Gi*（回看 {lag} 个月），升降用 Mann-Kendall 检验",
                n=len(cases.months), lag=LAG,
            )
        )  # fmt: skip
    return sentences([*said, *data_words(ground.door, editions)])


def _parameters(plan: HotspotPlan, cases: Cases) -> dict[str, Any]:
    answer = {
        "since": str(cases.since),
        "until": str(cases.until),
        "by": plan.by,
        "neighbours": plan.neighbours,
        "alpha": plan.alpha,
        "correction": "benjamini-hochberg",
        "smoothing": "empirical-bayes",
        "lag_months": LAG,
    }
    answer |= {"band_m": plan.band_m} if plan.neighbours == "band" else {}
    chosen = {name.removeprefix(CONDITION): list(values) for name, values in plan.conditions.items()}
    return answer | ({"conditions": chosen} if chosen else {})


def _row_json(row: Spot) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "people": finite(row.people),
        "n": row.n,
        "rate": row.rate,
        "rate_smoothed": row.smoothed,
        "z": row.z,
        "p": row.p,
        "q": row.q,
        "class": row.side,
        "trend": row.trend,
        "hot_months": row.hot_months,
        "cluster": row.cluster,
    }
