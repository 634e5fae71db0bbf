"""Bands, bins and tiles of screen shapes."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import FilterError
from layers.bands import BANDS, MAX_SHAPES, bands_for, modes_of
from layers.catalog import Catalog
from layers.disclosure import PUBLIC, Disclosed, Door
from layers.editions import Store
from layers.screen import BIN_PX, TILE_PX, Tile, shapes, tiles_over
from tests import county
from tests.disputes import put

CROPS = ("apple", "peach", "grape")


def cells(side: int, size_m: float = 20.0) -> gpd.GeoDataFrame:
    """side × side little orchards, apples in the west, peaches in the east."""
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    west, south = county.ORIGIN[0] + x * size_m, county.ORIGIN[1] + y * size_m
    rows = pd.DataFrame({"code": [f"C{n:06d}" for n in range(side * side)], "name": "果园"})
    rows["crop"] = np.where(x < side // 2, CROPS[0], CROPS[1])
    rows["area_mu"] = 0.6
    squares = shapely.box(west, south, west + size_m, south + size_m)
    return gpd.GeoDataFrame(rows, geometry=squares, crs=county.METRIC).to_crs(county.STORED)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Disclosed:
    """10,000 little orchards, as the public gets them."""
    store = Store(tmp_path_factory.mktemp("screen"), catalog)
    store.create()
    put(store, "orchards", cells(100))
    return Door(store, catalog, county.COUNTY).rows("orchards", PUBLIC)


def modes(catalog: Catalog, layer: str, rows: gpd.GeoDataFrame) -> list[str]:
    return [band["mode"] for band in bands_for(catalog.layer(layer), rows).values()]


def test_few_shapes_are_whole_however_small(catalog: Catalog) -> None:
    assert set(modes(catalog, "orchards", cells(10, 1.0))) == {"whole"}
    assert set(modes(catalog, "villages", county.villages())) == {"whole"}


def test_many_small_shapes_are_binned_and_large_ones_whole_or_tiled(catalog: Catalog) -> None:
    found = bands_for(catalog.layer("orchards"), cells(100))
    assert found["10"]["mode"] == "bins"
    assert found["10"]["median_px"] < 4
    assert found["16"]["mode"] == "whole"
    many = bands_for(catalog.layer("orchards"), cells(160))
    assert many["8"]["mode"] == "bins"
    assert many["16"]["mode"] == "tiles"


def test_many_points_are_binned(catalog: Catalog) -> None:
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(*np.random.default_rng(1).uniform(110, 111, (2, MAX_SHAPES + 1)))
    )
    assert set(modes(catalog, "settlements", points)) == {"bins"}


def test_a_layer_without_places_has_no_bands(catalog: Catalog) -> None:
    assert bands_for(catalog.layer("indicators"), pd.DataFrame({"code": ["a"]})) == {}
    assert bands_for(catalog.layer("villages"), county.villages().head(0)) == {}


def test_bins_add_up_and_take_the_commonest_class(given: Disclosed, catalog: Catalog) -> None:
    found = shapes(given, catalog, 10, "bins")
    assert sum(found["n"]) == found["count"] == 10_000
    assert len(found["geom"]) == len(found["cls"]) == len(found["key"]) < 30
    assert set(found["cls"]) == {0, 1}
    ring = found["geom"][0][0]
    assert ring[2:] == [BIN_PX * 4, 0, 0, BIN_PX * 4, -BIN_PX * 4, 0, 0, -BIN_PX * 4]
    assert ring[0] % (BIN_PX * 4) == ring[1] % (BIN_PX * 4) == 0


def test_tiles_hold_every_shape_and_nothing_far_away(given: Disclosed, catalog: Catalog) -> None:
    whole = shapes(given, catalog, 13, "whole")
    starts = np.array([rings[0][:2] for rings in whole["geom"]]) / 4
    tiles = {(int(x), int(y)) for x, y in np.floor(starts / TILE_PX)}
    keys: set[str] = set()
    for x, y in tiles:
        part = shapes(given, catalog, 13, "tiles", Tile(x, y))
        keys |= set(part["key"])
        for rings in part["geom"]:
            place = np.cumsum(np.array(rings[0]).reshape(-1, 2), axis=0) / 4
            west, top, east, bottom = Tile(x, y).box(9)
            assert (place >= (west, top)).all()
            assert (place <= (east, bottom)).all()
    assert keys == set(whole["key"])
    assert shapes(given, catalog, 13, "tiles", Tile(0, 0))["count"] == 0


def test_a_label_stands_in_one_tile_only(tmp_path: Path, catalog: Catalog) -> None:
    store = Store(tmp_path, catalog)
    store.create()
    put(store, "villages", county.villages())
    given = Door(store, catalog, county.COUNTY).rows("villages", PUBLIC)
    labels: list[Any] = []
    whole = shapes(given, catalog, 16, "whole")
    places = np.array(whole["label"]) / 4
    low, high = (
        np.floor(places.min(axis=0) / TILE_PX).astype(int) - 1,
        np.floor(places.max(axis=0) / TILE_PX).astype(int) + 1,
    )
    for x in range(low[0], high[0] + 1):
        for y in range(low[1], high[1] + 1):
            part = shapes(given, catalog, 16, "tiles", Tile(int(x), int(y)))
            labels += [key for key, label in zip(part["key"], part["label"], strict=True) if label]
    assert sorted(labels) == sorted(whole["key"])


def test_what_cannot_be_drawn(given: Disclosed, catalog: Catalog) -> None:
    with pytest.raises(FilterError, match="缩放级"):
        shapes(given, catalog, 9, "whole")
    with pytest.raises(FilterError, match="tile"):
        shapes(given, catalog, 13, "tiles")


def test_blurred_layers_come_whole() -> None:
    screen = {str(band): {"mode": "tiles", "median_px": 1.0} for band in BANDS}
    assert {band["mode"] for band in modes_of("polygon", screen, "grid").values()} == {"whole"}
    assert modes_of("polygon", screen, "exact") == screen


@pytest.mark.soak
def test_200_000_cells_are_quick_at_every_band(tmp_path: Path, catalog: Catalog) -> None:
    import gzip
    import json
    import time

    rows = cells(450)
    start = time.perf_counter()
    found = bands_for(catalog.layer("orchards"), rows)
    assert time.perf_counter() - start < 1.0
    store = Store(tmp_path, catalog)
    store.create()
    put(store, "orchards", rows)
    given = Door(store, catalog, county.COUNTY).rows("orchards", PUBLIC)
    for band in BANDS:
        if found[str(band)]["mode"] == "bins":
            start = time.perf_counter()
            body = gzip.compress(json.dumps(shapes(given, catalog, band, "bins")).encode())
            assert time.perf_counter() - start < 3
            assert len(body) < 450_000


def test_tiles_over_a_box_are_those_of_the_map() -> None:
    """As map/requests.js numbers them; a point lies in one."""
    county_box = (110.451552, 35.211279, 110.971605, 35.527183)
    assert tiles_over(county_box, 11) == [Tile(826, 403), Tile(826, 404), Tile(827, 403), Tile(827, 404)]
    assert tiles_over((0.1, -0.1, 0.1, -0.1), 8) == [Tile(64, 64)]
