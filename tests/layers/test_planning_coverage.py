"""Coverage of the hand-drawn county: half squares with their people, centres in south-west corners.

The west half of square *i* has 50·i people at (250, 500) from its corner, the east half as many at (750, 500). A
centre at (100, 100) is 427.2 m from the west half of its square, 763.2 m from the east half, and 531.5 m from the
east half of the square to the west.
"""

from collections.abc import Callable
from math import hypot
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point
from shapely.geometry import shape

from geo.errors import (
    ArgumentError,
    ForbiddenError,
    LimitError,
    NoServicesError,
    UnknownAreaError,
    UnknownEditionError,
    WeightsError,
)
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Edition, Store
from layers.planning import Coverage, coverage_plan
from layers.planning.planning import Planning
from tests import county
from tests.county import COUNTY, HOSTILE, METRIC, ORIGIN, SLIVER, STORED, square, village_code
from tests.disputes import build
from tests.planning import planning_of

Publish = Callable[..., Edition]
CENTRES = "party-service-centres"
TOTAL = 4500.0
OWN, OTHER, NEXT = hypot(150, 400), hypot(650, 400), hypot(350, 400)
OPERATOR = Viewer("operator", COUNTY)


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    """The planner over the county as it is; for tests that publish nothing."""
    return planning_of(build(tmp_path_factory.mktemp("county") / "home", catalog, demo=False))


def ask(planning: Planning, viewer: Viewer = OPERATOR, **words: str) -> Coverage:
    return planning.coverage(viewer, coverage_plan({"services": CENTRES, "within": "500m"} | words))


def by_code(rows: Any) -> dict[str, Any]:
    return {row.code: row for row in rows}


