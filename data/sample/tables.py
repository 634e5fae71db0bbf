"""Rows of plain dictionaries → a typed table with exactly the columns of the layer's declaration."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from frame import CODELISTS, DECLARATIONS, STORED_CRS, stored

DTYPES = {
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "boolean": "boolean",
}
Row = dict[str, Any]


@cache
def declaration(layer: str) -> dict[str, Any]:
    """The declaration of one layer as plain TOML."""
    return tomllib.loads((DECLARATIONS / f"{layer}.toml").read_text("utf-8"))


@cache
def codes(name: str) -> tuple[str, ...]:
    """The values of one code list in its order."""
    return tuple(
        item["value"] for item in tomllib.loads((CODELISTS / f"{name}.toml").read_text("utf-8"))["items"]
    )


@cache
def _register() -> dict[str, dict[str, Any]]:
    entries = tomllib.loads((DECLARATIONS.parent / "indicators.toml").read_text("utf-8"))["indicators"]
    return {entry["code"]: entry for entry in entries}


def register(indicator: str) -> dict[str, Any]:
    """The definition of one indicator as plain TOML."""
    return _register()[indicator]


def table(layer: str, rows: list[Row], shapes: list[shapely.Geometry] | None = None) -> pd.DataFrame:
    """The layer's table; shapes are metres of EPSG:4546 and come out in EPSG:4490.

    Raises:
        ValueError: a row has a column that the declaration does not know, or lacks one.
    """
    names = [field["name"] for field in declaration(layer)["fields"]]
    for row in rows[:1] + rows[-1:]:
        if set(row) != set(names):
            raise ValueError(f"{layer}: columns differ: {sorted(set(row) ^ set(names))}")
    columns = {
        field["name"]: _column([row[field["name"]] for row in rows], field.get("type", "text"))
        for field in declaration(layer)["fields"]
    }
    frame = pd.DataFrame(columns)
    if shapes is None:
        return frame
    degrees = shapely.transform(np.array(shapes, dtype=object), stored)
    return gpd.GeoDataFrame(frame, geometry=degrees, crs=STORED_CRS)


def _column(values: list[Any], kind: str) -> pd.Series:
    if kind == "codes":
        values = [";".join(value) if isinstance(value, list | tuple) else value for value in values]
    if kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object))).astype("datetime64[ms]")
    return pd.Series(values, dtype=DTYPES.get(kind, "object"))


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """One GeoParquet (or plain parquet) file per layer."""
    folder.mkdir(parents=True, exist_ok=True)
    for layer, rows in sorted(tables.items()):
        rows.to_parquet(folder / f"{layer}.parquet", index=False, compression="zstd")
