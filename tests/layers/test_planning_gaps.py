"""Places that are not reached, and the gaps that they form, of the hand-drawn county.

Within 510 m the west halves of squares 1, 5, 8 and 9 are reached (see ``test_planning_coverage``). The places of the
others stand 500 m apart in each row of squares (those of square 5, which has a hole, 50 m further out), and the rows
1,000 m.
"""

from collections.abc import Callable
from math import hypot
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString

from geo.errors import LimitError
from layers.catalog import Catalog
from layers.disclosure import Viewer
from layers.editions import Edition, Store
from layers.planning import CoveragePlan, Reach, coverage_plan
from layers.planning.planning import Planning
from tests import county
from tests.county import COUNTY, METRIC, ORIGIN, STORED, square, village_code
from tests.disputes import build
from tests.planning import planning_of

Publish = Callable[..., Edition]
CENTRES = "party-service-centres"
OPERATOR = Viewer("operator", COUNTY)
TOTAL = 4500.0
ROAD = [(0.0, 500.0), (3000.0, 500.0)]
RIVER = LineString([(ORIGIN[0] + 1500, ORIGIN[1] - 100), (ORIGIN[0] + 1500, ORIGIN[1] + 3100)])
"""Between the halves of squares 2, 5 and 8."""


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    """The planner over the county as it is; for tests that publish nothing."""
    return planning_of(build(tmp_path_factory.mktemp("county") / "home", catalog, demo=False))


def plan_of(**words: str) -> CoveragePlan:
    return coverage_plan({"services": CENTRES, "within": "510m"} | words)


def ask(planning: Planning, **words: str) -> Reach:
    return planning.shapes(OPERATOR, plan_of(**words))


def half(number: int, west: bool) -> str:
    """Code of the grid that is a half of a square."""
    return f"{village_code(number)}{'001' if west else '002'}"


def metres(lon: float, lat: float) -> tuple[float, float]:
    """A place from the south-west corner of the county."""
    spot = gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs=STORED).to_crs(METRIC).iloc[0]
    return spot.x - ORIGIN[0], spot.y - ORIGIN[1]


def at(number: int, east: float, north: float) -> str:
    """A place in a square, in metres from its corner, as a question says it."""
    west, south, *_ = square(number).bounds
    spot = (
        gpd.GeoSeries(gpd.points_from_xy([west + east], [south + north]), crs=METRIC).to_crs(STORED).iloc[0]
    )
    return f"{spot.x},{spot.y}"


def publish_river(publish: Publish, shape: Any = RIVER) -> None:
    rows = {"code": ["H1"], "name": ["河"], "kind": ["river"]}
    publish("rivers", gpd.GeoDataFrame(rows, geometry=[shape.buffer(20)], crs=METRIC).to_crs(STORED))


def publish_roads(publish: Publish, *lines: list[tuple[float, float]]) -> None:
    shapes = [LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in line]) for line in lines]
    rows = {"code": [f"R{i}" for i in range(len(lines))], "class": "village", "oneway": False, "name": "路"}
    publish("roads", gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED))


def members(reach: Reach, rank: int) -> set[str]:
    return {code for code, gap in zip(reach.places.codes, reach.places.gaps, strict=True) if gap == rank}


def test_gaps_stand_by_their_people_and_of_as_many_by_their_codes(planning: Planning) -> None:
    reach = ask(planning, link="501m")
    assert [(gap.rank, gap.people, gap.places) for gap in reach.gaps] == [
        (1, 250 + 300 + 300, 3),  # 5 east and 6
        (2, 350 + 350, 2),  # 7
        (3, 450, 1),  # 9 east
        (4, 400, 2),  # 4, before 2 east and 3, before 8 east
        (5, 100 + 300, 3),
        (6, 400, 1),
        (7, 50 + 100, 2),  # 1 east and 2 west
    ]
    assert members(reach, 1) == {half(5, west=False), half(6, west=True), half(6, west=False)}
    assert members(reach, 4) == {half(4, west=True), half(4, west=False)}
    assert (reach.linked_m, reach.level) == (501, "grids")
    # 5 east and 6 west are 450 m apart
    assert [(gap.people, gap.places) for gap in ask(planning, link="499m").gaps][:3] == [
        (550, 2),
        (450, 1),
        (400, 1),
    ]


