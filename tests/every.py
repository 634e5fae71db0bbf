"""A row or two of every declared layer, made from the declarations; what stands in them is the caller's choice.

Rows lie in the hand-drawn county: the first in the west grid of square 1, the second in that of square 2. Codes
of divisions stay as they are, so that rows belong somewhere; code fields hold a listed value in the first row.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import LineString, box
from shapely.geometry.base import BaseGeometry

from layers.catalog import Catalog
from layers.editions import Store
from layers.editions.schema import to_storage
from layers.spec import FieldSpec, LayerSpec
from tests import county
from tests.county import METRIC, STORED, square, village_code

Fill = Callable[[LayerSpec, FieldSpec, int], Any]
"""What a field holds in row 0 or 1; None leaves it to :func:`plain_value`."""
SQUARES = (1, 2)
GRIDS = tuple(f"{village_code(number)}001" for number in SQUARES)
LENGTHS = {"county_code": 6, "township_code": 9, "village_code": 12, "area_code": 12, "grid_code": 15}
DAYS = ("2025-01-05", "2025-03-31")
"""The first and the last month of a quarter, so that counts of 2025Q1 are published."""
NUMBER = 3
DRAWN = {
    "counties": county.counties,
    "townships": county.townships,
    "villages": county.villages,
    "grids": county.grids,
}
ROWS = 2


def table(spec: LayerSpec, catalog: Catalog, fill: Fill) -> pd.DataFrame:
    """Two rows of a layer; for a division its hand-drawn areas, of which the first two are filled."""
    if spec.id in DRAWN:
        rows = to_storage(spec, DRAWN[spec.id]())
    else:
        rows = gpd.GeoDataFrame(
            index=range(ROWS), geometry=[_shape(spec, row) for row in range(ROWS)], crs=METRIC
        )
        rows = pd.DataFrame(index=range(ROWS)) if spec.geometry == "none" else rows.to_crs(STORED)
        for field in spec.fields:
            rows[field.name] = [plain_value(catalog, field, row) for row in range(ROWS)]
    for field in spec.fields:
        for row in range(min(ROWS, len(rows))):
            value = None if is_spine(spec, field) else fill(spec, field, row)
            if value is not None:
                rows[field.name] = rows[field.name].astype(object)
                rows.loc[row, field.name] = value
    return rows


def is_spine(spec: LayerSpec, field: FieldSpec) -> bool:
    """Whether a field holds a code of a division."""
    return field.name in LENGTHS or (spec.id in DRAWN and field.name == spec.key)


def plain_value(catalog: Catalog, field: FieldSpec, row: int) -> Any:
    """A value that the field may have."""
    codes = catalog.codes_of(field)
    if field.name in LENGTHS:
        return GRIDS[row][: LENGTHS[field.name]]
    if codes is not None:
        return codes.values()[0] if codes.items else None
    plain = {
        "integer": NUMBER,
        "number": float(NUMBER),
        "year": 2025,
        "boolean": bool(row),
        "date": pd.Timestamp(DAYS[row]),
    }
    return plain.get(field.type, f"{field.name}{row}")


def build(home: Path, catalog: Catalog, fill: Fill, *, demo: bool = True) -> Store:
    """A store in which every declared layer has an edition."""
    store = Store(home, catalog)
    store.create()
    for spec in catalog:
        store.publish(
            spec.id, table(spec, catalog, fill), source="手画", source_sha256="0" * 64, by="test", demo=demo
        )
    return store


def _shape(spec: LayerSpec, row: int) -> BaseGeometry:
    west, south, *_ = square(SQUARES[row]).bounds
    place = box(west + 50, south + 50, west + 400, south + 400)
    if spec.geometry == "line":
        return LineString([(west + 50, south + 50), (west + 300, south + 400)])
    return place.centroid if spec.geometry == "point" else place
