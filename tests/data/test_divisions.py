"""The divisions nest exactly, hold the real places, and their people add up to the census."""

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.data.conftest import Table

FACTS = Path(__file__).parents[2] / "data" / "facts"
POPULATION, HOUSEHOLDS, AGED_60_PLUS = 361_956, 116_313, 81_802


def _facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_real_townships_and_villages(rows: Table) -> None:
    townships, villages = _facts("townships.csv"), _facts("villages.csv")
    assert dict(zip(rows("townships").code, rows("townships").name, strict=True)) == {
        row["code9"]: row["name_zh"] for row in townships
    }
    assert dict(zip(rows("villages").code, rows("villages").name, strict=True)) == {
        row["code12"]: row["name_short"] for row in villages
    }
    assert (rows("villages").code.str[:9] == rows("villages").township_code).all()


def test_seats_and_known_points_lie_in_their_own_areas(rows: Table) -> None:
    townships = rows("townships").set_index("code").geometry
    for row in _facts("townships.csv"):
        seat = shapely.Point(float(row["seat_wgs84_lng"]), float(row["seat_wgs84_lat"]))
        assert townships[row["code9"]].contains(seat), row["name_zh"]
    villages = rows("villages").set_index("code").geometry
    known = [row for row in _facts("villages.csv") if row["wgs84_lng"]]
    assert len(known) == 8
    for row in known:
        point = shapely.Point(float(row["wgs84_lng"]), float(row["wgs84_lat"]))
        assert villages[row["code12"]].contains(point), row["name_short"]


@pytest.mark.parametrize("layer", ["townships", "villages", "grids"])
def test_each_level_is_a_valid_coverage_of_the_county(rows: Table, metres: Table, layer: str) -> None:
    shapes = rows(layer).geometry.to_numpy()
    assert (shapely.get_type_id(shapes) == 3).all()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.coverage_is_valid(metres(layer).geometry.to_numpy())
    assert shapely.coverage_union_all(shapes).equals(rows("counties").geometry.iloc[0])


@pytest.mark.parametrize(
    ("fine", "coarse", "digits"),
    [("grids", "villages", 12), ("villages", "townships", 9), ("townships", "counties", 6)],
)
def test_levels_nest_with_the_same_vertices(rows: Table, fine: str, coarse: str, digits: int) -> None:
    parts = rows(fine).groupby(rows(fine).code.str[:digits]).geometry
    wholes = rows(coarse).set_index("code").geometry
    assert set(parts.groups) == set(wholes.index)
    for code, shapes in parts:
        assert shapely.coverage_union_all(shapes.to_numpy()).equals(wholes[code]), code
        vertices = {tuple(xy) for xy in shapely.get_coordinates(shapes.to_numpy())}
        assert {tuple(xy) for xy in shapely.get_coordinates(wholes[code])} <= vertices


def test_area_and_shape_of_the_county(metres: Table) -> None:
    county = metres("counties").geometry.iloc[0]
    assert county.area / 1e6 == pytest.approx(1080.5, abs=0.05)
    assert not county.interiors
    assert metres("villages").area.min() > 0.2e6


def test_edges_are_organic(metres: Table) -> None:
    """No edge follows the mesh for long, and none runs straight for kilometres."""
    for shape in metres("villages").geometry:
        steps = np.diff(shapely.get_coordinates(shape.exterior), axis=0)
        lengths = np.hypot(*steps.T)
        square = (np.abs(steps) < 0.5).any(axis=1) & (lengths > 250)
        assert lengths[square].sum() < 0.2 * lengths.sum()
        assert lengths.max() < 1500


@pytest.mark.parametrize("layer", ["villages", "grids", "settlements"])
def test_people_add_up_to_the_census(rows: Table, layer: str) -> None:
    table = rows(layer)
    assert table.population.sum() == POPULATION
    assert table.households.sum() == HOUSEHOLDS
    assert table.population_60_plus.sum() == AGED_60_PLUS
    assert round(AGED_60_PLUS / POPULATION, 4) == 0.226
    assert (table.population_60_plus <= table.population).all()


def test_people_of_settlements_and_grids_add_up_one_by_one(rows: Table) -> None:
    columns = ["population", "population_60_plus", "households"]
    by_grid = rows("settlements").groupby("grid_code")[columns].sum()
    grids = rows("grids").set_index("code")[columns]
    basic = grids[rows("grids").set_index("code").kind == "basic"]
    assert (by_grid.reindex(basic.index) == basic).all(axis=None)
    by_village = rows("grids").groupby("village_code")[columns].sum()
    assert (by_village == rows("villages").set_index("code")[columns].reindex(by_village.index)).all(
        axis=None
    )


def test_grids_follow_the_rules_of_size_and_numbering(metres: Table) -> None:
    grids = metres("grids")
    assert 233 <= len(grids) <= 388
    assert (grids.code.str.len() == 15).all()
    assert (grids.kind == "dedicated").sum() == 8
    outside = (grids.kind == "dedicated") | ~grids.households.between(300, 500)
    assert (grids.exception == outside).all()
    assert (grids.exception_reason.notna() == outside).all()
    basic = grids[grids.kind == "basic"]
    assert basic.households.between(300, 500).mean() > 0.7
    assert (grids[grids.kind == "dedicated"].population == 0).all()
    for _, mine in grids.sort_values("code").groupby("village_code"):
        assert mine.code.str[12:].astype(int).tolist() == list(range(1, len(mine) + 1))
        assert mine.centroid.x.is_monotonic_increasing


def test_settlements_lie_in_their_grid(rows: Table) -> None:
    grids = rows("grids").set_index("code").geometry
    settlements = rows("settlements")
    own = grids.reindex(settlements.grid_code).to_numpy()
    assert shapely.contains(own, settlements.geometry.to_numpy()).all()
    assert (settlements.grid_code.str[:12] == settlements.village_code).all()
    assert settlements.groupby("village_code").size().min() >= 1
    assert settlements.kind.isin(["county_town", "township_seat"]).sum() == 14
