"""New centres in the hand-drawn county, beside every choice there is."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist
from shapely import LineString, Point

from geo.errors import ArgumentError, InfeasibleError, PositionsError
from layers.catalog import Catalog
from layers.disclosure import Viewer
from layers.editions import Edition, Store
from layers.planning import Candidate, Proposal, SitingPlan, coverage_plan
from layers.planning.candidates import listed_sites
from layers.planning.planning import Planning
from layers.planning.plans import Objective
from tests import county
from tests.county import COUNTY, HOSTILE, METRIC, ORIGIN, SLIVER, STORED, square, village_code
from tests.disputes import build
from tests.planning import planning_of

Publish = Callable[..., Edition]
CENTRES = "party-service-centres"
OPERATOR = Viewer("operator", COUNTY)


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    return planning_of(build(tmp_path_factory.mktemp("county") / "home", catalog, demo=False))


def ask(planning: Planning, objective: Objective, add: int, *, plan: Any = (), **words: str) -> Proposal:
    covered = coverage_plan({"services": CENTRES, "within": "500m"} | words)
    return planning.site(OPERATOR, SitingPlan(covered, add, objective, **dict(plan)))


def halves() -> tuple[Any, Any]:
    """People and places of the half squares, as the planner takes them."""
    grids = county.grids(METRIC)
    points = grids.geometry.to_numpy()
    xy = np.array([point.coords[0] for point in gpd.GeoSeries(points).representative_point()])
    people = grids["population"].to_numpy(dtype=float)
    return xy[people > 0], people[people > 0]


def table() -> tuple[Any, Any]:
    """Distances to the four centres and to the middles of the ten villages, and people."""
    xy, people = halves()
    centres = county.centres(METRIC).geometry
    middles = county.villages().geometry.representative_point().to_crs(METRIC)
    places = np.array([(point.x, point.y) for point in [*centres, *middles]])
    return cdist(xy, places), people


def choices(count: int) -> list[list[int]]:
    return [[0, 1, 2, 3, *new] for new in combinations(range(4, 14), count)]


def test_one_more_goes_where_most_people_are_left(planning: Planning) -> None:
    answer = ask(planning, "max-cover", 1)
    assert (answer.before, answer.value, answer.bound, answer.optimal) == (1150, 1850, 1850, True)
    assert [(site.code, site.name, site.gain) for site in answer.chosen] == [(village_code(7), "7号村", 700)]
    assert [site.code for site in answer.fixed] == [f"{CENTRES}:PSC00{number}" for number in (1, 5, 8, 9)]
    middle = gpd.GeoSeries([Point(answer.chosen[0].lon, answer.chosen[0].lat)], crs=STORED).to_crs(METRIC)
    assert middle.iloc[0].distance(square(7).centroid) < 0.1


def test_gains_are_told_one_by_one_and_add_up(planning: Planning) -> None:
    answer = ask(planning, "max-cover", 3)
    gains = [site.gain for site in answer.chosen]
    assert gains == [700, 600, 450]
    assert answer.before is not None
    assert answer.before + sum(gain or 0 for gain in gains) == answer.value


@pytest.mark.parametrize("add", [1, 2, 3])
def test_max_cover_beside_every_choice(planning: Planning, add: int) -> None:
    cost, people = table()
    best = max(people[(cost[:, chosen].min(axis=1) <= 700)].sum() for chosen in choices(add))
    answer = ask(planning, "max-cover", add, within="700m")
    assert answer.value == best == answer.bound


@pytest.mark.parametrize("add", [1, 2])
def test_p_median_beside_every_choice(planning: Planning, add: int) -> None:
    cost, people = table()
    sums = [(people * cost[:, chosen].min(axis=1)).sum() for chosen in choices(add)]
    answer = ask(planning, "p-median", add)
    assert answer.value == pytest.approx(min(sums), rel=1e-6)
    assert answer.optimal
    assert answer.before == pytest.approx((people * cost[:, :4].min(axis=1)).sum(), rel=1e-6)
    assert answer.unit == "人·米"
    assert answer.before - sum(site.gain or 0 for site in answer.chosen) == pytest.approx(answer.value)


@pytest.mark.parametrize("add", [1, 2])
def test_p_center_beside_every_choice(planning: Planning, add: int) -> None:
    cost, _ = table()
    answer = ask(planning, "p-center", add)
    assert answer.value == pytest.approx(
        min(cost[:, chosen].min(axis=1).max() for chosen in choices(add)), abs=1e-4
    )
    assert answer.before == pytest.approx(cost[:, :4].min(axis=1).max(), abs=1e-4)


def test_set_cover_beside_every_choice(planning: Planning) -> None:
    cost, _ = table()
    fewest = next(
        add for add in range(11) for chosen in choices(add) if (cost[:, chosen].min(axis=1) <= 1200).all()
    )
    answer = ask(planning, "set-cover", 1, within="1200m")
    assert (answer.value, answer.before, len(answer.chosen)) == (4 + fewest, 4, fewest)
    assert fewest > 1
    assert answer.notes == (f"全部覆盖至少要新增 {fewest} 处，多于要求的 1 处",)


def test_what_cannot_be_is_explained(planning: Planning) -> None:
    with pytest.raises(
        InfeasibleError, match=r"9 个村（1号村、4号村、7号村、2号村、5号村等）.*阈值放宽到 \d+ 米"
    ) as caught:
        ask(planning, "set-cover", 3, within="100m")
    needed = int(str(caught.value).split("放宽到 ")[1].split(" 米")[0])
    assert ask(planning, "set-cover", 9, within=f"{needed}m").value <= 14
    with pytest.raises(ArgumentError, match="候选只有 10 个"):
        ask(planning, "max-cover", 11)
    with pytest.raises(ArgumentError):
        ask(planning, "max-cover", 0)
    with pytest.raises(ArgumentError):
        ask(planning, "p-median", 1, plan={"prefer": "equity"})


def test_an_area_of_its_own(planning: Planning) -> None:
    answer = ask(planning, "max-cover", 1, code="140822100")
    assert answer.total == 1200
    assert answer.chosen[0].code == village_code(7)
    with pytest.raises(ArgumentError, match="候选只有 3 个"):
        ask(planning, "max-cover", 4, code="140822100")


def test_the_worst_served_township_first(planning: Planning) -> None:
    plain = ask(planning, "max-cover", 5, within="300m")
    fair = ask(planning, "max-cover", 5, within="300m", plan={"prefer": "equity"})
    # 6 to 9 with 4, or, so that the middle township has more than 800 of 1,500, with half of 5
    assert {site.code for site in plain.chosen} == {village_code(number) for number in (4, 6, 7, 8, 9)}
    assert {site.code for site in fair.chosen} == {village_code(number) for number in (5, 6, 7, 8, 9)}
    assert (plain.value, fair.value) == (3400, 3250)
    assert "覆盖率最低的乡镇" in fair.method


def test_capacities_bound_what_a_centre_serves(county_store: Store, publish: Publish) -> None:
    publish(
        "neighbour-centres",
        county.centres().iloc[[2, 3]].drop(columns="phone").assign(meals_per_day=[400, 600]),
    )
    answer = ask(
        planning_of(county_store), "max-cover", 1, services="neighbour-centres", within="540m", capacity="1"
    )
    # 8 west fills centre 8, 9 west goes to centre 9; a new one has 500 places: 7 cannot have both its halves
    assert (answer.before, answer.value) == (850, 850 + 450)
    assert sum(site.gain or 0 for site in answer.chosen) == 450


def test_too_little_room_everywhere_is_told_in_people(county_store: Store, publish: Publish) -> None:
    publish(
        "neighbour-centres",
        county.centres().iloc[[2, 3]].drop(columns="phone").assign(meals_per_day=[100, 100]),
    )
    with pytest.raises(InfeasibleError, match=r"都开也装不下：.*个村（.*）还有 [1-9][0-9,]* 人没有位置"):
        ask(
            planning_of(county_store),
            "set-cover",
            1,
            services="neighbour-centres",
            within="9km",
            capacity="1",
        )


def test_village_seats_are_taken_before_middles(county_store: Store, publish: Publish) -> None:
    rows = pd.DataFrame(
        {
            "code": [f"{village_code(7)}01", f"{village_code(7)}02"],
            "name": ["主村", "小队"],
            "village_code": village_code(7),
            "kind": ["village_seat", "hamlet"],
            "population": [300, 400],
        }
    )
    west, south, *_ = square(7).bounds
    # village 7 is taken from its settlements, whatever the others lack; the hamlet stands 600 m from the seat
    points = gpd.points_from_xy([west + 600, west], [south + 600, south + 600])
    publish("settlements", gpd.GeoDataFrame(rows, geometry=points, crs=METRIC).to_crs(STORED))
    answer = ask(planning_of(county_store), "max-cover", 1, within="601m")
    place = (
        gpd.GeoSeries([Point(answer.chosen[0].lon, answer.chosen[0].lat)], crs=STORED).to_crs(METRIC).iloc[0]
    )
    assert (place.x - west, place.y - south) == pytest.approx((600, 600), abs=0.1)
    assert "1 个用村委会驻地，9 个用村内代表点" in answer.method


def test_a_list_of_candidates(planning: Planning, catalog: Catalog, tmp_path: Path) -> None:
    middles = county.villages(METRIC).geometry.representative_point().to_crs(STORED)
    rows = pd.DataFrame(
        {
            "编号": ["甲", "乙"],
            "中心名称": ["三号", "=2+2"],
            "经度": middles.x[[2, 5]],
            "纬度": middles.y[[2, 5]],
        }
    )
    rows.to_csv(tmp_path / "候选.csv", index=False)
    sites = listed_sites(catalog.layer(CENTRES), tmp_path / "候选.csv")
    assert [(site.code, site.name) for site in sites] == [("甲", "三号"), ("乙", "=2+2")]
    answer = ask(planning, "max-cover", 1, plan={"candidates": sites})
    assert [(site.code, site.gain) for site in answer.chosen] == [("乙", 600)]
    rows.drop(columns=["经度", "纬度"]).to_csv(tmp_path / "没有.csv", index=False)
    with pytest.raises(PositionsError, match="经度"):
        listed_sites(catalog.layer(CENTRES), tmp_path / "没有.csv")
    rows.assign(经度=["", 110.8]).to_csv(tmp_path / "缺.csv", index=False)
    with pytest.raises(PositionsError, match="第 2 行"):
        listed_sites(catalog.layer(CENTRES), tmp_path / "缺.csv")


def test_progress_and_cancel(planning: Planning) -> None:
    covered = coverage_plan({"services": CENTRES, "within": "500m"})
    plan = SitingPlan(
        covered,
        2,
        "p-median",
        candidates=(Candidate("a", "甲", 110.83, 35.4), Candidate("b", "乙", 110.84, 35.4)),
    )
    heard: list[float] = []
    answer = planning.site(
        OPERATOR, plan, progress=lambda now: heard.append(now.value), cancelled=lambda: True
    )
    assert len(answer.chosen) == 2
    document = answer.to_json()
    assert {
        "objective",
        "value",
        "bound",
        "optimal",
        "before",
        "fixed",
        "chosen",
        "method",
        "parameters",
        "editions",
    } <= set(document)
    assert set(document["chosen"][0]) == {"code", "name", "lon", "lat", "gain"}


def test_a_sliver_without_people_is_a_candidate_like_any_other(planning: Planning) -> None:
    answer = ask(planning, "max-cover", 10)
    assert SLIVER in {site.code for site in answer.chosen}
    assert answer.value == 4500 - 250  # the east half of 5 lies 600 m from its point west of the hole


def test_every_place_of_the_demand_may_be_chosen(planning: Planning) -> None:
    answer = ask(planning, "max-cover", 1, plan={"candidates": "settlements"}, within="510m")
    # 6 west reaches itself, 6 east and 5 east
    assert [(site.code, site.name, site.gain) for site in answer.chosen] == [
        (f"{village_code(6)}001", "6号村第1网格", 850)
    ]
    assert answer.parameters["candidates"] == "settlements"
    assert "候选为需求的 19 个地点（治理网格等）" in answer.method
    gaps = ask(planning, "max-cover", 1, plan={"candidates": "gaps"}, within="510m")
    assert gaps.chosen == answer.chosen
    assert "候选为没有覆盖的 14 个地点" in gaps.method
    with pytest.raises(ArgumentError, match="阈值以外没有人"):
        ask(planning, "max-cover", 1, plan={"candidates": "gaps"}, within="5km")


def test_places_are_named_within_their_village_once(county_store: Store, publish: Publish) -> None:
    seats = [Point(square(number).centroid) for number in range(1, 10)]
    rows = {
        "code": [f"{village_code(number)}01" for number in range(1, 10)],
        "name": ["1号村", *["第三居民点"] * 8],
        "village_code": [village_code(number) for number in range(1, 10)],
        "kind": "hamlet", "population": [100 * number for number in range(1, 10)],
    }  # fmt: skip
    publish("settlements", gpd.GeoDataFrame(rows, geometry=seats, crs=METRIC).to_crs(STORED))
    answer = ask(planning_of(county_store), "max-cover", 9, plan={"candidates": "settlements"}, within="100m")
    assert {site.name for site in answer.chosen} == {
        "1号村",
        *(f"{n}号村·第三居民点" for n in range(2, 9)),
        f"{HOSTILE}·第三居民点",
    }


def test_villages_stand_in_where_nothing_is_finer(county_store: Store, publish: Publish) -> None:
    grids = county.grids()
    grids["population"] = pd.array([pd.NA] * len(grids), dtype="Int64")
    publish("grids", grids)
    planning = planning_of(county_store)
    few, all_of_them = (
        ask(planning, "max-cover", 1, plan={"candidates": kind}) for kind in ("villages", "settlements")
    )
    assert few.chosen == all_of_them.chosen


def test_who_is_lost_all_the_same(county_store: Store, publish: Publish) -> None:
    line = LineString([(ORIGIN[0], ORIGIN[1] + 500), (ORIGIN[0] + 3000, ORIGIN[1] + 500)])
    rows = {"code": ["R1"], "class": "village", "oneway": False, "name": "路"}
    publish("roads", gpd.GeoDataFrame(rows, geometry=[line], crs=METRIC).to_crs(STORED))
    planning = planning_of(county_store)
    answer = ask(planning, "max-cover", 1, plan={"candidates": "gaps"}, mode="road")
    before = planning.coverage(OPERATOR, answer.plan.coverage).lost
    chosen = answer.chosen[0].code
    assert chosen in {place.code for place in before}
    assert chosen not in {place.code for place in answer.lost}
    assert {place.code for place in answer.lost} < {place.code for place in before}
    assert answer.to_json()["lost"][0]["kind"] == "demand"
