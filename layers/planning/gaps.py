"""Places that are not reached, the gaps that they form together, and where in each a new centre would do most."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.amounts import floats, limbs, totals
from geo.coverage import breaks, classes, clusters
from layers.disclosure import Viewer
from layers.planning.centres import STORED, degrees_of, required_capacities
from layers.planning.plans import CoveragePlan
from layers.planning.reached import Reached
from layers.planning.results import Gap, Left, Near, Site

if TYPE_CHECKING:
    from layers.planning.groundwork import Groundwork

GAINED = 4
"""Class of a place that only the proposals reach."""
HULL_M = 300.0
"""How much wider a hull is than its places."""
MOST_SITES = 30
"""Gaps for which a site is looked for: the first ones."""
MOST_CANDIDATES = 200
"""Places of a gap that are looked at as its site: those with most people."""
MOST_CELLS = 10_000_000
"""Of the table of places × candidates at a time: 240 MB."""
DEGREES = 6
"""Decimals of coordinates of shapes: 0.1 m."""


@dataclass(frozen=True, eq=False)
class Open:
    """The points that are not reached, by row of the demand (n,), with what is left of each, where it is in metres
    (n, 2), the way to its nearest centre, and its gap, which count from 0 in the order of their ranks."""

    rows: Any
    amounts: Any
    xy: Any
    ways: Any
    gap: Any

    def members(self) -> list[Any]:
        """Places in this table of each gap, most people first."""
        order = np.lexsort((np.arange(len(self.gap)), -self.amounts, self.gap))
        return np.split(order, np.cumsum(np.bincount(self.gap))[:-1]) if len(order) else []


def left_and_gaps(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan) -> tuple[Left, tuple[Gap, ...]]:
    """Places that are not reached, and the gaps that they form; see ``Groundwork.gaps``."""
    reached = ground.reached(viewer, plan)
    left = reached.left(plan.limit, capacity=plan.capacity)
    open_ = _open(ground, viewer, plan, reached, left)
    named = _Names(ground, reached)
    gained = _gained(ground, viewer, plan, left)
    members = open_.members()
    sites = list(_sites(plan, reached, open_, members[:MOST_SITES]))
    shapes = _hulls(ground, open_, members, ground.line(plan.code))
    gaps = (
        _gap(rank, open_, rows, (named, reached), sites[rank] if rank < len(sites) else None, shape)
        for rank, (rows, shape) in enumerate(zip(members, shapes, strict=True))
    )
    return _left(plan, reached, named, open_, gained), tuple(gaps)


class _Names:
    """What the points of a demand are called, and where they are."""

    def __init__(self, ground: "Groundwork", reached: Reached) -> None:
        demand, divisions, own = reached.demand, ground.door.divisions, reached.rows
        self.name_of = ground.areas.name_of
        self.codes, self.names = reached.basis.keys[own], reached.basis.names[own]
        self.villages, self.townships = (
            np.array([divisions.cut(code, level) for code in demand.codes.tolist()], dtype=np.str_)[demand.area]
            for level in ("village", "township")
        )  # fmt: skip
        self._demand, self._crs = demand, ground.crs

    def degrees(self, rows: Any) -> Any:
        """Longitude and latitude (n, 2) of points."""
        return degrees_of(self._demand.xy[rows], self._crs)


def _open(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan, reached: Reached, left: Any) -> Open:
    """The points with something left, linked to gaps; of gaps with as many people that with the lowest code is first."""
    rows = np.flatnonzero(left > 0)
    xy, amounts = reached.demand.xy[rows], left[rows]
    water, ways = ground.crossings(viewer, plan)
    bridged = ways.links(xy, plan.link) if ways is not None and water is not None else None
    home = clusters(xy, plan.link, water=water, bridged=bridged)
    count = int(home.max(initial=-1)) + 1
    people = floats(totals(limbs(amounts), home, count))
    codes = reached.basis.keys[reached.rows[rows]]
    by_code = np.argsort(codes, kind="stable")
    first = np.empty(count, dtype=np.int64)
    first[home[by_code[::-1]]] = np.arange(len(rows))[::-1]
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((first, -people))] = np.arange(count)
    return Open(rows, amounts, xy, reached.nearest.distance[rows], rank[home])


def _gained(ground: "Groundwork", viewer: Viewer, plan: CoveragePlan, left: Any) -> Any:
    """What of each point the proposals reach newly, where they leave nothing."""
    if not plan.placed:
        return np.zeros(len(left))
    before = ground.reached(viewer, plan.without_proposals())
    return np.where(left > 0, 0.0, before.left(plan.limit, capacity=plan.capacity))


def _left(plan: CoveragePlan, reached: Reached, named: _Names, open_: Open, gained: Any) -> Left:
    new = np.flatnonzero(gained > 0)
    rows, nothing = np.concatenate([open_.rows, new]), np.zeros(len(new), dtype=np.int64)
    amounts = np.concatenate([open_.amounts, gained[new]])
    kinds = np.concatenate([classes(open_.ways, breaks(plan.limit)), nothing + GAINED])
    ranks = np.concatenate([open_.gap + 1, nothing])
    order = np.lexsort((named.codes[rows], -amounts))
    rows = rows[order]
    degrees = named.degrees(rows)
    columns = (
        named.codes[rows], named.names[rows], named.villages[rows], degrees[:, 0], degrees[:, 1], amounts[order],
        reached.nearest.distance[rows], kinds[order], ranks[order],
    )  # fmt: skip
    return Left(*(tuple(column.tolist()) for column in columns))


def _hulls(ground: "Groundwork", open_: Open, members: list[Any], county: Any) -> Any:
    """Convex hulls of gaps, somewhat wider, within the county, in degrees."""
    spots = np.array([shapely.MultiPoint(open_.xy[rows]) for rows in members], dtype=object)
    wide = shapely.buffer(shapely.convex_hull(spots), HULL_M, quad_segs=4)
    shapes = gpd.GeoSeries(shapely.intersection(wide, county), crs=ground.crs).to_crs(STORED)
    return shapely.transform(shapes.to_numpy(), lambda degrees: degrees.round(DEGREES))


def _gap(
    rank: int, open_: Open, members: Any, known: tuple[_Names, Reached], site: "_Chosen | None", shape: Any
) -> Gap:
    named, reached = known
    rows, amounts, ways = open_.rows[members], open_.amounts[members], open_.ways[members]
    villages = _most(named.villages[rows], amounts)
    township = _most(named.townships[rows], amounts)[0]
    lon, lat = named.degrees(rows[[_middle(open_.xy[members], amounts)]])[0].tolist()
    near = int(np.lexsort((reached.nearest.nearest[rows], ways))[0])
    return Gap(
        rank=rank + 1,
        people=float(floats(limbs(amounts).sum(axis=0))),
        places=len(members),
        villages=tuple((code, named.name_of(code)) for code in villages),
        township=(township, named.name_of(township)),
        lon=lon,
        lat=lat,
        farthest=float(ways.max()),
        nearest=_near(reached, int(rows[near])),
        site=None if site is None else _site(named, int(open_.rows[site.member]), site),
        geometry=shape,
    )


def _most(codes: Any, amounts: Any) -> list[str]:
    """Each of the codes once, that with the largest amount first; of equals the lowest."""
    known, group = np.unique(codes, return_inverse=True)
    sums = floats(totals(limbs(amounts), group, len(known)))
    found: list[str] = known[np.lexsort((known, -sums))].tolist()
    return found


def _middle(xy: Any, amounts: Any) -> int:
    """The point that is nearest to the middle of the people."""
    middle = (xy * amounts[:, None]).sum(axis=0) / amounts.sum()
    return int(np.argmin(np.hypot(*(xy - middle).T)))


def _near(reached: Reached, row: int) -> Near | None:
    centre = int(reached.nearest.nearest[row])
    if centre < 0:
        return None
    return Near(reached.centres.names[centre], float(reached.nearest.distance[row]))


@dataclass(frozen=True)
class _Chosen:
    """The best place of a gap, by its row among the open points; ``gain`` and ``farthest`` as of ``Site``."""

    member: int
    gain: float
    farthest: float


def _site(named: _Names, row: int, chosen: _Chosen) -> Site:
    lon, lat = named.degrees([row])[0].tolist()
    village = str(named.villages[row])
    return Site(
        str(named.codes[row]), str(named.names[row]), village, named.name_of(village), lon, lat, chosen.gain,
        chosen.farthest,
    )  # fmt: skip


def _sites(plan: CoveragePlan, reached: Reached, open_: Open, members: list[Any]) -> Iterator[_Chosen]:
    """The best place of each of these gaps."""
    codes = reached.basis.keys[reached.rows[open_.rows]]
    tried = [rows[:MOST_CANDIDATES] for rows in members]
    most = _places_of_one(plan, reached)
    best = []
    for some in _batches(tried, len(open_.rows)):
        columns = np.concatenate(some)
        gains = _gains(plan, reached, open_, columns)
        for part in np.split(np.arange(len(columns)), np.cumsum([len(rows) for rows in some])[:-1]):
            first = part[np.lexsort((codes[columns[part]], -gains[part]))[0]]
            best.append((int(columns[first]), min(float(gains[first]), most)))
    farthest = _farthest(reached, open_, members, [member for member, _ in best])
    return (_Chosen(member, gain, way) for (member, gain), way in zip(best, farthest, strict=True))


def _places_of_one(plan: CoveragePlan, reached: Reached) -> float:
    """How many a new centre can serve: the median of the others where places are counted, as of a proposed one."""
    return float(np.median(required_capacities(reached.centres))) if plan.capacity else float("inf")


def _batches(tried: list[Any], points: int) -> Iterator[list[Any]]:
    """Gaps that are looked at together: tables of points × candidates that fit into memory."""
    some: list[Any] = []
    for rows in tried:
        if some and (sum(map(len, some)) + len(rows)) * points > MOST_CELLS:
            yield some
            some = []
        some.append(rows)
    if some:
        yield some


def _gains(plan: CoveragePlan, reached: Reached, open_: Open, columns: Any) -> Any:
    """What is left within the limit of each of some open points (n,)."""
    costs = reached.ways.costs(open_.xy, open_.xy[columns], plan.limit)
    return floats(totals(limbs(open_.amounts[costs.row]), costs.col.astype(np.int64), len(columns)))


def _farthest(reached: Reached, open_: Open, members: list[Any], chosen: list[int]) -> list[float]:
    """The way from the farthest place of each gap to its chosen one."""
    if not chosen:
        return []
    every = np.concatenate(members)
    table = reached.ways.table(open_.xy[every], open_.xy[chosen])
    ends = np.cumsum([len(rows) for rows in members])
    return [
        float(table[end - len(rows) : end, column].max())
        for column, (rows, end) in enumerate(zip(members, ends, strict=True))
    ]