def test_a_gap_is_no_wider_than_what_a_centre_reaches(planning: Planning) -> None:
    """1 east, 2 and 3 stand in a row of 2,000 m. Within 510 m of 3 west there are 400 people, of 1 east the other 150."""
    rows = [half(1, west=False), *(half(number, west=west) for number in (2, 3) for west in (True, False))]
    reach = ask(planning, link="501m")
    assert members(reach, 5) == set(rows[2:])
    assert members(reach, 7) == set(rows[:2])
    # All hang together within 1,500 m, and 1 east, 4 and 7 are nearer to one of them than to where most people are.
    west = {half(number, west=west) for number in (4, 7) for west in (True, False)} | {half(1, west=False)}
    whole = ask(planning)
    assert [gap.people for gap in whole.gaps] == [TOTAL - 1150 - 1150, 50 + 400 + 700]
    assert members(whole, 2) == west


def test_what_a_gap_says(planning: Planning) -> None:
    gap = ask(planning, link="501m").gaps[0]
    assert [code for code, _ in gap.villages] == [village_code(6), village_code(5)]
    assert gap.name == "6号村等 2 村"
    assert gap.township == ("140822102", "东乡")
    # the middle of 250, 300 and 300 people at 1,800, 2,250 and 2,750 m is at 2,294
    assert metres(gap.lon, gap.lat) == pytest.approx((2250, 1500), abs=0.02)
    assert gap.farthest == pytest.approx(hypot(650, 1400), abs=1e-3)
    assert gap.nearest is not None
    assert (gap.nearest.name, gap.nearest.way) == (
        "5号村党群服务中心",
        pytest.approx(hypot(700, 400), abs=1e-3),
    )
    assert ask(planning, link="501m").gaps[2].name == county.HOSTILE
    document = gap.to_json()
    assert document["villages"][0] == {"code": village_code(6), "name": "6号村"}
    assert document["nearest"] == {"name": gap.nearest.name, "way": gap.nearest.way}


def test_places_are_columns_with_the_largest_amount_first(planning: Planning) -> None:
    left = ask(planning, link="501m").places
    assert {len(column) for column in left} == {14}
    assert left.amounts == (450, 400, 350, 350, 300, 300, 250, 200, 200, 150, 150, 100, 100, 50)
    assert left.codes[2:4] == (half(7, west=True), half(7, west=False))
    assert (left.names[0], left.villages[0], left.gaps[0]) == (f"{county.HOSTILE}第2网格", village_code(9), 3)
    assert metres(left.lon[0], left.lat[0]) == pytest.approx((2750, 500), abs=0.02)
    assert left.ways[0] == pytest.approx(hypot(650, 400), abs=1e-3)


def test_classes_by_how_far_the_nearest_centre_is(planning: Planning) -> None:
    reach = ask(planning)
    assert reach.breaks == (600, 1000)
    found = dict(zip(reach.places.codes, reach.places.classes, strict=True))
    near, next_, far = hypot(350, 400), hypot(650, 400), hypot(1150, 400)
    assert (near < 600 < next_ < 1000 < far) is True
    assert {half(4, west=False): 0, half(9, west=False): 1, half(6, west=True): 2}.items() <= found.items()
    assert set(reach.places.classes) == {0, 1, 2}


def test_who_has_no_way_is_a_class_of_their_own(county_store: Store, publish: Publish) -> None:
    publish_roads(publish, ROAD)
    reach = ask(planning_of(county_store), mode="road", link="400m")
    place = reach.places.codes.index(half(3, west=True))
    assert (reach.places.classes[place], reach.places.ways[place]) == (3, np.inf)
    assert reach.places.to_json()["ways"][place] is None
    gap = reach.gaps[reach.places.gaps[place] - 1]
    assert (gap.to_json()["farthest"], gap.to_json()["nearest"]) == (None, None)


def test_a_river_parts_gaps_however_far_is_measured(county_store: Store, publish: Publish) -> None:
    publish_river(publish)
    for words in ({}, {"mode": "detour", "detour": "1"}):
        reach = ask(planning_of(county_store), **words)
        assert [(gap.people, gap.places) for gap in reach.gaps] == [(2100, 8), (1250, 6)]
        assert "中间不隔水" in reach.method
        assert "rivers" in reach.editions


