"""Figures of an area within the extent of a map: what is counted in it, what is touched by it, and what never follows it."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from layers.areas import Areas, Asked
from layers.areas.cases import RecentCases
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Door, Viewer
from layers.editions import Store
from tests.county import COUNTY, METRIC, ORIGIN, STORED, village_code
from tests.disputes import build, disputes, put

MEDIATOR = Viewer("mediator", "")
HOMES = [(1, 500, 2500, 60), (1, 100, 2100, 40), (2, 1500, 2500, 150), (2, 1900, 2500, 50)]
"""Village, metres east and north of the county's corner, people."""


def extent(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """Metres from the county's south-west corner in degrees."""
    x, y = ORIGIN
    corners = gpd.GeoSeries.from_xy([x + west, x + east], [y + south, y + north], crs=METRIC).to_crs(STORED)
    return corners[0].x, corners[0].y, corners[1].x, corners[1].y


NORTH_WEST = extent(200, 2200, 1600, 2800)
"""Parts of villages 1 and 2, in two townships."""
ELSEWHERE = extent(5000, 5000, 6000, 6000)


def settlements() -> gpd.GeoDataFrame:
    rows = pd.DataFrame(
        {
            "code": [f"S{at}" for at in range(len(HOMES))],
            "name": "庄",
            "village_code": [village_code(number) for number, *_ in HOMES],
            "population": [people for *_, people in HOMES],
        }
    )
    points = gpd.points_from_xy(
        [ORIGIN[0] + x for _, x, _, _ in HOMES], [ORIGIN[1] + y for _, _, y, _ in HOMES]
    )
    return gpd.GeoDataFrame(rows, geometry=points, crs=METRIC).to_crs(STORED)


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> Store:
    return build(tmp_path / "home", catalog, demo=True)


@pytest.fixture
def areas(store: Store, catalog: Catalog) -> Areas:
    put(store, "settlements", settlements(), demo=True)
    return Areas(Door(store, catalog, COUNTY), county_name="手画县", metric_crs=METRIC)


def values(
    areas: Areas, code: str = COUNTY, where: tuple[float, float, float, float] = NORTH_WEST
) -> dict[str, float | None]:
    return {one.id: one.value for one in areas.profile(code, PUBLIC, Asked(bbox=where)).figures}


def test_people_are_those_of_the_settlements_in_it(areas: Areas) -> None:
    assert values(areas)["population"] == 60 + 150
    assert values(areas, village_code(1))["population"] == 60


def test_divisions_are_those_that_it_touches_and_land_is_cut(areas: Areas) -> None:
    found = values(areas)
    assert (found["townships"], found["villages"]) == (2, 2)
    assert found["area_km2"] == pytest.approx(1.4 * 0.6, abs=5e-3)
    assert values(areas, village_code(1))["area_km2"] == pytest.approx(0.8 * 0.6, abs=5e-3)


def test_an_extent_beside_the_county_holds_nothing(areas: Areas) -> None:
    found = values(areas, where=ELSEWHERE)
    assert (found["population"], found["villages"], found["area_km2"]) == (0, 0, 0)


def test_without_settlements_nobody_knows_who_lives_in_it(store: Store, catalog: Catalog) -> None:
    areas = Areas(Door(store, catalog, COUNTY), county_name="手画县", metric_crs=METRIC)
    assert values(areas)["population"] is None


def test_a_village_has_its_centre_wherever_in_it_that_stands(areas: Areas) -> None:
    """The centre of village 1 lies south of the extent."""
    profile = areas.profile(COUNTY, PUBLIC, Asked(bbox=NORTH_WEST))
    (centres,) = [one for one in profile.services if one.layer == "party-service-centres"]
    assert (centres.numerator, centres.denominator) == (1, 2)
    (rows,) = [one for one in profile.facilities if one.spec.id == "party-service-centres"]
    assert (rows.count, rows.total) == (0, 0)


def test_cases_are_counted_in_it_and_have_no_rate(areas: Areas) -> None:
    where = extent(200, 2000, 1600, 2800)
    inside = disputes(METRIC).to_crs(STORED).intersects(box(*where)).sum()
    found = areas.profile(COUNTY, MEDIATOR, Asked(bbox=where)).disputes
    assert isinstance(found, RecentCases)
    assert 0 < inside < len(disputes())
    assert (found.matched, found.every, found.per_thousand) == (inside, inside, None)


@pytest.mark.parametrize("where", [NORTH_WEST, ELSEWHERE, extent(0, 2000, 1000, 3000)])
def test_no_extent_moves_what_is_published(areas: Areas, where: tuple[float, float, float, float]) -> None:
    whole = areas.profile(COUNTY, PUBLIC).disputes
    assert whole is not None
    assert areas.profile(COUNTY, PUBLIC, Asked(bbox=where)).disputes == whole
    framed = areas.profile(COUNTY, PUBLIC, Asked(bbox=where))
    assert "disputes" not in {one.spec.id for one in framed.facilities}
    assert framed.indicators == ()
