"""Places that lie together: links at the limit, rivers, bridges, and all pairs by brute force; classes of the rest."""

from importlib import import_module

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components
from shapely import LineString, MultiLineString, box

from geo.coverage import breaks, classes, clusters, sizes
from geo.errors import LimitError, PositionsError
from geo.roads import cost_matrix, network, road_links, snap, water_of

CRS = "EPSG:4546"
RIVER = LineString([(500, -5000), (500, 5000)])
"""Between the places at 0 and at 1,000."""
PAIR = [(0.0, 0.0), (1000.0, 0.0)]


def roads(*lines: list[tuple[float, float]], bridges: tuple[int, ...] = ()) -> gpd.GeoDataFrame:
    table = {"class": "village", "bridge": [row in bridges for row in range(len(lines))]}
    return gpd.GeoDataFrame(table, geometry=[LineString(line) for line in lines], crs=CRS)


def test_links_are_inclusive_and_run_through_others() -> None:
    row = [(0, 0), (1000, 0), (2000, 0), (3000.001, 0)]
    assert clusters(row, 1000).tolist() == [0, 0, 0, 1]
    assert clusters(row, 1000.001).tolist() == [0, 0, 0, 0]
    assert clusters(row, 999.999).tolist() == [0, 1, 2, 3]


def test_clusters_are_numbered_by_their_first_places() -> None:
    assert clusters([(9000, 0), (0, 0), (9001, 0), (5000, 0), (0, 1)], 10).tolist() == [0, 1, 0, 2, 1]
    assert clusters([], 10).tolist() == []
    assert clusters([(1, 1)], 10).tolist() == [0]
    assert clusters([(1, 1), (1, 1)], 0.001).tolist() == [0, 0]


def test_a_river_parts_what_is_near() -> None:
    water = water_of(RIVER)
    assert clusters(PAIR, 1500, water=water).tolist() == [0, 1]
    # round its end, over a third place that sees both banks
    short = water_of(LineString([(500, -5000), (500, 100)]))
    assert clusters([*PAIR, (500, 600)], 1500, water=short).tolist() == [0, 0, 0]
    assert clusters([*PAIR, (500, 600)], 700, water=short).tolist() == [0, 1, 2]


def test_land_is_what_water_parts() -> None:
    water = water_of(RIVER.buffer(20))
    assert water is not None
    lands = water.land(
        np.array([(0.0, 0.0), (1000.0, 0.0), (500.0, 0.0), (0.0, 900.0), (900.0, 50.0)])
    ).tolist()
    assert lands[2] == -1
    assert lands[0] == lands[3] != lands[1] == lands[4]
    assert water.land(np.zeros((0, 2))).tolist() == []


def test_a_line_that_touches_the_bank_is_dry() -> None:
    water = water_of(box(0, 0, 100, 100))
    assert water is not None
    ends = [
        ((-50, 50), (50, -50)),
        ((-50, 0.005), (0.005, 0.005)),
        ((-50, 50), (0.02, 50)),
        ((-50, 50), (150, 50)),
    ]
    start, end = (np.array(column, dtype=float) for column in zip(*ends, strict=True))
    assert water.between(start, end).tolist() == [False, False, True, True]


def test_a_bridge_joins_what_a_river_parts() -> None:
    # nobody gets onto the bridge itself: 10 m to either road, and 1,000 m over both and the bridge between
    bank, bridge, other = [(0, 10), (450, 10)], [(450, 10), (550, 10)], [(550, 10), (1000, 10)]
    ways = network(roads(bank, bridge, other, bridges=(1,)), "walk", unit="m", barriers=RIVER)
    for limit, joined in ((1020.0, [0, 0]), (1019.0, [0, 1])):
        links = road_links(ways, snap(ways, PAIR), limit)
        assert clusters(PAIR, limit, water=water_of(RIVER), bridged=links).tolist() == joined


def test_a_long_way_round_to_the_bridge_joins_nothing() -> None:
    bridge = [(0, 0), (0, 900), (1000, 900), (1000, 0)]
    ways = network(roads(bridge), "walk", unit="m", barriers=RIVER)
    for limit, joined in ((2799.0, [0, 1]), (2800.0, [0, 0])):
        links = road_links(ways, snap(ways, PAIR), limit)
        assert clusters(PAIR, limit, water=water_of(RIVER), bridged=links).tolist() == joined


def test_no_places_on_the_roads_are_not_linked() -> None:
    ways = network(roads([(0, 0), (1000, 0)]), "walk", unit="m")
    assert road_links(ways, snap(ways, [(0, 9000), (10, 9000)]), 1000).tolist() == []


@pytest.mark.parametrize("link", [0, -1, np.nan, np.inf])
def test_links_that_are_none(link: float) -> None:
    with pytest.raises(LimitError):
        clusters(PAIR, link)