def test_a_bridge_joins_both_banks(county_store: Store, publish: Publish) -> None:
    publish_river(publish)
    publish_roads(publish, ROAD)
    planning = planning_of(county_store)
    # 7 east and 8 east are 1,000 m apart along the road over the river
    over = [{name[0] for _, name in gap.villages} for gap in ask(planning, link="1001m").gaps]
    assert any({"7", "8"} <= names for names in over)
    assert ask(planning, link="999m").gaps[0].people == 250 + 600
    assert not any(
        {"7", "8"} <= {name[0] for _, name in gap.villages} for gap in ask(planning, link="999m").gaps
    )


def test_roads_that_nobody_walks_join_nothing(county_store: Store, publish: Publish) -> None:
    publish_river(publish)
    shape = LineString([(ORIGIN[0], ORIGIN[1] + 500), (ORIGIN[0] + 3000, ORIGIN[1] + 500)])
    rows = {"code": ["R1"], "class": "expressway", "oneway": False, "name": "高速"}
    publish("roads", gpd.GeoDataFrame(rows, geometry=[shape], crs=METRIC).to_crs(STORED))
    assert [gap.people for gap in ask(planning_of(county_store)).gaps] == [2100, 1250]


def test_a_river_that_nobody_knows(planning: Planning) -> None:
    assert "中间不隔水" not in ask(planning).method
    assert "rivers" not in ask(planning).editions


WORDS: tuple[dict[str, str], ...] = (
    {}, {"mode": "detour"}, {"mode": "road"}, {"mode": "road", "within": "9min"}, {"within": "8min"},
    {"demand": "households"}, {"code": "140822102"}, {"link": "600m"}, {"close": f"{CENTRES}:PSC005"},
)  # fmt: skip


