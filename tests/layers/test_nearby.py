"""What is near, with metres worked out by hand on the drawn county: centres stand 100 m east and north of the south-west corners
of squares 1, 5, 8 and 9."""

from collections.abc import Callable

import geopandas as gpd
import pytest
from shapely import LineString

from layers.disclosure import PUBLIC, Viewer
from layers.editions import Store
from layers.planning.nearby import nearby
from layers.planning.planning import Planning
from tests.county import COUNTY, METRIC, ORIGIN, STORED, village_code
from tests.planning import planning_of

Publish = Callable[..., object]
CENTRES = "party-service-centres"
ACROSS = [(1100.0, 100.0), (1100.0, 1100.0)]
ROADS = (
    [(0.0, 500.0), (3000.0, 500.0)],
    [(1100.0, 100.0), (1100.0, 500.0)],
    [(1100.0, 500.0), (1100.0, 1100.0)],
    [(2100.0, 100.0), (2100.0, 500.0)],
)
"""From west to east through the south, past the centres of squares 5, 8 and 9; none comes near the one of square 1."""
WEST_OF_3 = f"{village_code(3)}001"
"""A grid with its middle 2,250 m east and 2,500 m north of the county's corner."""


def found(planning: Planning, viewer: Viewer = PUBLIC, **where: object) -> list[tuple[str, float, str]]:
    """Key, whole metres and way of the centres."""
    (layer,) = nearby(planning, viewer, "my-grid", **where).layers  # type: ignore[arg-type]
    assert layer.layer == CENTRES
    return [(place.key, round(place.metres), place.way) for place in layer.places]


def spot(east: float, north: float) -> tuple[float, float]:
    """Degrees of a place so many metres from the county's south-west corner."""
    place = gpd.GeoSeries(gpd.points_from_xy([ORIGIN[0] + east], [ORIGIN[1] + north]), crs=METRIC).to_crs(
        STORED
    )
    return float(place.x.iloc[0]), float(place.y.iloc[0])


def roads(*lines: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    """Village roads through these places, in metres from the south-west corner."""
    shapes = [LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in line]) for line in lines]
    rows = {"code": [f"R{i}" for i in range(len(lines))], "class": "village", "oneway": False, "name": "路"}
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=METRIC).to_crs(STORED)


def test_from_the_middle_of_a_grid_it_is_straight(county_store: Store) -> None:
    planning = planning_of(county_store)
    straight = [
        ("PSC005", 1812),
        ("PSC001", 2187),
        ("PSC009", 2405),
    ]  # √(1150² + 1400²), √(2150² + 400²), √(150² + 2400²)
    assert found(planning, code=WEST_OF_3) == [(key, metres, "straight") for key, metres in straight]


def test_from_where_somebody_stands_it_is_by_road(county_store: Store, publish: Publish) -> None:
    publish("roads", roads(*ROADS))
    answer = nearby(planning_of(county_store), PUBLIC, "my-grid", spot=spot(500, 500))
    by_road = [(place.key, place.metres, place.way) for place in answer.layers[0].places]
    assert by_road == [
        ("PSC008", pytest.approx(600 + 400, abs=0.01), "road"),
        ("PSC005", pytest.approx(600 + 600, abs=0.01), "road"),
        ("PSC009", pytest.approx(1600 + 400, abs=0.01), "road"),
    ]
    assert answer.note == "路走不到的，量的是直线距离。"
    assert str(answer.method).startswith("沿路网步行的路程")
    assert set(answer.editions) == {CENTRES, "roads"}


def test_what_no_road_leads_to_comes_last_and_straight(county_store: Store, publish: Publish) -> None:
    publish("roads", roads(ACROSS))
    places = found(planning_of(county_store), spot=spot(1100, 300))
    # no road leads to the one of square 9, √(1000² + 200²) away
    assert places == [("PSC008", 200, "road"), ("PSC005", 800, "road"), ("PSC009", 1020, "straight")]


@pytest.mark.parametrize(
    ("lines", "note"),
    [(ROADS, "500 米以内没有路，量的是直线距离。"), ((), "没有能用的路网，量的是直线距离。")],
    ids=["far from the roads", "no roads"],
)
def test_without_a_road_it_is_straight_and_says_why(
    county_store: Store, publish: Publish, lines: tuple[list[tuple[float, float]], ...], note: str
) -> None:
    if lines:
        publish("roads", roads(*lines))
    answer = nearby(planning_of(county_store), PUBLIC, "my-grid", spot=spot(2250, 2500))
    assert [(place.key, round(place.metres)) for place in answer.layers[0].places] == [
        ("PSC005", 1812),
        ("PSC001", 2187),
        ("PSC009", 2405),
    ]
    assert {place.way for place in answer.layers[0].places} == {"straight"}
    assert (answer.note, answer.method) == (note, "直线距离")
    assert "roads" not in answer.editions


def test_numbers_to_call_stand_beside_the_places(county_store: Store) -> None:
    (layer,) = nearby(planning_of(county_store), PUBLIC, "my-grid", code=COUNTY).layers
    assert [place.phone for place in layer.places] == ["0359-4520000"] * 3
    assert (layer.places[0].lon, layer.places[0].lat) == pytest.approx(spot(1100, 1100), abs=1e-6)