def test_places_without_a_place() -> None:
    with pytest.raises(PositionsError):
        clusters([(0, np.nan)], 10)


def brute(xy: np.ndarray, linked: np.ndarray) -> np.ndarray:
    """Connected components of a table of pairs, numbered in the order of their first places."""
    _, labels = connected_components(linked, directed=False)
    first = {label: rank for rank, label in enumerate(dict.fromkeys(labels.tolist()))}
    return np.array([first[label] for label in labels.tolist()], dtype=np.int64)


def straight_links(xy: np.ndarray, link: float, water: object) -> np.ndarray:
    far = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    start, end = np.nonzero(far <= link * (1 + 1e-9))
    linked = np.zeros(far.shape, dtype=bool)
    dry = np.ones(len(start), dtype=bool) if water is None else ~water.between(xy[start], xy[end])
    linked[start, end] = dry
    return linked


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([100.0, 400.0, 900.0]), st.booleans())
def test_clusters_by_brute_force(seed: int, count: int, link: float, wet: bool) -> None:
    rng = np.random.default_rng(seed)
    xy = rng.integers(0, 30, (count, 2)) * 100.0
    # between the places of the lattice, so that none lies in the water
    water = (
        water_of(MultiLineString([rng.uniform(0, 3000, (4, 2)) + 0.123 for _ in range(3)])) if wet else None
    )
    assert clusters(xy, link, water=water).tolist() == brute(xy, straight_links(xy, link, water)).tolist()


@given(st.integers(0, 2**32 - 1), st.integers(2, 80), st.sampled_from([150.0, 400.0, 5000.0]))
@example(0, 2, 150.0)
@example(1, 4, 5000.0)
def test_too_many_pairs_are_not_listed(seed: int, count: int, link: float) -> None:
    """Of the nearest few and the neighbours all round, without water, the same clusters come."""
    rng = np.random.default_rng(seed)
    xy = rng.choice([rng.uniform(0, 3000, (count, 2)), rng.integers(0, 20, (count, 2)) * 100.0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("geo.coverage.clusters"), "MOST_PAIRS", 0)
        few = clusters(xy, link)
    assert few.tolist() == clusters(xy, link).tolist()


@given(st.integers(0, 2**32 - 1), st.sampled_from([300.0, 700.0, 1200.0]))
def test_links_by_road_against_all_ways(seed: int, link: float) -> None:
    rng = np.random.default_rng(seed)
    lines = [rng.uniform(0, 3000, (2, 2)).round(1).tolist() for _ in range(8)]
    lines += [[(0, y), (3000, y)] for y in (700, 2100)] + [[(x, 0), (x, 3000)] for x in (900, 1800)]
    river = LineString([(0, 1400.37), (3000, 1450.11)])
    ways = network(roads(*lines), "walk", unit="m", barriers=river)
    xy = rng.uniform(0, 3000, (30, 2))
    water = water_of(river)
    places = snap(ways, xy, cap_m=300.0)
    links = road_links(ways, places, link)
    table = cost_matrix(ways, places, places)
    assert (table[links[:, 0], links[:, 1]] <= link * (1 + 1e-9)).all()
    every = straight_links(xy, link, water) | (table <= link * (1 + 1e-9))
    assert clusters(xy, link, water=water, bridged=links).tolist() == brute(xy, every).tolist()


@pytest.mark.parametrize(
    ("limit", "beyond"),
    [(15, (20, 30)), (10, (15, 20)), (30, (40, 60)), (2000, (2500, 4000)), (500, (600, 1000)), (1000, (1500, 2000))],
)  # fmt: skip
def test_round_limits_beyond_one(limit: float, beyond: tuple[float, float]) -> None:
    assert breaks(limit) == beyond


@given(st.floats(1e-3, 2e5))
def test_limits_beyond_one_ascend(limit: float) -> None:
    first, second = breaks(limit)
    assert limit < first < second < 3 * limit


def test_edges_of_classes_are_inclusive() -> None:
    ways = np.array([1.0, 20.0, 20.0 * (1 + 1e-10), 20.001, 30.0, 30.001, np.inf])
    assert classes(ways, breaks(15)).tolist() == [0, 0, 0, 1, 1, 2, 3]
    with pytest.raises(LimitError):
        breaks(0)


@pytest.mark.parametrize(
    ("usual", "shown"),
    [
        (1, (1, 1, 1)),
        (10, (2, 5, 10)),
        (29, (5, 10, 20)),
        (380, (50, 150, 300)),
        (1699, (200, 500, 1000)),
        (5000, (1000, 3000, 5000)),
        (0.2, (1, 1, 1)),
    ],
)
def test_sizes_of_a_legend_are_round(usual: float, shown: tuple[float, ...]) -> None:
    assert sizes(usual) == shown
