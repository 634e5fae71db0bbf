"""The storage schema that follows from a declaration: one dtype per field type."""

from typing import Any

import geopandas as gpd
import pandas as pd

from geo.errors import CrsMissingError, DataError
from geo.phrases import listing
from layers.spec import FieldType, LayerSpec

STORED_CRS = "EPSG:4490"

DTYPES: dict[FieldType, Any] = {
    "text": "str",
    "phone": "str",
    "code": "str",
    "codes": "str",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "date": "datetime64[ms]",
    "boolean": "boolean",
}


def to_storage(spec: LayerSpec, table: "pd.DataFrame") -> "gpd.GeoDataFrame":
    """The table with exactly the declared columns, in the declared order and dtypes, CRS EPSG:4490.

    Optional columns that are absent become empty ones. Missing text is NaN, missing whole numbers and
    booleans are ``pd.NA``, missing dates NaT. For geometry ``none`` a plain DataFrame comes back.

    Raises:
        DataError: a column is not declared, the key, the name or the geometry is missing, or a value does
            not fit its type.
        CrsMissingError: the geometry has no CRS.
    """
    _check_columns(spec, table)
    columns: dict[str, pd.Series] = {}
    for field in spec.fields:
        dtype = DTYPES[field.type]
        if field.name not in table.columns:
            columns[field.name] = empty_column(field.type, table.index)
            continue
        try:
            columns[field.name] = table[field.name].astype(dtype)
        except (ValueError, TypeError) as error:
            raise DataError(
                "图层 {layer} 的列 {field} 应为 {type}：{why}",
                layer=spec.id, field=field.name, type=field.type, why=error,
            ) from error  # fmt: skip
    stored = pd.DataFrame(columns, index=table.index).reset_index(drop=True)
    return _with_geometry(spec, table, stored)


def empty_column(kind: FieldType, index: "pd.Index[Any]") -> "pd.Series[Any]":
    """A column without values, in the dtype of a field type."""
    return pd.Series(None, index=index, dtype="object").astype(DTYPES[kind])


def _check_columns(spec: LayerSpec, table: "pd.DataFrame") -> None:
    names = {field.name for field in spec.fields} | ({"geometry"} if spec.geometry != "none" else set())
    unknown = [str(name) for name in table.columns if name not in names]
    wanted = [field.name for field in spec.fields if field.required and field.name in (spec.key, "name")]
    wanted += [] if spec.geometry == "none" else ["geometry"]
    missing = [name for name in wanted if name not in table.columns]
    if unknown:
        raise DataError(
            "图层 {layer} 没有声明这些列：{columns}。在声明里加上，或从数据里去掉。",
            layer=spec.id, columns=listing(unknown),
        )  # fmt: skip
    if missing:
        raise DataError("图层 {layer} 的数据缺少列：{columns}。", layer=spec.id, columns=listing(missing))


def _with_geometry(spec: LayerSpec, table: "pd.DataFrame", stored: "pd.DataFrame") -> "gpd.GeoDataFrame":
    if spec.geometry == "none":
        return stored

    places = table.geometry if isinstance(table, gpd.GeoDataFrame) else gpd.GeoSeries(table["geometry"])
    if places.crs is None:
        raise CrsMissingError("图层 {layer} 的数据没有坐标系，不能发布。", layer=spec.id)
    if places.crs != STORED_CRS:
        places = places.to_crs(STORED_CRS)
    return gpd.GeoDataFrame(stored, geometry=places.reset_index(drop=True).array, crs=STORED_CRS)
