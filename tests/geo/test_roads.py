"""Road networks: junctions by hand, ways against networkx on random graphs."""

from itertools import pairwise
from math import sqrt

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from geo.errors import (
    ArgumentError,
    CrsMissingError,
    LimitError,
    NetworkError,
    NoServicesError,
    NotMetricError,
    PositionsError,
)
from geo.roads import (
    Snapped,
    cost_matrix,
    isochrones,
    network,
    reached_roads,
    road_costs,
    snap,
    travel,
)

CRS = "EPSG:4546"
INF = np.inf


def roads(*lines: object, crs: str | None = CRS, **columns: list[object]) -> gpd.GeoDataFrame:
    """Village roads along lists of corners."""
    shapes = [LineString(line) if isinstance(line, list) else line for line in lines]
    return gpd.GeoDataFrame({"class": ["village"] * len(shapes), **columns}, geometry=shapes, crs=crs)


def grid(radius: int, step: float = 100.0) -> gpd.GeoDataFrame:
    """Streets along a square grid, each in one piece: all junctions are shared vertices."""
    ticks = np.arange(-radius, radius + 1) * step
    rows = [[(x, y) for x in ticks] for y in ticks]
    columns = [[(x, y) for y in ticks] for x in ticks]
    return roads(*rows, *columns)


def way(
    table: gpd.GeoDataFrame, start: tuple[float, float], end: tuple[float, float], **kind: object
) -> float:
    """Cost from one point to a service at another; beside the roads one goes 20 m at most, if not told otherwise."""
    cap_m = kind.pop("cap_m", 20.0)
    made = network(table, **{"mode": "car", "unit": "m", **kind})
    return float(travel(made, snap(made, [end], cap_m=cap_m), snap(made, [start], cap_m=cap_m)).distance[0])


@pytest.mark.parametrize("steps", [0, 1, 2, 5, 9])
def test_nodes_within_r_steps_of_a_grid(steps: int) -> None:
    made = network(grid(10), unit="m")
    found = travel(made, snap(made, [(0.0, 0.0)]))
    assert int((found.distance <= steps * 100 + 1e-6).sum()) == 2 * steps**2 + 2 * steps + 1


def test_pairs_of_more_nodes_than_32_bits_can_number() -> None:
    made = network(grid(110), unit="m")
    found = travel(made, snap(made, [(0.0, 0.0)]), limit=10_000)
    assert len(made.nodes) == 221**2
    assert int((found.nearest == 0).sum()) == 2 * 100**2 + 2 * 100 + 1


def test_a_road_that_ends_on_another_joins_it() -> None:
    made = network(roads([(0, 0), (100, 0)], [(40, 0.2), (40, 50)]), unit="m")
    assert len(made.lines) == 3
    assert sorted(made.length_m.round(9)) == [40, 49.8, 60]
    assert len(made.parts) == 1


