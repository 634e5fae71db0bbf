"""Coverage: exact numbers on small maps, and what must hold on any map."""

from math import pi, sqrt

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from geo.amounts import total
from geo.costs import straight_costs
from geo.coverage import (
    ByRoad,
    Curves,
    Demand,
    Services,
    Straight,
    Tally,
    allocate,
    curves,
    demand_of,
    demand_points,
    join_curves,
    join_tallies,
    reach,
    reached_area,
    service_points,
    spread_demand,
    tally,
)
from geo.errors import (
    ArgumentError,
    CrsMissingError,
    LimitError,
    NoServicesError,
    NotMetricError,
    PositionsError,
    WeightsError,
)
from geo.nearest import Nearest, each_of, join, straight
from geo.roads import network
from tests import county

CRS = "EPSG:4546"
INF = np.inf
A, B, C = "140822100001", "140822100002", "140822101001"


def line_of_villages() -> Demand:
    """A: 100 people at 0 m and 50 at 1,000 m. B: 30 at 3,000 m. C: nobody at 5,000 m."""
    return demand_of([(0, 0), (1000, 0), (3000, 0), (5000, 0)], [100, 50, 30, 0], [A, A, B, C])


def two_centres() -> Services:
    return Services(np.array([[0.0, 0.0], [2000.0, 0.0]]))


def whole(found: Tally, limit: float) -> tuple[float, float]:
    share = found.total(limit)
    return share.covered, share.total


def test_table_by_area_and_rolled_up() -> None:
    demand = line_of_villages()
    found = tally(demand, reach(demand, two_centres(), Straight()), [500, 1000])
    rows = found.table(1000).set_index("code")
    assert rows.loc[A].tolist() == [2, 150, 150, 1, 0, 1000 / 3, 1, 5000 / 3, 0, 1000]
    assert rows.loc[B].tolist() == [1, 30, 30, 1, 1, 1000, 0, 3000, 1000, 1000]
    assert rows.loc[C, ["demand", "covered", "nearest", "distance"]].tolist() == [0, 0, 1, 3000]
    assert np.isnan(rows.loc[C, "share"])
    townships = found.table(500, level=9)
    assert townships["code"].tolist() == [A[:9], C[:9]]
    assert townships["covered"].tolist() == [100, 0]
    assert townships["share"].tolist() == pytest.approx([100 / 180, np.nan], nan_ok=True)
    assert found.table(500, level=6)[["code", "demand", "covered"]].to_numpy().tolist() == [
        ["140822", 180, 100]
    ]
    assert (found.total(500).value, whole(found, 1000)) == (100 / 180, (180, 180))
    with pytest.raises(ArgumentError):
        found.table(750)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_centres_that_serve_as_many_the_first_is_named(order: tuple[int, int]) -> None:
    """Two hamlets of 10 people, each at a centre: neither is nearer to the village than the other."""
    demand = demand_of([[(0, 0), (4000, 0)][at] for at in order], [10, 10], [A, A])
    services = Services(np.array([[0.0, 0.0], [4000.0, 0.0]]))
    found = tally(demand, reach(demand, services, Straight()), [500]).table(500, len(A))
    assert found["nearest"].tolist() == [0]


def test_limits_are_inclusive_where_coordinates_round() -> None:
    east = 485_000.1 + np.arange(8) * 0.3
    demand = demand_of(np.column_stack([east + 2000, np.full(8, 3.92e6)]), np.ones(8), ["140822"] * 8)
    services = Services(np.column_stack([east[:1], [3.92e6]]))
    found = tally(demand, reach(demand, services, Straight()), [2000, 2000.3, 1999.999])
    assert [whole(found, limit)[0] for limit in found.limits] == [1, 2, 0]


def test_detour_and_minutes() -> None:
    demand = demand_of([(1000, 0)], [1], [A])
    services = Services(np.zeros((1, 2)))
    assert reach(demand, services, Straight(detour=1.3)).distance.tolist() == [1300]
    minutes = reach(demand, services, Straight(detour=1.5, speed_kmh=6))
    assert (minutes.distance.tolist(), minutes.unit) == (pytest.approx([15]), "min")
    assert tally(demand, minutes, [15]).total(15).value == 1


