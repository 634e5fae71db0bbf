"""What rows amount to: what is reported of how many, with one and the same parcel counted once."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import box
from shapely.geometry.base import BaseGeometry

from layers.catalog import Catalog
from layers.disclosure import Disclosed, Door, Viewer
from layers.disclosure.amounts import Amount, quantities
from layers.editions import Store
from tests.county import COUNTY, METRIC, ORIGIN, STORED, village_code
from tests.disputes import put

PLANNER = Viewer("planner", COUNTY)


def parcel(column: int, row: int = 0) -> BaseGeometry:
    """15 亩: a square of 100 m × 100 m."""
    west, south = ORIGIN[0] + 100 + 150 * column, ORIGIN[1] + 100 + 150 * row
    return box(west, south, west + 100, south + 100)


def orchards(shapes: list[BaseGeometry], mu: list[float | None], crop: str = "apple") -> gpd.GeoDataFrame:
    rows = {
        "code": [f"G{row}" for row in range(len(shapes))],
        "name": [f"{row}园" for row in range(len(shapes))],
        "village_code": village_code(7),
        "crop": crop,
        "area_mu": np.array([np.nan if one is None else one for one in mu], dtype=float),
    }
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


def given(store: Store, catalog: Catalog, table: gpd.GeoDataFrame, layer: str = "orchards") -> Disclosed:
    put(store, layer, table)
    return Door(store, catalog, COUNTY).rows(layer, PLANNER)


def amount(found: Disclosed) -> Amount:
    made = quantities(found)
    assert made is not None
    return made.total()


def test_a_sum_says_how_many_report(store: Store, catalog: Catalog) -> None:
    """Nine parcels, two of them without 亩."""
    mu = [15.0] * 7 + [None, None]
    said = amount(given(store, catalog, orchards([parcel(at) for at in range(9)], mu)))
    assert said == Amount(105.0, "亩", 7, 9)
    assert (said.known, said.parts(), said.whole) == (105.0, "7 / 9", False)


@pytest.mark.parametrize("mu", [[15.0, 15.0], [15.0, None], [None, 15.0]])
def test_one_parcel_twice_is_counted_once(store: Store, catalog: Catalog, mu: list[float | None]) -> None:
    said = amount(given(store, catalog, orchards([parcel(0), parcel(0)], mu)))
    assert (said.value, said.reported, said.rows, said.twins) == (
        15.0,
        sum(one is not None for one in mu),
        2,
        1,
    )


def test_nothing_reported_is_not_nothing(store: Store, catalog: Catalog) -> None:
    assert amount(given(store, catalog, orchards([parcel(0)], [None]))).known is None
    assert amount(given(store, catalog, orchards([parcel(0)], [0.0]))).known == 0.0


def test_two_stores_in_one_place_are_two(store: Store, catalog: Catalog) -> None:
    table = orchards([parcel(0), parcel(0)], [1.0, 1.0]).drop(columns=["crop", "area_mu"])
    table = table.assign(capacity_t=[100.0, 100.0], geometry=table.geometry.representative_point())
    assert amount(given(store, catalog, table, "cold-stores")) == Amount(200.0, "吨", 2, 2)


def test_people_of_villages_are_no_quantity_of_a_legend(catalog: Catalog) -> None:
    assert [spec.id for spec in catalog if spec.sum_field and spec.quantity is None] == [
        "grids", "land-use", "settlements", "villages",
    ]  # fmt: skip
