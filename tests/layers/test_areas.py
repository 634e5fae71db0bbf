"""Roll-ups, tallies and indicators of areas."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.affinity import translate

from geo.errors import UnknownAreaError
from layers.areas import Areas
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Door, Viewer
from layers.editions import Store
from tests import county
from tests.county import COUNTY, METRIC, village_code
from tests.disputes import build, put

Make = Callable[[Store], Areas]


@pytest.fixture
def make(catalog: Catalog) -> Make:
    def _make(store: Store) -> Areas:
        return Areas(Door(store, catalog, COUNTY), county_name="手画县", metric_crs=METRIC)

    return _make


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> Store:
    return build(tmp_path / "home", catalog, demo=True)


def orchards() -> gpd.GeoDataFrame:
    """Three orchards in village 1, one in village 5, one across the county line."""
    spots = gpd.GeoSeries(
        [county.square(n).centroid.buffer(40 * (i + 1)) for i, n in enumerate((1, 1, 1, 5, 9))], crs=METRIC
    )
    spots[4] = translate(spots[4], 5_000)
    rows = pd.DataFrame(
        {
            "code": list("abcde"),
            "name": "果园",
            "village_code": [village_code(1)] * 3 + [village_code(5), ""],
            "crop": ["apple", "peach", "apple", "apple", "apple"],
            "area_mu": [10.5, 4.0, np.nan, 20.0, 99.0],
        }
    )
    return gpd.GeoDataFrame(rows, geometry=spots.to_crs(county.STORED).array)


def indicators() -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for number in range(1, 10):
        code = village_code(number)
        rows.append(_value("collective_income", code, "2025", value=float(number)))
        rows.append(_value("collective_income", code, "2024", value=1000.0))
        rows.append(_value("optimised_party", code, "2025", numerator=float(number % 2), denominator=1.0))
    rows.append(_value("optimised_party", "140822100", "2025", numerator=9.0, denominator=10.0))
    return pd.DataFrame(rows)


def _value(indicator: str, code: str, period: str, **numbers: float) -> dict[str, Any]:
    return {
        "code": f"{indicator}:{code}:{period}", "name": indicator, "indicator": indicator, "area_code": code,
        "period": period, "source": "手画", **numbers,
    }  # fmt: skip


def part(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in document["indicators"] if item["id"] == name)


def test_a_code_that_nobody_has(make: Make, store: Store) -> None:
    with pytest.raises(UnknownAreaError):
        make(store).profile("140822999", PUBLIC).to_json("zh")


def test_the_county_is_known_even_without_data(make: Make, tmp_path: Path, catalog: Catalog) -> None:
    empty = Store(tmp_path, catalog)
    empty.create()
    profile = make(empty).profile(COUNTY, PUBLIC).to_json("zh")
    assert (profile["name"], profile["children"], profile["bounds"]) == ("手画县", [], None)


def test_industry_adds_up_by_class_without_what_lies_outside(make: Make, store: Store) -> None:
    put(store, "orchards", orchards(), demo=True)
    areas = make(store)
    whole = {
        item["label"]: (item["value"], item["rows"])
        for item in areas.profile(COUNTY, PUBLIC).to_json("zh")["industry"]
    }
    assert whole == {"苹果": (30.5, 3), "桃、油桃": (4.0, 1)}
    village = areas.profile(village_code(1), PUBLIC).to_json("zh")["industry"]
    assert [(item["label"], item["value"], item["unit"]) for item in village] == [
        ("苹果", 10.5, "亩"),
        ("桃、油桃", 4.0, "亩"),
    ]


def test_a_townships_centre_in_a_village_is_not_the_villages(make: Make, store: Store) -> None:
    """The county's and a township's centre stand in village 1, another township's in village 5, a village's own in 2."""
    spots = [county.square(n).centroid for n in (1, 1, 5, 2)]
    rows = pd.DataFrame(
        {
            "code": ["Z1", "Z2", "Z3", "Z4"],
            "name": "综治中心",
            "village_code": [village_code(n) for n in (1, 1, 5, 2)],
            "level": ["county", "township", "township", "village"],
        }
    )
    places = gpd.GeoSeries(spots, crs=METRIC).to_crs(county.STORED)
    put(store, "governance-centres", gpd.GeoDataFrame(rows, geometry=places.array), demo=True)
    areas = make(store)

    def said(code: str) -> dict[str, tuple[int, int, str]]:
        services = areas.profile(code, PUBLIC).to_json("zh")["services"]
        return {
            one["label"]: (one["numerator"], one["denominator"], one["level"])
            for one in services
            if one["layer"] == "governance-centres"
        }

    assert said(COUNTY) == {
        "综治中心（县级）": (1, 1, "county"),
        "综治中心（乡级）": (2, 3, "township"),
        "综治中心（村级）": (1, 10, "village"),
    }
    assert said("140822102") == {
        "综治中心（乡级）": (0, 1, "township"),
        "综治中心（村级）": (0, 4, "village"),
    }
    assert said(village_code(1)) == {"综治中心（村级）": (0, 1, "village")}


def test_what_stands_in_the_county_without_a_code_is_the_countys(make: Make, store: Store) -> None:
    rows = orchards()
    rows["geometry"] = rows.geometry.where(rows["code"] != "e", rows.geometry[0])
    put(store, "orchards", rows, demo=True)
    areas = make(store)
    (found,) = (
        one for one in areas.profile(COUNTY, PUBLIC).to_json("zh")["facilities"] if one["layer"] == "orchards"
    )
    assert found["count"] == 5
    assert areas.door.rows("orchards", PUBLIC).beyond == 0
    put(store, "orchards", orchards(), demo=True)
    assert areas.door.rows("orchards", PUBLIC).beyond == 1


def test_parts_add_up_to_the_whole(make: Make, store: Store) -> None:
    areas = make(store)
    figures = {
        figure["id"]: figure["value"] for figure in areas.profile(COUNTY, PUBLIC).to_json("zh")["figures"]
    }
    for name in ("population", "population_60_plus", "households"):
        townships = [child[name] for child in areas.profile(COUNTY, PUBLIC).to_json("zh")["children"]]
        villages = [areas.profile(village_code(n), PUBLIC).to_json("zh")["figures"] for n in range(1, 10)]
        assert sum(townships) == figures[name]
        assert sum(next(f["value"] for f in found if f["id"] == name) for found in villages) == figures[name]


def test_facilities_of_a_grid_are_found_by_place(make: Make, store: Store) -> None:
    areas = make(store)
    west, east = (
        areas.profile(f"{village_code(5)}00{half}", PUBLIC).to_json("zh")["facilities"] for half in (1, 2)
    )
    assert [(item["layer"], item["count"]) for item in west] == [("party-service-centres", 1)]
    assert east == []


def test_a_population_that_nobody_collected_is_empty_not_zero(make: Make, store: Store) -> None:
    villages = county.villages()
    villages.loc[villages["township_code"] == "140822100", "population"] = None
    put(store, "villages", villages, demo=True)
    figures = {f["id"]: f["value"] for f in make(store).profile("140822100", PUBLIC).to_json("zh")["figures"]}
    assert figures["population"] is None


def test_indicators_follow_their_rule(make: Make, store: Store) -> None:
    put(store, "indicators", indicators(), demo=True)
    areas = make(store)
    whole = areas.profile(COUNTY, PUBLIC).to_json("zh")
    assert (part(whole, "collective_income")["value"], part(whole, "collective_income")["period"]) == (
        45.0,
        "2025",
    )
    share = part(whole, "optimised_party")
    assert (share["numerator"], share["denominator"], share["value"]) == (5.0, 9.0, 5 / 9)
    own = part(areas.profile("140822100", PUBLIC).to_json("zh"), "optimised_party")
    assert (own["numerator"], own["denominator"]) == (9.0, 10.0)
    assert part(areas.profile("140822101", PUBLIC).to_json("zh"), "collective_income")["value"] == 2 + 5 + 8


def test_both_languages(make: Make, store: Store) -> None:
    areas = make(store)
    assert areas.profile(COUNTY, PUBLIC).to_json("en")["figures"][0]["label"] == "Population"
    planner = areas.profile(COUNTY, Viewer("planner", COUNTY)).to_json("en")["disputes"]
    assert planner["visibility"] == "grid"


def test_a_new_edition_changes_the_profile(make: Make, store: Store) -> None:
    areas = make(store)
    assert len(areas.profile(COUNTY, PUBLIC).to_json("zh")["children"]) == 3
    put(store, "townships", county.townships().head(2), demo=True)
    assert len(areas.profile(COUNTY, PUBLIC).to_json("zh")["children"]) == 2


# ---- by which rule ----


def values(indicator: str, numbers: dict[str, tuple[Any, ...]]) -> pd.DataFrame:
    """Of 2025, by area: value, numerator, denominator, choice."""
    names = ("value", "numerator", "denominator", "choice")
    return pd.DataFrame(
        [
            _value(indicator, code, "2025", **dict(zip(names, row, strict=True)))
            for code, row in numbers.items()
        ]
    )


def told(make: Make, store: Store, code: str, rows: pd.DataFrame) -> dict[str, Any]:
    put(store, "indicators", rows, demo=True)
    return part(make(store).profile(code, PUBLIC).to_json("zh"), str(rows["indicator"][0]))


def test_a_mean_is_weighted_and_keeps_its_unit_a_ratio_has_none(make: Make, store: Store) -> None:
    numbers = {village_code(1): (None, 90.0, 2.0, None), village_code(4): (None, 30.0, 1.0, None)}
    mean = told(make, store, "140822100", values("reserve_cadres_age", numbers))
    assert (mean["value"], mean["unit"], mean["numerator"], mean["denominator"]) == (40.0, "岁", 120.0, 3.0)
    ratio = told(make, store, "140822100", values("optimised_party", numbers))
    assert (ratio["value"], ratio["unit"]) == (40.0, "")


def test_a_choice_is_counted_by_what_was_chosen(make: Make, store: Store) -> None:
    codes = store.catalog.codelists["collective_path"].values()
    first, second, *_ = codes
    chosen = {1: first, 4: second, 7: second, 2: first}
    rows = values(
        "collective_path", {village_code(n): (None, None, None, path) for n, path in chosen.items()}
    )
    west = told(make, store, "140822100", rows)
    assert (west["value"], west["method"]) == (3, "由村汇总")
    assert {item["value"]: item["count"] for item in west["choices"]} == {first: 1, second: 2}
    assert [item["count"] for item in west["choices"]] == [2, 1], "the most chosen first"
    village = told(make, store, village_code(2), rows)
    assert (village["value"], village["method"]) == (1, "原始数值")


def test_a_choice_that_nobody_made_is_no_list(make: Make, store: Store) -> None:
    rows = values("collective_path", {village_code(1): (None, None, None, None)})
    assert "choices" not in told(make, store, "140822100", rows)


def test_only_what_is_measured_in_mu_is_land_that_is_grown_on(make: Make, store: Store) -> None:
    stores = county.centres().assign(capacity_t=500.0)
    put(store, "cold-stores", stores, demo=True)
    put(store, "orchards", orchards(), demo=True)
    profile = make(store).profile(COUNTY, PUBLIC).to_json("zh")
    assert {item["layer"] for item in profile["industry"]} == {"orchards"}
    assert "cold-stores" in {item["layer"] for item in profile["facilities"]}


def test_what_an_area_reported_itself_is_not_added_to_by_its_villages(make: Make, store: Store) -> None:
    numbers = {"140822100": (500.0, None, None, None), village_code(1): (7.0, None, None, None)}
    rows = values("collective_income", numbers)
    assert told(make, store, "140822100", rows)["value"] == 500.0
    assert told(make, store, "140822100", rows.iloc[::-1].reset_index(drop=True))["value"] == 500.0
    assert told(make, store, "140822100", rows)["method"] == "原始数值"
    assert told(make, store, COUNTY, rows)["value"] == 7.0, "and is not added to the county twice"


def test_a_value_that_is_not_there_adds_nothing(make: Make, store: Store) -> None:
    numbers = {village_code(1): (np.nan, None, None, None), village_code(4): (3.0, None, None, None)}
    assert told(make, store, "140822100", values("collective_income", numbers))["value"] == 3.0


def test_other_totals_are_divided_by_too_but_only_for_the_county(make: Make, store: Store) -> None:
    rows = values("beautiful_village", {village_code(n): (None, 1.0, 1.0, None) for n in (1, 2)})
    shares = {item["value"]: item["share"] for item in told(make, store, COUNTY, rows)["denominators"]}
    assert shares == {207: 2 / 207, 210: 2 / 210}
    assert "denominators" not in told(make, store, "140822100", rows)
    none = values("beautiful_village", {village_code(1): (None, 0.0, 1.0, None)})
    assert {item["share"] for item in told(make, store, COUNTY, none)["denominators"]} == {0.0}


# ---- what stands below ----


def test_children_know_how_many_lie_below_them(make: Make, store: Store) -> None:
    areas = make(store)
    towns = areas.profile(COUNTY, PUBLIC).to_json("zh")["children"]
    assert [(child["code"], child["villages"], child["grids"]) for child in towns] == [
        ("140822100", 3, 6), ("140822101", 3, 6), ("140822102", 4, 7),
    ]  # fmt: skip
    villages = areas.profile("140822102", PUBLIC).to_json("zh")["children"]
    assert [(child["villages"], child["grids"]) for child in villages] == [(None, 2)] * 3 + [(None, 1)]
    assert {(child["villages"], child["grids"]) for child in areas.profile(village_code(1), PUBLIC).to_json("zh")["children"]} == {(None, None)}  # fmt: skip


def test_without_its_own_outline_the_county_lies_around_its_townships(
    make: Make, tmp_path: Path, catalog: Catalog
) -> None:
    bare = Store(tmp_path, catalog)
    bare.create()
    put(bare, "townships", county.townships())
    found = make(bare).bounds(COUNTY)
    assert found == pytest.approx(tuple(county.townships().total_bounds), abs=1e-6)


def test_a_period_that_rows_do_not_share_is_that_of_the_edition(make: Make, store: Store) -> None:
    def period(villages: gpd.GeoDataFrame) -> Any:
        put(store, "villages", villages, demo=True)
        figures = make(store).profile(COUNTY, PUBLIC).to_json("zh")["figures"]
        return next(figure["period"] for figure in figures if figure["id"] == "population")

    assert period(county.villages()) == "2025"
    mixed = county.villages()
    mixed.loc[0, "period"] = "2020"
    assert period(mixed) is None


# ---- disputes ----


def test_the_last_twelve_months_for_staff(make: Make, store: Store) -> None:
    said = make(store).profile(village_code(3), Viewer("mediator", COUNTY)).to_json("zh")["disputes"]
    assert [month["month"] for month in said["months"]] == [
        *(f"2024-{month:02d}" for month in range(4, 13)), "2025-01", "2025-02", "2025-03",
    ]  # fmt: skip
    assert (said["since"], said["until"]) == ("2024-04", "2025-03")
    assert {month["count"] for month in said["months"]} == {0}, "a village without disputes has zeros"
    busy = make(store).profile(village_code(7), Viewer("mediator", COUNTY)).to_json("zh")["disputes"]
    assert busy["total"] == sum(month["count"] for month in busy["months"]) == 3 + 3 + 4 + 1


def test_the_latest_quarter_for_the_public(make: Make, store: Store) -> None:
    said = make(store).profile(village_code(8), PUBLIC).to_json("zh")["disputes"]
    assert (said["period"], said["count"], said["suppressed"]) == ("2025Q1", 3, False)
    assert make(store).profile(village_code(7), PUBLIC).to_json("zh")["disputes"]["suppressed"]