def at(number: int, east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a place in a square, in metres from its corner."""
    west, south, *_ = square(number).bounds
    point = gpd.GeoSeries([Point(west + east, south + north)], crs=METRIC).to_crs(STORED).iloc[0]
    return point.x, point.y


def word(place: tuple[float, float]) -> str:
    return f"{place[0]},{place[1]}"


def test_half_squares_within_500_m(planning: Planning) -> None:
    answer = ask(planning)
    assert (answer.covered, answer.total) == (50 + 250 + 400 + 450, TOTAL)
    assert answer.share == 1150 / TOTAL
    assert answer.unit == "人"
    rows = by_code(answer.rows)
    assert len(rows) == 10
    first, fourth = rows[village_code(1)], rows[village_code(4)]
    assert (first.demand, first.covered, first.share) == (100, 50, 0.5)
    assert first.nearest == "1号村党群服务中心"
    assert first.distance == pytest.approx((OWN + OTHER) / 2, abs=1e-5)
    assert (first.needed, first.needed_all) == pytest.approx((OWN, OTHER), abs=1e-5)
    assert first.second_distance > first.distance
    assert (fourth.covered, fourth.needed) == (0, pytest.approx(NEXT, abs=1e-5))
    assert rows[SLIVER].share != rows[SLIVER].share
    west = by_code(answer.townships)["140822100"]
    assert (west.name, west.demand, west.covered) == ("西镇", 1200, 50)


def test_villages_that_nobody_reaches_largest_first(planning: Planning) -> None:
    unreached = ask(planning).unreached
    assert [row.code for row in unreached] == [village_code(number) for number in (7, 6, 4, 3, 2)]
    assert unreached[0].needed == pytest.approx(NEXT, abs=1e-5)


def test_a_limit_that_reaches_nobody_is_told_with_the_way_of_the_nearest(planning: Planning) -> None:
    """The nearest place is that of village 5: 412.3 m from its centre."""
    answer = ask(planning, within="1m")
    assert (answer.covered, answer.nobody) == (0, "1 米内一个地点也没有到达，离中心最近的也要 413 米")
    assert ask(planning, within="413m").nobody is None
    minutes = ask(planning, within="1min", mode="detour").nobody
    assert minutes == "1 分钟内一个地点也没有到达，离中心最近的也要 8.1 分钟"  # 412.3 m × 1.3 at 4 km/h


def test_where_nobody_lives_there_is_nobody_to_reach(planning: Planning) -> None:
    answer = ask(planning, code=SLIVER)
    assert (answer.total, answer.nobody) == (0, "这里没有人口，没有可以算的")


def test_a_table_does_not_hang_on_what_was_asked_before(county_store: Store) -> None:
    """Rows that a threshold leaves alone are kept; those that it changes are new, whichever way the slider goes."""
    ask = planning_of(county_store).coverage
    limits = (300, 900, 427, 2000, 428, 427, 531, 300)
    answers = [ask(OPERATOR, coverage_plan({"services": CENTRES, "within": f"{limit}m"})) for limit in limits]
    for limit, answer in zip(limits, answers, strict=True):
        fresh = planning_of(county_store).coverage(
            OPERATOR, coverage_plan({"services": CENTRES, "within": f"{limit}m"})
        )
        assert str(answer.rows) == str(fresh.rows)  # NaN is not itself
        assert sum(row.covered for row in answer.rows) == answer.covered
    same = [a is b for a, b in zip(answers[2].rows, answers[5].rows, strict=True)]
    assert any(same) and len({answer.covered for answer in answers}) > 3


def test_several_limits_and_the_curve_agree(planning: Planning) -> None:
    answer = ask(planning, within="500m,540m,800m")
    # 540 m: the east halves of 4, 7, 8; 800 m: those of 1 and 9 too, and the west half of 4, 618 m south of centre 1
    assert [limit.covered for limit in answer.limits] == [1150, 2100, 2100 + 50 + 450 + 200]
    assert answer.limits[0].covered == answer.covered
    for limit, share in zip(answer.curve.at, answer.curve.shares, strict=True):
        assert share == ask(planning, within=f"{limit:g}m").share
    assert answer.detours.shares[0] == answer.share
    assert list(answer.detours.shares) == sorted(answer.detours.shares, reverse=True)


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ({"mode": "detour", "detour": "1.3", "within": "555m"}, 250),
        ({"mode": "detour", "detour": "1.3", "within": "556m"}, 1150),
        ({"within": "6.4min"}, 250),
        ({"within": "6.5min"}, 1150),
        ({"within": "2min", "travel": "ebike"}, 1150),
        ({"within": "500m", "demand": "population_60_plus"}, 115),
        ({"within": "500m", "demand": "households"}, 345),
    ],
)
def test_modes_units_and_groups(planning: Planning, words: dict[str, str], covered: float) -> None:
    answer = ask(planning, **words)
    assert answer.covered == covered
    if "min" in words["within"]:
        assert "时速" in answer.method


def test_land_is_measured_in_mu_by_grid(planning: Planning) -> None:
    answer = ask(planning, demand="area", by="grid")
    assert answer.unit == "亩"
    assert answer.total == pytest.approx((9 * 1000 * 1000 - 200 * 200 + 2000) * 15 / 10_000, rel=1e-6)
    assert answer.covered == pytest.approx((4 * 500_000 - 100 * 200) * 15 / 10_000, rel=1e-6)
    assert len(answer.rows) == 19


def test_every_level_has_the_same_sum(planning: Planning) -> None:
    for by in ("grid", "village", "township"):
        answer = ask(planning, by=by)
        assert sum(row.covered for row in answer.rows) == answer.covered == 1150
        assert sum(row.demand for row in answer.rows) == TOTAL


def test_an_area_counts_its_people_and_everybodys_centres(planning: Planning) -> None:
    answer = ask(planning, code="140822100", within="540m")
    assert (answer.covered, answer.total) == (50 + 200 + 350, 1200)
    assert by_code(answer.rows)[village_code(7)].nearest == "8号村党群服务中心"
    assert len(answer.rows) == 3
    with pytest.raises(UnknownAreaError):
        ask(planning, code="140822199")


def test_a_proposed_centre_and_who_gains(planning: Planning) -> None:
    answer = ask(planning, place=word(at(3, 100, 100)))
    assert answer.covered == 1150 + 150
    assert answer.gain == {village_code(3): 150}
    assert by_code(answer.rows)[village_code(3)].nearest == "拟建 1"


def test_a_closed_centre_and_who_loses(planning: Planning) -> None:
    answer = ask(planning, close=f"{CENTRES}:PSC001")
    assert answer.covered == 1100
    assert answer.gain == {village_code(1): -50}
    with pytest.raises(ArgumentError, match="PSC002"):
        ask(planning, close=f"{CENTRES}:PSC002")
    everything = ";".join(f"{CENTRES}:PSC00{number}" for number in (1, 5, 8, 9))
    with pytest.raises(NoServicesError):
        ask(planning, close=everything)
    alone = ask(planning, close=everything, place=word(at(3, 100, 100)))
    assert alone.covered == 150


def test_centres_beyond_the_line_count_and_are_marked(county_store: Store, publish: Publish) -> None:
    beyond = county.centres().iloc[[0, 0]].copy()
    beyond.loc[:, "code"] = ["PSC001", "PSC900"]
    beyond.geometry = [beyond.geometry.iloc[0], Point(at(4, -50, 500))]
    beyond["village_code"] = [village_code(1), None]
    publish(CENTRES, beyond)
    planning = planning_of(county_store)
    answer = ask(planning)
    fourth = by_code(answer.rows)[village_code(4)]
    assert (fourth.covered, fourth.nearest_outside) == (200, True)
    assert by_code(answer.rows)[village_code(1)].nearest_outside is False
    assert "县外 1 处也计入" in answer.method


def test_which_centre_can_be_spared(planning: Planning) -> None:
    needs = planning.needs(OPERATOR, coverage_plan({"services": CENTRES, "within": "700m"}))
    assert {need.code[-1]: need.alone for need in needs} == {
        key[-1]: ask(planning, within="700m").covered - ask(planning, within="700m", close=key).covered
        for key in (need.code for need in needs)
    }
    assert [need.alone for need in needs] == sorted(need.alone for need in needs)
    # the people of centre 8 have centre 5 at 618 and 695 m, or centre 9 at 532 m
    assert (needs[0].name, needs[0].alone) == ("8号村党群服务中心", 0)
    assert needs[1].alone > 0
    with pytest.raises(ArgumentError):
        planning.needs(
            OPERATOR,
            coverage_plan({"services": f"{CENTRES},village-clinics", "within": "1m", "match": "each"}),
        )


def test_each_of_two_services(county_store: Store, publish: Publish) -> None:
    clinics = county.centres().iloc[[2]].drop(columns="phone")
    publish("village-clinics", clinics)
    planning = planning_of(county_store)
    both = ask(planning, services=f"{CENTRES},village-clinics", match="each")
    assert both.covered == 400
    assert ask(planning, services=f"{CENTRES},village-clinics").covered == 1150
    proposed = ask(planning, services=f"{CENTRES},village-clinics", match="each", place=word(at(3, 100, 100)))
    assert proposed.covered == 550
    places = planning.shapes(OPERATOR, proposed.plan).centres
    assert [place.name for place in places].count("拟建 1") == 1


def test_capacity_goes_to_the_nearest_first(county_store: Store, publish: Publish) -> None:
    canteens = county.centres().iloc[[2, 3]].drop(columns="phone").assign(meals_per_day=[410, 500])
    publish("neighbour-centres", canteens)
    planning = planning_of(county_store)
    answer = ask(planning, services="neighbour-centres", within="540m", capacity="1")
    # centre 8: west half 400 of 400, then 10 of the 350 to its west; centre 9: 450, then 50 of the 400 to its west
    assert answer.covered == 910
    assert [(use.capacity, use.used) for use in answer.uses] == [(410, 410), (500, 500)]
    assert by_code(answer.rows)[village_code(7)].covered == 10
    more = ask(
        planning, services="neighbour-centres", within="540m", capacity="1", place=word(at(7, 750, 500))
    )
    # places for (410 + 500) / 2: all of the east half, and 105 of the west half 500 m away
    assert by_code(more.rows)[village_code(7)].covered == 455
    assert more.gain == {village_code(7): 445}
    with pytest.raises(WeightsError, match="1号村"):
        ask(planning, capacity="1")
    with pytest.raises(ArgumentError):
        ask(planning, capacity="1", match="each")


def test_settlements_are_finest_and_made_to_agree_with_the_villages(
    county_store: Store, publish: Publish
) -> None:
    publish("settlements", settlements())
    answer = ask(planning_of(county_store))
    # every hamlet, a fifth of the people, stands beside the corner; the seat of 7 is 156 m from the centre of 5
    assert answer.covered == pytest.approx(0.2 * (100 + 500 + 800 + 900) + 0.8 * 700, abs=1e-5)
    assert answer.total == TOTAL
    assert "居民点（18 处）分布，9 个村按村数校准" in answer.method
    rows = by_code(answer.rows)
    assert {code: row.demand for code, row in rows.items()} == {
        **{village_code(number): 100 * number for number in range(1, 10)},
        SLIVER: 0,
    }


def test_each_village_is_taken_from_the_finest_layer_that_is_complete_in_it(
    county_store: Store, publish: Publish
) -> None:
    """Village 1 has no settlements, one of village 2 no figure, and a grid of village 2 none either."""
    places, grids = settlements().iloc[2:].reset_index(drop=True), county.grids()
    places["population"] = places["population"].astype("Int64")
    places.loc[0, "population"] = pd.NA
    grids.loc[grids["code"] == f"{village_code(2)}001", "population"] = pd.NA
    publish("settlements", places)
    publish("grids", grids)
    planning = planning_of(county_store)
    answer = ask(planning, within="540m")
    assert "人口按居民点（14 处）分布" in answer.method
    assert (
        "1 个村居民点不全，按治理网格（1号村）；1 个村居民点不全，按村内一个代表点（2号村）" in answer.method
    )
    assert answer.total == TOTAL
    assert {row.code: row.demand for row in answer.rows if row.demand} == {
        village_code(number): 100.0 * number for number in range(1, 10)
    }
    rows = by_code(answer.rows)
    # of village 1 a grid, of the others the hamlet beside the corner; the seat of 7 is 156 m from the centre of 5
    assert (rows[village_code(1)].covered, rows[village_code(2)].covered) == (50, 0)
    assert rows[village_code(9)].covered == pytest.approx(180, abs=1e-5)
    assert rows[village_code(2)].needed == rows[village_code(2)].needed_all
    assert {"settlements", "grids"} < set(answer.editions)


def test_a_layer_that_is_complete_nowhere_is_not_used(county_store: Store, publish: Publish) -> None:
    places, grids = settlements(), county.grids()
    for table in (places, grids):
        table["population"] = pd.array([pd.NA] * len(table), dtype="Int64")
    publish("settlements", places)
    publish("grids", grids)
    planning = planning_of(county_store)
    answer = ask(planning, within="540m")
    assert "每村一个点" in answer.method
    assert "居民点没有一个村是全的，没有用；治理网格没有一个村是全的，没有用" in answer.method
    with pytest.raises(ArgumentError, match="网格"):
        ask(planning, by="grid")


def test_villages_without_a_figure_are_named(county_store: Store, publish: Publish) -> None:
    villages = county.villages()
    villages.loc[1, "population"] = pd.NA
    publish("villages", villages)
    grids = county.grids()
    assert "1 个村没有村数、按治理网格合计" in ask(planning_of(county_store)).method
    grids.loc[grids["village_code"] == village_code(2), "population"] = pd.NA
    publish("grids", grids)
    answer = ask(planning_of(county_store))
    assert (answer.covered, answer.total) == (1150, TOTAL - 200)
    assert answer.notes == ("1 个村没有人口数，没有算在内：2号村（这些村的治理网格也不全）",)
    assert "村数" in answer.method and "按治理网格合计" not in answer.method
    second = by_code(answer.rows)[village_code(2)]
    assert all(value != value for value in (second.demand, second.covered, second.share))
    assert second.nearest and second.distance > 0
    assert village_code(2) not in {row.code for row in answer.unreached}
    assert by_code(answer.townships)["140822101"].demand == 1500 - 200
    document = by_json(answer)[village_code(2)]
    assert (document["demand"], document["covered"], document["share"]) == (None, None, None)
    sliver = by_json(answer)[SLIVER]
    assert (sliver["demand"], sliver["covered"], sliver["share"]) == (0, 0, None)


def by_json(answer: Coverage) -> dict[str, Any]:
    return {row["code"]: row for row in answer.to_json()["rows"]}


def test_villages_without_a_figure_and_nothing_finer(county_store: Store, publish: Publish) -> None:
    villages, grids = county.villages(), county.grids()
    grids["population"] = pd.NA
    publish("grids", grids)
    villages.loc[villages["township_code"] == "140822100", "population"] = pd.NA
    publish("villages", villages)
    answer = ask(planning_of(county_store), by="township")
    assert answer.total == TOTAL - 1200
    why = "治理网格没有一个村是全的，没有用"
    assert answer.notes == (f"3 个村没有人口数，没有算在内：1号村、4号村、7号村（{why}）",)
    west = by_code(answer.rows)["140822100"]
    assert west.demand != west.demand
    assert ask(planning_of(county_store), close=f"{CENTRES}:PSC001").gain == {}
    alone = ask(planning_of(county_store), code="140822100")
    assert (alone.total, alone.share != alone.share) == (0, True)
    assert ask(planning_of(county_store), code="140822101").notes == ()
    villages["population"] = pd.array([pd.NA] * 10, dtype="Int64")
    publish("villages", villages)
    with pytest.raises(WeightsError, match="10 个村都没有人口，如1号村"):
        ask(planning_of(county_store))


def test_a_village_without_people_has_both_ways(planning: Planning) -> None:
    row = by_json(ask(planning))[SLIVER]
    assert (row["nearest"], row["second"]) == (HOSTILE, "8号村党群服务中心")
    # the sliver's place, 3,001 m east and 500 m north, to the centres at 2,100 and 1,100 m east, 100 m north
    assert row["distance_m"] == pytest.approx(hypot(901, 400), abs=1e-3)
    assert row["second_distance_m"] == pytest.approx(hypot(1901, 400), abs=1e-3)


def settlements() -> gpd.GeoDataFrame:
    """Two a village: a hamlet near the corner with 1 in 5 of the people, and the seat far in the north-east; half
    as many people as the villages report."""
    records = []
    for number in range(1, 10):
        west, south, *_ = square(number).bounds
        for index, (east, north, people) in enumerate([(150, 100, 10), (990, 990, 40)]):
            records.append(
                {
                    "code": f"{village_code(number)}{index:02d}",
                    "name": f"{number}-{index}",
                    "village_code": village_code(number),
                    "kind": "village_seat" if index else "hamlet",
                    "population": people * number,
                    "population_60_plus": 10 * number,
                    "households": 10 * number,
                    "geometry": Point(west + east, south + north),
                }
            )
    return gpd.GeoDataFrame(records, crs=METRIC).to_crs(STORED)


def roads(*lines: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    shapes = [LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in line]) for line in lines]
    rows = {"code": [f"R{i}" for i in range(len(lines))], "class": "village", "oneway": False, "name": "路"}
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


BOTTOM = [(0.0, 500.0), (3000.0, 500.0)]
WAYS = (
    [(1100.0, 100.0), (1100.0, 500.0)],
    [(1100.0, 500.0), (1100.0, 1100.0), (100.0, 2100.0)],
    [(2100.0, 100.0), (2100.0, 500.0)],
)


def test_by_road(county_store: Store, publish: Publish) -> None:
    publish("roads", roads(BOTTOM, *WAYS))
    planning = planning_of(county_store)
    answer = ask(planning, mode="road", within="600m")
    # 8 and 9 west: 150 + 400; 1 west: beside the end; 4 east and 5 west: beside the slope
    assert answer.covered == 400 + 450 + 50 + 200 + 250
    assert by_code(answer.rows)[village_code(7)].needed == pytest.approx(750, abs=1e-3)
    assert answer.detours.at == ()
    grids = [f"{number}号村第{half}网格" for number, half in ((6, 1), (6, 2), (5, 2), (3, 1), (3, 2))]
    assert answer.notes == (f"8 个网格（1,400 人）500 米内没有路，按到不了计：{'、'.join(grids)}……",)
    assert by_code(answer.rows)[village_code(3)].distance == float("inf")
    assert {row["minutes" if "minutes" in row else "distance_m"] for row in answer.to_json()["rows"]} >= {
        None
    }
    assert ask(planning, mode="road", within="9min").covered == answer.covered
    assert "roads" in answer.editions


def test_by_road_without_roads(county_store: Store, publish: Publish) -> None:
    with pytest.raises(UnknownEditionError, match="道路"):
        ask(planning_of(county_store), mode="road")


def test_a_centre_without_a_road_counts_for_who_walks_there(county_store: Store, publish: Publish) -> None:
    publish("roads", roads(BOTTOM))
    planning = planning_of(county_store)
    answer = ask(planning, mode="road")
    assert (
        answer.notes[1]
        == "2 处中心 500 米内没有路，只计不用路走得到的人：1号村党群服务中心、5号村党群服务中心"
    )
    lost = [place for place in answer.lost if place.kind == "service"]
    assert [(place.code, place.reason) for place in lost] == [
        (f"{CENTRES}:PSC{n:03d}", "road") for n in (1, 5)
    ]
    # 427 m to either, straight: both stand off the road
    assert by_code(answer.rows)[village_code(1)].covered == 50
    assert by_code(answer.rows)[village_code(5)].covered == 250


def test_who_is_lost_is_named(county_store: Store, publish: Publish) -> None:
    """A river between villages 7 and 8 and the only road, which lies in the south."""
    publish("roads", roads([(0.0, 100.0), (3000.0, 100.0)], [(0.0, 2900.0), (900.0, 2900.0)]))
    river = shapely.box(ORIGIN[0] - 100, ORIGIN[1] + 300, ORIGIN[0] + 2000, ORIGIN[1] + 320)
    rivers = gpd.GeoDataFrame(
        {"code": ["H1"], "name": ["河"], "kind": ["river"]}, geometry=[river], crs=METRIC
    )
    publish("rivers", rivers.to_crs(STORED))
    closed = f"{CENTRES}:PSC001;{CENTRES}:PSC005"
    answer = ask(planning_of(county_store), mode="road", within="2000m", close=closed)
    demand = [place for place in answer.lost if place.kind == "demand"]
    reasons = {place.code: place.reason for place in demand}
    assert {reasons[f"{village_code(number)}{half}"] for number in (7, 8) for half in ("001", "002")} == {
        "water"
    }
    assert reasons[f"{village_code(1)}001"] == "apart"
    assert f"{village_code(9)}001" not in reasons
    assert answer.covered == 900
    assert sum(place.amount for place in demand) == TOTAL - answer.covered
    eight = next(place for place in demand if place.code == f"{village_code(8)}001")
    assert (eight.name, eight.amount) == ("8号村第1网格", 400)
    assert (eight.lon, eight.lat) == pytest.approx(at(8, 250, 500), abs=1e-6)
    assert any(note.startswith("4 个网格（1,500 人）500 米内的路都隔着水") for note in answer.notes)
    document = answer.to_json()["lost"]
    assert document[0]["kind"] == "demand" and set(document[0]) == {
        "kind", "code", "name", "lon", "lat", "amount", "reason",
    }  # fmt: skip
    assert "rivers" in answer.editions


def test_the_snapping_distance_is_a_part_of_the_question(county_store: Store, publish: Publish) -> None:
    publish("roads", roads(BOTTOM, *WAYS))
    planning = planning_of(county_store)
    near, far = (ask(planning, mode="road", within="600m", snap=snap) for snap in ("300m", "0.8km"))
    assert (near.parameters["snap_m"], far.parameters["snap_m"]) == (300, 800)
    assert len(far.lost) < len(near.lost)
    assert "最长 800 米" in far.method and "800 米内没有路" in far.notes[0]
    assert (
        coverage_plan({"services": CENTRES, "within": "1km", "mode": "road", "snap": "800"}).query()["snap"]
        == "800"
    )
    for words in ({"mode": "road", "snap": "500m"}, {"snap": "800"}):
        assert "snap" not in coverage_plan({"services": CENTRES, "within": "1km"} | words).query()
    for snap, error in (
        ("0", LimitError),
        ("3km", LimitError),
        ("5min", ArgumentError),
        ("x", ArgumentError),
    ):
        with pytest.raises(error):
            ask(planning, mode="road", snap=snap)


@pytest.mark.parametrize(("east", "north"), [(0, 1500), (3000, 1500), (1500, 0), (1500, 3000)])
def test_the_county_line_belongs_to_the_county(
    county_store: Store, publish: Publish, east: float, north: float
) -> None:
    rows = county.centres()
    line = county.counties().geometry.iloc[0].exterior
    spot = gpd.GeoSeries([Point(ORIGIN[0] + east, ORIGIN[1] + north)], crs=METRIC).to_crs(STORED).iloc[0]
    rows.loc[0, "geometry"] = line.interpolate(line.project(spot))
    publish(CENTRES, rows)
    planning = planning_of(county_store)
    assert not any(row.nearest_outside for row in ask(planning).rows)
    placed = ask(planning, place=word((rows.geometry[0].x, rows.geometry[0].y)))
    assert not any(row.nearest_outside for row in placed.rows)


def test_of_centres_as_near_the_lower_code_is_taken(county_store: Store, publish: Publish) -> None:
    rows = county.centres()
    rows = pd.concat([rows, rows.iloc[:1].assign(code="PSC000", name="同处")], ignore_index=True)
    publish(CENTRES, rows)
    publish("roads", roads(BOTTOM, *WAYS, [(100.0, 2100.0), (900.0, 2500.0)]))
    planning = planning_of(county_store)
    for words in ({}, {"mode": "road"}):
        row = by_code(ask(planning, **words).rows)[village_code(1)]
        assert (row.nearest_key, row.second) == (f"{CENTRES}:PSC000", "1号村党群服务中心")


def test_reach_lies_within_the_county(planning: Planning) -> None:
    reach = planning.shapes(OPERATOR, coverage_plan({"services": CENTRES, "within": "500m"}))
    outline = county.counties().geometry.iloc[0].buffer(1e-6)
    assert outline.contains(shape(reach.to_json()["reached"]))
    assert [place.key for place in reach.centres] == ["PSC001", "PSC005", "PSC008", "PSC009"]
    assert not any(place.outside for place in reach.centres)


def test_json_is_plain_and_names_units(planning: Planning) -> None:
    document = ask(planning).to_json()
    row = document["rows"][0]
    assert {"code", "name", "demand", "covered", "share", "nearest", "distance_m"} <= set(row)
    assert set(ask(planning, within="15min").to_json()["rows"][0]) >= {"minutes", "second_minutes"}
    sliver = next(row for row in document["rows"] if row["code"] == SLIVER)
    assert sliver["share"] is None
    assert "0359" not in str(document)
    assert HOSTILE in {row["name"] for row in document["rows"]}


def test_a_moved_threshold_asks_for_no_distances(planning: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(planning)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked for distances again")

    monkeypatch.setattr("layers.planning.groundwork.reach", refuse)
    assert ask(planning, within="540m").covered == 2100
    assert ask(planning, within="540m", by="township").covered == 2100
    with pytest.raises(AssertionError):
        ask(planning, mode="detour", detour="1.77")


def test_a_new_edition_is_seen_at_once(county_store: Store, publish: Publish) -> None:
    planning = planning_of(county_store)
    assert ask(planning).covered == 1150
    edition = publish(CENTRES, county.centres().iloc[:1])
    answer = ask(planning)
    assert answer.covered == 50
    assert answer.editions[CENTRES] == edition.id


def test_demo_data_are_called_so(store: Store, publish: Publish) -> None:
    for layer, table in (
        ("counties", county.counties()),
        ("villages", county.villages()),
        (CENTRES, county.centres()),
    ):
        publish(layer, table, demo=layer == CENTRES)
    answer = ask(planning_of(store))
    assert answer.demo
    assert answer.method.endswith("演示数据，不是真实情况。")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"services": ""}, ArgumentError),
        ({"within": ""}, LimitError),
        ({"within": "0m"}, LimitError),
        ({"within": "500"}, LimitError),
        ({"within": "500m,5min"}, LimitError),
        ({"within": "nanm"}, LimitError),
        ({"within": "999999999m"}, LimitError),
        ({"mode": "fly"}, ArgumentError),
        ({"demand": "cats"}, ArgumentError),
        ({"detour": "0.5", "mode": "detour"}, LimitError),
        ({"detour": "x"}, ArgumentError),
        ({"code": "1408"}, ArgumentError),
        ({"place": "35"}, ArgumentError),
        ({"place": "35,110"}, ArgumentError),
        ({"within": "5min", "travel": "car"}, ArgumentError),
        ({"services": "disputes"}, ArgumentError),
        ({"services": "grids"}, ArgumentError),
        ({"services": "village-clinics"}, UnknownEditionError),
    ],
)  # fmt: skip
def test_bad_questions_are_refused(planning: Planning, words: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(planning, **words)


def test_the_public_gets_the_same_answer_and_nothing_it_may_not_see(
    county_store: Store, publish: Publish
) -> None:
    planning = planning_of(county_store)
    assert ask(planning, PUBLIC).to_json() == ask(planning).to_json()
    spec = county_store.catalog.layer("weak-party-orgs")
    points = county.centres().iloc[[0]]
    publish(spec.id, points[[name for name in points.columns if spec.has(name) or name == "geometry"]])
    with pytest.raises(ForbiddenError):
        ask(planning, PUBLIC, services=spec.id)


def test_a_plan_and_its_query_are_the_same() -> None:
    words = {
        "services": f"{CENTRES},village-clinics", "within": "500m,1000m", "match": "each", "mode": "detour",
        "detour": "1.4", "demand": "households", "by": "grid", "code": "140822100", "place": "110.8346,35.4123;110.9,35.5",
        "close": f"{CENTRES}:PSC001",
    }  # fmt: skip
    plan = coverage_plan(words)
    assert coverage_plan(plan.query()) == plan
    assert coverage_plan(plan.query()).key == plan.key
    assert plan.key != coverage_plan(words | {"detour": "1.5"}).key