def test_by_road_with_the_legs_beside_it() -> None:
    road = gpd.GeoDataFrame({"class": ["village"]}, geometry=[LineString([(0, 0), (2000, 0)])], crs=CRS)
    demand = demand_of([(1000, 100), (1500, 900)], [5, 7], [A, B])
    services = Services(np.array([[0.0, 0.0], [1900.0, 0.0]]))
    found = reach(demand, services, ByRoad(network(road, unit="m"), cap_m=200))
    assert found.distance.tolist() == pytest.approx([1000, INF])
    assert (found.nearest.tolist(), found.second.tolist(), found.rejected) == ([1, -1], [0, -1], (1,))
    assert whole(tally(demand, found, [1000]), 1000) == (5, 12)
    off = Services(np.array([[0.0, 0.0], [1500.0, 800.0]]))
    found = reach(demand, off, ByRoad(network(road, unit="m"), cap_m=200))
    # the second centre has no road, and counts for who can walk there straight
    assert (found.nearest.tolist(), found.distance.tolist()) == ([0, 1], pytest.approx([1100, 100]))


def test_any_of_and_each_of_several_services() -> None:
    demand = demand_of([(0, 0), (1000, 0)], [1, 2], [A, B])
    services = Services(
        np.array([[0.0, 0.0], [1000.0, 0.0], [0.0, 300.0]]), np.array(["clinic", "clinic", "school"])
    )
    either = reach(demand, services, Straight(), kinds=["clinic", "school"])
    both = reach(demand, services, Straight(), kinds=["clinic", "school"], how="each")
    assert (either.nearest.tolist(), either.distance.tolist()) == ([0, 1], [0, 0])
    assert either.second.tolist() == [2, 0]
    assert both.nearest.tolist() == [2, 2]
    assert both.distance.tolist() == pytest.approx([300, sqrt(1000**2 + 300**2)])
    assert both.second.tolist() == [-1, -1]
    with pytest.raises(NoServicesError, match="library"):
        reach(demand, services, Straight(), kinds=["library"])
    with pytest.raises(ArgumentError):
        reach(demand, services, Straight(), kinds=["clinic"], how="some")


def test_each_of_with_thresholds_of_their_own() -> None:
    clinic, school = Nearest(np.array([0, 0]), np.array([1500.0, 2500.0])), straight([(0, 0)] * 2, [(900, 0)])
    decided = each_of([clinic.scaled(1 / 2000), school.scaled(1 / 900)])
    assert decided.within(1).tolist() == [True, False]


def test_centres_beyond_the_county_line_count_and_are_marked() -> None:
    rows = county.centres(CRS)
    rows.loc[0, "geometry"] = shapely.affinity.translate(rows.geometry[0], xoff=-200)
    found = service_points(rows, county=county.counties(CRS).geometry[0])
    assert found.outside.tolist() == [True, False, False, False]
    demand = demand_points(county.villages(CRS), "population")
    assert reach(demand, found, Straight()).nearest.tolist()[0] == 0


def test_people_of_an_area_are_spread_over_its_places_and_kept() -> None:
    areas = county.villages(CRS)[["code", "population", "geometry"]]
    corner = county.ORIGIN
    places = gpd.GeoDataFrame(
        {"village": [A, A, A, B, "999"], "homes": [1, 1, 1, 0, 5]},
        geometry=gpd.points_from_xy([corner[0] + i for i in range(5)], [corner[1]] * 5),
        crs=CRS,
    )
    spread = spread_demand(areas, places, "population", of="village", by="homes")
    sums = curves(spread, straight(spread.xy, [corner]))
    assert dict(zip(sums.codes, sums.total(), strict=True)) == dict(
        zip(areas["code"], areas["population"], strict=True)
    )
    assert len(spread.xy) == len(areas) + 2
    assert spread.weights[:3].tolist() == pytest.approx([100 / 3] * 3, abs=1e-5)
    assert spread.weights[3] == areas.set_index("code").loc[B, "population"]
    equal = spread_demand(areas, places.iloc[:2], "population", of="village")
    assert equal.weights[:2].tolist() == [50, 50]


