"""Hotspots of the hand-drawn county, of a county of 36 squares, and what the public gets of them."""

from collections.abc import Callable
from datetime import date
from math import sqrt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control, norm
from shapely import box

from geo.errors import (
    ArgumentError,
    FilterError,
    ForbiddenError,
    LimitError,
    UnknownEditionError,
    WithheldError,
)
from geo.hotspots import getis_ord, queen, smoothed_rates
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Viewer
from layers.editions import Edition, Store
from layers.planning import HotspotPlan, hotspot_plan
from layers.planning.hotspots import Hotspots
from layers.planning.planning import Planning
from tests import disputes
from tests.county import COUNTY, METRIC, ORIGIN, SLIVER, STORED, village_code, villages
from tests.planning import planning_of

Publish = Callable[..., Edition]
OPERATOR, PLANNER = Viewer("operator", COUNTY), Viewer("planner", COUNTY)
SIZE = 6


@pytest.fixture(scope="module")
def planning(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Planning:
    return planning_of(disputes.build(tmp_path_factory.mktemp("county") / "home", catalog, demo=False))


def ask(planning: Planning, viewer: Viewer = OPERATOR, **words: str) -> Hotspots:
    return planning.hotspots(viewer, hotspot_plan(words))


def test_counts_and_rates_by_village(planning: Planning) -> None:
    answer = ask(planning)
    rows = {row.code: row for row in answer.rows}
    for number, counts in disputes.COUNTS.items():
        row = rows[village_code(number)]
        assert (row.n, row.rate) == (sum(counts), pytest.approx(10 * sum(counts) / number))
    assert answer.total == disputes.TOTAL
    assert answer.mean_rate == 1000 * disputes.TOTAL / 4500
    sliver = rows[SLIVER]
    assert (sliver.n, sliver.rate, sliver.z, sliver.side) == (0, None, None, "none")
    assert (answer.since, answer.until) == ("2024-01-01", "2025-03-31")
    assert len(answer.months) == 15
    assert sum(count for _, count in answer.months) == disputes.TOTAL


def test_small_villages_are_drawn_to_the_mean(planning: Planning) -> None:
    answer = ask(planning)
    rows = {row.code: row for row in answer.rows}
    first, ninth = rows[village_code(1)], rows[village_code(9)]
    for row in (first, ninth):
        assert row.rate is not None
        assert row.smoothed is not None
        assert abs(row.smoothed - answer.mean_rate) < abs(row.rate - answer.mean_rate)
    assert first.rate == 220
    assert (first.smoothed or 0) < 200


def test_too_few_areas_claim_nothing(planning: Planning) -> None:
    answer = ask(planning)
    assert "不足 30 个村（社区），不作显著性判断" in answer.note
    assert "1 个村（社区）没有人口或界线" in answer.note
    assert {row.side for row in answer.rows} == {row.trend for row in answer.rows} == {"none"}
    assert {row.q for row in answer.rows} == {1.0, None}


def test_a_period_and_grids(planning: Planning) -> None:
    answer = ask(planning, since="2024-07-01", until="2024-09-30", by="grid")
    assert answer.total == sum(counts[2] for counts in disputes.COUNTS.values())
    assert len(answer.rows) == 19
    assert [month for month, _ in answer.months] == ["2024-07", "2024-08", "2024-09"]
    assert "只有 3 个整月" in answer.note
    short = ask(planning, since="2024-07-02", until="2024-08-30")
    assert short.months == ()
    assert "没有算趋势" in short.note
    with pytest.raises(FilterError):
        ask(planning, since="1999-01-01", until="1999-12-31")


def test_places_moved_to_their_grid_change_no_count(planning: Planning) -> None:
    assert ask(planning, PLANNER, by="grid").rows == ask(planning, by="grid").rows


YEAR, FIRST_QUARTER = ({"since": "2024-01-01", "until": until} for until in ("2024-12-31", "2024-03-31"))


def test_hot_spots_of_what_is_published_are_those_of_its_counts(planning: Planning) -> None:
    answer = ask(planning, PUBLIC, **YEAR)
    assert (answer.since, answer.until) == ("2024-01-01", "2024-12-31")
    published = planning.door.counts(PUBLIC, "2024", "village").set_index("code")["count"]
    assert {row.code: row.n for row in answer.rows} == published.astype(int).to_dict()
    assert answer.months == ()
    areas = villages(METRIC).set_index("code")
    used = [code for code in sorted(published.index) if areas["population"][code] > 0]
    rates = smoothed_rates(published[used].astype(float), areas["population"][used]).smoothed
    z = getis_ord(rates, queen(areas.geometry[used]).matrix).z
    found = {row.code: row.z for row in answer.rows if row.z is not None}
    known = {code: value for code, value in zip(used, z, strict=True) if not np.isnan(value)}
    assert len(known) == len(used) - 1, "all are neighbours of the one in the middle"
    assert found == pytest.approx(known)


def test_no_hot_spots_where_a_count_is_withheld(planning: Planning) -> None:
    hidden = int(planning.door.counts(PUBLIC, "2024Q1", "village")["count"].isna().sum())
    assert hidden > 0
    with pytest.raises(WithheldError) as refused:
        ask(planning, PUBLIC, **FIRST_QUARTER)
    assert str(refused.value) == (
        f"2024-01-01 至 2024-03-31 有 {hidden} 个村（社区）的件数不公开，算热点会把它们当成没有，所以不提供热点。"
        "可以看各村（社区）公开的件数。"
    )
    assert ask(planning, **FIRST_QUARTER).total == sum(counts[0] for counts in disputes.COUNTS.values())


def test_rates_are_told_where_hot_spots_are_not(planning: Planning) -> None:
    answer = planning.rates(PUBLIC, hotspot_plan(FIRST_QUARTER))
    published = planning.door.counts(PUBLIC, "2024Q1", "village").set_index("code")["count"]
    assert {row.code: row.n for row in answer.rows} == {
        code: None if pd.isna(count) else int(count) for code, count in published.items()
    }
    for row in answer.rows:
        known = row.n is not None and row.people > 0
        assert row.rate == (pytest.approx(1000 * (row.n or 0) / row.people) if known else None)
    assert answer.total == sum(row.n or 0 for row in answer.rows if row.rate is not None)
    assert answer.refusal is not None
    assert "没有邻居" not in f"{answer.note}{answer.refusal}"
    assert planning.rates(PUBLIC, hotspot_plan(YEAR)).refusal is None


def test_rates_and_hot_spots_count_alike(planning: Planning) -> None:
    rates, spots = planning.rates(OPERATOR, hotspot_plan(YEAR)), ask(planning, **YEAR)
    assert [(row.code, row.n, row.rate) for row in rates.rows] == [
        (row.code, row.n, row.rate) for row in spots.rows
    ]
    assert (rates.total, rates.mean_rate, rates.editions) == (spots.total, spots.mean_rate, spots.editions)


RED = {"f.disputes.warning_level": "red"}


def test_what_is_counted_meets_the_conditions(planning: Planning) -> None:
    """Ten of the thirty of the first quarter are red, one of them has the text."""
    words = FIRST_QUARTER | RED
    spots, rates = ask(planning, **words), planning.rates(OPERATOR, hotspot_plan(words))
    assert (spots.total, rates.total) == (10, 10)
    assert planning.density(OPERATOR, hotspot_plan(words)).total == 10
    assert [row.n for row in spots.rows] == [row.n for row in rates.rows]
    assert spots.parameters["conditions"] == {"warning_level": ["red"]}
    assert "conditions" not in ask(planning).parameters
    assert ask(planning, **FIRST_QUARTER, **{"f.disputes.q": "D0003"}).total == 1


def test_a_key_has_conditions_only_where_there_are_any() -> None:
    assert HotspotPlan().key == "by=village&neighbours=queen&alpha=0.05"
    words = {"f.disputes.status": "open,", "f.disputes.q": "水"}
    plan = hotspot_plan(words)
    assert plan.key == (
        "by=village&neighbours=queen&alpha=0.05&f.disputes.status=open%2C&f.disputes.q=%E6%B0%B4"
    )
    assert (plan.fields, plan.text) == ((("status", ("open", "")),), "水")


@pytest.mark.parametrize("way", ["hotspots", "rates", "density"])
def test_conditions_that_cannot_be(planning: Planning, way: str) -> None:
    answer = getattr(planning, way)
    with pytest.raises(FilterError, match="没有可筛选的字段 bogus"):
        answer(OPERATOR, hotspot_plan({"f.disputes.bogus": "red"}))
    with pytest.raises(FilterError, match="没有符合条件的矛盾纠纷"):
        answer(OPERATOR, hotspot_plan({"f.disputes.warning_level": "green"}))
    with pytest.raises((FilterError, ForbiddenError), match="不能"):
        answer(PUBLIC, hotspot_plan(RED | YEAR))


@pytest.mark.parametrize(
    ("viewer", "words", "error"),
    [
        (PUBLIC, {"by": "grid"}, FilterError),
        (PUBLIC, {"since": "2024-04-02", "until": "2024-06-30"}, FilterError),
        (PUBLIC, {"since": "2024-04-01"}, FilterError),
        (Viewer("grid_worker", f"{village_code(1)}001"), {}, ForbiddenError),
        (OPERATOR, {"by": "township"}, ArgumentError),
        (OPERATOR, {"neighbours": "friends"}, ArgumentError),
        (OPERATOR, {"since": "yesterday"}, ArgumentError),
        (OPERATOR, {"since": "2024-05-01", "until": "2024-04-01"}, ArgumentError),
        (OPERATOR, {"alpha": "0"}, ArgumentError),
        (OPERATOR, {"neighbours": "band", "band": "-1"}, LimitError),
    ],
)
def test_refusals(planning: Planning, viewer: Viewer, words: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(planning, viewer, **words)


def test_without_disputes(county_store: Store) -> None:
    with pytest.raises(UnknownEditionError, match="矛盾纠纷"):
        ask(planning_of(county_store))


# ---- 36 squares of 1,000 people ----


def squares() -> gpd.GeoDataFrame:
    rows = pd.DataFrame(
        {
            "code": [f"140822100{200 + at}" for at in range(SIZE**2)],
            "name": [f"{at}村" for at in range(SIZE**2)],
            "township_code": "140822100",
            "population": 1000,
        }
    )
    corners = [(ORIGIN[0] + 1000 * (at % SIZE), ORIGIN[1] + 1000 * (at // SIZE)) for at in range(SIZE**2)]
    shapes = [box(x, y, x + 1000, y + 1000) for x, y in corners]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


def cases(counts: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", months: list[str]) -> gpd.GeoDataFrame:
    """So many disputes in each square (rows) and month (columns), in the middle of the square."""
    areas = squares()
    middles = areas.geometry.to_crs(METRIC).centroid.to_crs(STORED)
    records = [
        {"code": f"D{at}-{month}-{serial}", "village_code": areas["code"][at], "happened_on": pd.Timestamp(f"{name}-15"), "geometry": middles[at]}
        for at in range(SIZE**2)
        for month, name in enumerate(months)
        for serial in range(counts[at, month])
    ]  # fmt: skip
    rows = gpd.GeoDataFrame(records, crs=STORED)
    texts = ("name", "grid_code", "category", "scale", "influence", "involved_org", "description", "address")
    return rows.assign(
        **dict.fromkeys(texts, "x") | {"category": "neighbour", "scale": "small", "influence": "small"}
    )


def gi_star(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> list[float]:
    """Gi* cell by cell from its definition (Ord & Getis 1995)."""
    n, mean, spread = len(values), values.mean(), values.std()
    answer = []
    for at in range(n):
        near = [
            other
            for other in range(n)
            if abs(other % SIZE - at % SIZE) <= 1 and abs(other // SIZE - at // SIZE) <= 1
        ]
        k = len(near)
        answer.append((values[near].sum() - mean * k) / (spread * sqrt((n * k - k * k) / (n - 1))))
    return answer


@pytest.fixture
def blocks(store: Store, publish: Publish) -> Callable[..., Planning]:
    publish("villages", squares())

    def _blocks(counts: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", months: list[str]) -> Planning:
        publish("disputes", cases(counts, months))
        return planning_of(store)

    return _blocks


def test_z_and_q_by_the_definition(blocks: Callable[..., Planning]) -> None:
    counts = np.ones((SIZE**2, 1), dtype=np.int64)
    counts[[0, 1, 6, 7]] = 12
    answer = ask(blocks(counts, ["2024-05"]), since="2024-05-01", until="2024-05-31")
    smoothed = np.array([row.smoothed for row in answer.rows], dtype=float)
    expected = np.array(gi_star(smoothed))
    assert np.array([row.z for row in answer.rows], dtype=float) == pytest.approx(expected, abs=1e-9)
    q = false_discovery_control(2 * norm.sf(np.abs(expected)))
    assert np.array([row.q for row in answer.rows], dtype=float) == pytest.approx(q, abs=1e-12)
    hot = {at for at, row in enumerate(answer.rows) if row.side == "hot"}
    assert hot == set(np.flatnonzero((q <= 0.05) & (expected > 0)).tolist())
    assert {0, 1, 6, 7} <= hot
    assert {row.side for row in answer.rows} == {"hot", "none"}


def test_hot_areas_that_lie_together_have_one_number(blocks: Callable[..., Planning]) -> None:
    counts = np.ones((SIZE**2, 1), dtype=np.int64)
    counts[[0, 1, 6, 7]] = 12
    counts[[28, 29, 34, 35]] = 15
    answer = ask(blocks(counts, ["2024-05"]))
    codes = [f"140822100{200 + at}" for at in range(SIZE**2)]
    told = [(one.rank, one.code, one.name, one.areas, one.n) for one in answer.clusters]
    assert told == [(1, codes[29], "29村", 3, 45), (2, codes[0], "0村", 1, 12)]
    hot = {row.code: row.cluster for row in answer.rows if row.side == "hot"}
    assert hot == {codes[0]: 2, codes[29]: 1, codes[34]: 1, codes[35]: 1}
    assert {row.cluster for row in answer.rows if row.side != "hot"} == {None}


def test_a_distance_band_and_islands(blocks: Callable[..., Planning]) -> None:
    counts = np.ones((SIZE**2, 1), dtype=np.int64)
    counts[:6] = 9
    planning = blocks(counts, ["2024-05"])
    near = ask(planning, neighbours="band", band="1100")
    assert near.parameters["band_m"] == 1100
    assert "1100 米" in near.method
    alone = ask(planning, neighbours="band", band="900")
    assert "36 个村（社区）没有邻居，只和自己比：0村、1村、2村、3村、4村等" in alone.note


def test_neighbours_that_are_not_worked_with_are_not_missing(store: Store, publish: Publish) -> None:
    areas = squares()
    areas.loc[[1, 6, 7], "population"] = 0
    publish("villages", areas)
    publish("disputes", cases(np.ones((SIZE**2, 1), dtype=np.int64), ["2024-05"]))
    note = ask(planning_of(store)).note
    assert "1 个村（社区）的邻居都没有参与计算，只和自己比：0村" in note
    assert "没有邻居" not in note


def test_everywhere_the_same_is_no_hotspot(blocks: Callable[..., Planning]) -> None:
    answer = ask(blocks(np.full((SIZE**2, 1), 2, dtype=np.int64), ["2024-05"]))
    assert "各村（社区）平滑后的率都一样，没有热点" in answer.note
    assert {row.side for row in answer.rows} == {"none"}


def test_a_new_and_a_persistent_hotspot(blocks: Callable[..., Planning]) -> None:
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    counts = np.ones((SIZE**2, 12), dtype=np.int64)
    counts[[0, 1, 6, 7], :] = 15
    counts[[28, 29, 34, 35], -1] = 25
    answer = ask(blocks(counts, months))
    trends = {at: row.trend for at, row in enumerate(answer.rows)}
    assert trends[0] in ("persistent", "intensifying", "diminishing")
    assert trends[35] == "new"
    assert trends[20] == "none"
    assert answer.rows[0].hot_months == 12


def test_a_month_that_was_not_over_is_no_month(store: Store, publish: Publish) -> None:
    today = date.today().replace(day=1)
    months = [str(month) for month in pd.period_range(end=pd.Period(today, freq="M"), periods=4, freq="M")]
    counts = np.ones((SIZE**2, 4), dtype=np.int64)
    publish("villages", squares())
    rows = cases(counts, months)
    rows.loc[rows["happened_on"] >= pd.Timestamp(today), "happened_on"] = pd.Timestamp(today)
    publish("disputes", rows)
    answer = ask(planning_of(store))
    assert [month for month, _ in answer.months] == months[:-1]
    assert answer.until == str(today)


def test_density_adds_up_and_is_not_for_the_public(planning: Planning) -> None:
    plan = HotspotPlan(since=date(2024, 1, 1), until=date(2024, 12, 31))
    found = planning.density(OPERATOR, plan, cell_m=50, bandwidth_m=300)
    values = np.nan_to_num(found.density.values)
    total = sum(sum(counts[:4]) for counts in disputes.COUNTS.values())
    assert values.sum() * 50 * 50 == pytest.approx(total, rel=0.05)
    assert "搜索半径 300 米" in found.method
    moved = planning.density(PLANNER, plan, cell_m=50, bandwidth_m=300)
    assert "网格" in moved.note
    assert not np.array_equal(np.nan_to_num(moved.density.values), values)
    with pytest.raises(ForbiddenError):
        planning.density(PUBLIC, plan)
    with pytest.raises(LimitError):
        planning.density(OPERATOR, plan, cell_m=50, bandwidth_m=0)


def test_json_has_the_agreed_names(planning: Planning) -> None:
    document = ask(planning).to_json()
    assert {"method", "parameters", "editions", "rows"} <= set(document)
    assert {"code", "name", "n", "rate", "z", "p", "q", "class"} <= set(document["rows"][0])
    assert disputes.PERSONAL not in str(document)
    assert disputes.INTERNAL not in str(document)
