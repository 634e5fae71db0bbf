"""Every layer comes out as its declaration says, where it says, and the same each time."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.catalog import load_catalog
from layers.editions import Store
from layers.editions.writing import sha256_of
from layers.spec import FieldSpec
from tests import contract
from tests.data.conftest import Table

CATALOG = load_catalog()
EMPTY = "weak-party-orgs"
LAYERS = sorted(set(contract.LAYERS) - {EMPTY})
KINDS = {"point": {0}, "line": {1, 5}, "polygon": {3, 6}}
DTYPES = {
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "boolean": "boolean",
}


def test_every_layer_but_the_restricted_one_is_filled(sample: Path) -> None:
    files = sorted(file.stem for file in sample.glob("*.parquet"))
    assert set(LAYERS) <= set(files) <= set(CATALOG.layers) - {EMPTY}
    note = json.loads((sample / "sample.json").read_text("utf-8"))
    assert sorted(note["layers"]) == files == sorted(note["periods"])
    assert all(item["rows"] > 0 and item["period"] for item in note["layers"].values())


@pytest.mark.parametrize("layer", LAYERS)
def test_columns_keys_and_geometry(rows: Table, layer: str) -> None:
    spec, table = CATALOG.layer(layer), rows(layer)
    names = [field.name for field in spec.fields]
    assert list(table.columns) == names + ([] if spec.geometry == "none" else ["geometry"])
    assert table[spec.key].is_unique
    if spec.geometry == "none":
        return
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.crs.to_epsg() == 4490
    shapes = table.geometry.to_numpy()
    assert set(shapely.get_type_id(shapes).tolist()) <= KINDS[spec.geometry]
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()


@pytest.mark.parametrize("layer", LAYERS)
def test_values_fit_their_fields(rows: Table, layer: str) -> None:
    for field in CATALOG.layer(layer).fields:
        _check(rows(layer), field, f"{layer}.{field.name}")


def _check(table: pd.DataFrame, field: FieldSpec, where: str) -> None:
    column = table[field.name]
    given = column.dropna()
    assert str(column.dtype) == DTYPES.get(field.type, str(column.dtype)), where
    assert not field.required or len(given) == len(column), where
    if field.sensitivity == "personal":
        assert set(given) <= {"演示地址"}, where
    elif not (field.name == "brand" and table.name.str.contains("党组织").all()):
        assert len(given), f"{where} is empty"
    if field.minimum is not None:
        assert (given >= field.minimum).all(), where
    if field.maximum is not None:
        assert (given <= field.maximum).all(), where
    if field.share_of is not None:
        assert (given <= table[field.share_of]).all(), where
    codes = CATALOG.codes_of(field)
    if codes is not None:
        values = (
            {part for value in given for part in value.split(";")} if field.type == "codes" else set(given)
        )
        assert values <= set(codes.values()), where
    if field.type == "phone":
        assert given.str.startswith("0359-000-").all(), where


@pytest.mark.parametrize("layer", LAYERS)
def test_codes_of_areas_are_the_ones_where_the_feature_lies(rows: Table, layer: str) -> None:
    spec, table = CATALOG.layer(layer), rows(layer)
    if spec.geometry == "none" or not spec.has("village_code"):
        return
    villages = rows("villages").set_index("code").geometry
    inside = table[table.village_code.notna()]
    assert set(inside.village_code) <= set(villages.index)
    own = villages.reindex(inside.village_code).to_numpy()
    middle = (
        shapely.line_interpolate_point(inside.geometry, 0.5, normalized=True)
        if spec.geometry == "line"
        else None
    )
    places = (
        inside.geometry.to_numpy() if spec.geometry == "point" else inside.representative_point().to_numpy()
    )
    places = places if middle is None else middle.to_numpy()
    share = shapely.covers(own, places).mean()
    assert share == 1.0 if layer != "land-use" else share > 0.99
    across = table[table.village_code.isna()]
    if len(across):
        assert not across.intersects(rows("counties").geometry.iloc[0]).any()


def test_no_two_facilities_stand_on_one_spot(metres: Table) -> None:
    points = [
        metres(layer).geometry.to_numpy()
        for layer in LAYERS
        if CATALOG.layer(layer).geometry == "point" and CATALOG.layer(layer).group == "services"
    ]
    every = np.concatenate(points)
    tree = shapely.STRtree(every)
    first, second = tree.query(every, predicate="dwithin", distance=15.0)
    assert (first == second).all()


def test_the_same_bytes_each_time(sample: Path, sample_home: Path) -> None:
    """The builder's files of two processes: one ran for these tests, the other for the sample county."""
    store = Store(sample_home, CATALOG)
    published = {layer: edition.source_sha256 for layer, edition in store.currents().items()}
    assert published == {file.stem: sha256_of(file) for file in sample.glob("*.parquet")}
    assert set(published) >= set(LAYERS)
    note = json.loads((sample / "sample.json").read_text("utf-8"))
    assert {layer: edition.period for layer, edition in store.currents().items()} == note["periods"]
