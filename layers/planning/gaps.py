"""Places that are not reached, and the gaps that they form together."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geo.amounts import floats, limbs, totals
from geo.coverage import breaks, classes, clusters, parts
from layers.disclosure import Viewer
from layers.planning import plans
from layers.planning.centres import PLACED, STORED
from layers.planning.groundwork import BASES, Groundwork
from layers.planning.places import Places, places_of
from layers.planning.plans import RIVERS, ROADS, CoveragePlan
from layers.planning.reached import Reached
from layers.planning.results import Gap, Left, Near, Site
from layers.planning.sites import Best, best_sites

GAINED = 4
"""Class of a place that only the proposals reach."""
HULL_M = 300.0
"""How much wider a hull is than its places."""
DEGREES = 6
"""Decimals of coordinates of shapes: 0.1 m."""


class Found(NamedTuple):
    """Places that are not reached, the gaps that they form, and what each proposed centre newly reaches: people whom no
    other is nearer to; None where a place may count for several."""

    left: Left
    gaps: tuple[Gap, ...]
    gains: tuple[float | None, ...]


def answer(ground: Groundwork, viewer: Viewer, plan: CoveragePlan) -> Found:
    """See ``Planning.gaps``; kept whatever the level and the other limits."""
    stem = replace(plan, limits=plan.limits[:1], by="village")
    layers = (*BASES, ROADS, RIVERS, *plan.services)
    place = ("gaps", viewer.key, stem, ground.register().capacities, *ground.editions(*layers))
    return ground.kept.get(place, lambda: _found(ground, viewer, stem))


def _found(ground: Groundwork, viewer: Viewer, plan: CoveragePlan) -> Found:
    reached = ground.reached(viewer, plan)
    left = reached.left(plan.limit, capacity=plan.capacity)
    places = places_of(ground, reached, left)
    gap = _ranked(places, _parted(reached, plan, places, _linked(ground, viewer, plan, places)))
    gained = places_of(ground, reached, _gained(ground, viewer, plan, left))
    order = np.lexsort((places.codes, -places.amounts, gap))
    members = np.split(order, np.cumsum(np.bincount(gap))[:-1]) if len(order) else []
    found = best_sites(plan, reached, places, members[: plans.MOST_SITES])
    sites = [*found, *[None] * (len(members) - len(found))]
    shapes = _hulls(ground, [places.xy[rows] for rows in members], ground.line(plan.code))
    known = zip(members, sites, shapes, strict=True)
    gaps = (
        _gap(ground, reached, rank, places.part(rows), (_site(ground, places, site), shape))
        for rank, (rows, site, shape) in enumerate(known, start=1)
    )
    return Found(_columns(plan, places, gap + 1, gained), tuple(gaps), tuple(_gains(plan, reached, gained)))


def _linked(ground: Groundwork, viewer: Viewer, plan: CoveragePlan, places: Places) -> Any:
    """The cluster of each place."""
    water, ways = ground.crossings(viewer, plan)
    bridged = None if ways is None else ways.links(places.xy, plan.link)
    return clusters(places.xy, plan.link, water=water, bridged=bridged)


def _parted(reached: Reached, plan: CoveragePlan, places: Places, cluster: Any) -> Any:
    """The part of each place: no gap is wider round its middle than a new centre there could reach, or than a link."""
    radius = max(plan.link, reached.ways.straight_m(plan.limit))
    return parts(places.xy, places.amounts, cluster, radius)


def _ranked(places: Places, cluster: Any) -> Any:
    """Clusters counted from 0 by their people; of as many that with the lowest code comes first."""
    count = int(cluster.max(initial=-1)) + 1
    people = floats(totals(limbs(places.amounts), cluster, count))
    _, first = np.unique(cluster[np.argsort(places.codes, kind="stable")], return_index=True)
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((first, -people))] = np.arange(count)
    return rank[cluster]


def _gained(ground: Groundwork, viewer: Viewer, plan: CoveragePlan, left: Any) -> Any:
    """What of each point the proposals reach newly, where they leave nothing."""
    if not plan.placed:
        return np.zeros(len(left))
    before = ground.reached(viewer, plan.without_proposals())
    return np.where(left > 0, 0.0, before.left(plan.limit, capacity=plan.capacity))


def _gains(plan: CoveragePlan, reached: Reached, gained: Places) -> Iterator[float | None]:
    """What each proposed centre newly reaches. With capacities somebody else may have got the place, and of each of
    several services only the farthest is known."""
    keys = np.array(reached.centres.keys, dtype=np.str_)[gained.nearest]
    shared = plan.capacity or (plan.match == "each" and len(plan.services) > 1)
    for number in range(1, len(plan.placed) + 1):
        own = gained.amounts[keys == f"{PLACED}:{number}"]
        yield None if shared else float(floats(limbs(own).sum(axis=0)))


def _columns(plan: CoveragePlan, places: Places, ranks: Any, gained: Places) -> Left:
    """Both kinds of places in one table, the largest amount first."""
    new = np.zeros(len(gained), dtype=np.int64)
    kinds = np.concatenate([classes(places.ways, breaks(plan.limit)), new + GAINED])
    columns = (
        *((getattr(places, name), getattr(gained, name)) for name in ("codes", "names", "villages")),
        *((places.degrees[:, axis], gained.degrees[:, axis]) for axis in (0, 1)),
        (places.amounts, gained.amounts),
        (places.ways, gained.ways),
    )
    joined = [*(np.concatenate(column) for column in columns), kinds, np.concatenate([ranks, new])]
    order = np.lexsort((joined[0], -joined[5]))
    return Left(*(tuple(column[order].tolist()) for column in joined))


def _hulls(ground: Groundwork, spots: list[Any], county: Any) -> Any:
    """Convex hulls of places, somewhat wider, within the county, in degrees."""
    around = np.array([shapely.MultiPoint(xy) for xy in spots], dtype=object)
    wide = shapely.buffer(shapely.convex_hull(around), HULL_M, quad_segs=4)
    shapes = gpd.GeoSeries(shapely.intersection(wide, county), crs=ground.crs).to_crs(STORED)
    return shapely.transform(shapes.to_numpy(), lambda degrees: degrees.round(DEGREES))


def _gap(
    ground: Groundwork, reached: Reached, rank: int, members: Places, known: tuple[Site | None, Any]
) -> Gap:
    """``known`` are its site and its hull."""
    name_of = ground.areas.name_of
    villages = _most(members.villages, members.amounts)
    township = str(members.townships[members.villages == villages[0]][0])
    lon, lat = members.degrees[_middle(members)].tolist()
    return Gap(
        rank=rank,
        people=float(floats(limbs(members.amounts).sum(axis=0))),
        places=len(members),
        villages=tuple((code, name_of(code)) for code in villages),
        township=(township, name_of(township)),
        lon=lon,
        lat=lat,
        farthest=float(members.ways.max()),
        nearest=_near(reached, members),
        site=known[0],
        geometry=known[1],
    )


def _most(codes: Any, amounts: Any) -> list[str]:
    """Each of the codes once, that with the largest amount first; of equals the lowest."""
    known, group = np.unique(codes, return_inverse=True)
    sums = floats(totals(limbs(amounts), group, len(known)))
    found: list[str] = known[np.lexsort((known, -sums))].tolist()
    return found


def _middle(members: Places) -> int:
    """The place that is nearest to the middle of the people."""
    middle = (members.xy * members.amounts[:, None]).sum(axis=0) / members.amounts.sum()
    return int(np.argmin(np.hypot(*(members.xy - middle).T)))


def _near(reached: Reached, members: Places) -> Near | None:
    """The nearest centre of them all; of those as near that with the lowest code."""
    first = np.lexsort((members.nearest, members.ways))[0]
    centre = int(members.nearest[first])
    return None if centre < 0 else Near(reached.centres.names[centre], float(members.ways[first]))


def _site(ground: Groundwork, places: Places, best: Best | None) -> Site | None:
    if best is None:
        return None
    row = best.row
    lon, lat = places.degrees[row].tolist()
    village = str(places.villages[row])
    return Site(
        str(places.codes[row]), str(places.names[row]), village, ground.areas.name_of(village), lon, lat, best.gain,
        best.farthest,
    )  # fmt: skip
