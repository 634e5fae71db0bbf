"""How a place gets onto the roads: exact numbers by hand, and what must hold on any network."""

from itertools import pairwise
from math import hypot, sqrt

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from geo.coverage import ByRoad, Services, demand_of, reach
from geo.nearest import any_of, each_of, straight
from geo.roads import Network, cost_matrix, isochrones, network, road_costs, snap, travel
from geo.roads.ends import loose_ends

CRS = "EPSG:4546"
INF = np.inf
Place = tuple[float, float]


def roads(*lines: list[Place], **columns: list[object]) -> gpd.GeoDataFrame:
    shapes = [LineString(line) for line in lines]
    return gpd.GeoDataFrame({"class": ["village"] * len(shapes), **columns}, geometry=shapes, crs=CRS)


def made_of(*lines: list[Place], water: object = None, **columns: list[object]) -> Network:
    return network(roads(*lines, **columns), unit="m", barriers=water)


def way(made: Network, start: Place, end: Place, cap_m: float = 500.0) -> float:
    """From a place to a service, by every table of ways, which must agree."""
    demand, services = snap(made, [start], cap_m=cap_m), snap(made, [end], cap_m=cap_m)
    found = float(travel(made, services, demand).distance[0])
    assert cost_matrix(made, demand, services)[0, 0] == pytest.approx(found, abs=1e-9)
    sparse = road_costs(made, demand, services, 1e6).toarray()[0, 0]
    assert (sparse if np.isfinite(found) else INF) == pytest.approx(found, abs=1e-9)
    return found


MAIN = [(0.0, 0.0), (5000.0, 0.0)]
MAIN_NORTH = [(0.0, 900.0), (5000.0, 900.0)]


@pytest.mark.parametrize("leg", [0.0, 10.0, 200.0, 300.0, 800.0])
def test_a_village_that_stands_at_its_clinic_is_there(leg: float) -> None:
    assert way(made_of(MAIN), (1000, leg), (1000, leg)) == 0


def test_the_straight_way_counts_up_to_both_legs_and_then_costs_more() -> None:
    made = made_of(MAIN)
    assert way(made, (1000, 300), (1400, 300)) == 400  # 1,000 by road
    assert way(made, (1000, 300), (1600, 300)) == 600
    assert way(made, (1000, 300), (1700, 300)) == pytest.approx(700 + (sqrt(2) - 1) * 100)
    assert way(made, (1000, 300), (1900, 300)) == pytest.approx(1500)  # longer than 500 m and half the legs
    assert way(made, (1000, 255.8379), (1000, 0)) == pytest.approx(255.8379)
    assert way(made, (1000, 100), (2000, 0)) == pytest.approx(1100)


def test_between_two_roads_both_are_entrances() -> None:
    """Two lanes 100 m apart that meet 600 m to the east; the clinic stands in the west of the northern one."""
    lanes = [(-900.0, 0.0), (600.0, 0.0)], [(-900.0, 100.0), (600.0, 100.0)], [(600.0, 0.0), (600.0, 100.0)]
    made = made_of(*lanes)
    south, north = (way(made, (0, 50 + east), (-700, 100)) for east in (-0.065, 0.065))
    assert south == pytest.approx(750.065 + 0.1 * 0.13, abs=1e-6)
    assert north == pytest.approx(749.935)
    assert way(made, (0, 49.935), (0, 50.065)) == pytest.approx(0.13)


def test_both_arms_of_a_hairpin_are_entrances() -> None:
    hairpin = [(0.0, 0.0), (1000.0, 0.0), (1010.0, 10.0), (1010.0, 90.0), (1000.0, 100.0), (0.0, 100.0)]
    made = made_of(hairpin, [(0.0, 100.0), (-2000.0, 100.0)])
    assert snap(made, [(100, 49.9)]).piece.tolist() == [0, 0]
    assert way(made, (100, 49.9), (-1000, 100)) == pytest.approx(1150.1 + 0.1 * 0.2, abs=1e-6)
    assert way(made, (100, 50.1), (-1000, 100)) == pytest.approx(1149.9)