def test_capacity_nearest_first_with_split_points() -> None:
    cost = [[0.0, 10.0], [5.0, 20.0], [INF, 30.0]]
    found = allocate(cost, [60, 60, 10], [100, 25], limit=20)
    assert found.served.tolist() == [60, 60, 0]
    assert found.left.tolist() == [0, 0, 10]
    assert found.used.tolist() == [100, 20]
    flows = list(zip(found.point.tolist(), found.service.tolist(), found.amount.tolist(), strict=True))
    assert flows == [(0, 0, 60), (1, 0, 40), (1, 1, 20)]
    assert found.share == 120 / 130
    assert allocate(cost, [60, 60, 10], [0, 0]).left.tolist() == [60, 60, 10]


def test_two_circles_one_apart() -> None:
    assert reached_area([(0, 0), (1, 0)], 1).area == pytest.approx(5.0548156, abs=1e-3)


def test_curve_over_thresholds() -> None:
    demand = line_of_villages()
    county_curve = curves(demand, straight(demand.xy, [(0, 0)]), level=6)
    assert county_curve.total().tolist() == [180]
    assert [county_curve.covered(limit).tolist() for limit in (1, 999, 1000, 3000)] == [
        [100],
        [100],
        [150],
        [180],
    ]
    villages = curves(demand, straight(demand.xy, [(0, 0)]))
    assert villages.covered(1000).tolist() == [150, 0, 0]


@pytest.mark.parametrize("limit", [0, -1, np.nan, INF])
def test_thresholds_that_are_none(limit: float) -> None:
    demand = line_of_villages()
    near = straight(demand.xy, [(0, 0)])
    tries = (
        lambda: tally(demand, near, [limit]),
        lambda: curves(demand, near).covered(limit),
        lambda: reached_area([(0, 0)], limit),
        lambda: straight_costs(demand.xy, [(0, 0)], limit),
        lambda: reach(demand, two_centres(), Straight(detour=limit)),
        lambda: reach(demand, two_centres(), Straight(speed_kmh=limit)),
    )
    for attempt in tries:
        with pytest.raises(LimitError):
            attempt()


@pytest.mark.parametrize("weights", [[1, np.nan], [1, -1], [1, None], [1, INF], [1], [[1, 2]]])
def test_weights_that_are_none(weights: list[object]) -> None:
    with pytest.raises(WeightsError):
        demand_of([(0, 0), (1, 1)], weights, [A, B])
    if len(weights) == 2:
        rows = county.villages(CRS).iloc[:2].assign(population=weights)
        with pytest.raises(WeightsError, match="第 2 行"):
            demand_points(rows, "population")


def test_sums_that_would_overflow_are_refused() -> None:
    """1,024 amounts of 2⁵³ add up to 2⁶³, one more than a whole number of 64 bits can be."""
    demand = demand_of([(0, 0)] * 1024, [2.0**53] * 1024, [A] * 1024)
    near = straight(demand.xy, [(0, 0)])
    for attempt in (
        lambda: tally(demand, near, [1]),
        lambda: curves(demand, near),
        lambda: total(demand.weights),
    ):
        with pytest.raises(WeightsError, match=r"9\.22e\+18"):
            attempt()
    half = demand.part(slice(0, 511))
    assert whole(tally(half, straight(half.xy, [(0, 0)]), [1]), 1) == (511 * 2.0**53, 511 * 2.0**53)


def test_places_out_of_equal_distances_go_by_row() -> None:
    far = 1000.0 + np.array([[0.0, -1e-10], [0.0, -1e-10]])
    given = allocate(far, [1, 1], [1, 1])
    assert (given.point.tolist(), given.service.tolist()) == ([0, 1], [0, 1])


def test_places_that_are_none() -> None:
    with pytest.raises(NoServicesError):
        straight([(0, 0)], [])
    with pytest.raises(NoServicesError):
        straight_costs([(0, 0)], [], 10)
    with pytest.raises(NoServicesError):
        reached_area([], 10)
    with pytest.raises(NoServicesError):
        service_points(county.centres(CRS).iloc[:0])
    with pytest.raises(NoServicesError):
        each_of([])
    with pytest.raises(PositionsError, match="第 2 行"):
        straight([(0, 0), (np.nan, 1)], [(0, 0)])
    with pytest.raises(PositionsError):
        straight([(0, 0, 0)], [(0, 0)])
    with pytest.raises(ArgumentError):
        demand_of([(0, 0)], [1], [A, B])
    assert straight([], [(0, 0)]).distance.tolist() == []


