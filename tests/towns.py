"""A county of towns in a row, each one village of 1 km², with as many disputes as a test says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import box

from layers.catalog import Catalog
from layers.editions import Store
from tests.county import COUNTY, METRIC, ORIGIN, STORED
from tests.disputes import put

NAMES = ("甲镇", "乙镇", "丙镇", "丁镇", "戊镇", "己镇")
SIDE_M = 1000.0


@dataclass(frozen=True)
class Town:
    """Disputes by month, how many of the last month's are closed, and the people."""

    cases: Mapping[str, int]
    closed: int | None = None
    people: int = 1000


def town_code(place: int) -> str:
    return f"{COUNTY}{100 + place}"


def build(home: Path, catalog: Catalog, towns: Iterable[Town], centres: Iterable[int] = ()) -> Store:
    """A store with the divisions, the disputes, and a service centre in the middle of some of the towns."""
    given = list(towns)
    store = Store(home, catalog)
    store.create()
    squares = [_square(place) for place in range(len(given))]
    codes = [town_code(place) for place in range(len(given))]
    villages = pd.DataFrame(
        {
            "code": [f"{code}001" for code in codes], "name": [f"{name[0]}村" for name in NAMES[: len(given)]],
            "township_code": codes, "kind": "villagers_committee", "population": [town.people for town in given],
            "population_60_plus": [town.people // 10 for town in given], "households": [town.people // 3 for town in given],
            "period": "2025", "source": "手画",
        }
    )  # fmt: skip
    townships = pd.DataFrame(
        {"code": codes, "name": NAMES[: len(given)], "county_code": COUNTY, "kind": "town"}
    )
    outline = gpd.GeoSeries(squares, crs=METRIC).union_all()
    counties = pd.DataFrame({"code": [COUNTY], "name": ["手画县"], "source": ["手画"]})
    for layer, rows, shapes in (
        ("counties", counties, [outline]), ("townships", townships, squares), ("villages", villages, squares),
    ):  # fmt: skip
        put(store, layer, gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED))
    put(store, "disputes", _disputes(given, squares))
    if chosen := list(centres):
        put(store, "party-service-centres", _centres(chosen, squares))
    return store


def _square(place: int) -> box:
    west, south = ORIGIN[0] + place * SIDE_M, ORIGIN[1]
    return box(west, south, west + SIDE_M, south + SIDE_M)


def _disputes(towns: list[Town], squares: list[box]) -> gpd.GeoDataFrame:
    rows, points = [], []
    for place, town in enumerate(towns):
        last = max(town.cases)
        for month, count in town.cases.items():
            for number in range(count):
                still_open = month == last and town.closed is not None and number >= town.closed
                rows.append(_dispute(place, month, len(rows), still_open=still_open))
                points.append(squares[place].centroid)
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=points, crs=METRIC).to_crs(STORED)


def _dispute(place: int, month: str, serial: int, *, still_open: bool) -> dict[str, object]:
    return {
        "code": f"D{serial:05d}", "name": f"第{serial}件", "village_code": f"{town_code(place)}001",
        "happened_on": pd.Timestamp(f"{month}-15"), "category": "neighbour", "warning_level": "blue", "stage": "accept",
        "status": "open" if still_open else "closed", "people_involved": 2,
    }  # fmt: skip


def _centres(places: list[int], squares: list[box]) -> gpd.GeoDataFrame:
    rows = pd.DataFrame(
        {
            "code": [f"PSC{place:03d}" for place in places],
            "name": [f"{NAMES[place][0]}村党群服务中心" for place in places],
            "village_code": [f"{town_code(place)}001" for place in places],
        }
    )
    points = [squares[place].centroid for place in places]
    return gpd.GeoDataFrame(rows, geometry=points, crs=METRIC).to_crs(STORED)