@pytest.mark.parametrize("cuts", [[], [900.0], [700.0, 1000.0, 1001.0, 1400.0], list(range(100, 4900, 100))])
def test_it_does_not_matter_in_which_pieces_a_road_was_drawn(cuts: list[float]) -> None:
    """Nor whether lanes turn off at the cuts."""
    ends = [0.0, *cuts, 5000.0]
    pieces = [[(a, 0.0), (b, 0.0)] for a, b in pairwise(ends)]
    lanes = [[(x, 0.0), (x, -900.0)] for x in cuts]
    for made in (made_of(*pieces), made_of(*pieces, *lanes)):
        assert way(made, (1000, 300), (1730, 0)) == pytest.approx(1030)
        assert way(made, (1000, 300), (2730, 200)) == pytest.approx(2230)
        assert way(made, (-30, 40), (2000, 0)) == pytest.approx(50 + 2000)


def test_a_fragment_does_not_keep_a_village_from_the_road() -> None:
    """20 m of lane at 10 m, the road at 300 m."""
    made = made_of(MAIN, [(990.0, 310.0), (1010.0, 310.0)])
    assert way(made, (1000, 300), (1730, 0)) == pytest.approx(1030)
    snapped = snap(made, [(1000, 300)])
    assert (snapped.beside_m.tolist(), sorted(snapped.leg_m)) == ([300], pytest.approx([10, 300]))
    # where only the fragment leads to a service, it is taken
    assert way(made, (1000, 330), (1010, 310)) == pytest.approx(hypot(10, 20))
    assert way(made_of([(0, 0), (900, 0)], [(0, 400), (800, 400)]), (0, 200), (800, 400)) == pytest.approx(
        1000
    )


def test_a_bridge_is_no_entrance() -> None:
    """A road over a river, whose bridge is marked or not; below it a village on the bank."""
    river = box(1000, -2000, 1100, 2000)
    banks = [(0.0, 0.0), (1000.0, 0.0)], [(1000.0, 0.0), (1100.0, 0.0)], [(1100.0, 0.0), (3000.0, 0.0)]
    whole = made_of([(0.0, 0.0), (3000.0, 0.0)], water=river)
    marked = made_of(*banks, bridge=[False, True, None], water=box(1020, -2000, 1080, 2000))
    for made in (whole, marked):
        assert way(made, (1050, 50), (2000, 0)) == INF
        assert way(made, (980, 50), (2000, 0)) == pytest.approx(50 + 1020)
    places = shapely.line_interpolate_point(
        whole.lines[0], snap(whole, [(980, 50), (1120, 50)]).share, normalized=True
    )
    assert shapely.get_x(places).tolist() == pytest.approx([980, 1120])


def test_a_long_road_that_is_marked_only_has_a_bridge() -> None:
    """Where the water is known; where it is not, all of it is one."""
    over = [(0.0, 0.0), (2000.0, 0.0)]
    known = made_of(over, MAIN_NORTH, bridge=[True, False], water=box(1000, -2000, 1020, 300))
    unknown = made_of(over, MAIN_NORTH, bridge=[True, False])
    assert way(known, (500, 50), (1500, 0)) == pytest.approx(1050)
    assert way(known, (1010, 50), (1500, 0)) == INF
    assert snap(unknown, [(500, 50)], cap_m=400).rejected == (0,)


@pytest.mark.parametrize("river", [box(100, -2000, 110, 2000), LineString([(105, -2000), (105, 2000)])])
def test_nobody_walks_through_a_river(river: object) -> None:
    """The village stands 100 m west of the river, the only road 200 m east of it."""
    road = [(310.0, -1000.0), (310.0, 1000.0)]
    made = made_of(road, water=river)
    snapped = snap(made, [(0, 0), (200, 0)])
    assert (snapped.rejected, snapped.behind_water.tolist()) == ((0,), [True, False])
    assert way(made, (0, 0), (310, 0)) == INF
    assert way(made, (95, 0), (115, 0)) == INF
    assert way(made, (95, 0), (95, 0)) == 0
    bridged = made_of(road, [(-300.0, 500.0), (310.0, 500.0)], water=river)
    assert way(bridged, (0, 0), (310, 0)) == pytest.approx(500 + 310 + 500)


