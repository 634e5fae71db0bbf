"""Coverage, gaps and hot spots of the sample county, worked out again by code of the tests alone: plain loops and formulas."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.catalog import load_catalog
from layers.disclosure import Viewer
from layers.editions import Store
from layers.planning import coverage_plan, hotspot_plan
from layers.planning.planning import Planning
from tests.disputes import put
from tests.planning import planning_of

Table = Callable[[str], pd.DataFrame]
LAYERS = (
    "counties", "townships", "villages", "grids", "settlements", "roads", "rivers", "village-clinics", "disputes",
)  # fmt: skip
OPERATOR = Viewer("operator", "140822")
DETOUR, LIMIT, LINK = 1.3, 2000.0, 1500.0


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, rows: Table) -> Planning:
    store = Store(tmp_path_factory.mktemp("recomputed"), load_catalog())
    store.create()
    for layer in LAYERS:
        put(store, layer, rows(layer), demo=True)
    return planning_of(store)


# ---- coverage and gaps ----


@pytest.fixture(scope="module")
def people(metres: Table) -> gpd.GeoDataFrame:
    """Settlements with the way to the nearest clinic: each pair by Pythagoras and the detour."""
    places, clinics = metres("settlements"), metres("village-clinics")
    spots = [(point.x, point.y) for point in clinics.geometry]
    ways = [min(math.hypot(point.x - x, point.y - y) for x, y in spots) * DETOUR for point in places.geometry]
    return places.assign(way=ways, reached=[way <= LIMIT for way in ways])


WORDS = {"services": "village-clinics", "within": "2000m", "mode": "detour"}


def test_who_is_reached(planning: Planning, people: gpd.GeoDataFrame) -> None:
    answer = planning.coverage(OPERATOR, coverage_plan(WORDS))
    expected = int(people.loc[people["reached"], "population"].sum())
    assert (answer.covered, answer.total) == (expected, int(people["population"].sum()))
    assert 0 < expected < answer.total


def test_circles_are_those_who_are_not(planning: Planning, people: gpd.GeoDataFrame) -> None:
    left = planning.shapes(OPERATOR, coverage_plan(WORDS)).places
    rest = people[~people["reached"] & (people["population"] > 0)].set_index("code")
    assert set(left.codes) == set(rest.index)
    for code, amount, way in zip(left.codes, left.amounts, left.ways, strict=True):
        assert amount == rest.loc[code, "population"]
        assert way == pytest.approx(rest.loc[code, "way"])


def test_gaps_are_chains_of_places_on_one_bank(
    planning: Planning, people: gpd.GeoDataFrame, metres: Table
) -> None:
    """Without a road over it a river keeps apart what is near; with one, the way by road decides, which the product's own
    tests hold. Here no gap is wider than a new centre reaches, and whatever hangs together by short dry links and is not
    wider is one gap."""
    reach = planning.shapes(OPERATOR, coverage_plan(WORDS))
    rest = people[~people["reached"] & (people["population"] > 0)].set_index("code")
    gap_of = dict(zip(reach.places.codes, reach.places.gaps, strict=True))
    near = list(links(rest, LINK))
    water = metres("rivers").geometry.to_numpy()
    dry = [pair for pair in near if not shapely.intersects(water, line(rest, pair)).any()]
    assert len(dry) > 20
    chains, banks = (components(list(rest.index), pairs) for pairs in (near, dry))
    divided = [code for code in rest.index if not within_one(rest, chains[code])]
    assert 0 < len(divided) < len(rest) / 2
    for code in set(rest.index) - set(divided):
        assert {gap_of[other] for other in banks[code]} == {gap_of[code]}
    members = defaultdict(set)
    for code, gap in gap_of.items():
        members[gap].add(code)
    for gap in reach.gaps:
        own = members[gap.rank]
        assert gap.people == rest.loc[list(own), "population"].sum()
        assert len(set(map(frozenset, (chains[code] for code in own)))) == 1, "a chain of short links"
        assert within_one(rest, own)
    assert [gap.people for gap in reach.gaps] == sorted((gap.people for gap in reach.gaps), reverse=True)


def within_one(rest: gpd.GeoDataFrame, codes: set[str]) -> bool:
    """Whether all lie within what a centre at one of them reaches."""
    spots = [(point.x, point.y) for point in rest.loc[sorted(codes)].geometry]
    radius = max(LINK, LIMIT / DETOUR)
    return any(all(math.dist(one, other) <= radius for other in spots) for one in spots)


def test_a_site_brings_what_it_says(planning: Planning, people: gpd.GeoDataFrame) -> None:
    (first, *_) = planning.shapes(OPERATOR, coverage_plan(WORDS)).gaps
    assert first.site is not None
    spot = people.set_index("code").loc[first.site.code].geometry
    rest = people[~people["reached"]]
    won = [
        population
        for point, population in zip(rest.geometry, rest["population"], strict=True)
        if math.hypot(point.x - spot.x, point.y - spot.y) * DETOUR <= LIMIT
    ]
    assert first.site.gain == sum(won)


def links(places: gpd.GeoDataFrame, far: float) -> Iterator[tuple[str, str]]:
    every = list(places.geometry.items())
    for at, (a, one) in enumerate(every):
        for b, other in every[at + 1 :]:
            if math.hypot(one.x - other.x, one.y - other.y) <= far:
                yield a, b


def line(places: gpd.GeoDataFrame, pair: tuple[str, str]) -> shapely.LineString:
    return shapely.LineString([places.loc[code].geometry for code in pair])


def components(codes: list[str], pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    group = {code: {code} for code in codes}
    for a, b in pairs:
        if group[a] is not group[b]:
            group[a] |= group[b]
            for code in group[b]:
                group[code] = group[a]
    return group


# ---- hot spots ----


def test_hot_spots(planning: Planning, rows: Table, metres: Table) -> None:
    """Marshall's (1991) empirical Bayes rates, Gi* of Ord and Getis (1995), Benjamini and Hochberg (1995)."""
    words = {"since": "2026-06-01", "until": "2026-08-31", "by": "village"}
    answer = planning.hotspots(OPERATOR, hotspot_plan(words))
    villages = metres("villages").sort_values("code", ignore_index=True)
    cases = rows("disputes")
    days = pd.to_datetime(cases["happened_on"])
    cases = cases[(days >= "2026-06-01") & (days < "2026-09-01")]
    counts = cases["village_code"].value_counts()
    n = [int(counts.get(code, 0)) for code in villages["code"]]
    smoothed = marshall(n, villages["population"].tolist())
    near = [
        {at for at, other in enumerate(villages.geometry) if shapely.dwithin(shape, other, 0.5)}
        for shape in villages.geometry
    ]
    z = [gi_star(smoothed, near[at]) for at in range(len(n))]
    q = benjamini_hochberg([math.erfc(abs(value) / math.sqrt(2)) for value in z])
    assert answer.total == sum(n) > 100
    told = {row.code: row for row in answer.rows}
    for at, code in enumerate(villages["code"]):
        assert told[code].n == n[at]
        assert told[code].smoothed == pytest.approx(1000 * smoothed[at])
        assert told[code].z == pytest.approx(z[at], abs=1e-9)
        assert told[code].q == pytest.approx(q[at], abs=1e-12)
        expected = "none" if q[at] > 0.05 else "hot" if z[at] > 0 else "cold"
        assert told[code].side == expected
    assert sum(row.side == "hot" for row in answer.rows) >= 5


def marshall(events: list[int], people: list[int]) -> list[float]:
    whole = sum(people)
    mean = sum(events) / whole
    spread = sum(p * (e / p - mean) ** 2 for e, p in zip(events, people, strict=True)) / whole
    between = max(spread - mean / (whole / len(people)), 0.0)
    return [
        mean + between / (between + mean / p) * (e / p - mean) for e, p in zip(events, people, strict=True)
    ]


def gi_star(values: list[float], near: set[int]) -> float:
    count, mean = len(values), float(np.mean(values))
    deviation = math.sqrt(sum(value**2 for value in values) / count - mean**2)
    weight = len(near)
    return (sum(values[at] for at in near) - weight * mean) / (
        deviation * math.sqrt((count * weight - weight**2) / (count - 1))
    )


def benjamini_hochberg(p: list[float]) -> list[float]:
    order = sorted(range(len(p)), key=p.__getitem__, reverse=True)
    least, q = 1.0, [0.0] * len(p)
    for rank, at in zip(range(len(p), 0, -1), order, strict=True):
        least = min(least, p[at] * len(p) / rank)
        q[at] = least
    return q