@pytest.fixture(scope="module")
def by_road(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    """Roads to nearly everywhere, a river, and no other change."""
    from tests.disputes import put

    store = build(tmp_path_factory.mktemp("roads") / "home", catalog, demo=False)

    def publish(layer: str, rows: gpd.GeoDataFrame) -> Any:
        return put(store, layer, rows)

    lines = [[(0.0, y), (3000.0, y)] for y in (500.0, 1480.0)] + [
        [(x, 0.0), (x, 2500.0)] for x in (700.0, 2300.0)
    ]
    publish_roads(publish, *lines)
    publish_river(publish)
    return planning_of(store)


@pytest.mark.parametrize("words", WORDS)
def test_gaps_hold_everyone_who_is_not_covered(by_road: Planning, words: dict[str, str]) -> None:
    answer, reach = by_road.coverage(OPERATOR, plan_of(**words)), ask(by_road, **words)
    assert sum(gap.people for gap in reach.gaps) == answer.total - answer.covered > 0
    assert sum(reach.places.amounts) == answer.total - answer.covered
    assert [gap.rank for gap in reach.gaps] == list(range(1, len(reach.gaps) + 1))
    for gap in reach.gaps:
        assert len(members(reach, gap.rank)) == gap.places


@pytest.mark.parametrize("words", WORDS)
def test_the_site_of_a_gap_by_brute_force(by_road: Planning, words: dict[str, str]) -> None:
    reach, before = ask(by_road, **words), by_road.coverage(OPERATOR, plan_of(**words)).covered
    places = reach.places
    for gap in reach.gaps:
        gains = {
            code: by_road.coverage(OPERATOR, plan_of(**words, place=f"{lon},{lat}")).covered - before
            for code, lon, lat, rank in zip(places.codes, places.lon, places.lat, places.gaps, strict=True)
            if rank == gap.rank
        }
        assert gap.site is not None
        assert gap.site.gain == max(gains.values())
        assert gap.site.code == min(code for code, gain in gains.items() if gain == gap.site.gain)


def test_a_site_names_its_village_and_the_farthest_of_its_gap(planning: Planning) -> None:
    site = ask(planning, link="501m").gaps[0].site
    assert site is not None
    # 6 west: itself, 6 east and 5 east, all within 500 m
    assert (site.code, site.village, site.village_name, site.gain) == (
        half(6, west=True),
        village_code(6),
        "6号村",
        850,
    )
    assert site.title == "6号村第1网格"
    assert site.farthest == pytest.approx(500, abs=1e-3)
    assert metres(site.lon, site.lat) == pytest.approx((2250, 1500), abs=0.02)


def test_sites_of_the_first_gaps_only(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.planning.plans.MOST_SITES", 1)
    monkeypatch.setattr("layers.planning.sites.MOST_CELLS", 1)
    sites = [gap.site is None for gap in ask(planning_of(county_store), link="501m").gaps]
    assert sites == [False] + [True] * 6


def test_few_places_are_tried_where_there_are_many(
    county_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.planning.sites.MOST_CANDIDATES", 1)
    gap = ask(planning_of(county_store), link="501m").gaps[4]
    # of 2 east and 3 those of 3 have most people, its west half has the lower code
    assert gap.site is not None and gap.site.code == half(3, west=True)


def test_what_a_proposal_reaches_newly_is_a_class_without_a_gap(planning: Planning) -> None:
    reach = ask(planning, place=at(6, 250, 500), link="501m")
    new = {
        code: (amount, gap)
        for code, kind, amount, gap in zip(
            reach.places.codes, reach.places.classes, reach.places.amounts, reach.places.gaps, strict=True
        )
        if kind == 4
    }
    assert new == {half(6, west=True): (300, 0), half(6, west=False): (300, 0), half(5, west=False): (250, 0)}
    assert sum(gap.people for gap in reach.gaps) == TOTAL - 1150 - 850


def test_what_got_no_place_counts_with_capacities(county_store: Store, publish: Publish) -> None:
    canteens = county.centres().iloc[[2, 3]].drop(columns="phone").assign(meals_per_day=[410, 500])
    publish("neighbour-centres", canteens)
    planning = planning_of(county_store)
    words = {"services": "neighbour-centres", "within": "540m", "capacity": "1"}
    reach = ask(planning, **words)
    left = dict(zip(reach.places.codes, reach.places.amounts, strict=True))
    # centre 8: west half 400 of 400, then 10 of the 350 to its west; centre 9: 450, then 50 of the 400 to its west
    assert (left[half(7, west=False)], left[half(8, west=False)]) == (340, 350)
    assert half(8, west=True) not in left
    assert reach.places.classes[reach.places.codes.index(half(8, west=False))] == 0
    assert sum(gap.people for gap in reach.gaps) == TOTAL - 910
    site = reach.gaps[0].site
    # no more than a proposed centre has places: the median of 410 and 500
    assert site is not None and site.gain == 455
    more = ask(planning, **words, place=at(7, 750, 500))
    gained = [
        amount for amount, kind in zip(more.places.amounts, more.places.classes, strict=True) if kind == 4
    ]
    assert gained == [340]


def test_hulls_hold_their_places_within_the_county(planning: Planning) -> None:
    reach = ask(planning, link="501m")
    outline = county.counties(METRIC).geometry.iloc[0].buffer(0.5)
    for gap in reach.gaps:
        hull = gpd.GeoSeries([gap.geometry], crs=STORED).to_crs(METRIC).iloc[0]
        assert outline.contains(hull)
        spots = [
            shapely.Point(lon, lat)
            for lon, lat, rank in zip(reach.places.lon, reach.places.lat, reach.places.gaps, strict=True)
            if rank == gap.rank
        ]
        assert all(gap.geometry.contains(spot) for spot in spots)


def test_nobody_left_leaves_no_gaps(planning: Planning) -> None:
    reach = ask(planning, within="5km")
    assert (reach.gaps, reach.places.codes) == ((), ())
    assert reach.to_json()["places"]["gaps"] == ()


def test_gaps_of_a_township_with_a_closed_centre(planning: Planning) -> None:
    reach = ask(planning, code="140822100", close=f"{CENTRES}:PSC001")
    assert sum(gap.people for gap in reach.gaps) == 1200
    assert [(place.key, place.open) for place in reach.centres][-1] == ("PSC001", False)


def test_gaps_are_worked_out_once_whatever_the_level(planning: Planning) -> None:
    first = ask(planning, by="village", within="510m,900m").gaps
    assert ask(planning, by="township").gaps is first


@pytest.mark.parametrize("link", ["0", "0m", "-5", "20001", "21km", "nan", "x", "5min"])
def test_linking_distances_that_are_none(link: str) -> None:
    with pytest.raises(LimitError, match="连片的距离"):
        plan_of(link=link)


def test_the_linking_distance_is_a_part_of_the_question() -> None:
    assert (plan_of().link, plan_of(link="2km").link, plan_of(link="800").link) == (1500, 2000, 800)
    assert "link" not in plan_of(link="1500m").query()
    assert coverage_plan(plan_of(link="2km").query()) == plan_of(link="2km")
    with pytest.raises(LimitError, match="连片的距离 0 米不能用，要大于 0、不超过 20000 米。"):
        plan_of(link="0")