def test_the_picture_has_the_same_entrances_and_water() -> None:
    river = box(100, -2000, 110, 2000)
    west, east = [(-100.0, -1000.0), (-100.0, 1000.0)], [(310.0, -1000.0), (310.0, 1000.0)]
    made = made_of(west, east, water=river)
    area = isochrones(made, snap(made, [(0, 0)]), [300]).geometry[0]
    assert area.intersection(box(100, -2000, 2000, 2000)).area == 0
    assert area.intersects(shapely.Point(-100, 199)) and area.intersects(shapely.Point(99, 0))
    # as the number has it: a service 200 m beside the road, and a house 150 m from it
    off = snap(made_of(MAIN), [(1000, 200)])
    assert isochrones(made_of(MAIN), off, [150]).geometry[0].contains(shapely.Point(1000, 349))


def test_of_services_as_near_the_first_is_taken() -> None:
    """1,000 m to either side, and two at one place."""
    xy = np.array([[1000.0, 0.0], [3000.0, 0.0], [3000.0, 0.0], [1000.0, 0.0]])
    made = made_of([(float(x), 0.0) for x in range(0, 4001, 500)], [(2000.0, 0.0), (2000.0, 1000.0)])
    demand = demand_of([(2000, 0), (2000, 300), (2600, 0), (1400, 0)], [1, 1, 1, 1], ["A"] * 4)
    expected = [0, 0, 1, 0], [1, 1, 2, 3]
    for order in ([0, 1, 2, 3], [0, 2, 1, 3]):
        services = Services(xy[order])
        for found in (reach(demand, services, ByRoad(made)), straight(demand.xy, services.xy, second=True)):
            assert (found.nearest.tolist(), found.second.tolist()) == expected
        assert straight(demand.xy, services.xy).nearest.tolist() == expected[0]
    turned = [straight(demand.xy, xy[rows], second=True) for rows in ([0], [1])]
    assert any_of(turned[::-1]).nearest.tolist()[2:] == [0, 0]
    one = [straight([(0, 0)], [(5, 0)]) for _ in range(2)]
    assert each_of(one).nearest.tolist() == [0]


def square(arm: LineString, spot: shapely.Point) -> float:
    """To the line of the arm beyond its end, and along it at 1.4."""
    corners = np.array(arm.coords)
    end, inner = (corners[0], corners[1]) if arm.project(spot) < 1e-6 else (corners[-1], corners[-2])
    ahead = (end - inner) / np.hypot(*(end - inner))
    beyond = np.array(spot.coords[0]) - end
    return 1.4 * abs(beyond @ ahead) + abs(beyond[0] * ahead[1] - beyond[1] * ahead[0])


def everything(made: Network, xy: np.ndarray, cap_m: float) -> list[tuple[int, int, float, float]]:
    """Every entrance within the cap, by hand: point, piece, share and price."""
    arms = made.entrances
    found = []
    for i, spot in enumerate(shapely.points(xy)):
        legs, at_joints = [], dict[int, list[int]]()
        for k, arm in enumerate(arms.arms):
            along = arm.project(spot)
            side = 0 if along < 1e-6 else 1 if along > arm.length - 1e-6 else None
            if side is not None:
                at_joints.setdefault(int(arms.joints[k, side]), []).append(k)
        for k, arm in enumerate(arms.arms):
            if arm.distance(spot) > cap_m:
                continue
            price = arm.distance(spot)
            for joint, here in at_joints.items():
                if k in here and len(here) < int((arms.joints == joint).any(axis=1).sum()):
                    price = square(arm, spot)
            piece = arms.piece[k]
            share = (arms.begin_m[k] + arm.project(spot)) / made.length_m[piece]
            legs.append((piece, share, arm.distance(spot), price, made.part[made.tail[piece]]))
        for piece, share, _, price, part in legs:
            nearest = min(other[2] for other in legs if other[4] == part)
            found.append((i, piece, share, price + 0.1 * (price - nearest)))
    return found