def test_a_crossing_without_a_shared_vertex_is_a_bridge() -> None:
    over = roads([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    at_grade = roads([(0, 0), (50, 0), (100, 0)], [(50, -50), (50, 0), (50, 50)])
    assert way(over, (0, 0), (50, 50)) == INF
    assert way(at_grade, (0, 0), (50, 50)) == pytest.approx(100)


def test_ends_within_the_tolerance_meet_and_no_others() -> None:
    assert way(roads([(0, 0), (100, 0)], [(100.4, 0), (200, 0)]), (0, 0), (200, 0)) == pytest.approx(199.6)
    assert way(roads([(0, 0), (100, 0)], [(100.6, 0), (200, 0)]), (0, 0), (200, 0)) == INF


def test_a_road_that_meets_itself() -> None:
    """A lasso: 100 m to the loop, which is 400 m round."""
    lasso = roads([(-100, 0), (0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])
    assert way(lasso, (-100, 0), (0, 100)) == pytest.approx(200)


def test_of_parallel_roads_the_shorter_counts() -> None:
    table = roads([(0, 0), (100, 0)], [(0, 0), (50, 200), (100, 0)], [(100, 0), (200, 0)])
    assert way(table, (0, 0), (200, 0)) == pytest.approx(200)


def test_one_way_binds_cars_only_and_depends_on_the_direction() -> None:
    table = roads([(0, 0), (100, 0)], [(0, 0), (0, 100), (100, 100), (100, 0)], oneway=[True, False])
    assert way(table, (0, 0), (100, 0)) == pytest.approx(100)
    assert way(table, (100, 0), (0, 0)) == pytest.approx(300)
    assert way(table, (100, 0), (0, 0), mode="walk") == pytest.approx(100)
    made = network(table, "car", unit="m")
    ends = (snap(made, [place], cap_m=20) for place in [(0, 0), (100, 0)])
    back = travel(made, *ends, direction="from")
    assert back.distance.tolist() == pytest.approx([100])


def test_against_the_drawn_direction() -> None:
    table = roads([(0, 0), (100, 0)], oneway=[-1])
    assert way(table, (100, 0), (0, 0)) == pytest.approx(100)
    assert way(table, (0, 0), (100, 0)) == INF


def test_along_one_piece_there_is_no_detour_by_its_ends() -> None:
    table = roads([(0, 0), (1000, 0)], oneway=[True])
    assert way(table, (400, 3), (600, 4)) == pytest.approx(207)
    assert way(table, (600, 0), (400, 0)) == INF
    assert way(table, (500, 5), (500, -6)) == pytest.approx(11)


def test_minutes_by_class_by_own_speed_and_on_foot() -> None:
    table = roads([(0, 0), (1000, 0)], [(1000, 0), (2000, 0)], speed_kmh=[None, 60])
    assert way(table, (0, 0), (2000, 0), unit="min") == pytest.approx(60 / 25 + 1)
    assert way(table, (0, 0), (2000, 0), unit="min", mode="walk") == pytest.approx(30)
    assert way(table, (0, 100), (2000, 0), unit="min", mode="walk", cap_m=100) == pytest.approx(31.5)
    assert way(table, (0, 0), (2000, 0), unit="min", mode="walk", speeds={"village": 6}) == pytest.approx(20)


def test_expressways_are_driven_along_but_not_entered_and_not_walked() -> None:
    table = roads([(0, 0), (1000, 0)], [(0, 0), (0, 400), (1000, 400), (1000, 0)])
    table["class"] = ["expressway", "village"]
    made = network(table, "car", unit="m")
    assert snap(made, [(500, 10)], cap_m=400).leg_m.tolist() == pytest.approx([390])
    assert way(table, (0, 100), (1000, 100)) == pytest.approx(1200)
    assert way(table, (0, 100), (1000, 100), mode="walk") == pytest.approx(1600)
    with pytest.raises(NetworkError):
        network(table.iloc[:1], "car")


def test_islands_are_listed_the_longest_first() -> None:
    made = network(roads([(0, 0), (100, 0)], [(0, 500), (900, 500)], [(900, 500), (900, 600)]), unit="m")
    assert [(part.nodes, part.length_km) for part in made.parts] == [(3, 1.0), (2, 0.1)]
    assert made.parts[1].at in {(0, 0), (100, 0)}
    assert made.part.tolist().count(1) == 2


def test_what_is_far_from_every_road_is_listed() -> None:
    made = network(roads([(0, 0), (100, 0)]), unit="m")
    snapped = snap(made, [(50, 30), (50, 31), (400, 0)], cap_m=30)
    assert snapped.rejected == (1, 2)
    found = travel(made, snap(made, [(0, 0)]), snapped)
    assert found.distance.tolist() == pytest.approx([80, INF, INF])
    assert (found.nearest.tolist(), found.rejected) == ([0, -1, -1], (1, 2))
    assert snapped.part(slice(0, 1)).rejected == ()


def test_to_the_nearest_junction() -> None:
    made = network(roads([(0, 0), (100, 0)], [(100, 0), (200, 0)]), unit="m")
    snapped = snap(made, [(90, 0), (40, 30)], to="node", cap_m=50)
    assert snapped.leg_m.tolist() == pytest.approx([10, 50])
    assert travel(made, snap(made, [(200, 0)]), snapped).distance.tolist() == pytest.approx([110, 250])


def test_limits_are_inclusive() -> None:
    made = network(roads(*[[(i / 10, 0), ((i + 1) / 10, 0)] for i in range(10)]), unit="m", tolerance_m=0.01)
    ends = snap(made, [(0, 0)]), snap(made, [(1, 0), (0.9, 0)])
    assert travel(made, *ends, limit=1.0).nearest.tolist() == [0, 0]
    assert travel(made, *ends, limit=0.95).nearest.tolist() == [-1, 0]
    assert np.isfinite(cost_matrix(made, ends[1], ends[0], 1.0)).all()
    assert road_costs(made, ends[1], ends[0], 0.95).nnz == 1


def test_multilines_and_heights() -> None:
    lines = shapely.from_wkt(
        ["MULTILINESTRING Z ((0 0 5, 100 0 6), (100 0 6, 100 50 7))", "LINESTRING EMPTY"]
    )
    made = network(roads(*lines), unit="m")
    assert made.length_m.tolist() == [100, 50]
    assert made.source.tolist() == [0, 0]


def test_reached_roads_are_cut_at_the_limit() -> None:
    made = network(roads([(0, 0), (1000, 0)], [(1000, 0), (1000, 400)], [(1000, 0), (2000, 0)]), unit="m")

    def spans(cap_m: float) -> dict[int, tuple[float, float]]:
        piece, begin, end = reached_roads(made, snap(made, [(900, 50)], cap_m=cap_m), 450)
        return {int(p): (round(b, 9), round(e, 9)) for p, b, e in zip(piece, begin, end, strict=True)}

    assert spans(60) == {0: (0.5, 1), 1: (0, 0.75), 2: (0, 0.3)}
    across = (50 + 450 - (100 + 0.1 * 50)) / 400
    assert spans(500) == {0: (0.5, 1), 1: (0, pytest.approx(across)), 2: (0, 0.3)}


def test_reached_roads_follow_one_way_streets() -> None:
    made = network(roads([(0, 0), (1000, 0)], oneway=[True]), "car", unit="m")
    middle = snap(made, [(500, 0)])
    assert [part.tolist() for part in reached_roads(made, middle, 200)] == [[0], [0.3], [0.5]]
    away = reached_roads(made, middle, 200, direction="from")
    assert [part.round(9).tolist() for part in away] == [[0], [0.5], [0.7]]


def test_isochrones_keep_holes() -> None:
    """Once round a block of 1 km: its inside is not reached, however near it is to roads on all sides."""
    block = roads([(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)])
    made = network(block, unit="m")
    area = isochrones(made, snap(made, [(500, 0)]), [500, 2000, 5000], strip_m=50)
    assert area["length_km"].tolist() == pytest.approx([1, 4, 4])
    assert [len(shape.interiors) for shape in area.geometry] == [0, 1, 1]
    assert not area.geometry[1].intersects(shapely.Point(500, 500))
    assert area.geometry[1].area == pytest.approx(4000 * 100 - 4 * 2500 + 2500 * 4 * np.pi / 4, rel=1e-3)


def test_isochrones_do_not_cross_a_river_where_there_is_no_bridge() -> None:
    river = shapely.box(-2000, 20, 2000, 60)
    banks = [(-1000, 0), (1000, 0)], [(-1000, 80), (1000, 80)]
    for wall in (river, LineString([(-2000, 40), (2000, 40)])):
        apart = network(roads(*banks), unit="m", barriers=wall)
        area = isochrones(apart, snap(apart, [(0, 0)]), [400], strip_m=100).geometry[0]
        assert not area.intersects(shapely.box(-2000, 61, 2000, 500))
        assert area.intersects(shapely.Point(0, -99))
    bridged = network(roads(*banks, [(300, 0), (300, 80)]), unit="m", barriers=river)
    area = isochrones(bridged, snap(bridged, [(0, 0)]), [400], strip_m=100).geometry[0]
    assert area.intersects(shapely.Point(310, 85))
    assert not area.intersects(shapely.Point(100, 85))


def test_isochrones_of_a_limit_that_the_way_to_the_road_uses_up() -> None:
    made = network(roads([(0, 0), (100, 0)]), unit="m")
    found = isochrones(made, snap(made, [(50, 30)]), [20], strip_m=10)
    assert found["length_km"].tolist() == [0]
    # nobody gets to the road, but whoever is within 20 m walks there straight
    assert found.geometry[0].bounds == pytest.approx((30, 10, 70, 50))
    with pytest.raises(LimitError):
        isochrones(made, snap(made, [(50, 30)]), [0])


@pytest.mark.parametrize(
    ("table", "error"),
    [
        (roads([(0, 0), (1, 0)], crs=None), CrsMissingError),
        (roads([(110, 35), (111, 35)], crs="EPSG:4490"), NotMetricError),
        (roads([(0, 0), (1, 0)]).iloc[:0], NetworkError),
        (roads(shapely.Point(0, 0)), NetworkError),
        (roads(LineString()), NetworkError),
        (roads([(0, 0), (1, 0)]).assign(**{"class": "track"}), NetworkError),
        (roads([(0, 0), (1, 0)]).assign(**{"class": "expressway"}), NetworkError),
    ],
)
def test_roads_that_are_none(table: gpd.GeoDataFrame, error: type[Exception]) -> None:
    with pytest.raises(error):
        network(table)


def test_arguments_that_are_none() -> None:
    table = roads([(0, 0), (1000, 0)])
    with pytest.raises(ArgumentError, match="boat"):
        network(table, "boat")
    with pytest.raises(LimitError):
        network(table, speeds={"village": 0})
    made = network(table)
    ends = snap(made, [(0, 0)])
    with pytest.raises(LimitError):
        travel(made, ends, limit=0)
    with pytest.raises(LimitError):
        snap(made, [(0, 0)], cap_m=-1)
    with pytest.raises(PositionsError):
        snap(made, [(0, np.nan)])
    with pytest.raises(NoServicesError):
        travel(made, snap(made, []))
    with pytest.raises(NoServicesError):
        cost_matrix(made, ends, snap(made, []))


@st.composite
def random_roads(draw: st.DrawFn) -> tuple[gpd.GeoDataFrame, np.ndarray, np.ndarray]:
    """Roads among junctions with one-ways, parallel roads and islands; services and demand at roads."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(2, 12))
    places = rng.choice(20, (count, 2), replace=True) * 50.0 + rng.uniform(0, 20, (count, 2))
    pairs = rng.integers(0, count, (draw(st.integers(1, 24)), 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]] if (pairs[:, 0] != pairs[:, 1]).any() else np.array([[0, 1]])
    middles = (places[pairs[:, 0]] + places[pairs[:, 1]]) / 2 + rng.normal(0, 40, (len(pairs), 2))
    lines = [LineString([places[a], m, places[b]]) for (a, b), m in zip(pairs, middles, strict=True)]
    oneway, speed_kmh = rng.choice([False, False, True], len(lines)), rng.choice([20, 40, 60], len(lines))
    table = roads(*lines, oneway=oneway, speed_kmh=speed_kmh)

    def some(most: int) -> np.ndarray:
        chosen = rng.integers(0, len(lines), rng.integers(1, most))
        share = rng.choice([0.0, 1.0, *rng.uniform(0, 1, 3)], len(chosen))
        spots = [
            table.geometry[i].interpolate(s, normalized=True) for i, s in zip(chosen, share, strict=True)
        ]
        return shapely.get_coordinates(spots) + rng.normal(0, 5, (len(spots), 2))

    return table, some(7), some(9)


def ways_by_networkx(table: gpd.GeoDataFrame, made: object, services: Snapped, demand: Snapped) -> np.ndarray:
    """All ways to the services: one-ways as arcs, points as nodes of their own in the middle of a road."""
    graph = nx.MultiDiGraph()
    stops: dict[int, list[tuple[float, object]]] = {}
    for i, (tail, head) in enumerate(zip(made.tail, made.head, strict=True)):
        stops[i] = [(0.0, ("n", tail)), (1.0, ("n", head))]
    for kind, points in (("s", services), ("d", demand)):
        for j in range(len(points.xy)):
            graph.add_node((kind, j))
        entrances = zip(points.point, points.piece, points.share, points.price_m, strict=True)
        for k, (j, piece, share, price) in enumerate(entrances):
            # a point is where ways begin or end: none leads on over its other entrances
            leg = (kind, j), ("on", kind, k)
            graph.add_edge(*(leg if kind == "d" else leg[::-1]), w=price * made.per_metre)
            stops[piece].append((share, ("on", kind, k)))
    for i, along in stops.items():
        ordered = sorted(along, key=lambda stop: stop[0])
        row = table.iloc[made.source[i]]
        minutes = shapely.length(made.lines[i]) / 1000 / row.speed_kmh * 60
        for (a, start), (b, end) in pairwise(ordered):
            graph.add_edge(start, end, w=(b - a) * minutes)
            if not row.oneway or a == b:
                graph.add_edge(end, start, w=(b - a) * minutes)
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="w"))
    return np.array(
        [
            [lengths[("d", i)].get(("s", j), INF) for j in range(len(services.xy))]
            for i in range(len(demand.xy))
        ]
    )


def straight_ways(made: object, services: Snapped, demand: Snapped) -> np.ndarray:
    """Ways beside the roads, pair by pair."""
    found = np.full((len(demand.xy), len(services.xy)), INF)
    for i, j in np.ndindex(*found.shape):
        metres = float(np.hypot(*(demand.xy[i] - services.xy[j])))
        legs = demand.beside_m[i] + services.beside_m[j]
        if metres <= 500 + legs / 2:
            found[i, j] = (metres + (sqrt(2) - 1) * max(0.0, metres - legs)) * made.per_metre
    return found


@settings(max_examples=150, deadline=None)
@given(random_roads(), st.booleans())
def test_ways_against_networkx(case, small_chunks) -> None:
    table, service_xy, demand_xy = case
    made = network(table, "car")
    services, demand = snap(made, service_xy), snap(made, demand_xy)
    expected = np.minimum(
        ways_by_networkx(table, made, services, demand), straight_ways(made, services, demand)
    )
    with pytest.MonkeyPatch.context() as patch:
        if small_chunks:
            patch.setattr("geo.roads.ways.CHUNK_BYTES", 1)
        matrix = cost_matrix(made, demand, services)
        sparse = road_costs(made, demand, services, 1.5)
    np.testing.assert_allclose(matrix, expected, rtol=1e-9, atol=1e-9)
    within = np.full(matrix.shape, INF)
    within[sparse.row, sparse.col] = sparse.data
    assert within.tolist() == np.where(matrix <= 1.5, matrix, INF).tolist()
    found = travel(made, services, demand, second=True)
    np.testing.assert_allclose(found.distance, matrix.min(axis=1), rtol=1e-9, atol=1e-9)
    rows = np.arange(len(matrix))
    near = found.nearest >= 0
    assert near.tolist() == np.isfinite(matrix.min(axis=1)).tolist()
    np.testing.assert_allclose(matrix[rows[near], found.nearest[near]], found.distance[near], atol=1e-9)
    rest = matrix.copy()
    rest[rows[near], found.nearest[near]] = INF
    np.testing.assert_allclose(found.second_distance, rest.min(axis=1), rtol=1e-9, atol=1e-9)
    assert not ((found.second == found.nearest) & near).any()
    assert travel(made, services, demand).distance.tolist() == found.distance.tolist()


@settings(max_examples=100, deadline=None)
@given(random_roads())
def test_junctions_against_networkx_built_from_the_table_alone(case) -> None:
    table, _, _ = case
    graph = nx.MultiDiGraph()
    ends = [(line.coords[0], line.coords[-1]) for line in table.geometry]
    for (tail, head), metres, oneway in zip(ends, table.length, table["oneway"], strict=True):
        graph.add_edge(tail, head, w=metres)
        if not oneway:
            graph.add_edge(head, tail, w=metres)
    places = sorted(graph.nodes)
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="w"))
    made = network(table, "car", unit="m", tolerance_m=1e-3)
    at = snap(made, places, to="node", cap_m=1e-3)
    expected = [[lengths[a].get(b, INF) for b in places] for a in places]
    np.testing.assert_allclose(cost_matrix(made, at, at), expected, rtol=1e-9, atol=1e-6)
    assert len(made.parts) == nx.number_weakly_connected_components(graph)


@settings(max_examples=60, deadline=None)
@given(random_roads(), st.sampled_from(["to", "from"]))
def test_reached_roads_are_those_whose_points_are_within_the_limit(case, direction) -> None:
    table, service_xy, _ = case
    made = network(table, "car")
    services = snap(made, service_xy)
    piece, begin, end = reached_roads(made, services, 0.5, direction=direction)
    share = np.linspace(0.013, 0.987, 14)
    everywhere = Snapped.standing(
        made, np.repeat(np.arange(len(made.lines)), 14), np.tile(share, len(made.lines))
    )
    cost = travel(made, services, everywhere, direction=direction).distance
    inside = np.zeros(len(cost), dtype=bool)
    for p, b, e in zip(piece, begin, end, strict=True):
        inside |= (everywhere.piece == p) & (everywhere.share >= b - 1e-9) & (everywhere.share <= e + 1e-9)
    clear = np.abs(cost - 0.5) > 1e-6
    assert (inside[clear] == (cost[clear] < 0.5)).all()