@pytest.mark.parametrize(("crs", "error"), [(None, CrsMissingError), ("EPSG:4490", NotMetricError)])
def test_degrees_and_no_crs_are_refused(crs: str | None, error: type[Exception]) -> None:
    villages = county.villages().set_crs(crs, allow_override=True)
    for attempt in (demand_points, lambda rows, _: service_points(rows)):
        with pytest.raises(error):
            attempt(villages, "population")
    with pytest.raises(error):
        spread_demand(county.villages(CRS), villages, "population", of="code")


def test_results_of_other_points_are_refused() -> None:
    demand, near = line_of_villages(), straight([(0, 0)], [(0, 0)])
    for attempt in (
        lambda: tally(demand, near, [1]),
        lambda: curves(demand, near),
        lambda: each_of([near, near.scaled(1, "min")]),
        lambda: join_tallies([]),
        lambda: join_curves([]),
    ):
        with pytest.raises(ArgumentError):
            attempt()


@st.composite
def maps(draw: st.DrawFn) -> tuple[Demand, np.ndarray]:
    """Points on a coarse lattice (ties happen) or anywhere, with whole or odd weights, and services."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, lattice, odd = draw(st.integers(1, 40)), draw(st.booleans()), draw(st.booleans())
    xy = rng.uniform(0, 5000, (count + draw(st.integers(1, 8)), 2))
    xy = np.round(xy, -3) if lattice else xy
    weights = rng.uniform(0, 1000, count) if odd else rng.integers(0, 1000, count)
    codes = rng.choice([A, B, C, "140822101002001"], count)
    return demand_of(xy[:count], weights, codes), xy[count:]


def same_tables(one: Tally, other: Tally) -> None:
    for limit in one.limits:
        for level in (None, 12, 9, 6):
            expected = one.table(limit, level)
            assert other.table(limit, level).equals(expected)


@settings(deadline=None)
@given(maps(), st.data())
def test_parts_combine_exactly(case, data) -> None:
    demand, services = case
    part_of = np.array(
        data.draw(st.lists(st.integers(0, 2), min_size=len(demand.xy), max_size=len(demand.xy)))
    )
    parts = [demand.part(part_of == i) for i in range(3)]
    near = [reach(part, Services(services), Straight()) for part in parts]
    limits = [800, 1000, 2500]
    together = reach(demand, Services(services), Straight())
    order = np.argsort(part_of, kind="stable")
    assert join(near).distance.tolist() == together.distance[order].tolist()
    assert join(near).second.tolist() == together.second[order].tolist()
    joined = join_tallies([tally(p, n, limits) for p, n in zip(parts, near, strict=True)])
    same_tables(tally(demand, together, limits), joined)
    one = curves(demand, together)
    other = join_curves([curves(p, n) for p, n in zip(parts, near, strict=True)])
    assert np.array_equal(one.cumulative[one.starts], other.cumulative[other.starts])
    assert [one.covered(limit).tolist() for limit in limits] == [
        other.covered(limit).tolist() for limit in limits
    ]


@given(maps())
def test_against_brute_force(case) -> None:
    demand, services = case
    table = np.hypot(*(demand.xy[:, None] - services[None]).transpose(2, 0, 1))
    found = reach(demand, Services(services), Straight())
    assert found.distance.tolist() == pytest.approx(table.min(axis=1), rel=1e-12, abs=1e-9)
    if len(services) > 1:
        assert found.second_distance.tolist() == pytest.approx(np.sort(table)[:, 1], rel=1e-12, abs=1e-9)
        assert (found.second != found.nearest).all()
    near = table.min(axis=1) <= 1000
    summed = tally(demand, found, [1000])
    assert whole(summed, 1000)[0] == pytest.approx(demand.weights[near].sum(), rel=1e-12)
    for code, covered in zip(summed.codes, summed.table(1000)["covered"], strict=True):
        mine = demand.codes[demand.area] == code
        assert covered == pytest.approx(demand.weights[near & mine].sum(), rel=1e-12)
    sparse = straight_costs(demand.xy, services, 1000)
    assert set(zip(sparse.row, sparse.col, strict=True)) == set(zip(*np.nonzero(table <= 1000), strict=True))


@given(maps(), st.floats(0, 5000), st.floats(0, 5000), st.sampled_from([500.0, 1000.0, 3000.0]))
def test_another_centre_never_lowers_coverage(case, x: float, y: float, limit: float) -> None:
    demand, services = case

    def covered(places: np.ndarray) -> np.ndarray:
        return curves(demand, straight(demand.xy, places)).covered(limit)

    assert (covered(np.vstack([services, [x, y]])) >= covered(services)).all()


@given(maps(), st.integers(2, 5), st.sampled_from([500.0, 1000.0, 3000.0]))
def test_splitting_a_village_keeps_its_totals(case, pieces: int, limit: float) -> None:
    demand, services = case
    codes = np.repeat(demand.codes[demand.area], pieces)
    numbered = [f"{code[:12]}{i:03d}" for i, code in enumerate(codes)]
    finer = demand_of(np.repeat(demand.xy, pieces, axis=0), np.repeat(demand.weights, pieces), numbered)
    coarse = tally(demand, straight(demand.xy, services), [limit]).table(limit, 12)
    split = tally(finer, straight(finer.xy, services), [limit]).table(limit, 12)
    assert split["code"].tolist() == coarse["code"].tolist()
    for column in ("demand", "covered"):
        assert (split[column] / pieces).tolist() == pytest.approx(coarse[column].tolist(), rel=1e-15)
    for column in ("share", "distance", "least", "farthest"):
        assert split[column].tolist() == pytest.approx(coarse[column].tolist(), rel=1e-12, nan_ok=True)


@given(maps(), st.sampled_from([0.001, 0.5, 60.0]))
def test_another_unit_changes_no_share(case, factor: float) -> None:
    demand, services = case
    scaled = demand_of(demand.xy * factor, demand.weights * 8, demand.codes[demand.area])
    plain = curves(demand, straight(demand.xy, services))
    other = curves(scaled, straight(scaled.xy, services * factor))
    assert other.covered(1000 * factor).tolist() == pytest.approx(plain.covered(1000) * 8, rel=1e-12)


@given(maps(), st.data())
def test_curve_and_tally_agree_everywhere(case, data) -> None:
    demand, services = case
    near = straight(demand.xy, services)
    looked_up: Curves = curves(demand, near)
    limit = data.draw(st.one_of(st.floats(1, 6000), st.sampled_from(near.distance.tolist()))) or 1.0
    assert looked_up.covered(limit).tolist() == tally(demand, near, [limit]).table(limit)["covered"].tolist()
    assert looked_up.total().tolist() == tally(demand, near, [limit]).table(limit)["demand"].tolist()


@given(maps(), st.integers(0, 2**32 - 1))
def test_capacity_by_brute_force(case, seed: int) -> None:
    demand, services = case
    rng = np.random.default_rng(seed)
    people, places = rng.integers(0, 50, len(demand.xy)), rng.integers(0, 200, len(services))
    table = np.hypot(*(demand.xy[:, None] - services[None]).transpose(2, 0, 1))
    left, free = people.astype(float), places.astype(float)
    for row, column in sorted(np.ndindex(table.shape), key=lambda pair: (table[pair], pair)):
        amount = min(left[row], free[column]) if table[row, column] <= 2000 else 0
        left[row] -= amount
        free[column] -= amount
    found = allocate(table, people, places, 2000)
    assert found.left.tolist() == left.tolist()
    assert (places - found.used).tolist() == free.tolist()
    assert (found.served + found.left).tolist() == people.tolist()
    assert allocate(straight_costs(demand.xy, services, 2000), people, places).left.sum() == left.sum()


@given(maps(), st.sampled_from([600.0, 1500.0]))
def test_reach_is_no_larger_than_its_circles(case, radius: float) -> None:
    _, services = case
    area = reached_area(services, radius).area
    assert pi * radius**2 * (1 - 1e-9) <= area <= len(services) * pi * radius**2 * (1 + 1e-9)
