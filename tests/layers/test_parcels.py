"""Nine parcels of one village: a hole, two parts, parts over each other, two that overlap by half, one twice, two without 亩
and one that reports a hundred times what is drawn. On the map they cover 232.5 亩.

The case is that of https://github.com/natcap/invest/issues/1310.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from layers.areas import Areas
from layers.catalog import Catalog
from layers.disclosure import Door, Viewer
from layers.editions import Store
from layers.intake import ImportOptions, Intake
from layers.intake.health import check_health
from tests.county import COUNTY, METRIC, ORIGIN, STORED, townships, village_code, villages
from tests.disputes import put

PLANNER = Viewer("planner", COUNTY)


def field(x: float, y: float, width: float, height: float) -> BaseGeometry:
    """A rectangle in the north-west square: 100 m × 100 m are 15 亩."""
    west, south = ORIGIN[0] + 50, ORIGIN[1] + 2050
    return box(west + x, south + y, west + x + width, south + y + height)


def nine() -> gpd.GeoDataFrame:
    whole, hole = field(0, 0, 200, 200), field(50, 50, 100, 100)
    parcels: list[tuple[str, BaseGeometry, float | None]] = [
        ("hole", Polygon(whole.exterior.coords, [hole.exterior.coords]), 45),
        ("multi", MultiPolygon([field(250, 0, 100, 100), field(400, 0, 100, 100)]), 30),
        ("selfov", MultiPolygon([field(550, 0, 100, 100), field(600, 0, 100, 100)]), None),
        ("ovA", field(0, 250, 200, 200), 60),
        ("ovB", field(100, 250, 200, 200), 60),
        ("dup1", field(400, 250, 100, 100), 15),
        ("dup2", field(400, 250, 100, 100), 15),
        ("none", field(550, 250, 100, 100), None),
        ("wrong", field(700, 250, 100, 100), 1500),
    ]
    names = [name for name, _, _ in parcels]
    mu = [np.nan if one is None else float(one) for _, _, one in parcels]
    rows = {"code": names, "name": names, "village_code": village_code(1), "crop": "apple", "area_mu": mu}
    shapes = gpd.GeoSeries([shape for _, shape, _ in parcels], crs=METRIC)
    return gpd.GeoDataFrame(rows, geometry=shapes).to_crs(STORED)


@pytest.fixture
def door(store: Store, catalog: Catalog) -> Door:
    put(store, "townships", townships())
    put(store, "villages", villages())
    put(store, "orchards", nine())
    return Door(store, catalog, COUNTY)


def test_the_sum_is_that_of_what_is_reported(door: Door) -> None:
    """1,725 亩 are reported, 15 of them a second time for the same parcel."""
    areas = Areas(door, county_name="手画县", metric_crs=METRIC)
    (apples,) = areas.profile(village_code(1), PLANNER).to_json("zh")["industry"]
    assert {name: apples[name] for name in ("value", "unit", "rows", "reported", "twins", "method")} == {
        "value": 1710.0, "unit": "亩", "rows": 9, "reported": 7, "twins": 1,
        "method": "逐行相加，已报 7 / 9，重合的 1 块只计一次",
    }  # fmt: skip


def test_parcels_on_each_other_and_beside_their_figure_are_found(door: Door) -> None:
    found = {
        (one["rule"], one["name"]): one["message"]
        for one in check_health(door, PLANNER, METRIC).to_json()["findings"]
        if one["layer"] == "orchards"
    }
    assert found[("overlap", "ovB")] == "“ovB”（ovB）和“ovA”（ovA）重叠 30.0 亩。"
    assert found[("area-mismatch", "wrong")] == "“wrong”（wrong）报 1,500 亩，图上是 15.0 亩，相差约 100 倍。"
    assert ("geometry-duplicate", "dup2") in found
    assert sorted(rule for rule, _ in found if rule in ("overlap", "area-mismatch")) == [
        "area-mismatch",
        "overlap",
    ]


def test_neighbours_that_touch_or_nearly_are_no_finding(store: Store, catalog: Catalog) -> None:
    rows = nine().iloc[:3].assign(area_mu=[14.0, 20.0, 15.0])
    beside = [field(0, 0, 100, 100), field(99.5, 0, 100, 100), field(199.5, 0, 100, 100)]
    shapes = gpd.GeoSeries(beside, crs=METRIC).to_crs(STORED)
    put(store, "orchards", rows.set_geometry(shapes.to_numpy(), crs=STORED))
    door = Door(store, catalog, COUNTY)
    rules = [one["rule"] for one in check_health(door, PLANNER, METRIC).to_json()["findings"]]
    assert not {"overlap", "area-mismatch"} & set(rules)


def test_an_import_says_so_before_anything_is_published(
    store: Store, catalog: Catalog, tmp_path: Path
) -> None:
    put(store, "townships", townships())
    put(store, "villages", villages())
    nine().to_file(tmp_path / "果园.geojson")
    found = Intake(store, COUNTY, METRIC).run(
        "orchards", tmp_path / "果园.geojson", ImportOptions(dry_run=True)
    )
    rules = [finding.rule for finding in found.findings]
    assert (rules.count("overlap"), rules.count("area-mismatch")) == (1, 1)