def brute_force(made: Network, start: np.ndarray, end: np.ndarray, cap_m: float) -> np.ndarray:
    """All ways over all entrances, without leaving any of them out."""
    graph = nx.DiGraph()
    stops: dict[int, list[tuple[float, object]]] = {
        i: [(0.0, ("n", int(t))), (1.0, ("n", int(h)))]
        for i, (t, h) in enumerate(zip(made.tail, made.head, strict=True))
    }

    def link(a: object, b: object, cost: float) -> None:
        if np.isfinite(cost) and cost < graph.get_edge_data(a, b, {"w": INF})["w"]:
            graph.add_edge(a, b, w=cost)

    for kind, xy in (("d", start), ("s", end)):
        graph.add_nodes_from((kind, i) for i in range(len(xy)))
        for k, (i, piece, share, price) in enumerate(everything(made, xy, cap_m)):
            at = ("at", kind, k)
            link((kind, i), at, price) if kind == "d" else link(at, (kind, i), price)
            stops[piece].append((share, at))
    for piece, along in stops.items():
        ordered = sorted(along, key=lambda stop: stop[0])
        for (a, one), (b, two) in pairwise(ordered):
            stretch = b - a if b - a > 1e-12 else 0.0
            link(one, two, made.forward[piece] * stretch if stretch else 0.0)
            link(two, one, made.backward[piece] * stretch if stretch else 0.0)
    lengths = [nx.single_source_dijkstra_path_length(graph, ("d", i), weight="w") for i in range(len(start))]
    found = np.array([[row.get(("s", j), INF) for j in range(len(end))] for row in lengths])
    sides = [snap(made, xy, cap_m=cap_m).beside_m for xy in (start, end)]
    for i, j in np.ndindex(*found.shape):
        metres, legs = float(np.hypot(*(start[i] - end[j]))), sides[0][i] + sides[1][j]
        if metres <= cap_m + legs / 2:
            found[i, j] = min(found[i, j], metres + (sqrt(2) - 1) * max(0.0, metres - legs))
    return found


@st.composite
def countries(draw: st.DrawFn, bends: int = 1) -> tuple[gpd.GeoDataFrame, np.ndarray, np.ndarray]:
    """Roads between some places, crossings and loose parts among them, and points anywhere around."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    places = rng.uniform(0, 1500, (draw(st.integers(2, 9)), 2))
    pairs = rng.integers(0, len(places), (draw(st.integers(1, 12)), 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]] if (pairs[:, 0] != pairs[:, 1]).any() else np.array([[0, 1]])
    lines = []
    for a, b in pairs:
        middles = np.sort(rng.uniform(0, 1, (bends - 1, 1)), axis=0) * (places[b] - places[a]) + places[a]
        lines.append([places[a], *(middles + rng.normal(0, 150, middles.shape)), places[b]])
    points = rng.uniform(-200, 1700, (draw(st.integers(1, 8)), 2))
    services = rng.uniform(-200, 1700, (draw(st.integers(1, 5)), 2))
    return roads(*lines), points, services


@settings(max_examples=120, deadline=None)
@given(countries(bends=3), st.sampled_from([150.0, 500.0]))
def test_what_is_left_out_gains_nothing(case, cap_m: float) -> None:
    table, start, end = case
    made = network(table, unit="m")
    demand, services = snap(made, start, cap_m=cap_m), snap(made, end, cap_m=cap_m)
    expected = brute_force(made, start, end, cap_m)
    np.testing.assert_allclose(cost_matrix(made, demand, services), expected, rtol=1e-9, atol=1e-6)
    found = travel(made, services, demand, second=True)
    np.testing.assert_allclose(found.distance, expected.min(axis=1), rtol=1e-9, atol=1e-6)


@settings(max_examples=100, deadline=None)
@given(countries(bends=3))
def test_as_far_there_as_back_and_never_longer_than_straight(case) -> None:
    table, start, end = case
    made = network(table, unit="m")
    demand, services = snap(made, start), snap(made, end)
    there = cost_matrix(made, demand, services)
    np.testing.assert_allclose(there, cost_matrix(made, services, demand).T, rtol=1e-9, atol=1e-6)
    metres = np.hypot(*(start[:, None] - end[None]).transpose(2, 0, 1))
    legs = demand.beside_m[:, None] + services.beside_m[None]
    assert (there >= metres - 1e-6).all()
    assert (there[metres <= legs] <= metres[metres <= legs] + 1e-6).all()
    assert (there[metres <= 500] <= metres[metres <= 500] * sqrt(2) + 1e-6).all()


@settings(max_examples=100, deadline=None)
@given(countries(), st.integers(0, 2**32 - 1))
def test_moved_by_20_cm_a_place_is_about_as_far(case, seed: int) -> None:
    table, start, end = case
    made = network(table, unit="m")
    angle = np.random.default_rng(seed).uniform(0, 2 * np.pi, len(start))
    moved = start + 0.2 * np.column_stack([np.cos(angle), np.sin(angle)])
    # a cap that nothing here is beyond: at the cap itself there is a leap
    services = snap(made, end, cap_m=4000)
    before, after = (cost_matrix(made, snap(made, xy, cap_m=4000), services) for xy in (start, moved))
    finite = np.isfinite(before)
    assert (finite == np.isfinite(after)).all()
    assert (np.abs(before - after)[finite] <= 0.2 * 2 + 1e-6).all()


@settings(max_examples=100, deadline=None)
@given(countries(), st.integers(0, 2**32 - 1))
def test_another_road_makes_nothing_further(case, seed: int) -> None:
    """It turns off anywhere. Places that get a nearer road by it are taken to go by that one."""
    table, start, end = case
    rng = np.random.default_rng(seed)
    begin = table.geometry[rng.integers(len(table))].interpolate(rng.uniform(0.05, 0.95), normalized=True)
    more = [[(begin.x, begin.y), tuple(rng.uniform(0, 1500, 2))]]
    first, second = (
        network(one, unit="m")
        for one in (table, roads(*[list(line.coords) for line in table.geometry], *more))
    )
    assume(len(first.parts) == 1)
    kept = []
    for xy in (start, end):
        before, after = snap(first, xy), snap(second, xy)
        same = np.flatnonzero((before.beside_m <= after.beside_m + 1e-9) & (np.diff(before.starts) > 0))
        kept.append((before.part(same), after.part(same)))
    (demand, demand_later), (services, services_later) = kept
    assume(len(demand.xy) and len(services.xy))
    earlier, later = cost_matrix(first, demand, services), cost_matrix(second, demand_later, services_later)
    assert (later <= earlier + 1e-6).all()


def test_ends_that_nearly_meet_a_road_are_found() -> None:
    """0.6 m short, 2 m too far; and what is no slip: joined ends, a stub behind a junction, a bridge, dead ends."""
    lines = [
        LineString(corners)
        for corners in (
            [(0, 1500), (3000, 1500), (6000, 1500), (9000, 1500)],
            [(4500, 4000), (4500, 1500.6)],
            [(7500, 4000), (7500, 1498)],
            [(1000, 4000), (1000, 1500.4)],
            [(3000, 4000), (3000, 1500), (3000, 1498)],
            [(2000, 4000), (2000, 1000)],
            [(5000, 4000), (5000, 1506)],
        )
    ]
    found = loose_ends(np.array([*lines, None, LineString()]))
    assert [(end.line, end.other, end.at, round(end.gap_m, 6), end.beyond) for end in found] == [
        (1, 0, (4500, 1500.6), 0.6, False),
        (2, 0, (7500, 1498), 2, True),
    ]
    assert loose_ends(np.array([], dtype=object)) == []
